"""Files to import, in every format: the same rows, and every fault of form told with its place."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from entente.intake.files import Unreadable
from entente.intake.formats import FORMATS, read_grid
from entente.intake.grid import Grid
from tests.laws import examples

INTAKE = Path(__file__).resolve().parent.parent / "fixtures" / "intake"


def csv_grid(folder: Path, text: str | bytes) -> Grid:
    path = folder / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_grid(path, "events")


def xlsx_grid(folder: Path, rows: list[list[Any]], merged: str = "") -> Grid:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    path = folder / "table.xlsx"
    book.save(path)
    return read_grid(path, "events")


def cells(grid: Grid) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, row.cells) for row in grid.rows]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_of_every_kind_is_numbered_as_a_spreadsheet_does(mark, encoding, end, tmp_path) -> None:
    lines = ["a,b", "", '1,"x', 'y"', ",", "2,é"]
    grid = csv_grid(tmp_path, end.join(lines).replace(",", mark).encode(encoding))
    assert cells(grid) == [(3, {"a": "1", "b": f"x{end}y"}), (5, {"a": "2", "b": "é"})]
    assert not grid.complaints


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'a,b\n1,"x\n', "line 2: unexpected end of data: close the quotation mark"),
        ("a,b\nЛиса,1\n".encode("cp1251"), "not in UTF-8"),
        (b"a\x00b", "not a text file"),
    ],
)
def test_broken_csv_is_refused_in_a_line(content: bytes, expected: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=expected) as refused:
        csv_grid(tmp_path, content)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "\n\n", ",,\n"])
def test_an_empty_table_is_told(text: str, tmp_path: Path) -> None:
    (one,) = csv_grid(tmp_path, text).complaints
    assert "The file has no row" in str(one)


def test_doubled_and_missing_headings_are_told(tmp_path: Path) -> None:
    grid = csv_grid(tmp_path, "a,,a,\n1,2,3,\n")
    assert [str(one) for one in grid.complaints] == [
        "row 2, column B: Every column that holds something has a heading of its own. "
        "Write one in B1, or split the merged cell there.",
        "row 1, column C, 'a': No heading is repeated. Rename or remove one of the two columns.",
    ]


def test_a_workbook_gives_dates_whole_numbers_and_flags_as_text(tmp_path: Path) -> None:
    row = [dt.datetime(2025, 4, 12), dt.date(2025, 4, 13), 2025, 5.0, 5.5, True, None, " x "]
    grid = xlsx_grid(tmp_path, [list("abcdefgh"), [], row])
    assert cells(grid) == [
        (
            3,
            dict(
                zip(
                    "abcdefgh",
                    ["2025-04-12", "2025-04-13", "2025", "5", "5.5", "True", "", "x"],
                    strict=True,
                )
            ),
        )
    ]


def test_merged_cells_formulas_and_errors_are_told(tmp_path: Path) -> None:
    grid = xlsx_grid(tmp_path, [["a", "b"], ["x", "y"], ["=1+1", "#REF!"]], merged="A1:B1")
    told = [str(one) for one in grid.complaints]
    assert any("column B" in one and "split the merged cell" in one for one in told)
    assert any("row 1, A1:B1: Cells are not merged." in one for one in told)
    assert any("row 3, A3 = '=1+1': A formula has its result stored" in one for one in told)
    assert any("row 3, B3 = '#REF!': A cell holds no error." in one for one in told)


def test_sheets_are_named(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("mine").append(["a"])
    path = tmp_path / "table.xlsx"
    book.save(path)
    assert read_grid(path, "events", sheet="mine").headings == ["a"]
    with pytest.raises(Unreadable, match="has no sheet 'yours', only Sheet, mine"):
        read_grid(path, "events", sheet="yours")


@pytest.mark.parametrize("name", ["table.xls", "table.ods", "table.bib", "table"])
def test_other_formats_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"save it as \.csv, \.tsv, \.txt, \.xlsx"):
        read_grid(tmp_path / name, "events")


def test_bibtex_is_decoded_but_not_its_addresses() -> None:
    rows = [row.cells for row in read_grid(INTAKE / "sources.bib", "sources").rows]
    assert rows == [
        {
            "key": "orn2022",
            "url": "https://bank.example/a_loan?x=1%20y",
            "publisher": "Bank & Søns",
            "published_edtf": "2022-02-01",
            "language_code": "english",
        },
        {
            "key": "doe2021",
            "url": "10.1234/AB<c>",
            "publisher": "Hill Post",
            "published_edtf": "2021-05",
            "language_code": "French",
        },
        {
            "key": "pre2021",
            "url": "https://arxiv.org/abs/2101.00001",
            "publisher": "arXiv",
            "published_edtf": "2021",
            "language_code": "",
        },
    ]


def test_ris_and_csl_say_the_same() -> None:
    ris, csl = (read_grid(INTAKE / f"sources.{end}", "sources").rows for end in ("ris", "json"))
    assert ris[0].cells == csl[0].cells
    assert ris[0].cells == {
        "key": "one",
        "url": "https://hill.example/one",
        "publisher": "Hill Post",
        "published_edtf": "2022-02-01",
        "language_code": "en",
    }
    assert (ris[1].cells["published_edtf"], csl[1].cells["published_edtf"]) == (
        "2021",
        "2021-03/2021-04",
    )
    assert {key: ris[1].cells[key] for key in ("url", "publisher", "language_code")} == {
        key: csl[1].cells[key] for key in ("url", "publisher", "language_code")
    }


@pytest.mark.parametrize(
    ("end", "text", "expected"),
    [
        ("bib", "@misc{a, year=1}\n@misc{a, year=2}", "line 2, 'a': No key stands twice."),
        ("bib", "@misc{a, year={2\n@misc{b, year=1}", "Every entry is sound BibTeX."),
        ("bib", "nothing", "has no entry"),
        ("ris", "nothing", "has no entry"),
        ("ris", "TY  - NEWS\nID  - a\nER  - \n" * 2, "entry 2 (a): No key stands twice"),
        ("json", "[]", "has no entry"),
    ],
)  # fmt: skip
def test_faults_of_bibliographies_are_told(end, text, expected, tmp_path: Path) -> None:
    (tmp_path / f"x.{end}").write_text(text, encoding="utf-8")
    told = [str(one) for one in read_grid(tmp_path / f"x.{end}", "sources").complaints]
    assert any(expected in one for one in told), told


@pytest.mark.parametrize("text", ["{", "{}", "[1]", "[" * 100_000])
def test_what_is_no_csl_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable, match="CSL JSON"):
        read_grid(tmp_path / "x.json", "sources")


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(Unreadable, match=r"not a sound \.xlsx file"):
        read_grid(tmp_path / "x.xlsx", "events")


MADE = st.one_of(
    st.binary(max_size=200),
    st.text(alphabet='a,;\t|"\n\r@{}=#\\%é\u202e', max_size=120).map(str.encode),
    st.sampled_from([(INTAKE / f"sources.{end}").read_bytes() for end in ("bib", "ris", "json")]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(300))
@given(MADE, st.integers(0, 400), st.binary(max_size=3), st.sampled_from(FORMATS["sources"]))
def test_any_file_is_a_grid_or_refused_in_a_line(tmp_path: Path, content, at, more, end) -> None:
    path = tmp_path / f"x{end}"
    path.write_bytes(content[:at] + more + content[at + 1 :])
    try:
        grid = read_grid(path, "sources")
    except Unreadable as why:
        assert "\n" not in str(why)
        return
    assert all(set(row.cells) <= set(grid.headings) for row in grid.rows)
    assert all(isinstance(cell, str) for row in grid.rows for cell in row.cells.values())
    assert io.StringIO("\n".join(map(str, grid.complaints)))
