"""Published figures in a chart: a row each or a row a kind, along a ratio on a logarithmic axis."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from entente.style.palette import Palette
from entente.style.theme import SMALL, escape, identity


def identify_figures(compared: pd.DataFrame) -> pd.Series:
    """What each mark stands for: its id, and the ids of its legs and of its source.

    Args:
        compared: Rows of `benchmarks.COMPARED_COLUMNS`.

    Returns:
        Strings for `customdata`, by the index of `compared`.
    """
    marks = [
        identity("benchmark", row.benchmark_id, row.leg_ids, row.source_id)
        for row in compared.itertuples()
    ]
    return pd.Series(marks, compared.index, dtype=object)


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
        figure: The figure, which is changed.
        extent: Least and greatest ratio that must be in sight, both above zero.
        ticks: Ratio to the text of its tick.
        title: What the ratio is.
        rows: Place of a row, counting from 0, to its name as plain text.
        row_size: Size of the names.
        palette: The appearance to draw in.
    """
    small = {"color": palette.muted, "size": SMALL + 1}
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
