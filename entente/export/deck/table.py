"""Native tables of the deck: rows of a panel, and a matrix of symbols."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from entente.export.deck.box import Box, emu
from entente.export.deck.drawingml import fill_xml, line_xml
from entente.export.deck.shapes import SLIDE_SPACES
from entente.export.deck.text import LEADING, Line, Run, plain, shortened, width_of, wrapped_lines
from entente.export.deck.type import run_xml
from entente.style.palette import Palette

MOST_ROWS, MOST_COLUMNS = 10, 6
FEW_ROWS, ROOMY_PT = 5, 15.0  # a short table has room for larger type
CELL_PT, HEAD_PT = 11.0, 10.0
PAD = 4.0
LONGEST_CELL = 95
# Characters for Plotly's symbols, as in the key of the app.
Cell = Line


def draw_table(
    slide: Any,
    table: pd.DataFrame,
    box: Box,
    *,
    ids: Iterator[int],
    palette: Palette,
    name: str,
    descr: str,
) -> int:
    """Draw the first rows of a table; returns how many rows did not fit."""
    shown = table.iloc[:MOST_ROWS, :MOST_COLUMNS]
    size = ROOMY_PT if len(table) <= FEW_ROWS else CELL_PT
    longest = LONGEST_CELL * (3 if size > CELL_PT else 1)
    texts = [[shortened(_shown(v), longest) for v in row] for row in shown.to_numpy().tolist()]
    heads = [plain(column) for column in shown.columns]
    widths = _widths([heads, *texts], box.width, size)
    heights = [_height(row, widths, size) for row in texts]
    head = _height(heads, widths, HEAD_PT)
    fitting = _fitting(heights, box.height - head)
    rows = [[(Run(text=text, is_bold=True),) for text in heads]]
    rows += [[(Run(text=text),) for text in row] for row in texts[:fitting]]
    draw_cells(
        slide,
        rows,
        Box(box.left, box.top, sum(widths), box.height),
        widths=widths,
        heights=[head, *heights[:fitting]],
        sizes=[HEAD_PT, *[size] * fitting],
        aligns=["l"] * len(widths),
        ids=ids,
        palette=palette,
        name=name,
        descr=descr,
    )
    return len(table) - fitting


def _shown(value: Any) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return plain(value)


def _widths(rows: Sequence[Sequence[str]], whole: float, size: float) -> list[float]:
    """Columns as wide as what they hold asks, together as wide as the frame."""
    asked = [
        min(max(width_of(row[column], size) for row in rows) + 2 * PAD + 4, whole * 0.5)
        for column in range(len(rows[0]))
    ]
    total = sum(asked)
    if total <= whole:
        return asked
    least = [min(width, 5.3 * size) for width in asked]
    spare = (whole - sum(least)) / max(total - sum(least), 1.0)
    return [low + (width - low) * spare for low, width in zip(least, asked, strict=True)]


def _height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    lines = max(
        wrapped_lines(text, max(width - 2 * PAD, size), size, em=0.52)
        for text, width in zip(row, widths, strict=True)
    )
    return lines * size * LEADING + 2 * PAD


def _fitting(heights: Sequence[float], room: float) -> int:
    taken, count = 0.0, 0
    for height in heights:
        if taken + height > room and count:
            break
        taken, count = taken + height, count + 1
    return count


def draw_cells(
    slide: Any,
    rows: Sequence[Sequence[Cell]],
    box: Box,
    *,
    widths: Sequence[float],
    heights: Sequence[float],
    sizes: Sequence[float],
    aligns: Sequence[str],
    ids: Iterator[int],
    palette: Palette,
    name: str,
    descr: str,
    is_turned: bool = False,
) -> None:
    """Cells of runs as a table with thin rules; the first row is the head.

    Args:
        slide: Where it stands.
        rows: Lines by row and column.
        box: Its frame; the table is as wide and high as its columns and rows.
        widths: Of the columns, in points.
        heights: Of the rows.
        sizes: Type size by row.
        aligns: Alignment by column: l, ctr or r.
        ids: Where the table gets its number.
        palette: Colours.
        name: What the selection pane calls it.
        descr: Its alternative text.
        is_turned: Whether the words of the head stand upright.
    """
    frame = slide.shapes.add_table(
        len(rows), len(widths), emu(box.left), emu(box.top), emu(sum(widths)), emu(sum(heights))
    )
    about = frame._element.nvGraphicFramePr.cNvPr
    about.set("id", str(next(ids)))
    about.set("name", plain(name))
    about.set("descr", plain(descr))
    grid = frame._element.find(f".//{qn('a:tbl')}")
    grid.find(qn("a:tblPr")).attrib.pop("bandRow", None)
    style = grid.find(f".//{qn('a:tableStyleId')}")
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
    for column, width in zip(grid.findall(f".//{qn('a:gridCol')}"), widths, strict=True):
        column.set("w", str(emu(width)))
    for place, (row, cells) in enumerate(zip(grid.findall(qn("a:tr")), rows, strict=True)):
        row.set("h", str(emu(heights[place])))
        old = row.findall(qn("a:tc"))
        for cell, line, align in zip(old, cells, aligns, strict=True):
            turned = is_turned and place == 0
            new = _cell(line, sizes[place], align, palette, is_head=place == 0, is_turned=turned)
            row.replace(cell, parse_xml(new))


def _cell(
    line: Cell,
    size: float,
    align: str,
    palette: Palette,
    *,
    is_head: bool,
    is_turned: bool = False,
) -> str:
    colour = palette.muted if is_head else palette.ink
    rule = line_xml(palette.muted if is_head else palette.rule, 1.0 if is_head else 0.75)
    edges = rule.replace("a:ln", "a:lnB")
    none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
    runs = "".join(run_xml(run, size, colour) for run in line)
    turn = ' vert="vert270"' if is_turned else ""
    align = "l" if is_turned else align
    room = round(PAD * 12700)
    return (
        f'<a:tc {SLIDE_SPACES}><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{align}"/>{runs}'
        f'<a:endParaRPr lang="en-GB" sz="{round(size * 100)}"/></a:p></a:txBody>'
        f'<a:tcPr marL="0" marR="{room}" marT="{room // 2}" marB="{room // 2}" '
        f'anchor="{"ctr" if is_turned or not is_head else "b"}"{turn}>{none}{edges}'
        f"{fill_xml(None)}</a:tcPr></a:tc>"
    )
