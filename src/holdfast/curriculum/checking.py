"""What `holdfast pack check PATH` prints."""

import sys
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.curriculum.reading import read_pack


def check_pack(path: Path | str, out: TextIO | None = None) -> int:
    """Print each problem as `file:line: what. next.`, or that all is well. Returns 0 or 1; needs no database."""
    out = out or sys.stdout
    folder = Path(path)
    reading = read_pack(folder)
    for problem in reading.problems:
        print(f"{folder / problem.file}:{problem.line}: {problem.what} {problem.next}", file=out)
    if reading.pack is None:
        count = len(reading.problems)
        print(ngettext("%(count)d problem.", "%(count)d problems.", count) % {"count": count}, file=out)
        return 1
    pack = reading.pack
    details = {
        "title": pack.title,
        "version": pack.version,
        "sections": len(pack.sections),
        "activities": sum(len(section.activities) for section in pack.sections),
    }
    print(_("%(title)s %(version)s is sound: %(sections)d sections, %(activities)d activities.") % details, file=out)
    return 0
