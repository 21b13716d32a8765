"""Events per quarter: a row for each theme, with dates no firmer than they are.

Above the axis of a row stand the events that took place: filled bars are within their quarter,
hatched ones may reach, or did reach, into another. What was cancelled or only planned hangs below
the axis, hollow. All rows of themes have one scale; the row of all themes has its own. What came
before the first quarter is a number without a bar, for it is no quarter.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.dates import MONTHS, day_in_words, span
from entente.record.chronology import EVENT, NOT_HELD, NOT_YET_KNOWN, find_shown_date
from entente.style.palette import Palette
from entente.style.theme import blank_figure, capitalise, empty_figure, escape, scaffold_name
from entente.timeline.labels import LABEL, LENS_WORDS, say_days
from entente.timeline.scale import Days

NOT_PLACED = "not-held"
# How an event counts: within its quarter; maybe or partly in the next; or not held at all.
CERTAINTIES = {
    "within": "Within the quarter",
    "beyond": "May fall in another quarter",
    NOT_PLACED: "Cancelled, or only planned",
}
EARLIER = "earlier"  # in place of a quarter, of all that came before the axis

KEY, ALL = "tempo", "all"
ALL_LABEL = "All themes"
NUMBER = 14
BAR = 0.62
ROOM, TALL = 0.46, 2.0  # over each row; of the row of all themes, in rows
ROOM_BELOW = 0.3  # of the number below a bar that hangs, in rows
GUTTER = 0.7  # from the middle of the first quarter to the column of what came earlier
LATE_SHARE = 0.8  # of the columns: words of a later day stand to its left
DAYS_OF_A_QUARTER = 91
GROUND = scaffold_name("rows, columns and the day of the document")
Part = dict[str, Any]


def count_by_quarter(items: pd.DataFrame, *, since: dt.date) -> pd.DataFrame:
    """Number of events by quarter, theme and certainty; quarters without an event are absent.

    An event counts once, in the quarter of the first day that its date may mean. Where its last
    possible day lies in another quarter it counts as `beyond`. Expectations are no events and do
    not count.

    Args:
        items: What :func:`entente.record.chronology.list_items` returns.
        since: Quarters before the one of this day are taken together as `earlier`.

    Returns:
        `quarter` as `2025-Q2`, or `earlier`; `theme_code`; `certainty`; `event_count`; `event_ids`
        and `claim_ids`, sorted and joined by blanks. Sorted by quarter (`earlier` first), theme and
        certainty.
    """
    events = items[items["kind"] == EVENT]
    spans = [span(find_shown_date(event)) for event in events.to_dict("records")]
    quarters = [quarter_of(days.first or dt.date.min) for days in spans]
    is_within = [
        days.last is not None and quarter_of(days.last) == quarter
        for days, quarter in zip(spans, quarters, strict=True)
    ]
    certainty = pd.Series(is_within, index=events.index).map({True: "within", False: "beyond"})
    first = quarter_of(since)
    rows = events.assign(
        quarter=["" if quarter < first else quarter for quarter in quarters],  # sorts first
        certainty=certainty.mask(events["status_code"].isin([NOT_HELD, NOT_YET_KNOWN]), NOT_PLACED),
    )
    counts = rows.groupby(["quarter", "theme_code", "certainty"], as_index=False).agg(
        event_count=("item_id", "size"),
        event_ids=("item_id", _join_ids),
        claim_ids=("claim_ids", _join_ids),
    )
    return counts.assign(quarter=counts["quarter"].replace("", EARLIER))


def quarter_of(day: dt.date) -> str:
    """The quarter of a day, as `2025-Q2`."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def list_quarters(first: dt.date, last: dt.date) -> list[str]:
    """All quarters from that of `first` to that of `last`."""
    return [
        f"{period.year:04}-Q{period.quarter}" for period in pd.period_range(first, last, freq="Q")
    ]


def list_partial_quarters(first: dt.date, last: dt.date) -> set[str]:
    """Quarters between two days, and to the end of the last one, that are not there in full."""
    before, after = first - dt.timedelta(days=1), last + dt.timedelta(days=1)
    begun, ended = quarter_of(first), quarter_of(last)
    found = {begun} if quarter_of(before) == begun else set()
    return found | ({ended} if quarter_of(after) == ended else set())


