"""`read`: hashes into the dossier, the text into a sheet outside of it, all or nothing."""

import re
from pathlib import Path

import pytest

from entente.intake.fields import KINDS, simplify
from tests.conftest import Run

TEXT = "\n\n".join(
    ["A title", *[f"Row {n} is told. It is long. It is old. It is odd." for n in range(1, 5)]]
)


@pytest.fixture
def read(run: Run, copy_of_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on a file with some text, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def command(text: str | None, *words: str, name: str = "text.txt") -> tuple[int, str, str]:
        if text is not None:
            Path(name).write_text(text, encoding="utf-8")
        return run("read", name, "--data", copy_of_data, *words)

    return command


def test_what_was_read_is_good(read: Run, run: Run, copy_of_data: Path, tmp_path: Path) -> None:
    text = f"{TEXT}\n\n[1] Thanks."
    status, out, _ = read(text, "--replace")
    assert status == 0
    assert "17 sentences in 4 paragraphs, 1 of them in footnotes; 1 headings left out" in out
    assert "keep it out of the dossier" in out
    assert "Row 3 is told." in (tmp_path / "claims-sheet.csv").read_text(encoding="utf-8")
    assert "told" not in (copy_of_data / "document_sentences.csv").read_text(encoding="utf-8")
    headings = (tmp_path / "claims-sheet.csv").read_text(encoding="utf-8-sig").partition("\n")[0]
    known = KINDS["claims"].aliases
    assert not [one for one in headings.strip().split(",") if simplify(one) not in known]
    assert {"claim_id", "events"} <= set(headings.split(","))
    status, out, _ = run("verify-document", "text.txt", "--data", copy_of_data)
    assert status == 0
    assert "All 17 sentences" in out
    assert run("check", "--data", copy_of_data)[0] == 0


def test_claims_that_lose_their_sentence_are_named(read: Run) -> None:
    _, out, _ = read("Only this. And this.", "--replace")
    assert "Claims without their sentence now, to be corrected: k03, " in out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), "has 10 sentences already: --replace"),
        (("--replace", "--sheet", "data/sheet.csv"), "lies in the dossier"),
        (("--replace", "--sheet", "sheet.ods"), "ends in .csv or .xlsx"),
        (("--replace", "--sheet", "nowhere/sheet.csv"), "there is no folder nowhere"),
        (("--replace", "--sheet", "there.csv"), "is there already"),
        (("--replace", "--language", "xx"), "unknown language 'xx'"),
    ],
)
def test_a_refusal_is_one_line_and_writes_nothing(
    read: Run, copy_of_data, tmp_path, words, expected
):
    (tmp_path / "there.csv").write_text("mine", encoding="utf-8")
    before = snapshot(tmp_path)
    status, out, err = read(TEXT, *words)
    (tmp_path / "text.txt").unlink()
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert expected in err
    assert snapshot(tmp_path) == before


def test_a_dossier_without_a_key_of_hashes_is_given_one(
    read: Run, run: Run, copy_of_data: Path, tmp_path: Path
) -> None:
    dataset = copy_of_data / "dataset.csv"
    had = dataset.read_text(encoding="utf-8")
    salt = had.strip().rpartition(",")[2]
    dataset.write_text(had.replace(salt, ""), encoding="utf-8")
    (copy_of_data / "document_sentences.csv").unlink()
    assert read(f"{TEXT}\n\n[1] Thanks.")[0] == 0
    now = dataset.read_text(encoding="utf-8")
    new = now.strip().rpartition(",")[2]
    assert re.fullmatch(r"[0-9a-f]{32}", new)
    assert new != salt
    assert now == had.replace(salt, new)
    status, out, _ = run("verify-document", tmp_path / "text.txt", "--data", copy_of_data)
    assert status == 0
    assert "All 17 sentences" in out


def test_a_text_within_the_dossier_is_refused(read: Run) -> None:
    status, _, err = read(TEXT, "--replace", name="data/text.txt")
    assert status == 2
    assert "data/text.txt lies in the dossier" in err


def test_a_folder_that_is_no_dossier_is_refused(run: Run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_text(TEXT, encoding="utf-8")
    Path("empty").mkdir()
    for folder, expected in (("empty", "has no sentence_salt"), ("none", "there is no folder")):
        status, _, err = run("read", "text.txt", "--data", folder)
        assert status == 2
        assert expected in err
    assert not Path("claims-sheet.csv").exists()


def test_a_table_that_cannot_be_written_leaves_no_sheet(read: Run, tmp_path, monkeypatch) -> None:
    from entente.export.files.writing import write_whole

    def fail(path: Path, content: bytes) -> None:
        if path.name == "document_sentences.csv":
            raise OSError("the disk is full")
        write_whole(path, content)

    monkeypatch.setattr("entente.intake.sentences.write_whole", fail)
    status, _, err = read(TEXT, "--replace")
    assert status == 2
    assert "nothing was written: the disk is full" in err
    assert not (tmp_path / "claims-sheet.csv").exists()


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
