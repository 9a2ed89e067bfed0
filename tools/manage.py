"""Django's own commands as an installation would see them: `python -m tools.manage check --deploy`."""

import os
import sys
import tempfile


def main() -> None:
    """Run one Django command with production settings on empty folders, so that nothing of this machine is read."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings come first

    with tempfile.TemporaryDirectory(prefix="holdfast-") as folder:
        os.environ["HOLDFAST_DATA_DIR"] = f"{folder}/data"
        os.environ["HOLDFAST_KEY_DIR"] = f"{folder}/keys"
        os.environ["HOLDFAST_PUBLIC_URL"] = "https://holdfast.example.org"
        os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast.config.settings"
        execute_from_command_line(["holdfast", *sys.argv[1:]])


if __name__ == "__main__":
    main()
