"""Links and handouts of a section: set by the team, looked at by the server, read by members, kept in the backup."""

import hashlib
import sqlite3
import threading
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from holdfast.config import backup
from holdfast.config.backup import BackupError, make_backup, restore_backup
from holdfast.people.models import Role
from holdfast.programmes.actions.archiving import delete_programme
from holdfast.programmes.models import Programme
from holdfast.support import actions, files, jobs, queries
from holdfast.support.models import Handout, Link
from holdfast.support.rules import LARGEST_FILE, LinkState
from tests.given import Ours, Theirs, somebody_who
from tests.programmes.given import a_programme
from tests.support.given import A_PDF, A_PNG, a_handout, a_link
from tests.support.test_coaching import as_
from tests.wire import running


@pytest.fixture
def programme(ours: Ours) -> Programme:
    """The programme of the Northgate team."""
    return a_programme(ours.group, ours.bo)


def page(programme: Programme) -> str:
    """Return the address of its links and handouts."""
    return reverse("support.resources", kwargs={"programme_id": programme.pk})


def new(name: str, programme: Programme, section: int = 4) -> str:
    """Return the address at which a link or a handout is added."""
    return reverse(name, kwargs={"programme_id": programme.pk, "section_number": section})


A_LINK = {"slot": "", "title": "A text", "url": "https://example.org/a", "recommended_by": "Bo and Chi"}


def test_DV_a_link_stands_in_its_section_with_who_recommends_it_and_the_day_of_the_last_look(
    ours: Ours, programme: Programme
) -> None:
    bo = as_(ours.bo)
    assert bo.post(new("support.new_link", programme), A_LINK).status_code == 302
    assert "not looked at yet" in bo.get(page(programme)).content.decode()
    actions.note_look(Link.objects.get(), LinkState.WORKS)
    actions.note_look(Link.objects.get(), LinkState.GONE)
    for who in (ours.bo, ours.amara, ours.pat):
        html = as_(who).get(page(programme)).content.decode()
        assert 'href="https://example.org/a" rel="noreferrer noopener external"' in html
        for words in ("Recommended by Bo and Chi.", "is gone", "Looked at on", "It last worked on"):
            assert words in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/", "http://me:pw@example.org/", "nowhere"])
def test_DV_what_is_no_address_of_the_web_is_sent_back_with_everything_typed(
    ours: Ours, programme: Programme, url: str
) -> None:
    answer = as_(ours.bo).post(new("support.new_link", programme), {**A_LINK, "url": url})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="A text"' in html
    assert f'value="{url}"' in html
    assert not Link.objects.exists()


def test_DV_a_changed_address_is_looked_at_anew_and_an_old_look_says_nothing_of_it(
    ours: Ours, programme: Programme
) -> None:
    link = a_link(programme, ours.bo)
    actions.note_look(link, LinkState.WORKS)
    before = Link.objects.get()
    actions.change_link(before, title="A text", url="https://example.org/b", recommended_by="Bo", by=ours.bo)
    actions.note_look(link, LinkState.GONE)  # a look that began before the change
    after = Link.objects.get()
    assert (after.state, after.checked_on, after.working_on) == ("new", None, None)


