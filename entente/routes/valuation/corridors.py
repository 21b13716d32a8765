"""Corridors: what each adds up to, whether it can be used, and what is known of its legs.

Simple sums: all stages at their low, at their typical, and at their high figure. The range is wider
than chance would make it, for not everything goes well, or badly, at once.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

from entente.routes.network.chains import Step, list_steps, rides_rails
from entente.routes.network.dwell_times import PASSED_AT_SEA
from entente.routes.network.scenarios import UNBUILT, is_usable
from entente.routes.valuation.stages import FIGURES

SEVERITY = ("open", "partial", "suspended", "closed", "under-construction", "planned")
SUM_COLUMNS = [
    "corridor_id",
    "distance_km",
    *FIGURES,
    "border_count",
    "transshipment_count",
    "gauge_break_count",
    "states",
]
STATUS_COLUMNS = ["corridor_id", "status_code", "condition", "leg_id", "cut_count"]
HINDRANCE_COLUMNS = [
    "corridor_id",
    "sequence",
    "leg_id",
    "from_node_id",
    "to_node_id",
    "status_code",
    "multiplier",
    "since_edtf",
    "note",
    "leg_status_id",
]
FACT_COLUMNS = [
    "corridor_id",
    "sequence",
    "leg_id",
    "from_node_id",
    "to_node_id",
    "from_label",
    "to_label",
    "mode_code",
    "from_gauge_code",
    "to_gauge_code",
    "distance_km",
    "distance_basis_code",
    "distance_note",
    "status_code",
    "since_edtf",
    "multiplier",
    "status_note",
    "leg_status_id",
    "controllers",
]


def sum_corridors(
    chains: pd.DataFrame, stages: pd.DataFrame, *, nodes: pd.DataFrame
) -> pd.DataFrame:
    """What each corridor adds up to.

    Args:
        chains: Rows of `chains.CHAIN_COLUMNS`.
        stages: The stages of the same chains.
        nodes: The table of that name.

    Returns:
        One row per corridor, in the order of `chains`, with `SUM_COLUMNS`. A transshipment is a
        change of mode on the way, a change between ocean ship and feeder among them; wagons on a
        train ferry change nothing. `states` are the states on the way, in order, joined by a blank.
    """
    places = {row.node_id: (row.actor_id, row.kind_code) for row in nodes.itertuples()}
    totals = stages.groupby("corridor_id", sort=False)
    rows = []
    for corridor_id, chain in chains.groupby("corridor_id", sort=False):
        own = totals.get_group(corridor_id)
        states = list_states(chain, places)
        rows.append(
            {
                "corridor_id": corridor_id,
                "distance_km": own["to_km"].max(),
                **own[list(FIGURES)].sum().to_dict(),
                "border_count": len(states) - 1,
                "transshipment_count": count_transshipments(list_steps(chain)),
                "gauge_break_count": int(own["is_gauge_break"].sum()),
                "states": " ".join(states),
            }
        )
    return pd.DataFrame(rows, columns=SUM_COLUMNS)


def list_states(chain: pd.DataFrame, places: Mapping[str, tuple[str, str]]) -> list[str]:
    """States in the order in which a load enters them; straits and canals passed at sea are none's.

    A state that is entered twice stands twice.
    """
    nodes = [chain["from_node_id"].iloc[0], *chain["to_node_id"]]
    landed = [places[node][0] for node in nodes if places[node][1] not in PASSED_AT_SEA]
    return [state for n, state in enumerate(landed) if n == 0 or state != landed[n - 1]]


def count_transshipments(chain: Sequence[Step]) -> int:
    """Changes of mode on a chain; wagons on a train ferry change nothing."""
    return sum(
        before.mode_code != after.mode_code and not (rides_rails(before) and rides_rails(after))
        for before, after in pairwise(chain)
    )


def list_hindrances(chains: pd.DataFrame, statuses: pd.DataFrame) -> pd.DataFrame:
    """Legs of the corridors that are not simply open, with what holds them up.

    Args:
        chains: Rows of `chains.CHAIN_COLUMNS`.
        statuses: One row per leg, as `scenarios.read_statuses` gives. A leg without a row, because
            nothing is on record by then, is no hindrance.

    Returns:
        Rows of `HINDRANCE_COLUMNS`, in the order of `chains`.
    """
    found = chains.merge(statuses, on="leg_id", how="inner", validate="many_to_one")
    held = found[found["status_code"] != "open"]
    ranks = {corridor_id: n for n, corridor_id in enumerate(chains["corridor_id"].unique())}
    ordered = held.sort_values(
        ["corridor_id", "sequence"], key=lambda c: c.map(ranks) if c.name == "corridor_id" else c
    )
    return ordered[HINDRANCE_COLUMNS].reset_index(drop=True)


def judge_corridors(chains: pd.DataFrame, hindrances: pd.DataFrame) -> pd.DataFrame:
    """The status of each corridor: that of its worst leg.

    Returns:
        One row per corridor, in the order of `chains`: `corridor_id`, `status_code` (a code of the
        worst leg), `condition` (`open`, `partial`, `cut` or `not-built`), `leg_id` of the first of
        its worst legs (None when open), and `cut_count`, how many legs cannot be used.
    """
    rows = []
    for corridor_id in chains["corridor_id"].unique():
        own = hindrances[hindrances["corridor_id"] == corridor_id]
        ranks = own["status_code"].map(SEVERITY.index)
        worst = own.loc[ranks.idxmax()] if len(own) else None
        code = "open" if worst is None else str(worst["status_code"])
        rows.append(
            {
                "corridor_id": corridor_id,
                "status_code": code,
                "condition": name_condition(code),
                "leg_id": None if worst is None else worst["leg_id"],
                "cut_count": int((~own["status_code"].map(is_usable).astype(bool)).sum()),
            }
        )
    return pd.DataFrame(rows, columns=STATUS_COLUMNS)


def name_condition(status_code: str) -> str:
    """What a leg's status means for the corridor that needs it."""
    if is_usable(status_code):
        return status_code
    return "not-built" if status_code in UNBUILT else "cut"


