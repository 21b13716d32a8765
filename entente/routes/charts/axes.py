"""Axes of charts with a row for each corridor, actor or published figure."""

import math
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from entente.style.palette import Palette
from entente.style.theme import REGULAR, escape


def set_row_axes(
    figure: go.Figure,
    *,
    across: Sequence[float],
    down: Sequence[float],
    title: str,
    palette: Palette,
) -> None:
    """Set an axis of amounts at the bottom, and one of rows whose names stand in the figure.

    Args:
        figure: The figure, which is changed; nothing in it can be dragged.
        across: The amounts at both ends.
        down: The places of rows at both ends, that at the bottom first.
        title: What the amounts are.
        palette: The appearance to draw in.
    """
    font = {"color": palette.muted, "size": REGULAR}
    figure.update_xaxes(
        range=across,
        fixedrange=True,
        zeroline=False,
        gridcolor=palette.rule,
        nticks=6,
        tickfont=font,
        title={"text": title, "font": font, "standoff": 2},
    )
    figure.update_yaxes(visible=False, range=down, fixedrange=True)
    figure.update_layout(hovermode="closest", dragmode=False)


def set_ratio_axes(
    figure: go.Figure,
    *,
    extent: tuple[float, float],
    ticks: Mapping[float, str],
    title: str,
    rows: Mapping[int, str],
    row_size: int,
    palette: Palette,
) -> None:
    """Set a logarithmic axis of ratios at the top, and rows by name, the first at the top.

    Args:
        figure: The figure, which is changed; nothing in it can be dragged.
        extent: Least and greatest ratio that must be in sight, both above zero.
        ticks: Ratio to the text of its tick.
        title: What the ratio is.
        rows: Place of a row, counting from 0, to its name as plain text.
        row_size: Size of the names.
        palette: The appearance to draw in.
    """
    small = {"color": palette.muted, "size": REGULAR}
    figure.update_xaxes(
        type="log",
        range=[math.log10(end) for end in extent],
        tickvals=list(ticks),
        ticktext=list(ticks.values()),
        side="top",
        fixedrange=True,
        gridcolor=palette.rule,
        zeroline=False,
        tickfont=small,
        title={"text": title, "font": small, "standoff": 6},
    )
    figure.update_yaxes(
        tickvals=list(rows),
        ticktext=[escape(name) for name in rows.values()],
        range=[len(rows) - 0.4, -0.6],
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        automargin=True,
        ticks="",
        tickfont={"color": palette.ink, "size": row_size},
    )
    figure.update_layout(hovermode="closest", dragmode=False)
