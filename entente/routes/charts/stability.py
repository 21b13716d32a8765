"""Stability: which corridor comes first under which weights, as a triangle and as shares."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.content import BarChart, BarRow
from entente.style.palette import Palette
from entente.style.theme import REGULAR, SMALL, blank_figure, empty_figure, literal, scaffold

HEIGHT = math.sqrt(3) / 2
CORNERS = ("time", "cost", "emissions")
# Hue (a theme's) and symbol by turns, so that neighbours differ in both.
LOOKS = (
    ("diplomacy", "circle", "●"),
    ("finance", "diamond", "◆"),
    ("transport", "square", "■"),
    ("nuclear", "triangle-up", "▲"),
    ("energy", "cross", "✚"),
    ("recognition", "star", "★"),
    ("great-power", "triangle-down", "▼"),
    ("domestic", "x", "✖"),
)
KEY_LINE = 18
NOBODY = "No corridor to weigh."


def stability_triangle(
    *,
    points: pd.DataFrame,
    corridors: pd.DataFrame,
    palette: Palette,
) -> go.Figure:
    """Who comes first under every mix of time, cost and emissions.

    Args:
        points: Rows of `weights.winners_on_triangle` for these three.
        corridors: One row a corridor on screen, in its order: `corridor_id`, `number`,
            `short_label`, `identity`. The order gives hue and symbol.
        palette: The appearance to draw in.

    Returns:
        A figure whose marks carry the `identity` of their corridor as `customdata`.
    """
    if points.empty:
        return empty_figure(palette, key="stability-triangle", text=NOBODY)
    figure = blank_figure(palette, key="stability-triangle")
    placed = points.assign(x=_across(points), y=points["emissions"] * HEIGHT)
    pairs = zip(corridors.to_dict("records"), _looks(corridors, palette), strict=True)
    first = [pair for pair in pairs if pair[0]["corridor_id"] in set(points["corridor_id"])]
    for row, look in first:
        own = placed[placed["corridor_id"] == row["corridor_id"]]
        figure.add_trace(_region(own, row, look))
        figure.add_annotation(**_region_label(own, row, look, palette))
    figure.add_annotation(**_key(first, palette))
    figure.add_trace(_outline(palette))
    for corner in _corner_labels(palette):
        figure.add_annotation(**corner)
    figure.update_xaxes(visible=False, range=[-0.16, 1.16], fixedrange=True)
    figure.update_yaxes(
        visible=False, range=[-0.13, 0.98], fixedrange=True, scaleanchor="x", constrain="domain"
    )
    top = KEY_LINE * len(first) + 8
    figure.update_layout(
        hovermode="closest", dragmode=False, margin={"l": 4, "r": 4, "t": top, "b": 4}
    )
    return figure


def with_reader(figure: go.Figure, reader: Mapping[str, float], *, palette: Palette) -> go.Figure:
    """A copy of the triangle with the reader's mix marked, as far as it lies in it.

    Args:
        figure: What :func:`stability_triangle` gave; it stays as it is.
        reader: Criterion to the reader's weight.
        palette: The appearance to draw in.
    """
    # Marks at every touch of a slider: what is copied was checked when it was made, and checking
    # it again would take longer than all the rest.
    marked = go.Figure(figure.to_dict(), _validate=False)
    if sum(reader.get(name, 0.0) for name in CORNERS) > 0:
        marked.add_traces(_reader_mark(reader, palette))
    return marked


def stability_triangle_alt(
    *, points: pd.DataFrame, corridors: pd.DataFrame, reader: Mapping[str, float] | None
) -> str:
    """What :func:`stability_triangle` shows, in words."""
    if points.empty:
        return f"An empty chart: {NOBODY.lower()}"
    names = dict(zip(corridors["corridor_id"], corridors["short_label"], strict=True))
    counts = points["corridor_id"].value_counts(normalize=True)
    parts = [f"{names[one]} {share:.0%}" for one, share in counts.items()]
    mark = ", the reader's weights marked" if reader else ""
    return (
        f"Triangle of all mixes of time, cost and emissions{mark}, by who comes first: "
        f"{', '.join(parts)} of its area."
    )


def stability_shares(*, shares: pd.Series, corridors: pd.DataFrame, palette: Palette) -> go.Figure:
    """Share of all weightings of the five criteria under which each corridor comes first.

    Args:
        shares: As `weights.winning_shares` gives them, by corridor.
        corridors: As for :func:`stability_triangle`.
        palette: The appearance to draw in.
    """
    if shares.empty:
        return empty_figure(palette, key="stability-shares", text=NOBODY)
    figure = blank_figure(palette, key="stability-shares")
    looks = _looks(corridors, palette)
    rows = corridors.assign(share=corridors["corridor_id"].map(shares)).to_dict("records")
    for place, (row, look) in enumerate(zip(rows, looks, strict=True)):
        figure.add_trace(_bar(row, place, look))
        figure.add_annotation(**_bar_label(row, place, look, palette))
        figure.add_annotation(**_bar_share(row, place, palette))
    figure.update_xaxes(range=[0, 1.14], visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, range=[len(rows) - 0.5, -0.85], fixedrange=True)
    figure.update_layout(
        hovermode="closest", dragmode=False, margin={"l": 4, "r": 4, "t": 4, "b": 4}
    )
    return figure


def stability_shares_alt(*, shares: pd.Series, corridors: pd.DataFrame) -> str:
    """What :func:`stability_shares` shows, in words."""
    if shares.empty:
        return f"An empty chart: {NOBODY.lower()}"
    names = dict(zip(corridors["corridor_id"], corridors["short_label"], strict=True))
    ordered = shares.sort_values(ascending=False, kind="stable")
    parts = [f"{names[one]} {_percent(share)}" for one, share in ordered.items()]
    return f"Bars: share of all weightings under which a corridor comes first. {'; '.join(parts)}."


def stability_share_bars(
    *, shares: pd.Series, corridors: pd.DataFrame, palette: Palette
) -> BarChart | None:
    """What :func:`stability_shares` shows as bars that other programs can draw."""
    if shares.empty:
        return None
    rows = corridors.assign(share=corridors["corridor_id"].map(shares)).to_dict("records")
    return BarChart(
        rows=tuple(
            BarRow(
                name=f"{look[2]} {row['number']}  {row['short_label']}",
                value=round(float(row["share"]), 4),
                text=_percent(float(row["share"])),
                colour=look[0],
            )
            for row, look in zip(rows, _looks(corridors, palette), strict=True)
        )
    )


Look = tuple[str, str, str]


def _looks(corridors: pd.DataFrame, palette: Palette) -> list[Look]:
    """Hue, symbol and the same symbol as a character, for each corridor in its order."""
    found = [LOOKS[place % len(LOOKS)] for place in range(len(corridors))]
    return [(palette.themes[theme], symbol, character) for theme, symbol, character in found]


def _across(points: pd.DataFrame) -> pd.Series:
    """Time at the left foot, cost at the right, emissions on top."""
    return points["cost"] + points["emissions"] / 2


def _region(own: pd.DataFrame, row: Mapping[str, object], look: Look) -> go.Scatter:
    hue, symbol, _ = look
    texts = [
        f"<b>{literal(row['short_label'])}</b> comes first<br>"
        f"time {time:.0%}, cost {cost:.0%}, emissions {emissions:.0%}"
        for time, cost, emissions in own[list(CORNERS)].to_numpy().tolist()
    ]
    return go.Scatter(
        x=own["x"].round(4).tolist(),
        y=own["y"].round(4).tolist(),
        mode="markers",
        marker={"symbol": symbol, "size": 11, "color": hue, "opacity": 0.8, "line": {"width": 0}},
        hovertext=texts,
        hoverinfo="text",
        name=str(row["corridor_id"]),
        customdata=[row["identity"]] * len(own),
    )


def _region_label(
    own: pd.DataFrame, row: Mapping[str, object], look: Look, palette: Palette
) -> dict[str, object]:
    """The corridor's number on the point that is nearest to the middle of its region."""
    middle = ((own["x"] - own["x"].mean()) ** 2 + (own["y"] - own["y"].mean()) ** 2).idxmin()
    return {
        "x": float(own.at[middle, "x"]),
        "y": float(own.at[middle, "y"]),
        "text": f"<b>{row['number']}</b>",
        "showarrow": False,
        "bgcolor": palette.paper,
        "bordercolor": look[0],
        "borderwidth": 1.5,
        "borderpad": 4,
        "font": {"size": REGULAR, "color": palette.ink},
    }


