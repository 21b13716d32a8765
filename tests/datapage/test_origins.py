"""Every verdict of a day is in one column of the data page's picture, by its origins."""

import datetime as dt

import pytest

from entente.address.views import DataView, default_view
from entente.datapage.content import (
    MOST,
    chart_origins,
    evidence_panel,
    list_verdict_origins,
    title,
)
from entente.dossier.store import Dossier
from entente.record.evidence import find_verdicts


@pytest.mark.parametrize("day", ["2021-06-15", "2021-10-01", "2022-09-30"])
def test_each_verdict_stands_in_the_column_of_its_origins(dossier: Dossier, day: str) -> None:
    as_of = dt.date.fromisoformat(day)
    given = find_verdicts(dossier["assessments"], as_of)
    rows = list_verdict_origins(dossier, as_of=as_of)
    assert set(rows["claim_id"]) == set(given["claim_id"])
    figure = chart_origins(dossier, as_of=as_of, appearance="light").figure
    words = dict(zip(figure.layout.xaxis.tickvals, figure.layout.xaxis.ticktext, strict=True))
    drawn = {
        claim: words[bar.x[0]] for bar in figure.data for claim in bar.customdata[0][1].split()
    }
    counts = zip(rows["claim_id"], rows["origins"], strict=True)
    assert drawn == {claim: str(count) if count < MOST else f"{MOST}+" for claim, count in counts}
    assert [bar.y[0] for bar in figure.data] == [
        len(bar.customdata[0][1].split()) for bar in figure.data
    ]


def test_before_the_first_verdict_it_says_so(dossier: Dossier) -> None:
    early = chart_origins(dossier, as_of=dt.date(2018, 6, 1), appearance="light")
    assert early.alt == "No verdict had been given by 1 June 2018."
    assert not early.figure.data


def test_of_the_document_it_shows_how_certain_the_author_sounds(dossier: Dossier) -> None:
    view = default_view(DataView, dossier)
    said = DataView(**{**vars(view), "lens": "document"})
    panel = evidence_panel(dossier, said, "light")
    assert sum(bar.y[0] for bar in panel.figure.data) == len(dossier["claims"])
    assert title(dossier, said) != title(dossier, view)
