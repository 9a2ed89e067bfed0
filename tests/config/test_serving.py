"""Several servers are refused kindly where they could not see the same rooms, and nobody shares a port unasked."""

import argparse

import pytest

from holdfast.config import serving
from holdfast.config.command import parser
from holdfast.config.workers import port_on
from tests import postgresql

HERE = "127.0.0.1"


@pytest.mark.skipif(postgresql.WANTED, reason="PostgreSQL can be shared")
def test_several_servers_on_sqlite_files_are_refused_before_anything_is_touched(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "prepare", lambda: pytest.fail("the databases were touched"))

    code = serving.serve(parser().parse_args(["serve", "--workers", "2"]))

    assert code == 1
    assert "HOLDFAST_DATABASE_URL" in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["0", "33", "two", "-1"])
def test_only_a_few_servers_can_be_asked_for(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["serve", "--workers", typed])
    assert "1 to 32" in capsys.readouterr().err


@pytest.mark.parametrize("shared", [False, True])
def test_a_port_that_somebody_listens_on_is_not_shared_with_another_installation(shared: bool) -> None:
    ours = port_on(HERE, 0, shared=shared)
    ours.listen()
    try:
        with pytest.raises(OSError, match="in use"):
            port_on(HERE, ours.getsockname()[1], shared=False)
    finally:
        ours.close()


def test_servers_that_belong_together_share_a_port() -> None:
    first = port_on(HERE, 0, shared=True)
    second = port_on(HERE, first.getsockname()[1], shared=True)
    for one in (first, second):
        one.listen()
        one.close()
    assert isinstance(parser().parse_args(["serve", "--workers", "2"]), argparse.Namespace)
