"""The slide of a scene: headline, sentence and key at the left, the figure beside them."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from pptx.presentation import Presentation as Deck

from entente.content import Panel, Scene
from entente.dossier.store import Dossier
from entente.export.deck.box import Box
from entente.export.deck.key import key_of, key_shapes
from entente.export.deck.layouts import (
    COLUMN,
    FIGURE,
    HEADING,
    HEADING_AT,
    KICKER_AT,
    SOURCE,
    SOURCE_AT,
    TEXT,
    TEXT_AT,
    TITLE,
)
from entente.export.deck.notes import scene_notes, source_line
from entente.export.deck.panel import draw_panel, kind_of, plain_figure
from entente.export.deck.placeholders import move, note, say
from entente.export.deck.shapes import place
from entente.export.deck.style import layout_named, number_shape
from entente.export.deck.text import LEADING, SERIF_EM, plain, wrapped_lines
from entente.style.palette import Palette

FIRST_ID = 100  # numbers of shapes that are not placeholders begin here
TITLE_SIZES = (26, 24, 22, 20, 18, 16)
TEXT_SIZES = (15, 14, 13, 12)
GAP, SPLIT = 16.0, 0.58
LEAST_KEY = 34.0


def add_scene(
    deck: Deck,
    scene: Scene,
    *,
    count: int,
    dossier: Dossier,
    palette: Palette,
    base_url: str,
) -> None:
    """One scene: headline, sentence and key at the left, the figure beside them."""
    slide = deck.slides.add_slide(layout_named(deck, "Scene"))
    ids = itertools.count(FIRST_ID)
    page = dossier.labels("pages").get(scene.content.page_code, scene.content.page_code)
    foot = _tell(slide, scene, kicker=f"{scene.number} of {count}  ·  {page}")
    heading = scene.content.title if scene.content.title != scene.title else ""
    say(slide, HEADING_AT, heading, sizes=(14, 13, 12), box=HEADING)
    panels = _shown(scene.content.panels)
    left_out = []
    for panel, box in zip(panels, _frames(panels), strict=True):
        left_out.append(draw_panel(slide, panel, box, ids=ids, palette=palette))
    rest = len(scene.content.panels) - len(panels)
    if rest:
        left_out.append(
            f"{rest} more {'figure' if rest == 1 else 'figures'} of this view in the app"
        )
    _add_key(slide, panels, foot, ids=ids, palette=palette)
    line = source_line(scene.content, left_out, dossier)
    say(slide, SOURCE_AT, line, sizes=(9, 8), box=SOURCE)
    place(slide.shapes._spTree, number_shape(ids))
    note(slide, scene_notes(scene, dossier=dossier, base_url=base_url))


def _tell(slide: Any, scene: Scene, *, kicker: str) -> float:
    """Write headline, kicker and sentence; returns where the column is free again."""
    say(slide, KICKER_AT, kicker)
    size = say(slide, 0, scene.title, sizes=TITLE_SIZES, box=TITLE, em=SERIF_EM)
    head = plain(scene.title)
    lines = wrapped_lines(head, TITLE.width, size, em=SERIF_EM)
    top = min(TITLE.top + lines * size * 1.12, TITLE.bottom) + 10
    box = Box(TEXT.left, top, TEXT.width, 150)
    size = say(slide, TEXT_AT, scene.text, sizes=TEXT_SIZES, box=box)
    lines = min(wrapped_lines(plain(scene.text), box.width, size), int(150 / size / LEADING))
    height = lines * size * LEADING
    move(slide, TEXT_AT, Box(box.left, box.top, box.width, height + 4))
    return top + height + 14


def _shown(panels: Sequence[Panel]) -> list[Panel]:
    """The panels that a slide has room for: one, or a map with a chart beside it."""
    if len(panels) < 2:
        return list(panels)
    first, second = (kind_of(plain_figure(panel)) for panel in panels[:2])
    is_pair = first == "map" and second in ("bars", "points")
    return list(panels[:2]) if is_pair else [panels[0]]


def _frames(panels: Sequence[Panel]) -> list[Box]:
    whole = FIGURE
    if len(panels) < 2:
        return [whole] * len(panels)
    first = whole.width * SPLIT
    return [
        Box(whole.left, whole.top, first, whole.height),
        Box(whole.left + first + GAP, whole.top, whole.width - first - GAP, whole.height),
    ]


def _add_key(
    slide: Any,
    panels: Sequence[Panel],
    top: float,
    *,
    ids: Iterator[int],
    palette: Palette,
) -> None:
    entries = list(dict.fromkeys(entry for panel in panels for entry in key_of(panel, palette)))
    room = COLUMN.bottom - 14 - top
    if entries and room >= LEAST_KEY:
        box = Box(COLUMN.left, top, COLUMN.width, room)
        place(slide.shapes._spTree, key_shapes(entries, box, ids=ids, palette=palette))
