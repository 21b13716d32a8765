"""Views: what a reader can choose on each page, as a frozen dataclass with a control a field.

What a control may be set to, and is by default, depends on the dossier.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, TypeVar

from entente.dossier.store import Dossier, cached
from entente.dossier.versions import list_kept_versions, parse_version
from entente.vocabulary import (
    BUILT,
    CHARGES_USD,
    CLAIM_MODES,
    CRITERIA,
    DEGREES,
    DELAY_HOURS,
    EVIDENCE_KINDS,
    EVIDENCE_WEIGHTS,
    LENSES,
    MAP_DRAWINGS,
    MAP_MODES,
    MIX,
    MONTHS,
    OBJECTIVE_LABELS,
    PAIR_JOINT,
    RATION_PERCENTS,
    ROUTE_MODES,
    SCORE_COUNTS,
    SHOWN,
    SOURCE_VOICES,
    TIE_SIDES,
    TIE_THEMES,
    TIMELINE_MODES,
    VERDICTS,
    VOLUMES_TEU,
)

EVEN_WEIGHTS = (5,) * len(CRITERIA)
FORECAST = "forecast"  # kind of a claim
OUTLINES = "un"  # the view of the borders that the basemap itself has
TERMINALS = ("city", "seaport", "caspian-port")
# What a page, by its code, cannot be without: a dossier may leave out any of these tables.
NEEDED = {
    "alliance_map": ("ties",),
    "timeline": ("events",),
    "trade_routes": ("legs", "corridors"),
}
Options = Callable[[Dossier], tuple[str, ...]]


def _fixed(values: Iterable[str]) -> Options:
    """Options that do not depend on the dossier."""
    options = tuple(values)
    return lambda dossier: options


def _no_options(dossier: Dossier) -> tuple[str, ...]:
    return ()


def _ids(table: str, column: str) -> Options:
    """All ids of a table, in file order."""
    return lambda dossier: tuple(dossier[table][column])


def _codes(table: str) -> Options:
    """All codes of a code table, in sort order."""
    return lambda dossier: tuple(dossier.labels(table))


def has_page(dossier: Dossier, page: str) -> bool:
    """Whether a page, by its code, has anything to show.

    Menus, home, scenes, findings, files and commands ask here, and nowhere else.
    """
    return all(len(dossier[name]) for name in NEEDED.get(page, ()))


@cached
def tied_actors(dossier: Dossier) -> tuple[str, ...]:
    """Actors that have a tie or took part in an event, in file order."""
    busy = {
        *dossier["ties"]["from_actor_id"],
        *dossier["ties"]["to_actor_id"],
        *dossier["event_actors"]["actor_id"],
    }
    return tuple(actor for actor in dossier["actors"]["actor_id"] if actor in busy)


@cached
def central_actors(dossier: Dossier) -> tuple[str, ...]:
    """The states at the centre of the document that have a tie or an event, in file order."""
    central = set(dossier.document.central_actors)
    return tuple(actor for actor in tied_actors(dossier) if actor in central)


@cached
def event_themes(dossier: Dossier) -> tuple[str, ...]:
    """Themes that have an event, in sort order."""
    used = set(dossier["events"]["theme_code"])
    return tuple(code for code in dossier.labels("themes") if code in used)


@cached
def corridor_ends(dossier: Dossier) -> tuple[str, ...]:
    """Where a load can start or end: ports and cities on a corridor, and the ends of corridors."""
    legs = dossier["legs"].set_index("leg_id")
    chain = legs.loc[dossier["corridor_legs"]["leg_id"]]
    on_chain = {*chain["from_node_id"], *chain["to_node_id"]}
    nodes = dossier["nodes"]
    own = {*dossier["corridors"]["from_node_id"], *dossier["corridors"]["to_node_id"]}
    is_terminal = nodes["node_id"].isin(on_chain) & nodes["kind_code"].isin(TERMINALS)
    return tuple(nodes[is_terminal | nodes["node_id"].isin(own)]["node_id"])


@cached
def transit_actors(dossier: Dossier) -> tuple[str, ...]:
    """Actors that can deny a leg, in file order."""
    held = dossier["leg_actors"]
    deniers = set(held.loc[held["is_denier"], "actor_id"])
    return tuple(actor for actor in dossier["actors"]["actor_id"] if actor in deniers)


def network_variants(dossier: Dossier) -> tuple[str, ...]:
    """Variants of the network, by the services that a route may use; the first has them all."""
    return tuple(dossier["network_variants"].sort_values("sequence")["variant_id"])


def values_of_time(dossier: Dossier) -> tuple[str, ...]:
    """Kinds of goods of which the value of a day is known, in order."""
    return tuple(dossier["values_of_time"].sort_values("sequence")["value_of_time_id"])


def usual_goods(dossier: Dossier) -> str | None:
    """The first of them; None where there is none."""
    return next(iter(values_of_time(dossier)), None)


@cached
def scenes(dossier: Dossier) -> tuple[str, ...]:
    """Scenes of the briefing, in order; those of pages that the dossier lacks are left out."""
    table = dossier["scenes"].sort_values("sequence")
    shown = zip(table["scene_id"], table["page_code"], strict=True)
    return tuple(scene_id for scene_id, page in shown if has_page(dossier, page))


@cached
def border_sides(dossier: Dossier) -> tuple[str, ...]:
    """Whose view of the borders the map can show: that of the outlines, and those on record."""
    known = {OUTLINES, *dossier["border_views"]["border_view_code"]}
    return tuple(code for code in dossier.labels("border_views") if code in known)


def has_pledges(dossier: Dossier) -> bool:
    """Whether anything was to be given."""
    return bool(len(dossier["pledges"]))


def has_forecasts(dossier: Dossier) -> bool:
    """Whether the document looks ahead."""
    return bool((dossier["claims"]["kind_code"] == FORECAST).any())


def name_claim_modes(dossier: Dossier) -> dict[str, str]:
    """What the page of claims can show, with names that promise only what there is."""
    names = {mode: CLAIM_MODES[mode] for mode in claim_modes(dossier)}
    if "scoreboard" in names and not has_pledges(dossier):
        names["scoreboard"] = "Forecasts"
    elif "scoreboard" in names and not has_forecasts(dossier):
        names["scoreboard"] = "Pledges"
    return names


def claim_modes(dossier: Dossier) -> tuple[str, ...]:
    """What the page of claims can show: forecasts and pledges where there are some."""
    is_ahead = has_pledges(dossier) or has_forecasts(dossier)
    return tuple(mode for mode in CLAIM_MODES if mode != "scoreboard" or is_ahead)


def name_pair(one: str, other: str) -> str:
    """Id of two actors as a pair, in whichever order they come."""
    return PAIR_JOINT.join(sorted((one, other)))


@cached
def tied_pairs(dossier: Dossier) -> tuple[str, ...]:
    """Ids of all pairs of actors that have a tie, in the order of the alphabet."""
    ties = dossier["ties"]
    ends = zip(ties["from_actor_id"], ties["to_actor_id"], strict=True)
    return tuple(sorted({name_pair(*pair) for pair in ends}))


@cached
def pickable_on_map(dossier: Dossier) -> tuple[str, ...]:
    """Actors, ties and pairs of actors with a tie: what has details on the alliance map."""
    return (*tied_actors(dossier), *dossier["ties"]["tie_id"], *tied_pairs(dossier))


@cached
def pickable_on_timeline(dossier: Dossier) -> tuple[str, ...]:
    """Events and expectations: what the timeline has a mark for."""
    return (*dossier["events"]["event_id"], *dossier["expectations"]["expectation_id"])


def dataset_versions(dossier: Dossier) -> tuple[str, ...]:
    """The version of the dossier and those that are kept beside it, newest first."""
    known = {dossier.version, *list_kept_versions(dossier.folder)}
    return tuple(sorted(known, key=parse_version, reverse=True))


def version_before(dossier: Dossier) -> str:
    """The newest version older than the dossier's own; its own when none is kept."""
    known = dataset_versions(dossier)
    older = known[known.index(dossier.version) + 1 :]
    return older[0] if older else dossier.version


