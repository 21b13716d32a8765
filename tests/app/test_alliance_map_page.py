"""The alliance map page: what its sentence, figure and dossiers say under its controls."""

import re

import pytest

from entente.address.views import pickable_on_map
from entente.dossier.store import Dossier
from tests.app.conftest import Open
from tests.charts import list_charts
from tests.opening import open_drawers, plain, title_of

PAGE = "alliance_map"
EVERYTHING = {"actor": "all", "frame": "all", "side": "both"}


def text_of(app) -> str:
    return plain(" ".join(element.proto.body for element in app.get("html")))


def notices_of(app) -> str:
    found = [e.proto.body for e in app.get("html") if "e-notices" in e.proto.body]
    return " ".join(found)


def caption_of(app) -> str:
    return " ".join(caption.value for caption in app.caption).replace("\\", "")


def alt_of(app) -> str:
    return list_charts(app)[0].alt


def list_marks(app) -> set[str]:
    spec = list_charts(app)[0].spec
    rows = [row for trace in spec["data"] for row in trace.get("customdata") or []]
    return {tie for row in rows if row[0] in ("tie", "pair") for tie in row[1].split()}


def pairs_of(app) -> list[str]:
    """Names of the pairs in the column beside the map, in order."""
    return re.findall(r'<p class="e-pair-names">(.*?)</p>', text_of(app))


def test_the_title_counts_ties_and_names_what_is_only_claimed(open_page: Open) -> None:
    assert title_of(open_page(PAGE)) == (
        "Marland, Vestia and Orania are tied in 4 ways on record; "
        "the nuclear tie is Lowland’s claim alone"
    )


@pytest.mark.parametrize(
    ("parameters", "title"),
    [
        (
            {"lens": "record"},
            "Marland, Vestia and Orania are tied in 4 ways on record as of 30 September 2022",
        ),
        (
            {"lens": "document"},
            "Lowland ties Marland, Vestia and Orania in 4 ways; the nuclear tie is on no record",
        ),
        ({"side": "rivals"}, "Sundria is at odds with Orania"),
        (
            {"side": "both"},
            "Marland, Vestia and Orania are tied in 4 ways on record and face 1 rivalry; "
            "the nuclear tie is Lowland’s claim alone",
        ),
        (
            {"theme": "nuclear"},
            "Nothing on record ties Marland, Vestia and Orania; the nuclear tie is",
        ),
        ({"frame": "all"}, "ties on record among the four"),
        ({"frame": "all", "side": "rivals", "actor": "all"}, "2 rivalries on record as of"),
    ],
)
def test_the_title_follows_lens_side_and_frame(
    open_page: Open, parameters: dict[str, str], title: str
) -> None:
    assert title in title_of(open_page(PAGE, at="2022-09-30", **parameters))


def test_before_the_document_the_title_says_that_it_came_later(open_page: Open) -> None:
    early = title_of(open_page(PAGE, at="2021-06-14"))
    assert early.endswith("Lowland, writing later, claims a nuclear tie")
    assert "later" not in title_of(open_page(PAGE, at="2021-06-15"))


def test_the_record_shows_no_tie_that_only_the_document_asserts(
    open_page: Open, dossier: Dossier
) -> None:
    ties = dossier["ties"]
    alone = set(ties.loc[ties["is_asserted_only"], "tie_id"])
    assert alone & list_marks(open_page(PAGE))
    assert not alone & list_marks(open_page(PAGE, lens="record", **EVERYTHING))
    assert alone <= list_marks(open_page(PAGE, lens="document", **EVERYTHING))


def test_recognition_changes_on_its_day(open_page: Open) -> None:
    before = list_marks(open_page(PAGE, at="2022-02-09", **EVERYTHING))
    after = list_marks(open_page(PAGE, at="2022-02-10", **EVERYTHING))
    assert "ora-bel-recognition" in before - after
    assert "bel-ora-diplomacy" in after - before


def test_a_tie_has_a_dossier_with_claims_verdicts_and_events(open_page: Open) -> None:
    text = text_of(open_page(PAGE, pick="ves-ora-finance"))
    assert "A credit of one million crowns" in text
    assert "claims?pick=k02&amp;at=2022-09-30" in text
    assert "timeline?pick=" in text
    assert "Verdicts as of 30 September 2022" in text


