"""Versions on the pages: what changed between two, and what an older address is told."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from entente.check.contract import TABLES
from entente.datapage.changes import compare_versions
from entente.datapage.differences import list_cells, select_table
from entente.datapage.older_addresses import ROOTS, list_tables
from entente.dossier.archive import pack, unpack
from entente.dossier.store import Dossier, read_dossier
from entente.dossier.versions import CURRENT, kept_file, read_version, read_version_number
from entente.export.files.writing import rows_csv
from tests.app.conftest import Open
from tests.app.test_every_page import PAGES, text_of
from tests.conftest import SMALL
from tests.matrix import mostly_slow
from tests.opening import open_folds

NOW = read_version_number(read_version(SMALL, CURRENT))


@pytest.fixture
def own(copy_of_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset whose kept version 1.0.0 differs from it in three rows, all of them known."""
    monkeypatch.setenv("ENTENTE_DATA", str(copy_of_data))
    tables = {
        f"{name}.csv": (copy_of_data / f"{name}.csv").read_bytes()
        for name in TABLES
        if name != "terms"
    }
    about = (copy_of_data / "dataset.csv").read_text("utf-8").replace(f",{NOW},", ",1.0.0,")
    tables["dataset.csv"] = about.encode("utf-8")
    verdicts = tables["assessments.csv"].decode("utf-8").splitlines()
    place = next(n for n, line in enumerate(verdicts) if line.startswith("k04-1,"))
    verdicts[place] = 'k04-1,k04,2021-06-15,contested,"<b>Older</b> words."'
    tables["assessments.csv"] = ("\n".join(verdicts) + "\n").encode("utf-8")
    header, _, *rest = tables["ties.csv"].splitlines(keepends=True)
    tables["ties.csv"] = header + b"".join(rest)
    for kept in (copy_of_data / "versions").glob("*.zip"):
        kept.unlink()
    kept_file(copy_of_data, "1.0.0").write_bytes(pack(tables))
    return copy_of_data


def told(app: Any) -> str:
    return next((e.proto.body for e in app.get("html") if "About this address" in e.proto.body), "")


# The data page -------------------------------------------------------------------------------


def test_the_page_lists_versions_and_what_changed(open_page: Open, own: Path) -> None:
    text = text_of(open_folds(open_page("data")))
    for version in ("1.0.0", NOW):
        assert f'<th scope="row">{version}</th>' in text
    assert f"From 1.0.0 to {NOW}:" in text
    assert ">assessments</a>" in text
    assert "new table" in text


def test_rows_of_a_table_stand_before_and_after(open_page: Open, own: Path) -> None:
    text = text_of(open_page("data", rows="assessments"))
    assert "in assessments: 1 row changed" in text
    assert '<th scope="row">k04-1</th>' in text
    assert "<del>contested</del>" in text
    assert "<ins>supported</ins>" in text
    assert "<b>Older" not in text
    assert "&lt;b&gt;" in text


def test_versions_can_be_compared_the_other_way_round(open_page: Open, own: Path) -> None:
    text = text_of(open_page("data", old=NOW, new="1.0.0", rows="terms"))
    assert "in terms:" in text
    assert "1 table removed" in text


def test_a_version_with_itself_says_nothing_changed(open_page: Open, own: Path) -> None:
    app = open_page("data", old="1.0.0", new="1.0.0")
    assert "nothing changed" in text_of(app)
    assert "download-changes" not in [button.key for button in app.get("download_button")]


@pytest.mark.parametrize("given", ["9.9.9", "../../etc/passwd", "<b>", ""])
def test_a_version_that_is_not_kept_is_a_notice(open_page: Open, own: Path, given: str) -> None:
    app = open_page("data", old=given)
    assert not app.exception
    assert "is unknown for “old”" in told(app)
    assert "<b>" not in told(app)


def test_a_kept_version_that_cannot_be_read_is_said(open_page: Open, own: Path) -> None:
    kept_file(own, "1.0.0").write_bytes(b"PK nonsense")
    app = open_folds(open_page("data"))
    assert not app.exception
    assert "can’t be compared at the moment" in text_of(app)
    assert "cannot be read now" in told(open_page("claims", d="1.0.0"))


