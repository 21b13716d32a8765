"""The reading of best ways: its finding, its figures, and the words beside them."""

from typing import Any

from entente.address.views import RoutesView
from entente.content import Panel, PanelParts, panel_of
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.engine import Trip, place_labels, searched_by, trip_of
from entente.routes.modes import corridor_words, way_words
from entente.routes.modes.way_charts import chart_of
from entente.routes.modes.way_figures import Drawn, crossed_legs, map_of
from entente.routes.modes.way_search import Found, drawn_as, found_of
from entente.routes.modes.way_tables import way_rows

MAP_CAPTION = (
    "Numbers as in the table. Solid and in colour: the best way; dashed: the others, and the best "
    "way where it is a detour; dotted: the best way if nobody denied transit all the time; 0, "
    "where it is drawn, is the best way without the what-ifs. Crosses mark legs that are shut or "
    "denied. Lines show ways, not modes: point at one for its mode and length."
)


CHART_CAPTION = (
    "Slopes are carriage, steps are waits; lines: P50 of 10,000 draws, the band: P10 to P90 of the "
    "best way, stage by stage. By cost the same of price."
)


def title(dossier: Dossier, view: RoutesView) -> str:
    """The best way and what it takes, or that there is none."""
    places = place_labels(dossier)
    start, end = places[view.origin], places[view.destination]
    if view.origin == view.destination:
        return f"Both ends are {start}: there is no way to look for"
    found = found_of(dossier, trip_of(view), searched_by(view))
    if not found.ways:
        return f"No way is left from {start} to {end}"
    best = found.ways[0]
    value = way_words.about(way_words.total(best, searched_by(view)), searched_by(view))
    superlative = way_words.superlative(searched_by(view))
    verb = {"cost": "costs", "co2e": "emits"}.get(view.objective, "takes")
    route = way_words.through(best, dossier)
    return f"{superlative} way from {start} to {end} {verb} about {value}, {route}"


def lead(found: Found, dossier: Dossier, view: RoutesView) -> str:
    """How the others compare, and what the what-ifs do."""
    best, others = found.ways[0], found.ways[1:]
    value = way_words.total(best, searched_by(view))
    parts = []
    if found.reference is not None:
        before = way_words.total(found.reference, searched_by(view))
        change = way_words.amount(abs(value - before), searched_by(view))
        side = "more" if value >= before else "less"
        route = way_words.through(found.reference, dossier)
        parts.append(f"That is {change} {side} than on the record of the day, {route}.")
    elif view.scenarios or view.vetoes:
        parts.append("The what-ifs leave it as it is.")
    if standing := way_words.standing_deniers(dossier, trip_of(view)):
        parts.append(_unbarred(found, dossier, view, standing))
    if others:
        gap = way_words.amount(
            way_words.total(others[0], searched_by(view)) - value, searched_by(view)
        )
        label = way_words.labels_of(found.ways, dossier)[1]
        parts.append(f"The next that really differs, {label}, takes {gap} more.")
    else:
        parts.append("No other way differs from it enough to count as another.")
    return " ".join(parts)


def _unbarred(found: Found, dossier: Dossier, view: RoutesView, deniers: str) -> str:
    """What the standing vetoes on this trade do to its best way."""
    if found.barred is None:
        return f"That transit is denied by {deniers} makes no difference here."
    best, freed = (way_words.total(way, searched_by(view)) for way in (found.ways[0], found.barred))
    route = way_words.through(found.barred, dossier)
    gap = way_words.amount(abs(best - freed), searched_by(view))
    side = "less" if best >= freed else "more"  # more days, where a mix finds it better
    return f"If {deniers} let this trade through, the best would go {route} and take {gap} {side}."


def map_title(found: Found) -> str:
    """What the map shows, as a heading."""
    if not found.ways:
        return "Where the way is cut"
    count = corridor_words.counted(len(found.ways)).capitalize()
    if len(found.ways) == 1:
        return "The one way that there is"
    return f"{count} ways, no two with more than 70 % in common"


def chart_title(found: Found) -> str:
    """What the chart shows, as a heading."""
    return "How they get there" if found.ways else "How the mended way would get there"


@cached
def rows(dossier: Dossier, *, trip: Trip, objective: str) -> list[dict[str, Any]]:
    """The ways, a row each, for the template."""
    found = found_of(dossier, trip, objective)
    return way_rows(
        dossier, trip=trip, ways=found.ways, reference=found.reference, barred=found.barred
    )


@cached
def on_map(dossier: Dossier, *, trip: Trip, objective: str, appearance: str) -> PanelParts:
    """The ways on the map, with what is cut crossed out."""
    found = found_of(dossier, trip, objective)
    labels = way_words.labels_of(found.ways, dossier)
    drawn = [
        Drawn(number, label, *_role(number, found), way)
        for number, (label, way) in enumerate(zip(labels, found.ways, strict=True), start=1)
    ]
    crossed: dict[str, str] = {}
    if found.reference is not None:
        label = way_words.through(found.reference, dossier)
        drawn.append(Drawn(0, label, "reference", "without the what-ifs", found.reference))
        crossed |= crossed_legs(dossier, trip, found.reference)
    if found.restored is not None:
        label = way_words.through(found.restored, dossier)
        drawn.append(Drawn(1, label, "detour", "the way, if its cut were mended", found.restored))
        crossed |= crossed_legs(dossier, trip, found.restored)
    if found.barred is not None:
        label = way_words.through(found.barred, dossier)
        number = len(found.ways) + (found.restored is not None) + 1
        drawn.append(Drawn(number, label, "barred", "without standing vetoes", found.barred))
        crossed |= crossed_legs(dossier, trip, found.barred)
    return map_of(dossier, drawn=drawn, trip=trip, crossed=crossed, appearance=appearance)


@cached
def chart(dossier: Dossier, *, trip: Trip, objective: str, appearance: str) -> PanelParts:
    """The ways by time or price along their length."""
    found = found_of(dossier, trip, objective)
    ways = found.ways or ((found.restored,) if found.restored else ())
    quantity = "cost_usd_per_teu" if objective == "cost" else "days"
    return chart_of(dossier, trip=trip, ways=ways, quantity=quantity, appearance=appearance)


def _role(number: int, found: Found) -> tuple[str, str]:
    if number > 1:
        return "other", "others that differ"
    return ("best", "best way") if found.reference is None else ("detour", "best way left")


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Map and chart of the ways; nothing where both ends are one."""
    if view.origin == view.destination:
        return ()
    trip = trip_of(view)
    options: dict[str, Any] = {
        "trip": trip,
        "objective": drawn_as(dossier, trip, searched_by(view)),
        "appearance": appearance,
    }
    return (
        panel_of(
            on_map(dossier, **options),
            key="way-map",
            caption=MAP_CAPTION,
            is_legend_in_caption=True,
        ),
        panel_of(
            chart(dossier, **options),
            key="way-distance",
            caption=CHART_CAPTION,
            is_legend_in_caption=True,
        ),
    )
