"""The reading of sources, and what a claim's record says of its sources."""

import pytest

from entente.dossier.store import Dossier
from tests.app.conftest import Open
from tests.app.test_every_page import text_of
from tests.opening import title_of


def test_the_reading_counts_sources_and_origins(open_page: Open, dossier: Dossier) -> None:
    app = open_page("claims", show="sources")
    assert not app.exception
    total = len(dossier["sources"])
    assert title_of(app).startswith(f"{total} sources go back to ")
    assert f"All {total} sources by 30 September 2022, newest first" in text_of(app)


def test_a_long_table_shows_its_newest_rows_and_all_when_asked(
    open_page: Open, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entente.app.pages.claims.MOST_SOURCES", 5)
    total = len(dossier["sources"])
    app = open_page("claims", show="sources")
    table = text_of(app).split("newest first")[1].split("</table>")[0]
    assert table.startswith("; the first 5 are shown")
    assert table.count('<th scope="row">') == 5
    app.button(key="sources-all").click().run()
    table = text_of(app).split("newest first")[1].split("</table>")[0]
    assert table.count('<th scope="row">') == total
    assert "sources-all" not in {button.key for button in app.button}


def test_each_tier_has_its_row(open_page: Open, dossier: Dossier) -> None:
    text = text_of(open_page("claims", show="sources"))
    for code, label in dossier.labels("source_tiers").items():
        count = int((dossier["sources"]["tier_code"] == code).sum())
        assert f">{label}</th><td>{count}</td>" in text


def test_the_table_can_be_narrowed_to_a_tier_a_voice_and_words(open_page: Open) -> None:
    text = text_of(open_page("claims", show="sources", tier="primary", of="party", q="survey"))
    assert "Survey of Sundria" in text
    assert "Retells" not in text.split("newest first")[1].split("</table>")[0]
    assert "state voice: Sundria" in text
    others = text_of(open_page("claims", show="sources", of="others"))
    assert "Survey of Sundria" not in others.split("newest first")[1].split("</table>")[0]


def test_no_source_passes_a_filter_that_none_fits(open_page: Open) -> None:
    app = open_page("claims", show="sources", q="zzzz")
    assert not app.exception
    assert "No source matches these filters" in text_of(app)


def test_on_the_day_of_the_comment_later_sources_are_unknown(open_page: Open) -> None:
    text = text_of(open_page("claims", show="sources", at="2021-06-15"))
    assert "2022" not in text.split("newest first")[1].split("</table>")[0].replace("/2022", "")
    assert "How much was lent?" not in text


def test_before_the_first_source_there_is_nothing_but_a_sentence(open_page: Open) -> None:
    app = open_page("claims", show="sources", at="1992-01-01")
    assert not app.exception


def test_disagreements_stand_side_by_side(open_page: Open, dossier: Dossier) -> None:
    text = text_of(open_page("claims", show="sources"))
    for question in dossier["disagreements"]["question"]:
        assert question in text
    for position in dossier["disagreement_sources"]["position"]:
        assert position in text


def test_a_claim_shows_its_sources_by_tier_and_what_rests_on_one_origin(open_page: Open) -> None:
    text = text_of(open_page("claims", pick="k01"))
    assert "Rests on one origin only: its 2 sources report the same text." in text
    assert "<dt>Agency</dt>" in text


def test_a_confirmation_on_one_origin_says_what_stood_before_it(open_page: Open) -> None:
    text = text_of(open_page("claims", pick="k12"))
    assert "With earlier, equal verdicts it has 2 origins." in text
    assert "On which day was the visit?" in text


def test_on_the_day_of_the_comment_a_question_of_later_positions_is_not_asked(
    open_page: Open,
) -> None:
    assert "How much was lent?" in text_of(open_page("claims", pick="k02"))
    assert "How much was lent?" not in text_of(open_page("claims", pick="k02", at="2021-06-15"))
    text = text_of(open_page("claims", pick="k12", at="2021-06-15"))
    assert "In March" not in text
    assert "In January" in text


def test_the_ledger_marks_a_verdict_on_one_origin(open_page: Open) -> None:
    found = text_of(open_page("claims", q="Readers write"))
    assert "1 of 15 claims" in found
    assert '<span class="e-rests">one origin only</span>' in found
    assert ">one origin only<" not in text_of(open_page("claims", q="Norland has turned"))


def test_a_claim_shows_what_each_side_says(open_page: Open) -> None:
    told = text_of(open_page("claims", pick="k06")).partition("What each side says")[2]
    author, norland = told.index("<strong>The author</strong>"), told.index("Norland</strong>")
    assert told.index("<strong>Orania</strong>") < author < norland
    assert "Foreign Minister Ada Orn, 20 June 2021:" in told
    assert 'href="https://blog.example/valley"' in told


def test_statements_of_later_days_and_the_document_alone_are_left_out(open_page: Open) -> None:
    assert "What each side says" not in text_of(open_page("claims", pick="k06", lens="document"))
    assert "What each side says" not in text_of(open_page("claims", pick="k06", at="2021-06-15"))
    assert "Ada Orn" in text_of(open_page("claims", pick="k06", at="2021-06-20"))
    assert "What each side says" not in text_of(open_page("claims", pick="k01"))
