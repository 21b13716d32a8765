"""The briefing as slides that can be edited: native charts, tables and maps, sources at the end."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pptx.presentation import Presentation as Deck

from entente.content import Scene
from entente.dates import day_in_words, first_day, in_words
from entente.dossier.document import Document, read_method
from entente.dossier.store import Dossier
from entente.export.deck.maps import draw_map
from entente.export.deck.scenes import add_scene
from entente.export.deck.template import (
    HEADING,
    KICKER,
    SOURCE,
    SUBTITLE,
    TEXT,
    TEXT_LAYOUT,
    TITLE,
    TITLE_LAYOUT,
    add_slide,
    open_template,
    remove,
    write,
    write_file,
    write_notes,
    write_sections,
)
from entente.export.deck.text import SERIF_EM, clean_text, shorten
from entente.export.files.citation import DIGEST_LENGTH, citation
from entente.progress import follow
from entente.record.horizon import Horizon, describe_horizon
from entente.record.sources import select_sources
from entente.style.basemap import draw_basemap
from entente.style.palette import LIGHT
from entente.style.text import Box
from entente.style.theme import blank_figure

METHOD_TITLE = "How claims were judged and routes compared"
SOURCES_TITLE = "Sources of the scenes"
LONGEST_PUBLISHER, PUBLISHERS_IN_COLUMN = 44, 16
BORDERS_TITLE = "Borders and names: no position is taken"
AREAS_MARGIN = 0.2  # around the disputed areas, as a share of how far apart they lie
AREAS_BOX = Box(494, 102, 430, 396)
BRIEF_LENGTH = 300  # of a section of the method, in characters
_SENTENCE = re.compile(r"(?<=[^\d][.!?])\s+(?=[A-Z“])")


def deck(
    scenes: Sequence[Scene], *, dossier: Dossier, base_url: str = "", made_on: dt.date | None = None
) -> bytes:
    """A .pptx file: title, one slide a scene, method, borders, sources.

    Equal scenes of an equal dossier give equal bytes on a day of export: the times in the file are
    the day of the dataset.

    Args:
        scenes: The scenes in order; none gives a deck of the other slides.
        dossier: Where sources, labels and the dataset's particulars are looked up.
        base_url: Where the app is served; addresses in the notes begin with it.
        made_on: The day of export, for the age of the record; None leaves the age out.
    """
    made = open_template()
    _set_properties(made, dossier)
    _add_title(made, scenes, dossier=dossier, made_on=made_on)
    for scene in follow(scenes, "Slides", len(scenes)):
        add_scene(made, scene, count=len(scenes), dossier=dossier, base_url=base_url)
    _add_method(made, dossier=dossier)
    _add_borders(made, scenes, dossier=dossier)
    _add_sources(made, scenes, dossier=dossier)
    return write_file(made)


def list_sections(document: Document) -> list[tuple[str, str, str]]:
    """Heading, first sentences and whole text of every section of the method, in order."""
    found = []
    for heading, body in read_method(document):
        text = re.sub(r"[`*]", "", body).strip()
        blocks = re.split(r"\n\n|\n(?=- |\d\. )", text)
        whole = "\n".join(" ".join(block.split()) for block in blocks)
        found.append((heading, _shorten_section(whole), whole))
    return found


def _set_properties(made: Deck, dossier: Dossier) -> None:
    row, about = dossier["dataset"].iloc[0], made.core_properties
    about.title = clean_text(row["title"])[:255]
    about.subject = f"Dataset {dossier.version}, SHA-256 {dossier.digest}"
    day = first_day(row["released_edtf"])
    about.created = about.modified = about.created.replace(day.year, day.month, day.day)


def _add_title(
    made: Deck, scenes: Sequence[Scene], *, dossier: Dossier, made_on: dt.date | None
) -> None:
    """What this is, of which document, from which dataset."""
    slide = add_slide(made, TITLE_LAYOUT)
    about, document = dossier["dataset"].iloc[0], dossier.document
    name, _, rest = str(about["title"]).partition(": ")
    title = rest[:1].upper() + rest[1:] if rest else name
    write(slide, TITLE, title, sizes=(40, 36, 32, 28), em=SERIF_EM)
    subtitle = (
        f"{name}: a briefing in {len(scenes)} scene{'' if len(scenes) == 1 else 's'} on "
        f"“{document.title}”, {document.publisher}, {day_in_words(document.day)}"
    )
    write(slide, SUBTITLE, subtitle, sizes=(18, 16, 14))
    horizon = describe_horizon(dossier.tables, newest=dossier.horizon, read_on=made_on)
    age = f", {horizon.age} before this file was made" if horizon.age else ""
    particulars = (
        f"Dataset {dossier.version}, {in_words(about['released_edtf'])}",
        f"SHA-256 {dossier.digest[:DIGEST_LENGTH]}",
        f"Newest source: {horizon.date}{age}. Anything later is unknown.",
        "Charts, tables and maps are native: each can be edited. Sources are on the last slide.",
    )
    write(slide, SOURCE, "\n".join(particulars))
    write_notes(slide, "\n".join([*_tell_what_may_have_changed(horizon), citation(dossier)]))


def _tell_what_may_have_changed(horizon: Horizon) -> Iterator[str]:
    """What was open or in motion when a dated record ended, a line each; nothing for another."""
    if horizon.is_dated:
        yield f"These data may be out of date. What could have changed since {horizon.date}:"
    for heading, entries in horizon.lists:
        yield heading
        yield from (clean_text(f"{entry.label}: {entry.detail}") for entry in entries)
        yield ""


def _add_method(made: Deck, *, dossier: Dossier) -> None:
    """The method in short; in the notes, whole."""
    slide = add_slide(made, TEXT_LAYOUT)
    write(slide, TITLE, METHOD_TITLE)
    write(slide, KICKER, "Method")
    sections = list_sections(dossier.document)
    half = (len(sections) + 1) // 2
    for holder, own in ((TEXT, sections[:half]), (HEADING, sections[half:])):
        write_sections(slide, holder, [(heading, brief) for heading, brief, _ in own])
    whole = "\n\n".join(f"{heading}\n{text}" for heading, _, text in sections)
    write_notes(slide, f"{whole}\n\n{citation(dossier)}")


def _add_borders(made: Deck, scenes: Sequence[Scene], *, dossier: Dossier) -> None:
    """The statement on borders, of every view of them in the deck, beside the disputed areas."""
    slide = add_slide(made, TEXT_LAYOUT)
    write(slide, TITLE, BORDERS_TITLE)
    write(slide, KICKER, "Borders")
    neutral = dossier.document.text("borders-statement")
    said = dict.fromkeys([neutral, *(scene.content.borders for scene in scenes)])
    statements = [text for text in said if text and not any(text != o and text in o for o in said)]
    text = "\n".join([*statements, "", citation(dossier)])
    write(slide, TEXT, text, sizes=(14, 13, 12, 11, 10))
    remove(slide, HEADING)
    areas = dossier["areas"]
    if len(areas):
        _draw_areas(slide, dossier)
    each = "\n".join(f"{row.label}: {row.note}" for row in areas.itertuples())
    notes = f"{text}\n\nDisputed areas\n{each}\n\nSources: United Nations Geospatial data."
    write_notes(slide, notes)


def _add_sources(made: Deck, scenes: Sequence[Scene], *, dossier: Dossier) -> None:
    """The publishers behind all scenes, most cited first; in the notes, each of their sources."""
    slide = add_slide(made, TEXT_LAYOUT)
    ids = dict.fromkeys(name for scene in scenes for name in scene.content.source_ids)
    sources = select_sources(dossier, ids)
    counts = sources["publisher"].value_counts()
    ranked = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    write(slide, TITLE, f"{SOURCES_TITLE}: {len(sources)} from {len(ranked)} publishers")
    write(slide, KICKER, "Sources")
    lines = [
        f"{shorten(clean_text(str(name)), LONGEST_PUBLISHER)} ({count})" for name, count in ranked
    ]
    if rest := len(lines) - 2 * PUBLISHERS_IN_COLUMN:
        lines = lines[: 2 * PUBLISHERS_IN_COLUMN] + ([f"and {rest} more"] if rest > 0 else [])
    half = (len(lines) + 1) // 2
    for holder, own in ((TEXT, lines[:half]), (HEADING, lines[half:])):
        write(slide, holder, "\n".join(own), sizes=(14, 13, 12, 11, 10))
    dates = sources["published_edtf"].map(in_words, na_action="ignore").fillna("no date")
    each = sources["publisher"] + ", " + dates + ": " + sources["url"]
    write_notes(slide, "\n".join([*map(clean_text, each), "", citation(dossier)]))


def _draw_areas(slide: Any, dossier: Dossier) -> None:
    west, south, east, north = dossier.area_lines.total_bounds
    margin = AREAS_MARGIN * max(east - west, north - south)
    figure = draw_basemap(
        blank_figure(LIGHT, key="areas"),
        palette=LIGHT,
        area_lines=dossier.area_lines,
        areas=dossier["areas"],
        lon_range=(west - margin, east + margin),
        lat_range=(south - margin, north + margin),
    )
    names = ", ".join(dossier["areas"]["label"])
    alt = f"Map with disputed areas hatched and assigned to no state: {names}."
    draw_map(slide, figure, AREAS_BOX, name="disputed areas", descr=alt)


def _shorten_section(text: str) -> str:
    """As many first sentences as a slide has room for, at least one."""
    said = ""
    for sentence in _SENTENCE.split(" ".join(text.replace("\n- ", "\n").split())):
        if said and len(said) + len(sentence) > BRIEF_LENGTH:
            break
        said = f"{said} {sentence}".removeprefix(" ").removeprefix("- ")
    return said
