"""A new dossier passes the check at once, or nothing is written and every fault is said."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from entente.__main__ import main
from entente.address.pages import list_pages
from entente.build.new_dossier import list_states
from entente.check.contract import TABLES
from entente.dossier.store import Dossier, read_dossier
from entente.dossier.versions import read_change_log
from entente.review import review_folder
from tests.hostile import STRINGS
from tests.laws import examples

ANSWERS = {
    "--title": ["A comment on three states"],
    "--publisher": ["An Institute"],
    "--short-name": ["Institute"],
    "--day": ["2024-05-06"],
    "--url": ["https://institute.example/comment"],
    "--states": ["Poland", "ROU", "bulgaria"],
}
NETWORK = {"--terminals": ["IN_NSA", "St Petersburg"]}


def words_of(folder: Path, **changed: list[str]) -> list[str]:
    answers = ANSWERS | {f"--{name.replace('_', '-')}": value for name, value in changed.items()}
    return ["new", str(folder), *(word for name, own in answers.items() for word in [name, *own])]


def make(folder: Path, **changed: list[str]) -> Dossier:
    assert main(words_of(folder, **changed)) == 0
    return read_dossier(folder)


def test_a_new_dossier_is_sound_and_has_something_of_everything(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    made = make(folder, rival=["Hungary"])
    assert review_folder(folder) == ()
    rows = {name: len(made[name]) for name in ("claims", "events", "ties", "legs")}
    assert rows == {"claims": 2, "events": 3, "ties": 2, "legs": 0}
    assert [page.code for page in list_pages(made)] == [
        *("briefing", "alliance_map", "timeline", "claims", "data")
    ]
    assert list(made["actors"]["label"]) == ["Poland", "Romania", "Bulgaria", "Hungary"]
    assert list(made["actors"]["role_code"]) == [*["principal"] * 3, "rival"]
    assert {path.name for path in tmp_path.iterdir()} == {"mine"}


def test_it_can_be_kept_and_has_the_horizon_that_was_given(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    made = make(folder, horizon=["2025-07-08"])
    assert made.horizon.isoformat() == "2025-07-08"
    assert list(read_change_log(folder)) == [made.version]
    assert main(["keep", "--data", str(folder)]) == 0
    assert review_folder(folder) == ()


def test_a_horizon_before_the_document_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words_of(tmp_path / "mine", horizon=["2024-05-05"])) == 2
    assert capsys.readouterr().err.startswith("--horizon '2024-05-05': The newest source is no")


def test_every_page_of_it_has_a_scene(tmp_path: Path) -> None:
    made = make(tmp_path / "mine", terminals=NETWORK["--terminals"])
    with_figures = {page.code for page in list_pages(made)} - {"data"}
    assert set(made["scenes"]["page_code"]) == with_figures
    assert "trade_routes" in with_figures
    assert made.document.default_origin == "IN_NSA"
    assert review_folder(tmp_path / "mine") == ()


def test_what_is_no_fact_says_so(tmp_path: Path) -> None:
    made = make(tmp_path / "mine")
    for table, column in (("claims", "claim"), ("ties", "label"), ("assessments", "note")):
        assert made[table][column].str.startswith("Example, to be replaced").all()
    summaries = made["events"].set_index("event_id")["summary"].drop("publication")
    assert summaries.str.startswith("Example, to be replaced").all()


def test_the_map_can_be_given_a_middle(tmp_path: Path) -> None:
    made = make(tmp_path / "mine", centre=["47.5, 19.1"])
    (view,) = made.document.map_views.values()
    assert view.middle == pytest.approx((19.1, 47.5))
    assert all(view.holds(row.lon, row.lat) for row in made["actors"].itertuples())


def test_its_readme_says_what_each_table_wants(tmp_path: Path) -> None:
    make(tmp_path / "mine")
    text = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    for name, table in TABLES.items():
        assert name in text
        if not name.startswith("codes/"):
            assert table.about in text
            assert all(f"`{column}`" in text for column in table.columns)
    assert "ENTENTE_DATA=. entente serve" in text


def test_all_faults_come_at_once_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = words_of(
        tmp_path / "mine",
        title=["<b>Bold</b>"],
        day=["spring 2024"],
        url=["nowhere"],
        states=["Atlantis", "Poland", "Poland"],
        terminals=["IN_NSA", "Shangri-La"],
    )
    words.remove("An Institute")
    words.remove("--publisher")
    assert main(words) == 2
    *faults, last = capsys.readouterr().err.splitlines()
    assert last == "python -m entente new: 7 faults; nothing was written"
    said = [(fault.partition(":")[0].split(" ")[0]) for fault in faults]
    assert said == [
        *("--title", "--publisher", "--day", "--url", "--states", "--terminals", "--states"),
    ]
    assert "Write 2025-04-10" in faults[2]
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_nearly_right_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words_of(tmp_path / "mine", states=["Polland", "Turkey", "Fiji"])) == 2
    first, second, third, _ = capsys.readouterr().err.splitlines()
    assert first.endswith("Perhaps Poland?")
    assert "Türkiye" in second
    assert third == "--states 'Fiji': unknown state 'Fiji'."


@pytest.mark.parametrize("day", ["2024", "2024-05", "2024-02-30", "0001-01-01", "2024-05-06/.."])
def test_a_day_is_one_exact_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    assert main(words_of(tmp_path / "mine", day=[day])) == 2
    assert capsys.readouterr().err.startswith(f"--day '{day}': ")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    assert main(words_of(tmp_path, day=["soon"])) == 2
    err = capsys.readouterr().err
    assert "is not empty" in err
    assert "--day 'soon'" in err
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_an_empty_folder_and_folders_above_it_may_be_missing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    make(tmp_path / "empty")
    make(tmp_path / "one" / "two")


def test_on_a_terminal_it_asks_until_it_can_use_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(
        (
            *("=1+1", "A comment", "An Institute", "Institute", "essay"),
            *("spring 2024", "2024-05-06"),
            *("https://institute.example", "Poland, Romania", "Poland, Romania, BGR"),
            *("", "", "", ""),
        )
    )
    asked: list[str] = []

    def reply(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("builtins.input", reply)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert main(["new", str(tmp_path / "mine")]) == 0
    assert next(answers, None) is None
    assert len(asked) == len(set(asked)) + 3
    document = read_dossier(tmp_path / "mine").document
    assert (document.title, document.noun) == ("A comment", "essay")


def test_on_a_terminal_nothing_is_asked_where_nothing_is_lacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda question: pytest.fail(f"asked: {question}"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert main(words_of(tmp_path / "mine", day=["soon"])) == 2  # told by the check of answers


def test_states_have_a_name_and_a_place() -> None:
    states = list_states()
    assert len(states) > 130
    assert all(re.fullmatch("[A-Z]{3}", code) for code in states)
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in _points(states))
    assert len({state.label for state in states.values()}) == len(states)


def _points(states: dict) -> list[tuple[float, float]]:
    return [state.point for state in states.values()]


WORDS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=80),
    st.sampled_from(STRINGS),
    st.sampled_from(
        (
            *("تعليق على ثلاث دول", "הערה על שלוש מדינות", "三国について", "Σχόλιο", "ความคิดเห็น"),
            *("{title}", "{supported} of {total}", "{{ 7*7 }}", "x" * 300, "é" * 120, "-", "💬"),
        )
    ),
)


@given(title=WORDS, publisher=WORDS, short_name=st.one_of(WORDS, st.text(max_size=16)))
@example(title="تعليق", publisher="معهد", short_name="معهد")
@example(title="{short-name}", publisher="{publisher}", short_name="{day}")
@settings(max_examples=examples(8))
def test_whatever_is_accepted_passes_the_check(title: str, publisher: str, short_name: str) -> None:
    given = {"title": title, "publisher": publisher, "short-name": short_name}
    words = [f"--{name}={value}" for name, value in given.items()]
    with TemporaryDirectory() as above:
        folder = Path(above) / "mine"
        status = main([*words_of(folder), *words])
        if status == 2:
            assert list(Path(above).iterdir()) == []
            return
        assert status == 0
        assert review_folder(folder) == ()
        assert read_dossier(folder).document.title == " ".join(title.split())
