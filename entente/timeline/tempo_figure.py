"""The tempo: events by quarter, a row for each theme, with dates no firmer than they are.

Filled bars are within their quarter; hatched ones may reach, or did reach, into another; hollow
ones were not held. All rows of themes have one scale; the row of all themes has its own. What came
before the axis is a number without a bar, for it is no quarter.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.dates import day_in_words
from entente.style.palette import Palette
from entente.style.theme import blank_figure, empty_figure, literal, scaffold_name
from entente.timeline.labels import LABEL, LENS_WORDS, say_days
from entente.timeline.scale import Days
from entente.timeline.tempo import CERTAINTIES, EARLIER, list_quarters, quarter_in_words

KEY, ALL = "tempo", "all"
ALL_LABEL = "All themes"
SMALLEST = 12
BAR = 0.62
ROOM, TALL = 0.46, 2.0  # over each row; of the row of all themes, in rows
GUTTER = 0.7  # from the middle of the first quarter to the column of what came earlier
DAYS_OF_A_QUARTER = 91
PATTERNS = {"within": "", "beyond": "/", "not-held": ""}
GROUND = scaffold_name("rows, columns and the day of the document")
Part = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Quarters of the axis, which of them lack days, and whether a column for earlier is there."""

    quarters: tuple[str, ...]
    partial: tuple[str, ...]
    has_earlier: bool

    @property
    def half(self) -> float:
        """Half the width of the column of what came earlier: wide enough for its name."""
        return max(0.3, 0.065 * len(self.quarters))

    @property
    def earlier_place(self) -> float:
        """Where the column of what came earlier stands."""
        return -GUTTER - self.half

    def place_of_quarter(self, quarter: str) -> float:
        """Where the column of a quarter, or of what came earlier, stands on the axis."""
        return self.earlier_place if quarter == EARLIER else float(self.quarters.index(quarter))

    def place_of_day(self, day: dt.date) -> float | None:
        """Where a day stands on the axis; None where the axis has not got its quarter."""
        (quarter,) = list_quarters(day, day)
        if quarter not in self.quarters:
            return None
        start = dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return self.place_of_quarter(quarter) - 0.5 + (day - start).days / DAYS_OF_A_QUARTER


def draw_tempo(
    *,
    counts: pd.DataFrame,
    lanes: Mapping[str, str],
    quarters: Sequence[str],
    partial: Sequence[str],
    document_day: dt.date,
    as_of: dt.date,
    palette: Palette,
) -> go.Figure:
    """Draw the number of events by quarter and theme.

    Args:
        counts: What :func:`entente.timeline.tempo.count_by_quarter` returns.
        lanes: Theme code to label, in order; themes without an event take no room.
        quarters: Quarters of the axis, in order, as `2025-Q2`; later ones with events come after
            them, such as that of a record's date whose document's date is within a zoom.
        partial: Those of which the figure does not have all days.
        document_day: The day on which the document came out.
        as_of: The day whose knowledge is shown.
        palette: The appearance to draw in.

    Returns:
        A figure whose bars carry `customdata` of `event`, the ids of their events and those of
        their claims, each joined by blanks.
    """
    if counts.empty:
        return empty_figure(palette, key=KEY, text="No event fits these filters, in these days.")
    stacks = _stacks(counts, [code for code in lanes if code in set(counts["theme_code"])])
    has_earlier = bool((stacks["quarter"] == EARLIER).any())
    late = sorted(set(counts["quarter"]) - {*quarters, EARLIER})
    columns = Columns(quarters=(*quarters, *late), partial=tuple(partial), has_earlier=has_earlier)
    figure = blank_figure(palette, key=KEY)
    for certainty, label in CERTAINTIES.items():
        own = stacks[(stacks["certainty"] == certainty) & (stacks["quarter"] != EARLIER)]
        if len(own):
            figure.add_trace(_bars(own, certainty, label, columns, palette))
    figure.add_trace(_totals(stacks, columns, palette))
    grounds = dict(zip(stacks["theme_code"], stacks["ground"], strict=True))
    names = {ALL: ALL_LABEL, **lanes}
    shapes = [_rule(ground, palette) for ground in grounds.values()]
    words = [_row_name(code, names[code], ground, palette) for code, ground in grounds.items()]
    bottom = max(grounds.values())
    if has_earlier:
        shapes.append(_tint(columns, bottom, palette))
    place = columns.place_of_day(document_day) if as_of >= document_day else None
    if place is not None:
        line = {"color": palette.accent, "width": 1.5}
        shapes.append(
            {"type": "line", "x0": place, "x1": place, "y0": 0, "y1": bottom, "line": line}
        )
        text = f"<b>Document, {day_in_words(document_day, is_short=True)}</b>"
        words.append(_words(text, place, -0.16, palette.accent, xshift=4))
    figure.update_layout(
        barmode="overlay",
        dragmode=False,
        hovermode="closest",
        margin={"l": 2, "r": 12, "t": 44, "b": 6},
        **_axes(columns, bottom, palette),
        shapes=[{**shape, "name": GROUND} for shape in shapes],
        annotations=words,
    )
    return figure


