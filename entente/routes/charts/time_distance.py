"""Time and price of corridors or routes against distance.

Drawn after UNESCAP: slopes move, steps wait.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.content import IN_FIGURE
from entente.routes.charts.labels import style_number
from entente.routes.words import USABLE
from entente.style.basemap import blend
from entente.style.palette import Palette
from entente.style.theme import SMALL, blank_figure, empty_figure, escape, wrap_text

# Quantity to key, axis and unit.
MEASURES = {
    "days": ("time-distance", "days since departure", "days"),
    "cost_usd_per_teu": ("cost-distance", "USD per TEU since departure", "USD"),
}
BADGE_STEP = 0.068
CLUSTER_SHARE = 0.08
ASIDE_SHARE = 0.035
KEY_WIDTH_SHARE = 0.5
KEY_ROW_SHARE = 0.045
LABEL_SHIFT = 16


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
        profiles: Points of each corridor in order: `corridor_id`, `stage`, `km`, `<quantity>_low`,
            `<quantity>_typical`, `<quantity>_high`, `behind` (ids of the leg and place of the
            stage), and for hover `what` (name of the stage) and `basis`.
        corridors: One row a corridor: `corridor_id`, `number`, `short_label`, `condition`,
            `identity`.
        picked: The corridor that gets its range as a band; None for none.
        palette: The appearance to draw in.
        quantity: `days` or `cost_usd_per_teu`.
    """
    key, axis, unit = MEASURES[quantity]
    if profiles.empty:
        return empty_figure(palette, key=key, text="No corridor joins these places.")
    figure = blank_figure(palette, key=key)
    points = _name_measure(profiles, quantity)
    # The picked corridor comes last, on top of the others.
    rows = sorted(corridors.to_dict("records"), key=lambda row: row["corridor_id"] == picked)
    own = points[points["corridor_id"] == picked]
    if len(own):
        figure.add_trace(_draw_band(own, rows[-1]["identity"], palette))
    for row in rows:
        line = points[points["corridor_id"] == row["corridor_id"]]
        figure.add_trace(_draw_line(line, row, row["corridor_id"] == picked, unit, palette))
    most_km = points["km"].max() * (1 + 2 * ASIDE_SHARE)
    most = max([points["at_typical"].max(), *own["at_high"]]) * 1.08
    extent = (most_km, most)
    _add_numbers(figure, points, rows, picked, extent=extent, unit=unit, palette=palette)
    if _has_room_for_key(points, picked, len(rows), extent):
        figure.add_annotation(**_draw_key(corridors, picked, palette))
    shared = {**_style_axis(palette), "nticks": 7}
    figure.update_xaxes(title="km from the start", range=[0, most_km], **shared)
    figure.update_yaxes(title=axis, range=[0, most], **shared)
    return figure.update_layout(margin={"l": 52, "r": 12, "t": 10, "b": 48})


def time_distance_alt(
    *, profiles: pd.DataFrame, corridors: pd.DataFrame, picked: str | None, quantity: str = "days"
) -> str:
    """What :func:`time_distance` shows, in words."""
    if profiles.empty:
        return "An empty chart: no corridor joins these places."
    unit = MEASURES[quantity][2]
    ends = _name_measure(profiles, quantity).drop_duplicates("corridor_id", keep="last")
    by_id = ends.set_index("corridor_id")
    parts = []
    for row in corridors.itertuples():
        end = by_id.loc[row.corridor_id]
        text = f"{row.short_label} arrives after {end['at_typical']:,.0f} {unit}"
        if row.corridor_id == picked:
            text += f" (between {end['at_low']:,.0f} and {end['at_high']:,.0f}, drawn as a band)"
        parts.append(f"{text} and {end['km']:,.0f} km")
    return f"Lines of {unit} against km; waits are vertical steps. {'; '.join(parts)}."


