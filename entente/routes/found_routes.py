"""Routes that a search has found: what they are called, on the map, and along their length."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from entente.content import PanelParts, list_numbers
from entente.dossier.store import Dossier
from entente.routes.charts.route_map import IN_FRONT, route_map, route_map_alt
from entente.routes.charts.time_distance import time_distance, time_distance_alt
from entente.routes.comparison import list_profiles, name_stages, value_chains
from entente.routes.network.alternatives import CutLeg
from entente.routes.network.legs import PASSED_AT_SEA
from entente.routes.network.search import Route, tabulate_routes
from entente.routes.trips import (
    Trip,
    cite_legs,
    cite_rates,
    find_denied_legs,
    find_standing_vetoes,
    label_places,
    label_scenarios,
    read_statuses_under,
    speak_actors,
)
from entente.routes.valuation.simulation import simulate
from entente.routes.valuation.stages import list_states
from entente.routes.words import place_name, since
from entente.style.palette import PALETTES
from entente.style.theme import identity, listed

NAMED_STATES = 4
TERMINALS = ("city", "seaport", "caspian-port")
USABLE = ("open", "partial")
ROUTE_COLUMNS = ["corridor_id", "number", "short_label", "role", "role_label", "identity"]
PROFILE_HEADINGS = {
    "corridor_id": "Way",
    "stage": "Stage",
    "km": "km",
    "days_low": "Days, P10",
    "days_typical": "Days, P50",
    "days_high": "Days, P90",
    "cost_usd_per_teu_low": "USD, P10",
    "cost_usd_per_teu_typical": "USD, P50",
    "cost_usd_per_teu_high": "USD, P90",
    "what": "What",
}


class DrawnRoute(NamedTuple):
    """A route as the map is to show it; `role` is a key of `route_map.ROLES`."""

    number: int
    label: str
    role: str
    role_label: str
    route: Route


def describe_through(route: Route, dossier: Dossier) -> str:
    """States that a route crosses between its ends: "through A and B", or "by sea"."""
    nodes = dossier["nodes"]
    states = list_states(route.node_ids, nodes)
    between = [state for state in dict.fromkeys(states) if state not in (states[0], states[-1])]
    names = speak_actors(dossier)
    if between:
        more = len(between) - NAMED_STATES
        shown = [names[state] for state in between[:NAMED_STATES]]
        return f"through {listed([*shown, *([f'{more} more'] if more > 0 else [])])}"
    labels = label_places(dossier)
    kinds = dict(zip(nodes["node_id"], nodes["kind_code"], strict=True))
    passed = [labels[node] for node in route.node_ids if kinds[node] in PASSED_AT_SEA]
    return f"by sea past {listed(passed[-3:])}" if passed else "by the direct way"


def name_routes(routes: Sequence[Route], dossier: Dossier) -> list[str]:
    """What each route is called: by its states, and by a place where two sound alike."""
    plain = [describe_through(route, dossier) for route in routes]
    alike = {
        label: [one for one, own in zip(routes, plain, strict=True) if own == label]
        for label in plain
    }
    return [
        f"{label} by {_find_own_place(route, alike[label], dossier)}"
        if len(alike[label]) > 1
        else label
        for route, label in zip(routes, plain, strict=True)
    ]


def _find_own_place(route: Route, alike: Sequence[Route], dossier: Dossier) -> str:
    """The first place that none of the others visits; a port or a city if there is one."""
    visited = {node for other in alike if other is not route for node in other.node_ids}
    nodes = dossier["nodes"]
    kinds = dict(zip(nodes["node_id"], nodes["kind_code"], strict=True))
    own = [node for node in route.node_ids if node not in visited] or [route.node_ids[-1]]
    known = [node for node in own if kinds[node] in TERMINALS]
    return label_places(dossier)[(known or own)[0]]


def name_standing_deniers(dossier: Dossier, trip: Trip) -> str:
    """Who denies transit to this trade all the time, in a list; empty when nobody does."""
    names = speak_actors(dossier)
    rows = find_standing_vetoes(dossier, trip)
    return listed([names[actor] for actor in dict.fromkeys(rows["actor_id"])] or [""])


def describe_cut(cut: Sequence[CutLeg], dossier: Dossier) -> list[str]:
    """Each leg of a cut: where, why, since when, by whom."""
    places, names = label_places(dossier), speak_actors(dossier)
    modes, statuses = dossier.labels("modes"), dossier.labels("leg_statuses")
    switches = label_scenarios(dossier)
    holders = dossier["leg_actors"].groupby("leg_id")["actor_id"].agg(list).to_dict()

    def reasons(leg: CutLeg) -> Iterator[str]:
        if leg.vetoed_by:
            yield f"denied by {listed([names[actor] for actor in leg.vetoed_by])}."
        if leg.is_shut:
            begun = f" {since(leg.since_edtf)}" if since(leg.since_edtf) else ""
            what = statuses.get(leg.status_code or "", "shut").lower()
            switch = switches.get(leg.scenario_id or "")
            yield f"{what} in the what-if “{switch}”." if switch else f"{what}{begun}."
            if leg.note:
                yield leg.note
            if held := holders.get(leg.leg_id):
                yield f"In the hands of {listed([names[actor] for actor in held])}."

    return [
        f"{places[leg.from_node_id]} – {places[leg.to_node_id]} "
        f"({modes[leg.mode_code].lower()}): {' '.join(reasons(leg))}"
        for leg in cut
    ]


def map_routes(
    dossier: Dossier,
    *,
    drawn: Sequence[DrawnRoute],
    trip: Trip,
    crossed: Mapping[str, str],
    appearance: str,
) -> PanelParts:
    """The routes on the map.

    Args:
        dossier: The dataset.
        drawn: Routes, the best first.
        trip: Between which places, under what.
        crossed: Leg to the reason why it is crossed out.
        appearance: Name of a palette.
    """
    lines = _join_lines(dossier, drawn)
    out = lines[lines["leg_id"].isin(list(crossed))]
    out = out.assign(why=out["leg_id"].map(crossed))
    routes = pd.DataFrame(
        [
            {
                "corridor_id": f"way-{item.number}",
                "number": item.number,
                "short_label": item.label,
                "role": item.role,
                "role_label": item.role_label,
                "identity": identity("leg", item.route.leg_ids),
            }
            for item in drawn
        ],
        columns=ROUTE_COLUMNS,
    )
    nodes = dossier["nodes"]
    ends = nodes[nodes["node_id"].isin((trip.origin, trip.destination))]
    figure = route_map(
        lines=lines,
        routes=routes,
        crossed=out,
        places=ends.assign(is_end=True, label=ends["label"].map(place_name)),
        modes=dossier.labels("modes"),
        area_lines=dossier.area_lines,
        areas=dossier["areas"],
        palette=PALETTES[appearance],
    )
    statuses = read_statuses_under(dossier, trip)
    cited = statuses[statuses["leg_id"].isin(lines["leg_id"])]
    return PanelParts(
        figure,
        route_map_alt(routes=routes, crossed=out),
        _tabulate_legs(dossier, drawn, statuses),
        cite_legs(cited, dossier),
        list_numbers(
            [(item.number, item.label) for item in drawn],
            picked=next((item.number for item in drawn if item.role in IN_FRONT), None),
            palette=PALETTES[appearance],
        ),
    )


def list_crossed(dossier: Dossier, trip: Trip, route: Route) -> dict[str, str]:
    """Legs of a route that cannot be used under switches and vetoes, with the reason."""
    rows = read_statuses_under(dossier, trip).set_index("leg_id")
    denied = find_denied_legs(dossier, trip)
    shut = set(rows[~rows["status_code"].isin(USABLE)].index)
    return {
        leg_id: str(rows.at[leg_id, "note"])
        for leg_id in route.leg_ids
        if leg_id in shut or leg_id in denied
    }


def chart_routes(
    dossier: Dossier, *, trip: Trip, routes: Sequence[Route], quantity: str, appearance: str
) -> PanelParts:
    """Days, or price, against km along the routes, the first put forward."""
    chains = tabulate_routes(routes)
    staged = value_chains(dossier, trip, chains)
    named = name_stages(staged, chains, dossier, places=label_places(dossier))[
        ["corridor_id", "stage", "what"]
    ]
    points = list_profiles(simulate(staged)).merge(named, on=["corridor_id", "stage"], how="left")
    points = points.fillna({"what": "Departure"}).assign(basis="")
    corridors = pd.DataFrame(
        {
            "corridor_id": [f"way-{number}" for number in range(1, len(routes) + 1)],
            "number": range(1, len(routes) + 1),
            "short_label": name_routes(routes, dossier),
            "condition": "open",
            "identity": [identity("leg", route.leg_ids) for route in routes],
        }
    )
    options: dict[str, Any] = {
        "profiles": points,
        "corridors": corridors,
        "picked": "way-1" if routes else None,
        "quantity": quantity,
    }
    names = list(zip(corridors["number"], corridors["short_label"], strict=True))
    return PanelParts(
        time_distance(**options, palette=PALETTES[appearance]),
        time_distance_alt(**options),
        points[list(PROFILE_HEADINGS)].round(2).rename(columns=PROFILE_HEADINGS),
        cite_rates(staged, dossier),
        list_numbers(names, picked=1, palette=PALETTES[appearance]),
    )


def _join_lines(dossier: Dossier, drawn: Sequence[DrawnRoute]) -> gpd.GeoDataFrame:
    """One row a leg, with the routes that use it."""
    users: dict[str, tuple[str, ...]] = {}
    for item in drawn:
        for leg_id in item.route.leg_ids:
            users[leg_id] = (*users.get(leg_id, ()), f"way-{item.number}")
    labels = label_places(dossier)
    legs = dossier["legs"]
    own = legs[legs["leg_id"].isin(list(users))]
    facts = own[["leg_id", "mode_code", "distance_km"]].assign(
        corridor_ids=own["leg_id"].map(users),
        from_label=own["from_node_id"].map(labels),
        to_label=own["to_node_id"].map(labels),
    )
    lines = dossier.leg_lines[["leg_id", "geometry"]]
    merged = facts.merge(lines, on="leg_id")
    return gpd.GeoDataFrame(merged, geometry="geometry", crs=dossier.leg_lines.crs)


def _tabulate_legs(
    dossier: Dossier, drawn: Sequence[DrawnRoute], statuses: pd.DataFrame
) -> pd.DataFrame:
    labels, modes = label_places(dossier), dossier.labels("modes")
    words = dossier.labels("leg_statuses")
    known = dict(zip(statuses["leg_id"], statuses["status_code"], strict=True))
    km = dict(zip(dossier["legs"]["leg_id"], dossier["legs"]["distance_km"], strict=True))
    rows = [
        {
            "Way": item.number,
            "Leg": step.leg_id,
            "From": labels[step.from_node_id],
            "To": labels[step.to_node_id],
            "Mode": modes[step.mode_code],
            "km": km[step.leg_id],
            "Status": words.get(known.get(step.leg_id, ""), "Not on record"),
        }
        for item in drawn
        for step in item.route.steps
    ]
    return pd.DataFrame(rows, columns=["Way", "Leg", "From", "To", "Mode", "km", "Status"])
