"""Views: what a reader can choose on each page, as a frozen dataclass with a control a field."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, TypeVar

from entente.address.options import (
    Options,
    central_actors,
    choose_none,
    codes,
    dataset_versions,
    event_themes,
    horizon,
    ids,
    pickable_on_map,
    pickable_on_timeline,
    scenes,
    tied_actors,
    transit_actors,
    version_before,
)
from entente.dossier.store import Dossier
from entente.vocabulary import (
    CLAIM_MODES,
    CRITERIA,
    EVIDENCE_KINDS,
    EVIDENCE_WEIGHTS,
    LENSES,
    MAP_MODES,
    MIX,
    OBJECTIVE_LABELS,
    ROUTE_MODES,
    SHOWN,
    SOURCE_VOICES,
    TIE_THEMES,
    TIMELINE_MODES,
    VERDICTS,
)

EVEN_WEIGHT = 5


@dataclass(frozen=True, kw_only=True)
class Control:
    """How one field of a view is written in an address."""

    parameter: str
    kind: str
    options: Options = lambda dossier: ()
    default: Callable[[Dossier], Any] = lambda dossier: None


def _one(parameter: str, options: Options, default: str) -> Any:
    control = Control(parameter=parameter, kind="one", options=options, default=lambda _: default)
    return field(metadata={"control": control})


def _one_of(parameter: str, options: Options) -> Any:
    """One of the options of a dossier; the first of them by default."""
    control = Control(
        parameter=parameter,
        kind="one",
        options=options,
        default=lambda dossier: options(dossier)[0],
    )
    return field(metadata={"control": control})


def _node(parameter: str, default: Callable[[Dossier], str]) -> Any:
    options = ids("nodes", "node_id")
    control = Control(parameter=parameter, kind="one", options=options, default=default)
    return field(metadata={"control": control})


def _maybe(parameter: str, options: Options) -> Any:
    return field(metadata={"control": Control(parameter=parameter, kind="maybe", options=options)})


def _many(parameter: str, options: Options, default: Options | None = None) -> Any:
    control = Control(parameter=parameter, kind="many", options=options, default=default or options)
    return field(metadata={"control": control})


def _day(parameter: str) -> Any:
    return field(metadata={"control": Control(parameter=parameter, kind="day", default=horizon)})


def _maybe_day(parameter: str) -> Any:
    return field(metadata={"control": Control(parameter=parameter, kind="maybe-day")})


def _lens() -> Any:
    return _one("lens", lambda _: tuple(LENSES), "both")


def _weights(parameter: str, options: tuple[str, ...], default: tuple[int, ...]) -> Any:
    """One whole number for each of `options`, 0 to `HEAVIEST`, not all of them 0."""
    control = Control(
        parameter=parameter, kind="weights", options=lambda _: options, default=lambda _: default
    )
    return field(metadata={"control": control})


def _version(parameter: str, default: Callable[[Dossier], str]) -> Any:
    control = Control(parameter=parameter, kind="one", options=dataset_versions, default=default)
    return field(metadata={"control": control})


def _search(parameter: str) -> Any:
    control = Control(parameter=parameter, kind="search", default=lambda _: "")
    return field(metadata={"control": control})


@dataclass(frozen=True, kw_only=True)
class BriefingView:
    """Home."""

    page_code: ClassVar[str] = "briefing"
    lens: str = _lens()
    as_of: dt.date = _day("at")
    pick: str | None = _maybe("pick", ids("claims", "claim_id"))


@dataclass(frozen=True, kw_only=True)
class MapView:
    """Alliance map."""

    page_code: ClassVar[str] = "alliance_map"
    lens: str = _lens()
    as_of: dt.date = _day("at")
    since: dt.date | None = _maybe_day("since")
    themes: tuple[str, ...] = _many("theme", lambda _: TIE_THEMES)
    actors: tuple[str, ...] = _many("actor", tied_actors, central_actors)
    frame: str = _one_of("frame", lambda dossier: tuple(dossier.document.map_views))
    borders: str = _one_of("borders", codes("border_views"))
    weights: tuple[int, ...] = _weights("w", tuple(EVIDENCE_KINDS), EVIDENCE_WEIGHTS)
    mode: str = _one("show", lambda _: tuple(MAP_MODES), "map")
    pick: str | None = _maybe("pick", pickable_on_map)


@dataclass(frozen=True, kw_only=True)
class TimelineView:
    """Timeline."""

    page_code: ClassVar[str] = "timeline"
    lens: str = _lens()
    as_of: dt.date = _day("at")
    themes: tuple[str, ...] = _many("theme", event_themes)
    actors: tuple[str, ...] = _many("actor", tied_actors)
    zoom: str = _one_of("zoom", lambda dossier: tuple(dossier.document.timeline_spans))
    mode: str = _one("show", lambda _: tuple(TIMELINE_MODES), "lanes")
    pick: str | None = _maybe("pick", pickable_on_timeline)


@dataclass(frozen=True, kw_only=True)
class RoutesView:
    """Trade routes."""

    page_code: ClassVar[str] = "trade_routes"
    lens: str = _lens()
    origin: str = _node("from", lambda dossier: dossier.document.default_origin)
    destination: str = _node("to", lambda dossier: dossier.document.default_destination)
    as_of: dt.date = _day("at")
    mode: str = _one("show", lambda _: tuple(ROUTE_MODES), "corridors")
    scenarios: tuple[str, ...] = _many("with", ids("scenarios", "scenario_id"), choose_none)
    vetoes: tuple[str, ...] = _many("veto", transit_actors, choose_none)
    objective: str = _one("by", lambda _: (*OBJECTIVE_LABELS, MIX), "time")
    weights: tuple[int, ...] = _weights("w", tuple(CRITERIA), (EVEN_WEIGHT,) * len(CRITERIA))
    pick: str | None = _maybe("pick", ids("corridors", "corridor_id"))


@dataclass(frozen=True, kw_only=True)
class ClaimsView:
    """Claims ledger."""

    page_code: ClassVar[str] = "claims"
    lens: str = _lens()
    as_of: dt.date = _day("at")
    mode: str = _one("show", lambda _: tuple(CLAIM_MODES), "ledger")
    verdicts: tuple[str, ...] = _many("verdict", lambda _: VERDICTS)
    kinds: tuple[str, ...] = _many("kind", codes("claim_kinds"))
    themes: tuple[str, ...] = _many("theme", codes("themes"))
    tiers: tuple[str, ...] = _many("tier", codes("source_tiers"))
    voice: str = _one("of", lambda _: tuple(SOURCE_VOICES), "all")
    search: str = _search("q")
    pick: str | None = _maybe("pick", ids("claims", "claim_id"))


@dataclass(frozen=True, kw_only=True)
class DataView:
    """Data and method."""

    page_code: ClassVar[str] = "data"
    lens: str = _lens()
    as_of: dt.date = _day("at")
    table: str = _one("table", lambda dossier: tuple(dossier.tables), "claims")
    older: str = _version("old", version_before)
    newer: str = _version("new", lambda dossier: dossier.version)
    changes: str | None = _maybe("rows", lambda dossier: tuple(dossier.tables))


@dataclass(frozen=True, kw_only=True)
class PresentView:
    """The briefing as scenes, for a room."""

    page_code: ClassVar[str] = ""
    present: str = _one("present", lambda _: ("1",), "1")
    scene: str = _one_of("scene", scenes)
    notes: str = _one("notes", lambda _: tuple(SHOWN), "off")


View = BriefingView | MapView | TimelineView | RoutesView | ClaimsView | DataView | PresentView
V = TypeVar("V", bound=View)


def controls_of(kind: type[Any]) -> dict[str, Control]:
    """Field name to control, in order."""
    return {item.name: item.metadata["control"] for item in fields(kind)}


def default_view(kind: type[V], dossier: Dossier) -> V:
    """The view that an address without parameters means."""
    return kind(**{name: c.default(dossier) for name, c in controls_of(kind).items()})
