"""A small dossier to begin with: tables of example rows around one document and three states.

Its rows stand in `example_tables.toml`; every text in them that is about the world says that it is
an example. Rows of a trade network are those of Entente's own data.
"""

import csv
import datetime as dt
import json
import re
import shutil
import tempfile
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from entente.check.contract import TABLES, Table
from entente.check.faults import BrokenDataset
from entente.check.tables import OWN_DATA
from entente.dates import day_in_words
from entente.dossier.document import fill
from entente.dossier.versions import CHANGE_LOG
from entente.export.files.writing import write_table
from entente.review import review_folder
from entente.settings import HOME
from entente.style.theme import join_words

Row = dict[str, str]
Rows = list[Row]

OUTLINES = HOME / "assets" / "topojson" / "world_50m.json"
LEGS = "geo/legs.geojson"
README = "README.md"
TABLES_FILE, README_FILE = (
    Path(__file__).with_name(name) for name in ("example_tables.toml", "example_readme.md")
)
FIRST_VERSION = "0.1.0"
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
    found = {
        code: State(
            actor_id=code, label=row["label"], lon=str(middles[code][0]), lat=str(middles[code][1])
        )
        for row in read_rows("geo/state_names")
        if (code := row["actor_id"]) in middles
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
            path = made / f"{name}.csv"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(write_table(name, rows))
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
    words, repeats = _find_words(plan), _list_repeats(plan)
    own: dict[str, Rows] = {}
    for name, rows in tomllib.loads(TABLES_FILE.read_text(encoding="utf-8")).items():
        made = own.setdefault(name, [])
        for row in rows:
            for about in repeats[row.pop("for", "")]:
                known = {**words, **about, "number": str(len(made) + 1)}
                made.append({column: fill(cell, known) for column, cell in row.items()})
    own |= _make_map_views(plan)
    return _add_network(plan, own) if plan.terminals else own


def _find_words(plan: Plan) -> dict[str, str]:
    """What the braces of the example rows stand for, wherever they are."""
    origin, destination = plan.terminals or ("", "")
    newest = [(plan.horizon or plan.day).isoformat()]
    newest += [read_rows("dataset")[0]["horizon_edtf"]] if plan.terminals else []
    first, second, third = plan.states
    return {
        "dataset": _make_id(plan.short_name, "dossier"),
        "title": plan.title,
        "publisher": plan.publisher,
        "short-name": plan.short_name,
        "noun": plan.noun,
        "url": plan.url,
        "version": FIRST_VERSION,
        "day": plan.day.isoformat(),
        "made-on": plan.made_on.isoformat(),
        "horizon": max(newest),
        "month-before": f"{plan.day.replace(day=1) - dt.timedelta(days=1):%Y-%m}",
        "year-before": f"{plan.day.year - 1}",
        "origin": origin,
        "destination": destination,
        "states": join_words([state.label for state in plan.states]),
        "first": first.actor_id,
        "second": second.actor_id,
        "third": third.actor_id,
        "first-lat": first.lat,
        "first-lon": first.lon,
    }


def _list_repeats(plan: Plan) -> dict[str, list[dict[str, str]]]:
    """What a row may be repeated for, and what its braces stand for each time."""
    actors = [
        {
            "actor": state.actor_id,
            "label": state.label,
            "role": "rival" if state == plan.rival else "principal",
            "hue": hue,
            "lat": state.lat,
            "lon": state.lon,
        }
        for state, hue in zip(plan.actors, HUES, strict=False)
    ]
    network: list[dict[str, str]] = [{}] if plan.terminals else []
    return {"": [{}], "actors": actors, "states": actors[: len(plan.states)], "network": network}


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


def _add_network(plan: Plan, own: dict[str, Rows]) -> dict[str, Rows]:
    """The tables with Entente's own network, and the actors and sources that it names."""
    network = {name: read_rows(name) for name in NETWORK}
    known = {row["source_id"]: row for row in read_rows("sources")}
    cited = _close_origins(_list_named(network, "sources"), known)
    sources = [*own["sources"], *(row for name, row in known.items() if name in cited)]
    tables = {
        **own,
        **network,
        "sources": sources,
        **_make_presets(plan, own["document/actors"], network),
    }
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


def _make_presets(plan: Plan, governments: Rows, network: Mapping[str, Rows]) -> dict[str, Rows]:
    """Sets of actors whose vetoes are priced: states of the document first, then who holds most."""
    held = [row["actor_id"] for row in network["leg_actors"] if row["is_denier"] == "true"]
    own = [state.actor_id for state in plan.states if state.actor_id in held]
    others = sorted(set(held) - set(own), key=lambda actor: (-held.count(actor), actor))
    one, two, three, four = [*own, *others][:PRESETS]
    wider = (one, two, three)
    labels = {row["actor_id"]: row["label"] for row in read_rows("actors")}
    labels |= {state.actor_id: state.label for state in plan.actors}
    sets = (
        ("first", f"{labels[one]} alone", "alone", (one,)),
        ("second", f"{labels[two]} alone", "alone", (two,)),
        ("both", f"{labels[one]} and {labels[two]}", "asked", (one, two)),
        ("three", join_words([labels[actor] for actor in wider]), "wider", wider),
        ("beside", labels[four], "beside", (four,)),
    )
    named = {state.actor_id for state in plan.actors}
    added = [
        {"actor_id": actor, "government": labels[actor]}
        for actor in (one, two, three, four)
        if actor not in named
    ]
    return {
        "document/actors": [*governments, *added],
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


def _make_id(text: str, otherwise: str) -> str:
    """An id of the Latin letters and digits of a text; another where it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or otherwise


def write_readme(plan: Plan) -> str:
    """What a dossier is, how to serve it, and what each table wants, as Markdown."""
    tables = [table for table in TABLES.values() if not table.name.startswith("codes/")]
    needed = [_describe_table(table) for table in tables if not table.may_be_missing]
    optional = [_describe_table(table) for table in tables if table.may_be_missing]
    codes = [f"`{name}`" for name in TABLES if name.startswith("codes/")]
    words = {
        "day": day_in_words(plan.day),
        "needed": "\n".join(needed),
        "optional": "\n".join(optional),
        "codes": ", ".join(codes),
    }
    return fill(README_FILE.read_text(encoding="utf-8"), words)


def write_change_log(plan: Plan) -> str:
    """The log with the first version, as Markdown."""
    section = f"## {FIRST_VERSION} ({day_in_words(plan.made_on)})"
    return f"# Changes of the dataset\n\n{section}\n\nFirst version.\n"


def _describe_table(table: Table) -> str:
    """A heading, what the table is, and its columns."""
    notes = [f"Goes with `{table.needed_with}`."] if table.needed_with else []
    notes += ["Exactly one row."] if table.rows == "one" else []
    notes += ["Left out, it is the one of Entente."] if table.is_shared else []
    columns = [
        f"- `{column.name}`{' (may be empty)' if column.is_optional else ''}: {column.about}"
        + (f" In {column.unit}." if column.unit else "")
        + (f" A row of `{column.table}`." if column.table else "")
        for column in table.columns.values()
    ]
    about = " ".join([table.about, *notes])
    return "\n".join([f"### {table.name}.csv", "", about, "", *columns, ""])
