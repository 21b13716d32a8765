"""Vetoes as rows and in words: for the bars, for readers of tables, and for templates."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from entente.dates import day_in_words
from entente.dossier.store import Dossier, cached
from entente.routes.actors.effects import Presets, describe_presets, format_range, is_own_trade
from entente.routes.charts.leverage import LOSS_COLUMNS
from entente.routes.found_routes import describe_through
from entente.routes.network.search import Route
from entente.routes.trips import (
    QUANTITIES,
    UNITS,
    Trip,
    find_draws,
    find_leverage,
    find_scenario,
    find_shares,
    label_places,
    speak_actors,
)
from entente.routes.valuation.leverage import Traffic, price_veto_alone
from entente.routes.valuation.leverage_draws import LEAST, LeverageDraws
from entente.routes.words import format_amount, format_days, format_share
from entente.style.theme import identity, join_words

BASIS = {"time": "in time", "cost": "in price", "co2e": "in emissions"}


def tabulate_losses(
    dossier: Dossier, sets: Sequence[Sequence[str]], draws: LeverageDraws, traffic: Traffic
) -> pd.DataFrame:
    """Vetoes as `leverage_bars` wants them, and `route`, what each leaves at typical rates."""
    names = dossier.labels("actors")
    rows = []
    for actors in sets:
        veto = draws.measure_losses(actors)
        row: dict[str, Any] = {
            "actor_id": " ".join(veto.actors),
            "label": " + ".join(names[actor] for actor in veto.actors),
            "lost_route": veto.share_lost_route(),
            "route": price_veto_alone(traffic, actors).route,
        }
        for quantity in UNITS:
            told = veto.find_range(quantity)._asdict().items()
            row |= {f"{quantity}_{name}": value for name, value in told}
            row[f"{quantity}_without_loss"] = veto.share_without_loss(quantity)
        rows.append(row)
    table = pd.DataFrame(rows, columns=[*LOSS_COLUMNS, "route"])
    return table.astype(dict.fromkeys(LOSS_COLUMNS[2:], float))  # a table without rows, too


def tabulate_bars(dossier: Dossier, rows: pd.DataFrame) -> pd.DataFrame:
    """Vetoes as rows for readers."""
    table = {"Veto of": rows["label"]}
    for quantity, (name, digits) in {"days": ("Days", 1), "usd": ("USD", 0)}.items():
        for bound in ("p10", "p50", "p90"):
            lost = rows[f"{quantity}_{bound}"]
            shown = lost.round(digits).astype(object).mask(np.isinf(lost), "route lost")
            table[f"{name} lost, {bound.upper()}"] = shown
        table[f"Nothing lost in {name.replace('Days', 'days')}"] = rows[
            f"{quantity}_without_loss"
        ].map(format_share)
    table["Route lost"] = rows["lost_route"].map(format_share)
    table["Remaining route at typical rates"] = [
        describe_through(route, dossier) if isinstance(route, Route) else ""
        for route in rows["route"]
    ]
    return pd.DataFrame(table)


def add_marks(
    dossier: Dossier, trip: Trip, rows: pd.DataFrame, routes: Sequence[Route]
) -> pd.DataFrame:
    """Rows with the `identity` of each veto: the legs that it takes, and the claims about it.

    Args:
        dossier: The dataset.
        trip: Between which places.
        rows: `actor_id`, ids joined by a blank.
        routes: The routes that matter for the trip, the best first. Where a veto takes no leg of
            them, it leaves the best as it is, and that one's legs stand behind it.
    """
    network = find_scenario(dossier, trip).network
    own_trade = network.find_own_trade(trip.origin, trip.destination)

    def list_denied(actor: str) -> list[str]:
        bits = network.to_bits([actor]) & ~own_trade
        return [
            leg_id
            for route in routes
            for leg_id, row in zip(route.leg_ids, route.leg_rows, strict=True)
            if int(network.leg_deniers[row]) & bits
        ]

    marks = []
    for actors in map(str.split, rows["actor_id"]):  # a table without rows has no texts
        legs = {actor: denied for actor in actors if (denied := list_denied(actor))}
        behind = [leg_id for denied in legs.values() for leg_id in denied] or routes[0].leg_ids
        marks.append(identity("veto", actors, behind, _find_claims(dossier, trip, list(legs))))
    return rows.assign(identity=pd.Series(marks, index=rows.index, dtype=object))


def _find_claims(dossier: Dossier, trip: Trip, actors: Sequence[str]) -> list[str]:
    """Claims about a corridor between the two places that name one of the actors."""
    corridors, about = dossier["corridors"], dossier["corridor_claims"]
    naming, ends = dossier["claim_actors"], (trip.origin, trip.destination)
    own = corridors[corridors["from_node_id"].isin(ends) & corridors["to_node_id"].isin(ends)]
    about = about[about["corridor_id"].isin(own["corridor_id"])]
    return sorted({*about["claim_id"]} & {*naming[naming["actor_id"].isin(actors)]["claim_id"]})


@cached
def describe_leverage(dossier: Dossier, *, trip: Trip, objective: str) -> dict[str, Any]:
    """The finding and the preset questions, for `templates/route_leverage.html`."""
    found = find_leverage(dossier, trip=trip, objective=objective)
    assert found.best is not None, "described only where there is a route"
    places, day = label_places(dossier), day_in_words(trip.as_of)
    draws = find_draws(dossier, trip=trip, objective=objective)
    presets = Presets(
        *(
            draws.measure_losses(preset.actor_ids)
            for role in ("alone", "asked", "wider", "beside")
            for preset in dossier.document.presets_as(role)
        )
    )
    labels = dossier.labels("network_variants")
    told = describe_presets(
        presets,
        names=dossier.document.governments,
        variants=[labels[variant] for variant in draws.variants],
        objective=objective,
    )
    without = [f"“{labels[variant]}”" for variant in draws.without_route]
    return {
        "sentence": f"From {places[trip.origin]} to {places[trip.destination]}, measured "
        f"{BASIS[objective]}, with routes as they stood on {day}: {told}"
        + (" All of it under the scenarios above." if trip.scenarios else ""),
        "without_route": join_words(without) if without else "",
        "free": describe_through(found.best, dossier),
        "free_days": format_days(found.best.days),
        "free_usd": format_amount(found.best.usd, "cost"),
        "rows": [
            {
                "label": label,
                "is_own": is_own_trade(losses),
                "is_lost": losses.share_lost_route() == 1,
                "days": format_range(losses.find_range("days"), "days"),
                "usd": format_range(losses.find_range("usd"), "usd"),
                "free_days": format_share(losses.share_without_loss("days")),
                "free_usd": format_share(losses.share_without_loss("usd")),
                "route": describe_through(veto.route, dossier) if veto.route else "",
            }
            for label, veto in found.coalitions.items()
            for losses in [draws.measure_losses(veto.actors)]
        ],
    }


@cached
def describe_coalitions(dossier: Dossier, *, trip: Trip, objective: str) -> dict[str, Any]:
    """The Shapley values that can be told, and how they come about.

    For `templates/route_coalitions.html`.
    """
    shares = find_leverage(dossier, trip=trip, objective=objective).shares
    assert shares is not None, "described only where there is a route"
    names, labels = speak_actors(dossier), dossier.labels("actors")
    told, quantity = find_shares(dossier, trip=trip, objective=objective), QUANTITIES[objective]
    unsure = [
        names[one.actor_id]
        for one in told
        if not one.is_robust and one.range.p90 >= LEAST[quantity]
    ]
    return {
        "unit": UNITS[quantity],
        "rows": [
            {"label": labels[one.actor_id], "range": format_range(one.range, quantity)}
            for one in told
            if one.is_robust
        ],
        "unsure": join_words(unsure) if unsure else "",
        "count": f"{shares.coalition_count:,}",
        "lost": f"{shares.lost_count:,}",
        "fallback": format_amount(shares.fallback, objective),
        "smallest": [
            join_words([names[actor] for actor in actors]) for actors in shares.smallest_cuts[:3]
        ],
    }