def test_a_verdict_in_a_dossier_belongs_to_its_day(open_page: Open) -> None:
    early = text_of(open_page(PAGE, pick="ora-bel-recognition", at="2021-06-15"))
    late = text_of(open_page(PAGE, pick="ora-bel-recognition", at="2022-04-01"))
    assert "Overtaken" not in early
    assert "Overtaken" in late
    assert "not in force on 1 April 2022" in late


def test_an_actor_has_a_dossier_with_its_ties_by_theme(open_page: Open) -> None:
    text = text_of(open_page(PAGE, pick="QMA"))
    assert "Ties on 30 September 2022" in text
    assert "pick=mar-ora-defence" in text


@pytest.mark.parametrize("show", ["matrix", "table"])
def test_the_other_readings_run_and_show_the_same_ties(open_page: Open, show: str) -> None:
    app = open_page(PAGE, show=show)
    assert not app.exception
    assert title_of(app) == title_of(open_page(PAGE))
    if show == "matrix":
        assert list_marks(app) == list_marks(open_page(PAGE))
    else:
        assert not list_charts(app)
        assert "Ties in force on 30 September 2022" in text_of(app)


@pytest.mark.parametrize("show", ["map", "matrix", "table"])
def test_filters_that_leave_nothing_leave_a_page(open_page: Open, show: str) -> None:
    app = open_page(PAGE, show=show, pick="QOR", theme="transport")
    assert not app.exception
    assert "No tie matches" in title_of(app)


def test_the_first_day_on_record_has_a_page(open_page: Open) -> None:
    app = open_page(PAGE, at="1900-01-01", pick="QSU")
    assert not app.exception
    assert "the comment had not been published" in text_of(app)


def test_everything_that_can_be_picked_has_a_dossier(open_page: Open, dossier: Dossier) -> None:
    app = open_page(PAGE)
    for pick in pickable_on_map(dossier)[::4]:
        app.query_params["pick"] = pick
        app.run()
        assert not app.exception, pick
        assert 'id="dossier"' in text_of(app), pick


def test_the_map_opens_on_the_three_at_the_centre_and_widens(open_page: Open) -> None:
    app = open_drawers(open_page(PAGE))
    assert "".join(app.query_params["frame"]) == "three"
    (widen,) = [button for button in app.button if button.label.startswith("All ")]
    widen.click().run()
    assert title_of(app).startswith("8 ties on record; 1 more is")
    assert "".join(app.query_params["actor"]) == "all"
    assert "".join(app.query_params["frame"]) == "all"


def test_each_pair_is_one_row_and_opens_its_details_beside_the_map(open_page: Open) -> None:
    app = open_page(PAGE)
    assert pairs_of(app) == ["Marland–Orania", "Marland–Vestia", "Vestia–Orania"]
    assert "nuclear, Lowland only" in text_of(app)
    (row,) = [button for button in app.button if button.label.startswith("Marland–Orania: ")]
    assert row.label == "Marland–Orania: Diplomacy, defence; claimed only by Lowland: nuclear"
    row.click().run()
    assert "".join(app.query_params["pick"]) == "QMA~QOR"
    text = text_of(app)
    assert "<h2>Marland and Orania</h2>" in text
    assert "2 ties on record, 1 claimed only by Lowland" in text
    assert "pick=mar-ora-defence" in text
    assert text.index("Claimed only by Lowland</h3>") < text.index("pick=mar-ora-nuclear")
    assert not pairs_of(app)
    (close,) = [button for button in app.button if button.label == "Close"]
    close.click().run()
    assert len(pairs_of(app)) == 3
    assert "".join(app.query_params["pick"]) == "none"


def test_rivals_are_told_and_one_click_away(open_page: Open) -> None:
    app = open_page(PAGE)
    assert "<span>Orania–Sundria</span>: 1 rivalry." in text_of(app)
    (show,) = [button for button in app.button if button.label == "Show rivals"]
    show.click().run()
    assert "".join(app.query_params["side"]) == "both"
    assert pairs_of(app)[-1] == "Orania–Sundria"
    assert "Against them" not in text_of(app)
    assert pairs_of(open_page(PAGE, side="rivals")) == ["Orania–Sundria"]


