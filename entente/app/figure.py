"""The element that draws a figure, as a component of Streamlit."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import streamlit as st

from entente.app.chrome import get_loaded_address
from entente.element import NAME, SCRIPT, library_address
from entente.element.ahead import digest_figure, was_given

_KNOWN = "figures that the browser has"


class Camera(NamedTuple):
    """What part of a map or of a time axis a reader looks at, who may move it.

    It is apart from the figure, so that a figure is not sent anew whenever it is moved.

    Attributes:
        text: As in an address (`entente.address.codec`); None for the named view.
        on_move: Called with what the reader has moved to.
    """

    text: str | None
    on_move: Callable[[str | None], None]


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
    camera: Camera | None = None,
) -> None:
    """Draw a figure, as large as the style sheet makes its place, `.st-key-figure-<key>`.

    Args:
        text: The figure as JSON, with data, layout and configuration.
        key: Short name, unique on the page.
        alt: What it shows, for those who cannot see it.
        on_pick: Called with the `customdata` of a mark that was chosen; without it, marks do not
            answer, and the figure is read by its table.
        picked: Id of the mark that is put forward, which gets a ring.
        camera: The part that is looked at; None for a figure that cannot be moved.
    """
    place = f"chart-{key}"

    def pick() -> None:
        mark = st.session_state[place].pick
        if on_pick and mark:
            on_pick(mark)

    def send() -> None:
        st.session_state[_KNOWN].discard(st.session_state[place].missing)

    def move() -> None:
        moved = st.session_state[place].camera
        if camera and isinstance(moved, str):
            camera.on_move(moved or None)

    with st.container(key=f"figure-{key}"):
        _register()(
            key=place,
            data={
                **_name_or_send(text),
                "alt": alt,
                "bundle": library_address(),
                "pick": bool(on_pick),
                "picked": picked,
                "camera": camera.text if camera else None,
                "move": camera is not None,
            },
            height="stretch",
            on_pick_change=pick,
            on_camera_change=move,
            on_missing_change=send,
        )


def _name_or_send(text: str) -> dict[str, str]:
    """The digest of a figure, and the figure itself unless the browser has got it.

    A browser asks for what its page shows first before the app runs, and so only then.
    """
    digest, known = digest_figure(text), st.session_state.setdefault(_KNOWN, set())
    loaded = get_loaded_address()
    if loaded is not None and was_given(digest, loaded):
        known.add(digest)
    return {"digest": digest, "text": "" if digest in known else text}
