"""Long-lived objects are set aside once for what is new, and not once for every reader."""

import gc

import pytest

from entente.app import gc as memory


def test_the_same_page_and_kinds_are_settled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    times = []
    monkeypatch.setattr(memory, "_settled", set())
    monkeypatch.setattr(gc, "freeze", lambda: times.append(1))
    for page, kinds in (("claims", 3), ("claims", 3), ("data", 3), ("claims", 4), ("claims", 4)):
        memory.settle(page, kinds)
    assert len(times) == 3
