"""Dates are said no more exactly than they are known."""

import datetime as dt

import pytest

from entente.dates import day_in_words, in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-04-10", "10 April 2025"),
        ("2025-02-12/2025-02-13", "12–13 February 2025"),
        ("2020-09-27/2020-11-10", "27 September – 10 November 2020"),
        ("2025-10-28/2026-04-26", "28 October 2025 – 26 April 2026"),
        ("2025-04", "April 2025"),
        ("2025-03/2025-05", "March–May 2025"),
        ("2024-12/2025-01", "December 2024 – January 2025"),
        ("2025", "2025"),
        ("2021/2025", "2021–2025"),
        ("2025-23", "autumn 2025"),
        ("2025-01~", "about January 2025"),
        ("2025-10-13~", "about 13 October 2025"),
        ("2025-01-12?", "perhaps 12 January 2025"),
        ("2025-01%", "perhaps about January 2025"),
        ("2024-02~/2024-03", "about February 2024 – March 2024"),
        ("2025-04/2025-05-07", "April 2025 – 7 May 2025"),
        ("2025-23/2025-24", "autumn 2025 – winter 2025"),
        ("2025-04-10/2025-04-10", "10 April 2025"),
        ("..", "since before our data begin"),
        ("../2025-08-31", "until 31 August 2025"),
        ("2025-08-31/..", "from 31 August 2025"),
        ("202X", "between 1 January 2020 and 31 December 2029"),
    ],
)
def test_says_a_date_in_words(text: str, words: str) -> None:
    assert in_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("2025-02-12/2025-02-13", "12–13 Feb 2025"), ("2025-09~", "about Sept 2025")],
)
def test_abbreviates_months_on_request(text: str, words: str) -> None:
    assert in_words(text, is_short=True) == words


@pytest.mark.parametrize("text", ["", "April", "2025-02-30", "2025-05/2025-04", "2025-13"])
def test_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"not an EDTF date|ends before"):
        in_words(text)


def test_says_a_day() -> None:
    assert day_in_words(dt.date(2025, 4, 10)) == "10 April 2025"
