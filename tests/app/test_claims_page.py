"""The claims page: score, ledger, filters, one claim in full."""

import json

import pytest

from entente.address.views import ClaimsView
from entente.dossier.store import Dossier
from tests.app.conftest import Open
from tests.app.test_every_page import text_of


def test_the_title_is_the_finding(open_page: Open) -> None:
    title = open_page("claims").title[0].value
    assert title.startswith("Of 15 claims, ")
    assert "30 September 2022" in title


def test_before_the_comment_nothing_has_been_judged(open_page: Open) -> None:
    app = open_page("claims", at="2021-03-01")
    assert app.title[0].value == "None of the 15 claims had been judged by 1 March 2021"
    assert not app.exception


def test_the_ledger_holds_every_claim(open_page: Open, dossier: Dossier) -> None:
    text = text_of(open_page("claims"))
    for claim_id in dossier["claims"]["claim_id"]:
        assert f'href="claims?pick={claim_id}"' in text
    assert "All 15 claims" in text


def test_every_brick_of_the_score_names_its_claim(open_page: Open, dossier: Dossier) -> None:
    chart = open_page("claims").get("plotly_chart")[0].proto
    marks = [mark for trace in json.loads(chart.spec)["data"] for mark in trace["customdata"]]
    assert sorted(mark[1] for mark in marks) == sorted(dossier["claims"]["claim_id"])


def test_coverage_says_what_is_not_drawn_and_why(open_page: Open, dossier: Dossier) -> None:
    text = text_of(open_page("claims"))
    reasons = dossier["claims"]["undrawn_reason"].dropna()
    assert f"{15 - len(reasons)} of 15 claims are drawn" in text
    for reason in reasons:
        assert reason in text


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"verdict": "overtaken"}, "k04"),
        ({"kind": "forecast"}, "k02"),
        ({"theme": "transport"}, "k07"),
        ({"q": "Belmark recognition"}, "k04"),
    ],
)
def test_filters_narrow_the_ledger(
    open_page: Open, parameters: dict[str, str], expected: str
) -> None:
    text = text_of(open_page("claims", **parameters))
    assert " of 15 claims, in the order of the comment" in text
    assert f'href="claims?pick={expected}"' in text


def test_no_match_says_how_to_widen(open_page: Open) -> None:
    app = open_page("claims", q="zzzz")
    assert "No claim of the 15 matches" in text_of(app)
    app.button(key="claims-widen").click().run()
    assert "All 15 claims" in text_of(app)


def test_a_picked_claim_stands_in_full(open_page: Open, dossier: Dossier) -> None:
    app = open_page("claims", pick="k04")
    text = text_of(app)
    assert "Belmark" in app.title[0].value
    assert "from 15 June 2021" in text
    assert "from 10 February 2022" in text
    assert text.index("from 15 June 2021") < text.index("from 10 February 2022")
    rows = dossier["assessments"].query("claim_id == 'k04'")
    sources = dossier["assessment_sources"].merge(dossier["sources"], on="source_id")
    for url in sources[sources["assessment_id"].isin(rows["assessment_id"])]["url"]:
        assert url.replace("&", "&amp;") in text
    assert 'href="alliance_map?pick=' in text
    assert 'href="timeline?pick=' in text


def test_the_verdict_belongs_to_the_day(open_page: Open) -> None:
    text = text_of(open_page("claims", pick="k04", at="2021-09-01"))
    assert text.index("from 15 June 2021") < text.index("holds on the day shown")
    assert "10 February 2022" not in text
    assert "1 later assessment is left out" in text
    assert 'href="claims?pick=k01&amp;at=2021-09-01"' in text


def test_next_and_previous_keep_to_the_claims_asked_for(open_page: Open) -> None:
    app = open_page("claims", pick="k07", theme="transport")
    assert app.button(key="claim-before").disabled
    app.button(key="claim-after").click().run()
    assert app.session_state[f"{ClaimsView.__name__}.pick"] == "k08"
    app.button(key="claim-close").click().run()
    assert app.title[0].value.startswith("Of 15 claims")


def test_markup_in_a_claim_shows_as_text(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, edit: object
) -> None:
    folder = edit(  # type: ignore[operator]
        "claims.csv",
        lambda text: text.replace(
            "k04,2,1,", "k04,2,1,A **bold** $x$ [link](https://example.org) "
        ),
    )
    monkeypatch.setenv("ENTENTE_DATA", str(folder))
    title = open_page("claims", pick="k04").title[0].value
    assert title.startswith(r"A \*\*bold\*\* \$x\$ \[link\]\(https\:")
