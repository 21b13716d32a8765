"""What is kept is made once, for everybody who asks, and a failure is not kept."""

import threading

import pytest

from entente.dossier.cache import cached
from entente.dossier.store import Dossier

made: list[str] = []
gate = threading.Event()


@cached
@cached
def slow_thing(dossier: Dossier, *, name: str) -> list[str]:
    made.append(name)
    gate.wait(30)
    return [name]


@cached
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


def test_a_failure_is_tried_again(dossier: Dossier) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="again"):
            failing_thing(dossier, name="again")
    assert made.count("again") == 2
