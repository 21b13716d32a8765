"""Rules across tables. Each takes the tables twice, indexed by line, and yields faults.

`tables` are typed and lack the rows that are faulty in themselves; `texts` are as written and lack
none. A rule judges the rows of the first, and looks up in the second whether something exists: so
one broken cell does not bury the report under faults that follow from it. For the same reason a
rule runs only when every table that it needs could be read.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from entente.check.contract import TABLES
from entente.check.faults import Fault
from entente.check.needs import RULES_OF_NEEDS
from entente.check.rules_in_time import RULES_IN_TIME
from entente.check.rules_of_document import RULES_OF_DOCUMENT
from entente.check.rules_of_map import RULES_OF_MAP
from entente.check.rules_of_sources import RULES_OF_SOURCES
from entente.check.within import Tables
from entente.check.within import fault_at as _fault
from entente.check.within import faults_where as _rows
from entente.check.within import values_of as _column
from entente.dates import edtf as dates

Rule = Callable[[Tables, Tables], Iterator[Fault]]
Ends = Mapping[str, tuple[str, ...]]

NUMBER_RANGES = {
    "legs": ("transit_days", "cost_usd_per_teu"),
    "corridors": ("published_km", "published_days", "published_cost"),
    "rates": ("",),
    "benchmarks": ("",),
}
COMPARED_METRICS = ("km", "days", "hours", "usd")
USABLE = ("open", "partial")
LAND_MODES = ("rail", "road")
FORECAST = "forecast"
# Tables that put a claim behind a mark of a figure.
DRAWN = ("tie_claims", "event_claims", "corridor_claims", "pledges")
NOT_A_FORECAST = ("not_a_forecast", "claim_id")


def check_links(tables: Tables, texts: Tables) -> list[Fault]:
    """All faults that can be seen only by looking at several tables, or several rows, at once."""
    faults: list[Fault] = []
    for needed, rule in RULES_ACROSS:
        if set(needed) <= set(tables):
            faults.extend(rule(tables, texts))
    return faults


def unresolved_references(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every id and every code resolves."""
    for name, frame in tables.items():
        for column, about in TABLES[name].columns.items():
            target = about.table
            key = TABLES[target].key[0] if target in texts else ""
            if not key or key not in texts[target]:
                continue
            known = _column(texts, target, key)
            missing = frame[column].notna() & ~frame[column].isin(known)
            code = "unknown_code" if about.kind == "code" else "dangling_id"
            yield from _rows(tables, name, missing, code, column)


