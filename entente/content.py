"""What a view shows, declared once: the app, the presenter, the HTML file and the deck render it.

A view shows a finding in a sentence and the panels that prove it. A panel is a figure with all that
belongs to it: heading, caption, alternative text, table, sources, legend, and the room it needs.
"""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go


class PanelParts(NamedTuple):
    """A figure and what is made along with it."""

    figure: go.Figure
    alt: str
    table: pd.DataFrame
    source_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """A figure and what belongs with it.

    Attributes:
        key: Short name, unique within the content; names files and anchors.
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
class PageContent:
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


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """One step of the briefing: a view with words for a room.

    Attributes:
        scene_id: Stable id.
        number: Place in the briefing, from 1.
        title: Its headline.
        text: One or two sentences for the room.
        notes: What the speaker should know beside them.
        content: What is on screen.
    """

    scene_id: str
    number: int
    title: str
    text: str
    notes: str
    content: PageContent


def panel_of(parts: PanelParts, *, key: str, caption: str) -> Panel:
    """A figure that comes with its text, table and sources, as a panel."""
    return Panel(
        key=key,
        figure=parts.figure,
        alt=parts.alt,
        table=parts.table,
        caption=caption,
        source_ids=tuple(dict.fromkeys(parts.source_ids)),
    )
