"""What the trade routes page compares: corridors between two places on a day, as tables."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.engine import Trip
from entente.routes.marks import behind_points, corridor_marks
from entente.routes.network.chains import chains_between, same_ways
from entente.routes.network.leg_facts import leg_facts
from entente.routes.route_denials import denied_legs, exposures, statuses_under
from entente.routes.valuation.corridors import (
    corridor_statuses,
    corridor_sums,
    hindrances,
    is_whole,
)
from entente.routes.valuation.stages import QUANTITIES, network, stages
from entente.routes.valuation.valuation import (
    Valuation,
    bands,
    chances,
    corridor_values,
    kind_shares,
    valuation,
)

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
        facts: The same legs with ends, length, status and who can deny them.
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

    def settled(self, pick: str | None) -> str | None:
        """The corridor to put forward: the picked one, or its like, if here; else the first."""
        return self.same.get(str(pick)) or next(iter(self.ids), None)

    def shared_by(self, corridor_id: str) -> tuple[str, ...]:
        """Other corridors that take the same legs."""
        alike = (name for name, first in self.same.items() if first == corridor_id)
        return tuple(name for name in alike if name != corridor_id)


@cached
def corridor_chains(
    dossier: Dossier, *, origin: str, destination: str
) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """The legs of every corridor between two places, whatever the day and the switches.

    Returns:
        Rows of `chains.CHAIN_COLUMNS`, and corridor to the one that stands for all that take the
        same legs between the two. Both are empty where no corridor joins them.
    """
    chains = chains_between(
        dossier["corridor_legs"], dossier["legs"], origin=origin, destination=destination
    )
    return chains, same_ways(chains)


@cached
def comparison(dossier: Dossier, *, trip: Trip) -> Comparison:
    """Value every corridor between two places under the statuses, switches and vetoes of a trip."""
    chains, same = corridor_chains(dossier, origin=trip.origin, destination=trip.destination)
    chains = chains[chains["corridor_id"].isin(same.values())].reset_index(drop=True)
    statuses = statuses_under(dossier, trip)
    tables = {name: dossier[name] for name in ("legs", "nodes")}
    staged = stages(chains, network(**tables, rates=dossier["rates"], statuses=statuses))
    held_up = hindrances(chains, statuses)
    sums = corridor_sums(chains, staged, nodes=dossier["nodes"])
    judged = sums.merge(corridor_statuses(chains, held_up), on="corridor_id", validate="1:1")
    valued = valuation(staged)
    values = corridor_values(valued, vetoes=exposures(dossier, chains, trip))
    ends = (trip.origin, trip.destination)
    published = _with_published(_with_values(judged, values), dossier["corridors"], ends)
    marks = corridor_marks(dossier, chains)
    points = profiles_of(valued)
    people = {name: dossier[name] for name in ("leg_actors", "actors")}
    return Comparison(
        corridors=_ordered(published.assign(identity=published["corridor_id"].map(marks))),
        chains=chains,
        facts=leg_facts(chains, **tables, **people, statuses=statuses),
        stages=staged,
        profiles=points.assign(behind=behind_points(points, staged)),
        hindrances=held_up,
        chances=chances(valued),
        kinds=kind_shares(valued),
        denied=denied_legs(dossier, trip),
        same=same,
    )


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


def profiles_of(valued: Valuation) -> pd.DataFrame:
    """Where a load is after each stage, and what that has taken and cost.

    Returns:
        Rows of `corridor_id`, `stage` (0: departure), `km`, and of `days` and `cost_usd_per_teu`
        until then P10, P50 and P90, as `_low`, `_typical` and `_high`.
    """
    measured = ("days", "cost_usd_per_teu")
    names = {"p10": "low", "p50": "typical", "p90": "high"}
    columns = [f"{quantity}_{bound}" for quantity in measured for bound in names.values()]
    parts = []
    for one in valued.corridor_ids:
        bounds = [bands(valued, corridor_id=one, quantity=quantity) for quantity in measured]
        own = pd.DataFrame({"stage": bounds[0]["stage"], "km": bounds[0]["to_km"]})
        for quantity, found in zip(measured, bounds, strict=True):
            own = own.assign(**{f"{quantity}_{bound}": found[at] for at, bound in names.items()})
        start = pd.DataFrame([dict.fromkeys(own.columns, 0)])
        parts.append(pd.concat([start, own]).assign(corridor_id=one))
    wanted = ["corridor_id", "stage", "km", *columns]
    return pd.concat(parts, ignore_index=True)[wanted] if parts else pd.DataFrame(columns=wanted)


def _with_published(
    judged: pd.DataFrame, corridors: pd.DataFrame, ends: tuple[str, str]
) -> pd.DataFrame:
    """Add labels and those published figures that speak of the same ends and unit."""
    found = judged.merge(corridors, on="corridor_id", validate="1:1")
    whole = pd.Series(
        [
            is_whole(ends, pair)
            for pair in zip(found["from_node_id"], found["to_node_id"], strict=True)
        ],
        index=found.index,
        dtype=bool,
    )
    per_teu = found["published_cost_unit"].fillna("").str.startswith(PER_TEU)
    fitting = {
        new: found[old].where(whole & per_teu if "cost" in old else whole)
        for old, new in PUBLISHED.items()
    }
    kept = found.rename(columns={name: f"whole_{name}" for name in PUBLISHED})
    short = found["label"].str.split(" (", regex=False).str[0]
    return kept.assign(**fitting, is_whole=whole, short_label=short)


def _ordered(judged: pd.DataFrame) -> pd.DataFrame:
    places = judged["condition"].map(ORDER)
    ranked = judged.assign(place=places).sort_values(
        ["place", "days_typical", "corridor_id"], ignore_index=True
    )
    return ranked.assign(number=range(1, len(ranked) + 1))
