"""Cuts: why there is no route, as the fewest legs whose opening would restore one.

A shortest path over all legs, shut ones included, in which a shut or denied leg counts one and any
other nothing; of equal cuts the one with fewer legs still to be built, then the better way.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from entente.routes.network.graph import Floats
from entente.routes.network.objectives import Objective, edge_weights
from entente.routes.network.scenarios import Scenario, open_everywhere
from entente.routes.network.search import Finder, shortest_path
from entente.routes.network.ways import Way, lightest_edges, way_of
from entente.routes.valuation.corridors import UNBUILT

CUT_COLUMNS = [
    "leg_id",
    "from_node_id",
    "to_node_id",
    "mode_code",
    "status_code",
    "since_edtf",
    "note",
    "leg_status_id",
    "scenario_id",
    "is_shut",
    "vetoed_by",
]
# Above any value of a way in millionths, and small enough for whole numbers to stay exact.
SHUT, TO_BUILD = 2.0**45, 2.0**38


def cut(
    finder: Finder, objective: Objective, *, vetoes: int = 0
) -> tuple[pd.DataFrame, Way | None]:
    """The fewest shut or denied legs that stand between two nodes.

    Args:
        finder: Origin, destination and scenario.
        objective: Chooses between equal cuts.
        vetoes: Bits of the actors that deny transit; standing vetoes come on top.

    Returns:
        Rows of `CUT_COLUMNS` in the order of travel, and the way that opening them would restore,
        valued with no hindrance on them. `since_edtf` is where the present closure began, missing
        where a scenario shut the leg. `is_shut` is False for a leg that is only denied;
        `vetoed_by` names who denies it, joined by a blank. No rows when a way is left. No rows and
        no way when no legs join the two at all.
    """
    scenario = finder.scenario
    graph = scenario.transport.graph
    opened = open_everywhere(scenario)
    vetoes |= finder.standing
    denied = (finder.denied_by & vetoes) != 0
    shut = np.isinf(scenario.costs[:, 0])
    weights = edge_weights(opened.costs, objective)
    burden = weights + SHUT * (shut | denied) + TO_BUILD * _is_unbuilt(scenario)
    weight = burden.tolist().__getitem__
    path = shortest_path(graph.graph, *finder.ends, weight)
    if path is None:
        return pd.DataFrame(columns=CUT_COLUMNS), None
    edges = lightest_edges(opened, path, weight)
    known = scenario.statuses.set_index("leg_id").to_dict("index")
    rows = [
        {**_leg_row(finder, edge, vetoes), **_status(known, finder, edge), "is_shut": shut[edge]}
        for edge in edges
        if shut[edge] or denied[edge]
    ]
    return pd.DataFrame(rows, columns=CUT_COLUMNS), way_of(opened, edges, weights)


def _is_unbuilt(scenario: Scenario) -> Floats:
    graph = scenario.transport.graph
    codes = dict(zip(scenario.statuses["leg_id"], scenario.statuses["status_code"], strict=True))
    unbuilt = [codes.get(leg_id) in UNBUILT for leg_id in graph.leg_ids]
    return np.array([*unbuilt, False], dtype=float)[graph.leg_of]


def _leg_row(finder: Finder, edge: int, vetoes: int) -> dict[str, Any]:
    step = finder.scenario.transport.graph.edges[edge].step
    assert step, "the end of a way is never shut"
    actors = finder.scenario.transport.denials.named(int(finder.denied_by[edge]) & vetoes)
    names = ("leg_id", "from_node_id", "to_node_id", "mode_code")
    return {**{name: step[name] for name in names}, "vetoed_by": " ".join(actors)}


def _status(known: Mapping[str, Any], finder: Finder, edge: int) -> dict[str, Any]:
    leg_id = finder.scenario.transport.graph.leg_ids[finder.scenario.transport.graph.leg_of[edge]]
    found = known.get(leg_id, {})
    names = ("status_code", "since_edtf", "note", "leg_status_id", "scenario_id")
    return {name: found.get(name) for name in names}
