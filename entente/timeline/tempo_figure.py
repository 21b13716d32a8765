"""Tempo: events by quarter, a row for each theme, with dates no firmer than they are.

Filled bars are within their quarter; hatched ones may reach, or did reach, into another; hollow
ones were not held. All rows of themes have one scale; the row of all themes has its own. What came
before the axis is a number without a bar, for it is no quarter.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from entente.dates.words import MONTHS, day_in_words
from entente.style.palette import Palette
from entente.style.theme import blank_figure, empty_figure, literal
from entente.timeline.tempo_frame import ALL, EARLIER, ROOM, TALL, Columns, add_tempo_frame

KEY, SMALLEST = "tempo", 12
ALL_LABEL = "All themes"
BAR = 0.62
PATTERNS = {"within": "", "beyond": "/", "not-held": ""}


def tempo(
    *,
    counts: pd.DataFrame,
    lanes: Mapping[str, str],
    certainties: Mapping[str, str],
    quarters: Sequence[str],
    partial: Sequence[str],
    as_of: dt.date,
    palette: Palette,
) -> go.Figure:
    """Draw the number of events by quarter and theme.

    Args:
        counts: What :func:`entente.analysis.tempo.events_by_quarter` returns.
        lanes: Theme code to label, in order; themes without an event take no room.
        certainties: Code to label of the ways in which an event counts, in order from the axis.
        quarters: Quarters of the axis, in order, as `2025-Q2`.
        partial: Those of which the figure does not have all days.
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
    columns = Columns(quarters=tuple(quarters), partial=tuple(partial), has_earlier=has_earlier)
    places = {EARLIER: columns.earlier_place, **{q: float(n) for n, q in enumerate(quarters)}}
    figure = blank_figure(palette, key=KEY)
    for certainty, label in certainties.items():
        own = stacks[(stacks["certainty"] == certainty) & (stacks["quarter"] != EARLIER)]
        if len(own):
            figure.add_trace(_bars(own, certainty, label, places, palette))
    figure.add_trace(_totals(stacks, places, palette))
    names = {ALL: ALL_LABEL, **lanes}
    rows = stacks.drop_duplicates("theme_code")[["theme_code", "ground"]].to_numpy().tolist()
    add_tempo_frame(figure, rows, columns, names=names, as_of=as_of, palette=palette)
    return figure


def tempo_alt(
    *, counts: pd.DataFrame, lanes: Mapping[str, str], lens_words: str, span: str, as_of: dt.date
) -> str:
    """What the tempo shows, in a few sentences.

    Args:
        counts: What :func:`entente.analysis.tempo.events_by_quarter` returns.
        lanes: Theme code to label, in order.
        lens_words: Whose dates are shown.
        span: The days of the zoom, in words.
        as_of: The day whose knowledge is shown.
    """
    when = f"{span}, {lens_words}, as known on {day_in_words(as_of)}"
    if counts.empty:
        return f"Bars of events by quarter, without any: none fits the filters, {when}."
    by_quarter = counts.groupby("quarter", sort=False)["event_count"].sum()
    by_theme = counts.groupby("theme_code")["event_count"].sum()
    kinds = counts.groupby("certainty")["event_count"].sum()
    said = ", ".join(f"{quarter_words(name)} {count}" for name, count in by_quarter.items())
    themes = ", ".join(f"{label} {by_theme[c]}" for c, label in lanes.items() if c in by_theme)
    return (
        f"Bars of {counts['event_count'].sum()} events by quarter and theme, {when}. "
        f"By quarter: {said}. By theme: {themes}. "
        f"{kinds.get('beyond', 0)} have dates that reach into another quarter and count in the "
        f"first; {kinds.get('not-held', 0)} were not held or not yet known."
    )


def quarter_words(quarter: str) -> str:
    """A quarter as "April–June 2025"."""
    if quarter == EARLIER:
        return "earlier"
    year, number = quarter.split("-Q")
    first = (int(number) - 1) * 3
    return f"{MONTHS[first]}–{MONTHS[first + 2]} {int(year)}"


def rows_of_tempo(figure: go.Figure) -> float:
    """How many rows a tempo has, for the height of its place; 0 when it is empty."""
    ends = figure.layout.yaxis.range
    return float(ends[0] - ends[1]) if ends else 0.0


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
    own: pd.DataFrame, certainty: str, label: str, places: Mapping[str, float], palette: Palette
) -> go.Bar:
    hues = [palette.themes.get(code, palette.ink) for code in own["theme_code"]]
    return go.Bar(
        x=[places[quarter] for quarter in own["quarter"]],
        y=list(-own["event_count"] * own["unit"]),
        base=list(own["ground"] - own["base"] * own["unit"]),
        width=BAR,
        marker=_filled(hues, certainty, palette),
        customdata=[
            ["event", ids, claims]
            for ids, claims in zip(own["event_ids"], own["claim_ids"], strict=True)
        ],
        hovertext=[
            f"<b>{quarter_words(quarter)}</b><br>{count} · {literal(label)}"
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


def _totals(stacks: pd.DataFrame, places: Mapping[str, float], palette: Palette) -> go.Scatter:
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
        x=[places[quarter] for quarter in rows["quarter"]],
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
