"""Rules across all tables: references, ranges, sources, and what the program needs by name.

Codes with a meaning and rates stand at the head, as plain data: a table that the contract allows
may still lack a code or a rate without which a page cannot be drawn, or hold a code that has no
meaning, colour or symbol here.
"""

from collections.abc import Iterator, Mapping
from itertools import chain, pairwise

from entente import dates
from entente.check import rules_of_document, rules_of_network, rules_of_record  # noqa: F401
from entente.check.contract import TABLES
from entente.check.faults import RULES, Fault, Tables, fault_at, faults_where, list_values, needs
from entente.vocabulary import EVIDENCE_KINDS, TIE_THEMES, VERDICTS

# Code tables of which the program gives every code a rule, a colour, a symbol or a page: the codes
# of the table must be exactly these.
KNOWN_CODES: Mapping[str, tuple[str, ...]] = {
    "assessment_verdicts": VERDICTS,
    "event_statuses": ("occurred", "announced", "disputed", "planned-not-held"),
    "evidence_kinds": tuple(EVIDENCE_KINDS),
    "leg_statuses": (*("open", "partial", "suspended", "closed", "under-construction", "planned"),),
    "modes": ("rail", "road", "deep-sea", "short-sea", "ferry", "inland-water"),
    "services": ("container", "lorry", "other"),
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

# Dwell times with their prices, and emission factors. These, and the rates that legs and places
# name, have a number for low, typical and high each.
ASKED_RATES = (
    *("HND-PORT", "HND-PORT-USD", "HND-CASP", "HND-CASP-USD", "HND-LAND", "HND-LAND-USD"),
    *("GAUGE-BREAK", "GAUGE-BREAK-USD", "WAIT-FERRY", "WAIT-FERRY-VAN", "LINER-CALLS"),
    *("HEADWAY-SHIP", "HEADWAY-TRAIN"),
    *("CANAL-SUEZ", "CANAL-SUEZ-USD", "BRD-RAIL", "BRD-RAIL-BREAK", "BRD-RAIL-COST"),
    *("BRD-ROAD", "BRD-ROAD-COST"),
    *("CO2-SEA-DEEP", "CO2-SEA-FEED", "CO2-FERRY", "CO2-IWT", "CO2-RAIL", "CO2-ROAD"),
    "UNIT-PAYLOAD",
)
BOUNDS = ["low", "typical", "high"]


@needs(
    *(f"codes/{name}" for name in (*KNOWN_CODES, *ASKED_CODES)),
    *(table for table, _ in KNOWN_IN_COLUMN),
)
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


@needs("rates", "local_rates", "legs")
def check_rates(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Each rate that values a stage of a route is there, with all three numbers."""
    present = list_values(texts, "rates", "rate_id")
    for rate_id in ASKED_RATES if len(texts["legs"]) else ():
        if rate_id not in present:
            yield Fault(file="rates.csv", code="needed_rate", column="rate_id", value=rate_id)
    rates = tables["rates"]
    named = (
        list_values(texts, table, column)
        for table, column in (
            ("local_rates", "own_rate_id"),
            ("legs", "time_rate_id"),
            ("legs", "freight_rate_id"),
        )
    )
    asked = rates["rate_id"].isin([*ASKED_RATES, *chain.from_iterable(named)])
    for column in BOUNDS:
        bare = asked & rates[column].isna()
        yield from faults_where(tables, "rates", bare, "rate_without_number", column)


# What needs a row in another table, by the fault of lacking one.
GROUNDS = (
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
    ("legs", "leg_statuses", "no_status"),
    ("scenarios", "scenario_legs", "no_legs"),
    ("corridors", "corridor_legs", "no_legs"),
    ("pledges", "pledge_steps", "no_step"),
    ("pledge_steps", "pledge_step_sources", "no_source"),
)
# What needs a source where its basis is that somebody published it, and a source or a note where it
# is not.
PUBLISHED = (
    ("legs", "leg_sources", "distance_basis_code", "distance_note"),
    ("rates", "rate_sources", "basis_code", "note"),
    ("rate_periods", "rate_period_sources", "basis_code", "note"),
    ("capacities", "capacity_figures", "basis_code", "note"),
    ("values_of_time", "value_of_time_sources", "basis_code", "note"),
)
NUMBER_RANGES = {
    "corridors": ("published_km", "published_days", "published_cost"),
    "rates": ("",),
    "rate_periods": ("",),
    "capacities": ("teu_per_day",),
    "capacity_figures": ("",),
    "values_of_time": ("",),
    "benchmarks": ("",),
}


# Tables whose rows hold from a day on, and what each row is about.
DATED = {"assessments": "claim_id", "leg_statuses": "leg_id", "rate_periods": "rate_id"}
# Tables that a build makes anew: a row of theirs may name what has gone since.
BUILT = ("valued_benchmarks",)


def check_links(tables: Tables, texts: Tables) -> list[Fault]:
    """All faults that can be seen only by looking at several tables, or several rows, at once."""
    return [fault for names, rule in RULES if names <= set(tables) for fault in rule(tables, texts)]


@needs()
def check_companions(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """What belongs together is there together, or left out together."""
    for name, table in TABLES.items():
        other = table.needed_with
        if other in texts and name in texts and len(texts[other]) and texts[name].empty:
            yield Fault(file=f"{name}.csv", code="no_companion", value=other)


@needs()
def check_references(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every id and every code resolves."""
    known = {}
    for name, frame in tables.items():
        if name in BUILT:
            continue
        for column, about in TABLES[name].columns.items():
            target = about.table
            key = TABLES[target].key[0] if target in texts else ""
            if not key or key not in texts[target]:
                continue
            if target not in known:
                known[target] = list_values(texts, target, key)
            code = "unknown_code" if about.kind == "code" else "dangling_id"
            for line, value in zip(frame.index, frame[column].tolist(), strict=True):
                if type(value) is str and value not in known[target]:
                    yield fault_at(tables, name, line, code, column)


@needs("retired")
def check_retired_ids(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """An id that was retired is not in use."""
    for row in tables["retired"].to_dict("records"):
        frame = tables.get(row["table"])
        if frame is not None:
            column = TABLES[row["table"]].key[0]
            used = frame[column] == row["retired_id"]
            yield from faults_where(tables, row["table"], used, "retired_id", column)


@needs()
def check_starts(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Rows about one thing begin apart: their possible first days do not meet."""
    for name, owner in DATED.items():
        for _, rows in tables[name].groupby(owner) if name in tables else ():
            starts = rows["from_edtf"].map(dates.span)
            ordered = rows["from_edtf"].map(dates.first_day).sort_values(kind="stable").index
            for before, after in pairwise(ordered):
                earlier, later = starts[before], starts[after]
                if later.first is None or (earlier.last and later.first <= earlier.last):
                    yield fault_at(tables, name, after, "same_start", "from_edtf")


@needs(*NUMBER_RANGES)
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


@needs()
def check_grounds(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Claims have verdicts, verdicts and events have sources, figures have sources or a reason."""
    for name, child, code in GROUNDS:
        if {name, child} <= set(tables):
            column = TABLES[name].key[0]
            bare = ~tables[name][column].isin(list_values(texts, child, column))
            yield from faults_where(tables, name, bare, code, column)
    for name, child, basis, note in PUBLISHED:
        if {name, child} <= set(tables):
            column = TABLES[name].key[0]
            bare = ~tables[name][column].isin(list_values(texts, child, column))
            published = tables[name][basis] == "published"
            yield from faults_where(tables, name, bare & published, "no_source", basis)
            unsaid = bare & ~published & tables[name][note].isna()
            yield from faults_where(tables, name, unsaid, "no_reasoning", note)
