"""What is folded is made and sent when it is opened: most readers open little of it."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


@contextmanager
def fold(label: str, *, key: str, place: DeltaGenerator | None = None) -> Iterator[bool]:
    """A fold that is shut at first; gives whether it is open, and so whether to fill it.

    What belongs on paper does not belong in one: what was never opened is not printed.

    Args:
        label: What is in it.
        key: Short name, unique on the page; its class is `st-key-fold-<key>`.
        place: Where it stands; where the script is when left out.
    """
    shown = (place or st).expander(label, key=f"fold-{key}", on_change="rerun")
    with shown:
        yield bool(shown.open)
