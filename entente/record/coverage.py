"""Coverage: by which marks of which figures each claim is drawn, or why none can show it.

The bricks of the score do not count: there is one for every claim, whatever the claim is about.
"""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from entente.dates import known_from
from entente.dossier.document import Document

PLACE_COLUMNS = [
    *("claim_id", "page_code", "kind", "mark_id", "label", "date_edtf", "known_from", "settings"),
]
MAP, TIMELINE, ROUTES, CLAIMS = "alliance_map", "timeline", "trade_routes", "claims"
SCOREBOARD = "show=scoreboard"
VETOES = "What a veto on it would cost"
ALWAYS = dt.date.min

Tables = Mapping[str, pd.DataFrame]


def list_places(tables: Tables) -> pd.DataFrame:
    """Every mark behind which a claim stands, read off the tables that figures are drawn from.

    A tie is a mark on the alliance map; an event and an expectation are marks on the timeline, a
    corridor is one among the trade routes; a pledge and a forecast are rows of the scoreboard.
    Claims about a corridor that name somebody who can deny it are behind the bars of vetoes, too.

    Args:
        tables: The dataset.

    Returns:
        One row per claim and mark with the columns `PLACE_COLUMNS`, sorted by claim, page and
        date. `known_from` is the day from which the mark can be there; `settings` is the part of
        an address, beside the pick, that brings it on screen. `mark_id` is missing for bars of
        vetoes, which depend on the day.
    """
    ties = tables["tie_claims"].merge(tables["ties"], on="tie_id")
    events = tables["event_claims"].merge(tables["events"], on="event_id")
    corridors = (
        tables["corridor_claims"]
        .merge(tables["corridors"], on="corridor_id")
        .assign(settings=lambda rows: "from=" + rows["from_node_id"] + "&to=" + rows["to_node_id"])
    )
    steps, published = tables["pledge_steps"], Document(tables).day
    begun = steps["date_edtf"].map(known_from).groupby(steps["pledge_id"]).min()
    expectations = _list_own_expectations(tables)
    expectations = expectations.assign(
        label="Expected: " + expectations["label"], known_from=published
    )
    pledges = tables["pledges"].assign(
        known_from=tables["pledges"]["pledge_id"].map(begun), settings=SCOREBOARD
    )
    forecasts = tables["claims"][tables["claims"]["kind_code"] == "forecast"].assign(
        label="The forecast and its outcome", known_from=published, settings=SCOREBOARD
    )
    expected = {"mark_id": "expectation_id", "date_edtf": "expected_edtf"}
    parts = (
        _place(ties, MAP, "tie", mark_id="tie_id", date_edtf="start_edtf"),
        _place(events, TIMELINE, "event", mark_id="event_id", label="title"),
        _place(expectations, TIMELINE, "expectation", **expected),
        _place(corridors.assign(known_from=ALWAYS), ROUTES, "corridor", mark_id="corridor_id"),
        _place(_list_vetoes(tables, corridors), ROUTES, "veto"),
        _place(pledges, CLAIMS, "claim", mark_id="claim_id"),
        _place(forecasts, CLAIMS, "claim", mark_id="claim_id"),
    )
    keys = ["claim_id", "page_code", "date_edtf", "kind", "mark_id"]
    return pd.concat(parts).sort_values(keys, kind="stable", ignore_index=True)


def find_coverage(claims: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Whether each claim is drawn anywhere; the reason where it is not.

    Args:
        claims: The table of that name.
        places: What :func:`list_places` returns.

    Returns:
        One row per claim, in the order of `claims`: `claim_id`, `is_drawn`, `reason` (missing for
        claims that are drawn).
    """
    is_drawn = claims["claim_id"].isin(places["claim_id"])
    reason = claims["undrawn_reason"].mask(is_drawn)
    return claims[["claim_id"]].assign(is_drawn=is_drawn, reason=reason).reset_index(drop=True)


def count_by_page(places: pd.DataFrame) -> dict[str, int]:
    """Page code to how many claims have a mark on it."""
    counts = places.groupby("page_code")["claim_id"].nunique()
    return {page: int(counts.get(page, 0)) for page in (MAP, TIMELINE, ROUTES, CLAIMS)}


def _list_own_expectations(tables: Tables) -> pd.DataFrame:
    """Expectations that have a mark of their own: for the others that of an event stands."""
    events, rows = tables["events"], tables["expectations"]
    dated = pd.MultiIndex.from_frame(events[["event_id", "document_date_edtf"]])
    return rows[~pd.MultiIndex.from_frame(rows[["outcome_event_id", "expected_edtf"]]).isin(dated)]


def _list_vetoes(tables: Tables, corridors: pd.DataFrame) -> pd.DataFrame:
    """A row for each claim and pair of places where somebody whom it names could deny the way."""
    states = tables["nodes"].set_index("node_id")["actor_id"]
    holders = tables["corridor_legs"].merge(tables["leg_actors"], on="leg_id")
    able = holders.loc[holders["is_denier"], ["corridor_id", "actor_id"]].drop_duplicates()
    named = corridors.merge(tables["claim_actors"], on="claim_id")
    named = named.merge(able, on=["corridor_id", "actor_id"])
    ends = [named[name].map(states) for name in ("from_node_id", "to_node_id")]
    is_foreign = (named["actor_id"] != ends[0]) & (named["actor_id"] != ends[1])
    rows = named[is_foreign].drop_duplicates(["claim_id", "settings"])
    settings = "show=leverage&" + rows["settings"]
    return rows.assign(mark_id=None, label=VETOES, settings=settings, known_from=ALWAYS)


def _place(rows: pd.DataFrame, page: str, kind: str, **columns: str) -> pd.DataFrame:
    """Rows as places; `columns` says where they have what places call otherwise.

    What has a date and no `known_from` is known from that date.
    """
    renamed = {name: rows[own] for name, own in columns.items()}
    found = rows.assign(page_code=page, kind=kind, **renamed)
    if "known_from" not in found:
        found = found.assign(known_from=found["date_edtf"].map(known_from))
    blank = {"date_edtf": None, "settings": ""}
    missing = {name: value for name, value in blank.items() if name not in found}
    return found.assign(**missing)[PLACE_COLUMNS].astype(object)
