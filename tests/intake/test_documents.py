"""Documents in every form in which they come, and their sentences."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from entente.intake.files import Unreadable, read_document
from entente.intake.sentences import ASKED, NAME, read_sentences
from entente.record.locators import normalise, verify
from tests.laws import examples

SALT = "000102030405060708090a0b0c0d0e0f"  # of the small dossier
TEXT = "The fox came. It was late.\n\nThe hen slept."


def read(path: Path, content: bytes | str) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_with_a_mark_and_all_line_ends(encoding, end, data: Path, tmp_path: Path) -> None:
    text = read(tmp_path / "text.txt", TEXT.replace("\n", end).encode(encoding))
    found = read_sentences(text, folder=data, language="en", sheet=Path("sheet.csv"))
    assert found.split.body == [["The fox came.", "It was late."], ["The hen slept."]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Лиса пришла. Курица спала.".encode("cp1251"), "not in UTF-8"),
        ("Schön war es.".encode("latin-1"), "not in UTF-8"),
        (TEXT.encode("utf-16-le"), "not in UTF-8"),
        (b"%PDF-1.7\x00\xff", "not a text file"),
        (b"PK\x03\x04\x00\x00", "not a text file"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"a. " * 3_400_000, "is larger than 2 MB"),
    ],
)
def test_what_is_no_text_is_refused_in_a_line(content, expected, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=expected) as refused:
        read(tmp_path / "text.txt", content)
    assert "\n" not in str(refused.value)


def test_a_page_says_in_which_encoding_it_is(tmp_path: Path) -> None:
    page = '<html><head><meta charset="windows-1251"></head><p>Лиса пришла.</p></html>'
    assert read(tmp_path / "page.html", page.encode("cp1251")).strip() == "Лиса пришла."
    with pytest.raises(Unreadable, match="not in UTF-8"):
        read(tmp_path / "page.html", '<meta charset="hex"><p>Лиса</p>'.encode("cp1251"))


def test_markdown_is_read_as_it_is_shown(tmp_path: Path) -> None:
    text = read(
        tmp_path / "text.md",
        "---\ntitle: Fox\n---\n# A heading\nThe *fox* came to [the hen](https://hen.example).\n"
        "It was\nlate.\n\n- The hen slept.\n",
    )
    assert [" ".join(part.split()) for part in text.split("\n\n") if part.strip()] == [
        "A heading",
        "The fox came to the hen. It was late.",
        "The hen slept.",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The fox came. " * 300),
        ("en", "Աղվեսը եկավ։ Հավը քնեց։"),
        ("en", "جاء الثعلب. نامت \u200fالدجاجة؟\n\nانتهى."),
        ("fr", "Le renard vint. La poule dormait."),
        ("en", "ก" * 200),
    ],
)
def test_scripts_and_one_giant_line(language, text, data: Path) -> None:
    found = read_sentences(text, folder=data, language=language, sheet=Path("sheet.csv"))
    assert found.split.body
    assert is_good(text, found.tables[NAME])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A heading only", "no sentence was found"),
        ("The fox came. " * 10_001, "a sentence 10,001, and 9,999 is the most"),
    ],
)
def test_texts_without_sentences_or_with_too_many(text, expected, data: Path) -> None:
    with pytest.raises(Unreadable, match=expected):
        read_sentences(text, folder=data, language="en", sheet=Path("sheet.csv"))


def test_a_language_is_one_of_the_dossier(data: Path) -> None:
    read_sentences(TEXT, folder=data, language="French", sheet=Path("sheet.csv"))
    with pytest.raises(Unreadable, match="unknown language 'Klingon': add it"):
        read_sentences(TEXT, folder=data, language="Klingon", sheet=Path("sheet.csv"))


def test_the_sheet_has_a_row_a_sentence_and_columns_to_fill(data: Path) -> None:
    text = "=SUM(A1) is a formula. It was late."
    plain = read_sentences(text, folder=data, language="en", sheet=Path("sheet.csv")).sheet
    book = read_sentences(text, folder=data, language="en", sheet=Path("sheet.xlsx")).sheet
    rows = list(csv.reader(io.StringIO(plain.decode("utf-8-sig"))))
    assert rows[0] == ["paragraph", "sentence", "text", *ASKED]
    assert [row[:3] for row in rows[1:]] == [
        ["1", "1", "'=SUM(A1) is a formula."],
        ["1", "2", "It was late."],
    ]
    cells = [
        [str(cell or "") for cell in row] for row in load_workbook(io.BytesIO(book)).active.values
    ]
    assert cells == rows


def is_good(text: str, table: bytes) -> bool:
    rows = csv.DictReader(io.StringIO(table.decode()))
    known = {(int(row["paragraph"]), int(row["sentence"])): row["digest"] for row in rows}
    return verify(text, known, salt=SALT, languages=("en", "fr")).is_good


PARTS = st.sampled_from(
    [*'aB.!?…"“”()[1]¹。؟։।\u200f\u202e=-#*<>&;\n\r\t ', "\n\n", "Mr. ", "<p>", "</p>", "e.g. "]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(300))
@given(
    st.one_of(st.text(max_size=300), st.lists(PARTS, max_size=80).map("".join)),
    st.sampled_from(["txt", "md", "html"]),
)
def test_whatever_is_read_is_good_when_it_is_verified(data: Path, tmp_path: Path, text, suffix):
    path = tmp_path / f"text.{suffix}"
    path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    try:
        plain = read_document(path)
        found = read_sentences(plain, folder=data, language="en", sheet=Path("sheet.xlsx"))
    except Unreadable as why:
        assert "\n" not in str(why).replace(text, "")
        return
    assert is_good(plain, found.tables[NAME])
    assert all(normalise(one) for part in found.split.body for one in part)
