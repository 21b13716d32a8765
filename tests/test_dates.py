import datetime as dt

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from entente.dates import Span, first_day, is_edtf, span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-04-10", "2025-04-10", "2025-04-10"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-23", "2025-09-01", "2025-11-30"),
        ("2025-02-12/2025-02-13", "2025-02-12", "2025-02-13"),
        ("2028/2029?", "2028-01-01", "2029-12-31"),
    ],
)
def test_bounds_are_strict(text: str, first: str, last: str) -> None:
    found = span(text)
    assert found.first == dt.date.fromisoformat(first)
    assert found.last == dt.date.fromisoformat(last)


def test_marks_are_kept_and_do_not_widen_the_bounds() -> None:
    about = span("2025-01-12~")
    assert about == Span(first=dt.date(2025, 1, 12), last=dt.date(2025, 1, 12), is_approximate=True)
    assert span("2025-01-12?").is_uncertain
    assert span("2025-01%").is_uncertain
    assert span("2025-01%").is_approximate


def test_open_ends_are_none() -> None:
    assert span("..").is_open
    assert span("2025-04-09/..").last is None
    assert span("../2025").first is None
    assert first_day("..") == dt.date.min


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2025-02-30",
        "2025-13-40",
        "12 January 2025",
        "2025-4-1",
        "NaN",
        "2025-05/2025-04",
        "0000",
        "99999",
        "<b>2025</b>",
        "2025-04-10T10:00",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not is_edtf(text)


IMPOSSIBLE = ["2025-00", "2025-00-10", "2025-05-00", "2025-02-30", "2025-04-31", "2023-02-29"]
FORMS = ["{}", "{}~", "{}?", "{}%", "{}/..", "../{}", "{}/2026-01", "2020-01/{}", "2020~/{}?"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("impossible", IMPOSSIBLE)
def test_an_impossible_day_or_month_is_refused_in_every_form(form: str, impossible: str) -> None:
    assert not is_edtf(form.format(impossible))
    assert is_edtf(form.format("2025-04"))


@pytest.mark.parametrize("text", ["2025-04/", "/2025-04", "/", "2024/2025/2026"])
def test_an_interval_names_both_ends(text: str) -> None:
    assert not is_edtf(text)


plain = st.one_of(
    st.dates(dt.date(1000, 1, 1)).map(lambda day: day.isoformat()),
    st.dates(dt.date(1000, 1, 1)).map(lambda day: day.isoformat()[:7]),
    st.dates(dt.date(1000, 1, 1)).map(lambda day: day.isoformat()[:4]),
)


@given(plain, st.sampled_from(["", "~", "?", "%"]))
def test_plain_dates_are_read_as_the_library_reads_them(date: str, mark: str) -> None:
    text = date + mark
    parsed = parse_edtf(text)
    assert span(text).first == dt.date(*tuple(parsed.lower_strict())[:3])
    assert span(text).last == dt.date(*tuple(parsed.upper_strict())[:3])


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    assert is_edtf(text) in (True, False)
