"""Native shapes, text and paint as DrawingML, measured in points from the upper left corner."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from entente.export.deck.text import Line, Run, clean_text
from entente.style.text import Box

EMU = 12700  # English metric units in a point
LEAST_LINE_PT = 0.5
NO_FILL, NO_LINE = "<a:noFill/>", "<a:ln><a:noFill/></a:ln>"
DASHES = {
    "solid": "solid",
    "dot": "sysDot",
    "dash": "dash",
    "longdash": "lgDash",
    "dashdot": "dashDot",
    "longdashdot": "lgDashDot",
}


class Symbol(NamedTuple):
    """A preset shape, and the nearest of the few markers that a chart has."""

    preset: str
    marker: str


SYMBOLS = {
    "circle": Symbol("ellipse", "circle"),
    "square": Symbol("rect", "square"),
    "diamond": Symbol("diamond", "diamond"),
    "diamond-wide": Symbol("diamond", "diamond"),
    "triangle-up": Symbol("triangle", "triangle"),
    "triangle-down": Symbol("flowChartMerge", "triangle"),
    "triangle-right": Symbol("triangle", "triangle"),
    "pentagon": Symbol("pentagon", "circle"),
    "hexagon2": Symbol("hexagon", "circle"),
    "star": Symbol("star5", "star"),
    "cross": Symbol("mathPlus", "plus"),
    "x": Symbol("mathMultiply", "x"),
    "x-thin": Symbol("mathMultiply", "x"),
    "cross-thin": Symbol("mathPlus", "plus"),
    "arrow": Symbol("triangle", "triangle"),
    "line-ew": Symbol("rect", "dash"),
    "line-ns": Symbol("rect", "dash"),
}
# Symbols made of arms, which an outline would swallow.
ARMED_SYMBOLS = ("x", "x-thin", "cross", "cross-thin", "star")
PATTERNS = {
    "/": "wdUpDiag",
    "\\": "wdDnDiag",
    "x": "openDmnd",
    "-": "ltHorz",
    "|": "ltVert",
    "+": "smGrid",
    ".": "pct20",
}
_HEX = re.compile("#[0-9A-Fa-f]{6}")
Point = tuple[float, float]


def emu(points: float) -> int:
    """Points as English metric units."""
    return round(points * EMU)


def box_emu(box: Box) -> tuple[int, int, int, int]:
    """Left, top, width and height of a box in English metric units."""
    return emu(box.left), emu(box.top), emu(box.width), emu(box.height)


def colour_xml(colour: object, *, opacity: float = 1.0) -> str:
    """A colour, given as hex; black where it is not."""
    text = str(colour).strip()
    value = text[1:].upper() if _HEX.fullmatch(text) else "000000"
    if opacity >= 1:
        return f'<a:srgbClr val="{value}"/>'
    return f'<a:srgbClr val="{value}"><a:alpha val="{round(opacity * 1e5)}"/></a:srgbClr>'


def fill_xml(colour: object | None, *, opacity: float = 1.0) -> str:
    """A plain fill; none for None and for what is wholly transparent."""
    if colour is None or opacity <= 0:
        return NO_FILL
    return f"<a:solidFill>{colour_xml(colour, opacity=opacity)}</a:solidFill>"


def pattern_xml(pattern: str, ink: object, ground: object) -> str:
    """A native pattern fill for one of Plotly's patterns."""
    return (
        f'<a:pattFill prst="{PATTERNS.get(pattern, "pct20")}"><a:fgClr>{colour_xml(ink)}</a:fgClr>'
        f"<a:bgClr>{colour_xml(ground)}</a:bgClr></a:pattFill>"
    )


def line_xml(
    colour: object | None,
    width: float = 1.0,
    *,
    dash: object = "solid",
    opacity: float = 1.0,
    has_arrow: bool = False,
) -> str:
    """An outline or line of a width in points; none for None. An arrow stands at its end.

    A dash that Plotly has as lengths becomes one of short dashes.
    """
    if colour is None or width <= 0:
        return NO_LINE
    arrow = '<a:tailEnd type="triangle" w="med" len="med"/>' if has_arrow else ""
    return (
        f'<a:ln w="{emu(max(width, LEAST_LINE_PT))}" cap="{"rnd" if dash == "solid" else "flat"}">'
        f"{fill_xml(colour, opacity=opacity)}"
        f'<a:prstDash val="{DASHES.get(str(dash or "solid"), "sysDash")}"/><a:round/>{arrow}</a:ln>'
    )


def find_symbol(symbol: str) -> Symbol:
    """The shape and marker of one of Plotly's symbols; a circle for one that is unknown."""
    return SYMBOLS.get(symbol.removesuffix("-dot").removesuffix("-open"), SYMBOLS["circle"])


def is_open(symbol: str) -> bool:
    """Whether one of Plotly's symbols is an outline only."""
    return "-open" in symbol


def run_xml(run: Run, size: float, colour: str, glow: str | None = None) -> str:
    """One run of text; `glow` is the colour of a halo around its letters."""
    weight, slant = ' b="1"' * run.is_bold, ' i="1"' * run.is_italic
    halo = ""
    if glow:
        ink = colour_xml(glow, opacity=0.85)
        halo = f'<a:effectLst><a:glow rad="25400">{ink}</a:glow></a:effectLst>'
    return (
        f'<a:r><a:rPr lang="en-GB" sz="{round(size * 100)}"{weight}{slant} dirty="0">'
        f"{fill_xml(run.colour or colour)}{halo}</a:rPr>"
        f"<a:t>{escape(clean_text(run.text))}</a:t></a:r>"
    )


