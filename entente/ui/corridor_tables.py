"""What the trade routes page compares: corridors between two places on a day, as tables."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from entente.analysis.chains import chains_between, same_ways
from entente.analysis.corridors import corridor_statuses, corridor_sums, hindrances, is_whole
from entente.analysis.leg_facts import leg_facts
from entente.analysis.leg_status import statuses_at
from entente.analysis.profiles import profiles
from entente.analysis.stages import network, stages
from entente.store import Dossier

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

    Attributes:
        corridors: One row a corridor, usable ones first, then cut, then not
            built, the quicker first: sums, status, `number`,
            `label`, `short_label`, and published figures in the same quantities, missing where the
            slice is not the whole corridor or the unit is another.
        chains: Legs in order of travel.
        facts: The same legs with ends, length, status and who can deny them.
        stages: Carriage and stops.
        profiles: Days against km.
        hindrances: Legs that are not simply open.
        same: Corridor to the one that stands for all that take the same legs between the two.
    """

    corridors: pd.DataFrame
    chains: pd.DataFrame
    facts: pd.DataFrame
    stages: pd.DataFrame
    profiles: pd.DataFrame
    hindrances: pd.DataFrame
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


def comparison(dossier: Dossier, *, origin: str, destination: str, as_of: dt.date) -> Comparison:
    """Value every corridor between two places under the statuses of a day."""
    chains = chains_between(
        dossier["corridor_legs"], dossier["legs"], origin=origin, destination=destination
    )
    same = same_ways(chains)
    chains = chains[chains["corridor_id"].isin(same.values())].reset_index(drop=True)
    statuses = statuses_at(dossier["leg_statuses"], as_of=as_of)
    known = network(
        legs=dossier["legs"], nodes=dossier["nodes"], rates=dossier["rates"], statuses=statuses
    )
    staged = stages(chains, known)
    held_up = hindrances(chains, statuses)
    sums = corridor_sums(chains, staged, nodes=dossier["nodes"])
    judged = sums.merge(corridor_statuses(chains, held_up), on="corridor_id", validate="1:1")
    return Comparison(
        corridors=_ordered(_with_published(judged, dossier["corridors"], (origin, destination))),
        chains=chains,
        facts=leg_facts(
            chains,
            legs=dossier["legs"],
            nodes=dossier["nodes"],
            statuses=statuses,
            leg_actors=dossier["leg_actors"],
            actors=dossier["actors"],
        ),
        stages=staged,
        profiles=profiles(staged),
        hindrances=held_up,
        same=same,
    )


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
