"""What the program asks of the data by name: codes with a meaning, and rates.

A table that the contract allows may still lack a code or a rate without which a page cannot be
drawn, or hold one for which the program has no meaning, colour or symbol. All such needs stand
here, as plain data with one rule for codes and one for rates; tests hold them to the modules that
use them.
"""

from collections.abc import Iterator, Mapping

from entente.check.faults import Fault
from entente.check.within import Tables, faults_where, list_values
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
