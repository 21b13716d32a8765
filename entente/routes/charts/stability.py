"""Stability: which corridor comes first under which weights, as a triangle and as shares."""

import math
from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.content import BarChart, BarRow
from entente.style.palette import Palette
from entente.style.theme import REGULAR, SMALL, blank_figure, empty_figure, escape, scaffold

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
NEAR_RING, AWAY_FROM_RING = 0.12, 28  # as a share of the side of the triangle; in pixels
NOBODY = "No corridor to weigh."


def stability_triangle(
    *, points: pd.DataFrame, corridors: pd.DataFrame, palette: Palette
) -> go.Figure:
    """Who comes first under every mix of time, cost and emissions.

    Args:
        points: Rows of `weights.find_winners` for these three.
        corridors: One row a corridor on screen, in its order: `corridor_id`, `number`,
            `short_label`, `identity`. The order gives hue and symbol.
        palette: The appearance to draw in.

    Returns:
        A figure whose marks carry the `identity` of their corridor as `customdata`.
    """
    if points.empty:
        return empty_figure(palette, key="stability-triangle", text=NOBODY)
    figure = blank_figure(palette, key="stability-triangle")
    placed = points.assign(
        x=points["cost"] + points["emissions"] / 2, y=points["emissions"] * HEIGHT
    )
    winners = set(points["corridor_id"])
    first = [row for row in _list_looks(corridors, palette) if row["corridor_id"] in winners]
    for row in first:
        own = placed[placed["corridor_id"] == row["corridor_id"]]
        figure.add_trace(_draw_region(own, row))
        figure.add_annotation(**_number_region(own, row, palette))
    figure.add_scatter(
        x=[0, 1, 0.5, 0],
        y=[0, 0, HEIGHT, 0],
        mode="lines",
        line={"color": palette.muted, "width": 1.4},
        hoverinfo="skip",
        meta=scaffold("edge of all mixes"),
        name="all mixes",
    )
    _add_words(figure, first, palette)
    figure.update_xaxes(visible=False, range=[-0.16, 1.16], fixedrange=True)
    figure.update_yaxes(
        visible=False, range=[-0.13, 0.98], fixedrange=True, scaleanchor="x", constrain="domain"
    )
    top = KEY_LINE * len(first) + 8
    return figure.update_layout(margin={"l": 4, "r": 4, "t": top, "b": 4})


def _number_region(own: pd.DataFrame, row: Mapping[str, Any], palette: Palette) -> dict[str, Any]:
    """The corridor's number on the point that is nearest to the middle of its region."""
    x, y = own[["x", "y"]].mean()
    middle = own.loc[((own["x"] - x) ** 2 + (own["y"] - y) ** 2).idxmin()]
    return {
        "x": float(middle["x"]),
        "y": float(middle["y"]),
        "text": f"<b>{escape(row['number'])}</b>",
        "showarrow": False,
        "bgcolor": palette.paper,
        "bordercolor": row["hue"],
        "borderwidth": 1.5,
        "borderpad": 4,
        "font": {"size": REGULAR, "color": palette.ink},
    }


def _add_words(figure: go.Figure, first: Sequence[Mapping[str, Any]], palette: Palette) -> None:
    """A line on top for each that comes first somewhere, and what each corner means."""
    figure.add_annotation(
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        yshift=KEY_LINE * len(first) + 4,
        xanchor="left",
        yanchor="top",
        align="left",
        text="<br>".join(_name(row, number=f"<b>{escape(row['number'])}</b>") for row in first),
        showarrow=False,
        font={"size": SMALL + 1, "color": palette.ink},
    )
    for word, x, y in (("time", 0, 0), ("cost", 1, 0), ("emissions", 0.5, HEIGHT)):
        figure.add_annotation(
            text=f"all on {word}",
            x=x,
            y=y,
            yshift=16 if y else -16,
            showarrow=False,
            font={"size": SMALL + 1, "color": palette.muted},
        )


def _draw_region(own: pd.DataFrame, row: Mapping[str, Any]) -> go.Scatter:
    texts = [
        f"<b>{escape(row['short_label'])}</b> comes first<br>"
        f"time {time:.0%}, cost {cost:.0%}, emissions {emissions:.0%}"
        for time, cost, emissions in own[list(CORNERS)].to_numpy().tolist()
    ]
    return go.Scatter(
        x=own["x"].round(4).tolist(),
        y=own["y"].round(4).tolist(),
        mode="markers",
        marker={
            "symbol": row["symbol"],
            "size": 11,
            "color": row["hue"],
            "opacity": 0.8,
            "line": {"width": 0},
        },
        hovertext=texts,
        hoverinfo="text",
        name=str(row["corridor_id"]),
        customdata=[row["identity"]] * len(own),
    )


