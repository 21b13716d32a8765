"""Scenarios: a day and switches, thrown in any order."""

import datetime as dt
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from entente.check.rules_of_network import USABLE
from entente.dossier.store import Dossier
from entente.review import review_folder
from entente.routes.network.alternatives import find_cut
from entente.routes.network.graph import build_network
from entente.routes.network.scenarios import (
    allow_services,
    apply_scenarios,
    build_scenario,
    read_statuses,
    read_variants,
)
from entente.routes.network.search import OBJECTIVES, prepare_search

DOCUMENT_DAY, LAST_DAY = dt.date(2021, 6, 15), dt.date(2022, 9, 30)


def test_without_switches_the_record_holds(dossier: Dossier) -> None:
    known = read_statuses(dossier["leg_statuses"], as_of=LAST_DAY)
    same = apply_scenarios(known, dossier["scenario_legs"], chosen=())
    assert same["scenario_id"].isna().all()
    pd.testing.assert_frame_equal(same.drop(columns="scenario_id"), known, check_dtype=False)


def test_a_switch_takes_the_place_of_the_record(dossier: Dossier) -> None:
    known = build_scenario(dossier.tables, as_of=LAST_DAY, scenario_ids=["open-hill-line"])
    row = known.statuses.set_index("leg_id").loc["g23"]
    assert (row["status_code"], row["multiplier"]) == ("open", 1)
    assert row["scenario_id"] == "open-hill-line"
    assert pd.isna(row["leg_status_id"])
    assert known.factors[known.network.leg_ids.index("g23")] == 1


def test_shut_beats_open_and_order_does_not_matter(dossier: Dossier) -> None:
    chosen = ("close-gate", "free-gate", "settle-valley")
    network = build_network(dossier.tables)
    frames = [
        build_scenario(dossier.tables, as_of=LAST_DAY, scenario_ids=order, network=network).statuses
        for order in permutations(chosen)
    ]
    for frame in frames[1:]:
        pd.testing.assert_frame_equal(frame, frames[0])
    assert set(frames[0].set_index("leg_id").loc[["g01", "g02"], "status_code"]) == {"closed"}


def test_the_larger_factor_wins(dossier: Dossier) -> None:
    rows = pd.DataFrame(
        {
            "scenario_id": ["a", "b"],
            "leg_id": "g01",
            "status_code": "partial",
            "multiplier": [1.2, 1.5],
            "note": "x",
        }
    )
    known = read_statuses(dossier["leg_statuses"], as_of=LAST_DAY)
    row = apply_scenarios(known, rows, chosen=["a", "b"]).set_index("leg_id").loc["g01"]
    assert (row["multiplier"], row["scenario_id"]) == (1.5, "b")


def test_an_unknown_switch_is_an_error(dossier: Dossier) -> None:
    with pytest.raises(ValueError, match="no scenario open-sesame"):
        build_scenario(dossier.tables, as_of=LAST_DAY, scenario_ids=["open-sesame"])


def test_a_factor_slows_and_raises_the_price_but_emits_no_more(dossier: Dossier) -> None:
    network = build_network(dossier.tables)
    hindered = build_scenario(dossier.tables, as_of=LAST_DAY, network=network)
    free = build_scenario(
        dossier.tables, as_of=LAST_DAY, scenario_ids=["free-gate"], network=network
    )
    edge = next(n for n, step in enumerate(network.steps) if step and step.leg_id == "g02")
    more = hindered.costs[edge] - free.costs[edge]
    assert more.tolist() == pytest.approx([70 / 580 * 1e6 * 0.5, 17.5e6 * 0.5, 0], abs=1)


def test_every_switch_either_opens_or_shuts(live_dossier: Dossier) -> None:
    """About today’s dataset: no switch opens some legs, shuts others, or hinders."""
    legs = live_dossier["scenario_legs"]
    for _, rows in legs.groupby("scenario_id"):
        usable = rows["status_code"].isin(USABLE)
        assert usable.all() or not usable.any()
        assert (rows["multiplier"].dropna() == 1).all()


