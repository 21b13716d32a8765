"""Lens and day on every page: what each face shows, and what no early day gives away."""

from collections.abc import Callable
from pathlib import Path

import pytest

from entente.address.pages import VIEWS
from entente.dossier.store import Dossier
from entente.record.statements import state_claim
from tests.app.conftest import Open
from tests.app.test_every_page import PAGES, text_of

LENSES = ["document", "record", "both"]
DAYS = ["2025-04-10", "2025-09-01", "2026-07-01"]


def key(name: str, field: str) -> str:
    return f"{VIEWS[name].__name__}.{field}"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lens", LENSES)
def test_every_page_has_lens_and_day(open_page: Open, name: str, lens: str) -> None:
    app = open_page(name, lens=lens, at="2025-09-01")
    assert not app.exception
    assert len(app.title) == 1
    assert app.button_group(key=key(name, "lens")).value == lens
    assert str(app.date_input(key=key(name, "as_of")).value) == "2025-09-01"
    assert app.selectbox(key=f"{key(name, 'as_of')} preset").value is None


@pytest.mark.parametrize("name", PAGES)
def test_a_key_day_is_one_choice_away(open_page: Open, name: str) -> None:
    app = open_page(name)
    preset = app.selectbox(key=f"{key(name, 'as_of')} preset")
    assert [text.split(",")[0] for text in preset.options] == [
        *("Publication", "Pahalgam attack", "Lachin summit", "Tianjin", "Hormuz shut"),
        *("Today: newest source", "Another day"),
    ]
    assert "Today: newest source, 1 July 2026" in preset.options
    preset.set_value(preset_days(app, preset)[3]).run()
    assert str(app.date_input(key=key(name, "as_of")).value) == "2025-08-31"


def preset_days(app, preset) -> list:
    from entente.app.chrome import get_dossier
    from entente.app.controls import list_moments

    return list(list_moments(get_dossier()))


@pytest.mark.parametrize("name", PAGES)
def test_before_publication_the_page_says_that_there_was_no_document(
    open_page: Open, name: str
) -> None:
    for lens in LENSES:
        app = open_page(name, lens=lens, at="2025-03-01")
        assert not app.exception
        assert "On 1 March 2025 the comment did not exist" in text_of(app)
    assert "did not exist" not in text_of(open_page(name, at="2025-04-10"))


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("1900-01-01", "1900-01-01 is earlier than the first event on record; showing 1 January"),
        (
            "2031-01-01",
            "later than the newest source, beyond which nothing is known; showing 1 July",
        ),
        ("", "the date is missing; showing 1 July 2026, the newest source"),
        ("soon", "“soon” is no date; showing 1 July 2026, the newest source"),
    ],
)
@pytest.mark.parametrize("name", PAGES)
def test_a_day_that_cannot_be_shown_is_said(open_page: Open, name: str, at: str, said: str) -> None:
    app = open_page(name, at=at)
    assert not app.exception
    assert said in text_of(app)


def test_a_lens_that_does_not_exist_is_said(open_page: Open) -> None:
    assert "“sideways” is unknown for “lens”" in text_of(open_page("claims", lens="sideways"))


@pytest.mark.parametrize("claim_id", ["c63", "c69"])
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("lens", LENSES)
def test_the_page_states_what_the_command_says(
    open_page: Open, dossier: Dossier, claim_id: str, day: str, lens: str
) -> None:
    app = open_page("claims", pick=claim_id, at=day, lens=lens)
    text = text_of(app).replace("&#39;", "'")
    stated = state_claim(dossier.tables, claim_id, as_of=_day(day), lens=lens)
    for part in (stated.document, stated.record, stated.about):
        assert part in text
    assert ("Record, as of" in text) == (lens != "document")
    assert ("<h2>Document</h2>" in text) == (lens != "record")


def _day(text: str):
    import datetime as dt

    return dt.date.fromisoformat(text)


def test_the_records_lens_puts_the_verdict_first(open_page: Open) -> None:
    app = open_page("claims", pick="c63", lens="record")
    assert app.title[0].value == "Overtaken by events since 31 August 2025"
    assert "On the claim: No other UN member" in text_of(app)


def test_no_early_day_gives_a_later_one_away(open_page: Open) -> None:
    early = text_of(open_page("claims", pick="c63", at="2025-05-01"))
    for later in ("Tianjin", "31 August 2025", "Overtaken by events since"):
        assert later not in early
    assert "1 later assessment is left out: not yet known on 1 May 2025." in early
    assert "left out: not yet known on 1 May 2025" in early


def test_the_documents_lens_shows_no_verdict(open_page: Open) -> None:
    for parameters in ({}, {"pick": "c69"}, {"show": "scoreboard"}):
        text = text_of(open_page("claims", lens="document", **parameters))
        for verdict in ("Contradicted", "Overtaken", "Unverifiable"):
            assert verdict not in text


