"""One bar of all verdicts: every claim in one piece, and every piece with its number."""

from itertools import pairwise

import pytest

from entente.claims.ledger import list_judged
from entente.claims.outcomes import ON_A_DESK, count_outcomes, draw_outcomes, outcomes_panel
from entente.dossier.store import Dossier
from entente.style.palette import DARK, LIGHT


@pytest.mark.parametrize("count", ["claims", "sentences"])
def test_every_claim_that_counts_is_in_one_piece(dossier: Dossier, count: str) -> None:
    judged = list_judged(dossier, as_of=dossier.horizon, count=count)
    counted = judged[~judged["is_trivial"]]
    outcomes = count_outcomes(dossier, judged)
    assert outcomes["count"].sum() == len(counted)
    named = [claim for ids in outcomes["claim_ids"] for claim in ids.split()]
    assert sorted(named) == sorted(claim for ids in counted["claim_ids"] for claim in ids.split())
    figure = draw_outcomes(outcomes, palette=LIGHT)
    ends = [(piece.base[0], piece.base[0] + piece.x[0]) for piece in figure.data]
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))
    assert [data[1] for piece in figure.data for data in piece.customdata] == [
        *outcomes["claim_ids"]
    ]


def test_the_words_and_the_table_have_the_numbers(dossier: Dossier) -> None:
    panel = outcomes_panel(dossier, as_of=dossier.horizon, count="claims", appearance="dark")
    total = int(panel.table["Claims"].sum())
    assert str(total) in panel.heading
    assert str(total) in panel.alt
    assert all(str(number) in panel.alt for number in panel.table["Claims"])
    assert panel.figure.layout.paper_bgcolor == DARK.paper


def test_a_short_piece_keeps_its_number_without_its_name(dossier: Dossier) -> None:
    outcomes = count_outcomes(
        dossier, list_judged(dossier, as_of=dossier.horizon, count="claims")
    ).head(3)
    figure = draw_outcomes(outcomes.assign(count=[92, 7, 1]), palette=LIGHT)
    long, short, shortest = (note.text for note in figure.layout.annotations)
    assert outcomes["label"][0].lower() in long
    assert short == "&nbsp;<b>7</b>"
    assert shortest == ON_A_DESK.format("<b>1</b>")
    assert len({note.x for note in figure.layout.annotations}) == 3


def test_nothing_to_count_is_said(dossier: Dossier) -> None:
    judged = list_judged(dossier, as_of=dossier.horizon, count="claims").iloc[:0]
    figure = draw_outcomes(count_outcomes(dossier, judged), palette=LIGHT)
    assert "No claim" in figure.layout.annotations[0].text
