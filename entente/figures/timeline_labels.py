"""All words that stand in the timeline: lanes, the two days, pinned events, landmarks."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from entente.figures.theme import REGULAR, literal
from entente.figures.timeline_dates import days_across
from entente.figures.timeline_layout import HEAD, HEADER, Lane, Layout
from entente.figures.timeline_words import as_of_label, pinned_label, published_label
from entente.palette import Palette
from entente.vocabulary import DOCUMENT_DAY

LABEL = 13
FOOT = 1.5
Part = dict[str, Any]


def labels(
    layout: Layout,
    palette: Palette,
    *,
    pinned: Mapping[str, str],
    landmarks: Mapping[str, str],
    is_cut: bool,
) -> list[Part]:
    """All words in the figure: lanes, the two days, pinned events, landmarks."""
    found = [_lane_label(lane, palette) for lane in layout.lanes]
    found.append(
        _text(
            "Earlier, not<br>to scale",
            0,
            1,
            xref="paper",
            yref="paper",
            color=palette.muted,
            yanchor="bottom",
        )
    )
    if layout.window.as_of >= DOCUMENT_DAY:
        day = days_across(DOCUMENT_DAY, DOCUMENT_DAY)[1]
        found.append(
            _text(
                f"<b>{published_label(DOCUMENT_DAY)}</b>",
                day,
                HEAD * 0.45,
                color=palette.accent,
                xshift=-1,
            )
        )
    if is_cut:
        found.append(_as_of_text(layout, palette))
    found += _pinned_labels(layout, palette, pinned)
    return [*found, *_landmark_labels(layout, palette, landmarks)]


def _lane_label(lane: Lane, palette: Palette) -> Part:
    hue = palette.themes.get(lane.code, palette.ink)
    y = lane.top + HEADER * 0.58
    return _text(f"<b>{literal(lane.label)}</b>", 0, y, xref="paper", color=hue)


def _as_of_text(layout: Layout, palette: Palette) -> Part:
    """The as-of sentence under the lanes, on the side of the line where it has room."""
    window = layout.window
    as_of, half = window.as_of, window.first + (window.last - window.first) / 2
    y = layout.height + FOOT * 0.5
    if as_of < half:
        day = days_across(as_of, as_of)[2]
        return _text(as_of_label(as_of), day, y, color=palette.ink, xshift=5)
    return _text(
        as_of_label(as_of), 1, y, xref="paper", color=palette.ink, xanchor="right", xshift=-5
    )


def _pinned_labels(layout: Layout, palette: Palette, pinned: Mapping[str, str]) -> list[Part]:
    words = []
    named: set[str] = set()
    for mark in layout.marks:
        if mark.event_id not in pinned:
            continue
        if mark.event_id not in named:
            name = f"<b>{literal(pinned[mark.event_id])}</b>"
            words.append(_text(name, 0, mark.y, xref="paper", color=palette.ink))
            named.add(mark.event_id)
        hue = palette.accent if mark.face == "document" else palette.ink
        beside = _text(pinned_label(mark), mark.end, mark.y, color=hue, xshift=8, size=REGULAR)
        words.append({**beside, "bgcolor": palette.paper, "borderpad": 1})
    return words


def _landmark_labels(layout: Layout, palette: Palette, landmarks: Mapping[str, str]) -> list[Part]:
    """Names over a few marks, in the header of their lane, where nothing else stands."""
    tops = {lane.code: lane.top for lane in layout.lanes}
    late = (layout.window.first + dt.timedelta(days=630)).isoformat()
    words = []
    for mark in layout.marks:
        if mark.event_id in landmarks and mark.face == "record" and mark.panel == "recent":
            side = "right" if str(mark.middle) > late else "left"
            words.append(
                _text(
                    literal(landmarks[mark.event_id]),
                    mark.middle,
                    tops[mark.theme] + HEADER * 0.62,
                    color=palette.muted,
                    xanchor=side,
                    xshift=7 if side == "right" else -7,
                )
            )
    return words


def _text(text: str, x: Any, y: float, *, color: str, size: int = LABEL, **more: Any) -> Part:
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "x2",
        "yref": "y",
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"size": size, "color": color},
        **more,
    }
