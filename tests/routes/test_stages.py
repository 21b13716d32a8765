"""Stages: every wait once, none inside a leg, on hand-made chains."""

import datetime as dt

import pandas as pd
import pytest

from entente.routes.network.legs import CHAIN_COLUMNS
from entente.routes.network.rates import EMISSION_RATES, PAYLOAD_RATE, read_rates
from entente.routes.valuation.corridors import FIGURES, STAGE_COLUMNS, value_stages

NODES = {
    "PORT": ("IND", "seaport"),
    "STRAIT": ("OMN", "chokepoint"),
    "CANAL": ("EGY", "canal"),
    "HARBOUR": ("IRN", "seaport"),
    "TOWN": ("IRN", "city"),
    "NEAR": ("IRN", "rail-border"),
    "FAR": ("TKM", "rail-border"),
    "END": ("TKM", "city"),
    "QUAY": ("KAZ", "caspian-port"),
    "PAK": ("PAK", "road-border"),
    "PIER": ("TUR", "city"),
    "PIER2": ("TUR", "city"),
}
RATES = {
    **dict.fromkeys(("HND-PORT", "HND-CASP", "HND-LAND", "GAUGE-BREAK"), (1, 2, 4)),
    **{f"{name}-USD": (10, 20, 40) for name in ("HND-PORT", "HND-CASP", "HND-LAND", "CANAL-SUEZ")},
    **dict.fromkeys(("BRD-RAIL", "BRD-RAIL-BREAK", "BRD-ROAD", "BRD-ROAD-SLOW"), (0.5, 1, 2)),
    **dict.fromkeys(("BRD-RAIL-COST", "BRD-ROAD-COST"), (100, 200, 300)),
    **dict.fromkeys(("HEADWAY-SHIP", "HEADWAY-TRAIN"), (2, 4, 8)),
    **dict.fromkeys(("WAIT-FERRY", "WAIT-FERRY-VAN", "CANAL-SUEZ"), (0.1, 0.2, 0.3)),
    **dict.fromkeys(EMISSION_RATES.values(), (10, 20, 30)),
    "GAUGE-BREAK-USD": (7, 8, 9),
    "LINER-CALLS": (2, 5, 9),
    PAYLOAD_RATE: (14, 14, 14),
    "TIME": (1, 2, 3),
    "FREIGHT": (1, 2, 3),
}

NO_STATUSES = pd.DataFrame({"leg_id": [], "multiplier": []})
Leg = tuple[str, str, str, str | None, str | None]


def known(*steps: Leg) -> dict[str, pd.DataFrame]:
    legs = chain(*steps).drop(columns=["corridor_id", "sequence", "is_reversed"])
    rates = {"time_rate_id": "TIME", "freight_rate_id": "FREIGHT", "canal_km": float("nan")}
    return {
        "legs": legs.assign(distance_km=100.0, **rates),
        "nodes": pd.DataFrame(
            [(name, *rest) for name, rest in NODES.items()],
            columns=["node_id", "actor_id", "kind_code"],
        ),
        "rates": pd.DataFrame(
            [(name, *map(float, values), "days") for name, values in RATES.items()],
            columns=["rate_id", "low", "typical", "high", "unit"],
        ),
        "rate_periods": pd.DataFrame(columns=["rate_id", "from_edtf", "low", "typical", "high"]),
        "local_rates": pd.DataFrame(
            [("BRD-ROAD", None, "PAK", "BRD-ROAD-SLOW")],
            columns=["rate_id", "leg_id", "node_id", "own_rate_id"],
        ),
    }


def chain(*steps: Leg) -> pd.DataFrame:
    rows = [
        ("WAY", n, f"L{n}", start, end, mode, gauge, to_gauge, False)
        for n, (start, mode, end, gauge, to_gauge) in enumerate(steps, start=1)
    ]
    return pd.DataFrame(rows, columns=CHAIN_COLUMNS)


def sea(start: str, end: str, mode: str = "deep-sea") -> Leg:
    return start, mode, end, None, None


def rail(start: str, end: str, gauge: str = "1435", to_gauge: str | None = None) -> Leg:
    return start, "rail", end, gauge, to_gauge or gauge


def valued(*steps: Leg, multipliers: dict[str, float] | None = None) -> pd.DataFrame:
    statuses = pd.DataFrame(list((multipliers or {}).items()), columns=["leg_id", "multiplier"])
    return value(chain(*steps), known(*steps), statuses=statuses)


def value(
    chains: pd.DataFrame, tables: dict[str, pd.DataFrame], *, statuses: pd.DataFrame
) -> pd.DataFrame:
    rates = read_rates(tables, as_of=dt.date(2025, 4, 10))
    return value_stages(chains, tables, statuses=statuses, rates=rates)


def stops(*steps: Leg) -> list[tuple[str, str]]:
    found = valued(*steps)
    own = found[found["kind"] == "stop"]
    return list(zip(own["what_code"], own["node_id"], strict=True))


def test_one_leg_is_one_carriage_without_waits() -> None:
    found = valued(rail("TOWN", "NEAR"))
    assert list(found["kind"]) == ["carriage"]
    assert found.at[0, "co2e_kg_per_teu_typical"] == pytest.approx(100 * 14 * 20 / 1000)


def test_strait_is_no_stop_and_port_is_one() -> None:
    way = (sea("PORT", "STRAIT", "short-sea"), sea("STRAIT", "HARBOUR", "short-sea"))
    assert stops(*way) == []
    assert stops(*way, rail("HARBOUR", "TOWN")) == [
        ("port", "HARBOUR"),
        ("service-wait", "HARBOUR"),
    ]


