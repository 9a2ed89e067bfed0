"""What comes due by date is done by the running server, and one thing that fails keeps no other from being done."""

import logging

import pytest

from holdfast.config import asgi
from holdfast.gatherings.actions import seal_what_is_left
from holdfast.gatherings.actions.parking import collect_what_is_left
from holdfast.programmes.actions import mix_unnamed_barriers
from holdfast.report_back.boxes import close_what_is_due
from tests.wire import running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def test_a_chore_that_fails_keeps_no_other_from_being_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    def breaks() -> None:
        done.append("begun")
        raise OSError

    monkeypatch.setattr(asgi, "CHORES", (breaks, lambda: done.append("the next"), lambda: done.append("the last")))
    with caplog.at_level(logging.ERROR, logger="holdfast"), running() as wire:
        for _ in range(100):
            if len(done) == 3:
                break
            wire.settle(0.05)
    assert done == ["begun", "the next", "the last"]
    assert "a chore failed: OSError" in caplog.text


def test_the_server_has_all_of_them_to_do() -> None:
    assert set(asgi.CHORES) == {close_what_is_due, seal_what_is_left, mix_unnamed_barriers, collect_what_is_left}