def describe_tempo(
    *,
    counts: pd.DataFrame,
    lanes: Mapping[str, str],
    lens: str,
    days: Days | None,
    as_of: dt.date,
) -> str:
    """What the tempo shows, in a few sentences, for those who do not see it.

    Args:
        counts: What :func:`entente.timeline.tempo.count_by_quarter` returns.
        lanes: Theme code to label, in order.
        lens: Whose dates are shown.
        days: First and last day of a zoom, if any.
        as_of: The day whose knowledge is shown.
    """
    when = f"{say_days(days)}, {LENS_WORDS[lens]}, as known on {day_in_words(as_of)}"
    if counts.empty:
        return f"Bars of events by quarter, without any: none fits the filters, {when}."
    by_quarter = counts.groupby("quarter", sort=False)["event_count"].sum()
    by_theme = counts.groupby("theme_code")["event_count"].sum()
    kinds = counts.groupby("certainty")["event_count"].sum()
    said = ", ".join(f"{quarter_in_words(name)} {count}" for name, count in by_quarter.items())
    themes = ", ".join(f"{label} {by_theme[c]}" for c, label in lanes.items() if c in by_theme)
    return (
        f"Bars of {counts['event_count'].sum()} events by quarter and theme, {when}. "
        f"By quarter: {said}. By theme: {themes}. "
        f"{kinds.get('beyond', 0)} have dates that reach into another quarter and count in the "
        f"first; {kinds.get('not-held', 0)} were not held or not yet known."
    )


