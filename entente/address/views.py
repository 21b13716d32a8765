"""Views: what a reader has chosen on a page, and the address that says so.

A view is a frozen dataclass a page. `decode` reads one from a query string and never fails: what it
cannot use becomes a notice. `encode` writes every control, defaults included, with the version of
this format and of the dataset, so that an address means the same tomorrow.

Values are ids and codes. Several values are joined by a full stop, which no id contains and no
browser escapes; `all` and `none` stand for themselves.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from entente.address.migrations import FORMAT, migrated
from entente.dates.edtf import new_year_before
from entente.dates.words import day_in_words, in_words
from entente.dossier.store import Dossier
from entente.dossier.version_numbers import number_of
from entente.dossier.versions import kept_versions
from entente.vocabulary import (
    CLAIM_MODES,
    CRITERIA,
    EVIDENCE_KINDS,
    EVIDENCE_WEIGHTS,
    HEAVIEST,
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

ALL, NONE, SEPARATOR = "all", "none", "."
SEARCH_LIMIT = 60
EVEN_WEIGHT = 5
KEPT = 8  # dossiers for which lists of options are kept; a running process has one or two
Options = Callable[[Dossier], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something in an address that could not be used, said in a sentence."""

    parameter: str
    text: str
    href: str = ""  # where more is said, and the words of the link
    link: str = ""


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


def dataset_versions(dossier: Dossier) -> tuple[str, ...]:
    """The version of the dossier and those that are kept beside it, newest first."""
    known = {dossier.version, *kept_versions(dossier.folder)}
    return tuple(sorted(known, key=number_of, reverse=True))


def _version_before(dossier: Dossier) -> str:
    """The newest version older than the dossier's own; its own when none is kept."""
    older = [v for v in dataset_versions(dossier) if number_of(v) < number_of(dossier.version)]
    return older[0] if older else dossier.version


def _none(dossier: Dossier) -> tuple[str, ...]:
    return ()


def _search(parameter: str) -> Any:
    control = Control(parameter=parameter, kind="search", default=lambda _: "")
    return field(metadata={"control": control})


@lru_cache(maxsize=KEPT)
def horizon(dossier: Dossier) -> dt.date:
    """Date of the newest source in the dataset: the latest day that an as-of date can have."""
    return dt.date.fromisoformat(str(dossier["dataset"].at[0, "horizon_edtf"]))


@lru_cache(maxsize=KEPT)
def earliest(dossier: Dossier) -> dt.date:
    """The earliest day that an as-of date can have: New Year before the first event."""
    return new_year_before(dossier["events"]["date_edtf"])


def ids(table: str, column: str) -> Options:
    """All ids of a table, in file order."""
    return lambda dossier: tuple(dossier[table][column])


def codes(table: str) -> Options:
    """All codes of a code table, in sort order."""
    return lambda dossier: tuple(dossier.labels(table))


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


TERMINALS = ("city", "seaport", "caspian-port")


@lru_cache(maxsize=KEPT)
def pickable_on_map(dossier: Dossier) -> tuple[str, ...]:
    """Actors and ties: what has a dossier on the alliance map."""
    return (*tied_actors(dossier), *dossier["ties"]["tie_id"])


@lru_cache(maxsize=KEPT)
def pickable_on_timeline(dossier: Dossier) -> tuple[str, ...]:
    """Events and expectations: what the timeline has a mark for."""
    return (*dossier["events"]["event_id"], *dossier["expectations"]["expectation_id"])


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
    scenarios: tuple[str, ...] = _many("with", ids("scenarios", "scenario_id"), _none)
    vetoes: tuple[str, ...] = _many("veto", transit_actors, _none)
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
    older: str = _version("old", _version_before)
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


def encode(view: View, dossier: Dossier) -> dict[str, str]:
    """Every control of `view` by parameter, with the versions of this format and of the dataset."""
    written = {
        control.parameter: write_value(getattr(view, name), control, dossier)
        for name, control in controls_of(type(view)).items()
    }
    return {**written, "d": dossier.version, "v": FORMAT}


def decode(
    kind: type[V], parameters: Mapping[str, Sequence[str]], dossier: Dossier
) -> tuple[V, tuple[Notice, ...]]:
    """The view that `parameters` mean, and a notice for each part of them that means nothing.

    Args:
        kind: The page's view class.
        parameters: Parameter name to all values that the address gives for it.
        dossier: Says which ids and codes exist.
    """
    parameters = migrated(kind.page_code, parameters)
    notices = _notices_on_versions(parameters, dossier)
    known = {control.parameter for control in controls_of(kind).values()} | {"v", "d"}
    for name in sorted(set(parameters) - known):
        notices.append(_notice(name, f"“{quoted(name)}” is no setting of this page; left out."))
    values = {}
    for name, control in controls_of(kind).items():
        given = parameters.get(control.parameter, ())
        if len(given) > 1:
            notices.append(
                _notice(
                    control.parameter, f"“{control.parameter}” stands twice; the first one counts."
                )
            )
        values[name], found = _read(given[0] if given else None, control, dossier)
        notices.extend(found)
    return kind(**values), tuple(notices)


def quoted(text: str, limit: int = 40) -> str:
    """Text from outside, short and on one line, for a notice."""
    plain = re.sub(r"[^\w .,:;/=+~-]", "·", " ".join(text.split()))
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"


