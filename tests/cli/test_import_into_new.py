"""The first import into a new dossier takes the place of its example rows, and says so."""

from pathlib import Path

import pytest

from entente.__main__ import main
from entente.intake.plan import MARK
from entente.review import review_folder
from tests.cli.test_new_command import words_of

CLAIMS = """id,paragraph,sentence,claim,kind,theme,hedge,actors,verdict,from,reasoning,sources
c7,1,1,It is so.,forecast,diplomacy,likely,POL,open,2024-05-06,It is ahead.,the-document
"""
EVENTS = """date,title,summary,kind,theme,status,place,lat,lon,in_document,confidence,actors,sources
2024-05-01,A visit,A visit.,visit,diplomacy,occurred,Here,50,20,yes,low,POL,the-document
"""


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(words_of(tmp_path / "new")) == 0
    capsys.readouterr()
    return tmp_path / "new"


def bring(folder: Path, kind: str, text: str) -> int:
    path = folder.parent / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return main(["import", kind, str(path), "--data", str(folder)])


def test_examples_go_with_all_that_hangs_on_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(folder, "events", EVENTS) == 0
    said = "example-month, example-year: examples of a new dossier, replaced by what you import"
    assert said in capsys.readouterr().out
    assert bring(folder, "claims", CLAIMS) == 0
    assert "- c1, c2: examples" in capsys.readouterr().out
    left = {path.stem for path in folder.glob("*.csv") if MARK in path.read_text(encoding="utf-8")}
    assert left == {"events", "scenes", "ties"}  # the place of the publication is still to be told
    assert "example-asserted" not in (folder / "ties.csv").read_text(encoding="utf-8")
    assert "example-documented" in (folder / "ties.csv").read_text(encoding="utf-8")
    assert review_folder(folder) == ()
    assert bring(folder, "claims", CLAIMS) == 0
    assert capsys.readouterr().out == "claims: 0 added, 0 changed, 1 unchanged.\n"


def test_examples_stay_where_an_import_is_at_fault(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.csv")}
    assert bring(folder, "claims", CLAIMS.replace("the-document", "nowhere")) == 1
    assert {path: path.read_bytes() for path in folder.rglob("*.csv")} == before


def test_a_source_beyond_the_horizon_is_told_with_the_remedy(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = "url,publisher,date,tier,language\nhttps://x.example,X,2024-05-07,press,en\n"
    assert bring(folder, "sources", late) == 1
    err = capsys.readouterr().err
    assert "row 2, date = '2024-05-07': Nothing is later than the newest source." in err
    assert "move horizon_edtf of the dataset" in err
