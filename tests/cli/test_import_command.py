"""`import`: rows of one's own are added and changed, or every fault is told and nothing written."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from entente.__main__ import main
from entente.check.faults import Fault
from entente.intake.fields import KINDS, Kind
from entente.intake.grid import Complaint
from entente.intake.plan import Plan
from entente.review import review_folder
from tests.conftest import Run
from tests.laws import examples

Import = Callable[..., tuple[int, list[str], list[str]]]
KNOWN: dict[frozenset[tuple[str, bytes]], tuple[Fault, ...]] = {}
INTAKE = Path(__file__).resolve().parent.parent / "fixtures" / "intake"
SOURCES = """Where,Publisher,Date,Tier,Language
https://hill.example/one,Hill Post,12 April 2022,Press,english
doi:10.1234/Road,Journal of Roads,April 2022,secondary,fr
"""
WHERE = ("--column", "Where=url")
EVENT = {
    "Date": "12 April 2022", "Title": "Marland opens a bridge", "Summary": "It carries a road.",
    "Kind": "infrastructure", "Theme": "Transport", "Status": "Occurred", "Place": "Mar City",
    "Lat": "40", "Lon": "30.5", "Confidence": "high", "Actors": "Marland; QVE",
    "Sources": "atlas-2019;bank-report-2022", "Claims": "k04",
}  # fmt: skip
CLAIM = {
    "Paragraph": "1", "Sentence": "1", "Claim": "Marland is glad.", "Kind": "Characterisation",
    "Theme": "Diplomacy", "Hedge": "Asserted", "Actors": "Marland", "Verdict": "Supported",
    "From": "1 July 2021", "Reasoning": "It said so.", "Sources": "comment-2021-06-15",
    "Undrawn reason": "A mood.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _check_each_state_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each state of a folder is checked once in all these tests, which are many."""

    def check(folder: Path) -> tuple[Fault, ...]:
        state = frozenset(snapshot(folder).items())
        if state not in KNOWN:
            KNOWN[state] = review_folder(folder)
        return KNOWN[state]

    monkeypatch.setattr("entente.intake.apply.review_folder", check)


