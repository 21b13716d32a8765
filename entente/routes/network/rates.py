"""Rates: what carriage and waits take, cost and emit, as they were on a day.

A figure of a leg or of a wait is an amount of some rate: km of a speed, TEU-km of a freight rate,
one wait at a border. So a route is a sum of amounts, and what changes is what a unit is worth.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from entente.dates import known_from

Floats = npt.NDArray[np.float64]

PAYLOAD_RATE = "UNIT-PAYLOAD"  # tonnes in the loaded TEU that all figures are for
# Mode to the rate of its emissions, in kg CO2e per 1000 tonne-kilometres.
EMISSION_RATES = {
    "deep-sea": "CO2-SEA-DEEP",
    "short-sea": "CO2-SEA-FEED",
    "ferry": "CO2-FERRY",
    "inland-water": "CO2-IWT",
    "rail": "CO2-RAIL",
    "road": "CO2-ROAD",
}
BOUNDS = ("low", "typical", "high")
QUANTITIES = ("days", "cost_usd_per_teu", "co2e_kg_per_teu")
DAYS, USD, CO2E = range(3)
SPEED, DISTANCE_PRICE, HEADWAY = "km per day", "USD per TEU-km", "days between departures"


class Amount(NamedTuple):
    """So many units of a rate, as a part of one of the `QUANTITIES`, by its place there."""

    rate_id: str
    quantity: int
    amount: float


@dataclass(frozen=True, kw_only=True)
class RateBook:
    """All rates as they were on a day.

    Attributes:
        rate_ids: Ids, in file order.
        places: Rate to its place among them.
        worth: What one unit takes, costs or emits at least, usually and at most: days per km of a
            speed, half the days between two departures, else the rate itself; emissions in kg per
            TEU-km. Shape (rates, 3).
        units: Rate to its unit.
    """

    rate_ids: tuple[str, ...]
    places: Mapping[str, int]
    worth: Floats
    units: Mapping[str, str]

    @property
    def typical(self) -> Floats:
        """What one unit usually takes, costs or emits. Shape (rates,)."""
        return self.worth[:, BOUNDS.index("typical")]

    def value(self, amounts: Sequence[Amount]) -> Floats:
        """What amounts of rates come to at least, usually and at most. Shape (3,)."""
        places = [self.places[one.rate_id] for one in amounts]
        units = np.array([one.amount for one in amounts])
        worth: Floats = units @ self.worth[places].reshape(-1, len(BOUNDS))
        return worth


def read_rates(tables: Mapping[str, pd.DataFrame], *, as_of: dt.date) -> RateBook:
    """The rates of a day.

    Args:
        tables: `rates` and `rate_periods`, by name. A change of a rate holds from the day by which
            it must have begun until the next one.
        as_of: The day.
    """
    rates, periods = tables["rates"], tables["rate_periods"]
    begun = [known_from(edtf) for edtf in periods["from_edtf"]]
    past = periods.assign(begun=begun)[np.array([day <= as_of for day in begun], dtype=bool)]
    latest = past.sort_values("begun", kind="stable").drop_duplicates("rate_id", keep="last")
    own = rates.set_index("rate_id")[list(BOUNDS)].astype(float)
    own.update(latest.set_index("rate_id")[list(BOUNDS)].astype(float))
    units = dict(zip(rates["rate_id"], rates["unit"], strict=True))
    is_emission = own.index.isin(EMISSION_RATES.values())
    worth = own.to_numpy(copy=True)
    is_speed = np.array([units[rate_id] == SPEED for rate_id in own.index], dtype=bool)
    is_headway = np.array([units[rate_id] == HEADWAY for rate_id in own.index], dtype=bool)
    worth[is_speed] = 1 / worth[is_speed, ::-1]
    worth[is_headway] /= 2
    worth[is_emission] *= own.at[PAYLOAD_RATE, "typical"] / 1000
    rate_ids = tuple(own.index)
    return RateBook(
        rate_ids=rate_ids,
        places={rate_id: place for place, rate_id in enumerate(rate_ids)},
        worth=worth,
        units=units,
    )


def list_amounts(legs: pd.DataFrame, units: Mapping[str, str]) -> list[tuple[Amount, ...]]:
    """What each leg takes of its rates of time, of freight and of emission.

    `legs` are rows of the table of that name, `units` those of the rates.
    """
    timed = legs["distance_km"] - legs["canal_km"].astype(float).fillna(0.0)
    columns = (legs["mode_code"], legs["time_rate_id"], timed)
    return [
        (
            Amount(time_rate, DAYS, km_timed if units[time_rate] == SPEED else 1.0),
            Amount(freight_rate, USD, km if units[freight_rate] == DISTANCE_PRICE else 1.0),
            Amount(EMISSION_RATES[mode], CO2E, km),
        )
        for mode, time_rate, km_timed, freight_rate, km in zip(
            *columns, legs["freight_rate_id"], legs["distance_km"].astype(float), strict=True
        )
    ]
