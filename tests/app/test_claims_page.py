"""The claims page: score, ledger, filters, one claim in full."""

import pytest

from entente.address.views import ClaimsView
from entente.dossier.store import Dossier
from entente.vocabulary import LENSES
from tests.app.conftest import Open
from tests.app.test_every_page import text_of
from tests.charts import list_charts
from tests.opening import title_of


def test_the_title_is_the_finding(open_page: Open) -> None:
    title = title_of(open_page("claims"))
    assert title == "2 of 14 claims hold in full; 3 are contradicted"
    title = title_of(open_page("claims", at="2022-09-01"))
    assert title.endswith(" contradicted, as of 1 September 2022")


def test_before_the_comment_nothing_has_been_judged(open_page: Open) -> None:
    app = open_page("claims", at="2021-03-01")
    assert title_of(app) == "None of the 15 claims had been judged by 1 March 2021"
    assert not app.exception


def test_the_ledger_holds_every_claim(open_page: Open, dossier: Dossier) -> None:
    text = text_of(open_page("claims"))
    for claim_id in dossier["claims"]["claim_id"]:
        assert f'href="claims?pick={claim_id}"' in text
    assert "All 15 claims" in text


def test_every_brick_of_the_score_names_its_claim(open_page: Open, dossier: Dossier) -> None:
    chart = list_charts(open_page("claims"))[0]
    marks = [mark for trace in chart.spec["data"] for mark in trace["customdata"]]
    assert sorted(mark[1] for mark in marks) == sorted(dossier["claims"]["claim_id"])


COUNT = f"{ClaimsView.__name__}.count"


def test_the_score_counts_claims_or_sentences(open_page: Open, dossier: Dossier) -> None:
    app = open_page("claims")
    assert "Each brick is a claim" in app.caption[0].value
    assert "1 trivial claim, which only reports" in app.caption[0].value
    app.button_group(key=COUNT).set_value("sentences").run()
    assert not app.exception
    assert app.query_params["count"] == "sentences"
    assert title_of(app).startswith("1 of 9 sentences holds in full; ")
    assert "Each brick is a sentence" in app.caption[0].value
    chart = list_charts(app)[0]
    marks = [mark for trace in chart.spec["data"] for mark in trace["customdata"]]
    assert len(marks) == len(dossier["document_sentences"])
    behind = sorted(claim for mark in marks for claim in mark[2].split())
    assert behind == sorted(dossier["claims"]["claim_id"])
    assert "15 claims, in the order" in text_of(app)


def test_there_is_no_count_to_choose_where_no_score_of_verdicts_stands(open_page: Open) -> None:
    for parameters in ({"lens": "document"}, {"show": "scoreboard"}, {"show": "sources"}):
        app = open_page("claims", count="sentences", **parameters)
        assert COUNT not in {group.key for group in app.button_group}
        assert app.query_params["count"] == "sentences"


def test_trivial_claims_are_marked_in_the_ledger_and_in_full(open_page: Open) -> None:
    for lens in LENSES:
        assert text_of(open_page("claims", lens=lens)).count("· trivial, not counted") == 1
    assert "<dt>Trivial</dt>" in text_of(open_page("claims", pick="k11"))
    assert "<dt>Trivial</dt>" not in text_of(open_page("claims", pick="k01"))


def test_claims_by_kind_leave_out_what_is_trivial(open_page: Open) -> None:
    text = text_of(open_page("claims"))
    assert "Number of claims by kind and verdict, without trivial ones." in text
    assert "fully supported" in text


def test_coverage_says_what_is_not_drawn_and_why(open_page: Open, dossier: Dossier) -> None:
    text = text_of(open_page("claims"))
    reasons = dossier["claims"]["undrawn_reason"].dropna()
    assert f"{15 - len(reasons)} of 15 claims appear in a chart" in text
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
    assert "None of the 15 claims matches" in text_of(app)
    app.button(key="claims-widen").click().run()
    assert "All 15 claims" in text_of(app)


def test_a_picked_claim_stands_in_full(open_page: Open, dossier: Dossier) -> None:
    app = open_page("claims", pick="k04")
    text = text_of(app)
    assert "Belmark" in title_of(app)
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
    assert text.index("from 15 June 2021") < text.index("current verdict")
    assert "10 February 2022" not in text
    assert "1 later assessment not shown" in text
    assert 'href="claims?pick=k01&amp;at=2021-09-01"' in text


def test_next_and_previous_keep_to_the_claims_asked_for(open_page: Open) -> None:
    app = open_page("claims", pick="k07", theme="transport")
    assert app.button(key="claim-before").disabled
    app.button(key="claim-after").click().run()
    assert app.session_state[f"{ClaimsView.__name__}.pick"] == "k08"
    app.button(key="claim-close").click().run()
    assert title_of(app).startswith("3 of 15 claims match")


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


def test_a_search_acts_on_title_bricks_and_list_alike(open_page: Open) -> None:
    app = open_page("claims", verdict="contradicted")
    assert title_of(app) == "3 of 15 claims match: 3 contradicted"
    (chart,) = list_charts(app)
    assert sum(len(trace["customdata"]) for trace in chart.spec["data"]) == 3
    assert "3 of 15 claims, in the order of the comment" in text_of(app)


def test_nothing_chosen_means_all(open_page: Open) -> None:
    app = open_page("claims", verdict="contradicted")
    choice = next(one for one in app.button_group if one.label == "Verdicts")
    assert choice.value == ["contradicted"]
    choice.set_value([]).run()
    assert "All 15 claims" in text_of(app)
    assert next(one for one in app.button_group if one.label == "Verdicts").value == []


def test_no_scenario_chosen_means_none(open_page: Open) -> None:
    app = open_page("trade_routes")
    app.session_state["RoutesView.degree"] = "slow"
    app.run()
    assert not app.exception
    assert app.session_state["RoutesView.scenarios"] == []
    assert app.session_state["RoutesView.vetoes"] == []
