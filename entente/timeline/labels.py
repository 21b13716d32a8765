"""All words in the timeline: lanes, the two days, pinned events, landmarks, names, hover labels.

Two sets of names are drawn as traces of their own; the style sheet shows the one for which the
reader's window has room. It knows them by the first of their font families, which no font has:
what a figure says of a trace's own name is lost on the way to the browser.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from entente.dates import day_in_words, in_words
from entente.record.chronology import EXPECTATION, NOT_HELD
from entente.style.palette import SANS, Palette
from entente.style.theme import REGULAR, SMALL, count_noun, escape, phone_only, wrap_text
from entente.timeline.layout import HEAD, HEADER, Layout, Mark
from entente.timeline.marks import make_trace
from entente.timeline.scale import Days

LENS_WORDS = {
    "both": "the document’s dates beside the record’s",
    "document": "the document’s dates alone",
    "record": "the record’s dates alone",
}
LABEL = SMALL
HALO = ", ".join(["0 0 2px {0}"] * 4)
FOOT = 1.5  # rows
LATE_SHARE = 0.8  # of the scale: words of a later day stand to its left
# Shares of the scale beyond which a name in the header stands on the left of its mark.
LATE, LATE_BESIDE_EARLY = 0.72, 0.827
LATE_DATE = 0.5  # the same for the dates of visits
NAMES_WIDE, NAMES_NARROW = "names-wide", "names-narrow"
Part = dict[str, Any]


def write_labels(
    layout: Layout,
    palette: Palette,
    *,
    pinned: Mapping[str, str],
    landmarks: Mapping[str, str],
    author: str,
) -> list[Part]:
    """Words at every width: lanes, the two days, pinned events; landmarks beside an early panel."""
    window = layout.window
    labels = []
    for lane in layout.lanes:
        hue = palette.themes.get(lane.code, palette.ink)
        y = lane.top + HEADER * 0.58
        labels.append(_text(f"<b>{escape(lane.label)}</b>", 0, y, color=hue, xref="paper"))
    if window.has_early:
        place: Part = {"xref": "paper", "yref": "paper", "yanchor": "bottom"}
        labels.append(_text("Earlier,<br>no scale", 0, 1, color=palette.muted, **place))
    if window.has_document_line:
        text = f"<b>Published {day_in_words(window.document_day, is_short=True)}</b>"
        place_of_day = window.place(window.document_day) + 0.5
        is_late = place_of_day > LATE_SHARE * window.end  # there is no room to its right
        side: Part = {"xanchor": "right", "xshift": -4} if is_late else {"xshift": -1}
        day = window.time(place_of_day)
        words = _text(text, day, HEAD * 0.45, color=palette.accent, **side)
        words["font"]["shadow"] = HALO.format(palette.paper)  # a line of the grid may run there
        labels.append(words)
    if window.is_cut:
        labels.append(_as_of_label(layout, palette))
    labels += _pinned_labels(layout, palette, pinned, author)
    return [*labels, *([] if window.is_zoomed else _landmark_labels(layout, palette, landmarks))]


def draw_names(
    layout: Layout, palette: Palette, *, landmarks: Mapping[str, str], pick: str | None
) -> Iterator[go.Scatter]:
    """Names of items, where there is room for them; under a zoom, landmarks where there is not."""
    plain = palette.ink if layout.window.is_zoomed else palette.muted
    if layout.names:
        texts = [(name.mark.item_id == pick, escape(name.text)) for name in layout.names]
        yield _draw_words(
            NAMES_WIDE,
            [(name.end if name.is_left else name.start, name.y) for name in layout.names],
            layout,
            text=[f"<b>{text}</b>" if is_picked else text for is_picked, text in texts],
            textposition=[f"middle {'left' if n.is_left else 'right'}" for n in layout.names],
            color=[
                palette.accent if name.mark.item.kind == EXPECTATION else plain
                for name in layout.names
            ],
            customdata=[name.mark.data for name in layout.names],
        )
    shown = list(_find_landmarks(layout, landmarks)) if layout.window.is_zoomed else []
    if shown:
        yield _draw_words(
            NAMES_NARROW,
            [(mark.middle, y) for mark, y, _ in shown],
            layout,
            text=[escape(landmarks[mark.item_id]) for mark, _, _ in shown],
            textposition=[f"middle {side}" for _, _, side in shown],
            color=palette.muted,
            customdata=[mark.data for mark, _, _ in shown],
        )


def write_hover(mark: Mark, *, status: str, sources: int, author: str, outcome: str = "") -> str:
    """The hover label of a mark, as lines that hold no markup from data.

    Args:
        mark: What the label is of.
        status: Label of the item's status.
        sources: How many sources the item has.
        author: Short name of who published the document.
        outcome: Date and title of what came of an expectation.
    """
    item, date = mark.item, in_words(mark.edtf)
    if mark.face == "document":
        date = f"{author} {'expects' if item.is_expected else 'says'} {date}"
    lines = [f"<b>{escape(date[:1].upper() + date[1:])}</b>", wrap_text(item.title)]
    if mark.face == "document" and item.shows_record:
        lines.append(f"On record: {in_words(item.date_edtf)}")
    elif mark.face == "document":
        awaited = "Nothing on record" if item.is_awaited else f"{escape(author)}’s date"
        lines.append(f"Outcome: {wrap_text(outcome)}" if outcome else awaited)
    if item.kind == EXPECTATION:
        return "<br>".join([*lines, escape(status)])
    counted = count_noun(sources, "source")
    return "<br>".join([*lines, f"{escape(status)} · {escape(item.place)} · {counted}"])


def say_days(days: Days | None) -> str:
    """The days of a zoom, in words."""
    if days is None:
        return "over all years"
    return f"from {day_in_words(days[0])} to {day_in_words(days[1])}"


def _draw_words(
    family: str, points: Sequence[tuple[float, float]], layout: Layout, *, color: Any, **more: Any
) -> go.Scatter:
    return make_trace(
        "recent",
        points,
        layout.window,
        mode="text",
        textfont={"size": LABEL, "color": color, "family": f"{family}, {SANS}"},
        meta=phone_only() if family == NAMES_NARROW else None,
        **more,
    )


def _as_of_label(layout: Layout, palette: Palette) -> Part:
    """The as-of sentence under the lanes, on the side of the line where it has room."""
    window = layout.window
    y = layout.height + FOOT * 0.5
    text = f"Later than {day_in_words(window.as_of, is_short=True)}: not yet known"
    if window.as_of < window.first + (window.last - window.first) / 2:
        day = window.time(window.place(window.as_of) + 1)
        return _text(text, day, y, color=palette.ink, xshift=5)
    return _text(text, 1, y, color=palette.ink, xref="paper", xanchor="right", xshift=-5)


def _pinned_labels(
    layout: Layout, palette: Palette, pinned: Mapping[str, str], author: str
) -> Iterator[Part]:
    """The name of each pinned event, unless its lane has it, and its dates beside its marks."""
    unnamed = set(pinned) if layout.window.has_early else set()
    for mark in layout.marks:
        if mark.item_id not in pinned:
            continue
        if mark.item_id in unnamed:
            unnamed.remove(mark.item_id)
            yield _text(escape(pinned[mark.item_id]), 0, mark.y, color=palette.ink, xref="paper")
        hue = palette.accent if mark.face == "document" else palette.ink
        look: Part = {"color": hue, "size": REGULAR, "bgcolor": palette.paper, "borderpad": 1}
        text = _say_date(mark, author)
        if mark.panel == "early":
            yield _text(text, mark.end, mark.y, xshift=8, **look)
        elif mark.face == "document" and mark.middle > LATE_DATE * layout.window.end:
            day = layout.window.time(mark.start)
            yield _text(text, day, mark.y, xanchor="right", xshift=-8, **look)
        else:
            yield _text(text, layout.window.time(mark.end), mark.y, xshift=8, **look)


def _say_date(mark: Mark, author: str) -> str:
    """What stands beside a mark of a pinned event; the axis says the year."""
    when = in_words(mark.edtf, is_short=True)
    years = {day.year for day in (mark.span.first, mark.span.last) if day}
    if len(years) == 1:
        when = when.removesuffix(f" {years.pop()}")
    if mark.face == "document":
        return escape(f"{when}, {author} {'expects' if mark.is_expected else 'says'}")
    is_held = mark.item.status_code != NOT_HELD
    return escape(f"{when}, on record" if is_held else f"{when}: not held")


def _landmark_labels(
    layout: Layout, palette: Palette, landmarks: Mapping[str, str]
) -> Iterator[Part]:
    """Names over a few marks, in the header of their lane, where nothing else stands."""
    for mark, y, side in _find_landmarks(layout, landmarks):
        anchor: Part = {"xanchor": "left", "xshift": -7}
        if side == "left":
            anchor = {"xanchor": "right", "xshift": 7}
        text, day = escape(landmarks[mark.item_id]), layout.window.time(mark.middle)
        yield _text(text, day, y, color=palette.muted, **anchor)


def _find_landmarks(
    layout: Layout, landmarks: Mapping[str, str]
) -> Iterator[tuple[Mark, float, str]]:
    """Marks of landmarks, with the height of their names and the side where these have room."""
    window = layout.window
    edge = int(window.days * (LATE_BESIDE_EARLY if window.has_early else LATE))
    tops = {lane.code: lane.top for lane in layout.lanes}
    for mark in layout.marks:
        if mark.item_id in landmarks and mark.face == "record" and mark.panel == "recent":
            y = tops[mark.item.theme_code] + HEADER * 0.62
            yield mark, y, "left" if mark.middle >= edge else "right"


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