def test_the_changes_as_a_file(own: Path) -> None:
    found = compare_versions(read_dossier(own), older="1.0.0", newer=NOW)
    own_lines = rows_csv(list_cells(select_table(found, "assessments")))
    lines = pd.read_csv(io.BytesIO(own_lines))
    assert lines["row"].tolist() == ["k04-1", "k04-1"]
    assert lines["column"].tolist() == ["verdict_code", "note"]
    everything = pd.read_csv(io.BytesIO(rows_csv(list_cells(found))))
    assert {"assessments", "ties", "terms", "dataset"} == set(everything["table"])


def test_what_changed_is_found_once(own: Path) -> None:
    dossier = read_dossier(own)
    asked = {"older": "1.0.0", "newer": NOW}
    assert compare_versions(dossier, **asked) is compare_versions(dossier, **asked)


def test_an_older_version_can_be_taken_away(open_page: Open, data: Path) -> None:
    assert "Download the tables of 1.0.0 (zip)" in [
        button.label for button in open_folds(open_page("data")).get("download_button")
    ]
    assert {"claims.csv", "dataset.csv"} <= set(unpack(kept_file(data, "1.0.0").read_bytes()))
    assert zipfile.is_zipfile(kept_file(data, "1.0.0"))


def test_versions_stay_chosen_when_their_part_is_shut(open_page: Open, own: Path) -> None:
    app = open_page("data", old=NOW, new="1.0.0")
    assert "From version" in [box.label for box in app.selectbox]
    app.session_state["fold-compare"] = False
    app.run()
    assert "From version" not in [box.label for box in app.selectbox]
    assert app.query_params["old"] == NOW
    assert app.query_params["new"] == "1.0.0"


# Older addresses -----------------------------------------------------------------------------


def test_an_older_address_is_told_what_changed_for_its_pick(open_page: Open, own: Path) -> None:
    said = told(open_page("claims", d="1.0.0", pick="k04"))
    assert f"made with dataset 1.0.0; in {NOW}, which you are looking at" in said
    assert "k04 has 1 row of assessments changed (verdict_code, note)" in said
    assert f'href="data?old=1.0.0&amp;new={NOW}&amp;rows=assessments#changes"' in said


def test_an_older_address_is_told_that_nothing_changed(open_page: Open, own: Path) -> None:
    assert "nothing has changed for k03." in told(open_page("claims", d="1.0.0", pick="k03"))
    assert "no row behind this page has changed." in told(open_page("timeline", d="1.0.0"))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("claims", "rows behind this page differ: 1 changed."),
        ("briefing", "rows behind this page differ: 1 changed."),
        ("alliance_map", "rows behind this page differ: 1 added."),
        ("data", "no row behind this page has changed."),
    ],
)
def test_an_older_address_without_a_pick_is_told_how_many_rows(
    open_page: Open, own: Path, page: str, said: str
) -> None:
    assert said in told(open_page(page, d="1.0.0"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("9.9.9", "names dataset 9.9.9, which is newer than any known here"),
        ("0.3.0", "names dataset 0.3.0, which was never released"),
        ("junk", "“junk” is not a version of the dataset"),
        ("../1.0.0", "is not a version of the dataset"),
        ("<img src=x>", "is not a version of the dataset"),
        ("1" * 300, "is not a version of the dataset"),
    ],
)
@pytest.mark.parametrize("page", mostly_slow(PAGES, "briefing", "claims"))
def test_an_address_of_no_known_version_says_so(
    open_page: Open, page: str, given: str, said: str
) -> None:
    app = open_page(page, d=given)
    assert not app.exception
    assert said in told(app)
    assert "you are looking at" in told(app)
    assert "<img" not in told(app)


def test_an_address_of_a_version_that_is_not_kept_says_so(open_page: Open, own: Path) -> None:
    kept_file(own, "1.0.0").unlink()
    assert "dataset 1.0.0, which is not kept" in told(open_page("claims", d="1.0.0"))


def test_an_address_of_today_is_told_nothing(open_page: Open, dossier: Dossier) -> None:
    assert told(open_page("claims", d=dossier.version, v="2")) == ""


def test_every_page_but_the_data_page_has_tables_of_its_own() -> None:
    for page, roots in ROOTS.items():
        assert set(roots) <= list_tables(page), page
    assert "assessment_sources" in list_tables("claims")
    assert "leg_statuses" in list_tables("trade_routes")
    assert "leg_statuses" not in list_tables("alliance_map")