def _stacks(counts: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Counts with the row, base and height of each bar; the row of all themes comes first."""
    together = counts.groupby(["quarter", "certainty"], sort=False).agg(
        event_count=("event_count", "sum"),
        event_ids=("event_ids", _ids),
        claim_ids=("claim_ids", _ids),
    )
    rows = pd.concat([together.reset_index().assign(theme_code=ALL), counts], ignore_index=True)
    rows["place"] = rows["theme_code"].map({ALL: 0, **{c: n + 1 for n, c in enumerate(themes)}})
    rows["rank"] = rows["certainty"].map({code: n for n, code in enumerate(PATTERNS)})
    rows = rows.sort_values(["place", "quarter", "rank"]).reset_index(drop=True)
    groups = rows.groupby(["theme_code", "quarter"], sort=False)["event_count"]
    rows["base"] = groups.cumsum() - rows["event_count"]
    most = rows.assign(total=groups.transform("sum"), is_all=rows["place"] == 0)
    unit = most[most["quarter"] != EARLIER].groupby("is_all")["total"].max()
    scale = {flag: (TALL if flag else 1.0) / unit.get(flag, 1) for flag in (True, False)}
    rows["unit"] = (rows["place"] == 0).map(scale)
    rows["ground"] = TALL + ROOM + rows["place"] * (1 + ROOM)
    return rows


def _bars(
    own: pd.DataFrame, certainty: str, label: str, columns: Columns, palette: Palette
) -> go.Bar:
    hues = [palette.themes.get(code, palette.ink) for code in own["theme_code"]]
    return go.Bar(
        x=[columns.place_of_quarter(quarter) for quarter in own["quarter"]],
        y=list(-own["event_count"] * own["unit"]),
        base=list(own["ground"] - own["base"] * own["unit"]),
        width=BAR,
        marker=_filled(hues, certainty, palette),
        customdata=[
            ["event", ids, claims]
            for ids, claims in zip(own["event_ids"], own["claim_ids"], strict=True)
        ],
        hovertext=[
            f"<b>{quarter_in_words(quarter)}</b><br>{count} · {literal(label)}"
            for quarter, count in zip(own["quarter"], own["event_count"], strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
    )


def _filled(hues: Sequence[str], certainty: str, palette: Palette) -> dict[str, object]:
    """Full, hatched or hollow, with the hue of the theme in each."""
    outline = {"color": list(hues), "width": 0 if certainty == "within" else 1.5}
    if certainty == "not-held":
        return {"color": palette.paper, "line": outline}
    hatch = {"shape": PATTERNS[certainty], "bgcolor": palette.paper, "size": 6, "solidity": 0.45}
    return {"color": list(hues), "line": outline, "pattern": hatch}


def _totals(stacks: pd.DataFrame, columns: Columns, palette: Palette) -> go.Scatter:
    """The number over each stack."""
    sums = stacks.groupby(["place", "quarter"], sort=False).agg(
        count=("event_count", "sum"),
        unit=("unit", "first"),
        ground=("ground", "first"),
        ids=("event_ids", _ids),
        claims=("claim_ids", _ids),
    )
    rows = sums.reset_index()
    return go.Scatter(
        x=[columns.place_of_quarter(quarter) for quarter in rows["quarter"]],
        y=list(rows["ground"] - rows["count"] * rows["unit"] * (rows["quarter"] != EARLIER)),
        mode="text",
        text=[str(count) for count in rows["count"]],
        textposition="top center",
        textfont={"size": SMALLEST, "color": palette.ink},
        customdata=[["event", *ids] for ids in rows[["ids", "claims"]].to_numpy().tolist()],
        hoverinfo="skip",
        cliponaxis=False,
    )


def _ids(column: pd.Series) -> str:
    return " ".join(sorted({one for ids in column for one in ids.split()}))


def _axes(columns: Columns, bottom: float, palette: Palette) -> Part:
    quiet = {"fixedrange": True, "zeroline": False, "showgrid": False, "ticks": ""}
    ticks = dict(_ticks(columns))
    start = columns.earlier_place - columns.half if columns.has_earlier else -0.6
    return {
        "xaxis": {
            **quiet,
            "range": [start, len(columns.quarters) - 0.45],
            "side": "top",
            "tickmode": "array",
            "tickvals": list(ticks),
            "ticktext": list(ticks.values()),
            "tickfont": {"size": LABEL, "color": palette.muted},
        },
        "yaxis": {**quiet, "range": [bottom + 0.1, -0.4], "showticklabels": False},
    }


def _ticks(columns: Columns) -> Iterator[tuple[float, str]]:
    """Names of the columns by place; a star marks a quarter that lacks days."""
    if columns.has_earlier:
        yield columns.earlier_place, "Earlier"
    for place, quarter in enumerate(columns.quarters):
        year, number = quarter.split("-Q")
        name = f"Q{number}{'*' if quarter in columns.partial else ''}"
        yield float(place), f"{name}<br>{year}" if number == "1" or place == 0 else name


def _rule(ground: float, palette: Palette) -> Part:
    ends = {"xref": "paper", "x0": 0, "x1": 1, "y0": ground, "y1": ground}
    return {"type": "line", **ends, "line": {"color": palette.rule, "width": 1}, "layer": "below"}


def _tint(columns: Columns, bottom: float, palette: Palette) -> Part:
    """A ground under the column that is no quarter."""
    place, half = columns.earlier_place, columns.half
    ends = {"x0": place - half, "x1": place + half, "y0": 0, "y1": bottom}
    drawn = {"fillcolor": palette.raised, "line": {"width": 0}, "layer": "below"}
    return {"type": "rect", **ends, **drawn}


def _row_name(code: str, name: str, ground: float, palette: Palette) -> Part:
    top = ground - (TALL if code == ALL else 1.0) - ROOM * 0.35
    hue = palette.themes.get(code, palette.ink)
    ground_colour = {"bgcolor": palette.raised, "borderpad": 1}
    return _words(f"<b>{literal(name)}</b>", 0, top, hue, xref="paper", **ground_colour)


def _words(text: str, x: Any, y: float, color: str, **more: Any) -> Part:
    place = {"text": text, "x": x, "y": y, "xanchor": "left", "yanchor": "middle"}
    return {**place, "showarrow": False, "font": {"size": LABEL, "color": color}, **more}
