"""A figure and all that goes with it: sentence above, alt text, table, sources, downloads below."""

import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from entente.app import markup
from entente.content import Height, Panel, arrange
from entente.dates import first_day
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.export.files.citation import picture_credit
from entente.export.files.geodata import geojson, geopackage, has_map
from entente.export.files.writing import rows_csv
from entente.style.theme import CONFIG

PICTURE_FORMATS = ("png", "svg")
MOST_FRAGMENTS = 256
_FRAGMENTS: dict[tuple[int, str], tuple[weakref.ref[pd.DataFrame], str]] = {}


def show_panels(
    panels: Sequence[Panel], *, dossier: Dossier, on_pick: Callable[[list[Any]], None] | None = None
) -> None:
    """Show panels with all that belongs to them, halves side by side.

    Args:
        panels: What a view shows, in order. A panel without a figure shows its table at once.
        dossier: Where sources are looked up.
        on_pick: Called with the `customdata` of a mark that was chosen.
    """
    for row in arrange(panels):
        places = [st.container()] if len(row) == 1 else st.columns(len(row), gap="large")
        for place, group in zip(places, row, strict=True):
            with place:
                _show_group(group, dossier=dossier, on_pick=on_pick)


def _show_group(
    group: tuple[Panel, ...], *, dossier: Dossier, on_pick: Callable[[list[Any]], None] | None
) -> None:
    """Figures side by side, with one heading, caption, table and list of sources."""
    first = group[0]
    if first.heading:
        st.header(markup.literal(first.heading), anchor=False)
    if first.figure is None:
        data_table(first.table, caption=first.caption)
        with st.expander(f"Sources ({len(first.source_ids)})"):
            source_list(first.source_ids, dossier)
        return
    places = [st.container()] if len(group) == 1 else st.columns(len(group))
    for place, panel in zip(places, group, strict=True):
        with place:
            set_height(panel.key, panel.height)
            chart(panel.figure, key=panel.key, alt=panel.alt, on_pick=on_pick)
    if first.caption:
        st.caption(markup.literal(first.caption))
    beneath(
        first.table,
        key=first.group or first.key,
        source_ids=first.source_ids,
        dossier=dossier,
        figure=first.figure if len(group) == 1 else None,
    )


def set_height(key: str, height: Height) -> None:
    """Give the place of a figure its height, in a wide window and in a narrow one."""
    st.html(f"<style>{height_rules(f'.stApp .st-key-figure-{key}', height)}</style>")


def height_rules(selector: str, height: Height) -> str:
    """The height as CSS rules for a selector."""
    tall = height.screen or f"{height.rem}rem"
    wide = f"height:{tall}"
    if height.ratio:
        wide = f"height:auto;aspect-ratio:{height.ratio};max-height:{tall}"
    phone = f"height:{height.phone};aspect-ratio:auto" if height.phone else ""
    if height.phone_ratio:
        phone = f"aspect-ratio:{height.phone_ratio}"
    narrow = f"@media (max-width:640px){{{selector}{{{phone}}}}}" if phone else ""
    return f"{selector}{{{wide}}}{narrow}"


def chart(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    on_pick: Callable[[list[Any]], None] | None = None,
) -> None:
    """The figure alone, for those that share their table and sources with a neighbour."""
    with st.container(key=f"figure-{key}"):
        st.plotly_chart(
            figure,
            key=f"chart-{key}",
            theme=None,
            height="stretch",
            config=CONFIG,
            alt=alt,
            selection_mode="points",
            on_select=_picker(f"chart-{key}", on_pick) if on_pick else "ignore",
        )


def beneath(
    table: pd.DataFrame,
    *,
    key: str,
    source_ids: Sequence[str],
    dossier: Dossier,
    figure: go.Figure | None = None,
) -> None:
    """The table and the sources that belong under a figure, folded, and what can be taken away."""
    shown, cited, taken = st.columns(3)
    with fold(f"Table ({len(table)} rows)", key=f"table-{key}", place=shown) as is_open:
        if is_open:
            data_table(table, caption=f"Content of the figure above: {key.replace('-', ' ')}")
    wanted = list(dict.fromkeys(source_ids))
    with cited.expander(f"Sources ({len(wanted)})"):
        source_list(wanted, dossier)
    with taken:
        show_downloads(table, key=key, figure=figure, dossier=dossier)