def test_DV_each_link_is_looked_at_once_a_week_and_a_new_one_at_once(
    ours: Ours, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    today, asked = timezone.localdate(), []
    for number, age in enumerate((None, 0, 6, 7, 30)):
        link = a_link(programme, ours.bo, url=f"https://example.org/{number}")
        Link.objects.filter(pk=link.pk).update(checked_on=None if age is None else today - timedelta(days=age))

    def look(url: str) -> LinkState:
        asked.append(url.rsplit("/", 1)[1])
        return LinkState.WORKS

    monkeypatch.setattr(jobs, "look_at", look)
    assert jobs.look_at_what_is_due() == 3
    assert asked == ["0", "4", "3"]
    assert jobs.look_at_what_is_due() == 0


@pytest.mark.parametrize("allowed", [True, False])
def test_DV_where_the_server_may_not_ask_the_internet_nothing_is_looked_at(
    allowed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = threading.Event()

    def round_() -> int:
        rounds.set()
        return 0

    monkeypatch.setattr(jobs, "look_at_what_is_due", round_)
    watchman = jobs.Watchman()
    with override_settings(LOOK_AT_LINKS=allowed):
        watchman.start()
    assert rounds.wait(5 if allowed else 0.2) is allowed
    watchman.stop()


def test_DV_what_is_set_for_all_stands_with_every_group_of_the_organisation_and_no_other(
    ours: Ours, theirs: Theirs, programme: Programme
) -> None:
    other = a_programme(ours.other_group, ours.dee, programme.pack)
    foreign = a_programme(theirs.group, theirs.hana, programme.pack)
    shared, own = a_link(programme, ours.dee, for_all=True), a_link(programme, ours.bo, url="https://example.org/own")
    assert shared.url in as_(ours.fay).get(page(other)).content.decode()
    assert own.url not in as_(ours.fay).get(page(other)).content.decode()
    assert "example.org" not in as_(theirs.hana).get(page(foreign)).content.decode()
    change = reverse("support.link", kwargs={"link_id": shared.pk})
    assert [as_(who).get(change).status_code for who in (ours.dee, ours.bo, ours.fay)] == [200, 404, 404]


def test_DV_only_who_coordinates_the_whole_sets_something_for_all(ours: Ours, programme: Programme) -> None:
    for who, shared in ((ours.bo, False), (ours.dee, True)):
        as_(who).post(new("support.new_link", programme), {**A_LINK, "for_all": "on"})
        link = Link.objects.get()
        assert (link.programme is None) is shared
        link.delete()


def add(ours: Ours, programme: Programme, name: str, content: bytes, title: str = "A sheet") -> tuple[int, str]:
    """Add a file as Bo, and return the status and the page."""
    form = {"slot": "", "title": title, "licence": "Ours", "file": SimpleUploadedFile(name, content)}
    answer = as_(ours.bo).post(new("support.new_handout", programme), form)
    return answer.status_code, answer.content.decode()


def test_E2_a_script_in_the_name_of_a_pdf_is_neither_shown_nor_saved_under_nor_run(
    ours: Ours, programme: Programme
) -> None:
    evil = "<script>alert(1)</script>"
    assert add(ours, programme, f"{evil}.pdf", A_PDF, title=evil)[0] == 302
    html = as_(ours.bo).get(page(programme)).content.decode()
    assert "&lt;script&gt;alert(1)" in html
    assert evil not in html
    handout = Handout.objects.get()
    assert [path.name for path in files.folder().glob("*") if path.name == str(handout.pk)] == [str(handout.pk)]
    answer = as_(ours.pat).get(reverse("support.handout", kwargs={"handout_id": handout.pk}))
    assert b"".join(answer.streaming_content) == A_PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="script-alert-1-script.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("sheet.pdf", A_PDF, True),
        ("picture.png", A_PNG, True),
        ("picture.exe", A_PNG, True),
        ("sheet.pdf", b"<html><script>alert(1)</script>", False),
        ("picture.svg", b"<svg onload='alert(1)'/>", False),
        ("empty.pdf", b"", False),
    ],
)
def test_E2_a_file_is_taken_by_what_it_is_and_not_by_what_it_is_called(
    ours: Ours, programme: Programme, name: str, content: bytes, taken: bool
) -> None:
    status, html = add(ours, programme, name, content)
    assert status == (302 if taken else 422)
    assert Handout.objects.exists() is taken
    if not taken:
        assert 'value="A sheet"' in html  # what was typed stays
        assert "neither a PDF nor a PNG or JPEG" in html


def test_E2_the_limit_of_a_handout_is_said_before_and_a_larger_one_is_refused_with_everything_typed(
    ours: Ours, programme: Programme
) -> None:
    assert "at most 10 MB" in as_(ours.bo).get(new("support.new_handout", programme)).content.decode()
    status, html = add(ours, programme, "large.pdf", A_PDF + b"x" * LARGEST_FILE)
    assert status == 422
    assert "larger than 10 MB" in html
    assert 'value="A sheet"' in html