def retired_ids(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """An id that was retired is not in use."""
    for row in tables["retired"].to_dict("records"):
        frame = tables.get(row["table"])
        if frame is not None:
            column = TABLES[row["table"]].key[0]
            used = frame[column] == row["retired_id"]
            yield from _rows(tables, row["table"], used, "retired_id", column)


def ranges_in_order(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Ranges run low ≤ typical ≤ high, wherever they stand; every benchmark states a figure."""
    for name, stems in NUMBER_RANGES.items():
        for stem in stems:
            names = [f"{stem}_{part}".lstrip("_") for part in ("low", "typical", "high")]
            present = [column for column in names if column in tables[name]]
            # A figure that is not stated stands for the one before it, and so breaks no order.
            figures = tables[name][present].astype("float64").ffill(axis=1)
            backwards = (figures.diff(axis=1) < 0).any(axis=1)
            yield from _rows(tables, name, backwards, "range_order", present[0])
    figures = tables["benchmarks"][["value", "low", "high"]]
    yield from _rows(tables, "benchmarks", figures.isna().all(axis=1), "no_figure", "value")


def sound_ties(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A tie joins two placed actors, ends after it starts, and says truly who asserts it."""
    ties = tables["ties"]
    documented = ties["tie_id"].isin(_column(texts, "tie_events", "tie_id"))
    claimed = ties["tie_id"].isin(_column(texts, "tie_claims", "tie_id"))
    same = ties["from_actor_id"] == ties["to_actor_id"]
    yield from _rows(tables, "ties", same, "tie_to_itself", "to_actor_id")
    wrong = ties["is_asserted_only"] == documented
    yield from _rows(tables, "ties", wrong, "asserted_mismatch", "is_asserted_only")
    yield from _rows(tables, "ties", ~(documented | claimed), "tie_without_ground", "tie_id")
    backwards = ties["end_edtf"].notna() & ties.apply(_ends_first, axis=1).astype(bool)
    yield from _rows(tables, "ties", backwards, "ends_before_start", "end_edtf")
    actors = tables["actors"]
    tied = actors["actor_id"].isin([*ties["from_actor_id"], *ties["to_actor_id"]])
    adrift = tied & actors[["lat", "lon"]].isna().any(axis=1)
    yield from _rows(tables, "actors", adrift, "actor_not_placed", "lat")


def _ends_first(tie: pd.Series) -> bool:
    if not isinstance(tie["end_edtf"], str):
        return False
    start, end = dates.span(tie["start_edtf"]).first, dates.span(tie["end_edtf"]).last
    return bool(start and end and end < start)


def sourced(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Claims have verdicts, verdicts and events have sources, published figures have theirs."""
    for name, child, code in (
        ("claims", "assessments", "no_assessment"),
        ("claims", "claim_actors", "no_actor"),
        ("assessments", "assessment_sources", "no_source"),
        ("events", "event_sources", "no_source"),
        ("events", "event_actors", "no_actor"),
        ("leg_statuses", "leg_status_sources", "no_source"),
        ("corridors", "corridor_sources", "no_source"),
        ("standing_vetoes", "standing_veto_sources", "no_source"),
        ("border_notes", "border_note_sources", "no_source"),
        ("border_notes", "border_note_actors", "no_actor"),
    ):
        column = TABLES[name].key[0]
        bare = ~tables[name][column].isin(_column(texts, child, column))
        yield from _rows(tables, name, bare, code, column)
    for name, child, basis in (
        ("legs", "leg_sources", "distance_basis_code"),
        ("rates", "rate_sources", "basis_code"),
    ):
        column = TABLES[name].key[0]
        published = tables[name][basis] == "published"
        bare = published & ~tables[name][column].isin(_column(texts, child, column))
        yield from _rows(tables, name, bare, "no_source", basis)


def drawn_or_explained(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A claim stands behind a mark of a figure, or says why no figure can show it; never both.

    Marks are ties, events, corridors, the rows of pledges, and those of forecasts.
    """
    claims = tables["claims"]
    behind = {one for name in DRAWN for one in _column(texts, name, "claim_id")}
    is_drawn = claims["claim_id"].isin(behind) | (claims["kind_code"] == FORECAST)
    wrong = is_drawn == claims["undrawn_reason"].notna()
    yield from _rows(tables, "claims", wrong, "not_drawn", "undrawn_reason")


def assessments_in_turn(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """No two verdicts on a claim begin on the same day."""
    yield from _same_start(tables, "assessments", "claim_id")


def sound_expectations(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """An expectation belongs to a forecast, and has an outcome once that is decided."""
    rows, claims = tables["expectations"], tables["claims"]
    others = claims.loc[claims["kind_code"] != FORECAST, "claim_id"]
    yield from _rows(tables, "expectations", rows["claim_id"].isin(others), *NOT_A_FORECAST)
    verdicts = tables["assessments"]
    decided = verdicts.loc[verdicts["verdict_code"] != "open", "claim_id"]
    bare = rows[["outcome_event_id", "note"]].isna().all(axis=1) & rows["claim_id"].isin(decided)
    yield from _rows(tables, "expectations", bare, "no_outcome", "outcome_event_id")


def statuses_in_turn(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every leg has a status, no two begin together, and multipliers fit the status."""
    statuses = tables["leg_statuses"]
    bare = ~tables["legs"]["leg_id"].isin(_column(texts, "leg_statuses", "leg_id"))
    yield from _rows(tables, "legs", bare, "no_status", "leg_id")
    yield from _same_start(tables, "leg_statuses", "leg_id")
    wrong = statuses["status_code"].isin(USABLE) == statuses["multiplier"].isna()
    yield from _rows(tables, "leg_statuses", wrong, "multiplier_mismatch", "multiplier")


def scenarios_that_do_something(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every scenario changes a leg, and its multipliers fit its statuses."""
    bare = ~tables["scenarios"]["scenario_id"].isin(_column(texts, "scenario_legs", "scenario_id"))
    yield from _rows(tables, "scenarios", bare, "no_legs", "scenario_id")
    legs = tables["scenario_legs"]
    wrong = legs["status_code"].isin(USABLE) == legs["multiplier"].isna()
    yield from _rows(tables, "scenario_legs", wrong, "multiplier_mismatch", "multiplier")


def _same_start(tables: Tables, name: str, owner: str) -> Iterator[Fault]:
    """Rows of one owner whose possible first days meet, so that nobody can tell which is first."""
    for _, rows in tables[name].groupby(owner, sort=True):
        ordered = sorted(rows.index, key=lambda line: dates.first_day(rows.at[line, "from_edtf"]))
        for before, after in pairwise(ordered):
            earlier = dates.span(rows.at[before, "from_edtf"])
            later = dates.span(rows.at[after, "from_edtf"])
            if later.first is None or (earlier.last and later.first <= earlier.last):
                yield _fault(tables, name, after, "same_start", "from_edtf")


def joined_corridors(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Legs of a corridor count from 1, each starts where the last ended, and the ends are right."""
    legs = _ends_of_legs(texts)
    chains = tables["corridor_legs"]
    corridors = tables["corridors"]
    bare = ~corridors["corridor_id"].isin(_column(texts, "corridor_legs", "corridor_id"))
    yield from _rows(tables, "corridors", bare, "no_legs", "corridor_id")
    for line, corridor in corridors[~bare].iterrows():
        rows = chains[chains["corridor_id"] == corridor["corridor_id"]].sort_values("sequence")
        if list(rows["sequence"]) != list(range(1, len(rows) + 1)):
            yield _fault(tables, "corridor_legs", rows.index[-1], "gap_in_sequence", "sequence")
        at: Any = corridor["from_node_id"]
        for place, leg_id in rows["leg_id"].items():
            ends = legs.get(leg_id, ())
            if at not in ends:
                yield _fault(tables, "corridor_legs", place, "legs_do_not_join", "leg_id")
                break
            at = ends[1] if ends[0] == at else ends[0]
        else:
            if at != corridor["to_node_id"]:
                yield _fault(tables, "corridors", line, "wrong_corridor_end", "to_node_id")


def _ends_of_legs(texts: Tables) -> Ends:
    """The two nodes of every leg, by its id; the first row of an id that stands there twice."""
    legs = texts["legs"].drop_duplicates("leg_id")
    nodes = zip(legs["from_node_id"], legs["to_node_id"], strict=True)
    return dict(zip(legs["leg_id"], nodes, strict=True))


def compared_benchmarks(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A benchmark joins two nodes by its corridor or by legs of its own, or says why it cannot."""
    legs = _ends_of_legs(texts)
    benchmarks = tables["benchmarks"]
    ends = benchmarks[["from_node_id", "to_node_id"]].notna()
    wrong = ends.any(axis=1) == benchmarks["not_comparable_reason"].notna()
    wrong |= ends.any(axis=1) != ends.all(axis=1)
    yield from _rows(tables, "benchmarks", wrong, "not_compared", "not_comparable_reason")
    joined = ends.all(axis=1)
    strange = ~benchmarks["metric_code"].isin(COMPARED_METRICS)
    strange |= (benchmarks[["value", "low", "high"]] <= 0).any(axis=1)
    yield from _rows(tables, "benchmarks", joined & strange, "metric_not_compared", "metric_code")
    own, shared = tables["benchmark_legs"], tables["corridor_legs"]
    for line, row in benchmarks[~wrong & ends.all(axis=1)].iterrows():
        chain = own[own["benchmark_id"] == row["benchmark_id"]].sort_values("sequence")["leg_id"]
        if len(chain):
            joined = _end_of(legs, chain, row["from_node_id"]) == row["to_node_id"]
        else:
            on_way = shared[shared["corridor_id"] == row["corridor_id"]]["leg_id"]
            if not set(on_way) <= legs.keys():
                continue  # a leg that does not exist is another rule's fault
            places = {node for leg_id in on_way for node in legs[leg_id]}
            joined = {row["from_node_id"], row["to_node_id"]} <= places
        if not joined:
            yield _fault(tables, "benchmarks", line, "no_way", "to_node_id")


def _end_of(legs: Ends, chain: pd.Series, at: Any) -> Any:
    """Where a chain of legs leads from `at`; None when its legs do not join."""
    for leg_id in chain:
        ends = legs.get(leg_id, ())
        if at not in ends:
            return None
        at = ends[1] if ends[0] == at else ends[0]
    return at


def borders_crossed(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A road or rail leg crosses a border exactly when its ends lie in two states."""
    legs = tables["legs"]
    state = texts["nodes"].drop_duplicates("node_id").set_index("node_id")["actor_id"]
    two = legs["from_node_id"].map(state) != legs["to_node_id"].map(state)
    wrong = legs["mode_code"].isin(LAND_MODES) & (legs["is_border_crossing"] != two)
    yield from _rows(tables, "legs", wrong, "wrong_border", "is_border_crossing")


RULES_ACROSS: tuple[tuple[tuple[str, ...], Rule], ...] = (
    ((), unresolved_references),
    (("retired",), retired_ids),
    (tuple(NUMBER_RANGES), ranges_in_order),
    (("ties", "tie_claims", "tie_events", "actors"), sound_ties),
    (
        (
            *("claims", "assessments", "claim_actors", "assessment_sources"),
            *("events", "event_sources", "event_actors", "leg_statuses", "leg_status_sources"),
            *("corridors", "corridor_sources", "legs", "leg_sources", "rates", "rate_sources"),
            *("standing_vetoes", "standing_veto_sources"),
            *("border_notes", "border_note_sources", "border_note_actors"),
        ),
        sourced,
    ),
    (("claims", *DRAWN), drawn_or_explained),
    *RULES_OF_MAP,
    *RULES_OF_SOURCES,
    (("assessments",), assessments_in_turn),
    (("expectations", "claims", "assessments"), sound_expectations),
    (("legs", "leg_statuses"), statuses_in_turn),
    (("scenarios", "scenario_legs"), scenarios_that_do_something),
    (("legs", "corridors", "corridor_legs"), joined_corridors),
    (("benchmarks", "benchmark_legs", "legs", "corridor_legs"), compared_benchmarks),
    (("legs", "nodes"), borders_crossed),
    *RULES_IN_TIME,
    *RULES_OF_DOCUMENT,
    *RULES_OF_NEEDS,
)
