"""Coverage: by which marks of which figures each claim is drawn, or why none can show it.

The bricks of the score do not count: there is one for every claim, whatever the claim is about.
"""

import datetime as dt
from collections.abc import Callable, Mapping

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


def list_places(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
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
    parts = [part(tables) for part in (_ties, _events, _expectations, _corridors, _vetoes)]
    parts += [_pledges(tables), _forecasts(tables)]
    blank = {"date_edtf": None, "settings": ""}
    rows = pd.concat([part.assign(**{**blank, **part}) for part in parts], ignore_index=True)
    keys = ["claim_id", "page_code", "date_edtf", "kind", "mark_id"]
    return rows.sort_values(keys, kind="stable")[PLACE_COLUMNS].reset_index(drop=True)


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
    columns = {"claim_id": claims["claim_id"], "is_drawn": is_drawn, "reason": reason}
    return pd.DataFrame(columns).reset_index(drop=True)


def count_by_page(places: pd.DataFrame) -> dict[str, int]:
    """Page code to how many claims have a mark on it."""
    counts = places.groupby("page_code")["claim_id"].nunique()
    return {page: int(counts.get(page, 0)) for page in (MAP, TIMELINE, ROUTES, CLAIMS)}


def _ties(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    joined = tables["tie_claims"].merge(tables["ties"], on="tie_id")
    rows = joined.rename(columns={"tie_id": "mark_id", "start_edtf": "date_edtf"})
    return _placed(rows, MAP, "tie", known_from)


def _events(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    joined = tables["event_claims"].merge(tables["events"], on="event_id")
    rows = joined.rename(columns={"event_id": "mark_id", "title": "label"})
    return _placed(rows, TIMELINE, "event", known_from)


def _expectations(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Those that have a mark of their own: for the others that of an event stands."""
    events = tables["events"][["event_id", "document_date_edtf"]]
    pairs = set(events.itertuples(index=False, name=None))
    rows = tables["expectations"].rename(
        columns={"expectation_id": "mark_id", "expected_edtf": "date_edtf"}
    )
    own = [
        pair not in pairs for pair in zip(rows["outcome_event_id"], rows["date_edtf"], strict=True)
    ]
    said = rows[own].assign(label="Expected: " + rows["label"])
    published = Document(tables).day
    return _placed(said, TIMELINE, "expectation", lambda _: published)


def _corridors(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    rows = _about_corridors(tables).rename(columns={"corridor_id": "mark_id"})
    return _placed(rows.assign(date_edtf=None), ROUTES, "corridor", lambda _: ALWAYS)


def _vetoes(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """A row for each claim and pair of places where somebody whom it names could deny the way."""
    about = _about_corridors(tables)
    holders = tables["corridor_legs"].merge(tables["leg_actors"], on="leg_id")
    able = set(holders[["corridor_id", "actor_id"]].itertuples(index=False, name=None))
    states = tables["nodes"].set_index("node_id")["actor_id"]
    named = about.merge(tables["claim_actors"], on="claim_id")
    own = [
        row.actor_id in {states[row.from_node_id], states[row.to_node_id]}
        or (row.corridor_id, row.actor_id) not in able
        for row in named.itertuples()
    ]
    rows = named[[not one for one in own]].drop_duplicates(["claim_id", "settings"])
    rows = rows.assign(
        mark_id=None, date_edtf=None, label=VETOES, settings="show=leverage&" + rows["settings"]
    )
    return _placed(rows, ROUTES, "veto", lambda _: ALWAYS)


def _about_corridors(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    rows = tables["corridor_claims"].merge(tables["corridors"], on="corridor_id")
    return rows.assign(settings="from=" + rows["from_node_id"] + "&to=" + rows["to_node_id"])


def _pledges(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Rows of the ladder, each from its first step."""
    steps = tables["pledge_steps"]
    begins = steps.assign(day=steps["date_edtf"].map(known_from)).groupby("pledge_id")["day"].min()
    rows = tables["pledges"].assign(
        mark_id=tables["pledges"]["claim_id"], date_edtf=None, settings=SCOREBOARD
    )
    placed = _placed(rows, CLAIMS, "claim", lambda _: ALWAYS)
    return placed.assign(known_from=rows["pledge_id"].map(begins))


def _forecasts(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    made = tables["claims"][tables["claims"]["kind_code"] == "forecast"]
    rows = made.assign(
        mark_id=made["claim_id"],
        date_edtf=None,
        settings=SCOREBOARD,
        label="The forecast and what came of it",
    )
    published = Document(tables).day
    return _placed(rows, CLAIMS, "claim", lambda _: published)


def _placed(
    rows: pd.DataFrame, page: str, kind: str, day: Callable[[str], dt.date]
) -> pd.DataFrame:
    settings = rows.get("settings", "")
    known = [day(text) for text in rows["date_edtf"]]
    placed = rows.assign(page_code=page, kind=kind, settings=settings)
    return placed.assign(known_from=pd.Series(known, rows.index, dtype=object))[PLACE_COLUMNS]
