"""Plotly's colours, dashes and symbols as DrawingML: the same ink in a native shape or chart."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

EMU = 12700  # English metric units in a point
PT = 0.75  # points in a pixel of a figure
LINE = 0.95  # the same for the width of lines: a slide is seen from afar
LEAST_LINE_PT = 0.5
CLEAR = '<a:alpha val="0"/>'

DASHES = {
    "solid": "solid",
    "dot": "sysDot",
    "dash": "dash",
    "longdash": "lgDash",
    "dashdot": "dashDot",
    "longdashdot": "lgDashDot",
}
HEAD = '<a:tailEnd type="triangle" w="med" len="med"/>'
# Plotly symbol to preset shape, and to the nearest of the few that a chart knows.
SHAPES = {
    "circle": ("ellipse", "circle"),
    "square": ("rect", "square"),
    "diamond": ("diamond", "diamond"),
    "diamond-wide": ("diamond", "diamond"),
    "triangle-up": ("triangle", "triangle"),
    "triangle-down": ("flowChartMerge", "triangle"),
    "triangle-right": ("triangle", "triangle"),
    "pentagon": ("pentagon", "circle"),
    "hexagon2": ("hexagon", "circle"),
    "star": ("star5", "star"),
    "cross": ("mathPlus", "plus"),
    "x": ("mathMultiply", "x"),
    "x-thin": ("mathMultiply", "x"),
    "cross-thin": ("mathPlus", "plus"),
    "arrow": ("triangle", "triangle"),
    "line-ew": ("rect", "dash"),
    "line-ns": ("rect", "dash"),
}
# Symbols that are all arms, and vanish under an outline.
THIN = ("x", "x-thin", "cross", "cross-thin", "star")
PATTERNS = {
    "/": "wdUpDiag",
    "\\": "wdDnDiag",
    "x": "openDmnd",
    "-": "ltHorz",
    "|": "ltVert",
    "+": "smGrid",
    ".": "pct20",
}
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([\d.]+)\s*)?\)")


def colour_xml(colour: object, *, opacity: float = 1.0) -> str:
    """A colour of a figure (hex or `rgb(…)`) as an element; black where it is neither."""
    text = str(colour).strip()
    found = _RGB.fullmatch(text)
    if found:
        opacity *= float(found[4] or 1)
        text = "#" + "".join(f"{min(int(part), 255):02X}" for part in found.groups()[:3])
    value = text[1:].upper() if re.fullmatch("#[0-9A-Fa-f]{6}", text) else "000000"
    if opacity >= 1:
        return f'<a:srgbClr val="{value}"/>'
    return f'<a:srgbClr val="{value}"><a:alpha val="{round(max(opacity, 0) * 1e5)}"/></a:srgbClr>'


def fill_xml(colour: object | None, *, opacity: float = 1.0) -> str:
    """A plain fill; none for None and for what lets all through."""
    ink = colour_xml(colour, opacity=opacity)
    if colour is None or CLEAR in ink:
        return "<a:noFill/>"
    return f"<a:solidFill>{ink}</a:solidFill>"


def pattern_xml(shape: str, ink: object, ground: object) -> str:
    """A native pattern fill for a pattern of Plotly."""
    return (
        f'<a:pattFill prst="{PATTERNS.get(shape, "pct20")}"><a:fgClr>{colour_xml(ink)}</a:fgClr>'
        f"<a:bgClr>{colour_xml(ground)}</a:bgClr></a:pattFill>"
    )


def line_xml(
    colour: object | None,
    width: float = 1.0,
    *,
    dash: object = "solid",
    opacity: float = 1.0,
    has_head: bool = False,
) -> str:
    """An outline or line; `width` in points. None for no line; a head is at its end."""
    if colour is None or width <= 0:
        return "<a:ln><a:noFill/></a:ln>"
    thickness = round(max(width, LEAST_LINE_PT) * EMU)
    return (
        f'<a:ln w="{thickness}" cap="{"rnd" if dash == "solid" else "flat"}">'
        f"{fill_xml(colour, opacity=opacity)}"
        f'<a:prstDash val="{dash_of(dash)}"/><a:round/>{HEAD if has_head else ""}</a:ln>'
    )


def dash_of(dash: object) -> str:
    """DrawingML's name of a dash; lengths of one's own become short dashes."""
    return DASHES.get(str(dash or "solid"), "sysDash")


def shape_of(symbol: object) -> str:
    """The preset shape of a symbol."""
    return _looked_up(symbol)[0]


def chart_marker(symbol: object) -> str:
    """The marker that stands for a symbol in a chart."""
    return _looked_up(symbol)[1]


def is_hollow(symbol: object) -> bool:
    """Whether a symbol of Plotly is an outline only."""
    return "-open" in str(symbol)


def at(value: Any, place: int, default: Any = None) -> Any:
    """The entry for one point of what Plotly takes as one value or as a list of them."""
    if value is None:
        return default
    if isinstance(value, str | int | float) or not isinstance(value, Sequence):
        return (
            value if not hasattr(value, "__getitem__") or isinstance(value, str) else value[place]
        )
    found = value[place] if place < len(value) else None
    return default if found is None else found


def under(part: Mapping[str, Any] | None, *names: str, default: Any = None) -> Any:
    """What lies at a path of names in nested settings; `default` where a step is missing."""
    found: Any = part
    for name in names:
        if not isinstance(found, Mapping) or found.get(name) is None:
            return default
        found = found[name]
    return found


def _looked_up(symbol: object) -> tuple[str, str]:
    name = str(symbol or "circle").removesuffix("-dot").removesuffix("-open")
    return SHAPES.get(name.removesuffix("-open"), SHAPES["circle"])