def text_body_xml(
    lines: Iterable[Line],
    *,
    size: float,
    colour: str,
    align: str = "l",
    anchor: str = "ctr",
    glow: str | None = None,
    is_wrapped: bool = False,
) -> str:
    """Lines of runs as the text of a shape."""
    paragraphs = "".join(
        f'<a:p><a:pPr algn="{align}"/>{"".join(run_xml(r, size, colour, glow) for r in line)}</a:p>'
        for line in lines
    )
    return (
        f'<p:txBody><a:bodyPr wrap="{"square" if is_wrapped else "none"}" lIns="0" tIns="0" '
        f'rIns="0" bIns="0" anchor="{anchor}"/><a:lstStyle/>{paragraphs or "<a:p/>"}</p:txBody>'
    )


def freeform_xml(
    name: str,
    paths: Sequence[Sequence[Point]],
    *,
    fill: str = NO_FILL,
    line: str = NO_LINE,
    is_closed: bool = False,
) -> str:
    """One shape of any number of lines or rings; empty text where there is nothing to draw."""
    drawn = [path for path in paths if len(path) > 1]
    if not drawn:
        return ""
    xs, ys = ([point[axis] for path in drawn for point in path] for axis in (0, 1))
    left, top = min(xs), min(ys)
    # The shape's own grid has steps of a tenth of a point.
    wide, high = (max(round((max(v) - min(v)) * 10), 1) for v in (xs, ys))
    end = "<a:close/>" if is_closed else ""
    body = "".join(_path_xml(path, left, top) + end for path in drawn)
    kind = "" if is_closed else ' fill="none"'
    geometry = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{wide}" h="{high}"{kind}>{body}</a:path></a:pathLst></a:custGeom>'
    )
    return _shape_xml(name, Box(left, top, wide / 10, high / 10), geometry, fill + line)


def preset_xml(
    name: str,
    shape: str,
    box: Box,
    *,
    fill: str,
    line: str = NO_LINE,
    turn: float = 0,
    text: str = "",
) -> str:
    """A preset shape of DrawingML such as an `ellipse`, turned clockwise by so many degrees.

    `text` comes from :func:`text_body_xml`.
    """
    geometry = f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>'
    return _shape_xml(name, box, geometry, fill + line, turn=turn, text=text)


def text_box_xml(name: str, box: Box, body: str, *, fill: str = NO_FILL) -> str:
    """Text in a box; `body` comes from :func:`text_body_xml`."""
    geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return _shape_xml(name, box, geometry, fill + NO_LINE, text=body, is_text=True)


def group_xml(name: str, children: Iterable[str], box: Box, descr: str = "") -> str:
    """Shapes in a group with a name and alternative text; empty text where there is none."""
    inner = "".join(children)
    if not inner:
        return ""
    left, top, width, height = box_emu(box)
    frame = "".join(
        f'<a:{off} x="{left}" y="{top}"/><a:{ext} cx="{width}" cy="{height}"/>'
        for off, ext in (("off", "ext"), ("chOff", "chExt"))
    )
    return (
        f"<p:grpSp><p:nvGrpSpPr>{_name_xml(name, descr)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr><a:xfrm>{frame}</a:xfrm></p:grpSpPr>{inner}</p:grpSp>"
    )


def place_shape(slide: Any, shape: str) -> None:
    """Put a shape or group on top of a slide, numbered anew; empty text adds nothing."""
    if not shape:
        return
    head, rest = shape.split(">", 1)
    element = parse_xml(f"{head} {nsdecls('a', 'p', 'r')}>{rest}")
    tree = slide.shapes._spTree
    taken = max(int(about.get("id")) for about in tree.iter(qn("p:cNvPr")))
    for number, about in enumerate(element.iter(qn("p:cNvPr")), start=taken + 1):
        about.set("id", str(number))
    tree.append(element)


def describe(frame: Any, name: str, descr: str) -> None:
    """Give a chart's or table's frame its name and alternative text."""
    about = frame._element.nvGraphicFramePr.cNvPr
    about.set("name", clean_text(name))
    about.set("descr", clean_text(descr))


def _path_xml(path: Sequence[Point], left: float, top: float) -> str:
    """Moves and lines on the shape's own grid; points that fall together are drawn once."""
    steps: list[tuple[int, int]] = []
    for x, y in path:
        step = (round((x - left) * 10), round((y - top) * 10))
        if not steps or step != steps[-1]:
            steps.append(step)
    if len(steps) == 1:
        steps.append((steps[0][0] + 1, steps[0][1]))
    (x, y), *rest = steps
    lines = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in rest)
    return f'<a:moveTo><a:pt x="{x}" y="{y}"/></a:moveTo>{lines}'


def _shape_xml(
    name: str,
    box: Box,
    geometry: str,
    paint: str,
    *,
    turn: float = 0,
    text: str = "",
    is_text: bool = False,
) -> str:
    left, top, width, height = box_emu(box)
    turned = f' rot="{round(turn % 360 * 60000)}"' if turn else ""
    kind = '<p:cNvSpPr txBox="1"/>' if is_text else "<p:cNvSpPr/>"
    return (
        f"<p:sp><p:nvSpPr>{_name_xml(name)}{kind}<p:nvPr/></p:nvSpPr><p:spPr>"
        f'<a:xfrm{turned}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f"{geometry}{paint}</p:spPr>{text}</p:sp>"
    )


def _name_xml(name: str, descr: str = "") -> str:
    """The name and alternative text of a shape; its number is given when it is placed."""
    told = f" descr={quoteattr(clean_text(descr))}" if descr else ""
    return f'<p:cNvPr id="0" name={quoteattr(clean_text(name))}{told}/>'
