"""The presentation as a file: slides of the template, and text in their placeholders.

`tools/deck_template.py` makes the template. Its three layouts have all placeholders at their places
and in their type; code only fills them.
"""

import copy
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Pt

from entente.dossier.archive import pack, unpack
from entente.export.deck.shapes import EMU, box_emu
from entente.export.deck.text import clean_text, fit_text
from entente.style.text import Box

TEMPLATE = Path(__file__).with_name("template.pptx")
TITLE_LAYOUT, SCENE_LAYOUT, TEXT_LAYOUT = "Title", "Scene", "Text"
# Index of each placeholder; the title has 0, the subtitle of the title slide 1.
TITLE, SUBTITLE, NUMBER, KICKER, TEXT, HEADING, SOURCE = 0, 1, 12, 13, 14, 15, 16
# Where a scene has its figure, and how far down the column at its left may reach.
FIGURE = Box(300, 62, 624, 432)
COLUMN_BOTTOM = 502.0
UNTITLED = "Untitled"
_CLOCK = re.compile(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def open_template() -> Deck:
    """A presentation without slides."""
    return Presentation(str(TEMPLATE))


def add_slide(deck: Deck, layout: str) -> Any:
    """A slide of a layout, with its number where the layout has one."""
    found = deck.slide_layouts.get_by_name(layout)
    slide = deck.slides.add_slide(found)
    for holder in found.placeholders:
        if holder.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            slide.shapes._spTree.append(_copy_number(slide, holder))
    return slide


def read_box(slide: Any, index: int) -> Box:
    """Where a placeholder stands."""
    holder = _find_holder(slide, index)
    left, top, width, height = (
        value / EMU for value in (holder.left, holder.top, holder.width, holder.height)
    )
    return Box(left, top, width, height)


def write(
    slide: Any, index: int, text: str, *, sizes: Sequence[float] = (), em: float = 0.5
) -> float:
    """Write into a placeholder, at the largest of `sizes` that fits; text that never fits is cut.

    A placeholder without text is removed. Only the title stays, as `UNTITLED`: without it the
    slide is missing from the outline and has no name for a screen reader.

    Args:
        slide: The slide.
        index: Index of the placeholder.
        text: What it is to say.
        sizes: Type sizes to try, in points, the largest first; empty leaves that of the layout.
        em: Average width of a character as a share of the type size.

    Returns:
        The type size; 0 where `sizes` is empty or nothing is written.
    """
    said = clean_text(text)
    if not said.strip():
        if index != TITLE:
            remove(slide, index)
            return 0.0
        said = UNTITLED
    size = 0.0
    if sizes:
        box = read_box(slide, index)
        said, size = fit_text(said, box.width, box.height, sizes=sizes, em=em)
    frame = _find_holder(slide, index).text_frame
    frame.text = said
    for paragraph in frame.paragraphs if size else ():
        for run in paragraph.runs:
            run.font.size = Pt(size)
    return size


def write_sections(slide: Any, index: int, sections: Sequence[tuple[str, str]]) -> None:
    """Write headings and texts, one below the other, into a placeholder."""
    frame = _find_holder(slide, index).text_frame
    for number, (heading, text) in enumerate(sections):
        head = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = head.add_run()
        run.text, run.font.bold, run.font.size = clean_text(heading), True, Pt(14)
        head.space_before = Pt(12 if number else 0)
        body = frame.add_paragraph()
        body.text, body.space_before = clean_text(text), Pt(2)
        for run in body.runs:
            run.font.size = Pt(13)


def write_notes(slide: Any, text: str) -> None:
    """Write the notes that a speaker sees."""
    slide.notes_slide.notes_text_frame.text = clean_text(text)


def move(slide: Any, index: int, box: Box) -> None:
    """Put a placeholder elsewhere."""
    holder = _find_holder(slide, index)
    holder.left, holder.top, holder.width, holder.height = (Emu(value) for value in box_emu(box))


def remove(slide: Any, index: int) -> None:
    """Take a placeholder away."""
    element = _find_holder(slide, index)._element
    element.getparent().remove(element)


def write_file(made: Deck) -> bytes:
    """A presentation as a .pptx file; equal content gives equal bytes.

    The workbooks behind charts say when they were made: that becomes the day on which the
    presentation says that it was made.
    """
    stamp = f"{made.core_properties.created:%Y-%m-%dT%H:%M:%SZ}".encode()
    for part in made.part.package.iter_parts():
        if "spreadsheetml.sheet" in part.content_type:
            part._blob = _rezip(part.blob, stamp)
    buffer = io.BytesIO()
    made.save(buffer)
    return _rezip(buffer.getvalue())


def _find_holder(slide: Any, index: int) -> Any:
    return next(h for h in slide.placeholders if h.placeholder_format.idx == index)


def _copy_number(slide: Any, holder: Any) -> Any:
    """The layout's slide number for a slide: python-pptx does not take it over by itself."""
    element = copy.deepcopy(holder._element)
    element.nvSpPr.cNvPr.set("id", str(slide.shapes._next_shape_id))
    return element


def _rezip(content: bytes, stamp: bytes = b"") -> bytes:
    """An archive with fixed times; a stamp replaces the time that its properties give."""
    files = unpack(content)
    if stamp:
        files["docProps/core.xml"] = _CLOCK.sub(stamp, files["docProps/core.xml"])
    return pack(files)
