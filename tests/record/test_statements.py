"""The statement on a claim: exact words for three days and three lenses."""

import datetime as dt

import pandas as pd
import pytest

from entente.dossier.store import Dossier
from entente.record.statements import Statement, UnknownClaim, say_since, state_claim
from entente.vocabulary import LENSES

PUBLICATION, AUTUMN, TODAY = dt.date(2025, 4, 10), dt.date(2025, 9, 1), dt.date(2026, 7, 1)
ARMENIA = "No other UN member besides Pakistan withholds recognition of Armenia."
ISLAMABAD = "The Turkish president was in Islamabad on 12 January 2025."
SAID = {
    "c63": f"Paragraph 5, sentence 3, asserted (“only”): {ARMENIA}",
    "c69": f"Paragraph 5, sentence 7, asserted: {ISLAMABAD}",
}
HELD_THEN = (
    "Supported since 10 April 2025, on 2 sources. Accurate on this day: Pakistan alone withheld "
    "recognition. That is not the same as having no diplomatic relations; Aliyev counted three "
    "such states in 2022."
)
OVER = (
    "Overtaken by events since 31 August 2025, on 4 sources. Pakistan and Armenia established "
    "diplomatic relations in Tianjin on 31 August 2025, three weeks after the meeting of Armenia "
    "and Azerbaijan in Washington. Azerbaijani media call it coordinated with Baku."
)
NEVER = (
    "Contradicted since 10 April 2025, on 5 sources. The visit was on 12–13 February 2025: arrival "
    "late on the 12th, council session on the 13th. Erdoğan’s announced programme for 11–12 "
    "January was party congresses in Diyarbakır and Şanlıurfa."
)
CASES = [
    ("c63", PUBLICATION, HELD_THEN, "supported"),
    ("c63", AUTUMN, OVER, "overtaken"),
    ("c63", TODAY, OVER, "overtaken"),
    ("c69", PUBLICATION, NEVER, "contradicted"),
    ("c69", AUTUMN, NEVER, "contradicted"),
    ("c69", TODAY, NEVER, "contradicted"),
]


@pytest.mark.parametrize(("claim_id", "day", "record", "verdict"), CASES)
def test_what_each_lens_shows(
    dossier: Dossier, claim_id: str, day: dt.date, record: str, verdict: str
) -> None:
    found = {
        lens: state_claim(dossier.tables, claim_id, as_of=day, lens=lens)
        for lens in ("document", "record", "both")
    }
    bare = {"c63": ARMENIA, "c69": ISLAMABAD}[claim_id]
    texts = {lens: (one.document, one.about, one.record) for lens, one in found.items()}
    assert texts == {
        "document": (SAID[claim_id], "", ""),
        "record": ("", bare, record),
        "both": (SAID[claim_id], "", record),
    }
    assert [found[lens].verdict_code for lens in found] == ["", verdict, verdict]


def test_the_verdict_turns_on_its_very_day(dossier: Dossier) -> None:
    days = {
        day: state_claim(dossier.tables, "c63", as_of=dt.date.fromisoformat(day)).verdict_code
        for day in ("2025-08-30", "2025-08-31")
    }
    assert list(days.values()) == ["supported", "overtaken"]


def test_before_the_document_nothing_is_said_or_judged(dossier: Dossier) -> None:
    found = state_claim(dossier.tables, "c69", as_of=dt.date(2025, 4, 9))
    assert found.document.startswith("Not yet published; from 10 April 2025, paragraph 5")
    assert found.record == "No verdict yet: nothing had been judged by 9 April 2025."
    assert (found.verdict_code, found.source_count) == ("", 0)


def test_a_confirmed_verdict_tells_both_days(dossier: Dossier) -> None:
    found = state_claim(dossier.tables, "c04", as_of=TODAY).record
    assert found.startswith(
        "Partly supported since 10 April 2025, confirmed 1 October 2025 on 3 sources."
    )
    assert say_since("2025-05", "2025-05", source_count=1) == "since May 2025, on 1 source"


@pytest.mark.parametrize("claim_id", ["c99", "", "C63", "<b>"])
def test_an_unknown_claim_is_named(dossier: Dossier, claim_id: str) -> None:
    with pytest.raises(UnknownClaim, match="no claim"):
        state_claim(dossier.tables, claim_id, as_of=TODAY)


def test_a_retired_claim_says_when_and_why(dossier: Dossier) -> None:
    gone = pd.DataFrame(
        [("claims", "c73", "2026-02-01", "Split into c05 and c06.")],
        columns=["table", "retired_id", "retired_edtf", "reason"],
    )
    with pytest.raises(UnknownClaim) as found:
        state_claim({**dossier.tables, "retired": gone}, "c73", as_of=TODAY)
    assert str(found.value) == ("claim c73 was retired on 1 February 2026: Split into c05 and c06.")


def test_there_are_three_lenses(dossier: Dossier) -> None:
    assert set(LENSES) == {"document", "record", "both"}
    with pytest.raises(ValueError, match="sideways"):
        state_claim(dossier.tables, "c63", as_of=TODAY, lens="sideways")


def test_every_claim_has_a_statement_in_every_lens(dossier: Dossier) -> None:
    for claim_id in dossier["claims"]["claim_id"]:
        found = state_claim(dossier.tables, claim_id, as_of=TODAY)
        assert isinstance(found, Statement)
        assert found.document
        assert found.source_count
