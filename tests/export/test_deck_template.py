"""The deck's template: what its script makes, and real placeholders in it."""

import io
import zipfile

from pptx import Presentation

from entente.export.deck import template
from tools.deck_template import LAYOUTS, build_template


def files_in(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def test_the_template_is_what_its_script_makes() -> None:
    assert files_in(template.TEMPLATE.read_bytes()) == files_in(build_template())


def test_layouts_hold_their_placeholders_and_no_slide_comes_with_them() -> None:
    made = template.open_template()
    assert not list(made.slides)
    assert [layout.name for layout in made.slide_layouts] == list(LAYOUTS)
    for layout in made.slide_layouts:
        indexes = [holder.placeholder_format.idx for holder in layout.placeholders]
        assert indexes == [holder.index for holder in LAYOUTS[layout.name]]


def test_the_figure_stands_clear_of_all_placeholders() -> None:
    slide = template.add_slide(template.open_template(), template.SCENE_LAYOUT)
    for holder in slide.placeholders:
        box = template.read_box(slide, holder.placeholder_format.idx)
        assert not box.touches(template.FIGURE)


def test_an_empty_title_is_named_and_other_empty_placeholders_go() -> None:
    slide = template.add_slide(Presentation(str(template.TEMPLATE)), template.SCENE_LAYOUT)
    assert template.write(slide, template.TITLE, " ", sizes=(20, 10)) == 20
    assert slide.shapes.title.text_frame.text == template.UNTITLED
    assert template.write(slide, template.TEXT, "", sizes=(20, 10)) == 0
    assert template.TEXT not in [h.placeholder_format.idx for h in slide.placeholders]
