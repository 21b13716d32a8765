"""Figures that browsers were given before the app could send them, by digest.

The server notes what it hands out ahead of the app; the app then sends the digest instead of the
figure. Both run in one process. A browser that has not got the figure asks for it.
"""

import hashlib
from threading import Lock

from cachetools import LRUCache

MOST_DIGESTS = 1024
_GIVEN: LRUCache[str, bool] = LRUCache(maxsize=MOST_DIGESTS)
_LOCK = Lock()


def digest_figure(text: str) -> str:
    """A short name for a figure as JSON."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def note_given(digest: str) -> None:
    """Remember that a browser was given the figure."""
    with _LOCK:
        _GIVEN[digest] = True


def was_given(digest: str) -> bool:
    """Whether some browser was given the figure lately."""
    with _LOCK:
        return digest in _GIVEN
