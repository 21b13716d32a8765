"""What is kept between reruns, in one place.

The dossier is shared by reference and never changed. Derived tables and finished figures are kept
by the dossier's digest and plain options; they are shared by reference, too: nobody changes them.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from entente.shelf import Holding, holding
from entente.store import Dossier

__all__ = ["Holding", "holding", "kept", "kinds_kept"]

MOST_KEPT = 512
_KINDS: set[str] = set()


def kept(make: Callable[..., Any], dossier: Dossier, **options: Any) -> Any:
    """`make(dossier, **options)`, made once for a dossier and its options.

    Args:
        make: A module-level function; its name is part of the key.
        dossier: Passed on; its digest is part of the key.
        options: Passed on; plain values (text, numbers, dates, tuples of them).
    """
    return _kept(f"{make.__module__}.{make.__qualname__}", dossier.digest, options, make, dossier)


@st.cache_resource(show_spinner=False, max_entries=MOST_KEPT)
def _kept(
    name: str,
    digest: str,
    options: dict[str, Any],
    _make: Callable[..., Any],
    _dossier: Dossier,
) -> Any:
    _KINDS.add(name)
    return _make(_dossier, **options)


def kinds_kept() -> int:
    """How many kinds of thing this process has made to keep, whatever their options."""
    return len(_KINDS)
