"""A small dossier to begin with: tables of example rows around one document and three states.

Every text in it that is about the world says that it is an example. Rows of a trade network are
those of Entente's own data.
"""

import csv
import datetime as dt
import io
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from entente.check.contract import TABLES, Table
from entente.check.faults import BrokenDataset
from entente.check.tables import OWN_DATA
from entente.dates import day_in_words
from entente.dossier.versions import CHANGE_LOG
from entente.review import review_folder
from entente.settings import HOME

Row = dict[str, str]
Rows = list[Row]

OUTLINES = HOME / "assets" / "topojson" / "world_50m.json"
NAMES = OWN_DATA / "geo" / "state_names.csv"
LEGS = "geo/legs.geojson"
README = "README.md"
FIRST_VERSION = "0.1.0"
SOURCE, FIRST_CLAIM, SECOND_CLAIM = "the-document", "c1", "c2"
HUES = ("principal-1", "principal-2", "principal-3", "rival")
# Tables of a network, with all that it rests on; taken as they stand in Entente's own data.
NETWORK = (
    *("nodes", "legs", "leg_actors", "leg_sources", "leg_statuses", "leg_status_sources"),
    *("scenarios", "scenario_legs", "standing_vetoes", "standing_veto_sources"),
    *("corridors", "corridor_legs", "corridor_sources", "document/corridor_signs"),
    *("rates", "rate_sources", "rate_periods", "rate_period_sources", "local_rates"),
    *("network_variants", "network_variant_services", "capacities", "capacity_figures"),
    *("values_of_time", "value_of_time_sources", "benchmarks", "benchmark_legs"),
    *("calibration", "valued_benchmarks"),
)
PRESETS = 4  # actors of the network whose vetoes are priced


