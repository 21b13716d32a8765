"""Tests in a browser begin a run, in half of its processes."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.order import BROWSER, put_browser_first


@dataclass(frozen=True)
class Named:
    """As much of a test as its place in a run depends on."""

    path: Path
    name: str


VISITING = [Named(BROWSER / f"test_{file}.py", name) for file in "abcd" for name in ("one", "two")]
OTHERS = [Named(BROWSER.parent / "app" / "test_e.py", str(number)) for number in range(92)]


def deal(count: int, workers: int) -> list[int]:
    """How many of so many tests each worker is dealt, as xdist deals them."""
    dealt: list[int] = []
    for worker in range(workers):
        dealt.append((count - sum(dealt)) // (workers - worker))
    return dealt


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 7])
def test_every_other_process_begins_with_whole_files_in_a_browser(workers: int) -> None:
    tests = [*OTHERS[:50], *VISITING, *OTHERS[50:]]
    ordered = put_browser_first(tests, workers)  # type: ignore[arg-type]
    assert sorted(map(tests.index, ordered)) == list(range(100))
    starts = [sum(deal(100, workers)[:worker]) for worker in range(workers)]
    assert all(ordered[start] in VISITING for start in starts[::2])
    assert all(ordered[start] in OTHERS for start in starts[1::2])
    for own, other in zip(VISITING[::2], VISITING[1::2], strict=True):
        assert ordered.index(other) == ordered.index(own) + 1


@pytest.mark.parametrize("tests", [[], OTHERS, VISITING], ids=["none", "none visit", "all visit"])
def test_no_test_is_lost(tests: list[Named]) -> None:
    for workers in (1, 2, 4):
        ordered = put_browser_first(tests, workers)  # type: ignore[arg-type]
        assert sorted(ordered, key=tests.index) == tests
