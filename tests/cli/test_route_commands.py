"""The commands about routes: the page's answers, and one clear line for what they do not know."""

import json
from typing import Any

import pytest

from entente.dossier.store import Dossier
from tests.conftest import Run

ENDS = ("routes", "SU_PORT", "NO_PORT")
UNKNOWN = [
    (("routes", "XX_XXX", "NO_PORT"), "unknown place 'XX_XXX'"),
    (("routes", "SU_PORT", "Atlantis"), "unknown place 'Atlantis'"),
    (("routes", "SU_PORT", "SU_PORT"), "two places"),
    (("routes", "SU_PORT", "NO_PORT", "--veto", "XYZ"), "unknown actor 'XYZ'"),
    (("routes", "SU_PORT", "NO_PORT", "--scenario", "open-sesame"), "unknown scenario"),
    (("routes", "SU_PORT", "NO_PORT", "--as-of", "yesterday"), "unknown date 'yesterday'"),
    (("routes", "SU_PORT", "NO_PORT", "--as-of", "2025-02-30"), "unknown date"),
    (("routes", "SU_PORT", "NO_PORT", "--as-of", "2031-01-01"), "outside the record"),
    (("routes", "SU_PORT", "NO_PORT", "--by", "beauty"), "invalid choice: 'beauty'"),
    (("routes", "SU_PORT"), "TO"),
    (("leverage", "SU_PORT", "Nowhere"), "unknown place"),
    (("leverage", "SU_PORT", "NO_PORT", "--together", "QMA", "Ruritania"), "unknown actor"),
    (("leverage", "", "NO_PORT"), "unknown place ''"),
    ((*ENDS, "--services", "balloons"), "unknown variant 'balloons'"),
    ((*ENDS, "--value-of-time", "gold"), "unknown goods 'gold'"),
    ((*ENDS, "--value-of-time=-5"), "a value of time lies from 0 to 20,000, not -5"),
    ((*ENDS, "--value-of-time", "1e9"), "a value of time lies from 0"),
    ((*ENDS, "--slow", "QVE"), "write ACTOR=N, N in hours"),
    ((*ENDS, "--slow", "Ruritania=4"), "unknown actor 'Ruritania'"),
    ((*ENDS, "--slow", "QVE=long"), "'long' is not a number of hours"),
    ((*ENDS, "--slow", "QVE=-4"), "'-4' is not a number of hours"),
    ((*ENDS, "--slow", "QVE=50%"), "'50%' is not a number of hours"),
    ((*ENDS, "--charge", "QVE=nan"), "'nan' is not a number of USD per TEU"),
    ((*ENDS, "--charge", "QVE="), "'' is not a number of USD per TEU"),
    ((*ENDS, "--ration", "QVE=5cars"), "'5cars' is not a number of TEU a day"),
    ((*ENDS, "--ration", "QVE=150%"), "'150%' is not a number of TEU a day"),
    ((*ENDS, "--ration", "QVE=inf"), "'inf' is not a number of TEU a day"),
    ((*ENDS, "--volume", "0"), "a volume is a number of TEU a month, not '0'"),
    ((*ENDS, "--volume", "many"), "a volume is a number of TEU a month, not 'many'"),
    ((*ENDS, "--months", "1.5"), "months are a whole number to 120, not '1.5'"),
    (("leverage", *ENDS[1:], "--ration", "QVE=x"), "'x' is not a number of TEU a day"),
]


