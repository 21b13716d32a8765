"""The template of the deck: master, theme and three layouts, out of python-pptx's own template.

`python -m tools.deck_template` writes it. Boxes are left, top, width and height in points.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as Deck
from pptx.util import Pt

from entente.export.deck import template
from entente.export.files.writing import write_whole
from entente.style.palette import LIGHT

WIDTH, HEIGHT = 960, 540
HEADLINE_FONT, TEXT_FONT = "Georgia", "Calibri"
DAY = dt.datetime(2026, 1, 1, 12)
COLOURS = {
    "dk1": LIGHT.ink,
    "lt1": LIGHT.paper,
    "dk2": LIGHT.muted,
    "lt2": LIGHT.raised,
    "accent1": LIGHT.accent,
    "accent2": LIGHT.themes["diplomacy"],
    "accent3": LIGHT.themes["transport"],
    "accent4": LIGHT.themes["finance"],
    "accent5": LIGHT.themes["recognition"],
    "accent6": LIGHT.themes["nuclear"],
    "hlink": LIGHT.accent,
    "folHlink": LIGHT.muted,
}
TAG = (36, 0, 34, 9)
NUMBER_FIELD = (
    '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
    '<a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>'
)


@dataclass(frozen=True)
class Holder:
    """A placeholder: PowerPoint's kind, where it stands, and how its text is set.

    `colour` is one of the theme; `is_headline` chooses between its two fonts.
    """

    name: str
    kind: str
    index: int
    box: tuple[float, float, float, float]
    size: float
    colour: str = "tx1"
    is_headline: bool = False
    is_bold: bool = False
    anchor: str = "t"


PAGE_TITLE = Holder("Title", "title", 0, (36, 46, 888, 44), 28, is_headline=True)
KICKER = Holder(
    "Kicker", "body", template.KICKER, (36, 26, 236, 16), 11, colour="accent1", is_bold=True
)
NUMBER = Holder(
    "Slide number", "sldNum", template.NUMBER, (36, 510, 60, 14), 9, colour="tx2", anchor="b"
)
MASTER = (PAGE_TITLE, Holder("Text", "body", 1, (36, 102, 888, 396), 14), NUMBER)
LAYOUTS: dict[str, tuple[Holder, ...]] = {
    template.TITLE_LAYOUT: (
        Holder(
            "Title",
            "ctrTitle",
            template.TITLE,
            (36, 130, 760, 130),
            40,
            is_headline=True,
            anchor="b",
        ),
        Holder("Subtitle", "subTitle", template.SUBTITLE, (36, 276, 640, 60), 18),
        Holder(
            "Particulars",
            "body",
            template.SOURCE,
            (36, 400, 800, 104),
            13,
            colour="tx2",
            anchor="b",
        ),
    ),
    template.SCENE_LAYOUT: (
        Holder("Title", "title", template.TITLE, (36, 46, 236, 160), 24, is_headline=True),
        KICKER,
        Holder("Text", "body", template.TEXT, (36, 214, 236, 150), 14),
        Holder("Heading", "body", template.HEADING, (300, 24, 624, 34), 13, is_bold=True),
        Holder("Source", "body", template.SOURCE, (300, 500, 624, 26), 9, colour="tx2", anchor="b"),
        NUMBER,
    ),
    template.TEXT_LAYOUT: (
        PAGE_TITLE,
        KICKER,
        Holder("Text", "body", template.TEXT, (36, 102, 430, 396), 12),
        Holder("More text", "body", template.HEADING, (494, 102, 430, 396), 12),
        NUMBER,
    ),
}


def build_template() -> bytes:
    """The template as a .pptx file; always the same bytes."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    deck.element.sldSz.attrib.pop("type", None)  # python-pptx's own template says 4:3
    _drop_leftovers(deck)
    _set_theme(deck)
    master = deck.slide_master
    _replace_shapes(master, MASTER)
    master.shapes._spTree.insert(2, parse_xml(_tag()))
    for layout in list(deck.slide_layouts)[len(LAYOUTS) :]:
        deck.slide_layouts.remove(layout)
    for layout, (name, holders) in zip(deck.slide_layouts, LAYOUTS.items(), strict=True):
        layout.name = name
        layout.element.attrib.pop("type", None)
        _replace_shapes(layout, holders)
    about = deck.core_properties
    about.title, about.author, about.last_modified_by = "Entente", "Entente", "Entente"
    about.keywords = about.comments = ""
    about.language, about.revision = "en-GB", 1
    about.created = about.modified = DAY
    return template.write_file(deck)


