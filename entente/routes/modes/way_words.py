"""Words for ways that were found: what they are called, what they take, why one is cut."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from entente.dates.edtf import OPEN
from entente.dates.words import in_words
from entente.dossier.store import Dossier
from entente.routes.engine import Trip, place_labels, spoken_actors
from entente.routes.network.ways import Way, chains_of
from entente.routes.route_denials import standing_of
from entente.routes.valuation.corridors import states_on
from entente.style.names import listed

SUPERLATIVES = {"time": "fastest", "cost": "cheapest", "co2e": "cleanest"}
LOST = {"time": "days", "cost": "USD", "co2e": "kg CO2e"}
NAMED_STATES = 4
TERMINALS = ("city", "seaport", "caspian-port")


def in_unit_of(objective: str) -> str:
    """The objective whose unit tells the total; a mix is told in days."""
    return objective if objective in LOST else "time"


def superlative(objective: str) -> str:
    """What the best way is, with its article, to begin a sentence."""
    return f"The {SUPERLATIVES[objective]}" if objective in LOST else "By your mix the best"


def amount(value: float, objective: str) -> str:
    """A total in the unit of an objective: "20 days", "USD 2,130", "1,990 kg CO2e"."""
    if in_unit_of(objective) == "time":
        return days(value)
    if objective == "cost":
        return f"USD\u00a0{round(value, -1):,.0f}"
    return f"{round(value, -1):,.0f} kg CO2e"


def days(value: float) -> str:
    """Days to a tenth."""
    return f"{value:.1f} {'day' if f'{value:.1f}' == '1.0' else 'days'}"


def about(value: float, objective: str) -> str:
    """The same as "about" goes with it: no tenths where there are none."""
    return amount(value, objective).replace(".0 ", " ")


def total(way: Way, objective: str) -> float:
    """What the objective has least of."""
    return {"time": way.days, "cost": way.usd, "co2e": way.co2e}[in_unit_of(objective)]


def through(way: Way, dossier: Dossier) -> str:
    """States that a way crosses between its ends: "through Iran and Azerbaijan", or "by sea"."""
    nodes = dossier["nodes"]
    places = {row.node_id: (row.actor_id, row.kind_code) for row in nodes.itertuples()}
    states = states_on(chains_of([way]), places)
    between = [state for state in dict.fromkeys(states) if state not in (states[0], states[-1])]
    names = spoken_actors(dossier)
    if between:
        more = len(between) - NAMED_STATES
        shown = [names[state] for state in between[:NAMED_STATES]]
        return f"through {listed([*shown, *([f'{more} more'] if more > 0 else [])])}"
    return f"by {_passages(way, dossier)}"


def standing_deniers(dossier: Dossier, trip: Trip) -> str:
    """Who denies transit to this trade all the time, in a list; empty when nobody does."""
    names = spoken_actors(dossier)
    rows = standing_of(dossier, trip)
    return listed([names[actor] for actor in dict.fromkeys(rows["actor_id"])] or [""])


def labels_of(ways: Sequence[Way], dossier: Dossier) -> list[str]:
    """What each way is called: as in :func:`through`, and by a place where two sound alike."""
    plain = [through(way, dossier) for way in ways]
    alike = {
        label: [w for w, own in zip(ways, plain, strict=True) if own == label] for label in plain
    }
    return [
        f"{label} by {_own_place(way, alike[label], dossier)}" if len(alike[label]) > 1 else label
        for way, label in zip(ways, plain, strict=True)
    ]


def _own_place(way: Way, ways: Sequence[Way], dossier: Dossier) -> str:
    """The first place that none of the others visits; a port or a city if there is one."""
    visited = {node for other in ways if other is not way for node in other.node_ids}
    nodes = dossier["nodes"]
    kinds = dict(zip(nodes["node_id"], nodes["kind_code"], strict=True))
    own = [node for node in way.node_ids if node not in visited] or [way.node_ids[-1]]
    known = [node for node in own if kinds[node] in TERMINALS]
    return place_labels(dossier)[(known or own)[0]]


def _passages(way: Way, dossier: Dossier) -> str:
    """Straits and canals of a way that crosses no third state."""
    labels, kinds = (
        place_labels(dossier),
        dict(zip(dossier["nodes"]["node_id"], dossier["nodes"]["kind_code"], strict=True)),
    )
    passed = [labels[node] for node in way.node_ids if kinds[node] in ("canal", "chokepoint")]
    return f"sea past {listed(passed[-3:])}" if passed else "the direct way"


def cut_sentences(cut: pd.DataFrame, dossier: Dossier) -> list[str]:
    """Each leg of a cut: where, why, since when, by whom."""
    places, names = place_labels(dossier), spoken_actors(dossier)
    modes, statuses = dossier.labels("modes"), dossier.labels("leg_statuses")
    switches = dict(
        zip(dossier["scenarios"]["scenario_id"], dossier["scenarios"]["label"], strict=True)
    )
    holders = dossier["leg_actors"].groupby("leg_id")["actor_id"].agg(list).to_dict()
    return [
        f"{places[leg['from_node_id']]} – {places[leg['to_node_id']]} "
        f"({modes[leg['mode_code']].lower()}): {_why(leg, names, statuses, switches, holders)}"
        for leg in cut.to_dict("records")
    ]


def _why(
    leg: Mapping[str, Any],
    names: Mapping[str, str],
    statuses: Mapping[str, str],
    switches: Mapping[str, str],
    holders: Mapping[str, Sequence[str]],
) -> str:
    reasons = []
    if leg["vetoed_by"]:
        reasons.append(f"denied by {listed([names[a] for a in leg['vetoed_by'].split()])}.")
    if leg["is_shut"]:
        since = leg["since_edtf"]
        begun = f" since {in_words(since)}" if isinstance(since, str) and since != OPEN else ""
        what = statuses.get(leg["status_code"], "shut").lower()
        switch = switches.get(leg["scenario_id"]) if isinstance(leg["scenario_id"], str) else None
        reasons.append(f"{what} in the what-if “{switch}”." if switch else f"{what}{begun}.")
        reasons.append(str(leg["note"]) if isinstance(leg["note"], str) else "")
        held = holders.get(leg["leg_id"], [])
        reasons.append(f"In the hands of {listed([names[a] for a in held])}." if held else "")
    return " ".join(part for part in reasons if part)