@dataclass(frozen=True, kw_only=True)
class State:
    """A state: its ISO 3166-1 alpha-3 code, its neutral name, and where its ties meet."""

    actor_id: str
    label: str
    lat: str
    lon: str

    @property
    def point(self) -> tuple[float, float]:
        """Longitude and latitude."""
        return float(self.lon), float(self.lat)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a new dossier is about.

    Attributes:
        title: Title of the document.
        publisher: Who published it.
        short_name: Short name of the publisher.
        noun: What kind of text it is, in a word; empty for a document.
        day: The day on which it was published.
        url: Where it was read.
        states: Three states, whose relations it describes.
        rival: The state that it sets against them; None for none.
        centre: Longitude and latitude of the middle of the map; None for the middle of the states.
        terminals: Two nodes of the network, where routes start and end; empty for no network.
        horizon: The day of the newest source; None for the day of publication.
        made_on: The day on which the dossier is made.
    """

    title: str
    publisher: str
    short_name: str
    day: dt.date
    url: str
    states: tuple[State, ...]
    noun: str = ""
    rival: State | None = None
    centre: tuple[float, float] | None = None
    terminals: tuple[str, ...] = ()
    horizon: dt.date | None = None
    made_on: dt.date = field(default_factory=dt.date.today)

    @property
    def actors(self) -> tuple[State, ...]:
        """The states, then the rival."""
        return (*self.states, self.rival) if self.rival else self.states


def read_rows(name: str) -> Rows:
    """The rows of a table of Entente's own data, every cell as text."""
    with (OWN_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def list_states() -> Mapping[str, State]:
    """Code to state, for those that the map can place: by the basemap, or by Entente's actors."""
    topology = json.loads(OUTLINES.read_text(encoding="utf-8"))
    middles = {
        one["id"]: one["properties"]["ct"]
        for one in topology["objects"]["countries"]["geometries"]
        if "id" in one
    }
    with NAMES.open(encoding="utf-8", newline="") as file:
        names = {row["actor_id"]: row["label"] for row in csv.DictReader(file)}
    found = {
        code: State(actor_id=code, label=name, lon=str(middles[code][0]), lat=str(middles[code][1]))
        for code, name in names.items()
        if code in middles
    }
    own = {
        row["actor_id"]: State(**{name: row[name] for name in ("actor_id", "label", "lat", "lon")})
        for row in read_rows("actors")
        if row["kind_code"] == "state" and row["lat"]
    }
    return {**found, **own}


def list_terminals() -> dict[str, str]:
    """Node of Entente's own network to its name."""
    return {row["node_id"]: row["label"] for row in read_rows("nodes")}


def write_dossier(plan: Plan, folder: Path) -> None:
    """Write a dossier into a folder, all of it or nothing.

    Args:
        plan: What it is about; its texts must fit the contract of the tables.
        folder: Must not be there yet, or be empty.

    Raises:
        BrokenDataset: The check finds faults in what was to be written.
        OSError: The folder cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        made.chmod(0o755)
        for name, rows in make_tables(plan).items():
            _write_table(made, name, rows)
        if plan.terminals:
            (made / LEGS).parent.mkdir()
            shutil.copyfile(OWN_DATA / LEGS, made / LEGS)
        (made / README).write_text(write_readme(plan), encoding="utf-8")
        (made / CHANGE_LOG).write_text(write_change_log(plan), encoding="utf-8")
        if faults := review_folder(made):
            raise BrokenDataset(faults)
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def make_tables(plan: Plan) -> dict[str, Rows]:
    """Every table that a new dossier has, by name."""
    own = {**_describe(plan), **_make_claims(plan), **_make_events(plan), **_make_ties(plan)}
    if plan.terminals:
        own = _add_network(plan, own)
    return {**own, "scenes": _make_scenes(plan)}


def _describe(plan: Plan) -> dict[str, Rows]:
    origin, destination = plan.terminals or ("", "")
    newest = [(plan.horizon or plan.day).isoformat()]
    newest += [read_rows("dataset")[0]["horizon_edtf"]] if plan.terminals else []
    return {
        "dataset": [
            {
                "dataset_id": _make_id(plan.short_name, "dossier"),
                "title": f"{plan.title}: claims, verdicts and sources",
                "version": FIRST_VERSION,
                "released_edtf": plan.made_on.isoformat(),
                "horizon_edtf": max(newest),
                "licence": "CC BY 4.0",
                "licence_title": "Creative Commons Attribution 4.0 International",
                "licence_url": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "document/document": [
            {
                "document_id": "document",
                "title": plan.title,
                "publisher": plan.publisher,
                "short_name": plan.short_name,
                "noun": plan.noun,
                "published_edtf": plan.day.isoformat(),
                "default_from_node_id": origin,
                "default_to_node_id": destination,
            }
        ],
        "document/actors": [
            {"actor_id": state.actor_id, "government": state.label, "colour_slot": hue}
            for state, hue in zip(plan.actors, HUES, strict=False)
        ],
        **_make_map_views(plan),
        "actors": [
            {
                "actor_id": state.actor_id,
                "label": state.label,
                "kind_code": "state",
                "role_code": "rival" if state == plan.rival else "principal",
                "lat": state.lat,
                "lon": state.lon,
            }
            for state in plan.actors
        ],
        "sources": [
            {
                "source_id": SOURCE,
                "url": plan.url,
                "publisher": plan.publisher,
                "published_edtf": plan.day.isoformat(),
                "tier_code": "primary",
                "language_code": "en",
                "note": "The document itself.",
            }
        ],
        "moments": [
            {
                "moment_id": "publication",
                "label": "Publication",
                "date_edtf": plan.day.isoformat(),
                "event_id": "publication",
                "note": "The document is published.",
            }
        ],
    }


def _make_map_views(plan: Plan) -> dict[str, Rows]:
    """The view of the map around a centre; nothing where the program makes one by itself."""
    if plan.centre is None:
        return {}
    lon, lat = plan.centre
    aside = max(12.0, *(1.2 * abs(state.point[0] - lon) for state in plan.actors))
    above = max(8.0, *(1.2 * abs(state.point[1] - lat) for state in plan.actors))
    view = {
        "map_view_id": "all",
        "sequence": "1",
        "label": "All",
        "alt": "Map of all actors",
        "needs_both_ends": "false",
        "takes_rivals": "false",
        "lon_min": f"{max(lon - aside, -180):.2f}",
        "lon_max": f"{min(lon + aside, 180):.2f}",
        "lat_min": f"{max(lat - above, -75):.2f}",
        "lat_max": f"{min(lat + above, 75):.2f}",
    }
    return {"document/map_views": [view]}


def _make_claims(plan: Plan) -> dict[str, Rows]:
    names = _join([state.label for state in plan.states])
    claims = [
        {
            "claim_id": FIRST_CLAIM,
            "sentence": "1",
            "claim": f"Example, to be replaced: the document is about {names}.",
            "kind_code": "reported-event",
            "hedge_code": "asserted",
        },
        {
            "claim_id": SECOND_CLAIM,
            "sentence": "2",
            "claim": "Example, to be replaced: the document expects something to happen.",
            "kind_code": "forecast",
            "hedge_code": "likely",
        },
    ]
    verdicts = {FIRST_CLAIM: "supported", SECOND_CLAIM: "open"}
    return {
        "claims": [
            {**claim, "paragraph": "1", "theme_code": "diplomacy", "is_trivial": "false"}
            for claim in claims
        ],
        "claim_actors": [
            {"claim_id": claim_id, "actor_id": state.actor_id}
            for claim_id in verdicts
            for state in plan.states
        ],
        "assessments": [
            {
                "assessment_id": f"{claim_id}-1",
                "claim_id": claim_id,
                "from_edtf": plan.day.isoformat(),
                "verdict_code": verdict,
                "note": "Example, to be replaced: why this verdict holds, in a few sentences.",
            }
            for claim_id, verdict in verdicts.items()
        ],
        "assessment_sources": [
            {"assessment_id": f"{claim_id}-1", "source_id": SOURCE} for claim_id in verdicts
        ],
    }


def _make_events(plan: Plan) -> dict[str, Rows]:
    """The publication, and two examples of what is known by month or by year alone."""
    month = plan.day.replace(day=1) - dt.timedelta(days=1)
    known = {
        "publication": (plan.day.isoformat(), "The document is published", "The document itself."),
        "example-month": (
            f"{month:%Y-%m}",
            "Example, to be replaced: an event of which the month is known",
            "Example, to be replaced: what is known, in a few sentences.",
        ),
        "example-year": (
            f"{plan.day.year - 1}",
            "Example, to be replaced: an event of which the year is known",
            "Example, to be replaced: what is known, in a few sentences.",
        ),
    }
    first = plan.states[0]
    return {
        "events": [
            {
                "event_id": event_id,
                "date_edtf": date,
                "title": title,
                "summary": summary,
                "kind_code": "publication",
                "theme_code": "diplomacy",
                "status_code": "occurred",
                "place": "Example, to be replaced",
                "lat": first.lat,
                "lon": first.lon,
                "is_in_document": "true",
                "confidence_code": "low",
            }
            for event_id, (date, title, summary) in known.items()
        ],
        "event_actors": [
            {"event_id": event_id, "actor_id": state.actor_id}
            for event_id in known
            for state in plan.states
        ],
        "event_sources": [{"event_id": event_id, "source_id": SOURCE} for event_id in known],
        "event_claims": [{"event_id": "publication", "claim_id": FIRST_CLAIM}],
    }


def _make_ties(plan: Plan) -> dict[str, Rows]:
    """One tie that an event documents, and one that only the document asserts."""
    one, two, three = (state.actor_id for state in plan.states)
    shared = {
        "direction_code": "mutual",
        "valence_code": "cooperation",
        "start_edtf": plan.day.isoformat(),
    }
    return {
        "ties": [
            {
                "tie_id": "example-documented",
                "from_actor_id": one,
                "to_actor_id": two,
                "theme_code": "diplomacy",
                "label": "Example, to be replaced: a tie that an event documents",
                "is_asserted_only": "false",
                **shared,
            },
            {
                "tie_id": "example-asserted",
                "from_actor_id": one,
                "to_actor_id": three,
                "theme_code": "finance",
                "label": "Example, to be replaced: a tie that only the document asserts",
                "is_asserted_only": "true",
                **shared,
            },
        ],
        "tie_events": [{"tie_id": "example-documented", "event_id": "publication"}],
        "tie_claims": [{"tie_id": "example-asserted", "claim_id": FIRST_CLAIM}],
    }


def _make_scenes(plan: Plan) -> Rows:
    """One scene for each page that there is."""
    pages = {
        "briefing": "What the document says, and what holds",
        "alliance_map": "{finding}",
        "timeline": "{finding}",
        **({"trade_routes": "{finding}"} if plan.terminals else {}),
        "claims": "{finding}",
    }
    return [
        {
            "scene_id": page.replace("_", "-"),
            "sequence": str(number),
            "title": title,
            "narration": "Example, to be replaced: one or two sentences for the room.",
            "notes": "Example, to be replaced: what the speaker should know.",
            "page_code": page,
        }
        for number, (page, title) in enumerate(pages.items(), start=1)
    ]


def _add_network(plan: Plan, own: dict[str, Rows]) -> dict[str, Rows]:
    """The tables with Entente's own network, and the actors and sources that it names."""
    network = {name: read_rows(name) for name in NETWORK}
    known = {row["source_id"]: row for row in read_rows("sources")}
    cited = _close_origins(_list_named(network, "sources"), known)
    sources = [*own["sources"], *(row for name, row in known.items() if name in cited)]
    tables = {**own, **network, "sources": sources, **_make_presets(plan, network)}
    there = {state.actor_id for state in plan.actors}
    named = _list_named(tables, "actors") - there
    others = [
        {**row, "role_code": "organisation" if row["kind_code"] == "organisation" else "transit"}
        for row in read_rows("actors")
        if row["actor_id"] in named
    ]
    return {**tables, "actors": [*own["actors"], *others]}


def _list_named(tables: Mapping[str, Rows], target: str) -> set[str]:
    """Ids of the table `target` that other tables name."""
    return {
        row[column]
        for name, rows in tables.items()
        for column, about in TABLES[name].columns.items()
        if about.table == target
        for row in rows
        if row.get(column)
    }


def _close_origins(cited: set[str], known: Mapping[str, Row]) -> set[str]:
    """Sources with those that told the same first."""
    found, waiting = set(cited), list(cited)
    while waiting:
        origin = known[waiting.pop()]["origin_id"]
        if origin and origin not in found:
            found.add(origin)
            waiting.append(origin)
    return found


def _make_presets(plan: Plan, network: Mapping[str, Rows]) -> dict[str, Rows]:
    """Sets of actors whose vetoes are priced: states of the document first, then who holds most."""
    held = [row["actor_id"] for row in network["leg_actors"] if row["is_denier"] == "true"]
    own = [state.actor_id for state in plan.states if state.actor_id in held]
    others = sorted(set(held) - set(own), key=lambda actor: (-held.count(actor), actor))
    one, two, three, four = [*own, *others][:PRESETS]
    labels = {row["actor_id"]: row["label"] for row in read_rows("actors")}
    labels |= {state.actor_id: state.label for state in plan.actors}
    sets = (
        ("first", f"{labels[one]} alone", "alone", (one,)),
        ("second", f"{labels[two]} alone", "alone", (two,)),
        ("both", f"{labels[one]} and {labels[two]}", "asked", (one, two)),
        ("three", _join([labels[one], labels[two], labels[three]]), "wider", (one, two, three)),
        ("beside", labels[four], "beside", (four,)),
    )
    named = {state.actor_id for state in plan.actors}
    governments = _describe(plan)["document/actors"] + [
        {"actor_id": actor, "government": labels[actor]}
        for actor in (one, two, three, four)
        if actor not in named
    ]
    return {
        "document/actors": governments,
        "document/leverage_presets": [
            {"preset_id": name, "sequence": str(number), "label": label, "role": role}
            for number, (name, label, role, _) in enumerate(sets, start=1)
        ],
        "document/leverage_preset_actors": [
            {"preset_id": name, "actor_id": actor}
            for name, _, _, actors in sets
            for actor in actors
        ],
    }


def _write_table(folder: Path, name: str, rows: Sequence[Row]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(TABLES[name].columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / f"{name}.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")


def _make_id(text: str, otherwise: str) -> str:
    """An id of the Latin letters and digits of a text; another where it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or otherwise


def _join(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def write_readme(plan: Plan) -> str:
    """What a dossier is, how to serve it, and what each table wants, as Markdown."""
    tables = [table for table in TABLES.values() if not table.name.startswith("codes/")]
    needed = [table for table in tables if not table.may_be_missing]
    optional = [table for table in tables if table.may_be_missing]
    codes = [f"`{name}`" for name in TABLES if name.startswith("codes/")]
    lines = [
        "# A dossier for Entente",
        "",
        "This folder holds what a site of Entente says of one document, published on "
        f"{day_in_words(plan.day)}. Each file is a table: CSV in UTF-8, with commas and a header "
        "row. Rows that begin with *Example, to be replaced* are there to show how it is done.",
        "",
        "## See it",
        "",
        "In this folder, with Entente installed:",
        "",
        "    ENTENTE_DATA=. entente serve",
        "",
        "and open <http://localhost:8501>. From a checkout of Entente, without installing it:",
        "",
        "    ENTENTE_DATA=/path/to/this/folder make app",
        "",
        "The site takes up what you save at the next click. `entente check --data .` reports every "
        "fault at once, with file, line, column, the rule and what to do.",
        "",
        "## Tables that a dossier must have",
        "",
        *(line for table in needed for line in _describe_table(table)),
        "## Tables that it may have",
        "",
        "Leave out the file of whatever you have nothing to say of. Without `ties` there is no "
        "map, without `events` no timeline, without `legs` and `corridors` no page of trade "
        "routes, and without `scenes` nothing to present.",
        "",
        *(line for table in optional for line in _describe_table(table)),
        "## Code tables",
        "",
        "The words that a column may use. A dossier without its own file has the one of Entente: "
        f"{', '.join(codes)}.",
        "",
    ]
    return "\n".join(lines)


def write_change_log(plan: Plan) -> str:
    """The log with the first version, as Markdown."""
    section = f"## {FIRST_VERSION} ({day_in_words(plan.made_on)})"
    return f"# Changes of the dataset\n\n{section}\n\nFirst version.\n"


def _describe_table(table: Table) -> list[str]:
    """A heading, what the table is, and its columns."""
    notes = [f"Goes with `{table.needed_with}`."] if table.needed_with else []
    notes += ["Exactly one row."] if table.rows == "one" else []
    notes += ["Left out, it is the one of Entente."] if table.is_shared else []
    return [
        f"### {table.name}.csv",
        "",
        " ".join([table.about, *notes]),
        "",
        *(
            f"- `{column.name}`{' (may be empty)' if column.is_optional else ''}: {column.about}"
            + (f" In {column.unit}." if column.unit else "")
            + (f" A row of `{column.table}`." if column.table else "")
            for column in table.columns.values()
        ),
        "",
    ]
