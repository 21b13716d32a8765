"""A figure for a room: larger type, marks and lines, and nothing else changed."""

import plotly.graph_objects as go

from entente.style.theme import enlarge


def test_type_marks_and_lines_grow_and_places_stay() -> None:
    figure = go.Figure(
        go.Scatter(
            x=[1, 2],
            y=[3, 4],
            marker={"size": [10, 0], "line": {"width": 2}},
            line={"width": 3},
            textfont={"size": [10, 20]},
        )
    )
    figure.add_shape(x0=1, x1=2, line={"width": 1})
    figure.update_layout(font={"size": 12}, margin={"l": 6})
    large = enlarge(figure, by=1.5, least=17)
    (trace,), (shape,) = large.data, large.layout.shapes
    assert trace.marker.size == (15, 0)
    assert (trace.marker.line.width, trace.line.width, shape.line.width) == (3, 4.5, 1.5)
    assert trace.textfont.size == (17, 30)
    assert large.layout.font.size == 18
    assert (trace.x, trace.y, shape.x1, large.layout.margin.l) == ((1, 2), (3, 4), 2, 6)
    assert figure.data[0].marker.size == (10, 0), "the figure for a desk stays as it is"