def mark_reader(figure: go.Figure, reader: Mapping[str, float], *, palette: Palette) -> go.Figure:
    """A copy of :func:`stability_triangle` with the reader's mix marked, as far as it lies in it.

    The mark is a ring, the reader's and not the data's; `reader` has a weight by criterion.
    """
    # Marks at every touch of a slider: what is copied was checked when it was made, and checking
    # it again would take longer than all the rest.
    marked = go.Figure(figure.to_dict(), _validate=False)
    total = sum(reader.get(name, 0.0) for name in CORNERS)
    if total <= 0:
        return marked
    _, cost, emissions = (reader.get(name, 0.0) / total for name in CORNERS)
    shared: dict[str, Any] = {
        "x": [round(cost + emissions / 2, 4)],
        "y": [round(emissions * HEIGHT, 4)],
        "mode": "markers",
        "meta": scaffold("the reader's own mix"),
    }
    ring = {"symbol": "circle-open", "size": 20}
    halo = {**ring, "line": {"width": 6}, "color": palette.paper}
    for note in marked.layout.annotations:  # the number of a region gives way to the ring
        above = note.y - shared["y"][0]
        if note.bgcolor and math.hypot(note.x - shared["x"][0], above) < NEAR_RING:
            note.yshift = AWAY_FROM_RING if above >= 0 else -AWAY_FROM_RING
    marked.add_trace(go.Scatter(marker=halo, hoverinfo="skip", **shared))
    marked.add_trace(
        go.Scatter(
            marker={**ring, "line": {"width": 3}, "color": palette.ink, "opacity": 1},
            hovertext=["Your mix of these three"],
            hoverinfo="text",
            name="reader",
            **shared,
        )
    )
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

    `shares` are as `weights.measure_winning_shares` gives them, `corridors` as for
    :func:`stability_triangle`.
    """
    if shares.empty:
        return empty_figure(palette, key="stability-shares", text=NOBODY)
    figure = blank_figure(palette, key="stability-shares")
    rows = _list_looks(corridors.assign(share=corridors["corridor_id"].map(shares)), palette)
    for place, row in enumerate(rows):
        text = _format_share(row["share"])
        figure.add_bar(
            orientation="h",
            x=[round(row["share"], 4)],
            y=[place],
            width=0.34,
            marker={"color": row["hue"], "line": {"width": 0}},
            hovertext=[
                f"<b>{escape(row['short_label'])}</b><br>first under {text} of all priorities"
            ],
            hoverinfo="text",
            name=str(row["corridor_id"]),
            customdata=[row["identity"]],
        )
        figure.add_annotation(
            x=0,
            y=place,
            yshift=17,
            xanchor="left",
            text=_name(row, number=escape(row["number"])),
            showarrow=False,
            font={"size": SMALL + 1, "color": palette.ink},
        )
        figure.add_annotation(
            x=row["share"],
            y=place,
            xshift=4,
            xanchor="left",
            text=f"<b>{text}</b>",
            showarrow=False,
            font={"size": REGULAR, "color": palette.ink if row["share"] else palette.muted},
        )
    figure.update_xaxes(range=[0, 1.14], visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, range=[len(rows) - 0.5, -0.85], fixedrange=True)
    return figure.update_layout(margin={"l": 4, "r": 4, "t": 4, "b": 4})


def stability_shares_alt(*, shares: pd.Series, corridors: pd.DataFrame) -> str:
    """What :func:`stability_shares` shows, in words."""
    if shares.empty:
        return f"An empty chart: {NOBODY.lower()}"
    names = dict(zip(corridors["corridor_id"], corridors["short_label"], strict=True))
    ordered = shares.sort_values(ascending=False, kind="stable")
    parts = [f"{names[one]} {_format_share(share)}" for one, share in ordered.items()]
    return f"Bars: share of all priorities under which a corridor comes first. {'; '.join(parts)}."


def stability_share_bars(
    *, shares: pd.Series, corridors: pd.DataFrame, palette: Palette
) -> BarChart | None:
    """What :func:`stability_shares` shows as bars that other programs can draw."""
    if shares.empty:
        return None
    rows = _list_looks(corridors.assign(share=corridors["corridor_id"].map(shares)), palette)
    return BarChart(
        rows=tuple(
            BarRow(
                name=f"{row['character']} {row['number']}  {row['short_label']}",
                value=round(row["share"], 4),
                text=_format_share(row["share"]),
                colour=row["hue"],
            )
            for row in rows
        )
    )


def _list_looks(corridors: pd.DataFrame, palette: Palette) -> list[dict[str, Any]]:
    """The corridors in their order with `hue`, `symbol`, and the symbol as a `character`.

    The hue is their `colour`, if they have one.
    """
    rows = zip(corridors.to_dict("records"), cycle(LOOKS), strict=False)
    return [
        {
            **row,
            "hue": row.get("colour") or palette.themes[theme],
            "symbol": symbol,
            "character": character,
        }
        for row, (theme, symbol, character) in rows
    ]


def _name(row: Mapping[str, Any], *, number: object) -> str:
    """Symbol, number and name of a corridor."""
    symbol = f"<span style='color:{row['hue']}'>{row['character']}</span>"
    return f"{symbol} {number}  {escape(row['short_label'])}"


def _format_share(share: float) -> str:
    return "under 1%" if 0 < share < 0.01 else f"{share:.0%}"