def data_table(table: pd.DataFrame, *, caption: str) -> None:
    """Rows as an HTML table that screen readers, phones and printers can read."""
    st.html(_table_fragment(table, caption))


def _table_fragment(table: pd.DataFrame, caption: str) -> str:
    """The rows as HTML, made once for a table that is itself kept and handed in again."""
    known = _FRAGMENTS.get((id(table), caption))
    if known is not None and known[0]() is table:
        return known[1]
    rows = table.astype(object).where(table.notna(), "").to_numpy().tolist()
    made = markup.fragment("table", caption=caption, headings=list(table.columns), rows=rows)
    if len(_FRAGMENTS) >= MOST_FRAGMENTS:
        _FRAGMENTS.clear()
    _FRAGMENTS[id(table), caption] = (weakref.ref(table), made)
    return made


def source_list(source_ids: Sequence[str], dossier: Dossier) -> None:
    """Sources with publisher, date and address, in the order given."""
    st.html(_source_fragment(dossier, source_ids=tuple(source_ids)))


@cached
def _source_fragment(dossier: Dossier, *, source_ids: tuple[str, ...]) -> str:
    table = dossier["sources"].set_index("source_id")
    known = [name for name in source_ids if name in table.index]
    rows = table.loc[known].reset_index()
    return markup.fragment("sources", sources=rows.where(rows.notna(), "").to_dict("records"))


def _picker(key: str, on_pick: Callable[[list[Any]], None]) -> Callable[[], None]:
    def chosen() -> None:
        points = st.session_state[key].selection.points
        if points and points[0].get("customdata"):
            on_pick(points[0]["customdata"])

    return chosen


def show_downloads(
    table: pd.DataFrame, *, key: str, figure: go.Figure | None, dossier: Dossier
) -> None:
    """The panel behind its button.

    Args:
        table: The rows under the figure.
        key: Short name of the figure, unique on the page; names the files, too.
        figure: Where a map's geometry is taken from, if it is one.
        dossier: Named on pictures and in file names.
    """
    panel = st.popover("Download", width="stretch", key=f"download-{key}", on_change="rerun")
    if panel.open:
        with panel, st.container(key=f"downloads-{key}"):
            _list_downloads(table, key=key, figure=figure, dossier=dossier)


def _list_downloads(
    table: pd.DataFrame, *, key: str, figure: go.Figure | None, dossier: Dossier
) -> None:
    name = f"entente-{key}-{dossier.version}"
    is_map = has_map(figure)
    offer_pictures(key, name=name, credit=picture_credit(dossier, is_map=is_map))
    _download("Rows as CSV", f"{name}.csv", "text/csv", lambda: rows_csv(table), key=f"csv-{key}")
    if figure is not None and is_map:
        released = str(first_day(dossier["dataset"].at[0, "released_edtf"]))
        _download(
            "Lines and points as GeoJSON",
            f"{name}.geojson",
            "application/geo+json",
            lambda: geojson(figure),
            key=f"geojson-{key}",
        )
        _download(
            "The same as GeoPackage",
            f"{name}.gpkg",
            "application/geopackage+sqlite3",
            lambda: geopackage(figure, released=released),
            key=f"gpkg-{key}",
        )


def offer_pictures(key: str, *, name: str, credit: str) -> None:
    """Buttons that save what a figure shows as a picture; a script of the page answers them."""
    markup.show("pictures", formats=PICTURE_FORMATS, key=key, name=name, credit=credit)


def _download(label: str, file: str, mime: str, make: Callable[[], bytes], *, key: str) -> None:
    st.download_button(
        label, data=make, file_name=file, mime=mime, key=key, on_click="ignore", width="stretch"
    )


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
