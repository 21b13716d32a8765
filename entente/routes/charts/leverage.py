"""Leverage bars: what a veto of each actor costs on a route, and what several cost together."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.content import BarChart, BarRow
from entente.style.basemap import blend
from entente.style.palette import Palette
from entente.style.theme import SMALL, blank_figure, empty_figure, escape

UNITS = {"days": ("days", ",.1f"), "usd": ("USD per TEU", ",.0f")}
THICKNESS = 0.4
ROOM = 1.3  # of the longest bar, so that the words at its end fit


def leverage_bars(
    *,
    actors: pd.DataFrame,
    joint: pd.DataFrame,
    quantity: str,
    place_pair: str,
    palette: Palette,
) -> go.Figure:
    """Loss by the veto of each actor, largest first, and of sets of them below.

    Args:
        actors: `actor_id`, `label`, `identity`, `veto_loss_days`, `veto_loss_usd`, `cuts_route`
            and `shapley_days`. Where a veto cuts the route its loss is not drawn to scale, for
            there is none; the row says so.
        joint: Sets of actors: `actor_id` (ids joined by a blank), `label`, `identity`,
            `veto_loss_days`, `veto_loss_usd`, `cuts_route`, and `parts_days`, `parts_usd`, the sum
            of the losses of each alone, missing when one of them cuts the route.
        quantity: `days` or `usd`.
        place_pair: The two places, for the words of an empty figure.
        palette: The appearance to draw in.

    Returns:
        A figure whose bars carry the `identity` of their row as `customdata`. A diamond is the
        Shapley value; hatching is what a set adds over its parts.
    """
    rows = _arrange(actors, joint, quantity)
    if rows.empty:
        text = f"Nobody can deny transit between {place_pair}."
        return empty_figure(palette, key="leverage", text=text)
    figure = blank_figure(palette, key="leverage")
    most, unit = _find_longest(rows), UNITS[quantity][0]
    for row in rows.to_dict("records"):
        figure.add_traces(_draw_bars(row, most, quantity, palette))
        label = escape(row["label"])
        figure.add_annotation(
            x=0,
            y=row["place"],
            yshift=18,
            xanchor="left",
            text=f"<b>{label}</b>" if row["is_joint"] else label,
            showarrow=False,
            font={"size": SMALL + 1, "color": palette.ink},
        )
        figure.add_annotation(**_draw_amount(row, most, quantity, palette))
    if quantity == "days":
        figure.add_trace(_draw_shapley(rows, palette))
    # A detour may be cheaper than the route that was chosen for its speed: a loss below 0.
    least = min(0.0, float(rows["loss"].fillna(0).min()))
    figure.update_xaxes(
        range=[min(least, -most * 0.02), most * ROOM],
        fixedrange=True,
        gridcolor=palette.rule,
        zeroline=True,
        zerolinecolor=palette.muted,
        tickfont={"color": palette.muted, "size": SMALL + 1},
        title={"text": f"{unit} lost", "font": {"size": SMALL + 1, "color": palette.muted}},
        nticks=6,
    )
    figure.update_yaxes(visible=False, range=[rows["place"].max() + 0.55, -0.95], fixedrange=True)
    return figure.update_layout(
        barmode="overlay",
        hovermode="closest",
        dragmode=False,
        margin={"l": 4, "r": 8, "t": 4, "b": 44},
    )


def leverage_bar_rows(
    *, actors: pd.DataFrame, joint: pd.DataFrame, quantity: str, palette: Palette
) -> BarChart | None:
    """What :func:`leverage_bars` shows as bars that other programs can draw."""
    rows = _arrange(actors, joint, quantity)
    if rows.empty:
        return None
    most, (unit, shape) = _find_longest(rows), UNITS[quantity]

    def describe(row: Mapping[str, Any]) -> BarRow:
        marker = _draw_bars(row, most, quantity, palette)[0].marker
        added = row["loss"] - row["parts"] if row["is_joint"] else math.nan
        has_shapley = quantity == "days" and not math.isnan(row["shapley_days"])
        return BarRow(
            name=str(row["label"]),
            value=round(most if row["cuts_route"] else row["loss"], 3),
            text=_say_amount(row, quantity),
            note=f", {format(added, shape)} of it only together" if added > 0 else "",
            colour=marker.color,
            pattern=marker.pattern.shape or "",
            pattern_colour=marker.pattern.fgcolor or "",
            second=round(row["shapley_days"], 3) if has_shapley else None,
        )

    return BarChart(
        rows=tuple(map(describe, rows.to_dict("records"))),
        title=f"{unit} lost",
        second_title="Shapley value" if quantity == "days" else "",
    )


def leverage_bars_alt(
    *, actors: pd.DataFrame, joint: pd.DataFrame, quantity: str, place_pair: str
) -> str:
    """What :func:`leverage_bars` shows, in words."""
    rows = _arrange(actors, joint, quantity)
    if rows.empty:
        return f"An empty chart: nobody can deny transit between {place_pair}."
    parts = [f"{row['label']} {_say_loss(row, quantity)}" for row in rows.to_dict("records")]
    return f"Bars of what a veto costs between {place_pair}: {'; '.join(parts)}."


def _arrange(actors: pd.DataFrame, joint: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """Actors by loss, those that cut the route first; then the sets in the order given.

    All have `loss`, `parts` and `shapley_days` (missing where there is none), and the `place` of
    their bar, half a step further down for sets.
    """
    loss, parts = f"veto_loss_{quantity}", f"parts_{quantity}"
    alone = actors.assign(is_joint=False, less=-actors[loss].fillna(0)).sort_values(
        ["cuts_route", "less", "actor_id"], ascending=[False, True, True], kind="stable"
    )
    rows = pd.concat([alone, joint.assign(is_joint=True)] if len(joint) else [alone])
    rows = rows.reset_index(drop=True).reindex(columns=[*rows.columns.union([parts], sort=False)])
    numbers = rows[[loss, parts, "shapley_days"]].astype(float)
    return rows.assign(
        loss=numbers[loss],
        parts=numbers[parts],
        shapley_days=numbers["shapley_days"],
        place=rows.index + 0.5 * rows["is_joint"].astype(float),
    )


def _find_longest(rows: pd.DataFrame) -> float:
    drawn = rows.loc[~rows["cuts_route"].astype(bool), ["loss", "parts", "shapley_days"]]
    most = drawn.max().max()
    return float(most) if most > 0 else 1.0


def _draw_bars(
    row: Mapping[str, Any], most: float, quantity: str, palette: Palette
) -> list[go.Bar]:
    """One bar; two for a set, the second hatched for what it adds; a hatched one for a cut."""

    def draw(base: float, length: float, colour: str, **pattern: object) -> go.Bar:
        return go.Bar(
            orientation="h",
            base=[round(base, 3)],
            x=[round(length, 3)],
            y=[row["place"]],
            width=THICKNESS,
            marker={
                "color": colour,
                "line": {"width": 0},
                "pattern": pattern or {"shape": ""},
            },
            hovertext=[f"<b>{escape(row['label'])}</b><br>{_say_loss(row, quantity)}"],
            hoverinfo="text",
            name=str(row["actor_id"]),
            customdata=[row["identity"]],
        )

    if row["cuts_route"]:
        hue = palette.statuses["closed"]
        ground = blend(hue, palette.paper, share=0.12)
        return [draw(0.0, most, ground, shape="x", fgcolor=hue, size=7, solidity=0.25)]
    hue = palette.ink if row["is_joint"] else palette.actor(str(row["actor_id"]))
    loss, parts = row["loss"], row["parts"]
    if not row["is_joint"] or math.isnan(parts):
        return [draw(0.0, loss, hue)]
    common, pale = min(loss, parts), blend(hue, palette.paper, share=0.08)
    return [
        draw(0.0, common, hue),
        draw(common, loss - common, pale, shape="/", fgcolor=hue, size=6, solidity=0.4),
    ]


def _draw_shapley(rows: pd.DataFrame, palette: Palette) -> go.Scatter:
    known = rows[rows["shapley_days"].notna()]
    return go.Scatter(
        x=known["shapley_days"].round(3).tolist(),
        y=known["place"].tolist(),
        mode="markers",
        marker={
            "symbol": "diamond",
            "size": 10,
            "color": palette.paper,
            "line": {"width": 2, "color": palette.ink},
            "opacity": 1,
        },
        hovertext=[
            f"<b>{escape(row.label)}</b><br>Shapley value {row.shapley_days:,.1f} days"
            for row in known.itertuples()
        ],
        hoverinfo="text",
        name="Shapley value",
        customdata=known["identity"].tolist(),
    )


def _draw_amount(
    row: Mapping[str, Any], most: float, quantity: str, palette: Palette
) -> dict[str, Any]:
    """The figure at the end of the bar; of a cut, the word on it."""
    is_cut = bool(row["cuts_route"])
    ends = [row["loss"], row["shapley_days"] if quantity == "days" else math.nan]
    return {
        "x": most / 2 if is_cut else max([0.0, *(end for end in ends if not math.isnan(end))]),
        "y": row["place"],
        "xshift": 0 if is_cut else 9,
        "xanchor": "center" if is_cut else "left",
        "text": f"<b>{_say_amount(row, quantity)}</b>",
        "showarrow": False,
        "bgcolor": palette.paper if is_cut else None,
        "borderpad": 2,
        "font": {
            "size": SMALL + 1,
            "color": palette.statuses["closed"] if is_cut else palette.ink,
        },
    }


def _say_amount(row: Mapping[str, Any], quantity: str) -> str:
    if row["cuts_route"]:
        return "✕ cuts the route"
    return format(row["loss"], f"+{UNITS[quantity][1]}") if row["loss"] else "changes nothing"


def _say_loss(row: Mapping[str, Any], quantity: str) -> str:
    if row["cuts_route"]:
        return "cuts the route"
    loss, parts, (unit, shape) = row["loss"], row["parts"], UNITS[quantity]
    if loss == 0:
        return "changes nothing"
    words = f"{format(abs(loss), shape)} {unit} {'more' if loss > 0 else 'less'}"
    if row["is_joint"] and not math.isnan(parts):
        side = "over" if loss >= parts else "below"
        words += f", {format(abs(loss - parts), shape)} {side} the sum of the parts"
    return words