def _drop_leftovers(deck: Deck) -> None:
    """Remove the picture and printer settings of python-pptx's template, and what it says it is."""
    for owner in (deck.part, deck.part.package):
        for key, relation in list(owner._rels.items()):
            if relation.reltype in (RT.THUMBNAIL, RT.PRINTER_SETTINGS):
                owner._rels.pop(key)
    part = deck.part.package.part_related_by(RT.EXTENDED_PROPERTIES)
    text = part.blob.decode("utf-8")
    for tag, value in (("Application", "Entente"), ("PresentationFormat", "Widescreen")):
        text = re.sub(f"<{tag}>.*?</{tag}>", f"<{tag}>{value}</{tag}>", text)
    part._blob = text.encode("utf-8")


def _set_theme(deck: Deck) -> None:
    """Colours and fonts, so that what people add later looks alike."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>' for name, colour in COLOURS.items()
    )
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f"</a:{kind}Font>"
        for kind, face in (("major", HEADLINE_FONT), ("minor", TEXT_FONT))
    )
    part = deck.slide_master.part.part_related_by(RT.THEME)
    text = part.blob.decode("utf-8")
    for tag, content in (("clrScheme", colours), ("fontScheme", fonts)):
        new = f'<a:{tag} name="Entente">{content}</a:{tag}>'
        text = re.sub(f"<a:{tag}.*?</a:{tag}>", new, text, flags=re.DOTALL)
    part._blob = text.encode("utf-8")


def _replace_shapes(owner: Any, holders: tuple[Holder, ...]) -> None:
    """Give a master or layout these placeholders and no other shapes."""
    tree = owner.shapes._spTree
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for number, holder in enumerate(holders, start=2):
        tree.append(parse_xml(_holder(holder, number)))


def _holder(holder: Holder, number: int) -> str:
    index = f' idx="{holder.index}"' if holder.index else ""
    font = "+mj-lt" if holder.is_headline else "+mn-lt"
    style = (
        '<a:lvl1pPr marL="0" indent="0" algn="l"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc>'
        '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{round(holder.size * 100)}" b="{int(holder.is_bold)}"><a:solidFill>'
        f'<a:schemeClr val="{holder.colour}"/></a:solidFill><a:latin typeface="{font}"/>'
        "</a:defRPr></a:lvl1pPr>"
    )
    prompt = f'<a:r><a:rPr lang="en-GB"/><a:t>{holder.name}</a:t></a:r>'
    return (
        f'<p:sp {nsdecls("a", "p")}><p:nvSpPr><p:cNvPr id="{number}" name="{holder.name}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{holder.kind}"{index}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{_frame(holder.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        '<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
        f'anchor="{holder.anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>'
        f"<a:p>{NUMBER_FIELD if holder.kind == 'sldNum' else prompt}</a:p></p:txBody></p:sp>"
    )


def _tag() -> str:
    """The mark at the upper edge of every slide."""
    return (
        f'<p:sp {nsdecls("a", "p")}><p:nvSpPr><p:cNvPr id="99" name="Tag"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_frame(TAG)}<a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/>'
        "</a:ln></p:spPr></p:sp>"
    )


def _frame(box: tuple[float, float, float, float]) -> str:
    left, top, width, height = (Pt(value) for value in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


if __name__ == "__main__":
    write_whole(template.TEMPLATE, build_template())
