"""Panels: a figure with its heading, alt text and caption; below it table, sources, downloads.

A figure is drawn by an element of our own, a component of Streamlit.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from entente.app import markup
from entente.app.chrome import get_loaded_address
from entente.content import Panel, arrange, has_map
from entente.dates import first_day
from entente.dossier.store import Dossier, cached
from entente.element import NAME, SCRIPT, library_address
from entente.element.ahead import digest_figure, was_given
from entente.export.files.citation import picture_credit
from entente.export.files.geodata import geojson, geopackage
from entente.export.files.writing import rows_csv

PICTURE_FORMATS = ("png", "svg")
MOST_SENT_AHEAD = 100  # sources; a longer list is made when it is opened
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


def show_panels(
    panels: Sequence[Panel],
    *,
    dossier: Dossier,
    on_pick: Callable[[list[Any]], None] | None = None,
    picked: str | None = None,
    camera: Camera | None = None,
) -> None:
    """Show panels with all that belongs to them, halves side by side.

    Args:
        panels: What a view shows, in order. A panel without a figure shows its table at once.
        dossier: Where sources are looked up.
        on_pick: Called with the `customdata` of a mark that was chosen.
        picked: Id of the mark that is put forward, which gets a ring.
        camera: The part of the maps among them that is looked at.
    """
    set_heights(panels)
    for row in arrange(panels):
        places = [st.container()] if len(row) == 1 else st.columns(len(row), gap="large")
        for place, group in zip(places, row, strict=True):
            with place:
                _show_group(group, dossier=dossier, on_pick=on_pick, picked=picked, camera=camera)


def _show_group(
    group: tuple[Panel, ...],
    *,
    dossier: Dossier,
    on_pick: Callable[[list[Any]], None] | None,
    picked: str | None,
    camera: Camera | None,
) -> None:
    """Figures side by side, with one heading, caption, table and list of sources."""
    first = group[0]
    if first.heading:
        st.header(markup.headline(first.heading), anchor=False)
    if first.figure is None:
        show_table(first.table, caption=first.caption)
        with st.expander(f"Sources ({len(first.source_ids)})"):
            show_sources(first.source_ids, dossier)
        return
    places = [st.container()] if len(group) == 1 else st.columns(len(group))
    for place, panel in zip(places, group, strict=True):
        with place:
            show_figure(
                panel.figure_text,
                key=panel.key,
                alt=panel.alt,
                on_pick=on_pick,
                picked=picked,
                camera=camera if has_map(panel.figure) else None,
            )
    if first.caption:
        st.caption(markup.literal(first.caption))
    show_details(
        first.table,
        key=first.group or first.key,
        source_ids=first.source_ids,
        dossier=dossier,
        figure=first.figure if len(group) == 1 else None,
    )


def show_plain(panels: Sequence[Panel]) -> None:
    """Show figures alone: what they show stands beside them in words."""
    set_heights(panels)
    for panel in panels:
        show_figure(panel.figure_text, key=panel.key, alt=panel.alt)


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


@cache
def _register() -> Callable[..., Any]:
    """The component; Streamlit finds its folder by the manifest of the installed package."""
    return st.components.v2.component(NAME, js=SCRIPT.name, isolate_styles=False)


def _name_or_send(text: str) -> dict[str, str]:
    """The digest of a figure, and the figure itself unless the browser has got it.

    A browser asks for what its page shows first before the app runs, and so only then.
    """
    digest, known = digest_figure(text), st.session_state.setdefault(_KNOWN, set())
    loaded = get_loaded_address()
    if loaded is not None and was_given(digest, loaded):
        known.add(digest)
    return {"digest": digest, "text": "" if digest in known else text}


def set_heights(panels: Sequence[Panel]) -> None:
    """Give the places of figures their heights, in a wide window and in a narrow one."""
    drawn = [panel for panel in panels if panel.figure is not None]
    rules = [panel.height.rules(f".stApp .st-key-figure-{panel.key}") for panel in drawn]
    if rules:
        st.html(f"<style>{''.join(rules)}</style>")


def show_details(
    table: pd.DataFrame,
    *,
    key: str,
    source_ids: Sequence[str],
    dossier: Dossier,
    figure: go.Figure | None = None,
) -> None:
    """What belongs under a figure, folded: its table, its sources, and downloads of both.

    Paper gets the sources, too, unless they are many: those are printed if they were opened.

    Args:
        table: The rows of the figure.
        key: Short name of the figure, unique on the page; names the files, too.
        source_ids: What it cites, repeats and all.
        dossier: Where sources are looked up; named on pictures and in file names.
        figure: Where a map's geometry is taken from, if it is one.
    """
    shown, cited, taken = st.columns(3)
    with lazy_expander(f"Table ({len(table)} rows)", key=f"table-{key}", place=shown) as is_open:
        if is_open:
            show_table(table, caption=f"Content of the figure above: {key.replace('-', ' ')}")
    wanted = list(dict.fromkeys(source_ids))
    label = f"Sources ({len(wanted)})"
    if len(wanted) <= MOST_SENT_AHEAD:
        with cited.expander(label):
            show_sources(wanted, dossier)
    else:
        with lazy_expander(label, key=f"sources-{key}", place=cited) as is_open:
            if is_open:
                show_sources(wanted, dossier)
    with taken:
        panel = st.popover("Download", width="stretch", key=f"download-{key}", on_change="rerun")
        if panel.open:
            with panel, st.container(key=f"downloads-{key}"):
                _list_downloads(table, key=key, figure=figure, dossier=dossier)


def show_table(table: pd.DataFrame, *, caption: str) -> None:
    """Rows as an HTML table that screen readers, phones and printers can read."""
    rows = table.astype(object).where(table.notna(), "").to_numpy().tolist()
    markup.show("table", caption=caption, headings=list(table.columns), rows=rows)


def show_sources(source_ids: Sequence[str], dossier: Dossier) -> None:
    """Sources with publisher, date and address, in the order given."""
    st.html(_source_fragment(dossier, source_ids=tuple(source_ids)))


@cached
def _source_fragment(dossier: Dossier, *, source_ids: tuple[str, ...]) -> str:
    table = dossier["sources"].set_index("source_id")
    known = [name for name in source_ids if name in table.index]
    rows = table.loc[known].reset_index()
    return markup.fragment("sources", sources=rows.where(rows.notna(), "").to_dict("records"))


def _list_downloads(
    table: pd.DataFrame, *, key: str, figure: go.Figure | None, dossier: Dossier
) -> None:
    name, is_map = f"entente-{key}-{dossier.version}", has_map(figure)

    def offer(label: str, ending: str, media_type: str, make: Callable[[], bytes]) -> None:
        st.download_button(
            label,
            data=make,
            file_name=f"{name}.{ending}",
            mime=media_type,
            key=f"{ending}-{key}",
            on_click="ignore",
            width="stretch",
        )

    offer_pictures(key, name=name, credit=picture_credit(dossier, is_map=is_map))
    offer("Rows as CSV", "csv", "text/csv", lambda: rows_csv(table))
    if figure is not None and is_map:
        released = str(first_day(dossier["dataset"].at[0, "released_edtf"]))
        geo, sqlite = "application/geo+json", "application/geopackage+sqlite3"
        offer("Lines and points as GeoJSON", "geojson", geo, lambda: geojson(figure))
        offer(
            "Lines and points as GeoPackage",
            "gpkg",
            sqlite,
            lambda: geopackage(figure, released=released),
        )


def offer_pictures(key: str, *, name: str, credit: str) -> None:
    """Buttons that save what a figure shows as a picture; a script of the page answers them."""
    markup.show("pictures", formats=PICTURE_FORMATS, key=key, name=name, credit=credit)


@contextmanager
def lazy_expander(
    label: str, *, key: str, place: DeltaGenerator | None = None, is_open: bool = False
) -> Iterator[bool]:
    """An expander; gives whether it is open, and so whether to fill it.

    What belongs on paper does not belong in one: what was never opened is not printed.

    Args:
        label: What is in it.
        key: Short name, unique on the page; its class is `st-key-fold-<key>`.
        place: Where it stands; where the script is when left out.
        is_open: Whether it is open at first.
    """
    shown = (place or st).expander(label, is_open, key=f"fold-{key}", on_change="rerun")
    with shown:
        yield bool(shown.open)