@dataclass(frozen=True, kw_only=True)
class Control:
    """How one field of a view is written in an address.

    Attributes:
        parameter: Its name there.
        kind: `one` or `many` of the options; `maybe` one or none; `day` or `maybe-day`; `weights`,
            a whole number up to `HEAVIEST` for each option, not all of them 0; `search`;
            `maybe-map-camera` or `maybe-time-camera`, which an address has only where there is one.
        options: What it may be set to; nothing for days and searches.
        default: Its value in an address that does not mention it.
    """

    parameter: str
    kind: str
    options: Options
    default: Callable[[Dossier], Any]

    def means_all(self, dossier: Dossier) -> bool:
        """Whether nothing chosen means all; in a list that starts empty, it means none."""
        return self.kind == "many" and bool(self.default(dossier))


def _field(
    parameter: str, kind: str, options: Options = _no_options, default: object = None
) -> Any:
    """A field with its control; `default` is a value, or a function that gives it by dossier."""
    give = default if callable(default) else lambda dossier: default
    control = Control(parameter=parameter, kind=kind, options=options, default=give)
    # A camera changes nothing of what is made for a view: views are the same with any.
    return field(metadata={"control": control}, compare=not kind.endswith("-camera"))


def _one(parameter: str, options: Options, default: object = None) -> Any:
    """One of the options, the first of them by default; empty text where there is none."""
    return _field(
        parameter, "one", options, default or (lambda dossier: next(iter(options(dossier)), ""))
    )