def test_calls_are_counted_once_where_the_ocean_ends() -> None:
    way = (sea("PORT", "STRAIT"), sea("STRAIT", "CANAL"), sea("CANAL", "HARBOUR"))
    assert stops(*way) == [("canal", "CANAL"), ("liner-calls", "HARBOUR")]
    assert stops(*way, rail("HARBOUR", "TOWN")) == [
        ("canal", "CANAL"),
        ("liner-calls", "HARBOUR"),
        ("port", "HARBOUR"),
        ("service-wait", "HARBOUR"),
    ]


def test_short_sea_has_no_liner_calls() -> None:
    assert stops(sea("PORT", "HARBOUR", "short-sea")) == []


def test_border_with_break_of_gauge_is_one_stop_at_the_station() -> None:
    found = valued(rail("TOWN", "NEAR"), rail("NEAR", "FAR", "1520"), rail("FAR", "END", "1520"))
    own = found[found["kind"] == "stop"]
    assert list(zip(own["what_code"], own["node_id"], strict=True)) == [("border", "NEAR")]
    assert own["is_gauge_break"].tolist() == [True]
    assert own["days_typical"].tolist() == [1.0]
    assert own["cost_usd_per_teu_typical"].tolist() == [208.0]
    assert own["rate_ids"].tolist() == ["BRD-RAIL-BREAK BRD-RAIL-COST GAUGE-BREAK-USD"]


def test_border_without_break_waits_where_the_load_enters() -> None:
    assert stops(rail("NEAR", "FAR")) == [("border", "FAR")]
    assert stops(rail("FAR", "NEAR")) == [("border", "NEAR")]
    assert stops(rail("NEAR", "END")) == [("border", "NEAR")]


def test_break_of_gauge_away_from_a_border_is_a_stop_of_its_own() -> None:
    assert stops(rail("HARBOUR", "TOWN", "1676"), rail("TOWN", "NEAR")) == [("gauge-break", "TOWN")]


def test_break_of_gauge_within_a_leg_and_undecided_gauge() -> None:
    assert stops(rail("HARBOUR", "TOWN", "1676", "1435")) == [("gauge-break", "TOWN")]
    assert stops(rail("HARBOUR", "TOWN", "undecided"), rail("TOWN", "NEAR")) == []


def test_truck_between_two_railways_changes_mode_twice_and_gauge_never() -> None:
    way = (
        rail("HARBOUR", "TOWN"),
        ("TOWN", "road", "NEAR", None, None),
        rail("NEAR", "FAR", "1520"),
    )
    assert stops(*way) == [
        ("mode-change", "TOWN"),
        ("mode-change", "NEAR"),
        ("service-wait", "NEAR"),
        ("border", "FAR"),
    ]


def test_ferry_has_two_changes_and_one_wait_for_the_sailing() -> None:
    way = (
        rail("END", "QUAY", "1520"),
        ("QUAY", "ferry", "HARBOUR", None, None),
        ("HARBOUR", "road", "TOWN", None, None),
    )
    assert stops(*way) == [
        ("ferry-port", "QUAY"),
        ("ferry-wait", "QUAY"),
        ("border", "QUAY"),
        ("ferry-port", "HARBOUR"),
    ]


def test_train_ferry_only_waits_for_its_sailing() -> None:
    way = (
        rail("END", "PIER"),
        ("PIER", "ferry", "PIER2", "1435", "1435"),
        rail("PIER2", "END"),
    )
    found = valued(*way)
    waits = found[found["what_code"] == "ferry-wait"]
    assert waits["rate_ids"].tolist() == ["WAIT-FERRY-VAN"]
    assert "ferry-port" not in set(found["what_code"])


def test_a_place_may_have_a_rate_of_its_own() -> None:
    found = valued(("TOWN", "road", "PAK", None, None))
    assert found.loc[found["kind"] == "stop", "rate_ids"].tolist() == [
        "BRD-ROAD-SLOW BRD-ROAD-COST"
    ]


def test_multiplier_slows_carriage_and_spares_waits_and_emissions() -> None:
    way = (sea("PORT", "HARBOUR", "short-sea"), rail("HARBOUR", "TOWN"))
    plain, slow = valued(*way), valued(*way, multipliers={"L2": 1.5})
    ratio = slow[list(FIGURES)] / plain[list(FIGURES)]
    assert ratio.loc[3, ["days_typical", "cost_usd_per_teu_high"]].tolist() == [1.5, 1.5]
    assert ratio.loc[3, "co2e_kg_per_teu_typical"] == 1
    assert (ratio.loc[0, list(FIGURES)] == 1).all()
    assert ratio.loc[1, "days_typical"] == 1


def test_missing_rate_is_an_error() -> None:
    way = (sea("PORT", "HARBOUR", "short-sea"), rail("HARBOUR", "TOWN"))
    tables = known(*way)
    for rate_id in ("HND-PORT", PAYLOAD_RATE):
        bare = {**tables, "rates": tables["rates"][tables["rates"]["rate_id"] != rate_id]}
        with pytest.raises(KeyError):
            value(chain(*way), bare, statuses=NO_STATUSES)


def test_no_chain_gives_no_stages() -> None:
    found = value(chain()[:0], known(rail("TOWN", "NEAR")), statuses=NO_STATUSES)
    assert found.empty
    assert list(found.columns) == STAGE_COLUMNS
