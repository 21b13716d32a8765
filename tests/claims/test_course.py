"""The course of a claim: a piece of the bar for each verdict, in turn."""

import pytest

from entente.claims.course import LEAST_SHARE, MOST, course_panel, list_spans
from entente.content import LEAST_IN_ROOM
from entente.dossier.store import Dossier


def test_pieces_are_verdicts_in_turn_and_fill_the_bar(dossier: Dossier) -> None:
    as_of = dossier.horizon
    for claim_id in dossier["claims"]["claim_id"]:
        spans = list_spans(dossier, claim_id=claim_id, as_of=as_of)
        panel = course_panel(dossier, claim_id=claim_id, as_of=as_of, appearance="light")
        assert (panel is None) == spans.empty
        if panel is None:
            continue
        assert len(spans) <= MOST
        assert (spans["code"] != spans["code"].shift()).all()
        assert spans["share"].sum() == pytest.approx(1)
        assert spans["share"].min() > LEAST_SHARE / 2
        assert panel.figure is not None
        assert panel.phone_table["Verdict"].tolist() == spans["label"].tolist()
        assert len(panel.figure.data) == len(spans)
        assert min(words.font.size for words in panel.figure.layout.annotations) >= LEAST_IN_ROOM
        assert all(label.lower() in panel.alt for label in spans["label"])


def test_before_the_first_verdict_there_is_no_course(dossier: Dossier) -> None:
    claim_id = dossier["claims"]["claim_id"].iloc[0]
    early = dossier.earliest
    assert course_panel(dossier, claim_id=claim_id, as_of=early, appearance="light") is None