@pytest.mark.parametrize(("words", "said"), UNKNOWN)
def test_what_is_unknown_is_one_line_and_status_2(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    status, out, err = run(*words)
    assert status == 2
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_name_that_means_several_places_is_said(run: Run) -> None:
    status, _, err = run("routes", "Edge", "Norland City")
    assert status == 2
    assert "TO_EDGE" in err
    assert "VE_EDGE" in err


@pytest.mark.parametrize(
    "word", ["SU_PORT", "su_port", "Sund Harbour (SHPA)", "sund harbour", "SHPA"]
)
def test_places_go_by_id_or_name(run: Run, word: str) -> None:
    _, out, _ = run("routes", word, "Norland Harbour", "--json")
    assert json.loads(out)["from"] == "SU_PORT"
    assert json.loads(out)["to"] == "NO_PORT"


def test_accents_and_case_do_not_matter(run: Run) -> None:
    assert json.loads(run("routes", "BELMARK POST", "mar city", "--json")[1])["from"] == "BE_POST"


def test_routes_as_json(run: Run) -> None:
    status, out, _ = run("routes", "SU_PORT", "NO_PORT", "--as-of", "2021-06-15", "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["as_of"], found["by"], found["cut"]) == ("2021-06-15", "time", None)
    days = [way["days"] for way in found["ways"]]
    assert days == sorted(days)
    for way in found["ways"]:
        assert way["nodes"][0] == "SU_PORT"
        assert way["nodes"][-1] == "NO_PORT"
        assert len(way["legs"]) == len(way["nodes"]) - 1


def test_the_last_day_on_record_is_the_default(run: Run) -> None:
    assert json.loads(run("routes", "SU_PORT", "NO_PORT", "--json")[1])["as_of"] == "2022-09-30"


def test_scenarios_and_vetoes_can_be_repeated(run: Run) -> None:
    found = json.loads(
        run(
            *("routes", "SU_PORT", "NO_PORT", "--json", "--scenario", "close-gate"),
            *("--scenario", "open-hill-line", "--veto", "Vestia", "--veto", "QTO"),
        )[1]
    )
    assert found["scenarios"] == ["close-gate", "open-hill-line"]
    assert found["vetoes"] == ["QTO", "QVE"]
    assert "HA_CANAL" in found["ways"][0]["nodes"]


def test_no_route_is_an_answer_with_its_cut(run: Run) -> None:
    words = ("routes", "SU_PORT", "VE_CITY", "--veto", "QTO", "--veto", "QHA")
    status, out, _ = run(*words, "--json")
    found = json.loads(out)
    assert status == 0
    assert found["ways"] == []
    assert len(found["cut"]) >= 1
    for leg in found["cut"]:
        assert leg["is_shut"] or leg["vetoed_by"]
        assert leg["status_code"]
        assert leg["controllers"]
    assert found["restored"]["nodes"][0] == "SU_PORT"
    _, text, _ = run(*words)
    assert "No route." in text
    assert found["cut"][0]["leg_id"] in text


def test_ones_own_trade_is_said(run: Run) -> None:
    status, out, _ = run("routes", "SU_PORT", "NO_PORT", "--veto", "QNO")
    assert status == 0
    assert "QNO has no veto" in out


@pytest.mark.parametrize("by", ["time", "cost", "co2e"])
def test_leverage_as_json(run: Run, by: str, dossier: Dossier) -> None:
    words = ("leverage", "SU_PORT", "NO_PORT", "--as-of", "2021-06-15", "--by", by, "--json")
    found = json.loads(run(*words, "--together", "QMA", "QVE", "QOR", "QTO", "QHA")[1])
    for row in found["actors"]:
        assert {"veto_loss_days", "veto_loss_usd", "cuts_route", "shapley_days"} <= set(row)
    shares = [row["shapley"] for row in found["actors"] if row["shapley"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(found["shapley"]["grand_loss"], abs=0.01)
    labels = [row["label"] for row in found["coalitions"]]
    assert labels[0] == "QMA + QVE + QOR + QTO + QHA"
    assert labels[1:] == [preset.label for preset in dossier.document.leverage_presets]


@pytest.mark.parametrize("by", ["time", "cost", "co2e"])
def test_leverage_has_its_range_in_json(run: Run, by: str) -> None:
    words = ("leverage", "SU_PORT", "VE_CITY", "--as-of", "2021-06-15", "--by", by, "--json")
    text = run(*words, "--together", "QTO", "QHA")[1]
    found = json.loads(text)
    assert text == run(*words, "--together", "QTO", "QHA")[1]
    assert found["draws"] == 400
    assert found["variants"][0] == "all"
    lost = float("inf")
    for row in (*found["actors"], *found["coalitions"]):
        for told in (row, row["days"], row["usd"], *row["by_variant"].values()):
            bounds = [told[name] for name in ("p10", "p50", "p90")]
            known = [lost if bound is None else bound for bound in bounds]
            assert 0 <= known[0] <= known[1] <= known[2]
            assert 0 <= told["share_without_loss"] <= 1
        assert set(row["by_variant"]) == set(found["variants"])
    together = found["coalitions"][0]
    assert (together["p50"], together["share_lost_route"]) == (None, 1)
    ranges = [row["shapley_range"] for row in found["actors"] if row["shapley_range"]]
    assert any(told["is_robust"] for told in ranges)


def test_leverage_where_nobody_can_deny_anything(run: Run) -> None:
    words = ("leverage", "CP_GATE", "TO_BAY", "--as-of", "2021-06-15")
    assert json.loads(run(*words, "--json")[1])["actors"] == []
    assert "400 draws" in run(*words)[1]


def test_leverage_and_routes_agree(run: Run) -> None:
    words = ("SU_PORT", "NO_CITY", "--as-of", "2021-06-15", "--json")
    base = json.loads(run("routes", *words)[1])["ways"][0]["days"]
    without = json.loads(run("routes", *words, "--veto", "QTO")[1])["ways"][0]["days"]
    found = json.loads(run("leverage", *words)[1])
    torvia = next(row for row in found["actors"] if row["actor"] == "QTO")
    assert torvia["veto_loss_days"] == pytest.approx(without - base)
    assert torvia["detour"]["days"] == pytest.approx(without)


def test_leverage_without_a_route_says_what_is_shut(run: Run) -> None:
    status, out, _ = run("leverage", "TO_MINE", "SU_PORT", "--json")
    found = json.loads(out)
    assert status == 0
    assert found["way"] is None
    assert found["actors"] == []
    assert [leg["leg_id"] for leg in found["cut"]]
    assert "No route" in run("leverage", "TO_MINE", "SU_PORT")[1]


def test_tables_for_reading(run: Run) -> None:
    _, out, _ = run("leverage", "SU_PORT", "VE_CITY", "--as-of", "2021-06-15")
    assert "Torvia" in out
    assert "Mar City and Vest City" in out
    assert "leave no route" in out
    assert "400 draws of the rates in each network: all, lorry" in out
    assert "no loss" in out
    _, out, _ = run("routes", "SU_PORT", "VE_CITY")
    assert "days, USD" in out
    assert "g02" in out


ON_THE_DAY = ("SU_PORT", "NO_CITY", "--as-of", "2021-06-15")


def test_services_leave_out_lorries(run: Run) -> None:
    for variant, modes in (("rail-sea", {"road"}), ("all", set())):
        found = json.loads(
            run("routes", "MA_CITY", "VE_CITY", "--services", variant, "--json", "--ways", "9")[1]
        )
        assert found["services"] == variant
        used = {leg["mode_code"] for way in found["ways"] for leg in way["legs"]}
        assert not used & modes
        assert used
    found = json.loads(run("leverage", *ON_THE_DAY, "--services", "container", "--json")[1])
    assert (found["services"], found["variants"]) == ("container", ["container"])
    assert json.loads(run("routes", *ON_THE_DAY, "--json")[1])["services"] == "all"


def test_a_value_of_time_weighs_days_against_usd(run: Run) -> None:
    words = ("routes", *ON_THE_DAY, "--json")
    patient, urgent = (
        json.loads(run(*words, "--value-of-time", worth)[1]) for worth in ("1", "urgent")
    )
    assert (urgent["by"], urgent["value_of_time"]) == ("value", 500)
    assert patient["ways"][0]["days"] > urgent["ways"][0]["days"]
    assert patient["ways"][0]["usd"] < urgent["ways"][0]["usd"]
    usual = json.loads(run(*words, "--by", "value")[1])
    assert usual["value_of_time"] == 60, "the first kind of goods"
    assert "by value of USD 500 a day" in run(*words[:-1], "--value-of-time", "urgent")[1]


def test_delays_and_charges_are_in_the_totals(run: Run) -> None:
    words = ("routes", *ON_THE_DAY, "--json", "--ways", "1")
    free = json.loads(run(*words)[1])["ways"][0]
    found = json.loads(run(*words, "--slow", "Torvia=12", "--charge", "QTO=100")[1])
    (way,) = found["ways"]
    assert way["legs"] == free["legs"]
    assert way["days"] == pytest.approx(free["days"] + 0.5)
    assert way["usd"] == pytest.approx(free["usd"] + 100)
    assert found["hindrances"] == [
        {"actor": "QTO", "degree": "slows", "amount": 12.0, "unit": "hours"},
        {"actor": "QTO", "degree": "charges", "amount": 100.0, "unit": "usd"},
    ]
    denied = json.loads(run(*words, "--ration", "QTO=0%")[1])
    assert denied["ways"] == json.loads(run(*words, "--veto", "QTO")[1])["ways"]
    own = json.loads(run(*words, "--slow", "QNO=1000")[1])
    assert own["without_veto"] == ["QNO"]
    assert own["ways"][0] == free


def test_a_volume_is_spread_over_ways(run: Run) -> None:
    words = ("routes", *ON_THE_DAY, "--value-of-time", "urgent", "--volume", "2000")
    found = json.loads(run(*words, "--months", "3", "--json")[1])
    flow = found["flow"]
    assert (flow["teu_a_month"], flow["months"], flow["value_of_time"]) == (2000, 3, 500)
    shares = [way["share"] for way in flow["routes"]]
    assert sum(shares) + flow["share_without_room"] == pytest.approx(1, abs=1e-3)
    assert flow["teu_without_room"] == pytest.approx(6000 * flow["share_without_room"], abs=1)
    assert set(flow["by_capacity"]) == {"low", "typical", "high"}
    assert flow["bottlenecks"]
    for full in flow["bottlenecks"]:
        assert (full["leg_id"] is None) != (full["node_id"] is None)
        assert full["capacity_id"]
    assert sum(way["share"] for way in flow["logit"]["routes"]) == pytest.approx(1, abs=1e-3)
    text = run(*words)[1]
    assert "2,000 TEU a month" in text
    assert "find no room" in text
    assert "By logit" in text
    assert json.loads(run("routes", *ON_THE_DAY, "--json")[1])["flow"] is None


def test_leverage_tells_degrees(run: Run, dossier: Dossier) -> None:
    words = ("leverage", *ON_THE_DAY, "--degrees", "--volume", "3000", "--slow", "QVE=10")
    found = json.loads(run(*words, "--ration", "QTO=5lorries", "--json")[1])["degrees"]
    presets = [preset.label for preset in dossier.document.leverage_presets]
    labels = ["QVE + QTO", *(label for label in presets for _ in range(3))]
    assert [row["label"] for row in found["rows"]] == labels
    assert found["rows"][0]["hindrances"][1]["unit"] == "lorries"
    assert found["free"]["flow"]["routes"]
    for row in found["rows"]:
        losses = [row["box"]["generalised_loss"]]
        assert all(loss is None or loss >= 0 for loss in losses)
        assert set(row["flow"]["loss_by_capacity"]) == {"low", "typical", "high"}
    text = run(*words)[1]
    assert "rations to 50%" in text
    assert "one box: days" in text
    plain = json.loads(run("leverage", *ON_THE_DAY, "--json")[1])
    assert plain["degrees"] is None
    alone = json.loads(run("leverage", *ON_THE_DAY, "--charge", "QVE=50", "--json")[1])["degrees"]
    assert "flow" not in alone["rows"][0]
    assert alone["free"]["flow"] is None


def test_broken_data_is_said(run: Run, copy_of_data: Any) -> None:
    (copy_of_data / "legs.csv").write_bytes(b"")
    status, out, err = run("routes", "SU_PORT", "NO_PORT", "--data", str(copy_of_data))
    assert status == 1
    assert out == ""
    assert "entente check" in err