def test_a_pair_that_is_picked_is_shown_whatever_the_side(open_page: Open) -> None:
    app = open_page(PAGE, pick="QOR~QSU")
    assert "ora-sun-rivalry" in list_marks(app)
    assert "<h2>Orania and Sundria</h2>" in text_of(app)
    assert "1 rivalry on record" in text_of(app)


def test_a_tooltip_begins_with_the_verdict_on_the_claims_behind_it(open_page: Open) -> None:
    def hover(**parameters: str) -> str:
        spec = list_charts(open_page(PAGE, pick="mar-ora-nuclear", **parameters))[0].spec
        (line,) = [trace for trace in spec["data"] if trace.get("name") == "mar-ora-nuclear"]
        return line["hovertext"].split("<br>")[0]

    assert hover() == "<b>Unverifiable</b>"
    assert hover(lens="document") == "<b>Marland → Orania</b>"


def test_a_picked_tie_is_drawn_even_beyond_the_circle(open_page: Open) -> None:
    assert "bel-ora-diplomacy" in str(list_marks(open_page(PAGE, pick="bel-ora-diplomacy")))
    assert "bel-ora-diplomacy" not in str(list_marks(open_page(PAGE)))


def test_a_tie_shows_its_strength_as_a_sum_with_the_weights_of_the_address(
    open_page: Open,
) -> None:
    text = text_of(open_page(PAGE, pick="mar-ora-defence"))
    assert "Strength: 16" in text
    heavier = text_of(open_page(PAGE, pick="mar-ora-defence", w="10.5.4.2"))
    assert "<td>1</td><td>× 10</td><td>= 10</td>" in heavier
    assert "<td>1</td><td>× 5</td><td>= 5</td>" in heavier
    assert "Strength: 15" in heavier


def test_a_slider_writes_the_weights_into_the_address(open_page: Open) -> None:
    app = open_drawers(open_page(PAGE))
    (slider,) = [slider for slider in app.slider if slider.label == "Statements"]
    slider.set_value(9).run()
    assert "".join(app.query_params["w"]) == "8.8.4.9"


def test_a_dossier_tells_nothing_from_after_the_day(open_page: Open) -> None:
    early = text_of(open_page(PAGE, pick="ora-bel-recognition", at="2022-02-09"))
    assert "Ended on 10 February 2022" not in early
    assert "until 10 February 2022" not in early
    assert "Anything after 9 February 2022 is not shown" in early
    late = text_of(open_page(PAGE, pick="ora-bel-recognition"))
    assert "until 10 February 2022" in late
    assert "Anything after" not in late


def test_a_tie_that_had_not_begun_is_not_described(open_page: Open) -> None:
    text = text_of(open_page(PAGE, pick="bel-ora-diplomacy", at="2021-06-15"))
    assert "No such tie existed by 15 June 2021" in text
    assert "Relations opened" not in re.sub("(?s)<ol class=.e-days.*?</ol>", "", text)


def test_a_dossier_lists_events_in_order_with_sources_and_kind(open_page: Open) -> None:
    text = text_of(open_page(PAGE, pick="mar-ora-defence"))
    body = text[text.index('id="dossier"') :]
    assert body.index("pick=frigate-order") < body.index("pick=joint-drill")
    assert "Treaties and contracts. <a href=" in body


def test_an_actor_dossier_keeps_asserted_and_ended_ties_apart(open_page: Open) -> None:
    text = text_of(open_page(PAGE, pick="QOR"))
    asserted = text[text.index("Claimed only by Lowland") :]
    assert "pick=mar-ora-nuclear" in asserted
    assert "pick=k05" in asserted
    assert "pick=ora-bel-recognition" in asserted[asserted.index("Ended</h3>") :]
    assert "Ended</h3>" not in text_of(open_page(PAGE, pick="QOR", at="2021-06-15"))


def test_two_days_are_compared_in_title_map_words_and_text(open_page: Open) -> None:
    app = open_page(PAGE, since="2021-06-15", **EVERYTHING)
    assert title_of(app) == "3 ties began and 1 ended between 15 June 2021 and 30 September 2022"
    text = text_of(app)
    assert "From 15 June 2021 to 30 September 2022" in text
    ended = text[text.index("Ended: 1") :]
    assert "Until 10 February 2022" in ended[:600]
    assert {"ora-bel-recognition", "bel-ora-diplomacy"} <= list_marks(app)
    assert "Compared with 15 June 2021" in alt_of(app)
    assert "pick=k04" in text[text.index("Verdicts that changed") :]