@pytest.fixture
def run(run: Run, copy_of_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Run the command on a table; its status, and the lines that it wrote."""
    monkeypatch.chdir(tmp_path)

    def command(kind: str, content: str | Path, *words: str) -> tuple[int, list[str], list[str]]:
        path = content if isinstance(content, Path) else Path("mine.csv")
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        status, out, err = run("import", kind, path, "--data", copy_of_data, *words)
        return status, out.splitlines(), err.splitlines()

    return command


def table(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(folder: Path, name: str, **wanted: str) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text(encoding="utf-8")))
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def changed(before: dict[str, bytes], folder: Path) -> set[str]:
    after = snapshot(folder)
    return {name for name in before | after if before.get(name) != after.get(name)}


def test_sources_are_added_once(run: Import, copy_of_data: Path) -> None:
    before = snapshot(copy_of_data)
    dry = run("sources", SOURCES, *WHERE, "--dry-run")
    assert not changed(before, copy_of_data)
    wet = run("sources", SOURCES, *WHERE)
    assert wet == (0, ["+ hill-post-2022-04-12 (row 2)", "+ journal-of-roads-2022-04 (row 3)",
                       "sources: 2 added, 0 changed, 0 unchanged."], [])  # fmt: skip
    assert dry[1][:2] == wet[1][:2]
    assert "nothing was written" in dry[1][2]
    assert changed(before, copy_of_data) == {"sources.csv"}
    text = (copy_of_data / "sources.csv").read_text(encoding="utf-8")
    assert text.startswith(before["sources.csv"].decode())
    assert text.endswith(
        "hill-post-2022-04-12,https://hill.example/one,Hill Post,2022-04-12,press,,en,,,\n"
        "journal-of-roads-2022-04,https://doi.org/10.1234/road,Journal of Roads,2022-04,secondary,"
        ",fr,,,\n"
    )
    after = snapshot(copy_of_data)
    assert run("sources", SOURCES, *WHERE)[1] == ["sources: 0 added, 0 changed, 2 unchanged."]
    renewed = SOURCES.replace("Press", "agency").replace("https://hill", "http://www.Hill")
    assert not changed(after, copy_of_data)
    assert run("sources", renewed, *WHERE)[1] == [
        "~ hill-post-2022-04-12 (row 2): tier_code",
        "sources: 0 added, 1 changed, 1 unchanged.",
    ]
    assert main(["check", "--data", str(copy_of_data)]) == 0


@pytest.mark.parametrize(
    ("name", "words", "added"),
    [
        ("sources.bib", ("--default", "language=en"),
         ["orn2022", "doe2021", "pre2021"]),
        ("sources.ris", (), ["one", "two"]),
        ("sources.json", (), ["one", "two"]),
    ],
)  # fmt: skip
def test_bibliographies_are_added_once(run: Import, copy_of_data, name, words, added) -> None:
    words = (*words, "--default", "tier=Secondary")
    status, out, err = run("sources", INTAKE / name, *words)
    assert (status, err) == (0, [])
    assert [line.split()[1] for line in out[:-1]] == added
    assert all(read(copy_of_data, "sources", source_id=one, tier_code="secondary") for one in added)
    assert (
        f"0 added, 0 changed, {len(added)} unchanged" in run("sources", INTAKE / name, *words)[1][0]
    )


def test_a_key_that_is_the_id_of_another_source_is_told(run: Import, copy_of_data: Path) -> None:
    taken = "@misc{atlas-2019, url={https://x.example}, publisher={X}, year=2020, langid={en}}"
    Path("mine.bib").write_text(taken, encoding="utf-8")
    words = (Path("mine.bib"), "--default", "tier=press")
    before = snapshot(copy_of_data)
    status, _, err = run("sources", *words)
    assert status == 1
    assert "line 1 (atlas-2019), key = 'atlas-2019': Another source has this id." in err[0]
    assert not changed(before, copy_of_data)
    assert run("sources", *words, "--column", "key=source_id")[0] == 0
    assert read(copy_of_data, "sources", source_id="atlas-2019", url="https://x.example")


def test_what_a_bibliography_does_not_give_is_told_once_for_all_entries(
    run: Import, copy_of_data
) -> None:
    before = snapshot(copy_of_data)
    status, out, err = run("sources", INTAKE / "sources.bib")
    assert (status, out) == (1, [])
    places = "line 4 (orn2022), line 7 (doe2021), line 10 (pre2021)"
    assert f"{places}, tier_code: This column is required." in "\n".join(err)
    assert "line 10 (pre2021), language_code: This column is required." in "\n".join(err)
    assert "--default tier_code=VALUE" in "\n".join(err)
    assert err[-1].startswith("4 faults in ")
    assert not changed(before, copy_of_data)


def test_events_fill_their_link_tables(run: Import, copy_of_data: Path) -> None:
    before = snapshot(copy_of_data)
    status, out, err = run("events", table(EVENT))
    assert (status, err) == (0, [])
    assert out[0] == "+ marland-opens-a-bridge (row 2)"
    links = {"event_actors", "event_sources", "event_claims"}
    assert changed(before, copy_of_data) == {f"{name}.csv" for name in {"events", *links}}
    (event,) = read(copy_of_data, "events", event_id="marland-opens-a-bridge")
    assert (event["date_edtf"], event["kind_code"], event["is_in_document"]) == (
        "2022-04-12", "infrastructure", "false",
    )  # fmt: skip
    actors = read(copy_of_data, "event_actors", event_id="marland-opens-a-bridge")
    assert [row["actor_id"] for row in actors] == ["QMA", "QVE"]
    _, out, _ = run("events", table({**EVENT, "Actors": "QVE; QOR", "Place": ""}))
    assert out[0] == "~ marland-opens-a-bridge (row 2): actors"
    actors = read(copy_of_data, "event_actors", event_id="marland-opens-a-bridge")
    assert [row["actor_id"] for row in actors] == ["QVE", "QOR"]


def test_claims_bring_verdicts_and_are_numbered_in_the_style_of_the_dossier(
    run, copy_of_data
) -> None:
    blank = {"Paragraph": "1", "Sentence": "2"}
    status, out, err = run("claims", table(CLAIM, {}, blank))
    assert (status, err) == (0, [])
    assert out == ["+ k16 (row 2)", "claims: 1 added, 0 changed, 0 unchanged."]
    (verdict,) = read(copy_of_data, "assessments", claim_id="k16")
    assert (verdict["assessment_id"], verdict["from_edtf"]) == ("k16-1", "2021-07-01")
    assert read(copy_of_data, "assessment_sources", assessment_id="k16-1")
    assert read(copy_of_data, "claim_actors", claim_id="k16", actor_id="QMA")
    later = {**CLAIM, "Verdict": "contested", "From": "2021-09", "Reasoning": "It said otherwise."}
    assert (
        run("claims", table(CLAIM, later))[1][0]
        == "~ k16 (row 2): from_edtf, reasoning, sources, verdict_code"
    )
    verdicts = read(copy_of_data, "assessments", claim_id="k16")
    assert [row["verdict_code"] for row in verdicts] == ["supported", "contested"]
    assert run("claims", table(CLAIM, later))[1] == ["claims: 0 added, 0 changed, 1 unchanged."]


def test_a_sheet_that_was_read_and_filled_in_can_be_imported(
    run: Import, copy_of_data, capsys
) -> None:
    text = "\n\n".join("It is one. It is two. It is three. It is four." for _ in range(4))
    Path("text.txt").write_text(f"{text}\n\n[1] Thanks.", encoding="utf-8")
    assert main(["read", "text.txt", "--data", str(copy_of_data), "--replace"]) == 0
    capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(Path("claims-sheet.csv").read_text("utf-8-sig"))))
    filled = {"claim": "Marland is two.", "kind": "forecast", "theme": "energy", "hedge": "likely",
              "actors": "QMA", "verdict": "open", "from": "2021-06-15", "reasoning": "Ahead.",
              "sources": "comment-2021-06-15"}  # fmt: skip
    (row,) = [one for one in rows if one["text"] == "It is two." and one["paragraph"] == "3"]
    row.update(filled)
    status, out, err = run("claims", table(*rows))
    assert (status, err, out[-1]) == (0, [], "claims: 1 added, 0 changed, 0 unchanged.")
    assert read(copy_of_data, "claims", claim_id="k16", paragraph="3", sentence="2")


def test_every_fault_is_told_with_row_and_column_of_the_file(
    run: Import, copy_of_data: Path
) -> None:
    before = snapshot(copy_of_data)
    wrong = {
        **EVENT, "Date": "spring 2024", "Title": "A <b>bridge</b>", "Kind": "Bridge",
        "Lat": "north", "Actors": "Marland;Atlantis", "Sources": "nowhere", "Colour": "red",
    }  # fmt: skip
    status, out, err = run("events", table(EVENT, wrong, {**EVENT, "Title": "B", "Actors": ""}))
    assert (status, out) == (1, [])
    text = "\n".join(err)
    for part in (
        "mine.csv: Colour: It is no column of events. Say which with --column 'Colour=NAME'",
        "row 3, Date = 'spring 2024': Dates are EDTF and exist. For spring 2024 write 2024-21",
        "row 3, Title = 'A <b>bridge</b>': Text holds no tags",
        "row 3, Kind = 'Bridge': The cell holds one of the codes",
        "row 3, Lat = 'north': The cell holds a plain decimal number.",
        "row 3, Actors = 'Marland;Atlantis': The cell holds one of the codes",
        "row 3, Sources = 'nowhere': Every id refers to a row.",
        "row 4, Actors: Every event and claim has an actor.",
    ):
        assert part in text, part
    assert err[-1] == "8 faults in mine.csv: nothing was written"
    assert not changed(before, copy_of_data)


def test_a_row_in_other_words_is_asked_about(run: Import) -> None:
    run("events", table(EVENT))
    moved = {**EVENT, "Date": "2022-05"}
    status, _, err = run("events", table(moved))
    assert status == 1
    assert "row 2, Title = 'Marland opens a bridge': It may be marland-opens-a-bridge" in err[0]
    assert (
        run("events", table(EVENT, {**moved, "Id": "new"}))[1][0]
        == "+ marland-opens-a-bridge-2 (row 3)"
    )
    given = {**EVENT, "Date": "2022-06", "Id": "marland-opens-a-bridge"}
    assert run("events", table(given))[1][0] == "~ marland-opens-a-bridge (row 2): date_edtf"


def test_rows_of_one_thing_that_disagree_are_told(run: Import) -> None:
    status, _, err = run("events", table(EVENT, {**EVENT, "Place": "Oran City"}))
    assert status == 1
    assert (
        "row 3, Place = 'Oran City': Rows about the same thing agree: row 2 has 'Mar City'."
        in err[0]
    )
    apart = [{**EVENT, "Id": "here"}, {**EVENT, "Id": "there", "Place": "Oran City"}]
    assert run("events", table(*apart))[1][:2] == ["+ here (row 2)", "+ there (row 3)"]


def test_another_id_for_what_the_dossier_has_is_told(run: Import) -> None:
    row = {
        "id": "mine",
        "url": "https://atlas.example/2019",
        "publisher": "Atlas",
        "tier": "press",
        "language": "en",
    }
    status, _, err = run("sources", table(row))
    assert status == 1
    assert "row 2, id = 'mine': The dossier has it as atlas-2019." in err[0]


def test_a_mapping_file_says_columns_and_defaults(run: Import, copy_of_data: Path) -> None:
    Path("map.toml").write_text(
        '[columns]\nWhere = "url"\nLanguage = ""\n[defaults]\nlanguage = "French"\n', "utf-8"
    )
    assert run("sources", SOURCES, "--mapping", "map.toml")[0] == 0
    assert read(copy_of_data, "sources", url="https://hill.example/one", language_code="fr")


def test_a_workbook_is_imported_as_a_table_is(run: Import, copy_of_data: Path) -> None:
    book = Workbook()
    for row in csv.reader(io.StringIO(SOURCES)):
        book.active.append(row)
    book.save("mine.xlsx")
    assert run("sources", Path("mine.xlsx"), *WHERE)[1][-1].startswith("sources: 2 added")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--column", "Where"), "'Where' is no pair: write NAME=VALUE"),
        (("--column", "Where=link"), "there is no column 'link' for sources, only source_id, url"),
        (("--column", "There=url"), "the file has no column 'there', only Where, Publisher"),
        (("--default", "colour=red"), "there is no column 'colour'"),
        (("--default", "tier=Bogus"), "--default tier=Bogus: The cell holds one of the codes"),
        (("--mapping", "none.toml"), "there is no file none.toml"),
        (("--mapping", "mine.csv"), "mine.csv is not sound TOML"),
    ],
)
def test_misuse_is_one_line_and_status_2(run: Import, copy_of_data: Path, words, expected) -> None:
    before = snapshot(copy_of_data)
    status, out, err = run("sources", SOURCES, *words)
    assert (status, out, len(err)) == (2, [], 1)
    assert expected in err[0]
    assert not changed(before, copy_of_data)


def test_a_folder_that_is_no_dossier_is_refused(tmp_path: Path, capsys) -> None:
    assert main(["import", "sources", "x.csv", "--data", str(tmp_path)]) == 2
    assert "is no dossier" in capsys.readouterr().err


def test_a_fault_that_was_there_before_does_not_forbid_an_import(
    run: Import, copy_of_data: Path
) -> None:
    path = copy_of_data / "claims.csv"
    path.write_text(path.read_text("utf-8").replace("k01,1,1,", "k01,1,99,"), "utf-8")
    assert run("sources", SOURCES, *WHERE)[0] == 0
    assert run("events", table({**EVENT, "Actors": ""}))[0] == 1


def test_contested_words_are_found_before_anything_is_written(
    run: Import, copy_of_data: Path
) -> None:
    status, _, err = run("events", table({**EVENT, "Summary": "It is in the free valley."}))
    assert status == 1
    assert "row 2, Summary" in err[0]


def test_when_a_table_cannot_be_written_the_others_are_put_back(
    run: Import, copy_of_data, monkeypatch
) -> None:
    from entente.export.files.writing import write_whole

    done: list[str] = []

    def fail(path: Path, content: bytes) -> None:
        if len(done) == 2:
            done.append("failed")
            raise OSError("the disk is full")
        done.append(path.name)
        write_whole(path, content)

    monkeypatch.setattr("entente.intake.apply.write_whole", fail)
    before = snapshot(copy_of_data)
    status, _, err = run("events", table(EVENT))
    assert (status, err) == (
        2,
        ["python -m entente import events: nothing was written: the disk is full"],
    )
    assert done[2] == "failed"
    assert not changed(before, copy_of_data)


def test_tables_without_a_file_are_begun(run: Import, copy_of_data: Path) -> None:
    for name in ("event_names", "event_claims"):
        (copy_of_data / f"{name}.csv").unlink()
    assert run("events", table({**EVENT, "Short name": "Bridge", "Claims": ""}))[0] == 0
    assert read(copy_of_data, "event_names") == [
        {"event_id": "marland-opens-a-bridge", "name": "Bridge"}
    ]


CELLS = st.one_of(
    st.sampled_from(
        [*EVENT.values(), *CLAIM.values(), "", "new", "k01", "relations", "atlas-2019", "QMA;QMA",
         ";", "https://a.example", "spring 2024", "=1+1", "<b>", "\u202e", "1e9", "-1", "..",
         "2025/2024"]
    ),
    st.text(max_size=12),
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, str]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    names = draw(
        st.lists(st.sampled_from(sorted(KINDS[kind].aliases)), min_size=1, max_size=20, unique=True)
    )
    rows = draw(st.lists(st.lists(CELLS, max_size=len(names) + 1), max_size=4))
    out = io.StringIO()
    csv.writer(out).writerows([names, *rows])
    return kind, out.getvalue()


@pytest.fixture(scope="module")
def one_copy(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(data, tmp_path_factory.mktemp("import") / "data"))


SLOW_CHECK = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=examples(6),
)
NO_CHECK = settings(SLOW_CHECK, max_examples=examples(100))


@SLOW_CHECK
@given(tables())
def test_any_table_is_imported_cleanly_or_told_to_be_at_fault(one_copy, tmp_path, capsys, drawn):
    kind, text = drawn
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    before = snapshot(one_copy)
    if main(["import", kind, str(path), "--data", str(one_copy)]):
        assert capsys.readouterr().err
        assert not changed(before, one_copy)
    else:
        assert main(["check", "--data", str(one_copy)]) == 0


@pytest.mark.slow
@NO_CHECK
@given(tables())
def test_any_table_that_passed_would_change_nothing_again(one_copy, tmp_path, monkeypatch, drawn):
    kind, text = drawn
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    before = snapshot(one_copy)
    words = ["import", kind, str(path), "--data", str(one_copy)]
    monkeypatch.setattr("entente.cli.import_tables.check_plan", find_empty_cells)
    try:
        if main(words):
            assert not changed(before, one_copy)
            return
        after = snapshot(one_copy)
        assert main(words) == 0
        assert not changed(after, one_copy)
    finally:
        for name, content in before.items():
            (one_copy / name).write_bytes(content)


def find_empty_cells(folder: Path, plan: Plan, kind: Kind, headings: object) -> list[Complaint]:
    """Only what the whole check never lets pass: rows without what tells them from others."""
    rows = [line.cells for line in plan.tables[kind.table]]
    bare = any(not row[name] for row in rows for name in kind.natural)
    return [Complaint(rule="Rows can be told apart.", remedy="Fill the cell.")] if bare else []
