"""`python -m entente claim`: the page's words, and one clear line for what it does not know."""

import json
from functools import partial

import pytest

from entente.dossier.store import Dossier
from entente.record.evidence import state_claim
from tests.conftest import Edit, Run


@pytest.fixture
def run(run: Run) -> Run:
    return partial(run, "claim")


def test_both_faces_on_the_last_day_are_the_default(run: Run, dossier: Dossier) -> None:
    status, out, _ = run("k04", "--json")
    expected = state_claim(dossier.tables, "k04", as_of=dossier.horizon)
    found = json.loads(out)
    assert status == 0
    assert (found["lens"], found["as_of"]) == ("both", "2022-09-30")
    assert (found["document"], found["record"]) == (expected.document, expected.record)
    assert (found["verdict_code"], found["since_edtf"]) == ("overtaken", "2022-02-10")


@pytest.mark.parametrize(
    ("lens", "parts"),
    [
        ("document", ["Document"]),
        ("record", ["Claim", "Record"]),
        ("both", ["Document", "Record"]),
    ],
)
def test_a_lens_shows_its_parts(run: Run, lens: str, parts: list[str]) -> None:
    _, out, _ = run("k04", "--as-of", "2021-06-15", "--lens", lens)
    lines = out.splitlines()
    assert lines[0] == f"k04, as of 15 June 2021, lens: {lens}"
    assert [line.split()[0] for line in lines[1:] if line[0] != " "] == parts


def test_what_each_side_says_stands_below_the_record(run: Run) -> None:
    _, out, _ = run("k06")
    told = out.partition("\nWhat each side says\n")[2]
    assert told.startswith("  Orania, Foreign Minister Ada Orn, 20 June 2021: Orn said")
    assert "(A traveller, no date on the page: https://blog.example/valley)" in " ".join(
        told.split()
    )
    assert "What each side says" not in run("k06", "--lens", "document")[1]
    assert "What each side says" not in run("k06", "--as-of", "2021-06-15")[1]


def test_statements_are_rows_of_the_json(run: Run) -> None:
    found = json.loads(run("k06", "--json")[1])["positions"]
    assert [row["position_id"] for row in found] == ["k06-qor", "k06-author", "k06-qno"]
    assert found[0]["url"] == "https://blog.example/valley"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("k99",), "no claim 'k99'"),
        (("k04", "--as-of", "yesterday"), "unknown date 'yesterday'"),
        (("k04", "--as-of", ""), "unknown date ''"),
        (("k04", "--as-of", "1066-10-14"), "outside the record"),
        (("k04", "--lens", "sideways"), "invalid choice: 'sideways'"),
        ((), "ID"),
    ],
)
def test_what_is_unknown_is_one_line_and_status_2(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_retired_claim_says_what_became_of_it(run: Run, edit: Edit) -> None:
    folder = edit("retired.csv", lambda text: f"{text}claims,k73,2022-02-01,Split into k05.\n")
    status, _, err = run("k73", "--data", str(folder))
    assert status == 2
    assert "claim k73 was retired on 1 February 2022: Split into k05." in err
