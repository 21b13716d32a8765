"""The rows of a bar figure: name, length, fill, and the words at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entente.export.deck.columns import NAMELESS, paint_of
from entente.export.deck.drawingml import at, under
from entente.export.deck.plot import list_of, number_of
from entente.export.deck.text import Line, Run, lines_of, text_of

MOST_SEGMENTS = 3  # more pieces of one colour in a row are bricks: they are counted
Trace = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of bars: its name, its length, how it is filled, and the words at its end."""

    name: str
    value: float
    paint: str
    words: tuple[Line, ...]
    mark: float | None = None


def rows_of(figure: Mapping[str, Any]) -> list[Row]:
    """The rows of bars of a figure, from the top."""
    found: dict[float, list[tuple[float, float, Any]]] = {}
    for trace in figure["data"]:
        if trace.get("type") == "bar":
            for place, (y, x) in enumerate(
                zip(list_of(trace["y"]), list_of(trace["x"]), strict=True)
            ):
                base = number_of(at(trace.get("base"), place, 0)) or 0.0
                found.setdefault(y, []).append((base, number_of(x) or 0.0, paint_of(trace, place)))
    marks = _marks(figure)
    order = _from_top(figure, list(found))
    return [
        Row(
            name=_name(figure, y),
            value=_value(found[y]),
            paint=found[y][0][2],
            words=_words(figure, y, found[y]),
            mark=marks.get(y),
        )
        for y in order
    ]


def _is_bricks(segments: Sequence[tuple[float, float, Any]]) -> bool:
    lengths = {round(length, 6) for _, length, _ in segments}
    return (
        len(lengths) == 1
        and all(0 < length < 1 for length in lengths)
        and (len(segments) > MOST_SEGMENTS or all(base % 1 for base, _, _ in segments))
    )


def _value(segments: Sequence[tuple[float, float, Any]]) -> float:
    """How far a row reaches; where it is made of bricks, how many."""
    if _is_bricks(segments):
        return float(len(segments))
    return round(sum(length for _, length, _ in segments), 6)


def _name(figure: Mapping[str, Any], y: float) -> str:
    axis = figure["layout"].get("yaxis") or {}
    ticks = dict(zip(list_of(axis.get("tickvals")), list_of(axis.get("ticktext")), strict=False))
    if y in ticks:
        return text_of(ticks[y]).strip()
    words = [text_of(w["text"]) for w in _at_row(figure, y) if _is_name(w)]
    return " ".join(words).strip() or NAMELESS if words else str(y)


def _words(
    figure: Mapping[str, Any], y: float, segments: Sequence[tuple[float, float, Any]]
) -> tuple[Line, ...]:
    """The words at the end of a row, and what stacked parts add."""
    found = [lines_of(words["text"])[0] for words in _at_row(figure, y) if not _is_name(words)]
    line: list[Run] = [run for words in found for run in words]
    added = sum(length for base, length, _ in segments if base > 0)
    if added > 0 and not _is_bricks(segments):
        line.append(Run(text=f", {added:,.1f} of it only together"))
    if not line:
        line = [Run(text=f"{_value(segments):,.6g}")]
    return (tuple(line),)


def _at_row(figure: Mapping[str, Any], y: float) -> list[Mapping[str, Any]]:
    return [
        words
        for words in figure["layout"].get("annotations") or ()
        if words.get("yref", "y") == "y" and number_of(words.get("y")) == number_of(y)
    ]


def _is_name(words: Mapping[str, Any]) -> bool:
    """Whether words stand above the start of a row, where names stand."""
    return words.get("x") == 0 and bool(words.get("yshift"))


def _marks(figure: Mapping[str, Any]) -> dict[float, float | None]:
    return {
        y: number_of(x)
        for trace in figure["data"]
        if trace.get("type") == "scatter"
        for y, x in zip(list_of(trace["y"]), list_of(trace["x"]), strict=True)
    }


def _from_top(figure: Mapping[str, Any], heights: list[Any]) -> list[Any]:
    ends = list_of(under(figure, "layout", "yaxis", "range"))
    return sorted(heights, reverse=not (len(ends) == 2 and ends[0] > ends[1]))
