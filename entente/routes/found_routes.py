"""Routes that a search has found, in words and on the map."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from entente.content import PanelParts, list_numbers
from entente.dossier.store import Dossier, cached
from entente.routes.charts.route_map import IN_FRONT, route_map, route_map_alt
from entente.routes.network.alternatives import CutLeg
from entente.routes.network.legs import PASSED_AT_SEA, tabulate_chains
from entente.routes.network.search import Route
from entente.routes.trips import Trip, cite_legs, label_places, speak_actors
from entente.routes.valuation.corridors import find_land_states, list_states
from entente.routes.valued_corridors import collect_facts
from entente.routes.words import format_amount, format_days, say_since, shorten_place
from entente.style.palette import PALETTES
from entente.style.theme import identity, join_words

NAMED_STATES = 4


class DrawnRoute(NamedTuple):
    """A route as the map is to show it; `role` is a key of `route_map.ROLES`."""

    number: int
    label: str
    role: str
    role_label: str
    route: Route


def describe_through(route: Route, dossier: Dossier) -> str:
    """States that a route crosses between its ends: "through A and B", or "by sea"."""
    land, kinds = _index_nodes(dossier)
    states = list_states(route.node_ids, land)
    names, labels = speak_actors(dossier), label_places(dossier)
    between = dict.fromkeys(names[one] for one in states if one not in (states[0], states[-1]))
    if between:
        shown, more = list(between)[:NAMED_STATES], len(between) - NAMED_STATES
        return f"through {join_words([*shown, f'{more} more'] if more > 0 else shown)}"
    passed = [labels[node] for node in route.node_ids if kinds[node] in PASSED_AT_SEA]
    return f"by sea past {join_words(passed[-3:])}" if passed else "directly"


@cached
def _index_nodes(dossier: Dossier) -> tuple[dict[str, str], dict[str, str]]:
    """Node to its state on land, and to its kind."""
    nodes = dossier["nodes"]
    kinds = dict(zip(nodes["node_id"], nodes["kind_code"], strict=True))
    return find_land_states(nodes), kinds


def describe_cut(cut: Sequence[CutLeg], restored: Route | None, dossier: Dossier) -> dict[str, Any]:
    """The legs of a cut and the route without it, for `templates/route_cut.html`.

    Each leg says where it is, why it is shut, since when, and by whom.
    """
    places, names = label_places(dossier), speak_actors(dossier)
    modes, statuses = dossier.labels("modes"), dossier.labels("leg_statuses")
    switches = dossier.labels("scenarios")
    held = dossier["leg_actors"]
    deniers = held[held["is_denier"]].groupby("leg_id")["actor_id"].agg(list).to_dict()

    def list_reasons(leg: CutLeg) -> Iterator[str]:
        if leg.vetoed_by:
            yield f"denied by {join_words([names[actor] for actor in leg.vetoed_by])}."
        if leg.is_shut:
            what = statuses.get(leg.status_code or "", "shut").lower()
            switch, since = switches.get(leg.scenario_id or ""), say_since(leg.since_edtf)
            begun = f" in the scenario “{switch}”" if switch else f" {since}" if since else ""
            yield f"{what}{begun}."
            if leg.note:
                yield leg.note
            if able := deniers.get(leg.leg_id):
                yield f"Controlled by {join_words([names[actor] for actor in able])}."

    return {
        "legs": [
            f"{places[leg.from_node_id]} – {places[leg.to_node_id]} "
            f"({modes[leg.mode_code].lower()}): {' '.join(list_reasons(leg))}"
            for leg in cut
        ],
        "restored": describe_through(restored, dossier) if restored else "",
        "days": format_days(restored.days) if restored else "",
        "usd": format_amount(restored.usd, "cost") if restored else "",
    }


def map_routes(
    dossier: Dossier, *, drawn: Sequence[DrawnRoute], trip: Trip, appearance: str
) -> PanelParts:
    """The routes on the map, with those legs crossed out that cannot be used on the trip."""
    ids = [f"way-{item.number}" for item in drawn]
    chains = tabulate_chains((one, item.route.steps) for one, item in zip(ids, drawn, strict=True))
    facts = collect_facts(dossier, trip, chains)
    ends = facts[["from_label", "to_label"]].map(shorten_place)
    facts = facts.assign(from_label=ends["from_label"], to_label=ends["to_label"])
    routes = pd.DataFrame(
        {
            "corridor_id": ids,
            "number": [item.number for item in drawn],
            "short_label": [item.label for item in drawn],
            "role": [item.role for item in drawn],
            "role_label": [item.role_label for item in drawn],
            "identity": [identity("leg", item.route.leg_ids) for item in drawn],
        }
    )
    nodes = dossier["nodes"]
    places = nodes[nodes["node_id"].isin((trip.origin, trip.destination))]
    shown: dict[str, Any] = {"lines": join_lines(dossier, facts, ids), "routes": routes}
    figure = route_map(
        **shown,
        places=places.assign(label=places["label"].map(shorten_place)),
        modes=dossier.labels("modes"),
        area_lines=dossier.area_lines,
        areas=dossier["areas"],
        palette=PALETTES[appearance],
    )
    table = pd.DataFrame(
        {
            "Route": facts["corridor_id"].map(dict(zip(ids, routes["number"], strict=True))),
            "Leg": facts["leg_id"],
            "From": facts["from_label"],
            "To": facts["to_label"],
            "Mode": facts["mode_code"].map(dossier.labels("modes")),
            "km": facts["distance_km"],
            "Status": facts["status_code"]
            .map(dossier.labels("leg_statuses"))
            .fillna("Not on record"),
        }
    )
    legend = list_numbers(
        [(item.number, item.label) for item in drawn],
        picked=next((item.number for item in drawn if item.role in IN_FRONT), None),
        palette=PALETTES[appearance],
    )
    return PanelParts(figure, route_map_alt(**shown), table, cite_legs(facts, dossier), legend)


def join_lines(dossier: Dossier, facts: pd.DataFrame, ids: Sequence[str]) -> gpd.GeoDataFrame:
    """Legs on the map: one row a leg, with `corridor_ids`, those of `ids` that use it, in order."""
    users = {
        leg_id: tuple(one for one in ids if one in set(own))
        for leg_id, own in facts.groupby("leg_id")["corridor_id"]
    }
    legs = facts.drop_duplicates("leg_id").drop(columns="corridor_id")
    legs = legs.assign(corridor_ids=legs["leg_id"].map(users))
    lines = dossier.leg_lines[["leg_id", "geometry"]]
    return gpd.GeoDataFrame(legs.merge(lines, on="leg_id"), crs=dossier.leg_lines.crs)
