"""Charts that compare corridors or routes: time and price against distance, and ranges.

Time and price against distance are drawn after UNESCAP: slopes move, steps wait.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.content import IN_FIGURE
from entente.routes.charts.labels import style_number
from entente.routes.words import IF_RATES_ARE_RIGHT, USABLE
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
BAND_WIDTH = 9
HEADROOM = 0.75


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
    return figure.update_layout(
        margin={"l": 52, "r": 12, "t": 10, "b": 48}, hovermode="closest", dragmode=False
    )


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
            "color": palette.accent if is_picked else grey,
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
    return f"<b>{row['number']} {escape(row['short_label'])}</b>"


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
        name = f"{escape(row.short_label)}  {row.number}"
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


def corridor_ranges(
    *,
    corridors: pd.DataFrame,
    quantity: str,
    unit: str,
    picked: str | None,
    palette: Palette,
    band: str = "",
) -> go.Figure:
    """Typical figure and ranges of each corridor, published figures beside the computed.

    A dot on a line is the typical figure in the range of the draws; a paler band behind it is the
    range that published figures fall into.

    Args:
        corridors: One row a corridor, from the top of the figure to its foot: `corridor_id`,
            `number`, `short_label`, `identity`, `condition` (`open`, `partial`, `cut`,
            `not-built`), `<quantity>_typical`, `_p10`, `_p90`, `_calibrated_p10`,
            `_calibrated_p90`, and `published_<quantity>_low`, `_typical`, `_high`, missing where
            nothing is published for these ends.
        quantity: Stem of those columns.
        unit: Its unit in words.
        picked: The corridor to put forward; None for none.
        palette: The appearance to draw in.
        band: What the paler band says, in words; empty for none.
    """
    key = f"ranges-{quantity}"
    if corridors.empty:
        return empty_figure(palette, key=key, text="No corridor joins these places.")
    figure = blank_figure(palette, key=key)
    for place, row in enumerate(corridors.to_dict("records")):
        is_picked = row["corridor_id"] == picked
        if band:
            figure.add_trace(_draw_calibrated(row, place, quantity, f"{unit}, {band}", palette))
        figure.add_traces(_draw_range(row, place, quantity, unit, palette, is_picked=is_picked))
        figure.add_traces(_draw_published(row, place, quantity, unit, palette))
        name = f"{row['number']}  {escape(row['short_label'])}"
        figure.add_annotation(
            x=0,
            xshift=4,
            xref="paper",
            y=place,
            yshift=LABEL_SHIFT,
            text=f"<b>{name}</b>" if is_picked else name,
            showarrow=False,
            xanchor="left",
            font={"size": SMALL + 1, "color": palette.accent if is_picked else palette.ink},
        )
    figure.update_xaxes(title=unit, rangemode="tozero", nticks=6, ticks="", **_style_axis(palette))
    figure.update_yaxes(visible=False, range=[len(corridors) - 0.6, -HEADROOM], fixedrange=True)
    return figure.update_layout(
        margin={"l": 4, "r": 10, "t": 4, "b": 44}, hovermode="closest", dragmode=False
    )


def corridor_ranges_alt(
    *, corridors: pd.DataFrame, quantity: str, unit: str, picked: str | None, band: str = ""
) -> str:
    """What :func:`corridor_ranges` shows, in words."""
    if corridors.empty:
        return "An empty chart: no corridor joins these places."
    parts = [
        f"{row['short_label']} {_say_range(row, quantity)}"
        + (f", {_say_calibrated(row, quantity)}" if band else "")
        + (" (put forward)" if row["corridor_id"] == picked else "")
        for row in corridors.to_dict("records")
    ]
    paler = f", and after the comma, in a paler band, {band}" if band else ""
    return (
        f"Dots on lines: typical {unit} of {len(parts)} corridors; in brackets eight in ten "
        f"{IF_RATES_ARE_RIGHT}{paler}. {'; '.join(parts)}."
    )


def _say_range(row: dict[str, Any], quantity: str) -> str:
    """Typical figure and range of a corridor in words: "25 (14 to 43)"."""
    low, typical, high = (row[f"{quantity}_{bound}"] for bound in ("p10", "typical", "p90"))
    return f"{typical:,.0f} ({low:,.0f} to {high:,.0f})"


def _say_calibrated(row: dict[str, Any], quantity: str) -> str:
    """The range that published figures fall into, in words: "11 to 52"."""
    low, high = (row[f"{quantity}_calibrated_{bound}"] for bound in ("p10", "p90"))
    return f"{low:,.0f} to {high:,.0f}"


def shade_band(palette: Palette) -> str:
    """The colour of the range that published figures fall into."""
    return blend(palette.muted, palette.paper, share=0.28)


def _draw_calibrated(
    row: dict[str, Any], place: int, quantity: str, words: str, palette: Palette
) -> go.Scatter:
    low, high = (round(row[f"{quantity}_calibrated_{bound}"], 2) for bound in ("p10", "p90"))
    label = escape(row["short_label"])
    return go.Scatter(
        x=[low, high],
        y=[place, place],
        mode="lines",
        line={"color": shade_band(palette), "width": BAND_WIDTH},
        hovertext=f"<b>{label}</b><br>{_say_calibrated(row, quantity)} {words}",
        hoverinfo="text",
        name=f"{row['corridor_id']} calibrated",
        customdata=[row["identity"]] * 2,
    )


def _draw_range(
    row: dict[str, Any], place: int, quantity: str, unit: str, palette: Palette, *, is_picked: bool
) -> list[go.Scatter]:
    is_usable = row["condition"] in USABLE
    hue = palette.accent if is_picked else palette.ink if is_usable else palette.muted
    low, typical, high = (
        round(row[f"{quantity}_{bound}"], 2) for bound in ("p10", "typical", "p90")
    )
    state = "" if is_usable else "<br>As if it were open"
    text = f"<b>{escape(row['short_label'])}</b><br>{_say_range(row, quantity)} {unit}{state}"
    shared = {"hovertext": text, "hoverinfo": "text", "name": str(row["corridor_id"])}
    return [
        go.Scatter(
            x=[low, high],
            y=[place, place],
            mode="lines",
            line={
                "color": hue,
                "width": 3 if is_picked else 2,
                "dash": "solid" if is_usable else "dot",
            },
            opacity=0.75,
            customdata=[row["identity"]] * 2,
            **shared,
        ),
        go.Scatter(
            x=[typical],
            y=[place],
            mode="markers",
            marker={
                "color": hue if is_usable else palette.paper,
                "size": 11 if is_picked else 9,
                "line": {"color": hue, "width": 2},
                "opacity": 1,
            },
            customdata=[row["identity"]],
            **shared,
        ),
    ]


def _draw_published(
    row: dict[str, Any], place: int, quantity: str, unit: str, palette: Palette
) -> list[go.Scatter]:
    """Hollow marks below the line; none where nothing is published."""
    columns = (f"published_{quantity}_{bound}" for bound in ("low", "typical", "high"))
    values = list(dict.fromkeys(row[name] for name in columns if pd.notna(row.get(name))))
    if not values:
        return []
    label = escape(row["short_label"])
    return [
        go.Scatter(
            x=values,
            y=[place + 0.24] * len(values),
            mode="markers",
            marker={
                "symbol": "diamond-open",
                "size": 8,
                "color": palette.muted,
                "line": {"width": 1.4, "color": palette.muted},
            },
            hovertext=[f"Published for {label}: {value:,.0f} {unit}" for value in values],
            hoverinfo="text",
            name=f"{row['corridor_id']} published",
            customdata=[row["identity"]] * len(values),
        )
    ]


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
