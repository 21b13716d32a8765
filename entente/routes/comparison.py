"""Corridors between two places on a day, valued and held against one another, as tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.network.corridors import (
    collect_leg_facts,
    find_same_legs,
    judge_corridors,
    list_hindrances,
    slice_corridors,
)
from entente.routes.trips import (
    Trip,
    find_denied_legs,
    find_exposures,
    label_rows,
    read_statuses_under,
)
from entente.routes.valuation.simulation import (
    Simulation,
    compare_pairs,
    profile_stages,
    share_variance_by_kind,
    simulate,
    summarise,
)
from entente.routes.valuation.stages import QUANTITIES, measure_corridors, value_stages
from entente.routes.words import STOPS, multiplied
from entente.style.theme import identity

USABLE_CONDITIONS = ("open", "partial")
ORDER = {"open": 0, "partial": 0, "cut": 1, "not-built": 2}
PER_TEU = "USD per TEU"
PUBLISHED = {
    "published_days_low": "published_days_low",
    "published_days_typical": "published_days_typical",
    "published_days_high": "published_days_high",
    "published_cost_low": "published_cost_usd_per_teu_low",
    "published_cost_high": "published_cost_usd_per_teu_high",
    "published_km_low": "published_distance_km_low",
    "published_km_high": "published_distance_km_high",
}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The corridors between two places on a day. All tables go by `corridor_id`.

    Of each quantity `_low`, `_typical` and `_high` are P10, P50 and P90 of 10,000 draws; only in
    `stages` they are what is known of a single stage.

    Attributes:
        corridors: One row a corridor, usable ones first, then cut, then not
            built, the quicker first: quantities, status, `number`, `label`, `short_label`,
            `reliability_days`, `veto_count`, `identity` (what its marks carry), and published
            figures in the same quantities, missing where the slice is not the whole corridor or
            the unit is another.
        chains: Legs in order of travel.
        facts: The legs of `chains` with ends, length, status and who can deny them.
        stages: Carriage and stops.
        profiles: Days against km, with the leg and place `behind` each point.
        hindrances: Legs that are not simply open.
        chances: How often each is quicker, cheaper, cleaner than each other.
        kinds: What the spread of its days is made of, by kind of stage.
        denied: Leg to those who deny it.
        same: Corridor to the one that stands for all that take the same legs between the two.
    """

    corridors: pd.DataFrame
    chains: pd.DataFrame
    facts: pd.DataFrame
    stages: pd.DataFrame
    profiles: pd.DataFrame
    hindrances: pd.DataFrame
    chances: pd.DataFrame
    kinds: pd.DataFrame
    denied: Mapping[str, tuple[str, ...]]
    same: Mapping[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """The corridors, in the order of their numbers."""
        return tuple(self.corridors["corridor_id"])

    @property
    def usable(self) -> pd.DataFrame:
        """The corridors that could be used on the day."""
        return self.corridors[self.corridors["condition"].isin(USABLE_CONDITIONS)]

    def of(self, corridor_id: str) -> pd.Series:
        """The row of a corridor."""
        return self.corridors.set_index("corridor_id", drop=False).loc[corridor_id]

    def settle(self, pick: str | None) -> str | None:
        """The corridor to put forward: the picked one, or its like, if here; else the first."""
        return self.same.get(str(pick)) or next(iter(self.ids), None)

    def shared_by(self, corridor_id: str) -> tuple[str, ...]:
        """Other corridors that take the same legs."""
        alike = (name for name, first in self.same.items() if first == corridor_id)
        return tuple(name for name in alike if name != corridor_id)


@cached
def find_chains(
    dossier: Dossier, *, origin: str, destination: str
) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """The legs of every corridor between two places, whatever the day and the switches.

    Returns:
        Rows of `chains.CHAIN_COLUMNS`, and corridor to the one that stands for all that take the
        same legs between the two. Both are empty where no corridor joins them.
    """
    chains = slice_corridors(
        dossier["corridor_legs"], dossier["legs"], origin=origin, destination=destination
    )
    return chains, find_same_legs(chains)


@cached
def compare_corridors(dossier: Dossier, *, trip: Trip) -> Comparison:
    """Value every corridor between two places under the statuses, switches and vetoes of a trip."""
    chains, same = find_chains(dossier, origin=trip.origin, destination=trip.destination)
    chains = chains[chains["corridor_id"].isin(same.values())].reset_index(drop=True)
    statuses = read_statuses_under(dossier, trip)
    staged = value_chains(dossier, trip, chains)
    hindrances = list_hindrances(chains, statuses)
    sums = measure_corridors(chains, staged, nodes=dossier["nodes"])
    judged = sums.merge(judge_corridors(chains, hindrances), on="corridor_id", validate="1:1")
    simulation = simulate(staged)
    values = summarise(simulation, vetoes=find_exposures(dossier, chains, trip))
    ends = (trip.origin, trip.destination)
    published = _with_published(_with_values(judged, values), dossier["corridors"], ends)
    marks = _identify(dossier, chains)
    return Comparison(
        corridors=_order(published.assign(identity=published["corridor_id"].map(marks))),
        chains=chains,
        facts=collect_leg_facts(chains, dossier.tables, statuses=statuses),
        stages=staged,
        profiles=list_profiles(simulation),
        hindrances=hindrances,
        chances=compare_pairs(simulation),
        kinds=share_variance_by_kind(simulation),
        denied=find_denied_legs(dossier, trip),
        same=same,
    )


def value_chains(dossier: Dossier, trip: Trip, chains: pd.DataFrame) -> pd.DataFrame:
    """The stages of chains under the statuses, switches and vetoes of a trip."""
    return value_stages(chains, dossier.tables, statuses=read_statuses_under(dossier, trip))


def list_profiles(simulation: Simulation) -> pd.DataFrame:
    """Rows of `simulation.PROFILE_COLUMNS` with what each point rests on, as `behind`.

    That is the leg, and at a stop the place, too. A stop has the leg by which it was reached;
    departure has the first.
    """
    points, staged = profile_stages(simulation), simulation.stages
    ways = staged["corridor_id"]
    legs = staged.groupby(ways)["leg_id"].ffill()
    legs = legs.groupby(ways).bfill()
    places = staged["node_id"].where(staged["leg_id"].isna(), "").fillna("")
    keys = zip(ways, staged["stage"], strict=True)
    found = {
        key: f"{leg} {node}".strip() for key, leg, node in zip(keys, legs, places, strict=True)
    }
    first = dict(zip(ways[::-1], legs[::-1], strict=True))
    wanted = zip(points["corridor_id"], points["stage"], strict=True)
    return points.assign(behind=[str(found.get(key, first[key[0]])) for key in wanted])


def name_stages(
    stages: pd.DataFrame,
    chains: pd.DataFrame,
    dossier: Dossier,
    *,
    places: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The stages with `what` they are and the `basis` of their figures, in words.

    Args:
        stages: Rows of `stages.STAGE_COLUMNS`.
        chains: The legs that they are stages of, in the direction of travel.
        dossier: The dataset.
        places: Node to its name; its label where missing.
    """
    places = places or label_rows(dossier, "nodes", "node_id")
    legs = dossier["legs"].set_index("leg_id")
    rates = dossier["rates"].set_index("rate_id")
    modes = dossier.labels("modes")
    ends = {
        (row.corridor_id, row.leg_id): (places[row.from_node_id], places[row.to_node_id])
        for row in chains.itertuples()
    }

    def name(stage: Mapping[str, Any]) -> tuple[str, str]:
        what_code = stage["what_code"]
        if stage["kind"] == "stop":
            rate = rates.loc[stage["rate_ids"].split(" ")[0]]
            is_told = stage["is_gauge_break"] and what_code != "gauge-break"
            broken = " with break of gauge" if is_told else ""
            return f"{places[stage['node_id']]}: {STOPS[what_code]}{broken}", f"{rate['label']}."
        start, end = ends[stage["corridor_id"], stage["leg_id"]]
        factor = multiplied(stage["multiplier"])
        limits = f" Time and price {factor}: open with limits." if factor else ""
        basis = legs.at[stage["leg_id"], "transit_days_basis"]
        return f"{start} – {end}, {modes[what_code].lower()}", f"{basis}{limits}"

    pairs = [name(stage) for stage in stages.to_dict("records")]
    return stages.assign(what=[what for what, _ in pairs], basis=[basis for _, basis in pairs])


def _identify(dossier: Dossier, chains: pd.DataFrame) -> dict[str, list[str]]:
    """Corridor to its identity: its legs in order of travel, and the claims that are about it."""
    claims = dossier["corridor_claims"].groupby("corridor_id")["claim_id"].agg(list)
    return {
        str(corridor_id): identity("corridor", str(corridor_id), legs, claims.get(corridor_id, []))
        for corridor_id, legs in chains.groupby("corridor_id")["leg_id"].agg(list).items()
    }


def _with_values(judged: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """P10, P50 and P90 in the place of sums of all low, all typical, all high."""
    known = values.astype({"corridor_id": judged["corridor_id"].dtype})
    both = judged.merge(known, on="corridor_id", validate="1:1")
    names = {"low": "p10", "typical": "p50", "high": "p90"}
    drawn = {
        f"{quantity}_{bound}": both[f"{quantity}_{place}"]
        for quantity in QUANTITIES
        for bound, place in names.items()
    }
    return both.assign(**drawn)


def _with_published(
    judged: pd.DataFrame, corridors: pd.DataFrame, ends: tuple[str, str]
) -> pd.DataFrame:
    """Add labels and those published figures that speak of the same ends and unit."""
    found = judged.merge(corridors, on="corridor_id", validate="1:1")
    whole = found["from_node_id"].isin(ends) & found["to_node_id"].isin(ends)
    per_teu = found["published_cost_unit"].fillna("").str.startswith(PER_TEU)
    fitting = {
        new: found[old].where(whole & per_teu if "cost" in old else whole)
        for old, new in PUBLISHED.items()
    }
    kept = found.rename(columns={name: f"whole_{name}" for name in PUBLISHED})
    short = found["label"].str.split(" (", regex=False).str[0]
    return kept.assign(**fitting, is_whole=whole, short_label=short)


def _order(judged: pd.DataFrame) -> pd.DataFrame:
    places = judged["condition"].map(ORDER)
    ranked = judged.assign(place=places).sort_values(
        ["place", "days_typical", "corridor_id"], ignore_index=True
    )
    return ranked.assign(number=range(1, len(ranked) + 1))