def _many(parameter: str, options: Options, default: object = None) -> Any:
    """Any of the options, all of them by default."""
    return _field(parameter, "many", options, options if default is None else default)


def _maybe(parameter: str, options: Options) -> Any:
    return _field(parameter, "maybe", options)


def _lens() -> Any:
    return _one("lens", _fixed(LENSES))


def _count() -> Any:
    return _one("count", _fixed(SCORE_COUNTS))


def _as_of() -> Any:
    return _field("at", "day", default=lambda dossier: dossier.horizon)


@dataclass(frozen=True, kw_only=True)
class BriefingView:
    """Home."""

    page_code: ClassVar[str] = "briefing"
    lens: str = _lens()
    as_of: dt.date = _as_of()
    count: str = _count()
    pick: str | None = _maybe("pick", _ids("claims", "claim_id"))


@dataclass(frozen=True, kw_only=True)
class MapView:
    """Alliance map."""

    page_code: ClassVar[str] = "alliance_map"
    framed_by: ClassVar[tuple[str, ...]] = ("frame", "mode")
    lens: str = _lens()
    as_of: dt.date = _as_of()
    since: dt.date | None = _field("since", "maybe-day")
    themes: tuple[str, ...] = _many("theme", _fixed(TIE_THEMES))
    actors: tuple[str, ...] = _many("actor", tied_actors, central_actors)
    frame: str = _one("frame", lambda dossier: tuple(dossier.document.map_views))
    borders: str = _one("borders", border_sides)
    weights: tuple[int, ...] = _field("w", "weights", _fixed(EVIDENCE_KINDS), EVIDENCE_WEIGHTS)
    mode: str = _one("show", _fixed(MAP_MODES))
    side: str = _one("side", _fixed(TIE_SIDES))
    drawing: str = _one("draw", _fixed(MAP_DRAWINGS))
    pick: str | None = _maybe("pick", pickable_on_map)
    camera: str | None = _field("camera", "maybe-map-camera")


@dataclass(frozen=True, kw_only=True)
class TimelineView:
    """Timeline."""

    page_code: ClassVar[str] = "timeline"
    framed_by: ClassVar[tuple[str, ...]] = ("zoom", "mode")
    lens: str = _lens()
    as_of: dt.date = _as_of()
    themes: tuple[str, ...] = _many("theme", event_themes)
    actors: tuple[str, ...] = _many("actor", tied_actors)
    zoom: str = _one("zoom", lambda dossier: tuple(dossier.document.timeline_spans))
    mode: str = _one("show", _fixed(TIMELINE_MODES))
    pick: str | None = _maybe("pick", pickable_on_timeline)
    camera: str | None = _field("camera", "maybe-time-camera")


