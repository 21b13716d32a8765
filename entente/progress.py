"""How far a long piece of work is, for whoever watches it: a bar on a terminal, or nobody.

What works does not know who watches. A watcher holds for the context in which it was set.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

DELAY = 1.0  # seconds for which no bar is worth showing
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


@contextmanager
def bars_on_terminal() -> Iterator[None]:
    """Show bars for work within the block, unless standard error goes elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    with watched_by(_draw_bar):
        yield


def _draw_bar(things: Iterable[Any], what: str, count: int) -> Iterable[Any]:
    """Give the things one by one, with a bar on standard error that goes when all is done."""
    from tqdm import tqdm  # noqa: PLC0415 - the app draws no bar

    bar: Iterable[Any] = tqdm(
        things, what, count, leave=False, delay=DELAY, file=sys.stderr, dynamic_ncols=True
    )
    return bar
