"""Reads the folder of a pack: either a whole, sound pack, or a list of what is wrong with it."""

import hashlib
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from holdfast.curriculum import agreeing, rules
from holdfast.curriculum.fields import LANGUAGE, PACK, SECTION
from holdfast.curriculum.lines import line_of, lines_of
from holdfast.curriculum.messages import PROBLEMS
from holdfast.curriculum.pack import Pack, from_json, to_json
from holdfast.curriculum.texts import texts_of
from holdfast.curriculum.translating import Sentence, Translation, read_catalogue, sentences

LARGEST_FILE = 256 * 1024
LARGEST_TRANSLATION = 4 * 1024 * 1024
LONGEST_LINE = 4000
MOST_FILES = 99
SECTION_NAME = re.compile(r"([0-9]{2})-[a-z0-9]+(-[a-z0-9]+)*\.toml")
TRANSLATION_NAME = re.compile(rf"({LANGUAGE[0]})\.po")
AT_LINE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where it is, what is so, and what to do next. file: seen from the pack's folder."""

    file: str
    line: int
    code: str
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """What is so, in one sentence."""
        return str(PROBLEMS[self.code].what % self.details)

    @property
    def next(self) -> str:
        """What to do about it."""
        if self.details.get("near"):
            return str(PROBLEMS["meant"].next % self.details)
        return str(PROBLEMS[self.code].next % self.details)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a folder: a pack and its digest, or problems; never both.

    sentences: every text of the pack by its words. translations: by language, what is translated so far.
    """

    pack: Pack | None
    digest: str
    problems: tuple[Problem, ...]
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    translations: Mapping[str, Translation] = field(default_factory=dict)

    @property
    def content(self) -> dict[str, Any]:
        """The whole pack as plain data, translations included: what a loaded version keeps."""
        assert self.pack is not None
        translations = {language: dict(found.texts) for language, found in self.translations.items()}
        return {**to_json(self.pack), "translations": translations}


class _Unreadable(Exception):
    def __init__(self, code: str, line: int = 1, **details: object) -> None:
        super().__init__(code)
        self.code, self.line, self.details = code, line, details


def read_pack(folder: Path) -> Reading:
    """Read and check a folder. Never raises for anything that stands in it."""
    reader = _Reader(folder)
    try:
        pack = reader.pack()
    except _Unreadable as stop:
        reader.add(".", stop)
        pack = None
    problems = tuple(sorted(reader.problems, key=lambda p: (p.file != "pack.toml", p.file, p.line, p.code)))
    if problems or pack is None:
        return Reading(None, "", problems, reader.sentences)
    return Reading(pack, reader.digest(), (), reader.sentences, reader.translations)


class _Reader:
    """Reads each file once: what is checked is also what is counted into the digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.contents: dict[str, bytes] = {}
        self.sentences: dict[str, Sentence] = {}
        self.translations: dict[str, Translation] = {}

    def pack(self) -> Pack | None:
        """Read every file; return a pack only when nothing was found wrong."""
        names = self.section_names()
        head = self.table("pack.toml")
        is_sound = head is not None and self.report("pack.toml", head, rules.check_pack_table(head))
        sections = {name: self.section(name) for name in names}
        whole = {name: data for name, data in sections.items() if data is not None}
        self.compare(whole)
        if head is not None and is_sound:
            self.report("pack.toml", head, agreeing.check_head(head))
            for name, section in whole.items():
                self.report(name, section, agreeing.check_with_head(section, head))
        if head is None or self.problems:
            return None
        head = _unwrap(head)
        in_order = sorted(whole.items(), key=lambda named: int(named[1]["number"]))
        in_order = [(name, _unwrap(section)) for name, section in in_order]
        self.sentences = _sentences(head, in_order)
        self.translate([wording["key"] for wording in head.get("wordings", [])])
        return None if self.problems else from_json({**head, "sections": [section for _, section in in_order]})

    def translate(self, wordings: list[str]) -> None:
        """Read what is translated of the texts, language by language."""
        for name in self.names("translations", TRANSLATION_NAME, "not_a_translation_name"):
            try:
                self.contents[name] = _read_bytes(self.folder / name, name, largest=LARGEST_TRANSLATION)
                found = read_catalogue(_decode(self.contents[name]), self.sentences, wordings)
            except _Unreadable as stop:
                self.add(name, stop)
                continue
            self.translations[name.removeprefix("translations/").removesuffix(".po")] = found
            self.problems += [Problem(name, line, problem.code, problem.details) for line, problem in found.findings]

    def section_names(self) -> list[str]:
        """List `sections/`, noting what does not belong there."""
        if not self.folder.is_dir():
            raise _Unreadable("not_a_folder")
        names = self.names("sections", SECTION_NAME, "not_a_section_name")
        if not names and not self.problems:
            raise _Unreadable("no_sections")
        return names

    def names(self, inner: str, pattern: re.Pattern[str], otherwise: str) -> list[str]:
        """List a folder inside the pack, if it is there, noting what does not belong into it."""
        folder = self.folder / inner
        try:
            if folder.is_symlink():
                raise _Unreadable("is_a_link", name=inner)
            if not folder.is_dir():
                return []
            with os.scandir(folder) as entries:
                names = sorted(entry.name for entry in islice(entries, MOST_FILES + 1))
        except OSError as error:
            raise _Unreadable("not_readable", reason=error.strerror) from error
        if len(names) > MOST_FILES:
            raise _Unreadable("too_many_files", most=MOST_FILES, name=inner)
        for name in names:
            if not pattern.fullmatch(name):
                self.add(inner, _Unreadable(otherwise, name=rules.shown(name)))
        return [f"{inner}/{name}" for name in names if pattern.fullmatch(name)]

    def section(self, name: str) -> dict[str, Any] | None:
        """Read and check one section by itself; None when something is wrong with it."""
        data = self.table(name)
        if data is None:
            return None
        number = int(name.removeprefix("sections/")[:2])
        return data if self.report(name, data, rules.check_section(data, number_in_name=number)) else None

    def compare(self, sections: Mapping[str, Mapping[str, Any]]) -> None:
        """Check that no two sections share a number or a key."""
        for key in ("number", "key"):
            values = [section[key] for section in sections.values()]
            for position in rules.twice(values):
                finding = rules.Finding("repeated", (key,), {"field": key, "value": rules.shown(values[position])})
                name = list(sections)[position]
                self.report(name, sections[name], [finding])

    def table(self, name: str) -> dict[str, Any] | None:
        """Read one file as TOML; None when it cannot be read."""
        try:
            self.contents[name] = _read_bytes(self.folder / name, name)
            return _parse(_decode(self.contents[name]))
        except _Unreadable as stop:
            self.add(name, stop)
            return None

    def report(self, name: str, data: Mapping[str, Any], findings: list[rules.Finding]) -> bool:
        """Turn findings into problems with lines; tell whether there were none."""
        if findings:
            lines = lines_of(_decode(self.contents[name]))
            self.problems += [Problem(name, line_of(lines, f.place), f.code, f.details) for f in findings]
        return not findings

    def add(self, name: str, stop: _Unreadable) -> None:
        """Note what kept a file from being read."""
        self.problems.append(Problem(name, stop.line, stop.code, stop.details))

    def digest(self) -> str:
        """SHA-256 over names, lengths and bytes of all files, in order of their names."""
        whole = hashlib.sha256()
        for name, content in sorted(self.contents.items()):
            whole.update(f"{name}\n{len(content)}\n".encode())
            whole.update(content)
        return whole.hexdigest()


