"""Outcomes: what actors that block, slow or charge do to a route and to each of its corridors."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from entente.address.views import RoutesView
from entente.content import PanelParts
from entente.dossier.store import Dossier, cached
from entente.routes.actors.effects import ADDS, CUTS, NARROW, NOTHING, classify
from entente.routes.actors.gate import (
    find_gate,
    list_toggled_actors,
    measure_block,
    measure_losses,
    read_built_chains,
    say_slowing,
)
from entente.routes.charts.actor_bars import actor_bar_rows, actor_bars, actor_bars_alt, say_loss
from entente.routes.network.rates import Floats
from entente.routes.network.scenarios import Hindrance
from entente.routes.trips import (
    Trip,
    cite_legs,
    list_hindrances,
    list_own_trade,
    name_governments,
    read_trip,
    say_hindrances,
)
from entente.routes.valuation.leverage_draws import LEAST, find_range
from entente.routes.valued_corridors import Comparison, collect_facts, compare_corridors
from entente.routes.words import round_estimate
from entente.style.palette import palette_for
from entente.style.theme import capitalise, join_words

MOST_NAMED = 3  # corridors that do not change
OWN_TRADE = "a country can’t block its own trade"


def state_outcome(dossier: Dossier, view: RoutesView) -> str:
    """What the chosen actors do to the route, in a sentence without a full stop."""
    trip = read_trip(view)
    hindrances = list_hindrances(view, view.vetoes)
    who = f"If {say_hindrances(hindrances, name_governments(dossier))}"
    if set(view.vetoes) <= set(list_own_trade(dossier, trip)):
        return f"{who}, nothing changes: {OWN_TRADE}"
    gate = find_gate(dossier, trip=trip)
    free, under = _compare_both(dossier, trip)
    cut = free.usable.loc[~free.usable["corridor_id"].isin(under.usable["corridor_id"]), "name"]
    if gate.branches and not set(gate.branches) & set(under.usable["corridor_id"]):
        left = under.usable
        if left.empty:
            return f"{who}, no corridor is left"
        rest = left.loc[left["days_typical"].idxmin()]
        days = round_estimate(rest["days_typical"])
        return f"{who}, {gate.name} is closed; {rest['name']} takes about {days} days"
    told = _say_total(dossier, trip, hindrances, gate.name)
    if len(cut):
        return f"{who}, {join_words(list(cut))} {'is' if len(cut) == 1 else 'are'} cut; {told}"
    return f"{who}, {told}"


def _say_total(dossier: Dossier, trip: Trip, hindrances: tuple[Hindrance, ...], route: str) -> str:
    """How much slower or dearer the route becomes, as far as eight of ten draws allow."""
    losses = measure_losses(dossier, trip=trip, hindrances=hindrances)
    quantity = "usd" if all(one.degree == "charges" for one in hindrances) else "days"
    own = losses[quantity]
    if not own.size:
        return f"{route} cannot be measured"
    kind = classify(own, quantity)
    if kind == CUTS or np.isinf(find_range(own).p90):
        closed = f"no branch of {route} is left"
        return closed if kind == CUTS else f"whether {route} stays open is unclear"
    if kind == NOTHING:
        return f"{route} is hardly {'dearer' if quantity == 'usd' else 'slower'}"
    if quantity == "days":
        return f"{route} {'slows' if kind == ADDS else 'may slow'} {say_slowing(own)}"
    return f"{route} {_say_price(own)} more"


def _say_price(losses: Floats) -> str:
    """By how much a route becomes dearer, as far as it can be told: "costs about USD 400"."""
    p10, p50, p90 = find_range(losses)
    if p10 < LEAST["usd"]:
        return f"may cost up to USD {round_estimate(p90)}"
    if p90 <= NARROW * p10:
        return f"costs about USD {round_estimate(p50)}"
    return f"costs USD {round_estimate(p10)} to {round_estimate(p90)}"


def _compare_both(dossier: Dossier, trip: Trip) -> tuple[Comparison, Comparison]:
    return compare_corridors(dossier, trip=trip.free), compare_corridors(dossier, trip=trip)


@cached
def describe_outcome(dossier: Dossier, view: RoutesView) -> dict[str, Any]:
    """What happens to each corridor, for `templates/route_outcome.html`.

    Returns:
        `is_chosen`, whether an actor is chosen; `changes`, a name and a text for each corridor that
        changes; `same`, the names of the others in a list; `is_ration`, whether the actors ration.
    """
    trip = read_trip(view)
    free, under = _compare_both(dossier, trip)
    changes, same = [], []
    after = under.corridors.set_index("corridor_id")
    for row in free.usable.to_dict("records"):
        now = after.loc[row["corridor_id"]]
        change = _say_change(row, now, view.degree)
        if change:
            changes.append({"name": row["name"], "text": change})
        else:
            same.append(row["name"])
    return {
        "is_chosen": bool(view.vetoes),
        "changes": changes,
        "same": join_words(same) if 0 < len(same) < MOST_NAMED else "the others" if same else "",
        "is_ration": view.degree == "rations" and bool(view.vetoes),
    }


def _say_change(row: Mapping[str, Any], now: pd.Series, degree: str) -> str:
    if not now["is_usable"]:
        return "cut"
    quantity, unit = ("cost_usd_per_teu", "USD {}") if degree == "charges" else ("days", "{} days")
    was, left = (round_estimate(one[f"{quantity}_typical"]) for one in (row, now))
    return f"{unit.format(left)} instead of {was}" if left != was else ""


@cached
def list_actor_losses(
    dossier: Dossier, *, trip: Trip, sets: tuple[tuple[str, ...], ...]
) -> pd.DataFrame:
    """What a block by each of some sets of actors costs the route, in days.

    Returns:
        `actor_id` (ids joined by a blank), `label`, `p10`, `p50`, `p90`, `most` of all draws
        (infinite where the route is lost), and `kind` (of `effects`), in the order given.
    """
    names = name_governments(dossier)
    rows = []
    for actors in sets:
        losses = measure_block(dossier, trip=trip, actors=actors)
        if not losses.size:
            continue
        label = capitalise(join_words([names[actor] for actor in actors]))
        told = (*find_range(losses), float(losses.max()), classify(losses, "days"))
        rows.append((" ".join(sorted(actors)), label, *told))
    return pd.DataFrame(rows, columns=["actor_id", "label", "p10", "p50", "p90", "most", "kind"])


@cached
def draw_actor_bars(
    dossier: Dossier, *, trip: Trip, appearance: str, sets: tuple[tuple[str, ...], ...] = ()
) -> PanelParts:
    """What a block costs the route, as bars, whatever the vetoes and hindrances of the trip.

    There is a bar for each of `sets` of actors; without them one for each actor that the document
    asks about.
    """
    free = trip.free
    asked = sets or tuple((actor,) for actor in list_toggled_actors(dossier, trip=free))
    table = list_actor_losses(dossier, trip=free, sets=asked)
    palette = palette_for(dossier.document, appearance)
    gate, chains = find_gate(dossier, trip=free), read_built_chains(dossier, trip=free)
    if not gate.branches:
        table = table.iloc[:0]
    facts = collect_facts(dossier, free, chains[chains["corridor_id"].isin(gate.branches)])
    held = dossier["leg_actors"]
    # Behind a block that takes no leg of the branches stand the legs of the first.
    passed = list(facts.loc[facts["corridor_id"].isin(gate.branches[:1]), "leg_id"])
    behind = {
        row.actor_id: sorted(
            set(held.loc[held["actor_id"].isin(row.actor_id.split(" ")), "leg_id"])
            & set(facts["leg_id"])
        )
        or passed
        for row in table.itertuples()
    }
    shown = pd.DataFrame(
        {
            "Blocked by": table["label"],
            **{
                f"Days lost, {end.upper()}": table[end]
                .round(1)
                .astype(object)
                .where(np.isfinite(table[end]), "route closed")
                for end in ("p10", "p50", "p90")
            },
        }
    )
    return PanelParts(
        actor_bars(actors=table, palette=palette, legs=behind),
        actor_bars_alt(actors=table),
        shown,
        cite_legs(facts, dossier),
        editable=actor_bar_rows(actors=table, palette=palette),
    )


def say_losses(dossier: Dossier, *, trip: Trip) -> str:
    """What a block by each of the actors that the document asks about costs the route."""
    free = trip.free
    asked = tuple((actor,) for actor in list_toggled_actors(dossier, trip=free))
    table = list_actor_losses(dossier, trip=free, sets=asked)
    told = [f"{row['label']} {say_loss(row)}" for row in table.to_dict("records")]
    return f"Days lost if one blocks: {'; '.join(told)}." if told else ""
