"""The one cache: derived tables and finished figures, made once and shared.

A cached value is kept by the dossier's digest and plain options. It is shared by reference between
all readers, so nobody changes it.
"""

import gc
from collections.abc import Callable, Hashable
from functools import wraps
from operator import itemgetter
from threading import Condition
from typing import Any, ParamSpec, TypeVar

from cachetools import LRUCache
from cachetools import cached as cached_by

MOST_VALUES = 512
_MARK = "is_cached"
_KINDS: set[str] = set()
_SPARED: set[tuple[str, int]] = set()

Given = ParamSpec("Given")
Value = TypeVar("Value")


def cached(make: Callable[Given, Value]) -> Callable[Given, Value]:
    """Decorate a function so that each value is made once for a dossier and its options.

    Threads that ask for the same value at the same time wait for the first of them. When
    `MOST_VALUES` values are kept, the one that was used least lately goes. A failure is not kept.

    Args:
        make: A module-level function whose first argument is a dossier. The others are plain
            values: text, numbers, dates, tuples of them, frozen views.

    Raises:
        TypeError: `make` is cached already. It would wait for itself, for both would look for the
            value under one name.
    """
    if hasattr(make, _MARK):
        raise TypeError(f"{_name(make)} is cached already")

    @wraps(make)
    def look_up(*given: Given.args, **options: Given.kwargs) -> Value:
        found: Value = _look_up(make, given, options)
        return found

    setattr(look_up, _MARK, True)  # decorators that stand above this one pass it on
    return look_up


def spare_collector(page: str) -> None:
    """Set aside what lives now, so that the garbage collector does not walk it again and again.

    Modules, tables and cached values live for good, and a full collection walks all of them. What
    is set aside is never searched for cycles again, so it is done a bounded number of times: once
    for every page and every number of cached functions in use, however many readers there are.
    (The collection that Streamlit asks for after each run is switched off in its configuration, for
    its cost grows with the number of readers as well.)

    Args:
        page: The page that has just been run.
    """
    if (page, len(_KINDS)) not in _SPARED:
        _SPARED.add((page, len(_KINDS)))
        gc.collect()
        gc.freeze()


def _name(make: Callable[..., Any]) -> str:
    return f"{make.__module__}.{make.__qualname__}"


def _key(make: Callable[..., Any], given: tuple[Any, ...], options: dict[str, Any]) -> Hashable:
    dossier, *others = given
    return (_name(make), dossier.digest, *others, *sorted(options.items(), key=itemgetter(0)))


@cached_by(LRUCache(maxsize=MOST_VALUES), key=_key, condition=Condition())
def _look_up(make: Callable[..., Any], given: tuple[Any, ...], options: dict[str, Any]) -> Any:
    _KINDS.add(_name(make))
    return make(*given, **options)
