"""`verify-document` and `sources`, on a dataset whose document is made up."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from entente.record.locators import digest_sentences
from tests.conftest import Run

SALT = "ab" * 16
ALL_GOOD = "All 10 sentences and 15 locators match.\n"
WORDS = ("ash", "beech", "cedar", "elm", "fir", "holly", "larch", "maple", "oak", "pine", "rowan")


def sentence(paragraph: int, number: int) -> str:
    return f"Row {WORDS[paragraph]} has tree {WORDS[number % 11]} at {paragraph}/{number}."


@pytest.fixture
def made_up(copy_of_data: Path) -> tuple[Path, str]:
    """A dataset with the hashes of another text, and that text."""
    places = list(csv.DictReader(io.StringIO(read(copy_of_data, "document_sentences.csv"))))
    paragraphs: dict[int, list[str]] = {}
    for row in places:
        number = int(row["paragraph"])
        paragraphs.setdefault(number, []).append(sentence(number, int(row["sentence"])))
    foot = "¹ " + " ".join(paragraphs.pop(0))
    text = "\n\n".join(["A title", *(" ".join(part) for part in paragraphs.values()), foot])
    digests = digest_sentences(text, salt=SALT)
    lines = ["paragraph,sentence,digest", *(f"{p},{s},{d}" for (p, s), d in digests.items())]
    (copy_of_data / "document_sentences.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    about = read(copy_of_data, "dataset.csv")
    old = next(csv.DictReader(io.StringIO(about)))["sentence_salt"]
    (copy_of_data / "dataset.csv").write_text(about.replace(old, SALT), encoding="utf-8")
    return copy_of_data, text


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


@pytest.fixture
def verify(made_up: tuple[Path, str], tmp_path: Path, run: Run) -> Callable[..., tuple[int, str]]:
    def verify(
        change: Callable[[str], str], *words: str, name: str = "held.txt"
    ) -> tuple[int, str]:
        path = tmp_path / name
        path.write_text(change(made_up[1]), encoding="utf-8")
        return run("verify-document", path, "--data", made_up[0], *words)[:2]

    return verify


def test_the_document_itself_is_good(verify) -> None:
    status, said = verify(lambda text: text)
    assert status == 0
    assert said == ALL_GOOD


def test_a_swap_and_an_edit_are_told_exactly(verify) -> None:
    one, two, third = sentence(1, 2), sentence(2, 1), sentence(3, 3)

    def change(text: str) -> str:
        return text.replace(one, "@").replace(two, one).replace("@", two).replace(third, "New one.")

    status, said = verify(change)
    assert status == 1
    assert said.splitlines() == [
        "paragraph 1, sentence 2: moved to paragraph 2, sentence 1 (k02)",
        "paragraph 2, sentence 1: moved to paragraph 1, sentence 2 (k04, k14, k15)",
        "paragraph 3, sentence 3: changed, another sentence stands there (k10)",
        "Sentences: 7 good, 2 moved, 1 changed, 0 missing, 0 new. "
        "Claims hit: 5 of 15: k02, k04, k14, k15, k10.",
    ]


def test_the_same_as_json(verify) -> None:
    status, said = verify(lambda text: text.replace(sentence(2, 3), ""), "--json")
    found = json.loads(said)
    assert status == 1
    assert found["summary"] == {
        "good": 9,
        "moved": 0,
        "changed": 0,
        "missing": 1,
        "new": 0,
        "claims_hit": ["k06"],
    }
    (gone,) = [row for row in found["sentences"] if row["status"] != "good"]
    assert gone == {
        "paragraph": 2,
        "sentence": 3,
        "status": "missing",
        "now": None,
        "claims": ["k06"],
    }


def test_what_it_prints_holds_no_word_of_the_text(verify) -> None:
    _, said = verify(lambda text: text.replace("Row ash", "Line ash"))
    assert not any(word in said for word in WORDS)


def test_a_page_saved_from_a_browser_will_do(verify) -> None:
    def page(text: str) -> str:
        parts = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        marked = parts.replace("¹", "<sup>1</sup>").replace("tree", "<em>tree</em>")
        menu = "<nav><p>Home. News.</p></nav><p>Cookies are used. Say yes.</p>"
        return f"<!DOCTYPE html><html><head><title>A. B.</title></head><body>{menu}{marked}</body>"

    assert verify(page, name="held.html") == (0, ALL_GOOD)


def test_of_a_page_with_an_article_only_the_article_counts(verify) -> None:
    def page(text: str) -> str:
        parts = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        return f"<html><article>{parts}</article><div><p>Read more. All rights kept.</p></div>"

    assert verify(page, name="held.htm") == (0, ALL_GOOD)


def test_another_text_is_one_line(verify) -> None:
    status, said = verify(lambda text: "Quite another thing.")
    assert status == 1
    assert said == "None of the 10 sentences was found: is this the document?\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "there is no file"),
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not a text file"),
        ("schön".encode("latin-1"), "is not a text file"),
        (b"a " * 1_100_000, "is larger than"),
        ("folder", "is a folder"),
    ],
)
def test_misuse_is_one_line_and_status_2(content, expected, run: Run, tmp_path: Path, data: Path):
    path = tmp_path / "held.txt"
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    status, out, err = run("verify-document", path, "--data", data)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert expected in err


def test_wide_text_with_its_mark_can_be_read(run: Run, made_up, tmp_path: Path) -> None:
    path = tmp_path / "held.txt"
    path.write_text(made_up[1], encoding="utf-16")
    assert run("verify-document", path, "--data", made_up[0])[0] == 0


def test_verdicts_on_one_origin_are_listed(run: Run, dossier) -> None:
    status, said, _ = run("sources", "--one-origin", "--json")
    found = json.loads(said)
    assert status == 0
    assert {row["origin_count"] for row in found["verdicts"]} == {1}
    assert len(found["verdicts"]) == found["verdicts_by_origins"]["1"]
    assert sum(found["verdicts_by_origins"].values()) == len(dossier["assessments"])
    assert sum(found["sources"]["by_tier"].values()) == len(dossier["sources"])
    assert "k04-1" in {row["assessment_id"] for row in found["verdicts"]}


def test_on_an_earlier_day_later_verdicts_and_sources_are_unknown(run: Run, dossier) -> None:
    _, said, _ = run("sources", "--as-of", "2021-06-15", "--json")
    found = json.loads(said)
    assert len(found["verdicts"]) == len(dossier["claims"])
    assert all(row["holds"] for row in found["verdicts"])
    assert found["sources"]["total"] < len(dossier["sources"])


def test_the_list_for_reading_ends_with_the_counts(run: Run) -> None:
    _, said, _ = run("sources", "--one-origin")
    assert "rest on one origin only" in said.splitlines()[-1] + said.splitlines()[-2]
    assert said.startswith("verdict")


@pytest.mark.parametrize("word", ["soon", "1066-10-14"])
def test_a_bad_day_is_one_line_and_status_2(run: Run, word: str) -> None:
    status, out, error = run("sources", "--as-of", word)
    assert (status, out) == (2, "")
    assert error.count("\n") == 1


SAMPLE = ("--sample", "6", "--seed", "7")


def test_a_sheet_holds_what_is_needed_to_check_a_row(run: Run, dossier) -> None:
    status, said, error = run("sources", *SAMPLE)
    assert (status, error) == (0, "")
    assert said == run("sources", *SAMPLE)[1]
    assert said.startswith("# 6 rows to check, seed 7\n")
    assert said.count("\n## ") == 6
    for box in ("- [ ] right", "- [ ] doubtful", "- [ ] wrong", "Finding:"):
        assert said.count(f"{box}\n") == 6
    parts = dict(part.split("\n", 1) for part in said.split("\n## ")[1:])
    (verdict,) = [words for title, words in parts.items() if "Verdict" in title]
    (title,) = [title for title in parts if "Verdict" in title]
    row = dossier["assessments"].set_index("assessment_id").loc[title.split()[-1]]
    assert row["note"] in verdict
    links = dossier["assessment_sources"]
    cited = links.loc[links["assessment_id"] == row.name, "source_id"]
    for source in dossier["sources"].set_index("source_id").loc[cited].itertuples():
        assert f"- {source.publisher}, " in verdict
        assert f"<{source.url}>" in verdict


def test_a_sheet_of_everything_can_be_written(run: Run, dossier) -> None:
    names = ("assessments", "events", "leg_statuses", "rates")
    total = sum(len(dossier[name]) for name in names)
    status, said, _ = run("sources", "--sample", str(total), "--seed", "0")
    assert status == 0
    assert said.count("\n## ") == total


@pytest.mark.parametrize(
    "words",
    [
        ("--sample", "0", "--seed", "1"),
        ("--sample", "-3", "--seed", "1"),
        ("--sample", "99999", "--seed", "1"),
        ("--sample", "4"),
        ("--seed", "4"),
        (*SAMPLE, "--json"),
        (*SAMPLE, "--one-origin"),
        (*SAMPLE, "--as-of", "2021-09-01"),
    ],
)
def test_a_draw_that_cannot_be_is_one_line_and_status_2(run: Run, words: tuple[str, ...]) -> None:
    status, out, error = run("sources", *words)
    assert (status, out) == (2, "")
    assert error.count("\n") == 1


@pytest.mark.parametrize("words", [("--sample", "few", "--seed", "1"), ("--sample",)])
def test_a_number_that_is_none_is_one_line_and_status_2(run: Run, words: tuple[str, ...]) -> None:
    status, _, error = run("sources", *words)
    assert (status, error.count("\n")) == (2, 1)