@pytest.mark.django_db(transaction=True, databases=["default", "voices"])
def test_E2_forty_megabytes_are_read_away_and_answered_with_a_page_that_says_what_to_do(ours: Ours) -> None:
    path = f"/desk/programmes/{a_programme(ours.group, ours.bo).pk}/sections/4/handouts/new/"
    with running() as wire:
        small, large, other = (
            wire.request("POST", where, b"x" * size)
            for where, size in ((path, LARGEST_FILE), (path, 4 * LARGEST_FILE), ("/desk/me/", 2 * 1024 * 1024))
        )
    assert small.status != 413
    for answer in (large, other):
        assert answer.status == 413
        assert "That is more than this page takes at once" in answer.body.decode()


def test_E2_a_removed_handout_leaves_no_file(
    ours: Ours, programme: Programme, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    handout = a_handout(programme, ours.bo)
    path = files.path_of(handout)
    assert path.read_bytes() == A_PDF
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_handout(handout, by=ours.bo)
    assert not path.exists()


def test_E2_a_programme_that_is_deleted_takes_the_files_of_its_own_handouts_along_and_no_others(
    ours: Ours, programme: Programme, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    own, for_all = a_handout(programme, ours.bo), a_handout(programme, ours.dee, for_all=True)
    assert files.path_of(own).exists()
    with django_capture_on_commit_callbacks(execute=True):
        delete_programme(programme, by=ours.dee)
    assert not files.path_of(own).exists()
    assert files.path_of(for_all).read_bytes() == A_PDF


def test_E2_a_handout_whose_file_is_gone_says_so(ours: Ours, programme: Programme) -> None:
    handout = a_handout(programme, ours.bo)
    files.path_of(handout).unlink()
    answer = as_(ours.pat).get(reverse("support.handout", kwargs={"handout_id": handout.pk}))
    assert answer.status_code == 404
    assert "not in its folder any more" in answer.content.decode()


def test_E2_a_handout_for_all_is_for_those_who_work_with_this_toolkit(ours: Ours, programme: Programme) -> None:
    handout = a_handout(programme, ours.dee, for_all=True)
    path = reverse("support.handout", kwargs={"handout_id": handout.pk})
    assert as_(ours.pat).get(path).status_code == 200
    assert as_(ours.fay).get(path).status_code == 404  # her group has not begun
    a_programme(ours.other_group, ours.dee, programme.pack)
    assert as_(ours.fay).get(path).status_code == 200
    eve = somebody_who(Role.Kind.EVALUATOR, "Vic", ours.organisation)
    assert as_(eve).get(path).status_code == 404


@pytest.mark.django_db(transaction=True, databases=["default", "voices"])
def test_E2_handouts_come_back_with_a_backup_and_a_damaged_one_is_noticed(
    ours: Ours, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handout = a_handout(a_programme(ours.group, ours.bo), ours.bo)
    make_backup(tmp_path / "one.backup")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(backup, "path_of", lambda alias: elsewhere / backup.DATABASES[alias])
    monkeypatch.setattr(files, "folder", lambda: elsewhere)
    restore_backup(tmp_path / "one.backup")
    assert (elsewhere / str(handout.pk)).read_bytes() == A_PDF
    rows = sqlite3.connect(elsewhere / "holdfast.sqlite3").execute("SELECT digest FROM support_handout").fetchall()
    assert rows == [(hashlib.sha256(A_PDF).hexdigest(),)]

    with zipfile.ZipFile(tmp_path / "one.backup") as whole, zipfile.ZipFile(tmp_path / "bad.backup", "w") as damaged:
        for name in whole.namelist():
            damaged.writestr(name, whole.read(name) + (b"!" if name.startswith("handouts/") else b""))
    for path in elsewhere.iterdir():
        path.unlink()
    with pytest.raises(BackupError, match="damaged handouts"):
        restore_backup(tmp_path / "bad.backup")
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_links_asks_the_same_questions_for_one_row_and_three(
    ours: Ours, programme: Programme, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        a_link(programme, ours.bo, url=f"https://example.org/{number}")
        a_link(programme, ours.dee, url=f"https://example.org/all/{number}", for_all=True)
        a_handout(programme, ours.bo)
    assert sum(len(shelf.links) for section in queries.shelves(programme) for shelf in section.shelves) == 2 * rows
    client = as_(ours.bo)
    with django_assert_num_queries(10):
        client.get(page(programme))
