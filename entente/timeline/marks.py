"""Symbols of the timeline, one for every date.

The shape of a symbol says the status, its hue the theme; a hollow square is the document's date.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import plotly.graph_objects as go

from entente.style.palette import Palette
from entente.style.theme import LARGE
from entente.timeline.bars import AXES, is_box
from entente.timeline.dates import Mark, Place, moved

# Plotly's symbol names, and the same shapes as characters for text.
STATUS_SYMBOLS = {
    "occurred": ("circle", "●"),
    "announced": ("triangle-up", "▲"),
    "disputed": ("diamond", "◆"),
    "planned-not-held": ("circle", "○"),
}
DOCUMENT_SYMBOL = ("square", "□")
SIZE, POINTED_SIZE, PICKED_SIZE = 11, 13, 22
POINTED = ("announced", "disputed")
BESIDE = 8.0  # days


def mark_traces(
    marks: Sequence[Mark],
    palette: Palette,
    *,
    hovers: Sequence[str],
) -> Iterator[go.Scatter]:
    """The symbols, one trace a panel, with what a hover shows and a click returns."""
    for panel in AXES:
        own = [place for place, mark in enumerate(marks) if mark.panel == panel]
        if own:
            yield go.Scatter(
                x=[marks[place].middle for place in own],
                y=[marks[place].y for place in own],
                xaxis=AXES[panel],
                mode="markers",
                marker=_symbols([marks[place] for place in own], palette),
                hovertext=[hovers[place] for place in own],
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=[marks[place].data for place in own],
                unselected={"marker": {"opacity": 1}},
                cliponaxis=False,
            )


def note_traces(marks: Sequence[Mark], palette: Palette) -> Iterator[go.Scatter]:
    """A question mark beside uncertain dates, and arrow heads where an end is open."""
    drawn = {mark.item_id for mark in marks}
    for mark in marks:
        is_linked = mark.is_expected and (mark.is_awaited or mark.outcome_id in drawn)
        is_open = mark.span.last is None and not is_linked
        signs = [("?", mark.middle, "middle right")] if mark.span.is_uncertain else []
        signs += [("→", _open_end(mark), "middle center")] if is_open else []
        signs += [("←", mark.start, "middle center")] if mark.span.first is None else []
        for sign, place, position in signs:
            yield go.Scatter(
                x=[place],
                y=[mark.y],
                xaxis=AXES[mark.panel],
                mode="text",
                text=[sign],
                textposition=position,
                textfont={"size": LARGE, "color": _hue(mark, palette)},
                hoverinfo="skip",
                cliponaxis=False,
                customdata=[mark.data],
            )


def pick_traces(
    marks: Sequence[Mark], palette: Palette, *, pick: str | None
) -> Iterator[go.Scatter]:
    """A ring around the dates of the picked event."""
    own = [mark for mark in marks if mark.item_id == pick]
    for mark in own:
        if not is_box(mark) or len(own) == 1:
            yield go.Scatter(
                x=[mark.middle],
                y=[mark.y],
                xaxis=AXES[mark.panel],
                mode="markers",
                marker={
                    "symbol": "circle-open",
                    "size": PICKED_SIZE,
                    "color": palette.ink,
                    "line": {"width": 2},
                },
                unselected={"marker": {"opacity": 1}},
                hoverinfo="skip",
                cliponaxis=False,
                customdata=[mark.data],
            )


def _open_end(mark: Mark) -> Place:
    """Where the arrow of an open end stands: at the end of a bar, or beside a lone symbol."""
    return moved(mark.end, BESIDE) if mark.is_expected and mark.panel == "recent" else mark.end


def _hue(mark: Mark, palette: Palette) -> str:
    return palette.accent if mark.face == "document" else palette.themes[mark.theme]


def _symbols(marks: Sequence[Mark], palette: Palette) -> dict[str, Any]:
    """Symbols, sizes, fills and outlines; the outline in paper keeps neighbours apart."""
    hollow = [mark.face == "document" or mark.status == "planned-not-held" for mark in marks]
    hues = [_hue(mark, palette) for mark in marks]
    return {
        "symbol": [
            DOCUMENT_SYMBOL[0] if mark.face == "document" else STATUS_SYMBOLS[mark.status][0]
            for mark in marks
        ],
        "size": [
            POINTED_SIZE if mark.status in POINTED and not empty else SIZE
            for mark, empty in zip(marks, hollow, strict=True)
        ],
        "color": [palette.paper if empty else hue for hue, empty in zip(hues, hollow, strict=True)],
        "opacity": [0 if is_box(mark) else 1 for mark in marks],
        "line": {
            "width": [2 if empty else 1 for empty in hollow],
            "color": [
                hue if empty else palette.paper for hue, empty in zip(hues, hollow, strict=True)
            ],
        },
    }
