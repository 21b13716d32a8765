"""The reading of corridors: its finding, its figures, and the words beside them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from entente.address import views
from entente.address.views import RoutesView
from entente.content import Panel, PanelParts, panel_of
from entente.dates.words import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.engine import Trip, place_labels, trip_of
from entente.routes.modes import corridor_figures, corridor_odds, corridor_records
from entente.routes.modes import corridor_words as words
from entente.routes.modes.corridor_tables import Comparison, corridor_chains
from entente.routes.network.chains import ways_from
from entente.vocabulary import DOCUMENT_DAY

MAP_CAPTION = (
    "Numbers as in the table; the way put forward is in colour. Choose a line or a number to put "
    "another forward, and the map turns to it. Lines follow sea lanes, railways and roads where a "
    "network has them, and are straight where it has a hole."
)


TIME_CAPTION = (
    "Slopes are carriage, vertical steps are waits at ports, borders and breaks of gauge. Lines: "
    "P50; the band of the way put forward runs from P10 to P90, stage by stage. Dotted: "
    "could not be used. Numbers as in the table."
)


COST_CAPTION = (
    "The same of price: slopes are freight, vertical steps are handling, borders and passages. "
    "Lines: P50; the band: P10 to P90 of the way put forward."
)


RANGES_CAPTION = (
    "Dot: P50; line: P10 to P90. Dotted line and hollow dot: could not be used. Hollow diamonds: "
    "published for the whole corridor, where the unit is the same."
)


SWITCHED = "Under the what-ifs above. "


def compared_of(dossier: Dossier, view: RoutesView) -> Comparison:
    """The comparison of a view."""
    return corridor_figures.compared(dossier, trip=trip_of(view))


def settled(dossier: Dossier, view: RoutesView) -> str | None:
    """The corridor to put forward: the picked one, or its like, where it joins the two places.

    Failing that, the first of the comparison, but only where corridors are shown: nothing else is
    worth valuing all of them, and there it is None.
    """
    if view.mode == "corridors" and view.lens != "document":
        return compared_of(dossier, view).settled(view.pick)
    _, same = corridor_chains(dossier, origin=view.origin, destination=view.destination)
    return same.get(str(view.pick))


def title(dossier: Dossier, view: RoutesView) -> str:
    """How many ways there are and how many could be used."""
    places = place_labels(dossier)
    return words.finding(
        compared_of(dossier, view),
        start=places[view.origin],
        end=places[view.destination],
        when="on the suppositions below"
        if view.scenarios or view.vetoes
        else f"on {day_in_words(view.as_of)}",
    )


@cached
def odds(dossier: Dossier, *, trip: Trip, pick: str) -> dict[str, Any]:
    """How often one corridor beats another, for the template."""
    return corridor_odds.odds_record(corridor_figures.compared(dossier, trip=trip), dossier, pick)


@cached
def rows(dossier: Dossier, *, view: RoutesView) -> list[dict[str, Any]]:
    """The comparison, a row a corridor, for the template."""
    return corridor_records.comparison_rows(compared_of(dossier, view), dossier, view)


@cached
def record(dossier: Dossier, *, trip: Trip, pick: str | None) -> dict[str, Any]:
    """One corridor leg by leg, for the template."""
    found = corridor_figures.compared(dossier, trip=trip)
    picked = corridor_records.picked_record(found, dossier, str(pick))
    return {**picked, "claims": _claims_about(dossier, str(pick), as_of=trip.as_of)}


def _claims_about(dossier: Dossier, corridor_id: str, *, as_of: dt.date) -> list[dict[str, str]]:
    """The claims behind the marks of a corridor; none while there is no comment."""
    if as_of < DOCUMENT_DAY:
        return []
    links = dossier["corridor_claims"]
    own = links[links["corridor_id"] == corridor_id].merge(dossier["claims"], on="claim_id")
    return [{"claim_id": row["claim_id"], "claim": row["claim"]} for row in own.to_dict("records")]


@cached
def ways_onward(dossier: Dossier, *, origin: str) -> dict[str, int]:
    """Place to the number of curated ways that lead there."""
    return ways_from(
        dossier["corridor_legs"],
        dossier["legs"],
        origin=origin,
        places=views.corridor_ends(dossier),
    )


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Ranges, map, time and price along the way; nothing where no corridor joins the places."""
    if not compared_of(dossier, view).ids:
        return ()
    options = {"trip": trip_of(view), "pick": view.pick, "appearance": appearance}
    drawn: list[tuple[str, Callable[..., PanelParts], str, dict[str, str]]] = [
        ("corridor-map", corridor_figures.map_of_ways, MAP_CAPTION, {}),
        ("time-distance", corridor_figures.time_and_distance, TIME_CAPTION, {}),
        (
            "cost-distance",
            corridor_figures.time_and_distance,
            COST_CAPTION,
            {"quantity": "cost_usd_per_teu"},
        ),
        *(
            (
                f"corridor-ranges-{quantity.split('_')[0]}",
                corridor_figures.ranges,
                RANGES_CAPTION,
                {"quantity": quantity},
            )
            for quantity in corridor_figures.QUANTITIES
        ),
    ]
    return tuple(
        panel_of(
            make(dossier, **more, **options), key=key, caption=caption, is_legend_in_caption=True
        )
        for key, make, caption, more in drawn
    )
