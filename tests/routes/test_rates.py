"""Rates: what a unit is worth on a day, by its kind."""

import datetime as dt

import pytest

from entente.dossier.store import Dossier
from entente.routes.network.rates import Amount, read_rates


def test_a_rate_changes_on_the_day_by_which_the_change_must_have_begun(dossier: Dossier) -> None:
    worth = {}
    for day in ("2020-06-29", "2020-06-30", "2021-06-30"):
        book = read_rates(dossier.tables, as_of=dt.date.fromisoformat(day))
        worth[day] = book.worth[book.places["CST-SEA-FEED"]].tolist()
    assert worth["2020-06-29"] == worth["2021-06-30"] == [0.12, 0.25, 0.6]
    assert worth["2020-06-30"] == [0.2, 0.4, 0.9]


def test_what_a_unit_is_worth_follows_from_its_unit(dossier: Dossier) -> None:
    """Days per km of a speed, fastest first; kg per TEU-km of a factor; else the rate itself."""
    book = read_rates(dossier.tables, as_of=dt.date(2020, 1, 1))
    rates = dossier["rates"].set_index("rate_id")

    def worth(rate_id: str) -> list[float]:
        return book.value([Amount(rate_id, 0, 1000.0)]).tolist()

    speed = rates.loc["SPD-RAIL"]
    assert worth("SPD-RAIL") == pytest.approx(
        [1000 / speed["high"], 1000 / speed["typical"], 1000 / speed["low"]]
    )
    payload = rates.at["UNIT-PAYLOAD", "typical"]
    assert worth("CO2-RAIL")[1] == pytest.approx(rates.at["CO2-RAIL", "typical"] * payload)
    assert worth("HND-PORT")[2] == pytest.approx(rates.at["HND-PORT", "high"] * 1000)
