"""Corridors between two places on a day, valued and compared, as tables."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from entente.content import LegendEntry
from entente.dossier.document import CorridorSign
from entente.dossier.store import Dossier, cached
from entente.routes.network.scenarios import read_variants
from entente.routes.trips import (
    Trip,
    find_denied_legs,
    find_exposures,
    find_scenario,
    read_statuses_under,
)
from entente.routes.valuation.calibration import Calibration, read_calibration
from entente.routes.valuation.corridors import (
    HINDRANCE,
    add_hindrances,
    collect_leg_facts,
    find_same_legs,
    judge_corridors,
    measure_corridors,
    slice_corridors,
    value_stages,
)
from entente.routes.valuation.simulation import (
    Simulation,
    compare_pairs,
    profile_stages,
    share_variance,
    simulate,
    summarise,
)
from entente.routes.words import (
    CONDITIONS,
    IF_RATES_ARE_RIGHT,
    USABLE,
    WAITS,
    describe_range,
    say_factor,
    shorten_place,
)
from entente.style.palette import Palette
from entente.style.theme import add_article, identity

ORDER = {"open": 0, "partial": 0, "cut": 1, "not-built": 2}
PER_TEU = "USD per TEU"
# All figures of the comparison: quantity to its heading; the counts after them.
QUANTITIES = {
    "days": "days",
    "cost_usd_per_teu": "USD per TEU",
    "co2e_kg_per_teu": "kg CO2e per TEU",
}
COUNTS = {
    "border_count": "borders",
    "transshipment_count": "transhipments",
    "gauge_break_count": "breaks of gauge",
}
# Column of a comparison to the column of `corridors` that may speak of the same.
PUBLISHED = {
    "published_days_low": "published_days_low",
    "published_days_typical": "published_days_typical",
    "published_days_high": "published_days_high",
    "published_cost_usd_per_teu_low": "published_cost_low",
    "published_cost_usd_per_teu_high": "published_cost_high",
    "published_distance_km_low": "published_km_low",
    "published_distance_km_high": "published_km_high",
}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The corridors between two places on a day. All tables go by `corridor_id`.

    Attributes:
        corridors: One row a corridor, usable ones first, then cut, then not built, the quicker
            first: its sign (`code`, which also is its `number` in charts that count routes, `name`,
            `map_label`, `hue`), its `rank` among those that could
            be used (0 for the others), `label`, `short_label`, status, what `simulation.summarise`
            says of it, `identity` (what its marks carry), and published figures in the same
            quantities, missing where the slice is not the whole corridor (`is_whole`) or the unit
            is another.
        chains: Legs in order of travel.
        facts: The legs of `chains` with ends, length, status and who can deny them.
        stages: Carriage and stops, with `what` they are and the `basis` of their figures in words.
        calibration: The errors of the model.
        explain: What finds `Spread`, which few views show.
        denied: Leg to those who deny it.
        same: Corridor to the one that stands for all that take the same legs between the two.
    """

    corridors: pd.DataFrame
    chains: pd.DataFrame
    facts: pd.DataFrame
    stages: pd.DataFrame
    calibration: Calibration
    explain: Callable[[], "Spread"]
    denied: Mapping[str, tuple[str, ...]]
    same: Mapping[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """The corridors, in the order of the table."""
        return tuple(self.corridors["corridor_id"])

    @property
    def spread(self) -> "Spread":
        """How the figures come about, found when it is first asked for."""
        return self.explain()

    @property
    def codes(self) -> dict[str, str]:
        """Corridor to its code."""
        return dict(zip(self.ids, self.corridors["code"], strict=True))

    @property
    def usable(self) -> pd.DataFrame:
        """The corridors that could be used on the day."""
        return self.corridors[self.corridors["condition"].isin(USABLE)]

    def find(self, corridor_id: str) -> pd.Series:
        """The row of a corridor."""
        return self.corridors.set_index("corridor_id", drop=False).loc[corridor_id]

    def settle(self, pick: str | None) -> str | None:
        """The picked corridor, or the one here that takes the same legs; else the first."""
        return self.same.get(str(pick)) or next(iter(self.ids), None)

    def list_alike(self, corridor_id: str) -> list[str]:
        """Other corridors that take the same legs."""
        return [
            name
            for name, first in self.same.items()
            if first == corridor_id and name != corridor_id
        ]


@cached
def find_chains(
    dossier: Dossier, *, origin: str, destination: str, services: str | None = None
) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """The legs of every corridor between two places, whatever the day and the switches.

    Corridors with a leg of a service that the variant of the network leaves out are none.

    Returns:
        Rows of `legs.CHAIN_COLUMNS`, of one of all corridors that take the same legs between the
        two; and corridor to the one that stands for it. Both are empty where none joins them.
    """
    chains = slice_corridors(
        dossier["corridor_legs"], dossier["legs"], origin=origin, destination=destination
    )
    (allowed,) = [*read_variants(dossier.tables, chosen=services).values()][:1]
    legs = dossier["legs"]
    barred = legs.loc[~legs["service_code"].isin(allowed), "leg_id"]
    unfit = chains.loc[chains["leg_id"].isin(barred), "corridor_id"]
    chains = chains[~chains["corridor_id"].isin(unfit)]
    same = find_same_legs(chains)
    return chains[chains["corridor_id"].isin(same.values())].reset_index(drop=True), same


class ValuedTrip(NamedTuple):
    """What the corridors of a trip take, whoever blocks them: a shut leg keeps its figures.

    Attributes:
        chains: Legs in order of travel.
        values: `corridors.MEASURE_COLUMNS` and what `simulation.summarise` says, by corridor.
        stages: As `Comparison` has them.
        same: Corridor to the one that stands for all that take the same legs.
    """

    chains: pd.DataFrame
    values: pd.DataFrame
    stages: pd.DataFrame
    same: Mapping[str, str]


class Spread(NamedTuple):
    """How the figures of the corridors of a trip come about, and how they lie to each other.

    Attributes:
        profiles: Days and price against km, with the words of the stage and the leg and place
            `behind` each point.
        chances: How often each corridor is quicker, cheaper, cleaner than each other, on average
            and for one box.
        kinds: What the spread of its days is made of, by kind of stage.
    """

    profiles: pd.DataFrame
    chances: pd.DataFrame
    kinds: pd.DataFrame


@cached
def value_trip(dossier: Dossier, *, trip: Trip) -> ValuedTrip:
    """Value every corridor between two places; vetoes of the trip change nothing."""
    chains, same, stages = _stage_trip(dossier, trip)
    simulation, calibration = simulate(stages), read_calibration(dossier.tables)
    measured = measure_corridors(chains, simulation.stages, nodes=dossier["nodes"])
    values = summarise(simulation, calibration, vetoes=find_exposures(dossier, chains, trip))
    return ValuedTrip(
        chains=chains,
        values=_merge(measured, values),
        stages=name_stages(stages, chains, dossier, places=dossier.labels("nodes")),
        same=same,
    )


@cached
def explain_trip(dossier: Dossier, *, trip: Trip) -> Spread:
    """How the figures of :func:`value_trip` come about: the same draws, looked at in detail."""
    valued, (_, _, stages) = value_trip(dossier, trip=trip), _stage_trip(dossier, trip)
    simulation = simulate(stages)
    return Spread(
        profiles=profile_chains(simulation, valued.stages),
        chances=compare_pairs(simulation, read_calibration(dossier.tables)),
        kinds=share_variance(simulation),
    )


def _stage_trip(
    dossier: Dossier, trip: Trip
) -> tuple[pd.DataFrame, Mapping[str, str], pd.DataFrame]:
    """The chains of a trip, which corridors take the same, and the stages with its hindrances."""
    chains, same, stages = _stage_free_trip(dossier, trip=trip.free)
    network = find_scenario(dossier, trip).network
    return chains, same, add_hindrances(stages, chains, network, trip.hindrances)


@cached
def _stage_free_trip(
    dossier: Dossier, *, trip: Trip
) -> tuple[pd.DataFrame, Mapping[str, str], pd.DataFrame]:
    """What hindrances add stages to, found once for all of them."""
    chains, same = find_chains(
        dossier, origin=trip.origin, destination=trip.destination, services=trip.services
    )
    return chains, same, value_chains(dossier, trip, chains)


@cached
def compare_corridors(dossier: Dossier, *, trip: Trip) -> Comparison:
    """Value every corridor between two places under the statuses, switches and vetoes of a trip."""
    without_vetoes = trip._replace(vetoes=())
    valued = value_trip(dossier, trip=without_vetoes)
    return Comparison(
        corridors=_tabulate_corridors(dossier, trip, valued),
        chains=valued.chains,
        facts=collect_facts(dossier, trip, valued.chains),
        stages=valued.stages,
        calibration=read_calibration(dossier.tables),
        explain=partial(explain_trip, dossier, trip=without_vetoes),
        denied=find_denied_legs(dossier, trip),
        same=valued.same,
    )


def value_chains(dossier: Dossier, trip: Trip, chains: pd.DataFrame) -> pd.DataFrame:
    """The stages of chains under the statuses, switches, vetoes and hindrances of a trip."""
    scenario = find_scenario(dossier, trip)
    stages = value_stages(
        chains,
        dossier.tables,
        statuses=read_statuses_under(dossier, trip),
        rates=scenario.rates,
    )
    return add_hindrances(stages, chains, scenario.network, trip.hindrances)


def describe_calibrated(row: Mapping[str, Any], quantity: str, calibration: Calibration) -> str:
    """Where 8 of 10 published figures fall, rounded for reading; empty if it is not calibrated."""
    if not calibration[quantity].is_calibrated:
        return ""
    return describe_range(row, f"{quantity}_calibrated")


def describe_band(calibration: Calibration) -> str:
    """What the calibrated range of days says."""
    if calibration["days"].is_calibrated:
        return "where 8 of 10 published times fall"
    return "where 8 of 10 published times may fall (not calibrated)"


def collect_facts(dossier: Dossier, trip: Trip, chains: pd.DataFrame) -> pd.DataFrame:
    """What is known of the legs of chains under the statuses, switches and vetoes of a trip."""
    return collect_leg_facts(chains, dossier.tables, statuses=read_statuses_under(dossier, trip))


def name_stages(
    stages: pd.DataFrame, chains: pd.DataFrame, dossier: Dossier, *, places: Mapping[str, str]
) -> pd.DataFrame:
    """Rows of `corridors.STAGE_COLUMNS` with `what` they are and the `basis` of their figures.

    `chains` are the legs that they are stages of, in the direction of travel.
    """
    rates, modes = dossier.labels("rates"), dossier.labels("modes")
    actors = dossier.labels("actors")
    ends = {
        (row.corridor_id, row.leg_id): (places[row.from_node_id], places[row.to_node_id])
        for row in chains.itertuples()
    }

    def name(stage: Any) -> tuple[str, str]:
        if stage.what_code == HINDRANCE:
            who = add_article(actors[stage.actor_id])
            return f"{places[stage.node_id]}: {WAITS[HINDRANCE][0]}, {who}", "A scenario."
        if stage.kind == "stop":
            is_told = stage.is_gauge_break and stage.what_code != "gauge-break"
            wait = f"{WAITS[stage.what_code][0]}{' with break of gauge' if is_told else ''}"
            return f"{places[stage.node_id]}: {wait}", f"{rates[stage.rate_ids.split(' ')[0]]}."
        start, end = ends[stage.corridor_id, stage.leg_id]
        factor = say_factor(stage.multiplier)
        limits = f" Time and price {factor}: open with limits." if factor else ""
        return (
            f"{start} – {end}, {modes[stage.what_code].lower()}",
            f"{rates[stage.rate_ids.split(' ')[0]]}.{limits}",
        )

    pairs = [name(stage) for stage in stages.itertuples()]
    return stages.assign(what=[what for what, _ in pairs], basis=[basis for _, basis in pairs])


def profile_chains(simulation: Simulation, named: pd.DataFrame) -> pd.DataFrame:
    """Rows of `simulation.PROFILE_COLUMNS` with `what`, `basis`, and what each rests on, `behind`.

    That is the leg, and at a stop the place, too. A stop has the leg by which it was reached;
    departure has the first. `named` are the stages with their words.
    """
    chains = named["corridor_id"]
    legs = named.groupby(chains)["leg_id"].ffill().groupby(chains).bfill()
    places = named["node_id"].where(named["leg_id"].isna(), "").fillna("")
    words = named[["corridor_id", "stage", "what", "basis"]].assign(
        behind=[f"{leg} {place}".strip() for leg, place in zip(legs, places, strict=True)]
    )
    points = profile_stages(simulation).merge(words, on=["corridor_id", "stage"], how="left")
    first = points["corridor_id"].map(legs.groupby(chains).first())
    return points.assign(
        what=points["what"].fillna("Departure"),
        basis=points["basis"].fillna(""),
        behind=points["behind"].fillna(first),
    )


def _merge(found: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Two tables by corridor, one row each."""
    own = other.astype({"corridor_id": found["corridor_id"].dtype})  # none may be of any type
    return found.merge(own, on="corridor_id", validate="1:1")


def _tabulate_corridors(dossier: Dossier, trip: Trip, valued: ValuedTrip) -> pd.DataFrame:
    """The table `corridors` of a comparison."""
    chains = valued.chains
    found = _merge(valued.values, judge_corridors(chains, read_statuses_under(dossier, trip)))
    found = _merge(found, dossier["corridors"])
    found = _fit_published(found, (trip.origin, trip.destination))
    claims = dossier["corridor_claims"].groupby("corridor_id")["claim_id"].agg(list)
    legs = chains.groupby("corridor_id")["leg_id"].agg(list)
    marks = {one: identity("corridor", one, legs[one], claims.get(one, [])) for one in legs.index}
    ordered = found.assign(
        identity=found["corridor_id"].map(marks),
        short_label=found["label"].str.split(" (", regex=False).str[0],
        place=found["condition"].map(ORDER),
    ).sort_values(["place", "days_typical", "corridor_id"], ignore_index=True)
    is_usable = ordered["condition"].isin(USABLE)
    signs = [read_sign(dossier, row.corridor_id, row.short_label) for row in ordered.itertuples()]
    names = ("code", "name", "map_label", "hue")
    return ordered.assign(
        number=[sign.code for sign in signs],
        rank=is_usable.cumsum().where(is_usable, 0).astype(int),
        is_usable=is_usable,
        **{name: [getattr(sign, name) for sign in signs] for name in names},
    )


def read_sign(dossier: Dossier, corridor_id: str, label: str) -> CorridorSign:
    """The sign of a corridor; one made of its id and label where the document gives it none."""
    known = dossier.document.corridor_signs.get(corridor_id)
    code = "".join(part[:1] for part in re.split(r"[^A-Za-z0-9]+", corridor_id))[:2].upper()
    return known or CorridorSign(
        code=code or "?", name=label, map_label=label, hue="corridor-6", route_name=""
    )


def _fit_published(found: pd.DataFrame, ends: tuple[str, str]) -> pd.DataFrame:
    """The corridors with those published figures that speak of the same ends and unit."""
    whole = found["from_node_id"].isin(ends) & found["to_node_id"].isin(ends)
    per_teu = found["published_cost_unit"].fillna("").str.startswith(PER_TEU)
    fitting = {
        name: found[column].where(whole & per_teu if "cost" in column else whole)
        for name, column in PUBLISHED.items()
    }
    return found.drop(columns=list(PUBLISHED.values())).assign(**fitting, is_whole=whole)


def list_corridor_legend(
    rows: pd.DataFrame, pick: str | None, palette: Palette
) -> tuple[LegendEntry, ...]:
    """The corridors by code and hue, the picked one put forward."""
    return tuple(
        LegendEntry(
            text=row["name"],
            colour=palette.corridors[row["hue"]],
            number=row["code"],
            is_strong=row["corridor_id"] == pick,
        )
        for row in rows.to_dict("records")
    )


def tabulate_legs(lines: gpd.GeoDataFrame, compared: Comparison, dossier: Dossier) -> pd.DataFrame:
    """The legs of all corridors as rows for readers, each leg once."""
    codes = compared.codes
    users = lines.groupby("leg_id", sort=False)["corridor_id"].agg(list)
    rows = lines.drop_duplicates("leg_id")
    return pd.DataFrame(
        {
            "Leg": rows["leg_id"],
            "From": rows["from_label"].map(shorten_place),
            "To": rows["to_label"].map(shorten_place),
            "Mode": rows["mode_code"].map(dossier.labels("modes")),
            "km": rows["distance_km"],
            "Status": rows["status_code"]
            .map(dossier.labels("leg_statuses"))
            .fillna("not on record"),
            "Since": rows["since"],
            "Controlled by": rows["controllers"],
            "Routes": [", ".join(codes[one] for one in users[leg]) for leg in rows["leg_id"]],
        }
    )


def tabulate_sums(compared: Comparison) -> pd.DataFrame:
    """The comparison as rows for readers."""
    rows = compared.corridors
    shown = pd.DataFrame(
        {
            "Rank": rows["rank"].astype(object).replace(0, "").astype(str),
            "Code": rows["code"],
            "Corridor": rows["short_label"],
            "Status": rows["condition"].map(CONDITIONS),
            "km": rows["distance_km"].round().astype(int),
        }
    )
    for quantity, unit in QUANTITIES.items():
        shown[f"{unit}, typical"] = rows[f"{quantity}_typical"].round(1)
        for bound in ("p10", "p90"):
            name = f"{unit}, {bound.upper()} {IF_RATES_ARE_RIGHT}"
            shown[name] = rows[f"{quantity}_{bound}"].round(1)
        if quantity in compared.calibration:
            is_calibrated = compared.calibration[quantity].is_calibrated
            doubt = "" if is_calibrated else " (not calibrated)"
            for bound in ("p10", "p90"):
                name = f"{unit}, {bound.upper()} of published{doubt}"
                shown[name] = rows[f"{quantity}_calibrated_{bound}"].round(1)
        for bound in ("low", "high"):
            if f"published_{quantity}_{bound}" in rows:
                shown[f"{unit}, published {bound}"] = rows[f"published_{quantity}_{bound}"]
    return shown.assign(**{name: rows[column] for column, name in COUNTS.items()})
