"""What a view shows, as parts that a page, a file and a slide can each set in their own way."""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go


class Shown(NamedTuple):
    """A figure and what belongs with it."""

    figure: go.Figure
    alt: str
    table: pd.DataFrame
    source_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """A figure and what belongs with it.

    Attributes:
        key: Short name, unique on the plate; names files and anchors.
        figure: What is drawn. None where the table is all there is.
        alt: What the figure shows now, in a sentence or two.
        table: The same content as rows; headings are shown as they are.
        caption: How to read it.
        source_ids: Sources behind the marks, each once.
    """

    key: str
    figure: go.Figure | None
    alt: str
    table: pd.DataFrame
    caption: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Plate:
    """All that a view shows.

    Attributes:
        page_code: Page of the view, a code of `data/codes/pages.csv`.
        title: The finding, in a sentence.
        query: Query string of the view, every control in it.
        panels: The figures, the most important first; the rest support it.
        borders: Statement on borders where a map is among the panels; empty elsewhere.
    """

    page_code: str
    title: str
    query: str
    panels: tuple[Panel, ...]
    borders: str

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Sources of all panels, each once, in order."""
        return tuple(dict.fromkeys(name for panel in self.panels for name in panel.source_ids))


def panel_of(shown: Shown, *, key: str, caption: str) -> Panel:
    """A figure that comes with its text, table and sources, as a panel."""
    return Panel(
        key=key,
        figure=shown.figure,
        alt=shown.alt,
        table=shown.table,
        caption=caption,
        source_ids=tuple(dict.fromkeys(shown.source_ids)),
    )
