"""The presenter's screen: one scene at a time, in large type, driven by keys.

Next: right arrow, page down, space. Back: left arrow, page up. B makes the screen black, N shows
the notes, Escape ends. Streamlit binds one key to one button, so keys beyond the first of an action
have buttons that are not shown.

Whatever a scene lacks leaves an empty place, so that the keys stand at the same one in all scenes:
browsers then keep them, and the keyboard's focus on them, from scene to scene.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from entente.address.views import PresentView, scenes
from entente.app import chrome, controls, markup, panels
from entente.app.figure import Camera
from entente.briefing.scenes import make_scene
from entente.content import PageContent, Panel
from entente.dossier.store import Dossier
from entente.export.html.parts import key_parts
from entente.style.palette import Palette

BLACK = "screen is black"
NEXT, BACK = ("right", "pagedown", "space"), ("left", "pageup")


def show() -> None:
    """The scene of the address, and what moves it."""
    dossier = chrome.get_dossier()
    view, notices = controls.read_view(PresentView, dossier)
    order = scenes(dossier)
    with st.container(key="present"):
        _show_or_leave_empty(bool(notices), chrome.show_notices, notices)
        _show_scene(dossier, view, number=order.index(view.scene) + 1, total=len(order))
        _show_keys(dossier, view, order)
    if st.session_state.get(BLACK):
        markup.show("present_black")
    controls.write_view(view, dossier)


def _show_scene(dossier: Dossier, view: PresentView, *, number: int, total: int) -> None:
    palette = chrome.get_palette()
    scene = make_scene(dossier, view.scene, appearance=palette.name)
    markup.show("present_head", scene=scene, number=number, total=total)
    panel = scene.content.panels[0] if scene.content.panels else None
    _show_or_leave_empty(panel is not None, _show_panel, scene.content)
    beside = _explain_marks(panel, palette) if panel else ""
    _show_or_leave_empty(bool(beside), st.html, beside)
    has_notes = view.notes == "on"
    _show_or_leave_empty(has_notes, lambda: markup.show("present_notes", scene=scene))
    _show_or_leave_empty(has_notes, panels.show_sources, scene.content.source_ids, dossier)


def _show_or_leave_empty(is_there: bool, show: Callable[..., Any], *given: Any) -> None:
    """One element, there or not: whatever `show` writes must be one, too."""
    if is_there:
        show(*given)
    else:
        st.empty()


def _show_panel(content: PageContent) -> None:
    panel = content.panels[0]
    if panel.figure is None:
        with st.container(key="present-table"):
            shown = panel.table if panel.room_table is None else panel.room_table
            panels.show_table(shown, caption=panel.caption)
    else:
        with st.container(key=f"present-figure-{panel.key}"):
            panels.show_chart(
                panel.room_text,
                key=f"present-{panel.key}",
                alt=panel.alt,
                camera=Camera(content.camera) if content.camera else None,
            )


def _explain_marks(panel: Panel, palette: Palette) -> str:
    """What a figure's numbers mean, or its legend, as HTML; nothing where it needs neither."""
    if panel.figure is None:
        return ""
    if panel.room_table is not None:
        table = panel.room_table
        rows = [[str(cell).split("\n") for cell in row] for row in table.to_numpy().tolist()]
        headings, caption = list(table.columns), table.attrs.get("caption", "")
        return markup.fragment("present_table", headings=headings, rows=rows, caption=caption)
    if not panel.legend:
        return ""
    lines = key_parts(panel.legend, palette=palette)
    place = "below" if panel.is_wide else "side"
    return markup.fragment("present_key", lines=lines, place=place)


def _show_keys(dossier: Dossier, view: PresentView, order: tuple[str, ...]) -> None:
    at = order.index(view.scene)
    before, after = order[max(at - 1, 0)], order[min(at + 1, len(order) - 1)]
    titles = dossier["scenes"].set_index("scene_id")["title"]

    def offer(label: str, key: str, scene_id: str) -> None:
        st.button(
            label,
            key=f"present-{key}",
            shortcut=key,
            disabled=scene_id == view.scene,
            on_click=_open_scene,
            args=(scene_id,),
        )

    with st.container(key="present-keys", horizontal=True, gap="small"):
        offer("‹ Back", BACK[0], before)
        offer("Next ›", NEXT[0], after)
        with st.popover("Scenes"):
            for place, scene_id in enumerate(order, start=1):
                st.button(
                    markup.literal(f"{place}. {titles[scene_id]}"),
                    key=f"scene-{scene_id}",
                    type="tertiary",
                    on_click=_open_scene,
                    args=(scene_id,),
                )
        st.button("Notes", shortcut="n", on_click=_turn_notes, args=(view,))
        st.button("Black", shortcut="b", on_click=_turn_black)
        st.button("Close", shortcut="escape", on_click=st.query_params.clear)
    with st.container(key="present-more-keys"):
        for key in NEXT[1:]:
            offer(f"Next by {key}", key, after)
        for key in BACK[1:]:
            offer(f"Back by {key}", key, before)


def _open_scene(scene_id: str) -> None:
    st.session_state[BLACK] = False
    controls.put_field(PresentView, "scene", scene_id)


def _turn_notes(view: PresentView) -> None:
    controls.put_field(PresentView, "notes", "off" if view.notes == "on" else "on")


def _turn_black() -> None:
    st.session_state[BLACK] = not st.session_state.get(BLACK, False)
