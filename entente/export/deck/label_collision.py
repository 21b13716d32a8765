"""Words in a crowded chart: none upon another; what finds no room is left to the table."""

from collections.abc import Sequence
from dataclasses import replace

from entente.export.deck.box import Box
from entente.export.deck.chart import Label
from entente.export.deck.plot import Plot
from entente.export.deck.series_style import Series
from entente.export.deck.text import LEADING, width_of

GAP = 5.0  # between a point and its words, in points
MARK_PT = 7.0
LABEL_EM = 0.5
Spot = tuple[float, float]


def uncrowded(found: Sequence[Series], plot: Plot) -> list[Series]:
    """The same series with labels that have room; those of the figure itself come first.

    Args:
        found: All series of a chart, the one of words first.
        plot: Says where values stand on the slide.
    """
    held: list[Box] = []
    marks = [_mark(series, n, plot) for series in found if series.marker for n in _seen(series)]
    kept = []
    for place, series in enumerate(found):
        is_words = place == 0 and series.marker is None and series.line is None
        labels = {}
        for number, label in series.labels.items():
            spot = _spot(series, number, plot)
            box = _box(label, spot)
            if is_words or label.side == "ctr" or _has_room(box, [*held, *marks], plot):
                labels[number] = label
                held.append(box)
        kept.append(replace(series, labels=labels))
    return kept


def _has_room(box: Box, held: Sequence[Box], plot: Plot) -> bool:
    is_inside = plot.outer.left <= box.left and box.right <= plot.outer.right
    return is_inside and not any(box.touches(other) for other in held)


def _seen(series: Series) -> list[int]:
    return [place for place, y in enumerate(series.y) if y is not None]


def _mark(series: Series, number: int, plot: Plot) -> Box:
    x, y = _spot(series, number, plot)
    return Box(x - MARK_PT / 2, y - MARK_PT / 2, MARK_PT, MARK_PT)


def _spot(series: Series, number: int, plot: Plot) -> Spot:
    x, y = series.x[number] or 0.0, series.y[number] or 0.0
    left = plot.inner.left + plot.x.share(x) * plot.inner.width
    return left, plot.inner.bottom - plot.y.share(y) * plot.inner.height


def _box(label: Label, spot: Spot) -> Box:
    """The ground that a label takes."""
    texts = ["".join(run.text for run in line) for line in label.lines]
    wide = max((width_of(text, label.size, em=LABEL_EM) for text in texts), default=0.0)
    high = label.size * LEADING * max(len(texts), 1)
    x, y = spot
    left = {"r": x + GAP, "l": x - GAP - wide}.get(label.side, x - wide / 2)
    top = {"t": y - GAP - high, "b": y + GAP}.get(label.side, y - high / 2)
    return Box(left, top, wide, high)