def _key(rows: Sequence[tuple[Mapping[str, object], Look]], palette: Palette) -> dict[str, object]:
    """Symbol, number and name of those that come first somewhere, a line each, on top."""
    lines = [
        f"<span style='color:{hue}'>{character}</span> "
        f"<b>{row['number']}</b>  {literal(row['short_label'])}"
        for row, (hue, _, character) in rows
    ]
    return {
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "yshift": KEY_LINE * len(rows) + 4,
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "text": "<br>".join(lines),
        "showarrow": False,
        "font": {"size": SMALL + 1, "color": palette.ink},
    }


def _outline(palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=[0, 1, 0.5, 0],
        y=[0, 0, HEIGHT, 0],
        mode="lines",
        line={"color": palette.muted, "width": 1.4},
        hoverinfo="skip",
        meta=scaffold("edge of all mixes"),
        name="all mixes",
    )


def _corner_labels(palette: Palette) -> list[dict[str, object]]:
    ends: Sequence[tuple[str, float, float, int]] = (
        ("all on time", 0, 0, -16),
        ("all on cost", 1, 0, -16),
        ("all on emissions", 0.5, HEIGHT, 16),
    )
    font = {"size": SMALL + 1, "color": palette.muted}
    return [
        {"text": text, "x": x, "y": y, "yshift": shift, "showarrow": False, "font": font}
        for text, x, y, shift in ends
    ]


