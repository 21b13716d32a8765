"""Bars on a terminal while a command works; nothing where standard error goes elsewhere."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from entente.progress import watched_by

DELAY = 1.0  # seconds for which no bar is worth showing


def draw_bar(things: Iterable[Any], what: str, count: int) -> Iterable[Any]:
    """Give the things one by one, with a bar on standard error that goes when all is done."""
    from tqdm import tqdm

    bar: Iterable[Any] = tqdm(
        things, what, count, leave=False, delay=DELAY, file=sys.stderr, dynamic_ncols=True
    )
    return bar


@contextmanager
def bars() -> Iterator[None]:
    """Show bars for work within the block, if somebody sees them."""
    if not sys.stderr.isatty():
        yield
        return
    with watched_by(draw_bar):
        yield
