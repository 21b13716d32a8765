"""Scenes of made-up figures, one for each form that the deck has."""

import io
from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from pptx import Presentation

from entente.content import BarChart, BarRow, PageContent, Panel, Scene, SymbolGrid
from entente.dossier.store import Dossier
from entente.export.deck.deck import deck
from entente.style.palette import LIGHT

TABLE = pd.DataFrame({"Way": [f"way {n}" for n in range(30)], "Days": [n / 3 for n in range(30)]})
QUERY = "lens=both&v=1"


Shown = go.Figure | BarChart | SymbolGrid | None


def panel(shown: Shown, *, key: str = "figure", table: pd.DataFrame = TABLE) -> Panel:
    is_editable = isinstance(shown, BarChart | SymbolGrid)
    return Panel(
        key=key,
        figure=go.Figure(go.Bar(x=[1], y=[1])) if is_editable else shown,
        editable=shown if is_editable else None,
        alt=f"What {key} shows.",
        table=table,
        caption="How to read it.",
        source_ids=("atlas-2019", "north-wire-2021-02-05"),
    )


def scene(
    *panels: Panel, title: str = "A headline in a sentence", page: str = "claims", number: int = 1
) -> Scene:
    content = PageContent(
        page_code=page, title="The finding", query=QUERY, panels=panels, borders="Nobody’s."
    )
    return Scene(
        scene_id=f"s{number}",
        number=number,
        title=title,
        text="One sentence for the room.",
        notes="A word for the speaker.",
        content=content,
    )


def opened(scenes: list[Scene], dossier: Dossier, **options: Any) -> Any:
    return Presentation(io.BytesIO(deck(scenes, dossier=dossier, **options)))


def first_slide(shown: Shown, dossier: Dossier, **options: Any) -> Any:
    """The slide of one panel, after the title."""
    return opened([scene(panel(shown, **options))], dossier).slides[1]


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def all_shapes(shapes: Any) -> Iterator[Any]:
    """Shapes, those in groups included."""
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from all_shapes(shape.shapes)


def points(chart: Any) -> set[tuple[float, float]]:
    """All points that a chart shows, words on points that are not seen left out."""
    found = set()
    for series in chart.plots[0].series:
        if series.name not in ("words", "grid", "rule"):
            pairs = [_numbers(series, name) for name in ("xVal", "yVal")]
            found |= {(pairs[0][k], pairs[1][k]) for k in pairs[1] if k in pairs[0]}
    return found


def _numbers(series: Any, name: str) -> dict[str, float]:
    cache = series._element.find(f"{{*}}{name}")
    return {pt.get("idx"): float(pt.find("{*}v").text) for pt in cache.iter("{*}pt")}


def map_figure() -> go.Figure:
    figure = go.Figure()
    figure.add_trace(
        go.Choropleth(
            locations=["PAK"], z=[1], colorscale=[[0, "#A83304"], [1, "#A83304"]], name="fill"
        )
    )
    figure.add_trace(
        go.Scattergeo(
            lon=[75.0, 78.0, None, 74.0, 77.0],
            lat=[33.0, 36.0, None, 34.0, 37.0],
            mode="lines",
            line={"width": 0.8, "color": LIGHT.muted},
            name="XJK",
        )
    )
    figure.add_trace(
        go.Scattergeo(
            lon=[32.9, 73.1],
            lat=[39.9, 33.7],
            mode="lines+markers",
            line={"width": 2, "color": "#1668A8", "dash": "dash"},
            marker={"size": [0, 12], "symbol": ["circle", "arrow"], "angle": [0, 90]},
            customdata=[["tie", "t01"]] * 2,
            name="t01",
        )
    )
    figure.add_trace(
        go.Scattergeo(
            lon=[32.9, 73.1],
            lat=[39.9, 33.7],
            mode="markers+text",
            marker={"size": [20, 9], "color": "#1C1E21"},
            text=["<b>7</b>", "<b>Islamabad &lt;&amp;</b>"],
            textposition=["middle center", "top right"],
            customdata=[["actor", "TUR", ""], ["actor", "PAK", ""]],
            name="points",
        )
    )
    figure.update_layout(
        geo={
            "projection": {
                "type": "conic equal area",
                "parallels": [20, 48],
                "rotation": {"lon": 59, "lat": 0},
            },
            "lonaxis": {"range": [21, 97]},
            "lataxis": {"range": [19, 56.5]},
        },
        uirevision="a-map",
    )
    return figure


def bar_chart() -> BarChart:
    return BarChart(
        rows=(
            BarRow(name="Supported ●", value=5, text="5", colour="#0B6E54"),
            BarRow(name="Contradicted ✕", value=3, text="3", colour="#B4231B"),
        )
    )


def day_figure() -> go.Figure:
    """Two panels across, one of them of days; a bar with a gap, hollow and full marks, words."""
    figure = go.Figure()
    figure.add_trace(go.Scatter(x=[1.0, 2.0], y=[1.0, 1.0], mode="markers", xaxis="x"))
    figure.add_trace(
        go.Scatter(
            x=["2025-01-01T00:00:00", "2025-02-01T00:00:00", None, "2025-03-01", "2025-04-01"],
            y=[1.0, 1.0, None, 2.0, 2.0],
            mode="lines",
            xaxis="x2",
            line={"color": "#B4231B", "width": 6},
            opacity=0.4,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=["2025-04-10T12:00:00", "2025-05-07"],
            y=[1.0, 2.0],
            mode="markers",
            xaxis="x2",
            marker={
                "symbol": ["square", "diamond"],
                "size": 11,
                "color": [LIGHT.paper, "#B4231B"],
                "line": {"width": [2, 1], "color": ["#7A2E1D", LIGHT.paper]},
            },
            customdata=[["event", "e01"], ["event", "e02"]],
        )
    )
    figure.update_layout(
        xaxis={"domain": [0, 0.2], "range": [0.5, 2.5], "showticklabels": False},
        xaxis2={
            "domain": [0.22, 1],
            "type": "date",
            "range": ["2025-01-01", "2025-12-31"],
            "side": "top",
            "tickvals": ["2025-01-01", "2025-07-01"],
            "ticktext": ["Jan<br>2025", "Jul"],
        },
        yaxis={"range": [3, 0], "showticklabels": False},
        annotations=[
            {"text": "<b>Defence</b>", "xref": "paper", "x": 0, "y": 0.5, "xanchor": "left"},
            {"text": "Pact", "xref": "x2", "x": "2025-05-07", "y": 2, "xanchor": "left"},
        ],
        shapes=[
            {
                "type": "line",
                "xref": "x2",
                "x0": "2025-04-10",
                "x1": "2025-04-10",
                "y0": 0,
                "y1": 3,
            },
            {
                "type": "rect",
                "xref": "x2",
                "x0": "2025-06-01",
                "x1": "2025-12-31",
                "y0": 0,
                "y1": 3,
                "fillcolor": "#1C1E21",
                "opacity": 0.06,
                "line": {"width": 0},
            },
        ],
    )
    return figure


def symbol_grid() -> SymbolGrid:
    blue = "#1668A8"
    return SymbolGrid(
        names=("Actor 0", "Actor 1", "Actor 2"),
        strong=frozenset({"Actor 0"}),
        cells={(0, 1): (("●", blue), ("✖", blue)), (1, 0): (("●", blue),)},
    )
