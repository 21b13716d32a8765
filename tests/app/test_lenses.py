"""Lens and day on every page: what each face shows, and what no early day gives away."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from entente.address.pages import VIEWS
from entente.dossier.store import Dossier
from entente.record.evidence import state_claim
from tests.app.conftest import Open
from tests.app.test_every_page import PAGES, text_of
from tests.charts import list_charts
from tests.matrix import mostly_slow
from tests.opening import open_drawers, title_of

LENSES = ["document", "record", "both"]
QUICK = ("claims", "timeline")  # of tests that are alike on all pages
DAYS = ["2021-06-15", "2021-09-01", "2022-09-30"]


def key(name: str, field: str) -> str:
    return f"{VIEWS[name].__name__}.{field}"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lens", mostly_slow(LENSES, "both"))
def test_every_page_has_lens_and_day(open_page: Open, name: str, lens: str) -> None:
    app = open_drawers(open_page(name, lens=lens, at="2021-09-01"))
    assert not app.exception
    assert len(app.title) == 1
    assert app.button_group(key=key(name, "lens")).value == lens
    slider = app.select_slider(key=f"{key(name, 'as_of')} slider")
    assert str(slider.value) == "2021-09-01"
    assert "1 September 2021" in slider.options
    assert str(app.date_input(key=key(name, "as_of")).value) == "2021-09-01"


@pytest.mark.parametrize("name", PAGES)
def test_a_key_day_is_one_choice_away_and_an_exact_day_moves_the_slider(
    open_page: Open, name: str
) -> None:
    app = open_page(name)
    slider = app.select_slider(key=f"{key(name, 'as_of')} slider")
    assert [text.split(",")[0] for text in slider.options] == [
        *("Publication", "Relations opened", "Convoys stop"),
        "Latest (30 September 2022)",
    ]
    open_drawers(slider.set_value(dt.date(2022, 2, 10)).run())
    assert "".join(app.query_params["at"]) == "2022-02-10"
    assert str(app.date_input(key=key(name, "as_of")).value) == "2022-02-10"
    app.date_input(key=key(name, "as_of")).set_value(dt.date(2021, 9, 1)).run()
    assert "".join(app.query_params["at"]) == "2021-09-01"
    assert str(app.select_slider(key=f"{key(name, 'as_of')} slider").value) == "2021-09-01"


@pytest.mark.parametrize("name", mostly_slow(PAGES, *QUICK))
def test_before_publication_the_page_says_that_there_was_no_document(
    open_page: Open, name: str
) -> None:
    for lens in LENSES:
        app = open_page(name, lens=lens, at="2021-03-01")
        assert not app.exception
        assert "On 1 March 2021 the comment had not been published" in text_of(app)
    assert "had not been published" not in text_of(open_page(name, at="2021-06-15"))


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("1900-01-01", "1900-01-01 is earlier than the first event on record; showing 1 January"),
        (
            "2031-01-01",
            "later than the newest source; showing 30 September",
        ),
        ("", "the date is missing; showing 30 September 2022, the newest source"),
        ("soon", "“soon” is not a date; showing 30 September 2022, the newest source"),
    ],
)
@pytest.mark.parametrize("name", mostly_slow(PAGES, *QUICK))
def test_a_day_that_cannot_be_shown_is_said(open_page: Open, name: str, at: str, said: str) -> None:
    app = open_page(name, at=at)
    assert not app.exception
    assert said in text_of(app)


def test_a_lens_that_does_not_exist_is_said(open_page: Open) -> None:
    assert "“sideways” is unknown for “lens”" in text_of(open_page("claims", lens="sideways"))


@pytest.mark.parametrize("claim_id", ["k04", "k01"])
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("lens", mostly_slow(LENSES, "both"))
def test_the_page_states_what_the_command_says(
    open_page: Open, dossier: Dossier, claim_id: str, day: str, lens: str
) -> None:
    app = open_page("claims", pick=claim_id, at=day, lens=lens)
    text = text_of(app).replace("&#39;", "'")
    stated = state_claim(dossier.tables, claim_id, as_of=_day(day), lens=lens)
    for part in (stated.document, stated.record, stated.about):
        assert part in text
    assert ("<h2>The record, as of" in text) == (lens != "document")
    assert ("’s claim</h2>" in text) == (lens != "record")


def _day(text: str):
    return dt.date.fromisoformat(text)


def test_the_records_lens_puts_the_verdict_first(open_page: Open) -> None:
    app = open_page("claims", pick="k04", lens="record")
    assert title_of(app) == "Overtaken by events since 10 February 2022"
    assert "On the claim: Orania withholds" in text_of(app)


def test_no_early_day_gives_a_later_one_away(open_page: Open) -> None:
    early = text_of(open_page("claims", pick="k04", at="2021-09-01"))
    for later in ("opened relations", "10 February 2022", "Overtaken by events since"):
        assert later not in early
    assert "1 later assessment not shown: not yet known on 1 September 2021." in early
    assert "not shown: not yet known on 1 September 2021" in early


def test_the_documents_lens_shows_no_verdict(open_page: Open) -> None:
    for parameters in ({}, {"pick": "k01"}, {"show": "scoreboard"}):
        text = text_of(open_page("claims", lens="document", **parameters))
        for verdict in ("Contradicted", "Overtaken", "Unverifiable"):
            assert verdict not in text


def test_a_retired_claim_is_named_with_its_reason(
    open_page: Open,
    edit: Callable[[str, Callable[[str], str]], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = edit("retired.csv", lambda text: f"{text}claims,k73,2022-02-01,Split into k05.\n")
    monkeypatch.setenv("ENTENTE_DATA", str(folder))
    app = open_page("claims", pick="k73")
    assert not app.exception
    assert "“k73” was retired on 1 February 2022: Split into k05." in text_of(app)
    assert "“k74” is unknown for “pick”" in text_of(open_page("claims", pick="k74"))


SCORES = [
    ("2021-06-15", "5 open", "Of 3 pledges, none"),
    ("2021-09-01", "1 came true in part, 1 contradicted, 3 open", "Of 3 pledges, none"),
    ("2022-09-30", "1 contradicted, 1 did not happen, 1 open", "Of 4 pledges, 1 is"),
]


@pytest.mark.parametrize(("day", "score", "pledges"), SCORES)
def test_the_scoreboard_of_a_day(open_page: Open, day: str, score: str, pledges: str) -> None:
    app = open_page("claims", show="scoreboard", at=day)
    assert not app.exception
    assert score in title_of(app)
    assert any(header.value.startswith(pledges) for header in app.header)
    assert len(list_charts(app)) == 2
    text = text_of(app)
    assert "Each forecast, its outcome, and what decided it" in text
    assert 'href="claims?pick=k02' in text


def test_the_scoreboard_says_what_is_not_delivered(open_page: Open) -> None:
    text = text_of(open_page("claims", show="scoreboard"))
    assert text.count("Nothing is on record as delivered by 30 September 2022.") == 2
    assert "In spring, by a report of August" in text


def test_a_pledge_of_a_later_day_is_not_named(open_page: Open) -> None:
    early = text_of(open_page("claims", show="scoreboard", at="2021-06-15"))
    assert "Two million crowns" in early
    for later in ("Half of it", "Money for a road"):
        assert later not in early


def test_the_scoreboard_through_each_lens(open_page: Open) -> None:
    said = open_page("claims", show="scoreboard", lens="document")
    assert "5 forecasts" in title_of(said)
    assert not list_charts(said)
    assert "Each forecast, as the comment puts it" in text_of(said)
    assert "By one side’s press" not in text_of(said)
    held = text_of(open_page("claims", show="scoreboard", lens="record"))
    assert "Document:" not in held
    assert "1 million crowns" in held


def test_before_the_comment_there_is_no_forecast(open_page: Open) -> None:
    app = open_page("claims", show="scoreboard", at="2021-03-01")
    assert title_of(app) == "No forecast had been made by 1 March 2021"
    assert "Of 3 pledges" in app.header[0].value


def test_the_briefing_has_two_faces(open_page: Open, dossier: Dossier) -> None:
    said, held = (open_page(lens=lens) for lens in ("document", "record"))
    assert title_of(said).startswith("One comment makes 15 claims")
    thesis, finding = dossier.document.text("thesis"), dossier["findings"].at[0, "headline"]
    assert thesis in text_of(said)
    assert finding not in text_of(said)
    assert thesis not in text_of(held)
    assert finding in text_of(held)


def test_the_briefing_counts_claims_or_sentences(open_page: Open) -> None:
    app = open_page()
    assert title_of(app) == (
        "A comment from Sund City sees three states draw closer: 2 of its 14 claims hold "
        "in full, 3 are contradicted"
    )
    app.button_group(key=key("briefing", "count")).set_value("sentences").run()
    assert not app.exception
    assert title_of(app).startswith("1 of 9 sentences holds in full; ")
    early = open_page(count="sentences", at="2021-03-01")
    assert title_of(early).startswith("The comment had not been published by 1 March 2021")
    said = open_page(count="sentences", lens="document")
    assert key("briefing", "count") not in {group.key for group in said.button_group}


def test_findings_wait_for_what_they_rest_on(open_page: Open) -> None:
    early = text_of(open_page(at="2021-06-15"))
    assert "2 of 4 findings rest on what came after 15 June 2021 and are not shown." in early
    assert "On Belmark the comment was right" not in early
    assert "findings rest on what came after" not in text_of(open_page())


def test_links_of_the_briefing_keep_to_the_day(open_page: Open) -> None:
    app = open_page(at="2021-06-15", lens="record")
    assert 'href="claims?pick=k01&amp;lens=record&amp;at=2021-06-15"' in text_of(app)
    addresses = re.findall(r'href="([^"]+)"', text_of(app))
    assert any("at=2021-06-15" in one and "pick=winter-visit" in one for one in addresses)
    assert any("lens=record" in one and "show=leverage" in one for one in addresses)


def test_a_claim_picked_on_the_briefing_is_stated(open_page: Open, dossier: Dossier) -> None:
    for day in ("2021-03-01", *DAYS):
        app = open_page(pick="k04", at=day)
        assert not app.exception
        stated = state_claim(dossier.tables, "k04", as_of=_day(day))
        assert stated.document in text_of(app)
        assert stated.record in text_of(app)


def test_the_routes_have_two_faces(open_page: Open) -> None:
    said, both, held = (
        open_page("trade_routes", lens=lens) for lens in ("document", "both", "record")
    )
    assert title_of(said).startswith("The comment says")
    assert not list_charts(said)
    for app in (said, both):
        assert "Paragraph 3, sentence 2, possible (“could”)" in text_of(app)
    assert "Contradicted since 15 June 2021" in text_of(both)
    assert "Contradicted since" not in text_of(said)
    assert "Contradicted since 15 June 2021" not in text_of(held)
    assert "The comment on the routes" not in text_of(held)
    assert list_charts(held)


def test_the_data_page_counts_by_the_day(open_page: Open, dossier: Dossier) -> None:
    early, late = (text_of(open_page("data", at=day)) for day in ("2021-03-01", "2022-09-30"))
    assert "0 of 15 claims judged" in early
    assert "Nothing yet: it was published on 15 June 2021." in early
    assert "15 of 15 claims judged, 1 of them open; 18 of 18 events known" in late
    undated = int(dossier["sources"]["published_edtf"].isna().sum())
    total = len(dossier["sources"])
    known = f"{total - undated} of {total} sources published by this date"
    assert f"{known}, {undated} more undated" in late
    assert "claims judged" not in text_of(open_page("data", lens="document"))
    assert str(dossier.horizon) == "2022-09-30"
