"""Dates, codes and addresses as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente import dates
from entente.check.contract import TABLES
from entente.intake.entries import Unconverted, convert, convert_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *((text, text) for text in ("2025-04-12", "2025-04", "2025", "2025-04~", "2024-21", "..")),
        ("2025-04-12/2025-05", "2025-04-12/2025-05"),
        ("12 April 2025", "2025-04-12"),
        ("1st may 2025", "2025-05-01"),
        ("April 12, 2025", "2025-04-12"),
        ("Sept. 3 2025", "2025-09-03"),
        ("3 September 2025", "2025-09-03"),
        ("April 2025", "2025-04"),
        ("2025-04-12T00:00:00", "2025-04-12"),
        ("2025-04-12 10:30", "2025-04-12"),
        ("2025/4/2", "2025-04-02"),
        ("2025-4-2", "2025-04-02"),
    ],
)
def test_dates_become_edtf(written: str, expected: str) -> None:
    assert convert_date(written) == expected


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("spring 2024", "write 2024-21,"),
        ("Fall of 2024", "write 2024-23,"),
        ("Q2 2024", "Write 2024-04/2024-06."),
        ("3/4/2025", "Write 2025-04-03 or 2025-03-04."),
        ("12.25.2025", "Write 2025-12-25."),
        ("45759", "write 2025-04-12, or format the cell as a date"),
        ("c. 2024", "Write 2024~ for about then"),
        ("mid-April 2024", "Write 2024-04~ for about then"),
        ("31 April 2025", "Write 2025-04-10,"),
        ("12 Smarch 2025", "Write 2025-04-10,"),
        ("2025-13-45", "Write 2025-04-10,"),
        ("yesterday", "Write 2025-04-10,"),
    ],
)
def test_other_dates_are_refused_with_what_to_write(written: str, advice: str) -> None:
    with pytest.raises(Unconverted) as refused:
        convert_date(written)
    assert advice in refused.value.args[1]


def test_the_season_that_is_advised_is_one_of_the_contract() -> None:
    assert dates.is_edtf("2024-21")
    assert dates.in_words("2024-21") == "spring 2024"


@given(
    st.one_of(
        st.text(max_size=20), st.from_regex(r"[0-9]{1,4}[-/. ][A-Za-z0-9]{1,9}[-/. ]?[0-9]{0,4}")
    )
)
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        assert dates.is_edtf(convert_date(" ".join(text.split())))
    except Unconverted as why:
        assert len(why.args) == 2


LABELS = {
    "supported": "Supported",
    "partly-supported": "Partly supported",
    "a": "Same",
    "b": "same",
}
VERDICT = TABLES["assessments"].columns["verdict_code"]


@pytest.mark.parametrize("written", ["partly-supported", "Partly Supported", " partly  supported "])
def test_a_code_or_its_label(written: str) -> None:
    assert convert(written, VERDICT, LABELS) == "partly-supported"


@pytest.mark.parametrize("written", ["true", "same", "support"])
def test_an_unknown_or_ambiguous_label_is_told_with_all_codes(written: str) -> None:
    with pytest.raises(Unconverted) as refused:
        convert(written, VERDICT, LABELS)
    assert "supported (Supported), partly-supported (Partly supported)" in refused.value.args[1]


@pytest.mark.parametrize(
    "written", ["10.1234/AB<c>", "doi:10.1234/ab<c>", "http://dx.doi.org/10.1234/AB<C>"]
)
def test_a_doi_is_an_address(written: str) -> None:
    assert (
        convert(written, TABLES["sources"].columns["url"], {})
        == "https://doi.org/10.1234/ab%3Cc%3E"
    )


@pytest.mark.parametrize(
    ("written", "flag"), [("Yes", "true"), ("TRUE", "true"), ("0", "false"), ("maybe", "maybe")]
)
def test_flags(written: str, flag: str) -> None:
    assert convert(written, TABLES["claims"].columns["is_trivial"], {}) == flag