def test_nothing_compared_is_not_spoken_of(open_page: Open) -> None:
    app = open_page(PAGE)
    assert "Verdicts that changed" not in text_of(app)
    assert "Compared" not in alt_of(app)


def test_the_table_has_strength_and_since_when_and_of_two_days_the_change(
    open_page: Open,
) -> None:
    plain = text_of(open_page(PAGE, show="table"))
    assert '<th scope="col">Strength</th>' in plain
    assert '<th scope="col">Documented since</th>' in plain
    assert "Since 15 June 2021</th>" not in plain
    compared = text_of(open_page(PAGE, show="table", since="2021-06-15", **EVERYTHING))
    assert '<th scope="col">Since 15 June 2021</th>' in compared
    assert "<td>Ended</td>" in compared


@pytest.mark.parametrize("since", ["2022-09-30", "2022-09-29"])
def test_an_earlier_day_that_is_not_earlier_is_left_out_with_a_notice(
    open_page: Open, since: str
) -> None:
    app = open_page(PAGE, at="2022-09-29", since=since)
    assert not app.exception
    assert "there is nothing to compare" in notices_of(app)
    assert "".join(app.query_params["since"]) == "none"
    assert "Verdicts that changed" not in text_of(app)


@pytest.mark.parametrize("show", ["map", "matrix", "table"])
@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("since", "yesterday"),
        ("since", "2199-01-01"),
        ("frame", "moon"),
        ("borders", "martian"),
        ("w", "0.0.0.0"),
        ("w", "8.8.4"),
        ("w", "8.8.4.11"),
    ],
)
def test_a_setting_that_means_nothing_is_a_notice_and_a_page(
    open_page: Open, show: str, parameter: str, value: str
) -> None:
    app = open_page(PAGE, show=show, **{parameter: value})
    assert not app.exception
    assert notices_of(app)
    assert "on record" in title_of(app)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        ("three", "Marland, Vestia and Orania are tied"),
        ("north", "in the north"),
        ("routes", "transport tie on record"),
    ],
)
def test_a_frame_is_named_in_the_title_and_keeps_what_belongs_to_it(
    open_page: Open, dossier: Dossier, frame: str, words: str
) -> None:
    app = open_page(PAGE, frame=frame, actor="all")
    assert words in title_of(app)
    assert list_marks(app) < list_marks(open_page(PAGE, **EVERYTHING))
    if frame == "routes":
        themes = dossier["ties"].set_index("tie_id")["theme_code"]
        assert {themes[tie] for tie in list_marks(app)} == {"transport"}


@pytest.mark.parametrize(
    ("borders", "said"),
    [
        ("un", "Borders as the United Nations shows them"),
        ("sundria", "Upper Valley and High Pass as part of Sundria"),
        ("orania", "Upper Valley (marked there as disputed) as part of Orania"),
    ],
)
def test_a_view_of_the_borders_says_whose_it_is_everywhere(
    open_page: Open, borders: str, said: str
) -> None:
    app = open_page(PAGE, borders=borders)
    assert said in caption_of(app)
    assert said in alt_of(app)
    text = text_of(app)
    assert "Ferry Isle" in text
    assert "River Bank" in text
    assert ("differences from the United Nations view" in text) == (borders != "un")
    spec = list_charts(app)[0].spec
    stamped = [note["text"] for note in spec["layout"].get("annotations", [])]
    assert bool(stamped) == (borders != "un")
    assert "".join(app.query_params["borders"]) == borders


def test_notes_on_borders_stand_in_the_dossiers_that_they_concern(open_page: Open) -> None:
    def dossier_of(pick: str) -> str:
        text = text_of(open_page(PAGE, pick=pick, borders="sundria"))
        return text[text.index('id="dossier"') : text.index("Borders: Sundrian view")]

    assert "Ferry Isle on the map." in dossier_of("QVE")
    assert "River Bank on the map." in dossier_of("QNO")
    assert "on the map." not in dossier_of("QSU")
    assert "Ferry Isle on the map." in dossier_of("bel-ves-rivalry")
    assert "on the map." not in dossier_of("ves-ora-finance")
