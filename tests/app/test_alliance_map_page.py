"""The alliance map page: what its sentence, figure and dossiers say under its controls."""

import json

import pytest

from entente.store import Dossier
from entente.views import pickable_on_map
from tests.app.conftest import Open

PAGE = "alliance_map"


def text_of(app) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def marks_of(app) -> set[str]:
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    rows = [row for trace in spec["data"] for row in trace.get("customdata") or []]
    return {row[1] for row in rows if row[0] == "tie"}


def test_the_title_tells_record_and_document_apart(open_page: Open) -> None:
    title = open_page(PAGE).title[0].value
    assert "on record" in title
    assert "in the document alone" in title


@pytest.mark.parametrize(
    ("lens", "words"), [("record", "on record among the five"), ("document", "document asserts")]
)
def test_the_title_follows_the_lens(open_page: Open, lens: str, words: str) -> None:
    assert words in open_page(PAGE, lens=lens, at="2026-07-01").title[0].value


def test_before_the_document_the_title_says_that_it_came_later(open_page: Open) -> None:
    assert "written later" in open_page(PAGE, at="2025-04-09").title[0].value
    assert "written later" not in open_page(PAGE, at="2025-04-10").title[0].value


def test_the_record_shows_no_tie_that_only_the_document_asserts(
    open_page: Open, dossier: Dossier
) -> None:
    ties = dossier["ties"]
    alone = set(ties.loc[ties["is_asserted_only"], "tie_id"])
    assert alone & marks_of(open_page(PAGE))
    assert not alone & marks_of(open_page(PAGE, lens="record", actor="all"))
    assert alone <= marks_of(open_page(PAGE, lens="document", actor="all"))


def test_recognition_of_armenia_changes_on_its_day(open_page: Open) -> None:
    before = marks_of(open_page(PAGE, at="2025-08-30"))
    after = marks_of(open_page(PAGE, at="2025-08-31"))
    assert "pak-arm-recognition" in before - after
    assert "pak-arm-relations" in after - before


def test_a_tie_has_a_dossier_with_claims_verdicts_and_events(open_page: Open) -> None:
    text = text_of(open_page(PAGE, pick="aze-pak-finance"))
    assert "Azerbaijani investment and credit" in text
    assert "claims?at=2026-07-01&amp;pick=c04" in text
    assert "timeline?at=" in text
    assert "Verdicts as of 1 July 2026" in text


def test_a_verdict_in_a_dossier_belongs_to_its_day(open_page: Open) -> None:
    early = text_of(open_page(PAGE, pick="pak-arm-recognition", at="2025-04-10"))
    late = text_of(open_page(PAGE, pick="pak-arm-recognition", at="2026-01-01"))
    assert "Overtaken" not in early
    assert "Overtaken" in late
    assert "not in force on 1 January 2026" in late


def test_an_actor_has_a_dossier_with_its_ties_by_theme(open_page: Open) -> None:
    text = text_of(open_page(PAGE, pick="TUR"))
    assert "Ties on 1 July 2026" in text
    assert "pick=tur-pak-defence" in text


@pytest.mark.parametrize("show", ["matrix", "table"])
def test_the_other_readings_run_and_show_the_same_ties(open_page: Open, show: str) -> None:
    app = open_page(PAGE, show=show)
    assert not app.exception
    assert app.title[0].value == open_page(PAGE).title[0].value
    if show == "matrix":
        assert marks_of(app) == marks_of(open_page(PAGE))
    else:
        assert not app.get("plotly_chart")
        assert "Ties in force on 1 July 2026" in text_of(app)


@pytest.mark.parametrize("empty", [{"theme": "none"}, {"actor": "none"}])
@pytest.mark.parametrize("show", ["map", "matrix", "table"])
def test_filters_that_leave_nothing_leave_a_page(open_page: Open, empty: dict, show: str) -> None:
    app = open_page(PAGE, show=show, pick="PAK", **empty)
    assert not app.exception
    assert "No tie fits" in app.title[0].value


def test_the_first_day_on_record_has_a_page(open_page: Open) -> None:
    app = open_page(PAGE, at="1900-01-01", pick="IND")
    assert not app.exception
    captions = " ".join(caption.value for caption in app.caption)
    assert "On this day the document had not been published" in captions.replace("\\", "")


def test_everything_that_can_be_picked_has_a_dossier(open_page: Open, dossier: Dossier) -> None:
    app = open_page(PAGE)
    for pick in pickable_on_map(dossier)[::4]:
        app.query_params["pick"] = pick
        app.run()
        assert not app.exception, pick
        assert 'id="dossier"' in text_of(app), pick


def test_the_map_opens_on_the_five_at_the_centre_and_widens(open_page: Open) -> None:
    app = open_page(PAGE)
    assert "among the five" in app.title[0].value
    (widen,) = [button for button in app.button if button.label.startswith("All ")]
    widen.click().run()
    assert "among" not in app.title[0].value
    assert "".join(app.query_params["actor"]) == "all"


def test_a_picked_tie_is_drawn_even_beyond_the_circle(open_page: Open) -> None:
    assert "sau-pak-defence" in str(marks_of(open_page(PAGE, pick="sau-pak-defence")))
    assert "sau-pak-defence" not in str(marks_of(open_page(PAGE)))
