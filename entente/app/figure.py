"""The element that draws a figure, as a component of Streamlit."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from entente.element import NAME, SCRIPT, library_address


@cache
def _register() -> Callable[..., Any]:
    """The component; Streamlit finds its folder by the manifest of the installed package."""
    return st.components.v2.component(NAME, js=SCRIPT.name, isolate_styles=False)


def show_figure(
    text: str,
    *,
    key: str,
    alt: str,
    on_pick: Callable[[list[Any]], None] | None = None,
    picked: str | None = None,
) -> None:
    """Draw a figure in all the room that its container has.

    Args:
        text: The figure as JSON, with data, layout and configuration.
        key: Short name, unique on the page.
        alt: What it shows, for those who cannot see it.
        on_pick: Called with the `customdata` of a mark that was chosen; without it, marks do not
            answer, and the figure is read by its table.
        picked: Id of the mark that is put forward, which gets a ring.
    """
    place = f"chart-{key}"

    def pick() -> None:
        mark = st.session_state[place].pick
        if on_pick and mark:
            on_pick(mark)

    _register()(
        key=place,
        data={
            "text": text,
            "alt": alt,
            "bundle": library_address(),
            "pick": bool(on_pick),
            "picked": picked,
        },
        height="stretch",
        on_pick_change=pick,
    )
