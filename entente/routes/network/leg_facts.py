"""Leg facts: what a reader asks about each leg of a chain, in one row."""

from collections.abc import Mapping

import pandas as pd

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


def leg_facts(
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
        statuses: One row per leg, as `leg_status.statuses_at` gives.
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
    facts["controllers"] = facts["leg_id"].map(controllers(leg_actors, actors)).fillna("")
    return facts[FACT_COLUMNS]


def controllers(leg_actors: pd.DataFrame, actors: pd.DataFrame) -> Mapping[str, str]:
    """Leg to the labels of those who can deny its use, joined by a comma."""
    labels = dict(zip(actors["actor_id"], actors["label"], strict=True))
    named = leg_actors.assign(label=leg_actors["actor_id"].map(labels))
    return named.groupby("leg_id", sort=False)["label"].agg(", ".join).to_dict()
