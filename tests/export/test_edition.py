"""The edition: everything inside, nothing from outside, and text from data stays text."""

import datetime as dt
import gzip
import json
import re
from html.parser import HTMLParser

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.briefing.scenes import choose_scenes
from entente.content import PageContent, Panel, Scene
from entente.dossier.store import Dossier
from entente.export.files.citation import citation
from entente.export.html.edition import (
    briefing_html,
    figure_block,
    fingerprint,
    json_block,
    key_parts,
    scene_parts,
    score_parts,
    site_files,
)
from tests.laws import examples

NASTY = '</script><script>alert(1)</script> & "quoted" \u202e\u2028 =1+1 😀'


def a_scene(text: str = NASTY) -> Scene:
    panel = Panel(
        key="marks",
        figure=go.Figure(go.Scatter(x=[1, 2], y=[2, 1], hovertext=[text, text], name=text)),
        alt=text,
        table=pd.DataFrame({text: [text, None], "Number": [1.5, 2]}),
        caption=text,
        source_ids=("24-kg-2025", "unknown"),
    )
    content = PageContent(
        page_code="timeline", title=text, query="a=b", panels=(panel,), borders=text
    )
    return Scene(scene_id="one", number=1, title=text, text=text, notes=text, content=content)


class Reader(HTMLParser):
    """Collects elements, and the content of scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[str, dict[str, str | None], str]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}", {}))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in ("script", "style"):
            self.blocks.append((*self.elements[-1], data))
        else:
            self.words.append(data)


def read(page: bytes) -> Reader:
    reader = Reader()
    reader.feed(page.decode("utf-8"))
    return reader


@pytest.fixture(scope="module")
def page(dossier: Dossier) -> Reader:
    return read(briefing_html([a_scene()], dossier=dossier))


def test_the_file_fits_into_a_mail(dossier: Dossier) -> None:
    content = briefing_html(choose_scenes(dossier), dossier=dossier)
    assert len(content) <= 2_800_000
    assert len(gzip.compress(content)) <= 900_000


def test_nothing_is_asked_of_anybody(page: Reader) -> None:
    for tag, attributes in page.elements:
        assert "src" not in attributes
        assert tag != "link"
        if tag != "a":
            assert "href" not in attributes


def test_the_policy_allows_exactly_the_scripts_that_are_there(page: Reader) -> None:
    policy = next(a["content"] for t, a in page.elements if a.get("http-equiv")) or ""
    assert policy.startswith("default-src 'none'; ")
    allowed = set(re.findall(r"'sha256-[^']+'", policy.split("script-src ")[1].split(";")[0]))
    scripts = [(a.get("type"), text) for tag, a, text in page.blocks if tag == "script"]
    running = [text for kind, text in scripts if kind in (None, "module")]
    assert allowed == {fingerprint(text) for text in running}
    assert len(running) == 3


def test_text_from_data_is_text(page: Reader) -> None:
    scripts = [a for tag, a in page.elements if tag == "script"]
    assert len(scripts) == 4  # three that run and one figure
    assert any("alert(1)" in words for words in page.words)


def test_the_figure_is_read_back_whole(page: Reader) -> None:
    block = next(t for tag, a, t in page.blocks if a.get("type") == "application/json")
    assert json.loads(block)["data"][0]["name"] == NASTY


@given(st.text(max_size=60))
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_survives_a_json_block_without_markup(text: str) -> None:
    block = json_block({"a": text})
    assert json.loads(block) == {"a": text}
    assert not set(block) & set("<>&\u2028\u2029")


@given(st.text(alphabet="a\\\\\x00\x07\x1f\x08\x0c\n\t<\u202e", max_size=12))
@settings(max_examples=examples(60), deadline=None)
def test_a_figure_keeps_all_text_but_control_characters(text: str) -> None:
    figure = go.Figure(go.Scatter(x=[1], y=[1], name=text))
    kept = "".join(mark for mark in text if mark in "\n\t" or ord(mark) > 31)
    assert json.loads(figure_block(figure))["data"][0]["name"] == kept


def test_no_control_character_reaches_the_page(dossier: Dossier) -> None:
    html = briefing_html([a_scene("bell \x07 and null \x00")], dossier=dossier).decode("utf-8")
    assert "bell  and null " in html
    ours = html.partition("<script>")[0]  # the vendor's script has some in its own strings
    assert not set(ours) & {chr(code) for code in range(32) if chr(code) not in "\n\t"}


def test_claims_stand_in_the_page_without_a_script(page: Reader, dossier: Dossier) -> None:
    ids = {a["id"] for tag, a in page.elements if tag == "li" and a.get("id")}
    assert {f"claim-{name}" for name in dossier["claims"]["claim_id"]} <= ids


def test_the_page_says_the_score_by_claim_and_by_sentence(page: Reader, dossier: Dossier) -> None:
    score = score_parts(dossier)
    assert score["claims"] == "2 of 14 claims hold in full; 3 are contradicted"
    assert score["sentences"].startswith("1 of 9 sentences holds in full")
    text = "".join(page.words)
    assert f"{score['claims']}." in text
    assert f"{score['sentences']}. 1 trivial" in text
    assert text.count("· trivial, not counted") == 1


def test_the_folder_refers_only_to_files_that_are_in_it(dossier: Dossier) -> None:
    files = site_files([a_scene()], dossier=dossier, site_url="https://example.org/entente/")
    assert {"index.html", "404.html", "robots.txt"} < set(files)
    assert "/entente/" in files["404.html"].decode("utf-8")
    page = read(files["index.html"])
    named = [a.get("src") or a.get("href") for t, a in page.elements if t in ("script", "link")]
    beside = [name for name in named if name and not name.startswith("https://example.org")]
    assert len(beside) == 6  # a style sheet, two fonts, three scripts
    assert set(beside) <= set(files)
    assert all(re.search(r"\.[0-9a-f]{10}\.(js|css|woff2)$", name) for name in beside)


def test_the_same_scenes_give_the_same_page(dossier: Dossier) -> None:
    days = [None, *(dt.date(2022, 12, 29 + day) for day in (0, 0, 1))]
    plain, first, second, later = (
        briefing_html([a_scene("plain")], dossier=dossier, made_on=day) for day in days
    )
    assert first == second
    assert len({plain, first, later}) == 3


@pytest.mark.parametrize(
    ("day", "age", "is_dated"),
    [
        (None, "", False),
        (dt.date(2022, 10, 1), ", 1 day before this file was made on 1 October 2022", False),
        (dt.date(2022, 12, 30), ", 91 days before this file was made on 30 December 2022", True),
    ],
)
def test_a_file_says_how_old_the_record_was_when_it_was_made(
    dossier: Dossier, day: dt.date | None, age: str, is_dated: bool
) -> None:
    html = briefing_html([a_scene()], dossier=dossier, made_on=day).decode("utf-8")
    assert f"Newest source 30 September 2022{age}; what came later" in html
    assert ("These data may have been out of date when this file was made" in html) == is_dated
    assert "newest source 30 September 2022" in citation(dossier)


def test_what_may_have_changed_is_linked_where_the_app_is_known(dossier: Dossier) -> None:
    files = site_files(
        [a_scene()], dossier=dossier, base_url="https://a.example", made_on=dt.date(2023, 1, 1)
    )
    links = [attributes.get("href") for _, attributes in read(files["index.html"]).elements]
    assert "https://a.example/claims?pick=k08" in links
    assert "pick=k08" not in briefing_html(
        [a_scene()], dossier=dossier, made_on=dt.date(2023, 1, 1)
    ).decode("utf-8")


def test_a_scene_of_what_changed_draws_and_names_that_alone(dossier: Dossier) -> None:
    (scene,) = choose_scenes(dossier, ["change"])
    (group,) = scene_parts(scene, dossier, base_url="")["groups"]
    drawn = {
        mark[1]
        for trace in json.loads(group["panels"][0]["figure"])["data"]
        for mark in trace.get("customdata") or ()
        if mark and mark[0] == "tie"
    }
    assert 0 < len(drawn) < len(group["panels"][0]["rows"])
    assert len(group["key"]) == len(drawn)
    assert all(
        " began " in f" {entry['text']}" or "ended" in entry["text"] for entry in group["key"]
    )


def test_both_maps_of_the_first_scene_stand_side_by_side_above_the_visits(
    dossier: Dossier,
) -> None:
    (scene,) = choose_scenes(dossier, ["said"])
    groups = scene_parts(scene, dossier, base_url="")["groups"]
    shown = [(group["panels"][0]["key"], group["width"]) for group in groups]
    assert shown[:3] == [("ties", "half"), ("routes", "half"), ("visits", "whole")]


def test_the_map_has_a_key_to_its_themes_and_a_plain_chart_none(dossier: Dossier) -> None:
    held, visits, ties = choose_scenes(dossier, ["ties", "lanes", "held"])
    themes = {part["text"]: part for part in key_parts(ties.content.panels[0].legend)}
    assert themes["Defence"]["character"] == "⬟"
    assert themes["Defence"]["has_line"]
    assert themes["Hollow, dotted: claimed only by Lowland"]["character"] == "○"
    events = {
        part["text"]: part["character"] for part in key_parts(visits.content.panels[0].legend)
    }
    assert events["Occurred"] == "●"
    assert events["Lowland’s date"] == "□"
    assert key_parts(held.content.panels[0].legend) == []