def is_whole(chain_ends: tuple[str, str], corridor_ends: tuple[str, str]) -> bool:
    """True when a slice is the whole corridor, in either direction: published figures fit it."""
    return set(chain_ends) == set(corridor_ends)


def collect_leg_facts(
    chains: pd.DataFrame,
    *,
    legs: pd.DataFrame,
    nodes: pd.DataFrame,
    statuses: pd.DataFrame,
    leg_actors: pd.DataFrame,
    actors: pd.DataFrame,
) -> pd.DataFrame:
    """The legs of all chains with ends, length, status and who can deny them.

    Args:
        chains: Rows of `chains.CHAIN_COLUMNS`.
        legs: The table of that name.
        nodes: The table of that name.
        statuses: One row per leg, as `scenarios.read_statuses` gives.
        leg_actors: The table of that name.
        actors: The table of that name.

    Returns:
        Rows of `FACT_COLUMNS`, in the order of `chains`. `controllers` are labels joined by a
        comma, empty when nobody is on record. Status columns are missing where nothing is.
    """
    known = statuses.rename(columns={"note": "status_note"}).drop(columns="as_of_edtf")
    measured = legs[["leg_id", "distance_km", "distance_basis_code", "distance_note"]]
    facts = chains.merge(measured, on="leg_id", validate="many_to_one")
    facts = facts.merge(known, on="leg_id", how="left", validate="many_to_one")
    labels = dict(zip(nodes["node_id"], nodes["label"], strict=True))
    facts["from_label"] = facts["from_node_id"].map(labels)
    facts["to_label"] = facts["to_node_id"].map(labels)
    facts["controllers"] = facts["leg_id"].map(name_controllers(leg_actors, actors)).fillna("")
    return facts[FACT_COLUMNS]


def name_controllers(leg_actors: pd.DataFrame, actors: pd.DataFrame) -> Mapping[str, str]:
    """Leg to the labels of those who can deny its use, joined by a comma."""
    labels = dict(zip(actors["actor_id"], actors["label"], strict=True))
    named = leg_actors.assign(label=leg_actors["actor_id"].map(labels))
    return named.groupby("leg_id", sort=False)["label"].agg(", ".join).to_dict()