@dataclass(frozen=True, kw_only=True)
class RoutesView:
    """Trade routes."""

    page_code: ClassVar[str] = "trade_routes"
    framed_by: ClassVar[tuple[str, ...]] = ("origin", "destination", "mode")
    lens: str = _lens()
    origin: str = _one(
        "from", _ids("nodes", "node_id"), lambda dossier: dossier.document.default_origin
    )
    destination: str = _one(
        "to", _ids("nodes", "node_id"), lambda dossier: dossier.document.default_destination
    )
    as_of: dt.date = _as_of()
    mode: str = _one("show", _fixed(ROUTE_MODES))
    scenarios: tuple[str, ...] = _many("with", _ids("scenarios", "scenario_id"), ())
    vetoes: tuple[str, ...] = _many("veto", transit_actors, ())
    degree: str = _one("how", _fixed(DEGREES))
    hours: str = _one("hours", _fixed(DELAY_HOURS), "48")
    charge: str = _one("charge", _fixed(CHARGES_USD), "200")
    ration: str = _one("ration", _fixed(RATION_PERCENTS), "50")
    services: str = _one("services", network_variants)
    goods: str | None = _field("goods", "maybe", values_of_time, usual_goods)
    volume: str = _one("teu", _fixed(VOLUMES_TEU), "2000")
    months: str = _one("months", _fixed(MONTHS))
    objective: str = _one("by", _fixed((*OBJECTIVE_LABELS, MIX)))
    weights: tuple[int, ...] = _field("w", "weights", _fixed(CRITERIA), EVEN_WEIGHTS)
    built: str | None = _maybe("built", _fixed(BUILT))
    pick: str | None = _maybe("pick", _ids("corridors", "corridor_id"))
    camera: str | None = _field("camera", "maybe-map-camera")


@dataclass(frozen=True, kw_only=True)
class ClaimsView:
    """Claims ledger."""

    page_code: ClassVar[str] = "claims"
    lens: str = _lens()
    as_of: dt.date = _as_of()
    mode: str = _one("show", claim_modes)
    count: str = _count()
    verdicts: tuple[str, ...] = _many("verdict", _fixed(VERDICTS))
    kinds: tuple[str, ...] = _many("kind", _codes("claim_kinds"))
    themes: tuple[str, ...] = _many("theme", _codes("themes"))
    tiers: tuple[str, ...] = _many("tier", _codes("source_tiers"))
    voice: str = _one("of", _fixed(SOURCE_VOICES))
    search: str = _field("q", "search", default="")
    pick: str | None = _maybe("pick", _ids("claims", "claim_id"))


@dataclass(frozen=True, kw_only=True)
class DataView:
    """Data and method."""

    page_code: ClassVar[str] = "data"
    lens: str = _lens()
    as_of: dt.date = _as_of()
    table: str = _one("table", lambda dossier: tuple(dossier.tables), "claims")
    older: str = _one("old", dataset_versions, version_before)
    newer: str = _one("new", dataset_versions, lambda dossier: dossier.version)
    changes: str | None = _maybe("rows", lambda dossier: tuple(dossier.tables))


@dataclass(frozen=True, kw_only=True)
class PresentView:
    """The briefing as scenes, for a room."""

    page_code: ClassVar[str] = ""
    present: str = _one("present", _fixed("1"))
    scene: str = _one("scene", scenes)
    speaker: str = _one("speaker", _fixed(SHOWN))


View = BriefingView | MapView | TimelineView | RoutesView | ClaimsView | DataView | PresentView
V = TypeVar("V", bound=View)


def list_controls(kind: type[Any]) -> dict[str, Control]:
    """Field name to control, in order."""
    return {item.name: item.metadata["control"] for item in fields(kind)}


def default_view(kind: type[V], dossier: Dossier) -> V:
    """The view that an address without parameters means."""
    return kind(**{name: c.default(dossier) for name, c in list_controls(kind).items()})
