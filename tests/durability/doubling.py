"""The real server with one planted fault, taking whatever is sent again for something new, which chaos must catch."""

import sys
from dataclasses import replace
from typing import Any

import django


def main() -> None:
    """Serve with a door that gives each note that arrives an id of its own."""
    django.setup()
    from holdfast.config.command import main as command
    from holdfast.gatherings import contributions
    from holdfast.keys import random_key

    read = contributions.read_contribution

    def as_if_new(*arguments: Any) -> Any:
        contribution, *rest = read(*arguments)
        return replace(contribution, id=random_key()), *rest

    contributions.read_contribution = as_if_new  # type: ignore[assignment]
    sys.exit(command())


if __name__ == "__main__":
    main()
