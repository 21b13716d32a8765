"""Legends: declared with their panels, and drawn wherever nothing else explains the marks."""

import dataclasses

import pandas as pd

from entente.briefing.scenes import make_scene
from entente.content import LegendEntry, Panel, list_numbers, list_symbols
from entente.dossier.store import Dossier
from entente.export.html.edition import scene_parts
from entente.style.palette import LIGHT


def test_numbers_stand_in_order_and_the_picked_one_is_put_forward() -> None:
    first, second = list_numbers([(2, "North"), (1, "South")], picked=2, palette=LIGHT)
    assert (first.number, first.text, first.is_strong) == ("1", "South", False)
    assert (second.number, second.text, second.is_strong) == ("2", "North", True)
    assert (first.colour, second.colour) == (LIGHT.ink, LIGHT.accent)


def test_symbols_follow_their_labels_and_hollow_ones_are_paper() -> None:
    entries = list_symbols(
        {"a": "circle", "b": "diamond"},
        {"b": "Second", "a": "First", "c": "Without a symbol"},
        hollow=["a"],
        colour=LIGHT.muted,
        palette=LIGHT,
    )
    assert [entry.text for entry in entries] == ["Second", "First"]
    assert [entry.character(LIGHT) for entry in entries] == ["◆", "○"]


def test_an_open_symbol_is_a_hollow_character_and_an_unknown_one_none() -> None:
    ring = LegendEntry(text="Ring", colour=LIGHT.ink, symbol="circle-open", fill=LIGHT.ink)
    assert ring.character(LIGHT) == "○"
    assert dataclasses.replace(ring, symbol="hourglass").character(LIGHT) == ""
    assert dataclasses.replace(ring, symbol=None).character(LIGHT) == ""


def test_a_page_leaves_out_a_legend_that_its_caption_gives(dossier: Dossier) -> None:
    entry = LegendEntry(text="A mark", colour=LIGHT.ink, symbol="circle", fill=LIGHT.ink)
    panel = Panel(
        key="marks",
        figure=None,
        alt="Marks.",
        table=pd.DataFrame({"a": [1]}),
        caption="A dot is a mark.",
        source_ids=(),
        legend=(entry,),
    )
    scene = make_scene(dossier, dossier["scenes"].at[0, "scene_id"])
    for is_in_caption, texts in ((False, ["A mark"]), (True, [])):
        shown = dataclasses.replace(panel, is_legend_in_caption=is_in_caption)
        content = dataclasses.replace(scene.content, panels=(shown,))
        parts = scene_parts(dataclasses.replace(scene, content=content), dossier, base_url="")
        assert [line["text"] for line in parts["groups"][0]["key"]] == texts
