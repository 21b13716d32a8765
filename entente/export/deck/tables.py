"""Native tables: the rows of a panel, and symbols in a grid."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import pandas as pd
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from entente.content import SymbolGrid
from entente.export.deck.shapes import NO_FILL, box_emu, describe, emu, line_xml, run_xml
from entente.export.deck.text import (
    LEADING,
    Line,
    Run,
    clean_text,
    count_lines,
    estimate_width,
    shorten,
)
from entente.style.palette import LIGHT
from entente.style.text import Box

MOST_ROWS, MOST_COLUMNS = 10, 6
FEW_ROWS, ROOMY_PT = 5, 15.0  # a short table has room for larger type
CELL_PT, HEAD_PT, PAD = 11.0, 10.0, 4.0
LONGEST_CELL = 95
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's table style without any grid
MOST_NAMES, MOST_LEVEL = 12, 7  # of a grid; heads of more columns are turned upright


def draw_table(slide: Any, table: pd.DataFrame, box: Box, *, name: str, descr: str) -> int:
    """Draw the first rows and columns of a table in a box.

    Returns:
        How many rows are left out.
    """
    shown = table.iloc[:MOST_ROWS, :MOST_COLUMNS]
    size = ROOMY_PT if len(table) <= FEW_ROWS else CELL_PT
    longest = LONGEST_CELL * (3 if size > CELL_PT else 1)
    texts = [[shorten(_format_cell(v), longest) for v in row] for row in shown.to_numpy().tolist()]
    heads = [clean_text(column) for column in shown.columns]
    widths = _find_widths([heads, *texts], box.width, size)
    head = _find_height(heads, widths, HEAD_PT)
    heights = [_find_height(row, widths, size) for row in texts]
    fitting = sum(bottom <= box.height - head for bottom in accumulate(heights))
    fitting = max(fitting, min(len(texts), 1))
    rows: list[list[Line]] = [[(Run(text=text, is_bold=True),) for text in heads]]
    rows += [[(Run(text=text),) for text in row] for row in texts[:fitting]]
    heights, sizes = [head, *heights[:fitting]], [HEAD_PT, *[size] * fitting]
    _draw_cells(
        slide, rows, box, widths=widths, heights=heights, sizes=sizes, name=name, descr=descr
    )
    return len(table) - fitting


def draw_grid(slide: Any, grid: SymbolGrid, box: Box, *, name: str, descr: str) -> int:
    """Draw a grid of symbols as a table in a box; a dash stands where a thing meets itself.

    Returns:
        How many rows are left out.
    """
    names = grid.names[:MOST_NAMES]
    count, is_turned = len(names), len(names) > MOST_LEVEL
    first, head = min(150.0, box.width * 0.28), 76.0 if is_turned else 30.0
    width, height = (box.width - first) / count, min((box.height - head) / count, 62.0)
    size = 9.0 if is_turned else min(max(width / 6.5, CELL_PT), 17.0)
    dash = (Run(text="–", colour=LIGHT.muted),)
    rows: list[list[Line]] = [[(), *((Run(text=text, is_bold=True),) for text in names)]]
    for row, text in enumerate(names):
        cells = [
            dash
            if row == column
            else tuple(Run(text=t, colour=c) for t, c in grid.cells.get((row, column), ()))
            for column in range(count)
        ]
        rows.append([(Run(text=text, is_bold=text in grid.strong),), *cells])
    _draw_cells(
        slide,
        rows,
        box,
        widths=[first, *[width] * count],
        heights=[head, *[height] * count],
        sizes=[CELL_PT, *[size] * count],
        name=name,
        descr=descr,
        aligns=["l", *["ctr"] * count],
        is_turned=is_turned,
    )
    return len(grid.names) - count


def _format_cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return clean_text(value)


def _find_widths(rows: Sequence[Sequence[str]], whole: float, size: float) -> list[float]:
    """Columns as wide as their content, together no wider than the frame."""
    asked = [
        min(max(estimate_width(row[column], size) for row in rows) + 2 * PAD + 4, whole * 0.5)
        for column in range(len(rows[0]))
    ]
    if sum(asked) <= whole:
        return asked
    least = [min(width, 5.3 * size) for width in asked]
    spare = (whole - sum(least)) / max(sum(asked) - sum(least), 1.0)
    return [low + (width - low) * spare for low, width in zip(least, asked, strict=True)]


def _find_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    lines = max(
        count_lines(text, max(width - 2 * PAD, size), size, em=0.52)
        for text, width in zip(row, widths, strict=True)
    )
    return lines * size * LEADING + 2 * PAD


def _draw_cells(
    slide: Any,
    rows: Sequence[Sequence[Line]],
    box: Box,
    *,
    widths: Sequence[float],
    heights: Sequence[float],
    sizes: Sequence[float],
    name: str,
    descr: str,
    aligns: Sequence[str] = (),
    is_turned: bool = False,
) -> None:
    """Draw lines of runs as a table with thin rules, from the upper left corner of a box.

    The first row is the head, and `is_turned` sets its words upright. Widths, heights and type
    sizes are in points, by column or row. Columns are aligned l, ctr or r; all l without `aligns`.
    """
    frame = Box(box.left, box.top, sum(widths), sum(heights))
    shape = slide.shapes.add_table(len(rows), len(widths), *box_emu(frame))
    describe(shape, name, descr)
    table = shape.table
    table.horz_banding = False
    table._tbl.find(f".//{qn('a:tableStyleId')}").text = NO_STYLE
    for column, width in zip(table.columns, widths, strict=True):
        column.width = emu(width)
    for place, cells in enumerate(rows):
        table.rows[place].height = emu(heights[place])
        row = table._tbl.tr_lst[place]
        for column, line in enumerate(cells):
            align = aligns[column] if aligns else "l"
            turned = is_turned and place == 0
            new = _cell_xml(line, sizes[place], align, is_head=place == 0, is_turned=turned)
            row.replace(row.tc_lst[column], parse_xml(new))


def _cell_xml(line: Line, size: float, align: str, *, is_head: bool, is_turned: bool) -> str:
    colour = LIGHT.muted if is_head else LIGHT.ink
    rule = line_xml(LIGHT.muted, 1.0) if is_head else line_xml(LIGHT.rule, 0.75)
    bare = "".join(f'<a:ln{side} w="0">{NO_FILL}</a:ln{side}>' for side in "LRT")
    runs = "".join(run_xml(run, size, colour) for run in line)
    turn, room = ' vert="vert270"' if is_turned else "", emu(PAD)
    return (
        f"<a:tc {nsdecls('a')}><a:txBody><a:bodyPr/><a:lstStyle/>"
        f'<a:p><a:pPr algn="{"l" if is_turned else align}"/>{runs}'
        f'<a:endParaRPr lang="en-GB" sz="{round(size * 100)}"/></a:p></a:txBody>'
        f'<a:tcPr marL="0" marR="{room}" marT="{room // 2}" marB="{room // 2}" '
        f'anchor="{"b" if is_head and not is_turned else "ctr"}"{turn}>{bare}'
        f"{rule.replace('a:ln', 'a:lnB')}{NO_FILL}</a:tcPr></a:tc>"
    )
