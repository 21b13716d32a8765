"""The presenter's screen: one scene at a time, in large type, driven by keys.

Next: right arrow, page down, space. Back: left arrow, page up. B makes the screen black, N shows
the notes, Escape ends. Streamlit binds one key to one button, so keys beyond the first of an action
have buttons that are not shown.

Whatever a scene lacks leaves an empty place, so that the keys stand at the same one in all scenes:
browsers then keep them, and the keyboard's focus on them, from scene to scene.
"""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from entente.address.views import PresentView, scenes
from entente.app import chrome, markup, panels, url_state
from entente.app.chrome import palette
from entente.briefing.scenes import make_scene
from entente.content import Panel
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.export.html.parts import key_parts
from entente.style.theme import enlarged

BLACK = "screen is black"
NEXT, BACK = ("right", "pagedown", "space"), ("left", "pageup")


def is_on() -> bool:
    """Whether the address asks for the presenter's screen."""
    return "present" in st.query_params


def show() -> None:
    """The scene of the address, and what moves it."""
    dossier = chrome.dossier()
    view, notices = url_state.read(PresentView, dossier)
    order = scenes(dossier)
    at = order.index(view.scene)
    with st.container(key="present"):
        _or_leave_empty(chrome.notices, notices, is_there=bool(notices))
        _scene(dossier, view, number=at + 1, of=len(order))
        _keys(dossier, view, order)
    if st.session_state.get(BLACK):
        markup.show("present_black")
    url_state.write(view, dossier)


def _scene(dossier: Dossier, view: PresentView, *, number: int, of: int) -> None:
    scene = make_scene(dossier, view.scene, appearance=palette().name)
    markup.show("present_head", scene=scene, number=number, total=of)
    panel = scene.content.panels[0] if scene.content.panels else None
    _or_leave_empty(_drawn, dossier, view, panel, is_there=panel is not None)
    beside = _beside(panel)
    _or_leave_empty(st.html, beside, is_there=bool(beside))
    has_notes = view.notes == "on"
    _or_leave_empty(markup.show, "present_notes", scene=scene, is_there=has_notes)
    _or_leave_empty(panels.source_list, scene.content.source_ids, dossier, is_there=has_notes)


def _or_leave_empty(show: Callable[..., Any], *args: Any, is_there: bool, **options: Any) -> None:
    """One element, there or not: whatever `show` writes must be one, too."""
    if is_there:
        show(*args, **options)
    else:
        st.empty()


def _drawn(dossier: Dossier, view: PresentView, panel: Panel) -> None:
    if panel.figure is None:
        with st.container(key="present-table"):
            panels.data_table(panel.table, caption=panel.caption)
    else:
        with st.container(key=f"present-figure-{panel.key}"):
            figure = _figure(dossier, scene_id=view.scene, appearance=palette().name)
            panels.chart(figure, key=f"present-{panel.key}", alt=panel.alt)


@cached
def _figure(dossier: Dossier, *, scene_id: str, appearance: str) -> go.Figure:
    """The first figure of a scene as its panel declares it for a room."""
    panel = make_scene(dossier, scene_id, appearance=appearance).content.panels[0]
    if panel.room_figure is not None or panel.room_scale == 1:
        return panel.room_figure or panel.figure
    return enlarged(panel.figure, by=panel.room_scale)


def _beside(panel: Panel | None) -> str:
    """What its numbers mean, or the legend, of a figure as HTML; nothing where it needs neither."""
    if panel is None or panel.figure is None:
        return ""
    if panel.room_table is not None:
        table = panel.room_table
        rows = [[str(cell).split("\n") for cell in row] for row in table.to_numpy().tolist()]
        headings, caption = list(table.columns), table.attrs.get("caption", "")
        return markup.fragment("present_table", headings=headings, rows=rows, caption=caption)
    if not panel.legend:
        return ""
    lines = key_parts(panel.legend, palette=palette())
    place = "below" if panel.is_wide else "side"
    return markup.fragment("present_key", lines=lines, place=place)


def _keys(dossier: Dossier, view: PresentView, order: tuple[str, ...]) -> None:
    at = order.index(view.scene)
    before, after = order[max(at - 1, 0)], order[min(at + 1, len(order) - 1)]
    titles = dossier["scenes"].set_index("scene_id")["title"]
    with st.container(key="present-keys", horizontal=True, gap="small"):
        _button("‹ Back", BACK[0], before, is_off=before == view.scene)
        _button("Next ›", NEXT[0], after, is_off=after == view.scene)
        with st.popover("Scenes"):
            for place, scene_id in enumerate(order, start=1):
                st.button(
                    markup.literal(f"{place}. {titles[scene_id]}"),
                    key=f"scene-{scene_id}",
                    type="tertiary",
                    on_click=_go,
                    args=(scene_id,),
                )
        st.button("Notes", shortcut="n", on_click=_turn_notes, args=(view,))
        st.button("Black", shortcut="b", on_click=_turn_black)
        st.button("Close", shortcut="escape", on_click=_close)
    with st.container(key="present-more-keys"):
        for key in NEXT[1:]:
            _button(f"Next by {key}", key, after, is_off=after == view.scene)
        for key in BACK[1:]:
            _button(f"Back by {key}", key, before, is_off=before == view.scene)


def _button(label: str, key: str, scene_id: str, *, is_off: bool) -> None:
    st.button(
        label,
        key=f"present-{key}",
        shortcut=key,
        disabled=is_off,
        on_click=_go,
        args=(scene_id,),
    )


def _go(scene_id: str) -> None:
    st.session_state[BLACK] = False
    url_state.put(PresentView, "scene", scene_id)


def _turn_notes(view: PresentView) -> None:
    url_state.put(PresentView, "notes", "off" if view.notes == "on" else "on")


def _turn_black() -> None:
    st.session_state[BLACK] = not st.session_state.get(BLACK, False)


def _close() -> None:
    st.query_params.clear()