def _name_measure(profiles: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """The points with the quantity that is drawn as `at_low`, `at_typical` and `at_high`."""
    return profiles.rename(
        columns={f"{quantity}_{bound}": f"at_{bound}" for bound in ("low", "typical", "high")}
    )


def _draw_band(own: pd.DataFrame, mark: Sequence[str], palette: Palette) -> go.Scatter:
    """The area between everything fast and everything slow."""
    back = own[::-1]
    return go.Scatter(
        x=[*own["km"].round(1), *back["km"].round(1)],
        y=[*own["at_low"].round(2), *back["at_high"].round(2)],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=blend(palette.accent, palette.paper, share=0.14),
        hoverinfo="skip",
        customdata=[mark] * len(own) * 2,
        name="range",
    )


def _draw_line(
    own: pd.DataFrame, row: dict[str, Any], is_picked: bool, unit: str, palette: Palette
) -> go.Scatter:
    is_usable = row["condition"] in USABLE
    grey = blend(palette.muted, palette.paper, share=0.75)
    places = 1 if unit == "days" else 0
    return go.Scatter(
        x=own["km"].round(1).tolist(),
        y=own["at_typical"].round(2).tolist(),
        mode="lines+markers" if is_picked else "lines",
        line={
            "color": row.get("colour") or (palette.accent if is_picked else grey),
            "width": 3.2 if is_picked else 1.6,
            "dash": "solid" if is_usable else "dot",
        },
        marker={"size": 6, "color": palette.accent},
        hovertext=[
            f"{_name(row)}<br>{wrap_text(point.what)}<br>"
            f"{point.km:,.0f} km, {point.at_typical:,.{places}f} "
            f"({point.at_low:,.{places}f}–{point.at_high:,.{places}f}) {unit}<br>"
            f"{wrap_text(point.basis)}"
            for point in own.itertuples()
        ],
        hoverinfo="text",
        customdata=[[*row["identity"][:2], behind] for behind in own["behind"]],
        name=str(row["corridor_id"]),
    )


def _name(row: dict[str, Any]) -> str:
    return f"<b>{escape(row['number'])} {escape(row['short_label'])}</b>"


def _add_numbers(
    figure: go.Figure,
    points: pd.DataFrame,
    rows: Sequence[dict[str, Any]],
    picked: str | None,
    *,
    extent: tuple[float, float],
    unit: str,
    palette: Palette,
) -> None:
    """Numbers beside the ends of the lines, apart from one another, tied to them by a hair line."""
    most_km, most = extent
    by_id = {row["corridor_id"]: row for row in rows}
    ends = points.drop_duplicates("corridor_id", keep="last").set_index("corridor_id")
    for cluster in find_clusters(ends["km"], most_km * CLUSTER_SHARE):
        side = ends.loc[cluster].sort_values("at_typical")
        heights = spread_apart(side["at_typical"].tolist(), BADGE_STEP * most, most)
        aside = side["km"].max() + most_km * ASIDE_SHARE
        for (corridor_id, end), height in zip(side.iterrows(), heights, strict=True):
            row = by_id[corridor_id]
            text = (
                f"{_name(row)}<br>{end['km']:,.0f} km, {end['at_typical']:,.0f} {unit} "
                f"({end['at_low']:,.0f}–{end['at_high']:,.0f})"
            )
            style = style_number(
                row, text, is_picked=corridor_id == picked, palette=palette, size=19, width=0.7
            )
            figure.add_scatter(
                x=[round(end["km"], 1), round(aside, 1)],
                y=[round(end["at_typical"], 2), round(height, 2)],
                **style,
            )


def find_clusters(values: pd.Series, gap: float) -> list[list[Any]]:
    """The index of `values` in groups whose neighbours, by value, are at most `gap` apart."""
    ordered = values.sort_values(kind="stable")
    groups = ordered.groupby((ordered.diff() > gap).cumsum())
    return [own.index.tolist() for _, own in groups]


def _draw_key(corridors: pd.DataFrame, picked: str | None, palette: Palette) -> dict[str, Any]:
    """Names of the numbers, in the corner that no line can reach: far and soon."""
    names = []
    for row in corridors.itertuples():
        name = f"{escape(row.short_label)}  {escape(row.number)}"
        is_picked = row.corridor_id == picked
        strong = f"<span style='color:{palette.accent}'><b>{name}</b></span>"
        names.append(strong if is_picked else name)
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
    points: pd.DataFrame, picked: str | None, rows: int, extent: tuple[float, float]
) -> bool:
    """Whether the corner far and soon is free of lines, and of the band."""
    most_km, most = extent
    reached = points["at_typical"].where(points["corridor_id"] != picked, points["at_low"])
    far = reached[points["km"] > KEY_WIDTH_SHARE * most_km]
    return bool((far.min() if len(far) else most) / most > KEY_ROW_SHARE * rows)


def spread_apart(values: Sequence[float], step: float, most: float) -> list[float]:
    """Heights near to `values` (ascending) that keep labels `step` apart and below `most`."""
    heights: list[float] = []
    for value in values:
        heights.append(max(value, heights[-1] + step) if heights else value)
    middle = (sum(heights) - sum(values)) / len(values) if values else 0
    shifted = [height - middle for height in heights]
    excess = max(0.0, shifted[-1] - (most - step)) if shifted else 0.0
    return [height - excess for height in shifted]


def _style_axis(palette: Palette) -> dict[str, Any]:
    """An axis that counts from nothing."""
    return {
        "gridcolor": palette.rule,
        "zeroline": True,
        "zerolinecolor": palette.muted,
        "fixedrange": True,
        "tickfont": {"color": palette.muted, "size": SMALL + 1},
        "title_font": {"color": palette.muted, "size": SMALL + 1},
        "tickformat": ",d",
    }
