"""The statement on a claim: exact words for three days and three lenses."""

import datetime as dt

import pandas as pd
import pytest

from entente.dossier.store import Dossier
from entente.record.evidence import Statement, UnknownClaim, say_since, state_claim
from entente.vocabulary import LENSES

PUBLICATION, AUTUMN, NEWEST = dt.date(2021, 6, 15), dt.date(2021, 9, 1), dt.date(2022, 9, 30)
GAIN = "Orania’s economy will gain little."
VISIT = "The president of Marland was in Orania in January 2021."
SAID = {
    "k10": f"Paragraph 3, sentence 3, likely (“would”): {GAIN}",
    "k01": f"Paragraph 1, sentence 1, asserted: {VISIT}",
}
AHEAD = "Open since 15 June 2021, on 1 source. Still ahead."
DISPUTED = "Contested since June 2022, on 1 source. Two studies disagree."
NEVER = (
    "Contradicted since 15 June 2021, on 2 sources. The ministry has the visit on 5 February 2021."
)
CASES = [
    ("k10", PUBLICATION, AHEAD, "open"),
    ("k10", AUTUMN, AHEAD, "open"),
    ("k10", NEWEST, DISPUTED, "contested"),
    ("k01", PUBLICATION, NEVER, "contradicted"),
    ("k01", AUTUMN, NEVER, "contradicted"),
    ("k01", NEWEST, NEVER, "contradicted"),
]


@pytest.mark.parametrize(("claim_id", "day", "record", "verdict"), CASES)
def test_what_each_lens_shows(
    dossier: Dossier, claim_id: str, day: dt.date, record: str, verdict: str
) -> None:
    found = {
        lens: state_claim(dossier.tables, claim_id, as_of=day, lens=lens)
        for lens in ("document", "record", "both")
    }
    bare = {"k10": GAIN, "k01": VISIT}[claim_id]
    texts = {lens: (one.document, one.about, one.record) for lens, one in found.items()}
    assert texts == {
        "document": (SAID[claim_id], "", ""),
        "record": ("", bare, record),
        "both": (SAID[claim_id], "", record),
    }
    assert [found[lens].verdict_code for lens in found] == ["", verdict, verdict]


def test_the_verdict_turns_on_its_very_day(dossier: Dossier) -> None:
    days = {
        day: state_claim(dossier.tables, "k04", as_of=dt.date.fromisoformat(day)).verdict_code
        for day in ("2022-02-09", "2022-02-10")
    }
    assert list(days.values()) == ["supported", "overtaken"]


def test_before_the_document_nothing_is_said_or_judged(dossier: Dossier) -> None:
    found = state_claim(dossier.tables, "k01", as_of=dt.date(2021, 6, 14))
    assert found.document.startswith("Not yet published; from 15 June 2021, paragraph 1")
    assert found.record == "No verdict yet: nothing had been judged by 14 June 2021."
    assert (found.verdict_code, found.source_count) == ("", 0)


def test_a_confirmed_verdict_tells_both_days(dossier: Dossier) -> None:
    found = state_claim(dossier.tables, "k12", as_of=NEWEST).record
    assert found.startswith(
        "Partly supported since 15 June 2021, confirmed 30 August 2022 on 1 source."
    )
    assert say_since("2025-05", "2025-05", source_count=1) == "since May 2025, on 1 source"


@pytest.mark.parametrize("claim_id", ["k99", "", "K04", "<b>"])
def test_an_unknown_claim_is_named(dossier: Dossier, claim_id: str) -> None:
    with pytest.raises(UnknownClaim, match="no claim"):
        state_claim(dossier.tables, claim_id, as_of=NEWEST)


def test_a_retired_claim_says_when_and_why(dossier: Dossier) -> None:
    gone = pd.DataFrame(
        [("claims", "c73", "2026-02-01", "Split into c05 and c06.")],
        columns=["table", "retired_id", "retired_edtf", "reason"],
    )
    with pytest.raises(UnknownClaim) as found:
        state_claim({**dossier.tables, "retired": gone}, "c73", as_of=NEWEST)
    assert str(found.value) == ("claim c73 was retired on 1 February 2026: Split into c05 and c06.")


def test_there_are_three_lenses(dossier: Dossier) -> None:
    assert set(LENSES) == {"document", "record", "both"}
    with pytest.raises(ValueError, match="sideways"):
        state_claim(dossier.tables, "k04", as_of=NEWEST, lens="sideways")


def test_every_claim_has_a_statement_in_every_lens(dossier: Dossier) -> None:
    for claim_id in dossier["claims"]["claim_id"]:
        found = state_claim(dossier.tables, claim_id, as_of=NEWEST)
        assert isinstance(found, Statement)
        assert found.document
        assert found.source_count
