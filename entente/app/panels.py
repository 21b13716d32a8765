"""A figure and all that goes with it: sentence above, alt text, table, sources, downloads below."""

import weakref
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from entente.app import figure_downloads as downloads
from entente.app import markup
from entente.app.lazy_expander import fold
from entente.content import Panel, PanelParts
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.style.theme import CONFIG

__all__ = [
    "PanelParts",
    "beneath",
    "chart",
    "data_table",
    "panel",
    "show_panel",
    "shown_panel",
    "source_list",
]

MOST_FRAGMENTS = 256
_FRAGMENTS: dict[tuple[int, str], tuple[weakref.ref[pd.DataFrame], str]] = {}


def panel(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    table: pd.DataFrame,
    caption: str,
    source_ids: Sequence[str],
    dossier: Dossier,
    on_pick: Callable[[list[Any]], None] | None = None,
) -> None:
    """Show a figure with its text alternative, its figures as a table, and its sources.

    Args:
        figure: What to draw. Its height is set by the style sheet, under the class of `key`.
        key: Short name, unique on the page; names the files that are downloaded, too.
        alt: What the figure shows now, in a sentence or two, for those who do not see it.
        table: The same content as rows; headings are shown as they are.
        caption: A note on what is drawn and how to read it.
        source_ids: Sources behind the marks.
        dossier: Where the sources are looked up.
        on_pick: Called with the `customdata` of a mark that was chosen.
    """
    chart(figure, key=key, alt=alt, on_pick=on_pick)
    st.caption(markup.literal(caption))
    beneath(table, key=key, source_ids=source_ids, dossier=dossier, figure=figure)


def shown_panel(
    shown: PanelParts,
    *,
    key: str,
    caption: str,
    dossier: Dossier,
    on_pick: Callable[[list[Any]], None] | None = None,
) -> None:
    """The same for a figure that comes with its text, table and sources."""
    panel(
        shown.figure,
        key=key,
        alt=shown.alt,
        table=shown.table,
        caption=caption,
        source_ids=shown.source_ids,
        dossier=dossier,
        on_pick=on_pick,
    )


def show_panel(
    shown: Panel, *, dossier: Dossier, on_pick: Callable[[list[Any]], None] | None = None
) -> None:
    """The same for a panel of a plate that has a figure."""
    panel(
        shown.figure,
        key=shown.key,
        alt=shown.alt,
        table=shown.table,
        caption=shown.caption,
        source_ids=shown.source_ids,
        dossier=dossier,
        on_pick=on_pick,
    )


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
        downloads.show(table, key=key, figure=figure, dossier=dossier)


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
