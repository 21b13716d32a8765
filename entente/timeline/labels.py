"""All words in the timeline: lanes, the two days, pinned events, landmarks, names, hover labels.

Two sets of names are drawn as traces of their own; the style sheet shows the one for which the
reader's window has room. It knows them by the first of their font families, which no font has:
what a figure says of a trace's own name is lost on the way to the browser.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.dates import day_in_words, in_words
from entente.record.chronology import EXPECTATION, NOT_HELD
from entente.style.palette import SANS, Palette
from entente.style.theme import REGULAR, literal, phone_only, wrapped
from entente.timeline.layout import HEAD, HEADER, Lane, Layout
from entente.timeline.scale import Days, Mark, days_across

LENS_WORDS = {
    "both": "the document’s dates beside the record’s",
    "document": "the document’s dates alone",
    "record": "the record’s dates alone",
}
LABEL = 13
FOOT = 1.5  # rows
# Shares of the scale beyond which a name in the header stands on the left of its mark.
LATE, LATE_BESIDE_EARLY = 0.72, 0.827
NAMES_WIDE, NAMES_NARROW = "names-wide", "names-narrow"
Part = dict[str, Any]


def write_labels(
    layout: Layout,
    palette: Palette,
    *,
    pinned: Mapping[str, str],
    landmarks: Mapping[str, str],
    is_cut: bool,
) -> list[Part]:
    """Words at every width: lanes, the two days, pinned events; landmarks beside an early panel."""
    window = layout.window
    found = [_lane_label(lane, palette) for lane in layout.lanes]
    if window.has_early:
        found.append(_earlier(palette))
    if window.has_document_line:
        found.append(_published(window.document_day, palette))
    if is_cut:
        found.append(_as_of_text(layout, palette))
    found += _pinned_labels(layout, palette, pinned)
    return [*found, *(_landmarks(layout, palette, landmarks) if window.has_early else [])]


def draw_names(
    layout: Layout, palette: Palette, *, landmarks: Mapping[str, str], pick: str | None
) -> Iterator[go.Scatter]:
    """Names of items, where there is room for them; under a zoom, landmarks where there is not."""
    ids = {mark.item_id: mark.data for mark in layout.marks}
    plain = palette.muted if layout.window.has_early else palette.ink
    if layout.names:
        yield _words(
            NAMES_WIDE,
            [name.end if name.is_left else name.start for name in layout.names],
            [name.y for name in layout.names],
            text=[_strong(name.text, name.item_id == pick) for name in layout.names],
            textposition=[
                "middle left" if name.is_left else "middle right" for name in layout.names
            ],
            color=[palette.accent if name.is_expected else plain for name in layout.names],
            customdata=[ids[name.item_id] for name in layout.names],
        )
    shown = [] if layout.window.has_early else list(_landmark_marks(layout, landmarks))
    if shown:
        yield _words(
            NAMES_NARROW,
            [mark.middle for mark in shown],
            [_header(layout, mark) for mark in shown],
            text=[literal(landmarks[mark.item_id]) for mark in shown],
            textposition=[f"middle {_side(mark, layout)}" for mark in shown],
            color=palette.muted,
            customdata=[mark.data for mark in shown],
        )


def write_hover(item: pd.Series, face: str, *, status: str, sources: int, outcome: str = "") -> str:
    """The hover label of one mark, as lines that hold no markup from data."""
    lines = [f"<b>{literal(_dated(item, face))}</b>", wrapped(item["title"])]
    if face == "document":
        lines.append(_other_face(item, outcome))
    if item["kind"] == EXPECTATION:
        return "<br>".join([*lines, literal(status)])
    counted = f"{sources} source{'' if sources == 1 else 's'}"
    lines.append(f"{literal(status)} · {literal(item['place'])} · {counted}")
    return "<br>".join(lines)


def say_days(days: Days | None) -> str:
    """The days of a zoom, in words."""
    if days is None:
        return "over all years"
    return f"from {day_in_words(days[0])} to {day_in_words(days[1])}"


def _words(mark: str, x: list[Any], y: list[float], *, color: Any, **more: Any) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        xaxis="x2",
        mode="text",
        textfont={"size": LABEL, "color": color, "family": f"{mark}, {SANS}"},
        hoverinfo="skip",
        cliponaxis=False,
        meta=phone_only() if mark == NAMES_NARROW else None,
        **more,
    )


def _strong(text: str, is_picked: bool) -> str:
    return f"<b>{literal(text)}</b>" if is_picked else literal(text)


def _lane_label(lane: Lane, palette: Palette) -> Part:
    hue = palette.themes.get(lane.code, palette.ink)
    y = lane.top + HEADER * 0.58
    return _text(f"<b>{literal(lane.label)}</b>", 0, y, xref="paper", color=hue)


def _earlier(palette: Palette) -> Part:
    place: Part = {"xref": "paper", "yref": "paper", "yanchor": "bottom"}
    return _text("Earlier, not<br>to scale", 0, 1, color=palette.muted, **place)


def _published(document_day: dt.date, palette: Palette) -> Part:
    day = days_across(document_day, document_day)[1]
    text = f"<b>Document, {day_in_words(document_day, is_short=True)}</b>"
    return _text(text, day, HEAD * 0.45, color=palette.accent, xshift=-1)


def _as_of_text(layout: Layout, palette: Palette) -> Part:
    """The as-of sentence under the lanes, on the side of the line where it has room."""
    window = layout.window
    as_of, half = window.as_of, window.first + (window.last - window.first) / 2
    y = layout.height + FOOT * 0.5
    text = f"Later than {day_in_words(as_of, is_short=True)}: not yet known"
    if as_of < half:
        day = days_across(as_of, as_of)[2]
        return _text(text, day, y, color=palette.ink, xshift=5)
    return _text(text, 1, y, xref="paper", color=palette.ink, xanchor="right", xshift=-5)


def _pinned_labels(layout: Layout, palette: Palette, pinned: Mapping[str, str]) -> list[Part]:
    """The name of each pinned event, unless its lane has it, and its dates beside its marks."""
    words = []
    named: set[str] = set()
    for mark in layout.marks:
        if mark.item_id not in pinned:
            continue
        if mark.item_id not in named and layout.window.has_early:
            name = f"<b>{literal(pinned[mark.item_id])}</b>"
            words.append(_text(name, 0, mark.y, xref="paper", color=palette.ink))
            named.add(mark.item_id)
        hue = palette.accent if mark.face == "document" else palette.ink
        beside = _text(_date_label(mark), mark.end, mark.y, color=hue, xshift=8, size=REGULAR)
        words.append({**beside, "bgcolor": palette.paper, "borderpad": 1})
    return words


def _date_label(mark: Mark) -> str:
    """What stands beside a mark of a pinned event; the axis says the year."""
    when = in_words(mark.edtf, is_short=True)
    years = {day.year for day in (mark.span.first, mark.span.last) if day}
    if len(years) == 1:
        when = when.removesuffix(f" {years.pop()}")
    if mark.face == "document":
        return literal(f"{when}, says the document")
    return literal(f"{when}: not held" if mark.status == NOT_HELD else f"{when}, on record")


def _landmarks(layout: Layout, palette: Palette, landmarks: Mapping[str, str]) -> list[Part]:
    """Names over a few marks, in the header of their lane, where nothing else stands."""
    words = []
    for mark in _landmark_marks(layout, landmarks):
        side = "left" if _side(mark, layout) == "right" else "right"
        shift: Part = {"xanchor": side, "xshift": 7 if side == "right" else -7}
        y = _header(layout, mark)
        text = literal(landmarks[mark.item_id])
        words.append(_text(text, mark.middle, y, color=palette.muted, **shift))
    return words


def _landmark_marks(layout: Layout, landmarks: Mapping[str, str]) -> Iterator[Mark]:
    for mark in layout.marks:
        if mark.item_id in landmarks and mark.face == "record" and mark.panel == "recent":
            yield mark


def _header(layout: Layout, mark: Mark) -> float:
    tops = {lane.code: lane.top for lane in layout.lanes}
    return tops[mark.theme] + HEADER * 0.62


def _side(mark: Mark, layout: Layout) -> str:
    """On which side of its mark a name of the header stands: where the figure has more room."""
    window = layout.window
    share = LATE_BESIDE_EARLY if window.has_early else LATE
    edge = window.first + dt.timedelta(days=window.days * share)
    return "left" if str(mark.middle) > edge.isoformat() else "right"


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


def _dated(item: pd.Series, face: str) -> str:
    if face == "document":
        verb = "Expected" if item["is_expected"] else "The document"
        return f"{verb}: {in_words(item['document_date_edtf'])}"
    when = in_words(item["date_edtf"])
    return when[:1].upper() + when[1:]


def _other_face(item: pd.Series, outcome: str) -> str:
    """What stands against the document's date: the record's, or what came, or nothing yet."""
    if item["shows_record"]:
        return f"On record: {in_words(item['date_edtf'])}"
    if outcome:
        return f"What came: {wrapped(outcome)}"
    return "Nothing of it on record" if item["is_awaited"] else "The document’s date"
