"""The commands about routes: the page's answers, and one clear line for what they do not know."""

import json
from pathlib import Path
from typing import Any

import pytest

from entente.__main__ import main
from entente.dossier.store import Dossier, read_dossier

Run = Any


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    dossier: Dossier,
    data: Path,
) -> Run:
    """Run a command on the dataset, which is read once for all tests."""

    def read(folder: Path) -> Dossier:
        return dossier if folder.resolve() == data.resolve() else read_dossier(folder)

    monkeypatch.setattr("entente.cli.arguments.read_dossier", read)

    def command(*words: str) -> tuple[int, str, str]:
        try:
            status = main(words)
        except SystemExit as left:
            status = int(left.code or 0)
        out = capsys.readouterr()
        return status, out.out, out.err

    return command


UNKNOWN = [
    (("routes", "XX_XXX", "RU_LED"), "unknown place 'XX_XXX'"),
    (("routes", "IN_NSA", "Atlantis"), "unknown place 'Atlantis'"),
    (("routes", "IN_NSA", "IN_NSA"), "two places"),
    (("routes", "IN_NSA", "RU_LED", "--veto", "XYZ"), "unknown actor 'XYZ'"),
    (("routes", "IN_NSA", "RU_LED", "--scenario", "open-sesame"), "unknown scenario"),
    (("routes", "IN_NSA", "RU_LED", "--as-of", "yesterday"), "unknown date 'yesterday'"),
    (("routes", "IN_NSA", "RU_LED", "--as-of", "2025-02-30"), "unknown date"),
    (("routes", "IN_NSA", "RU_LED", "--as-of", "2031-01-01"), "outside the record"),
    (("routes", "IN_NSA", "RU_LED", "--by", "beauty"), "invalid choice: 'beauty'"),
    (("routes", "IN_NSA"), "TO"),
    (("leverage", "IN_NSA", "Nowhere"), "unknown place"),
    (("leverage", "IN_NSA", "RU_LED", "--together", "TUR", "Ruritania"), "unknown actor"),
    (("leverage", "", "RU_LED"), "unknown place ''"),
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
    status, _, err = run("routes", "Astara", "Moscow")
    assert status == 2
    assert "IR_AST" in err
    assert "AZ_AST" in err


@pytest.mark.parametrize("word", ["IN_NSA", "in_nsa", "Nhava Sheva (JNPA)", "nhava sheva", "JNPA"])
def test_places_go_by_id_or_name(run: Run, word: str) -> None:
    _, out, _ = run("routes", word, "St Petersburg", "--json")
    assert json.loads(out)["from"] == "IN_NSA"
    assert json.loads(out)["to"] == "RU_LED"


def test_accents_and_case_do_not_matter(run: Run) -> None:
    assert json.loads(run("routes", "igdir", "kars", "--json")[1])["from"] == "TR_IGD"


def test_routes_as_json(run: Run) -> None:
    status, out, _ = run("routes", "IN_NSA", "RU_LED", "--as-of", "2025-04-10", "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["as_of"], found["by"], found["cut"]) == ("2025-04-10", "time", None)
    days = [way["days"] for way in found["ways"]]
    assert days == sorted(days)
    for way in found["ways"]:
        assert way["nodes"][0] == "IN_NSA"
        assert way["nodes"][-1] == "RU_LED"
        assert len(way["legs"]) == len(way["nodes"]) - 1


def test_the_last_day_on_record_is_the_default(run: Run) -> None:
    assert json.loads(run("routes", "IN_NSA", "RU_LED", "--json")[1])["as_of"] == "2026-07-01"


def test_scenarios_and_vetoes_can_be_repeated(run: Run) -> None:
    found = json.loads(
        run(
            *("routes", "IN_NSA", "RU_LED", "--json", "--scenario", "close-hormuz"),
            *("--scenario", "close-red-sea", "--veto", "Azerbaijan", "--veto", "IRN"),
        )[1]
    )
    assert found["scenarios"] == ["close-hormuz", "close-red-sea"]
    assert found["vetoes"] == ["AZE", "IRN"]
    assert "CP_CGH" in found["ways"][0]["nodes"]


def test_no_route_is_an_answer_with_its_cut(run: Run) -> None:
    words = ("routes", "IN_NSA", "UZ_TAS", "--veto", "TKM", "--veto", "KAZ")
    status, out, _ = run(*words, "--json")
    found = json.loads(out)
    assert status == 0
    assert found["ways"] == []
    assert len(found["cut"]) >= 1
    for leg in found["cut"]:
        assert leg["is_shut"] or leg["vetoed_by"]
        assert leg["status_code"]
        assert leg["controllers"]
    assert found["restored"]["nodes"][0] == "IN_NSA"
    _, text, _ = run(*words)
    assert "No route." in text
    assert found["cut"][0]["leg_id"] in text


def test_ones_own_trade_is_said(run: Run) -> None:
    status, out, _ = run("routes", "IN_NSA", "RU_LED", "--veto", "RUS")
    assert status == 0
    assert "RUS has no veto" in out


@pytest.mark.parametrize("by", ["time", "cost", "co2e"])
def test_leverage_as_json(run: Run, by: str) -> None:
    words = ("leverage", "IN_NSA", "RU_LED", "--as-of", "2025-04-10", "--by", by, "--json")
    found = json.loads(run(*words, "--together", "TUR", "AZE", "PAK", "IRN", "EGY")[1])
    for row in found["actors"]:
        assert {"veto_loss_days", "veto_loss_usd", "cuts_route", "shapley_days"} <= set(row)
    shares = [row["shapley"] for row in found["actors"] if row["shapley"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(found["shapley"]["grand_loss"], abs=0.01)
    labels = [row["label"] for row in found["coalitions"]]
    assert labels[0] == "TUR + AZE + PAK + IRN + EGY"
    assert labels[1:] == [
        "Ankara alone",
        "Baku alone",
        "Ankara and Baku",
        "Ankara, Baku and Islamabad",
        "Tehran",
        "Moscow",
    ]


def test_leverage_and_routes_agree(run: Run) -> None:
    words = ("IN_NSA", "RU_MOW", "--as-of", "2025-04-10", "--json")
    base = json.loads(run("routes", *words)[1])["ways"][0]["days"]
    without = json.loads(run("routes", *words, "--veto", "IRN")[1])["ways"][0]["days"]
    found = json.loads(run("leverage", *words)[1])
    iran = next(row for row in found["actors"] if row["actor"] == "IRN")
    assert iran["veto_loss_days"] == pytest.approx(without - base)
    assert iran["detour"]["days"] == pytest.approx(without)


def test_leverage_without_a_route_says_what_is_shut(run: Run) -> None:
    status, out, _ = run("leverage", "AZ_AGB", "IN_NSA", "--json")
    found = json.loads(out)
    assert status == 0
    assert found["way"] is None
    assert found["actors"] == []
    assert [leg["leg_id"] for leg in found["cut"]]
    assert "No route" in run("leverage", "AZ_AGB", "IN_NSA")[1]


def test_tables_for_reading(run: Run) -> None:
    _, out, _ = run("leverage", "IN_NSA", "UZ_TAS", "--as-of", "2025-04-10")
    assert "Iran" in out
    assert "Ankara and Baku" in out
    assert "leave no route" in out
    _, out, _ = run("routes", "IN_NSA", "UZ_TAS")
    assert "days, USD" in out
    assert "L" in out


def test_broken_data_is_said(run: Run, copy_of_data: Any) -> None:
    (copy_of_data / "legs.csv").write_bytes(b"")
    status, out, err = run("routes", "IN_NSA", "RU_LED", "--data", str(copy_of_data))
    assert status == 1
    assert out == ""
    assert "entente check" in err
