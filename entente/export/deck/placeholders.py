"""Words in the placeholders and notes of a slide."""

from collections.abc import Sequence
from typing import Any

from pptx.util import Emu, Pt

from entente.export.deck.box import Box, emu
from entente.export.deck.text import fitted, plain

TITLE_AT, UNTITLED = 0, "Untitled"


def say(
    slide: Any,
    index: int,
    text: str,
    *,
    sizes: Sequence[float] = (),
    box: Box | None = None,
    em: float = 0.5,
) -> float:
    """Write into a placeholder at the largest size that fits; an empty one is taken away."""
    holder, said = _holder(slide, index), plain(text)
    if not said.strip() and index == TITLE_AT:
        said = UNTITLED  # a slide without a title cannot be found in an outline, nor by ear
    elif not said.strip():
        remove(slide, index)
        return float(sizes[-1]) if sizes else 0.0
    size = sizes[0] if sizes else 0.0
    if sizes and box is not None:
        said, size = fitted(said, box.width, box.height, sizes=sizes, em=em)
    holder.text_frame.text = said
    for paragraph in holder.text_frame.paragraphs if size else ():
        for run in paragraph.runs:
            run.font.size = Pt(size)
    return float(size)


def say_sections(slide: Any, index: int, parts: Sequence[tuple[str, str]]) -> None:
    """Headings and texts, one below the other, into a placeholder."""
    frame = _holder(slide, index).text_frame
    frame.text = ""
    for number, (head, text) in enumerate(parts):
        first = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = first.add_run()
        run.text, run.font.bold, run.font.size = plain(head), True, Pt(14)
        first.space_before = Pt(12 if number else 0)
        second = frame.add_paragraph()
        second.text, second.space_before = plain(text), Pt(2)
        second.runs[0].font.size = Pt(13)


def move(slide: Any, index: int, box: Box) -> None:
    """Put a placeholder elsewhere; one that was taken away stays away."""
    try:
        holder = _holder(slide, index)
    except StopIteration:
        return
    holder.left, holder.top, holder.width, holder.height = (
        Emu(emu(value)) for value in (box.left, box.top, box.width, box.height)
    )


def remove(slide: Any, index: int) -> None:
    """Take a placeholder away."""
    element = _holder(slide, index)._element
    element.getparent().remove(element)


def note(slide: Any, text: str) -> None:
    """Write the notes of a slide."""
    slide.notes_slide.notes_text_frame.text = plain(text)


def _holder(slide: Any, index: int) -> Any:
    return next(h for h in slide.placeholders if h.placeholder_format.idx == index)
