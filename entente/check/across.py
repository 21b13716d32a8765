"""Rules across tables. Each takes the tables twice, indexed by line, and yields faults.

`tables` are typed and lack the rows that are faulty in themselves; `texts` are as written and lack
none. A rule judges the rows of the first, and looks up in the second whether something exists: so
one broken cell does not bury the report under faults that follow from it. For the same reason a
rule runs only when every table that it needs could be read.

What the program asks of the data by name (codes with a meaning, and rates) stands at the head, as
plain data: a table that the contract allows may still lack a code or a rate without which a page
cannot be drawn, or hold one that has no meaning, colour or symbol here.
"""

from collections.abc import Iterator, Mapping

from entente.check.contract import TABLES
from entente.check.faults import Fault
from entente.check.rules_of_document import RULES_OF_DOCUMENT
from entente.check.rules_of_network import RULES_OF_NETWORK
from entente.check.rules_of_record import RULES_OF_RECORD
from entente.check.within import Rule, Tables, faults_where, list_values
from entente.vocabulary import EVIDENCE_KINDS, TIE_THEMES, VERDICTS

# Code tables of which the program gives every code a rule, a colour, a symbol or a page: the codes
# of the table must be exactly these.
KNOWN_CODES: Mapping[str, tuple[str, ...]] = {
    "assessment_verdicts": VERDICTS,
    "event_statuses": ("occurred", "announced", "disputed", "planned-not-held"),
    "evidence_kinds": tuple(EVIDENCE_KINDS),
    "leg_statuses": (*("open", "partial", "suspended", "closed", "under-construction", "planned"),),
    "modes": ("rail", "road", "deep-sea", "short-sea", "ferry", "inland-water"),
    "pages": ("briefing", "alliance_map", "timeline", "trade_routes", "claims", "data"),
    "themes": (*TIE_THEMES, "great-power", "domestic"),
}

# Columns that may use only some codes of their table.
KNOWN_IN_COLUMN: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("ties", "theme_code"): TIE_THEMES,
}

# Codes that a rule asks for by name, in tables that may hold others besides.
ASKED_CODES: Mapping[str, tuple[str, ...]] = {
    "border_views": ("un",),
    "claim_kinds": ("forecast",),
    "pledge_stages": ("delivered", "replaced"),
}

# Dwell times with their prices, and emission factors. These, and the rates that slow borders name,
# have a number for low, typical and high each.
ASKED_RATES = (
    *("HND-PORT", "HND-PORT-USD", "HND-CASP", "HND-CASP-USD", "HND-LAND", "HND-LAND-USD"),
    *("GAUGE-BREAK", "GAUGE-BREAK-USD", "WAIT-FERRY", "WAIT-FERRY-VAN", "LINER-CALLS"),
    *("CANAL-SUEZ", "CANAL-SUEZ-USD", "BRD-RAIL", "BRD-RAIL-COST"),
    *("BRD-ROAD", "BRD-ROAD-COST"),
    *("CO2-SEA-DEEP", "CO2-SEA-FEED", "CO2-FERRY", "CO2-IWT", "CO2-RAIL", "CO2-ROAD"),
    "UNIT-PAYLOAD",
)
BOUNDS = ["low", "typical", "high"]


