"""The presenter's screen: one scene at a time, in large type, driven by keys.

Next: right arrow, page down, space. Back: left arrow, page up. B blanks the screen, S opens the
window of the speaker, Escape ends. Each scene has a button that is not shown: `assets/present.js`
counts keys and clicks, which are quicker than scenes, and presses that of the scene they lead to,
or to which the other window has gone. Without it, the buttons that are shown do what they say.

Whatever a scene lacks leaves an empty place, so that the keys stand at the same one in all scenes:
browsers then keep them, and the keyboard's focus on them, from scene to scene.
"""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from entente.address.pages import HOME_PAGE, NO_SCENES, link_query
from entente.address.views import PresentView, scenes
from entente.app import chrome, controls, markup, panels
from entente.briefing.scenes import make_scene
from entente.content import Panel, Scene
from entente.dossier.store import Dossier
from entente.export.html.edition import key_parts
from entente.style.palette import Palette

ONE_LINE = 80  # letters of a legend that stands in one line below its figure


def show() -> None:
    """The scene of the address, or what its speaker is told, and what moves it."""
    dossier = chrome.get_dossier()
    if not scenes(dossier):
        st.title(NO_SCENES, anchor=False)
        markup.show("lead_on", label=HOME_PAGE.title, href=link_query(HOME_PAGE.code))
        return
    view, notices = controls.read_view(PresentView, dossier)
    scene = make_scene(dossier, view.scene, appearance=chrome.get_palette().name)
    is_speaker = view.speaker == "on"
    chrome.name_scene(scene.title, is_speaker=is_speaker)
    with st.container(key="speaker" if is_speaker else "present"):
        _show_or_leave_empty(bool(notices), chrome.show_notices, notices)
        if is_speaker:
            _show_notes(dossier, scene)
        else:
            _show_scene(scene, total=len(scenes(dossier)))
        _show_keys(dossier, view)
    controls.write_view(view, dossier)


def _show_scene(scene: Scene, *, total: int) -> None:
    palette, room = chrome.get_palette(), scene.room
    markup.show("present_head", scene=scene, total=total)
    _show_or_leave_empty(bool(room), _show_room, room)
    beside = _explain_marks(room, palette)
    _show_or_leave_empty(bool(beside), st.html, beside)


def _show_notes(dossier: Dossier, scene: Scene) -> None:
    """What the speaker sees: this scene, its notes and sources, the next scene, and the time."""
    order = scenes(dossier)
    after = order[scene.number] if scene.number < len(order) else None
    following = make_scene(dossier, after) if after else None
    markup.show("speaker_notes", scene=scene, following=following, total=len(order))
    markup.show("speaker_clock")
    with st.expander(f"Sources ({len(scene.content.source_ids)})", key="speaker-sources"):
        panels.show_sources(scene.content.source_ids, dossier)


def _show_or_leave_empty(is_there: bool, show: Callable[..., Any], *given: Any) -> None:
    """One element, there or not: whatever `show` writes must be one, too."""
    if is_there:
        show(*given)
    else:
        st.empty()


def _show_room(room: Sequence[Panel]) -> None:
    """The figures or the table of a scene: side by side, and wide ones below."""
    with st.container(key=f"present-room-{len(room)}"):
        for panel in room:
            shape = "wide" if panel.is_wide else "plain"
            if panel.figure is None:
                with st.container(key="present-table"):
                    _show_rows(panel.table if panel.room_table is None else panel.room_table, panel)
                continue
            with st.container(key=f"present-{shape}-{panel.key}"):
                panels.show_figure(panel.room_text, key=f"present-{panel.key}", alt=panel.alt)
            if panel.phone_table is not None:
                with st.container(key=f"present-phone-{panel.key}"):
                    _show_rows(panel.phone_table, panel)


def _show_rows(table: pd.DataFrame, panel: Panel) -> None:
    panels.show_table(table, caption=table.attrs.get("caption", panel.caption))


def _explain_marks(room: Sequence[Panel], palette: Palette) -> str:
    """What a figure's numbers mean, or its legend, as HTML; nothing where it needs neither."""
    if len(room) != 1 or room[0].figure is None:
        return ""
    (panel,) = room
    if panel.room_table is not None:
        table = panel.room_table
        rows = [[str(cell).split("\n") for cell in row] for row in table.to_numpy().tolist()]
        headings, caption = list(table.columns), table.attrs.get("caption", "")
        return markup.fragment("present_table", headings=headings, rows=rows, caption=caption)
    legend = panel.legend if panel.room_legend is None else panel.room_legend
    if not legend:
        return ""
    lines = key_parts(legend, palette=palette)
    is_short = sum(len(entry.text) for entry in legend) <= ONE_LINE
    place = "below" if panel.is_wide or is_short else "side"
    return markup.fragment("present_key", lines=lines, place=place)


def _show_keys(dossier: Dossier, view: PresentView) -> None:
    order = scenes(dossier)
    at = order.index(view.scene)
    before, after = order[max(at - 1, 0)], order[min(at + 1, len(order) - 1)]
    titles = {scene_id: make_scene(dossier, scene_id).title for scene_id in order}

    def offer(label: str, key: str, scene_id: str) -> None:
        st.button(
            label,
            key=f"present-{key}",
            shortcut=key,
            disabled=scene_id == view.scene,
            on_click=_open_scene,
            args=(scene_id,),
        )

    def jump(label: str, key: str, scene_id: str, **look: Any) -> None:
        st.button(label, key=f"{key}-{scene_id}", on_click=_open_scene, args=(scene_id,), **look)

    with st.container(key="present-keys", horizontal=True, gap="small"):
        offer("‹ Back", "left", before)
        offer("Next ›", "right", after)
        with st.popover("Scenes"):
            for place, scene_id in enumerate(order, start=1):
                jump(
                    markup.literal(f"{place}. {titles[scene_id]}"),
                    "scene",
                    scene_id,
                    type="tertiary",
                )
        markup.show("present_buttons", is_speaker=view.speaker == "on")
        if view.speaker == "off":
            st.button("Exit", key="present-exit", shortcut="escape", on_click=st.query_params.clear)
    with st.container(key="present-go"):
        for scene_id in order:
            jump(f"Go to {scene_id}", "go", scene_id)


def _open_scene(scene_id: str) -> None:
    controls.put_field(PresentView, "scene", scene_id)