def _reader_mark(reader: Mapping[str, float], palette: Palette) -> list[go.Scatter]:
    """The reader's mix of the three, as a ring with a word; it is the reader's, not the data's."""
    total = sum(reader.get(name, 0.0) for name in CORNERS)
    _, cost, emissions = (reader.get(name, 0.0) / total for name in CORNERS)
    across, up = cost + emissions / 2, emissions * HEIGHT
    at: dict[str, Any] = {"x": [round(across, 4)], "y": [round(up, 4)]}
    ring = {"symbol": "circle-open", "size": 20, "line": {"width": 3}}
    halo = {"symbol": "circle-open", "size": 20, "line": {"width": 6}}
    at["meta"] = scaffold("the reader's own mix")
    return [
        go.Scatter(mode="markers", marker={**halo, "color": palette.paper}, hoverinfo="skip", **at),
        go.Scatter(
            mode="markers",
            marker={**ring, "color": palette.ink, "opacity": 1},
            hovertext=["Your mix of these three"],
            hoverinfo="text",
            name="reader",
            **at,
        ),
    ]


def _bar(row: Mapping[str, object], place: int, look: Look) -> go.Bar:
    share = float(row["share"])  # type: ignore[arg-type]
    return go.Bar(
        orientation="h",
        x=[round(share, 4)],
        y=[place],
        width=0.34,
        marker={"color": look[0], "line": {"width": 0}},
        hovertext=[
            f"<b>{literal(row['short_label'])}</b><br>first under {_percent(share)} of weightings"
        ],
        hoverinfo="text",
        name=str(row["corridor_id"]),
        customdata=[row["identity"]],
    )


def _bar_label(
    row: Mapping[str, object], place: int, look: Look, palette: Palette
) -> dict[str, object]:
    return {
        "x": 0,
        "y": place,
        "yshift": 17,
        "xanchor": "left",
        "text": f"<span style='color:{look[0]}'>{look[2]}</span> "
        f"{row['number']}  {literal(row['short_label'])}",
        "showarrow": False,
        "font": {"size": SMALL + 1, "color": palette.ink},
    }


def _bar_share(row: Mapping[str, object], place: int, palette: Palette) -> dict[str, object]:
    share = float(row["share"])  # type: ignore[arg-type]
    return {
        "x": share,
        "y": place,
        "xshift": 4,
        "xanchor": "left",
        "text": f"<b>{_percent(share)}</b>",
        "showarrow": False,
        "font": {"size": REGULAR, "color": palette.ink if share else palette.muted},
    }


def _percent(share: float) -> str:
    if 0 < share < 0.01:
        return "under 1 %"
    return f"{share:.0%}".replace("%", " %")
