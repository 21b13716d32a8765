"""Axes of native charts: ends, direction, ticks, grid and title."""

from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from entente.export.deck.drawingml import fill_xml, line_xml
from entente.export.deck.style import TEXT_FONT
from entente.export.deck.text import lines_of
from entente.export.deck.type import rich_text
from entente.style.palette import Palette

CHART_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
TICK_PT, TITLE_PT = 10.5, 10.5
GRID_PT, ZERO_PT = 0.5, 1.0
FORMATS = {",d": "#,##0", ",.0f": "#,##0", ",.1f": "#,##0.0", ".0%": "0%", ".1f": "0.0"}


@dataclass(frozen=True, kw_only=True)
class Axis:
    """How an axis of values is set; `low` and `high` None leave the choice to the program."""

    low: float | None = None
    high: float | None = None
    is_reversed: bool = False
    is_shown: bool = True
    has_ticks: bool = True
    has_grid: bool = False
    is_log: bool = False
    title: str = ""
    number_format: str = "General"
    is_far: bool = False  # whether it stands at the far end of its partner
    side: str = ""  # t, b, l or r; empty for what the chart has


def set_axis(element: Any, axis: Axis, *, palette: Palette, is_upright: bool) -> None:
    """Write an axis of values anew; its identity and its partner stay.

    Args:
        element: The `c:valAx`.
        axis: How it is to be.
        palette: Colours.
        is_upright: Whether it stands upright, so that its title is turned.
    """
    kept = {name: element.find(qn(f"c:{name}")) for name in ("axId", "crossAx", "axPos")}
    codes = {name: found.get("val") for name, found in kept.items() if found is not None}
    log = '<c:logBase val="10"/>' if axis.is_log else ""
    ends = "".join(
        f'<c:{name} val="{value!r}"/>'
        for name, value in (("max", axis.high), ("min", axis.low))
        if value is not None
    )
    turn = "maxMin" if axis.is_reversed else "minMax"
    grid = (
        f"<c:majorGridlines><c:spPr>{line_xml(palette.rule, GRID_PT)}</c:spPr></c:majorGridlines>"
        if axis.has_grid and axis.is_shown
        else ""
    )
    title = _title(axis.title, palette, is_upright=is_upright) if axis.is_shown else ""
    ticks = "nextTo" if axis.has_ticks and axis.is_shown else "none"
    zero = line_xml(palette.muted, ZERO_PT) if axis.is_shown and axis.has_ticks else line_xml(None)
    crosses = "max" if axis.is_far else "min"
    xml = (
        f'<c:valAx {CHART_SPACES}><c:axId val="{codes["axId"]}"/><c:scaling>{log}'
        f'<c:orientation val="{turn}"/>{ends}</c:scaling>'
        f'<c:delete val="{0 if axis.is_shown else 1}"/>'
        f'<c:axPos val="{axis.side or codes.get("axPos", "b")}"/>{grid}{title}'
        f'<c:numFmt formatCode="{axis.number_format}" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{ticks}"/>'
        f"<c:spPr>{zero}</c:spPr>{text_properties('c:txPr', TICK_PT, palette.muted, bare=True)}"
        f'<c:crossAx val="{codes["crossAx"]}"/><c:crosses val="{crosses}"/>'
        f'<c:crossBetween val="midCat"/></c:valAx>'
    )
    element.getparent().replace(element, parse_xml(xml))


def number_format(tickformat: object) -> str:
    """A spreadsheet's number format for one of Plotly's."""
    return FORMATS.get(str(tickformat or ""), "#,##0.##" if not tickformat else "General")


def text_properties(tag: str, size: float, colour: str, *, bare: bool = False) -> str:
    """Type and ink of all words of an axis or chart."""
    spaces = "" if bare else f" {CHART_SPACES}"
    return (
        f'<{tag}{spaces}><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" '
        f'b="0">{fill_xml(colour)}<a:latin typeface="{TEXT_FONT}"/></a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="en-GB"/></a:p></{tag}>'
    )


def _title(text: str, palette: Palette, *, is_upright: bool) -> str:
    if not text:
        return ""
    rich = rich_text(lines_of(text), TITLE_PT, palette.muted, turn=-90 if is_upright else 0)
    return f'<c:title>{rich}<c:overlay val="0"/></c:title>'
