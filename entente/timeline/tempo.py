"""Tempo: how many events a quarter has, by theme, with dates no firmer than they are."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from entente.dates import MONTHS, span
from entente.record.chronology import EVENT, NOT_HELD, NOT_YET_KNOWN, find_shown_date

TEMPO_COLUMNS = ["quarter", "theme_code", "certainty", "event_count", "event_ids", "claim_ids"]
# How an event counts: within its quarter; maybe or partly in the next; or not held at all.
CERTAINTIES = {
    "within": "Within the quarter",
    "beyond": "Reaching into another quarter",
    "not-held": "Not held, or not yet known",
}
EARLIER = "earlier"


def count_by_quarter(items: pd.DataFrame, *, since: dt.date) -> pd.DataFrame:
    """Number of events by quarter, theme and certainty; quarters without an event are absent.

    An event counts once, in the quarter of the first day that its date may mean. Where its last
    possible day lies in another quarter it counts as `beyond`. Expectations are no events and do
    not count.

    Args:
        items: What :func:`entente.record.chronology.list_items` returns.
        since: Quarters before the one of this day are taken together as `earlier`.

    Returns:
        The columns `TEMPO_COLUMNS`; `quarter` as `2025-Q2`, or `earlier`; ids sorted and joined by
        blanks; sorted by quarter (`earlier` first), theme and certainty.
    """
    events = items[items["kind"] == EVENT]
    rows = [_placed(event, since) for _, event in events.iterrows()]
    placed = pd.DataFrame(rows, columns=["quarter", "theme_code", "certainty", "id", "claims"])
    grouped = placed.groupby(["quarter", "theme_code", "certainty"], sort=False)
    counts = [
        (*key, len(own), " ".join(sorted(own["id"])), _joined(own["claims"]))
        for key, own in grouped
    ]
    table = pd.DataFrame(counts, columns=TEMPO_COLUMNS)
    order = [(quarter != EARLIER, quarter) for quarter in table["quarter"]]
    table = table.assign(order=order).sort_values(["order", "theme_code", "certainty"])
    return table[TEMPO_COLUMNS].reset_index(drop=True)


def quarter_of(day: dt.date) -> str:
    """The quarter of a day, as `2025-Q2`."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def list_quarters(first: dt.date, last: dt.date) -> list[str]:
    """All quarters from that of `first` to that of `last`."""
    start, end = (day.year * 4 + (day.month - 1) // 3 for day in (first, last))
    return [f"{number // 4:04}-Q{number % 4 + 1}" for number in range(start, end + 1)]


def list_partial_quarters(first: dt.date, last: dt.date) -> list[str]:
    """Quarters between two days, and to the end of the last one, that are not there in full."""
    found = [quarter_of(first)] if first.day > 1 or first.month % 3 != 1 else []
    after = last + dt.timedelta(days=1)
    if quarter_of(after) == quarter_of(last) and quarter_of(last) not in found:
        found.append(quarter_of(last))
    return found


def find_busiest(counts: pd.DataFrame) -> tuple[str, int] | None:
    """The quarter with most events that were held, and how many; the first of equals."""
    held = counts[(counts["quarter"] != EARLIER) & (counts["certainty"] != "not-held")]
    if held.empty:
        return None
    sums = held.groupby("quarter")["event_count"].sum()
    return str(sums.idxmax()), int(sums.max())


def _placed(event: pd.Series, since: dt.date) -> tuple[str, str, str, str, str]:
    days = span(find_shown_date(event))
    begun = quarter_of(days.first or dt.date.min)
    certainty = "within" if days.last and quarter_of(days.last) == begun else "beyond"
    if event["status_code"] in (NOT_HELD, NOT_YET_KNOWN):
        certainty = "not-held"
    quarter = begun if begun >= quarter_of(since) else EARLIER
    return quarter, event["theme_code"], certainty, event["item_id"], event["claim_ids"]


def _joined(claims: pd.Series) -> str:
    return " ".join(sorted({claim for ids in claims for claim in ids.split()}))


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
        aggfunc="sum",
        sort=False,
        fill_value=0,
    ).reindex(columns=["within", "beyond", "not-held"], fill_value=0)
    ids = counts.groupby(["quarter", "theme_code"], sort=False)["event_ids"].agg(" ".join)
    places = list(wide.index)
    return pd.DataFrame(
        {
            "Quarter": [quarter_in_words(quarter).capitalize() for quarter, _ in places],
            "Theme": [themes[theme] for _, theme in places],
            "Events": [int(total) for total in wide.sum(axis=1)],
            "Of these, reaching into another quarter": [int(n) for n in wide["beyond"]],
            "Of these, not held or not yet known": [int(n) for n in wide["not-held"]],
            "Ids": [ids[place] for place in places],
        }
    )