def test_a_retired_claim_is_named_with_its_reason(
    open_page: Open,
    edit: Callable[[str, Callable[[str], str]], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = edit("retired.csv", lambda text: f"{text}claims,c73,2026-02-01,Split into c05.\n")
    monkeypatch.setenv("ENTENTE_DATA", str(folder))
    app = open_page("claims", pick="c73")
    assert not app.exception
    assert "“c73” was retired on 1 February 2026: Split into c05." in text_of(app)
    assert "“c74” is unknown for “pick”" in text_of(open_page("claims", pick="c74"))


SCORES = [
    ("2025-04-10", "7 open", "Of 4 pledges, none"),
    ("2025-09-01", "1 contradicted, 3 overtaken by events", "Of 5 pledges, none"),
    ("2026-07-01", "3 came true in part, 2 contested, 2 contradicted", "Of 6 pledges, none"),
]


@pytest.mark.parametrize(("day", "score", "pledges"), SCORES)
def test_the_scoreboard_of_a_day(open_page: Open, day: str, score: str, pledges: str) -> None:
    app = open_page("claims", show="scoreboard", at=day)
    assert not app.exception
    assert score in app.title[0].value
    assert any(header.value.startswith(pledges) for header in app.header)
    assert len(app.get("plotly_chart")) == 2
    text = text_of(app)
    assert "Each forecast, what came of it, and what decided it" in text
    assert 'href="claims?pick=c02' in text


def test_the_scoreboard_says_what_is_not_delivered(open_page: Open) -> None:
    text = text_of(open_page("claims", show="scoreboard"))
    assert text.count("Nothing is on record as delivered by 1 July 2026.") == 5
    assert "No official count was found" in text


def test_a_pledge_of_a_later_day_is_not_named(open_page: Open) -> None:
    early = text_of(open_page("claims", show="scoreboard", at="2025-04-10"))
    assert "JF-17 fighters, the order" in early
    for later in ("raised to 40", "Islamic Development Bank"):
        assert later not in early


def test_the_scoreboard_through_each_lens(open_page: Open) -> None:
    said = open_page("claims", show="scoreboard", lens="document")
    assert "11 forecasts" in said.title[0].value
    assert not said.get("plotly_chart")
    assert "Each forecast, as the comment puts it" in text_of(said)
    assert "M-6 motorway, Islamic Development Bank" not in text_of(said)
    held = text_of(open_page("claims", show="scoreboard", lens="record"))
    assert "Document:" not in held
    assert "475 million USD" in held


def test_before_the_comment_there_is_no_forecast(open_page: Open) -> None:
    app = open_page("claims", show="scoreboard", at="2025-03-01")
    assert app.title[0].value == "No forecast had been made by 1 March 2025"
    assert "Of 2 pledges" in app.header[0].value


def test_the_briefing_has_two_faces(open_page: Open) -> None:
    said, held = (open_page(lens=lens) for lens in ("document", "record"))
    assert said.title[0].value.startswith("One comment makes 72 claims")
    assert "In April 2025 a centre in Yerevan wrote" in text_of(said)
    assert "Erdoğan came in February" not in text_of(said)
    assert "In April 2025 a centre in Yerevan wrote" not in text_of(held)
    assert "Erdoğan came in February" in text_of(held)


def test_findings_wait_for_what_they_rest_on(open_page: Open) -> None:
    early = text_of(open_page(at="2025-04-10"))
    assert "4 of 9 findings rest on what came after 10 April 2025 and are left out." in early
    assert "On Armenia the comment was right that day" not in early
    assert "findings rest on what came after" not in text_of(open_page())


def test_links_of_the_briefing_keep_to_the_day(open_page: Open) -> None:
    app = open_page(at="2025-04-10", lens="record")
    assert 'href="claims?pick=c69&amp;lens=record&amp;at=2025-04-10"' in text_of(app)
    addresses = [link.proto.query_string for link in app.get("page_link")]
    assert any("at=2025-04-10" in one and "pick=e036" in one for one in addresses)
    assert any("lens=document" in one and "pick=pak-tur-nuclear" in one for one in addresses)


def test_a_claim_picked_on_the_briefing_is_stated(open_page: Open, dossier: Dossier) -> None:
    for day in ("2025-03-01", *DAYS):
        app = open_page(pick="c63", at=day)
        assert not app.exception
        stated = state_claim(dossier.tables, "c63", as_of=_day(day))
        assert stated.document in text_of(app)
        assert stated.record in text_of(app)


def test_the_routes_have_two_faces(open_page: Open) -> None:
    said, both, held = (
        open_page("trade_routes", lens=lens) for lens in ("document", "both", "record")
    )
    assert said.title[0].value.startswith("The comment says")
    assert not said.get("plotly_chart")
    for app in (said, both):
        assert "Paragraph 2, sentence 12, possible (“could”)" in text_of(app)
    assert "Contested since 10 April 2025" in text_of(both)
    assert "Contested since" not in text_of(said)
    assert "Contested since 10 April 2025" not in text_of(held)
    assert "The comment on the routes" not in text_of(held)
    assert held.get("plotly_chart")


def test_the_data_page_counts_by_the_day(open_page: Open, dossier: Dossier) -> None:
    early, late = (text_of(open_page("data", at=day)) for day in ("2025-03-01", "2026-07-01"))
    assert "0 of 72 claims judged" in early
    assert "Nothing yet: it was published on 10 April 2025." in early
    assert "72 of 72 claims judged, 0 of them open; 115 of 115 events known" in late
    undated = int(dossier["sources"]["published_edtf"].isna().sum())
    total = len(dossier["sources"])
    assert f"{total - undated} of {total} sources out, {undated} more without a date" in late
    assert "claims judged" not in text_of(open_page("data", lens="document"))
    assert str(dossier.horizon) == "2026-07-01"