def find_busiest(counts: pd.DataFrame) -> tuple[str, int] | None:
    """The quarter with most events that were held, and how many; the first of equals."""
    held = counts[(counts["quarter"] != EARLIER) & (counts["certainty"] != NOT_PLACED)]
    if held.empty:
        return None
    sums = held.groupby("quarter")["event_count"].sum()
    return str(sums.idxmax()), int(sums.max())


def quarter_in_words(quarter: str) -> str:
    """A quarter as "April–June 2025"."""
    if quarter == EARLIER:
        return "earlier"
    year, number = quarter.split("-Q")
    first = (int(number) - 1) * 3
    return f"{MONTHS[first]}–{MONTHS[first + 2]} {int(year)}"


def list_counts(counts: pd.DataFrame, *, themes: Mapping[str, str]) -> pd.DataFrame:
    """The counts of :func:`count_by_quarter` as rows for readers, one a quarter and theme."""
    wide = counts.pivot_table(
        index=["quarter", "theme_code"],
        columns="certainty",
        values="event_count",
        sort=False,
        fill_value=0,
    )
    wide = wide.reindex(columns=list(CERTAINTIES), fill_value=0).astype(int)
    ids = counts.groupby(["quarter", "theme_code"])["event_ids"].agg(" ".join)
    rows = wide.assign(total=wide.sum(axis=1), ids=ids).reset_index()
    return pd.DataFrame(
        {
            "Quarter": [capitalise(quarter_in_words(quarter)) for quarter in rows["quarter"]],
            "Theme": list(rows["theme_code"].map(themes)),
            "Events": rows["total"].tolist(),
            "Of these, may fall in another quarter": rows["beyond"].tolist(),
            "Of these, cancelled or only planned": rows[NOT_PLACED].tolist(),
            "Ids": list(rows["ids"]),
        }
    )


