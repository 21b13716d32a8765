"""How the edition sets its figures: which stand side by side, and how much room each needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import plotly.graph_objects as go

from entente.content import Panel

WHOLE, HALF = "whole", "half"
# Read beside its neighbour, as on the pages of the app.
PAIRED = (
    *("corridor-map", "time-distance", "cost-distance", "leverage", "detour"),
    *("way-map", "way-distance", "stability-shares", "stability-triangle"),
)
# Height in rem: of a row, and of what stands around the rows.
BY_ROW = {
    "timeline": (1.14, 2.7),
    "tempo": (2.7, 3.0),
    "pledge-ladder": (6.8, 2.2),
    "forecast-board": (2.9, 2.2),
    "leverage": (2.9, 3.5),
    "stability-shares": (2.9, 3.5),
}
FIXED = {
    "alliance-map": 40,
    "benchmark-scatter": 92,
    "corridor-map": 35,
    "cost-distance": 30,
    "detour": 36,
    "score": 19,
    "stability-triangle": 27,
    "tie-matrix": 48,
    "time-distance": 35,
    "verdict-score": 17,
    "way-distance": 35,
    "way-map": 35,
}
REGULAR, LEAST, MOST = 25.0, 9.0, 100.0


@dataclass(frozen=True)
class Group:
    """Panels that share one caption, and the width that they get."""

    panels: tuple[Panel, ...]
    width: str


def height_rem(panel: Panel) -> float:
    """The height that a figure needs, in rem: by its rows where it has rows."""
    if panel.key not in BY_ROW:
        return float(FIXED.get(panel.key, REGULAR))
    row, around = BY_ROW[panel.key]
    return round(min(max(row * rows(panel.figure) + around, LEAST), MOST), 1)


def rows(figure: go.Figure) -> float:
    """How many rows a figure with a row a thing has, from the reach of its axis."""
    ends = figure.layout.yaxis.range
    return abs(float(ends[0]) - float(ends[1])) if ends else 0.0


def groups(panels: Sequence[Panel]) -> list[Group]:
    """Panels in order: neighbours with one caption together, those to be compared in pairs."""
    found = [tuple(same) for _, same in groupby(panels, key=lambda panel: panel.caption)]
    return [Group(*place) for place in _placed(found)]


def _placed(found: Sequence[tuple[Panel, ...]]) -> Iterator[tuple[tuple[Panel, ...], str]]:
    is_waiting = False
    for number, group in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else ()
        is_half = _is_paired(group) and (is_waiting or _is_paired(following))
        is_waiting = is_half and not is_waiting
        yield group, HALF if is_half else WHOLE


def _is_paired(group: tuple[Panel, ...]) -> bool:
    return len(group) == 1 and group[0].key in PAIRED
