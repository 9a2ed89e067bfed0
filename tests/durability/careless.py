"""The real server with one planted fault, saying "saved" before the commit, which the kill trials must catch."""

import sys
from typing import Any

import django


def main() -> None:
    """Serve with a writer that puts each commit off until the next few have come."""
    django.setup()
    from holdfast.config.command import main as command
    from holdfast.voices.writer import Writer

    store, put_off = Writer._store, list[Any]()

    def later(writer: Writer, draft: Any) -> None:
        put_off.append(draft)
        if len(put_off) > 3:
            for one in put_off:
                store(writer, one)
            put_off.clear()

    Writer._store = later  # type: ignore[assignment]
    sys.exit(command())


if __name__ == "__main__":
    main()
