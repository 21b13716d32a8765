"""The slides of the deck: title, scenes, method, borders."""

import itertools
from collections.abc import Iterator, Sequence

from pptx.presentation import Presentation as Deck

from entente.content import Scene
from entente.dates.words import day_in_words, in_words
from entente.dossier.store import Dossier
from entente.export.deck.box import Box
from entente.export.deck.layouts import HEADING_AT, KICKER_AT, SOURCE_AT, TEXT_AT
from entente.export.deck.map import map_shapes
from entente.export.deck.method import sections
from entente.export.deck.placeholders import note, remove, say, say_sections
from entente.export.deck.shapes import place
from entente.export.deck.style import layout_named, number_shape
from entente.export.deck.text import SERIF_EM
from entente.export.files.citation import DIGEST_LENGTH, citation
from entente.style.basemap import basemap
from entente.style.palette import Palette
from entente.style.theme import blank_figure

FIRST_ID = 100  # numbers of shapes that are not placeholders begin here
AREAS_LON, AREAS_LAT = (66.0, 100.0), (20.0, 41.0)
METHOD_TITLE = "How claims were judged and routes compared"
BORDERS_TITLE = "Borders and names are nobody’s position"


def add_title(deck: Deck, scenes: Sequence[Scene], *, dossier: Dossier) -> None:
    """What this is, of which document, from which dataset."""
    slide = deck.slides.add_slide(layout_named(deck, "Title"))
    about, document = dossier["dataset"].iloc[0], dossier.document
    name, _, rest = str(about["title"]).partition(": ")
    head = rest[:1].upper() + rest[1:] if rest else name
    say(slide, 0, head, sizes=(40, 36, 32, 28), box=Box(36, 130, 760, 130), em=SERIF_EM)
    count = f"{len(scenes)} scene{'' if len(scenes) == 1 else 's'}"
    say(
        slide,
        1,
        f"{name}: a briefing in {count} on “{document.title}”, "
        f"{document.publisher}, {day_in_words(document.day)}",
        sizes=(18, 16, 14),
        box=Box(36, 276, 640, 60),
    )
    lines = (
        f"Dataset {dossier.version}, {in_words(about['released_edtf'])}",
        f"SHA-256 {dossier.digest[:DIGEST_LENGTH]}",
        f"Newest source: {in_words(about['horizon_edtf'])}. What came after it is not known here.",
        "Charts, tables and maps are native: each can be edited. Sources stand in the notes.",
    )
    say(slide, SOURCE_AT, "\n".join(lines), sizes=(13,))
    note(slide, citation(dossier))


def add_method(deck: Deck, *, dossier: Dossier) -> None:
    """The method in short; in the notes, whole."""
    slide = deck.slides.add_slide(layout_named(deck, "Text"))
    ids = itertools.count(FIRST_ID)
    say(slide, 0, METHOD_TITLE)
    say(slide, KICKER_AT, "Method")
    parts = sections()
    half = (len(parts) + 1) // 2
    for holder, own in ((TEXT_AT, parts[:half]), (HEADING_AT, parts[half:])):
        say_sections(slide, holder, [(head, brief) for head, brief, _ in own])
    place(slide.shapes._spTree, number_shape(ids))
    whole = "\n\n".join(f"{head}\n{text}" for head, _, text in parts)
    note(slide, f"{whole}\n\n{citation(dossier)}")


def add_borders(deck: Deck, scenes: Sequence[Scene], *, dossier: Dossier, palette: Palette) -> None:
    """The statement on borders, of every view of them in the deck, beside the disputed areas."""
    slide = deck.slides.add_slide(layout_named(deck, "Text"))
    ids = itertools.count(FIRST_ID)
    say(slide, 0, BORDERS_TITLE)
    say(slide, KICKER_AT, "Borders")
    said = [
        dossier.document.text("borders-statement"),
        *(scene.content.borders for scene in scenes),
    ]
    each = [text for text in dict.fromkeys(said) if text]
    statements = [text for text in each if not any(text in other != text for other in each)]
    text = "\n".join([*statements, "", citation(dossier)])
    say(slide, TEXT_AT, text, sizes=(14, 13, 12, 11, 10), box=Box(36, 102, 400, 396))
    remove(slide, HEADING_AT)
    place(slide.shapes._spTree, _areas_map(dossier, palette, ids))
    place(slide.shapes._spTree, number_shape(ids))
    areas = "\n".join(f"{row.label}: {row.note}" for row in dossier["areas"].itertuples())
    note(slide, f"{text}\n\nDisputed areas\n{areas}\n\nSources: United Nations Geospatial data.")


def _areas_map(dossier: Dossier, palette: Palette, ids: Iterator[int]) -> str:
    figure = basemap(
        blank_figure(palette, key="areas"),
        palette=palette,
        area_lines=dossier.area_lines,
        areas=dossier["areas"],
        lon_range=AREAS_LON,
        lat_range=AREAS_LAT,
    ).to_plotly_json()
    names = ", ".join(dossier["areas"]["label"])
    return map_shapes(
        figure,
        Box(470, 102, 454, 396),
        ids=ids,
        palette=palette,
        name="disputed areas",
        descr=f"Map with hatched areas that are disputed and shown as nobody’s: {names}.",
    )
