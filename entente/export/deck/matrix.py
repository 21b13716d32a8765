"""A matrix of symbols as a native table."""

from collections.abc import Iterator, Mapping
from typing import Any

from entente.export.deck.box import Box
from entente.export.deck.drawingml import at, under
from entente.export.deck.plot import list_of
from entente.export.deck.table import CELL_PT, Cell, draw_cells
from entente.export.deck.text import Line, Run, lines_of
from entente.style.palette import Palette

MOST_ACTORS = 12
MOST_LEVEL = 7  # more columns than these have their heads turned upright
HEAD_ROOM, SMALL_PT = 76.0, 9.0
CHARACTERS = {
    "circle": "●",
    "pentagon": "⬟",
    "square": "■",
    "diamond": "◆",
    "cross": "✚",
    "star": "★",
    "x": "✖",
    "hexagon2": "⬢",
    "triangle-up": "▲",
}


def draw_matrix(
    slide: Any,
    figure: Mapping[str, Any],
    box: Box,
    *,
    ids: Iterator[int],
    palette: Palette,
    name: str,
    descr: str,
) -> int:
    """Draw a matrix of symbols as a table; returns how many of its rows did not fit."""
    axis = figure["layout"]["yaxis"]
    names = [lines_of(text)[0] for text in list_of(axis["ticktext"])]
    kept = names[:MOST_ACTORS]
    cells = _cells(figure, len(kept), palette)
    first = min(150.0, box.width * 0.28)
    widths = [first, *[(box.width - first) / len(kept)] * len(kept)]
    is_turned = len(kept) > MOST_LEVEL
    head_room = HEAD_ROOM if is_turned else 30.0
    high = min((box.height - head_room) / len(kept), 62.0)
    size = SMALL_PT if is_turned else min(max(widths[1] / 6.5, CELL_PT), 17.0)
    head: list[Cell] = [(), *[_small(line) for line in kept]]
    rows = [head, *([line, *row] for line, row in zip(kept, cells, strict=True))]
    draw_cells(
        slide,
        rows,
        Box(box.left, box.top, box.width, box.height),
        widths=widths,
        heights=[head_room, *[high] * len(kept)],
        sizes=[CELL_PT, *[size] * len(kept)],
        is_turned=is_turned,
        aligns=["l", *["ctr"] * len(kept)],
        ids=ids,
        palette=palette,
        name=name,
        descr=descr,
    )
    return len(names) - len(kept)


def _cells(figure: Mapping[str, Any], count: int, palette: Palette) -> list[list[Cell]]:
    """Symbols by row and column, in the ink of their marks; a dash on the diagonal."""
    found: dict[tuple[int, int], list[tuple[float, float, Run]]] = {}
    for trace in figure["data"]:
        if trace.get("type") != "scatter" or trace.get("name") == "changes":
            continue
        marker = trace.get("marker") or {}
        pairs = zip(list_of(trace["x"]), list_of(trace["y"]), strict=True)
        for place, (x, y) in enumerate(pairs):
            symbol = str(at(marker.get("symbol"), place, "circle"))
            hue = at(under(marker, "line", "color"), place)
            run = Run(text=CHARACTERS.get(symbol, "●"), colour=str(hue))
            found.setdefault((round(y), round(x)), []).append((y, x, run))
    dash = (Run(text="–", colour=palette.muted),)
    return [
        [
            dash
            if row == column
            else tuple(run for _, _, run in sorted(found.get((row, column), ()), key=_placed))
            for column in range(count)
        ]
        for row in range(count)
    ]


def _placed(item: tuple[float, float, Run]) -> tuple[float, float]:
    return item[0], item[1]


def _small(line: Line) -> Line:
    return tuple(Run(text=run.text, is_bold=True) for run in line)
