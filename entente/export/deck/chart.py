"""What all native charts of the deck share: frame, type, axes, labels, in the house style."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pptx.chart.chart import Chart
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from entente.export.deck.axes import CHART_SPACES, TICK_PT, text_properties
from entente.export.deck.box import Box, emu
from entente.export.deck.drawingml import fill_xml, line_xml
from entente.export.deck.text import Line, plain
from entente.export.deck.type import rich_text
from entente.style.palette import Palette


@dataclass(frozen=True, kw_only=True)
class Label:
    """Text at a point of a chart; `side` is one of r, l, t, b, ctr, outEnd."""

    lines: tuple[Line, ...]
    side: str
    size: float
    colour: str
    fill: str | None = None
    border: str | None = None
    turn: float = 0


def add_chart(
    slide: Any,
    kind: XL_CHART_TYPE,
    data: Any,
    box: Box,
    *,
    ids: Iterator[int],
    name: str,
    descr: str,
    palette: Palette,
) -> Chart:
    """A chart on the slide, without title, legend or ground, with alternative text."""
    frame = slide.shapes.add_chart(
        kind, emu(box.left), emu(box.top), emu(box.width), emu(box.height), data
    )
    about = frame._element.nvGraphicFramePr.cNvPr
    about.set("id", str(next(ids)))
    about.set("name", plain(name))
    about.set("descr", plain(descr))
    chart = frame.chart
    chart.has_title, chart.has_legend = False, False
    space = chart._chartSpace
    for old in space.findall(qn("c:txPr")):
        space.remove(old)
    text = parse_xml(text_properties("c:txPr", TICK_PT, palette.ink))
    ground = parse_xml(f"<c:spPr {CHART_SPACES}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    place = list(space).index(space.find(qn("c:chart"))) + 1
    space.insert(place, ground)
    space.insert(place + 1, text)
    return chart


def set_plot(chart: Chart, outer: Box, inner: Box) -> None:
    """Fix where within its frame the chart plots, both in points on the slide."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    shares = {
        "x": (inner.left - outer.left) / outer.width,
        "y": (inner.top - outer.top) / outer.height,
        "w": inner.width / outer.width,
        "h": inner.height / outer.height,
    }
    parts = "".join(f'<c:{name} val="{share:.5f}"/>' for name, share in shares.items())
    area.insert(
        0,
        parse_xml(
            f'<c:layout {CHART_SPACES}><c:manualLayout><c:layoutTarget val="inner"/>'
            f'<c:xMode val="edge"/><c:yMode val="edge"/>{parts}</c:manualLayout></c:layout>'
        ),
    )


def set_labels(series: Any, labels: Mapping[int, Label]) -> None:
    """Give points of a series texts of their own; the other points have none."""
    for old in series.findall(qn("c:dLbls")):
        series.remove(old)
    if not labels:
        return
    each = "".join(_label(place, label) for place, label in sorted(labels.items()))
    element = parse_xml(f"<c:dLbls {CHART_SPACES}>{each}{_shows(0)}</c:dLbls>")
    before = next(
        found
        for name in ("c:trendline", "c:errBars", "c:xVal", "c:cat", "c:val")
        if (found := series.find(qn(name))) is not None
    )
    before.addprevious(element)


def set_paint(series: Any, paint: str, marker: str = "") -> None:
    """Fill, line and, for points, marker of a series, as DrawingML."""
    for name in ("c:spPr", "c:marker"):
        for old in series.findall(qn(name)):
            series.remove(old)
    after = series.find(qn("c:tx"))
    if marker:
        after.addnext(parse_xml(marker.replace("<c:marker", f"<c:marker {CHART_SPACES}", 1)))
    after.addnext(parse_xml(f"<c:spPr {CHART_SPACES}>{paint}</c:spPr>"))


def _label(place: int, label: Label) -> str:
    paint = fill_xml(label.fill) + (line_xml(label.border, 1) if label.border else line_xml(None))
    return (
        f'<c:dLbl><c:idx val="{place}"/>'
        f"{rich_text(label.lines, label.size, label.colour, turn=label.turn)}"
        f'<c:spPr>{paint}</c:spPr><c:dLblPos val="{label.side}"/>{_shows(1)}</c:dLbl>'
    )


def _shows(value: int) -> str:
    parts = {
        "LegendKey": 0,
        "Val": value,
        "CatName": 0,
        "SerName": 0,
        "Percent": 0,
        "BubbleSize": 0,
    }
    return "".join(f'<c:show{name} val="{shown}"/>' for name, shown in parts.items())
