"""The page that says how a kind is added is short, and what it says works: its module is run in a room."""

import re
from pathlib import Path
from types import ModuleType

import pytest

from holdfast.gatherings import actions, kinds
from holdfast.programmes.models import Mode, PlanItem
from holdfast.refusals import Refused
from holdfast.voices.admission import Viewer
from tests.gatherings.rooms import Stage, a_room
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-kind-of-activity.md"


def the_module() -> ModuleType:
    """Return the module that stands on the page."""
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found
    module = ModuleType("breathe")
    exec(found[1], module.__dict__)  # noqa: S102 - our own page
    return module


def begin(stage: Stage, kind: str, mode: str) -> PlanItem:
    """Put an activity at the end of the plan."""
    position = stage.gathering.plan.count() + 1
    return PlanItem.objects.create(
        gathering=stage.gathering, position=position, title=kind, minutes=1, kind=kind, mode=mode
    )


def test_the_page_is_short_and_names_what_every_kind_has() -> None:
    page = PAGE.read_text()
    assert len(page.splitlines()) < 150
    for module in {*kinds.KINDS.values(), the_module()}:
        for name in ("FIRST", "MOVES", "USES_VOICES", "SHOWS_ITEMS", "BALLOT", "may", "sees"):
            assert hasattr(module, name), (module.__name__, name)
            assert f"`{name}" in page


@pytest.mark.parametrize("mode", Mode.values)
def test_the_kind_on_the_page_is_held_in_a_room(wire: Wire, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    monkeypatch.setitem(kinds.KINDS, "breathe", the_module())
    stage = a_room(writing=False)
    started = actions.start_round(stage.room, item=begin(stage, "breathe", mode), by=stage.bo)
    screens = [stage.stream(wire, viewer) for viewer in Viewer]
    assert {(s.state()["round"]["look"], s.state()["round"]["phase"]) for s in screens} == {("breathe", "quiet")}
    assert not any(s.state()["round"]["may"] or s.notes() for s in screens)
    stage.round = started
    assert stage.phone(wire).write("somebody tries").status == 409
    with pytest.raises(Refused):
        actions.reveal(started, by=stage.bo)
    assert actions.finish_talk(started, by=stage.bo).phase == "finished"


def test_D7_4_looking_alone_sends_nothing_in_any_mode_and_nobody_learns_who_wrote(wire: Wire) -> None:
    stage = a_room(writing=False)
    for mode in Mode.values:
        stage.round = actions.start_round(stage.room, item=begin(stage, "reflect", mode), by=stage.bo)
        screens = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
        assert all(s.state()["round"]["look"] == "alone" for s in screens.values())
        assert not any(s.state()["round"]["may"] or s.notes() for s in screens.values())
        for viewer in (Viewer.PARTICIPANT, Viewer.LEADER):
            assert stage.phone(wire, viewer).write("private", column="").status == 409
        page = wire.get(f"/r/{stage.room.code}/plain/").body.decode()
        assert "This is yours alone" in page
        assert "<textarea" not in page  # a page without a script could only send it
        actions.finish_talk(stage.round, by=stage.bo)
        wire.close_streams()


def test_the_script_of_looking_alone_has_no_way_to_the_server() -> None:
    script = Path(kinds.__file__).parents[1] / "static" / "gatherings" / "phone" / "alone.js"
    code = re.sub(r"/\*.*?\*/", "", script.read_text(), flags=re.DOTALL)
    assert "put(" in code  # there is something that is kept
    for way in ("post(", "fetch", "sendBeacon", "XMLHttp", "tell(", "keep(", "add("):
        assert way not in code, way