def test_every_switch_changes_something_on_some_day(dossier: Dossier) -> None:
    network = build_network(dossier.tables)
    days = [DOCUMENT_DAY, LAST_DAY]
    base = {day: build_scenario(dossier.tables, as_of=day, network=network).factors for day in days}
    for name in dossier["scenarios"]["scenario_id"]:
        changed = [
            build_scenario(dossier.tables, as_of=day, scenario_ids=[name], network=network).factors
            for day in days
        ]
        equal = [
            np.array_equal(factors, base[day], equal_nan=True)
            for day, factors in zip(days, changed, strict=True)
        ]
        assert not all(equal), name


def test_a_scenario_without_legs_is_a_fault(
    edit: Callable[[str, Callable[[str], str]], Path],
) -> None:
    folder = edit("scenarios.csv", lambda text: text + "empty,Empty,Nothing happens.,999\n")
    assert [fault.code for fault in review_folder(folder)] == ["no_legs"]


def test_a_factor_that_does_not_fit_its_status_is_a_fault(
    edit: Callable[[str, Callable[[str], str]], Path],
) -> None:
    folder = edit(
        "scenario_legs.csv",
        lambda text: text.replace("close-gate,g01,closed,,", "close-gate,g01,closed,2,"),
    )
    assert [fault.code for fault in review_folder(folder)] == ["multiplier_mismatch"]


def test_legs_of_other_services_are_shut(dossier: Dossier) -> None:
    known = build_scenario(dossier.tables, as_of=LAST_DAY)
    of_variant = dossier["network_variant_services"].groupby("variant_id")["service_code"].agg(list)
    assert allow_services(known, of_variant["all"]) is known
    by_train = allow_services(known, of_variant["container"])
    is_other = np.array(known.network.leg_services) != "container"
    assert np.isnan(by_train.factors[is_other]).all()
    np.testing.assert_array_equal(by_train.factors[~is_other], known.factors[~is_other])
    is_shut = np.isinf(by_train.costs[:, 0])
    assert is_shut[np.append(is_other, False)[known.network.leg_of]].all()
    np.testing.assert_array_equal(by_train.costs[~is_shut], known.costs[~is_shut])


def test_a_variant_shuts_legs_and_changes_no_status(dossier: Dossier) -> None:
    known = build_scenario(dossier.tables, as_of=LAST_DAY)
    by_train = build_scenario(dossier.tables, as_of=LAST_DAY, variant_id="container")
    assert by_train.variant_id == "container"
    pd.testing.assert_frame_equal(by_train.statuses, known.statuses)
    services = dossier["network_variant_services"]
    for variant_id, own in services.groupby("variant_id")["service_code"]:
        scenario = build_scenario(dossier.tables, as_of=LAST_DAY, variant_id=str(variant_id))
        found = prepare_search(
            scenario, origin="SU_PORT", destination="NO_CITY", objective=OBJECTIVES["time"]
        ).best()
        assert found
        leg_services = dossier["legs"].set_index("leg_id")["service_code"]
        assert set(leg_services[list(found.leg_ids)]) <= set(own)


def test_a_cut_opens_no_leg_of_a_service_that_is_not_allowed(dossier: Dossier) -> None:
    """Orania has no railway and no port to which ships sail, so without lorries no legs join."""
    by_train = build_scenario(dossier.tables, as_of=LAST_DAY, variant_id="container")
    found = prepare_search(
        by_train, origin="OR_CITY", destination="TO_MID", objective=OBJECTIVES["time"]
    )
    assert find_cut(found) == ((), None)


def test_an_unknown_variant_is_refused(dossier: Dossier) -> None:
    with pytest.raises(ValueError, match="no variant sail"):
        build_scenario(dossier.tables, as_of=LAST_DAY, variant_id="sail")


def test_the_first_variant_stands_for_all(dossier: Dossier) -> None:
    every = read_variants(dossier.tables)
    assert list(every) == ["all", "lorry", "rail-sea", "container"]
    assert read_variants(dossier.tables, chosen="all") == every
    assert read_variants(dossier.tables, chosen="container") == {"container": ("container",)}
