"""What `holdfast pack check PATH` and `holdfast pack strings PATH LANGUAGE` print and write."""

import re
import sys
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.curriculum.fields import LANGUAGE
from holdfast.curriculum.reading import Reading, read_pack
from holdfast.curriculum.translating import Translation, written_catalogue


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
    for language, found in sorted(reading.translations.items()):
        print(f"{language}: {in_a_sentence(reading, found)}", file=out)
    return 0


def in_a_sentence(reading: Reading, found: Translation) -> str:
    """Say how much of a pack one language has, and whether somebody at home in it has read it."""
    details = {"done": len(found.texts), "all": len(reading.sentences), "by": found.read_by}
    read = _("Read by %(by)s.") if found.read_by else _("It still needs a reader who grew up with the language.")
    return " ".join([_("%(done)d of %(all)d texts are translated.") % details, read % details])


def write_strings(path: Path | str, language: str, out: TextIO | None = None) -> int:
    """Write the catalogue of a language with every text of a pack, keeping what is translated. Returns 0 or 1."""
    out = out or sys.stdout
    folder = Path(path)
    if not re.fullmatch(LANGUAGE[0], language):
        print(
            _("“%(code)s” is not the code of a language. Write one such as es or pt-BR.") % {"code": language}, file=out
        )
        return 1
    reading = read_pack(folder)
    unreadable = [p for p in reading.problems if p.file != f"translations/{language}.po" or p.code == "not_a_catalogue"]
    if unreadable:
        check_pack(path, out)
        return 1
    file = folder / "translations" / f"{language}.po"
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    file.parent.mkdir(exist_ok=True)
    file.write_text(written_catalogue(reading.sentences, language, old=old, title=folder.name), encoding="utf-8")
    print(_("%(count)d texts are in %(file)s.") % {"count": len(reading.sentences), "file": file}, file=out)
    return check_pack(path, out)
