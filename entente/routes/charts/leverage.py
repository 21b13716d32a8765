"""Leverage bars: what a veto of each actor costs on a way, and what several cost together."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from entente.content import BarChart, BarRow
from entente.style.basemap import blend
from entente.style.palette import Palette
from entente.style.theme import SMALL, blank_figure, empty_figure, literal

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
    rows = _rows(actors, joint, quantity)
    if rows.empty:
        text = f"Nobody can deny transit between {place_pair}."
        return empty_figure(palette, key="leverage", text=text)
    figure = blank_figure(palette, key="leverage")
    most = _most(rows)
    for row in rows.to_dict("records"):
        figure.add_traces(_bars(row, most, quantity, palette))
        figure.add_annotation(**_name(row, palette))
        figure.add_annotation(**_amount(row, most, quantity, palette))
    if quantity == "days":
        figure.add_trace(_shapley(rows, palette))
    figure.update_xaxes(**_axis(_least(rows), most, quantity, palette))
    figure.update_yaxes(visible=False, range=[rows["place"].max() + 0.55, -0.95], fixedrange=True)
    figure.update_layout(
        barmode="overlay",
        hovermode="closest",
        dragmode=False,
        margin={"l": 4, "r": 8, "t": 4, "b": 44},
    )
    return figure


def leverage_bar_rows(
    *, actors: pd.DataFrame, joint: pd.DataFrame, quantity: str, palette: Palette
) -> BarChart | None:
    """What :func:`leverage_bars` shows as bars that other programs can draw."""
    rows = _rows(actors, joint, quantity)
    if rows.empty:
        return None
    most = _most(rows)
    return BarChart(
        rows=tuple(_bar_row(row, most, quantity, palette) for row in rows.to_dict("records")),
        title=f"{UNITS[quantity][0]} lost",
        second_title="Shapley value" if quantity == "days" else "",
    )


def _bar_row(row: Mapping[str, object], most: float, quantity: str, palette: Palette) -> BarRow:
    loss, parts = _number(row["loss"]), _number(row["parts"])
    shapley = _number(row["shapley_days"]) if quantity == "days" else math.nan
    first = _bars(row, most, quantity, palette)[0]
    pattern = first.marker.pattern
    added = max(loss - parts, 0.0) if row["is_joint"] else math.nan
    return BarRow(
        name=str(row["label"]),
        value=round(most if row["cuts_route"] else loss, 3),
        text=_amount_in_words(row, quantity),
        note=f", {format(added, UNITS[quantity][1])} of it only together" if added > 0 else "",
        colour=first.marker.color,
        pattern=pattern.shape or "",
        pattern_colour=pattern.fgcolor or "",
        second=None if math.isnan(shapley) else round(shapley, 3),
    )


def leverage_bars_alt(
    *, actors: pd.DataFrame, joint: pd.DataFrame, quantity: str, place_pair: str
) -> str:
    """What :func:`leverage_bars` shows, in words."""
    rows = _rows(actors, joint, quantity)
    if rows.empty:
        return f"An empty chart: nobody can deny transit between {place_pair}."
    parts = [f"{row['label']} {_loss_in_words(row, quantity)}" for row in rows.to_dict("records")]
    return f"Bars of what a veto costs between {place_pair}: {'; '.join(parts)}."


def _rows(actors: pd.DataFrame, joint: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """Actors by loss, those that cut the route first; then the sets in the order given."""
    loss = f"veto_loss_{quantity}"
    alone = actors.assign(loss=actors[loss], parts=math.nan, is_joint=False)
    keys = {"cuts": alone["cuts_route"].astype(bool), "less": -alone["loss"].fillna(0)}
    ranked = alone.assign(**keys).sort_values(
        ["cuts", "less", "actor_id"], ascending=[False, True, True], kind="stable"
    )
    sets = joint.assign(is_joint=True, shapley_days=math.nan)
    if len(sets):
        sets = sets.assign(loss=sets[loss], parts=sets[f"parts_{quantity}"])
    rows = pd.concat([ranked, sets], ignore_index=True) if len(sets) else ranked
    gap = rows["is_joint"].astype(float) * 0.5  # a step between the actors and the sets
    return (
        rows.reset_index(drop=True)
        .assign(place=range(len(rows)))
        .assign(place=lambda table: table["place"] + gap.to_numpy())
    )


def _most(rows: pd.DataFrame) -> float:
    drawn = rows.loc[~rows["cuts_route"].astype(bool), ["loss", "parts", "shapley_days"]]
    most = drawn.max().max() if len(drawn) else math.nan
    return float(most) if most > 0 else 1.0


def _least(rows: pd.DataFrame) -> float:
    """A detour may be cheaper than the way that was chosen for its speed: a loss below 0."""
    return float(min(rows["loss"].min(skipna=True), 0.0)) if rows["loss"].notna().any() else 0.0


def _bars(row: Mapping[str, object], most: float, quantity: str, palette: Palette) -> list[go.Bar]:
    """One bar; two for a set, the second hatched for what it adds; a dotted one for a cut."""
    hue = palette.actor(str(row["actor_id"])) if not row["is_joint"] else palette.ink
    if row["cuts_route"]:
        hatch = {"shape": "x", "fgcolor": palette.statuses["closed"], "size": 7, "solidity": 0.25}
        ground = blend(palette.statuses["closed"], palette.paper, share=0.12)
        return [_bar(row, length=most, colour=ground, quantity=quantity, pattern=hatch)]
    loss, parts = _number(row["loss"]), _number(row["parts"])
    if not row["is_joint"] or math.isnan(parts):
        return [_bar(row, length=loss, colour=hue, quantity=quantity)]
    hatch = {"shape": "/", "fgcolor": hue, "size": 6, "solidity": 0.4}
    pale = blend(hue, palette.paper, share=0.08)
    common = min(loss, parts)
    return [
        _bar(row, length=common, colour=hue, quantity=quantity),
        _bar(row, base=common, length=loss - common, colour=pale, quantity=quantity, pattern=hatch),
    ]


def _bar(
    row: Mapping[str, object],
    *,
    base: float = 0.0,
    length: float,
    colour: str,
    quantity: str,
    pattern: dict[str, object] | None = None,
) -> go.Bar:
    return go.Bar(
        orientation="h",
        base=[round(base, 3)],
        x=[round(length, 3)],
        y=[row["place"]],
        width=THICKNESS,
        marker={"color": colour, "line": {"width": 0}, "pattern": pattern or {"shape": ""}},
        hovertext=[f"<b>{literal(row['label'])}</b><br>{_loss_in_words(row, quantity)}"],
        hoverinfo="text",
        name=str(row["actor_id"]),
        customdata=[row["identity"]],
    )


def _shapley(rows: pd.DataFrame, palette: Palette) -> go.Scatter:
    known = rows[rows["shapley_days"].notna()]
    ring = {"width": 2, "color": palette.ink}
    return go.Scatter(
        x=known["shapley_days"].astype(float).round(3).tolist(),
        y=known["place"].tolist(),
        mode="markers",
        marker={
            "symbol": "diamond",
            "size": 10,
            "color": palette.paper,
            "line": ring,
            "opacity": 1,
        },
        hovertext=[
            f"<b>{literal(row.label)}</b><br>Shapley value {row.shapley_days:,.1f} days"
            for row in known.itertuples()
        ],
        hoverinfo="text",
        name="Shapley value",
        customdata=known["identity"].tolist(),
    )


def _name(row: Mapping[str, object], palette: Palette) -> dict[str, object]:
    label = literal(row["label"])
    return {
        "x": 0,
        "y": row["place"],
        "yshift": 18,
        "xanchor": "left",
        "text": f"<b>{label}</b>" if row["is_joint"] else label,
        "showarrow": False,
        "font": {"size": SMALL + 1, "color": palette.ink},
    }


def _amount(
    row: Mapping[str, object], most: float, quantity: str, palette: Palette
) -> dict[str, object]:
    """The figure at the end of the bar; of a cut, the word on it."""
    cut = bool(row["cuts_route"])
    ends = [_number(row["loss"])]
    if quantity == "days":
        ends.append(_number(row["shapley_days"]))
    end = max([0.0, *(value for value in ends if not math.isnan(value))])
    return {
        "x": most / 2 if cut else end,
        "y": row["place"],
        "xshift": 0 if cut else 9,
        "xanchor": "center" if cut else "left",
        "text": f"<b>{_amount_in_words(row, quantity)}</b>",
        "showarrow": False,
        "bgcolor": palette.paper if cut else None,
        "borderpad": 2,
        "font": {
            "size": SMALL + 1,
            "color": palette.statuses["closed"] if cut else palette.ink,
        },
    }


def _amount_in_words(row: Mapping[str, object], quantity: str) -> str:
    if row["cuts_route"]:
        return "✕ cuts the route"
    loss = _number(row["loss"])
    return format(loss, f"+{UNITS[quantity][1]}") if loss else "changes nothing"


def _loss_in_words(row: Mapping[str, object], quantity: str) -> str:
    if row["cuts_route"]:
        return "cuts the route"
    unit, shape = UNITS[quantity]
    loss, parts = _number(row["loss"]), _number(row["parts"])
    if loss == 0:
        return "changes nothing"
    words = f"{format(abs(loss), shape)} {unit} {'more' if loss > 0 else 'less'}"
    if row["is_joint"] and not math.isnan(parts):
        side = "over" if loss >= parts else "below"
        words += f", {format(abs(loss - parts), shape)} {side} the sum of the parts"
    return words


def _axis(least: float, most: float, quantity: str, palette: Palette) -> dict[str, object]:
    return {
        "range": [min(least, -most * 0.02), most * ROOM],
        "fixedrange": True,
        "gridcolor": palette.rule,
        "zeroline": True,
        "zerolinecolor": palette.muted,
        "tickfont": {"color": palette.muted, "size": SMALL + 1},
        "title": {
            "text": f"{UNITS[quantity][0]} lost",
            "font": {"size": SMALL + 1, "color": palette.muted},
        },
        "nticks": 6,
    }


def _number(value: object) -> float:
    return math.nan if value is None else float(value)  # type: ignore[arg-type]
