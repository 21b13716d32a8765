"""How far a long piece of work is, for whoever watches it: a bar on a terminal, or nobody.

What works does not know who watches. A watcher holds for the context in which it was set.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
# Gives the same things one by one, and shows how far that is: what they are, and how many.
Watcher = Callable[[Iterable[T], str, int], Iterable[T]]
_watcher: ContextVar[Watcher[object] | None] = ContextVar("watcher", default=None)


def follow(things: Iterable[T], what: str, count: int) -> Iterator[T]:
    """Give things one by one, and let the watcher know.

    Args:
        things: What is worked through.
        what: What they are, as a heading, such as `Slides`.
        count: How many there are.
    """
    watcher = _watcher.get()
    yield from things if watcher is None else watcher(things, what, count)  # type: ignore[misc]


@contextmanager
def watched_by(watcher: Watcher[object]) -> Iterator[None]:
    """Let a watcher know of all work within the block."""
    before = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(before)
