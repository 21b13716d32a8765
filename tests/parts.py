"""A dossier without some of its parts: whole tables go, with all that rests on them.

What names a row that went is emptied where it may be, and goes otherwise. A claim that no figure
shows any longer says so, as the check asks.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from entente.check.contract import TABLES
from entente.check.rules_of_record import DRAWN, FORECAST
from tests.mutations import Row, Rows, read_rows, write_rows

TIES = ("ties", "tie_claims", "tie_events")
EVENTS = (
    *("events", "event_actors", "event_sources", "event_claims", "event_names", "expectations"),
    *("document/pinned_events", "document/timeline_spans", "moments"),
)
ROUTES = (
    *("nodes", "legs", "leg_actors", "leg_sources", "leg_statuses", "leg_status_sources"),
    *("scenarios", "scenario_legs", "standing_vetoes", "standing_veto_sources"),
    *("corridors", "corridor_legs", "corridor_sources", "corridor_claims"),
    *("rates", "rate_sources", "rate_periods", "rate_period_sources", "local_rates"),
    *("network_variants", "network_variant_services", "capacities", "capacity_figures"),
    *("values_of_time", "value_of_time_sources", "benchmarks", "benchmark_legs"),
    *("calibration", "valued_benchmarks"),
    *("document/corridor_signs", "document/leverage_presets", "document/leverage_preset_actors"),
)
BORDERS = (
    *("areas", "border_views", "border_view_sources"),
    *("border_notes", "border_note_actors", "border_note_sources"),
)
PLEDGES = ("pledges", "pledge_steps", "pledge_step_sources")
OWN_CODES = ("codes/border_views", "codes/corridor_families")  # with codes of invented states
# A part to the tables that make it up.
PARTS: dict[str, tuple[str, ...]] = {
    "ties": TIES,
    "events": EVENTS,
    "routes": ROUTES,
    "scenes": ("scenes",),
    "findings": ("findings", "finding_claims"),
    "pledges": PLEDGES,
    "forecasts": ("expectations", "document/forecast_names"),
    "positions": ("positions", "disagreements", "disagreement_sources"),
    "borders": BORDERS,
    "claims of routes": ("corridor_claims", "standing_vetoes", "standing_veto_sources"),
    "words and looks": (
        *("document/texts", "document/pages", "document/unknowns", "terms"),
        *("document/arc_bows", "document/map_views", "document/map_names"),
        *("document/map_view_actors", "document/timeline_spans", "document/corridor_signs"),
        *("moments", "document_sentences"),
        *(name for name in TABLES if name.startswith("codes/") and name not in OWN_CODES),
    ),
}
OF_SUBJECTS = ("positions", "disagreements")  # about a claim or an event
# What every dossier must have.
MINIMUM = (
    *("dataset", "document/document", "actors", "sources"),
    *("claims", "claim_actors", "assessments", "assessment_sources"),
)
PARTS["everything"] = tuple(name for name in TABLES if name not in MINIMUM)
FILES = {
    "routes": ("geo/legs.geojson",),
    "borders": ("geo/disputed_areas.geojson",),
    "everything": ("geo", "versions", "CHANGELOG.md", "codes"),
}


def write_without(source: Path, target: Path, part: str) -> None:
    """Write the dossier of the folder `source` into `target`, without a part."""
    shutil.copytree(source, target)
    before = read_rows(source)
    tables = leave_out(dict(before), PARTS[part])
    for name, rows in tables.items():
        if rows != before[name] or name in PARTS[part]:
            write_rows(target, name, None if name in PARTS[part] else rows)
    for name in FILES.get(part, ()):
        path = target / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def leave_out(tables: dict[str, Rows], gone: Iterable[str]) -> dict[str, Rows]:
    """Every table with the rows that are left when some tables go."""
    shared = {name for name, table in TABLES.items() if table.is_shared}
    tables |= {name: [] for name in gone if name not in shared}
    known = {name: {row[TABLES[name].key[0]] for row in rows} for name, rows in tables.items()}
    is_changed = True
    while is_changed:
        is_changed = False
        grounded = {row["tie_id"] for name in TIES[1:] for row in tables[name]}
        for name, rows in tables.items():
            kept = [new for row in rows if (new := _mend(name, row, known)) is not None]
            if name in OF_SUBJECTS:
                kept = [row for row in kept if row["claim_id"] or row["event_id"]]
            if name == "ties":
                kept = [row for row in kept if row["tie_id"] in grounded]
            is_changed |= kept != rows
            tables[name] = kept
            known[name] = {row[TABLES[name].key[0]] for row in kept}
    behind = {row["claim_id"] for name in DRAWN for row in tables[name]}
    for row in tables["claims"]:
        is_drawn = row["claim_id"] in behind or row["kind_code"] == FORECAST
        if not is_drawn and not row["undrawn_reason"]:
            row["undrawn_reason"] = "This dossier has no figure for it."
    for row in tables["ties"]:
        row["is_asserted_only"] = (
            "false"
            if any(one["tie_id"] == row["tie_id"] for one in tables["tie_events"])
            else "true"
        )
    if not tables["legs"]:
        for row in tables["document/document"]:
            row |= {"default_from_node_id": "", "default_to_node_id": ""}
    return tables


def _mend(name: str, row: Row, known: dict[str, set[str]]) -> Row | None:
    """The row without what is gone; None where it cannot do without."""
    mended = dict(row)
    for column, about in TABLES[name].columns.items():
        if about.kind == "reference" and row[column] and row[column] not in known[about.table]:
            if not about.is_optional:
                return None
            mended[column] = ""
    return mended
