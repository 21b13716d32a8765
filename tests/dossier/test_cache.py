"""What is kept is made once, for everybody who asks, and a failure is not kept."""

import gc
import math
import threading
from functools import wraps

import pandas as pd
import pytest

from entente.dossier.store import Dossier, Rows, cached, spare_collector

made: list[str] = []
gate = threading.Event()


@cached
def slow_thing(dossier: Dossier, *, name: str) -> list[str]:
    made.append(name)
    gate.wait(30)
    return [name]


@cached
def failing_thing(dossier: Dossier, *, name: str) -> None:
    made.append(name)
    raise ValueError(name)


def test_many_who_ask_at_once_get_one_and_the_same(dossier: Dossier) -> None:
    found: list[list[str]] = []
    asking = [
        threading.Thread(target=lambda: found.append(slow_thing(dossier, name="together")))
        for _ in range(6)
    ]
    for thread in asking:
        thread.start()
    gate.set()
    for thread in asking:
        thread.join()
    assert made.count("together") == 1
    assert len(found) == 6
    assert all(thing is found[0] for thing in found)


def test_other_options_are_another_thing(dossier: Dossier) -> None:
    gate.set()
    one = slow_thing(dossier, name="one")
    assert slow_thing(dossier, name="other") != one
    assert slow_thing(dossier, name="one") is one


@cached
def count_rows(dossier: Dossier, *, rows: Rows) -> list[int]:
    return [len(rows.table)]


def test_tables_are_told_apart_by_their_cells(dossier: Dossier) -> None:
    def make(*cells: object) -> Rows:
        return Rows(pd.DataFrame({"id": cells, "geometry": [object() for _ in cells]}))

    found = count_rows(dossier, rows=make("a", math.nan, ["b"]))
    assert count_rows(dossier, rows=make("a", math.nan, ["b"])) is found
    assert count_rows(dossier, rows=make("a", math.nan, ["c"])) is not found
    assert make("a") != Rows(pd.DataFrame({"name": ["a"]}))
    assert make("a") != "a"


def test_a_failure_is_tried_again(dossier: Dossier) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="again"):
            failing_thing(dossier, name="again")
    assert made.count("again") == 2


def test_a_function_is_cached_once(dossier: Dossier) -> None:
    @wraps(slow_thing)
    def between(dossier: Dossier, *, name: str) -> list[str]:
        return slow_thing(dossier, name=name)

    gate.set()
    for once in (slow_thing, between):
        with pytest.raises(TypeError, match=r"test_cache\.slow_thing is cached already"):
            cached(once)(dossier, name="twice")
    assert "twice" not in made


def is_set_aside(thing: object) -> bool:
    """Tell whether the garbage collector no longer walks a thing that it walks by its kind."""
    return gc.is_tracked(thing) and all(other is not thing for other in gc.get_objects())


def test_what_is_set_aside_stays_bounded(dossier: Dossier) -> None:
    gate.set()
    slow_thing(dossier, name="of a kind that is in use from now on")
    first: list[object] = [[]]
    spare_collector("first page of this test")
    assert is_set_aside(first)
    later: list[object] = [[]]
    spare_collector("first page of this test")
    assert not is_set_aside(later), "another reader of the page sets nothing more aside"
    slow_thing(dossier, name="of a kind that is in use already")
    spare_collector("first page of this test")
    assert not is_set_aside(later)
    spare_collector("second page of this test")
    assert is_set_aside(later)
    gc.unfreeze()
