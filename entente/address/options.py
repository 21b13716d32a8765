"""What a control may be set to, and by default is, as a dossier has it."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache

from entente.dates import new_year_before
from entente.dossier.store import Dossier
from entente.dossier.versions import list_kept_versions, parse_version

KEPT = 8  # dossiers for which lists of options are kept; a running process has one or two
TERMINALS = ("city", "seaport", "caspian-port")
Options = Callable[[Dossier], tuple[str, ...]]


def ids(table: str, column: str) -> Options:
    """All ids of a table, in file order."""
    return lambda dossier: tuple(dossier[table][column])


def codes(table: str) -> Options:
    """All codes of a code table, in sort order."""
    return lambda dossier: tuple(dossier.labels(table))


@lru_cache(maxsize=KEPT)
def horizon(dossier: Dossier) -> dt.date:
    """Date of the newest source in the dataset: the latest day that an as-of date can have."""
    return dt.date.fromisoformat(str(dossier["dataset"].at[0, "horizon_edtf"]))


@lru_cache(maxsize=KEPT)
def earliest(dossier: Dossier) -> dt.date:
    """The earliest day that an as-of date can have: New Year before the first event."""
    return new_year_before(dossier["events"]["date_edtf"])


@lru_cache(maxsize=KEPT)
def tied_actors(dossier: Dossier) -> tuple[str, ...]:
    """Actors that have a tie or took part in an event, in file order."""
    busy = {
        *dossier["ties"]["from_actor_id"],
        *dossier["ties"]["to_actor_id"],
        *dossier["event_actors"]["actor_id"],
    }
    return tuple(actor for actor in dossier["actors"]["actor_id"] if actor in busy)


@lru_cache(maxsize=KEPT)
def central_actors(dossier: Dossier) -> tuple[str, ...]:
    """The states at the centre of the document that have a tie or an event, in file order."""
    central = set(dossier.document.central_actors)
    return tuple(actor for actor in tied_actors(dossier) if actor in central)


@lru_cache(maxsize=KEPT)
def event_themes(dossier: Dossier) -> tuple[str, ...]:
    """Themes that have an event, in sort order."""
    used = set(dossier["events"]["theme_code"])
    return tuple(code for code in dossier.labels("themes") if code in used)


@lru_cache(maxsize=KEPT)
def corridor_ends(dossier: Dossier) -> tuple[str, ...]:
    """Where a load can start or end: ports and cities on a corridor, and the ends of corridors."""
    legs = dossier["legs"].set_index("leg_id")
    chain = legs.loc[dossier["corridor_legs"]["leg_id"]]
    on_chain = {*chain["from_node_id"], *chain["to_node_id"]}
    nodes = dossier["nodes"]
    own = {*dossier["corridors"]["from_node_id"], *dossier["corridors"]["to_node_id"]}
    is_terminal = nodes["node_id"].isin(on_chain) & nodes["kind_code"].isin(TERMINALS)
    return tuple(nodes[is_terminal | nodes["node_id"].isin(own)]["node_id"])


@lru_cache(maxsize=KEPT)
def transit_actors(dossier: Dossier) -> tuple[str, ...]:
    """Actors that can deny a leg, in file order."""
    holders = set(dossier["leg_actors"]["actor_id"])
    return tuple(actor for actor in dossier["actors"]["actor_id"] if actor in holders)


@lru_cache(maxsize=KEPT)
def scenes(dossier: Dossier) -> tuple[str, ...]:
    """Scenes of the briefing, in order."""
    return tuple(dossier["scenes"].sort_values("sequence")["scene_id"])


@lru_cache(maxsize=KEPT)
def pickable_on_map(dossier: Dossier) -> tuple[str, ...]:
    """Actors and ties: what has a dossier on the alliance map."""
    return (*tied_actors(dossier), *dossier["ties"]["tie_id"])


@lru_cache(maxsize=KEPT)
def pickable_on_timeline(dossier: Dossier) -> tuple[str, ...]:
    """Events and expectations: what the timeline has a mark for."""
    return (*dossier["events"]["event_id"], *dossier["expectations"]["expectation_id"])


def dataset_versions(dossier: Dossier) -> tuple[str, ...]:
    """The version of the dossier and those that are kept beside it, newest first."""
    known = {dossier.version, *list_kept_versions(dossier.folder)}
    return tuple(sorted(known, key=parse_version, reverse=True))


def version_before(dossier: Dossier) -> str:
    """The newest version older than the dossier's own; its own when none is kept."""
    older = [
        v for v in dataset_versions(dossier) if parse_version(v) < parse_version(dossier.version)
    ]
    return older[0] if older else dossier.version


def choose_none(dossier: Dossier) -> tuple[str, ...]:
    """Nothing, for lists that are empty by default."""
    return ()