def check_codes(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """What the program asks for by name is there; what it has no meaning for is not."""
    for name in (*KNOWN_CODES, *ASKED_CODES):
        table = f"codes/{name}"
        present = list_values(texts, table, "code")
        for code in (*KNOWN_CODES.get(name, ()), *ASKED_CODES.get(name, ())):
            if code not in present:
                yield Fault(file=f"{table}.csv", code="needed_code", column="code", value=code)
    for name, known in KNOWN_CODES.items():
        strange = ~tables[f"codes/{name}"]["code"].isin(known)
        yield from faults_where(tables, f"codes/{name}", strange, "code_without_meaning", "code")
    for (table, column), known in KNOWN_IN_COLUMN.items():
        strange = tables[table][column].notna() & ~tables[table][column].isin(known)
        yield from faults_where(tables, table, strange, "code_without_meaning", column)


def check_rates(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Each rate that values a stage of a route is there, with all three numbers."""
    present = list_values(texts, "rates", "rate_id")
    for rate_id in ASKED_RATES:
        if rate_id not in present:
            yield Fault(file="rates.csv", code="needed_rate", column="rate_id", value=rate_id)
    rates = tables["rates"]
    asked = rates["rate_id"].isin([*ASKED_RATES, *list_values(texts, "slow_borders", "rate_id")])
    for column in BOUNDS:
        bare = asked & rates[column].isna()
        yield from faults_where(tables, "rates", bare, "rate_without_number", column)


RULES_OF_NEEDS = (
    (
        (
            *(f"codes/{name}" for name in (*KNOWN_CODES, *ASKED_CODES)),
            *(table for table, _ in KNOWN_IN_COLUMN),
        ),
        check_codes,
    ),
    (("rates", "slow_borders"), check_rates),
)


NUMBER_RANGES = {
    "legs": ("transit_days", "cost_usd_per_teu"),
    "corridors": ("published_km", "published_days", "published_cost"),
    "rates": ("",),
    "benchmarks": ("",),
}


def check_links(tables: Tables, texts: Tables) -> list[Fault]:
    """All faults that can be seen only by looking at several tables, or several rows, at once."""
    faults: list[Fault] = []
    for needed, rule in RULES_ACROSS:
        if set(needed) <= set(tables):
            faults.extend(rule(tables, texts))
    return faults


def check_references(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every id and every code resolves."""
    for name, frame in tables.items():
        for column, about in TABLES[name].columns.items():
            target = about.table
            key = TABLES[target].key[0] if target in texts else ""
            if not key or key not in texts[target]:
                continue
            known = list_values(texts, target, key)
            missing = frame[column].notna() & ~frame[column].isin(known)
            code = "unknown_code" if about.kind == "code" else "dangling_id"
            yield from faults_where(tables, name, missing, code, column)


def check_retired_ids(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """An id that was retired is not in use."""
    for row in tables["retired"].to_dict("records"):
        frame = tables.get(row["table"])
        if frame is not None:
            column = TABLES[row["table"]].key[0]
            used = frame[column] == row["retired_id"]
            yield from faults_where(tables, row["table"], used, "retired_id", column)


def check_ranges(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Ranges run low ≤ typical ≤ high, wherever they stand; every benchmark states a figure."""
    for name, stems in NUMBER_RANGES.items():
        for stem in stems:
            names = [f"{stem}_{part}".lstrip("_") for part in ("low", "typical", "high")]
            present = [column for column in names if column in tables[name]]
            # A figure that is not stated stands for the one before it, and so breaks no order.
            figures = tables[name][present].astype("float64").ffill(axis=1)
            backwards = (figures.diff(axis=1) < 0).any(axis=1)
            yield from faults_where(tables, name, backwards, "range_order", present[0])
    figures = tables["benchmarks"][["value", "low", "high"]]
    yield from faults_where(tables, "benchmarks", figures.isna().all(axis=1), "no_figure", "value")


def check_grounds(tables: Tables, texts: Tables) -> Iterator[Fault]:
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
        bare = ~tables[name][column].isin(list_values(texts, child, column))
        yield from faults_where(tables, name, bare, code, column)
    for name, child, basis in (
        ("legs", "leg_sources", "distance_basis_code"),
        ("rates", "rate_sources", "basis_code"),
    ):
        column = TABLES[name].key[0]
        published = tables[name][basis] == "published"
        bare = published & ~tables[name][column].isin(list_values(texts, child, column))
        yield from faults_where(tables, name, bare, "no_source", basis)


RULES_ACROSS: tuple[tuple[tuple[str, ...], Rule], ...] = (
    ((), check_references),
    (("retired",), check_retired_ids),
    (tuple(NUMBER_RANGES), check_ranges),
    (
        (
            *("claims", "assessments", "claim_actors", "assessment_sources"),
            *("events", "event_sources", "event_actors", "leg_statuses", "leg_status_sources"),
            *("corridors", "corridor_sources", "legs", "leg_sources", "rates", "rate_sources"),
            *("standing_vetoes", "standing_veto_sources"),
            *("border_notes", "border_note_sources", "border_note_actors"),
        ),
        check_grounds,
    ),
    *RULES_OF_RECORD,
    *RULES_OF_NETWORK,
    *RULES_OF_DOCUMENT,
    *RULES_OF_NEEDS,
)
