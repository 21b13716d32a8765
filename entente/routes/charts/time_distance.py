"""Time–distance: days, or price, against km along each way, after UNESCAP.

Slopes move, steps wait.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.content import IN_FIGURE
from entente.style.basemap import blend
from entente.style.palette import Palette
from entente.style.theme import SMALL, blank_figure, empty_figure, literal, wrapped

# Quantity to key, axis and unit.
MEASURES = {
    "days": ("time-distance", "days since departure", "days"),
    "cost_usd_per_teu": ("cost-distance", "USD per TEU since departure", "USD"),
}
BADGE_STEP = 0.068
BADGE_SIZE = 19
CLUSTER_SHARE = 0.08
ASIDE_SHARE = 0.035
KEY_WIDTH_SHARE = 0.5
KEY_ROW_SHARE = 0.045


def time_distance(
    *,
    profiles: pd.DataFrame,
    corridors: pd.DataFrame,
    picked: str | None,
    palette: Palette,
    quantity: str = "days",
) -> go.Figure:
    """What has added up since departure against distance, a line a corridor.

    Args:
        profiles: Points of each way in order: `corridor_id`, `stage`, `km`, `<quantity>_low`,
            `<quantity>_typical`, `<quantity>_high`, `behind` (ids of the leg and place of the
            stage), and for hover `what` (name of the stage) and `basis`.
        corridors: One row a corridor: `corridor_id`, `number`, `short_label`, `condition`,
            `identity`.
        picked: The corridor that gets its range as a band; None for none.
        palette: The appearance to draw in.
        quantity: `days` or `cost_usd_per_teu`.
    """
    key, axis, _ = MEASURES[quantity]
    if profiles.empty:
        return empty_figure(palette, key=key, text="No corridor joins these places.")
    figure = blank_figure(palette, key=key)
    profiles = _measured(profiles, quantity)
    rows = corridors.to_dict("records")
    if picked in set(profiles["corridor_id"]):
        own = profiles[profiles["corridor_id"] == picked]
        mark = next(row["identity"] for row in rows if row["corridor_id"] == picked)
        figure.add_traces(_band(own, mark, palette))
    for row in sorted(rows, key=lambda row: row["corridor_id"] == picked):
        own = profiles[profiles["corridor_id"] == row["corridor_id"]]
        figure.add_trace(_line(own, row, row["corridor_id"] == picked, palette))
    most_km, most_days = _extent(profiles, picked)
    figure.add_traces(_badges(profiles, rows, picked, palette, (most_km, most_days)))
    if _has_room_for_key(profiles, picked, len(rows), (most_km, most_days)):
        figure.add_annotation(**_key(rows, picked, palette))
    figure.update_xaxes(title="km from the start", range=[0, most_km], **_axis(palette))
    figure.update_yaxes(title=axis, range=[0, most_days], **_axis(palette))
    figure.update_layout(
        margin={"l": 52, "r": 12, "t": 10, "b": 48}, hovermode="closest", dragmode=False
    )
    return figure


def time_distance_alt(
    *,
    profiles: pd.DataFrame,
    corridors: pd.DataFrame,
    picked: str | None,
    quantity: str = "days",
) -> str:
    """What :func:`time_distance` shows, in words."""
    if profiles.empty:
        return "An empty chart: no corridor joins these places."
    unit = MEASURES[quantity][2]
    known = _measured(profiles, quantity)
    ends = known.drop_duplicates("corridor_id", keep="last").set_index("corridor_id")
    parts = []
    for row in corridors.to_dict("records"):
        end = ends.loc[row["corridor_id"]]
        text = f"{row['short_label']} arrives after {end['at_typical']:,.0f} {unit}"
        if row["corridor_id"] == picked:
            text += f" (between {end['at_low']:,.0f} and {end['at_high']:,.0f}, drawn as a band)"
        parts.append(f"{text} and {end['km']:,.0f} km")
    return f"Lines of {unit} against km; waits are vertical steps. " + "; ".join(parts) + "."


def _measured(profiles: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """The points with what they measure under names of its own, and its unit."""
    names = {f"{quantity}_{bound}": f"at_{bound}" for bound in ("low", "typical", "high")}
    return profiles.rename(columns=names).assign(unit=MEASURES[quantity][2])


def _band(own: pd.DataFrame, mark: Sequence[str], palette: Palette) -> list[go.Scatter]:
    """The area between everything fast and everything slow."""
    km = [*own["km"], *own["km"][::-1]]
    days = [*own["at_low"], *own["at_high"][::-1]]
    return [
        go.Scatter(
            x=[round(value, 1) for value in km],
            y=[round(value, 2) for value in days],
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=blend(palette.accent, palette.paper, share=0.14),
            hoverinfo="skip",
            customdata=[mark] * len(km),
            name="range",
        )
    ]


def _line(own: pd.DataFrame, row: dict[str, Any], is_picked: bool, palette: Palette) -> go.Scatter:
    usable = row["condition"] in ("open", "partial")
    grey = blend(palette.muted, palette.paper, share=0.75)
    return go.Scatter(
        x=own["km"].round(1).tolist(),
        y=own["at_typical"].round(2).tolist(),
        mode="lines+markers" if is_picked else "lines",
        line={
            "color": palette.accent if is_picked else grey,
            "width": 3.2 if is_picked else 1.6,
            "dash": "solid" if usable else "dot",
        },
        marker={"size": 6, "color": palette.accent},
        hovertext=[_hover(row, point) for point in own.to_dict("records")],
        hoverinfo="text",
        customdata=[[*row["identity"][:2], behind] for behind in own["behind"]],
        name=str(row["corridor_id"]),
    )


def _hover(row: dict[str, Any], point: dict[str, Any]) -> str:
    head = f"<b>{literal(row['number'])} {literal(row['short_label'])}</b>"
    places = 1 if point["unit"] == "days" else 0
    where = (
        f"{point['km']:,.0f} km, {point['at_typical']:,.{places}f} "
        f"({point['at_low']:,.{places}f}–{point['at_high']:,.{places}f}) {point['unit']}"
    )
    return f"{head}<br>{wrapped(point['what'])}<br>{where}<br>{wrapped(point['basis'])}"


def _extent(profiles: pd.DataFrame, picked: str | None) -> tuple[float, float]:
    own = profiles[profiles["corridor_id"] == picked]
    days = max([profiles["at_typical"].max(), *own["at_high"]])
    return profiles["km"].max() * (1 + 2 * ASIDE_SHARE), days * 1.08


def _badges(
    profiles: pd.DataFrame,
    rows: Sequence[dict[str, Any]],
    picked: str | None,
    palette: Palette,
    extent: tuple[float, float],
) -> list[go.Scatter]:
    """Numbers beside the ends of the lines, apart from one another, tied to them by a hair line."""
    most_km, most_days = extent
    ends = profiles.drop_duplicates("corridor_id", keep="last").set_index("corridor_id")
    named = {row["corridor_id"]: row for row in rows}
    traces = []
    for cluster in clusters(ends["km"], most_km * CLUSTER_SHARE):
        side = ends.loc[cluster].sort_values("at_typical")
        heights = spread_apart(side["at_typical"].tolist(), BADGE_STEP * most_days, most_days)
        aside = side["km"].max() + most_km * ASIDE_SHARE
        for (corridor_id, end), height in zip(side.iterrows(), heights, strict=True):
            row, is_picked = named[corridor_id], corridor_id == picked
            traces.append(_badge(row, end, (aside, height), is_picked, palette))
    return traces


def _badge(
    row: dict[str, Any],
    end: pd.Series,
    at: tuple[float, float],
    is_picked: bool,
    palette: Palette,
) -> go.Scatter:
    hue = palette.accent if is_picked else palette.ink
    fill = hue if is_picked else palette.paper
    return go.Scatter(
        x=[round(end["km"], 1), round(at[0], 1)],
        y=[round(end["at_typical"], 2), round(at[1], 2)],
        mode="lines+markers+text",
        line={"color": hue, "width": 0.7},
        marker={
            "size": [0, BADGE_SIZE],
            "color": fill,
            "line": {"width": 1.3, "color": hue},
            "opacity": 1,
        },
        text=["", f"<b>{row['number']}</b>"],
        textfont={"size": SMALL, "color": palette.paper if is_picked else palette.ink},
        textposition="middle center",
        hovertext=[
            f"<b>{row['number']} {literal(row['short_label'])}</b><br>"
            f"{end['km']:,.0f} km, {end['at_typical']:,.0f} {end['unit']} "
            f"({end['at_low']:,.0f}–{end['at_high']:,.0f})"
        ]
        * 2,
        hoverinfo="text",
        customdata=[row["identity"]] * 2,
        name=f"number {row['number']}",
    )


def clusters(values: pd.Series, gap: float) -> list[list[Any]]:
    """The index of `values` in groups whose neighbours, by value, are less than `gap` apart."""
    groups: list[list[Any]] = []
    before = None
    for name, value in values.sort_values(kind="stable").items():
        if before is None or value - before > gap:
            groups.append([])
        groups[-1].append(name)
        before = value
    return groups


def _key(rows: Sequence[dict[str, Any]], picked: str | None, palette: Palette) -> dict[str, Any]:
    """Names of the numbers, in the corner that no line can reach: far and soon."""
    names = [
        f"<span style='color:{palette.accent}'><b>{literal(row['short_label'])}  "
        f"{row['number']}</b></span>"
        if row["corridor_id"] == picked
        else f"{literal(row['short_label'])}  {row['number']}"
        for row in rows
    ]
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 0.01,
        "xanchor": "right",
        "yanchor": "bottom",
        "align": "right",
        "text": "<br>".join(names),
        "name": IN_FIGURE,
        "showarrow": False,
        "bgcolor": palette.paper,
        "font": {"size": SMALL, "color": palette.ink},
    }


def _has_room_for_key(
    profiles: pd.DataFrame, picked: str | None, rows: int, extent: tuple[float, float]
) -> bool:
    """Whether the corner far and soon is free of lines, and of the band."""
    reached = profiles["at_typical"].where(profiles["corridor_id"] != picked, profiles["at_low"])
    is_far = profiles["km"] > KEY_WIDTH_SHARE * extent[0]
    soonest = reached[is_far].min() if is_far.any() else extent[1]
    return bool(soonest / extent[1] > KEY_ROW_SHARE * rows)


def spread_apart(values: Sequence[float], step: float, most: float) -> list[float]:
    """Heights near to `values` (ascending) that keep labels `step` apart and below `most`."""
    heights: list[float] = []
    for value in values:
        heights.append(max(value, heights[-1] + step) if heights else value)
    middle = (sum(heights) - sum(values)) / len(values) if values else 0
    shifted = [height - middle for height in heights]
    excess = max(0.0, shifted[-1] - (most - step)) if shifted else 0.0
    return [height - excess for height in shifted]


def _axis(palette: Palette) -> dict[str, Any]:
    return {
        "gridcolor": palette.rule,
        "zeroline": True,
        "zerolinecolor": palette.muted,
        "fixedrange": True,
        "tickfont": {"color": palette.muted, "size": SMALL + 1},
        "title_font": {"color": palette.muted, "size": SMALL + 1},
        "tickformat": ",d",
        "nticks": 7,
    }
