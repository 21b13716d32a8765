"""Figures that browsers were given before the app could send them, by digest and address.

The server notes what it hands out ahead of the app, and for which address; the app, which runs in
the same process, then sends the digest instead of the figure. A browser that has not got it after
all asks for it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from threading import Lock

from cachetools import LRUCache

MOST_FIGURES = 4096
Address = frozenset[tuple[str, tuple[str, ...]]]
_GIVEN: LRUCache[tuple[Address, str], bool] = LRUCache(maxsize=MOST_FIGURES)
_LOCK = Lock()


def digest_figure(text: str) -> str:
    """A short name for a figure as JSON."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def freeze_address(parameters: Mapping[str, Sequence[str]]) -> Address:
    """The parameters of an address, each with all its values, in no order."""
    return frozenset((name, tuple(values)) for name, values in parameters.items())


def note_given(digest: str, address: Address) -> None:
    """Remember that a browser was given the figure for an address."""
    with _LOCK:
        _GIVEN[address, digest] = True


def was_given(digest: str, address: Address) -> bool:
    """Whether some browser was given the figure for that address lately."""
    with _LOCK:
        return (address, digest) in _GIVEN
