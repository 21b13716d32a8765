"""What is kept between runs, in one place.

The dossier is shared by reference and never changed. Derived tables and finished figures are kept
by the dossier's digest and plain options; they are shared by reference, too: nobody changes them.
"""

from collections.abc import Callable, Hashable
from threading import Condition
from typing import Any

from cachetools import LRUCache, cached

from entente.dossier.store import Dossier

MOST_KEPT = 512
_KINDS: set[str] = set()


def kept(make: Callable[..., Any], dossier: Dossier, **options: Any) -> Any:
    """`make(dossier, **options)`, made once for a dossier and its options.

    Several threads that ask for the same thing at the same time wait for the first of them. What
    was used least lately goes when `MOST_KEPT` things are kept. A failure is not kept.

    Args:
        make: A module-level function; its name is part of the key.
        dossier: Passed on; its digest is part of the key.
        options: Passed on; plain values (text, numbers, dates, tuples of them, frozen views).
    """
    return _kept(make, dossier, options)


def kinds_kept() -> int:
    """How many kinds of thing this process has made to keep, whatever their options."""
    return len(_KINDS)


def _name(make: Callable[..., Any]) -> str:
    return f"{make.__module__}.{make.__qualname__}"


def _key(make: Callable[..., Any], dossier: Dossier, options: dict[str, Any]) -> Hashable:
    return (_name(make), dossier.digest, *sorted(options.items(), key=lambda item: item[0]))


@cached(LRUCache(maxsize=MOST_KEPT), key=_key, condition=Condition())
def _kept(make: Callable[..., Any], dossier: Dossier, options: dict[str, Any]) -> Any:
    _KINDS.add(_name(make))
    return make(dossier, **options)