def _sentences(head: dict[str, Any], sections: list[tuple[str, dict[str, Any]]]) -> dict[str, Sentence]:
    standing = [("pack.toml", one) for one in texts_of(PACK, head)]
    for name, section in sections:
        standing += [(name.removeprefix("sections/"), one) for one in texts_of(SECTION, section)]
    return sentences(standing)


def _read_bytes(path: Path, name: str, *, largest: int = LARGEST_FILE) -> bytes:
    """Read a small ordinary file; a link could lead anywhere on the machine, a pipe would make us wait for ever."""
    try:
        if path.is_symlink():
            raise _Unreadable("is_a_link", name=name)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _Unreadable("not_a_file", name=name)
            content = file.read(largest + 1)
    except FileNotFoundError as error:
        raise _Unreadable("missing_file", name=name) from error
    except IsADirectoryError as error:
        raise _Unreadable("not_a_file", name=name) from error
    except OSError as error:
        raise _Unreadable("not_readable", reason=error.strerror) from error
    if len(content) > largest:
        raise _Unreadable("file_too_large", kilobytes=largest // 1024)
    return content


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unreadable("not_utf8", content[: error.start].count(b"\n") + 1) from error
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:  # also bounds what tomllib does with a key of ten thousand dots
            raise _Unreadable("line_too_long", number, longest=LONGEST_LINE)
    return text


def _parse(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _Unreadable("nested_too_deep") from error
    except ValueError as error:
        message = str(error)
        found = AT_LINE.search(message)
        line = int(found.group(1)) if found and found.group(1) else text.rstrip("\n").count("\n") + 1
        if "Cannot overwrite" in message or "Cannot declare" in message:
            raise _Unreadable("written_twice", line) from error
        reason = AT_LINE.sub("", message).rstrip(".")
        raise _Unreadable("not_toml", line, reason=rules.shown(reason)[1:-1]) from error


def _unwrap(value: Any) -> Any:
    """Join the lines of a paragraph, so that a file may break lines where it likes; an empty line parts paragraphs."""
    if isinstance(value, dict):
        return {name: _unwrap(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_unwrap(part) for part in value]
    if not isinstance(value, str):
        return value
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n[ \t]*\n", value.strip()))