def draw_tempo(
    *,
    counts: pd.DataFrame,
    lanes: Mapping[str, str],
    days: Days,
    document_day: dt.date,
    as_of: dt.date,
    palette: Palette,
) -> go.Figure:
    """Draw the number of events by quarter and theme.

    Args:
        counts: What :func:`count_by_quarter` returns.
        lanes: Theme code to label, in order; themes without an event take no room.
        days: First and last day of the axis. Later quarters with events come after them, such as
            that of a record's date whose document's date is within a zoom.
        document_day: The day on which the document came out.
        as_of: The day whose knowledge is shown.
        palette: The appearance to draw in.

    Returns:
        A figure whose bars carry `customdata` of `event`, the ids of their events and those of
        their claims, each joined by blanks.
    """
    if counts.empty:
        return empty_figure(palette, key=KEY, text="No event matches these filters.")
    quarters = list_quarters(*days)
    quarters += sorted(set(counts["quarter"]) - {*quarters, EARLIER})
    places = {quarter: float(place) for place, quarter in enumerate(quarters)}
    half = max(0.3, 0.065 * len(quarters))  # of the column of what came earlier: its name fits in
    has_earlier = EARLIER in set(counts["quarter"])
    if has_earlier:
        places[EARLIER] = -GUTTER - half
    stacks = _stack(counts.assign(x=counts["quarter"].map(places)), lanes)
    rows = dict(zip(stacks["theme_code"], stacks["ground"], strict=True))
    bottom = float((stacks["ground"] + stacks["depth"]).max())
    shapes = [_rule(ground, palette) for ground in rows.values()]
    words = [
        _row_name(code, {ALL: ALL_LABEL, **lanes}[code], ground, palette)
        for code, ground in rows.items()
    ]
    if has_earlier:
        shapes.append(_tint(places[EARLIER] - half, places[EARLIER] + half, bottom, palette))
    quarter = quarter_of(document_day)
    if as_of >= document_day and quarter in places:
        begun = document_day.replace(month=(document_day.month - 1) // 3 * 3 + 1, day=1)
        x = places[quarter] - 0.5 + (document_day - begun).days / DAYS_OF_A_QUARTER
        line = {"color": palette.accent, "width": 1.5}
        shapes.append({"type": "line", "x0": x, "x1": x, "y0": 0, "y1": bottom, "line": line})
        text = f"<b>Published {day_in_words(document_day, is_short=True)}</b>"
        is_late = x > LATE_SHARE * max(places.values())  # there is no room to its right
        side: Part = {"xanchor": "right", "xshift": -4} if is_late else {"xshift": 4}
        words.append(_words(text, x, -0.16, palette.accent, **side))
    partial = list_partial_quarters(days[0], min(days[1], as_of))
    ticks = {place: _tick(quarter, quarter in partial, place) for quarter, place in places.items()}
    quiet = {"fixedrange": True, "zeroline": False, "showgrid": False, "ticks": ""}
    figure = blank_figure(palette, key=KEY)
    figure.add_traces([*_draw_bars(stacks, palette), _draw_totals(stacks, palette)])
    figure.update_layout(
        barmode="overlay",
        margin={"l": 2, "r": 12, "t": 44, "b": 6},
        xaxis={
            **quiet,
            "range": [places[EARLIER] - half if has_earlier else -0.6, len(quarters) - 0.45],
            "side": "top",
            "tickmode": "array",
            "tickvals": sorted(ticks),
            "ticktext": [ticks[place] for place in sorted(ticks)],
            "tickfont": {"size": LABEL, "color": palette.muted},
        },
        yaxis={**quiet, "range": [bottom + 0.1, -0.4], "showticklabels": False},
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
        counts: What :func:`count_by_quarter` returns.
        lanes: Theme code to label, in order.
        lens: Whose dates are shown.
        days: First and last day of a zoom, if any.
        as_of: The day whose knowledge is shown.
    """
    when = f"{say_days(days)}, {LENS_WORDS[lens]}, as known on {day_in_words(as_of)}"
    if counts.empty:
        return f"Bars of events by quarter, without any: none matches the filters, {when}."
    by_quarter = counts.groupby("quarter", sort=False)["event_count"].sum()
    by_theme = counts.groupby("theme_code")["event_count"].sum()
    kinds = counts.groupby("certainty")["event_count"].sum()
    said = ", ".join(f"{quarter_in_words(name)} {count}" for name, count in by_quarter.items())
    themes = ", ".join(f"{label} {by_theme[c]}" for c, label in lanes.items() if c in by_theme)
    return (
        f"Bars of {counts['event_count'].sum()} events by quarter and theme, {when}. "
        f"By quarter: {said}. By theme: {themes}. "
        f"{kinds.get('beyond', 0)} have dates that reach into another quarter and count in the "
        f"first; {kinds.get(NOT_PLACED, 0)} were cancelled or only planned."
    )


def _stack(counts: pd.DataFrame, lanes: Mapping[str, str]) -> pd.DataFrame:
    """Counts with the row, base and height of each bar; the row of all themes comes first.

    `ground` is where the axis of a row stands and `depth` how far its longest bar hangs below;
    `unit` is the height of one event, `base` how many events lie between the axis and a bar, and
    `way` 1 for a bar that stands, -1 for one that hangs.
    """
    together = counts.groupby(["quarter", "certainty"], sort=False, as_index=False).agg(
        x=("x", "first"),
        event_count=("event_count", "sum"),
        event_ids=("event_ids", _join_ids),
        claim_ids=("claim_ids", _join_ids),
    )
    rows = pd.concat([together.assign(theme_code=ALL), counts], ignore_index=True)
    drawn = [ALL, *(code for code in lanes if code in set(counts["theme_code"]))]
    rows["place"] = rows["theme_code"].map({code: place for place, code in enumerate(drawn)})
    rows["rank"] = rows["certainty"].map({code: rank for rank, code in enumerate(CERTAINTIES)})
    rows = rows.sort_values(["place", "quarter", "rank"]).reset_index(drop=True)
    is_all, is_earlier = rows["place"] == 0, rows["quarter"] == EARLIER
    rows["way"] = (rows["certainty"] == NOT_PLACED).map({True: -1.0, False: 1.0})
    stacked = rows.groupby(["theme_code", "quarter", "way"], sort=False)["event_count"]
    reach = stacked.transform("sum").mask(is_earlier)
    most = reach.where(rows["way"] > 0).groupby(is_all).transform("max").fillna(1)
    rows["unit"] = is_all.map({True: TALL, False: 1.0}) / most
    hanging = (reach * rows["unit"]).where(rows["way"] < 0)
    depths = (hanging.groupby(rows["place"]).max() + ROOM_BELOW).fillna(0.0)
    heights = pd.Series({place: 1.0 if place else TALL for place in depths.index}) + ROOM
    grounds = heights.cumsum() + depths.cumsum() - depths
    return rows.assign(
        base=stacked.cumsum() - rows["event_count"],
        ground=rows["place"].map(grounds),
        depth=rows["place"].map(depths),
    )


def _draw_bars(stacks: pd.DataFrame, palette: Palette) -> Iterator[go.Bar]:
    """Full, hatched or hollow bars, with the hue of the theme in each."""
    for certainty, label in CERTAINTIES.items():
        own = stacks[(stacks["certainty"] == certainty) & (stacks["quarter"] != EARLIER)]
        if own.empty:
            continue
        hues = [palette.themes.get(code, palette.ink) for code in own["theme_code"]]
        marker: Part = {"color": hues, "line": {"color": hues, "width": 1.5}}
        if certainty == NOT_PLACED:
            marker["color"] = palette.paper
        else:
            shape = "/" if certainty == "beyond" else ""
            ground = {"bgcolor": palette.paper, "size": 6, "solidity": 0.45}
            marker["pattern"] = {"shape": shape, **ground}
        if certainty == "within":
            marker["line"]["width"] = 0
        yield go.Bar(
            x=list(own["x"]),
            y=list(-own["event_count"] * own["unit"] * own["way"]),
            base=list(own["ground"] - own["base"] * own["unit"] * own["way"]),
            width=BAR,
            marker=marker,
            customdata=[["event", *ids] for ids in own[["event_ids", "claim_ids"]].to_numpy()],
            hovertext=[
                f"<b>{quarter_in_words(quarter)}</b><br>{count} · {escape(label)}"
                for quarter, count in zip(own["quarter"], own["event_count"], strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )


def _draw_totals(stacks: pd.DataFrame, palette: Palette) -> go.Scatter:
    """The number over each stack that stands, and under each that hangs."""
    rows = stacks.groupby(["place", "quarter", "way"], sort=False, as_index=False).agg(
        x=("x", "first"),
        count=("event_count", "sum"),
        unit=("unit", "first"),
        ground=("ground", "first"),
        ids=("event_ids", _join_ids),
        claims=("claim_ids", _join_ids),
    )
    return go.Scatter(
        x=list(rows["x"]),
        y=list(
            rows["ground"]
            - rows["way"] * rows["count"] * rows["unit"] * (rows["quarter"] != EARLIER)
        ),
        mode="text",
        text=[str(count) for count in rows["count"]],
        textposition=[f"{'top' if way > 0 else 'bottom'} center" for way in rows["way"]],
        textfont={"size": NUMBER, "color": palette.ink},
        customdata=[["event", *ids] for ids in rows[["ids", "claims"]].to_numpy()],
        hoverinfo="skip",
        cliponaxis=False,
    )


def _join_ids(column: Iterable[str]) -> str:
    return " ".join(sorted({one for ids in column for one in ids.split()}))


def _tick(quarter: str, is_partial: bool, place: float) -> str:
    """Name of a column, with the year where it begins; a star marks a quarter that lacks days."""
    if quarter == EARLIER:
        return "Earlier"
    year, number = quarter.split("-Q")
    name = f"Q{number}{'*' if is_partial else ''}"
    return f"{name}<br>{year}" if number == "1" or place == 0 else name


def _rule(ground: float, palette: Palette) -> Part:
    ends = {"xref": "paper", "x0": 0, "x1": 1, "y0": ground, "y1": ground}
    return {"type": "line", **ends, "line": {"color": palette.rule, "width": 1}, "layer": "below"}


def _tint(start: float, end: float, bottom: float, palette: Palette) -> Part:
    """A ground under the column that is no quarter."""
    ends = {"x0": start, "x1": end, "y0": 0, "y1": bottom}
    drawn = {"fillcolor": palette.raised, "line": {"width": 0}, "layer": "below"}
    return {"type": "rect", **ends, **drawn}


def _row_name(code: str, name: str, ground: float, palette: Palette) -> Part:
    top = ground - (TALL if code == ALL else 1.0) - ROOM * 0.35
    hue = palette.themes.get(code, palette.ink)
    ground_colour = {"bgcolor": palette.raised, "borderpad": 1}
    return _words(f"<b>{escape(name)}</b>", 0, top, hue, xref="paper", **ground_colour)


def _words(text: str, x: Any, y: float, color: str, **more: Any) -> Part:
    place = {"text": text, "x": x, "y": y, "xanchor": "left", "yanchor": "middle"}
    return {**place, "showarrow": False, "font": {"size": LABEL, "color": color}, **more}