def _notices_on_versions(parameters: Mapping[str, Sequence[str]], dossier: Dossier) -> list[Notice]:
    notices = []
    for name, current, text in (
        (
            "v",
            FORMAT,
            "This address has format {given}; this page writes {current}. "
            "What could be read was read.",
        ),
        (
            "d",
            dossier.version,
            "This address was made with dataset {given}; you are looking at {current}.",
        ),
    ):
        given = (parameters.get(name) or (current,))[0]
        if given != current:
            shown = text.format(given=quoted(given), current=current)
            notices.append(_notice(name, shown))
    return notices


def _notice(parameter: str, text: str) -> Notice:
    return Notice(parameter=quoted(parameter), text=text)


def write_value(value: Any, control: Control, dossier: Dossier) -> str:
    """A value as it stands in an address."""
    if control.kind == "many":
        if tuple(value) == control.options(dossier):
            return ALL
        return SEPARATOR.join(sorted(value)) or NONE
    if isinstance(value, dt.date):
        return value.isoformat()
    if control.kind == "weights":
        return SEPARATOR.join(str(weight) for weight in value)
    return NONE if value is None else str(value)


def _read(text: str | None, control: Control, dossier: Dossier) -> tuple[Any, list[Notice]]:
    """The value that `text` means for a control; its default, with a notice, when it means none."""
    default = control.default(dossier)
    if text is None:
        return default, []
    reader = _READERS.get(control.kind, _read_one)
    return reader(text, control, dossier, default)


def _read_one(
    text: str, control: Control, dossier: Dossier, default: Any
) -> tuple[Any, list[Notice]]:
    if control.kind == "maybe" and text == NONE:
        return None, []
    if text in control.options(dossier):
        return text, []
    gone = _retirement(control, text, dossier) if control.kind == "maybe" else None
    return default, [gone or _unknown(control, text)]


def _retirement(control: Control, text: str, dossier: Dossier) -> Notice | None:
    """When and why an id was retired; None for one that never was in use."""
    rows = dossier["retired"].to_dict("records")
    row = next((row for row in rows if row["retired_id"] == text), None)
    if row is None:
        return None
    said = f"“{quoted(text)}” was retired on {in_words(row['retired_edtf'])}: {row['reason']}"
    return _notice(control.parameter, said)


def _read_many(
    text: str, control: Control, dossier: Dossier, default: Any
) -> tuple[tuple[str, ...], list[Notice]]:
    options = control.options(dossier)
    if text in (ALL, NONE):
        return (options if text == ALL else ()), []
    asked = text.split(SEPARATOR)
    unknown = [value for value in dict.fromkeys(asked) if value not in options]
    chosen = tuple(value for value in options if value in asked)
    notices = [_unknown(control, SEPARATOR.join(unknown))] if unknown else []
    return (chosen or default), notices


def _read_day(
    text: str, control: Control, dossier: Dossier, default: dt.date | None
) -> tuple[dt.date | None, list[Notice]]:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return default, [_no_day(control, text, default)]
    first, last = earliest(dossier), horizon(dossier)
    if first <= day <= last:
        return day, []
    nearest = min(max(day, first), last)
    if day > last:
        why = f"{day} is later than the newest source, beyond which nothing is known"
    else:
        why = f"{day} is earlier than the first event on record"
    return nearest, [_notice(control.parameter, f"{why}; showing {day_in_words(nearest)} instead.")]


def _no_day(control: Control, text: str, default: dt.date | None) -> Notice:
    """That a text is no day, and which day is shown for it."""
    what = f"“{quoted(text)}” is no date" if text.strip() else "the date is missing"
    instead = f"showing {day_in_words(default)}, the newest source" if default else "left out"
    return _notice(control.parameter, f"In “{control.parameter}”, {what}; {instead}.")


def _read_maybe_day(
    text: str, control: Control, dossier: Dossier, default: None
) -> tuple[dt.date | None, list[Notice]]:
    return (None, []) if text == NONE else _read_day(text, control, dossier, default)


def _read_weights(
    text: str, control: Control, dossier: Dossier, default: tuple[int, ...]
) -> tuple[tuple[int, ...], list[Notice]]:
    parts = text.split(SEPARATOR)
    known = {str(weight): weight for weight in range(HEAVIEST + 1)}
    if len(parts) != len(default) or not all(part in known for part in parts):
        return default, [_unknown(control, text)]
    weights = tuple(known[part] for part in parts)
    return (weights, []) if any(weights) else (default, [_unknown(control, text)])


def _read_search(
    text: str, control: Control, dossier: Dossier, default: str
) -> tuple[str, list[Notice]]:
    plain = " ".join(re.sub(r"[^\w\s'’.,%$–-]", " ", text).split())[:SEARCH_LIMIT].strip()
    changed = plain != text
    notice = _notice(control.parameter, f"The search was shortened to “{plain}”.")
    return plain, [notice] if changed else []


def _unknown(control: Control, text: str) -> Notice:
    return _notice(
        control.parameter,
        f"“{quoted(text)}” is unknown for “{control.parameter}”; left out.",
    )


_READERS: dict[str, Callable[[str, Control, Dossier, Any], tuple[Any, list[Notice]]]] = {
    "many": _read_many,
    "day": _read_day,
    "maybe-day": _read_maybe_day,
    "search": _read_search,
    "weights": _read_weights,
}
