"""Bars: each thing once and in order, on a terminal only, and nothing of them in a pipe."""

import io
import sys
from collections.abc import Iterable

import pytest

from entente import progress
from entente.__main__ import main
from entente.progress import follow, watched_by
from tests.conftest import SMALL


class Terminal(io.StringIO):
    """What takes the place of standard error and says that somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_nobody_watches_and_nothing_is_lost() -> None:
    assert list(follow(iter("abc"), "Letters", 3)) == ["a", "b", "c"]


def test_a_watcher_learns_what_it_is_and_how_many_while_it_watches() -> None:
    seen: list[object] = []

    def watch(things: Iterable[object], what: str, count: int) -> Iterable[object]:
        seen.append((what, count))
        for thing in things:
            seen.append(thing)
            yield thing

    with watched_by(watch):
        assert list(follow("ab", "Letters", 2)) == ["a", "b"]
    assert list(follow("cd", "Letters", 2)) == ["c", "d"]
    assert seen == [("Letters", 2), "a", "b"]


def test_a_command_shows_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "DELAY", 0)
    assert main(["check", "--data", str(SMALL)]) == 0
    assert "Tables" in terminal.getvalue()
    assert "%|" in terminal.getvalue()


def test_and_nothing_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "DELAY", 0)
    assert main(["check", "--data", str(SMALL)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("No faults")
    assert said.err == ""
