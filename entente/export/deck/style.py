"""The deck's master and layouts in the house style: real placeholders, our colours, our type."""

import datetime as dt
import re
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck

from entente.export.deck.box import Box, emu
from entente.export.deck.drawingml import EMU
from entente.export.deck.layouts import LAYOUTS, NUMBER_AT, NUMBER_HOLDER, TAG, Holder
from entente.export.deck.shapes import SLIDE_SPACES
from entente.style.palette import Palette

WIDE, HIGH = 960.0, 540.0
HEADLINE_FONT, TEXT_FONT = "Georgia", "Calibri"
UNWANTED = (RT.THUMBNAIL, RT.PRINTER_SETTINGS)


def blank_deck(palette: Palette) -> Deck:
    """A presentation without slides, 16:9, with the three layouts of the house."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = emu(WIDE), emu(HIGH)
    deck.element.sldSz.attrib.pop("type", None)  # the template's says 4:3
    _drop_unwanted(deck)
    _set_program(deck)
    _set_theme(deck, palette)
    _set_master(deck)
    for layout in list(deck.slide_layouts)[len(LAYOUTS) :]:
        deck.slide_layouts.remove(layout)
    for layout, (name, holders) in zip(deck.slide_layouts, LAYOUTS.items(), strict=True):
        layout.name = name
        layout.element.attrib.pop("type", None)
        _fill(layout.shapes._spTree, holders)
    return deck


def layout_named(deck: Deck, name: str) -> Any:
    """One of the layouts in `LAYOUTS`."""
    return deck.slide_layouts.get_by_name(name)


def set_properties(deck: Deck, *, title: str, subject: str, day: dt.date) -> None:
    """Core properties; all times are that day, so that equal views give equal files."""
    about = deck.core_properties
    about.title, about.subject, about.author = title, subject, "Entente"
    about.last_modified_by, about.keywords, about.comments = "Entente", "", ""
    about.language, about.revision = "en-GB", 1
    about.created = about.modified = dt.datetime.combine(day, dt.time(12))


def number_shape(ids: Any) -> str:
    """The slide number, which python-pptx does not take over from the layout."""
    body = (
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" '
        'type="slidenum"><a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld></a:p></p:txBody>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{next(ids)}" name="Slide number"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldNum" idx="{NUMBER_AT}"/>'
        f"</p:nvPr></p:nvSpPr><p:spPr/>{body}</p:sp>"
    )


def _drop_unwanted(deck: Deck) -> None:
    """The template's own picture and printer settings."""
    for owner in (deck.part, deck.part.package):
        for key, relation in list(owner._rels.items()):
            if relation.reltype in UNWANTED:
                owner._rels.pop(key)


def _set_program(deck: Deck) -> None:
    """Say what made the file, and its shape; the template names a program and 4:3."""
    part = deck.part.package.part_related_by(RT.EXTENDED_PROPERTIES)
    text = part.blob.decode("utf-8")
    for tag, value in (("Application", "Entente"), ("PresentationFormat", "Widescreen")):
        text = re.sub(f"<{tag}>.*?</{tag}>", f"<{tag}>{value}</{tag}>", text)
    part._blob = text.encode("utf-8")


def _set_theme(deck: Deck, palette: Palette) -> None:
    """Colours and fonts of the theme, so that what people add later looks alike."""
    part = deck.slide_master.part.part_related_by(RT.THEME)
    themes = palette.themes
    inks = {
        "dk1": palette.ink,
        "lt1": palette.paper,
        "dk2": palette.muted,
        "lt2": palette.raised,
        "accent1": palette.accent,
        "accent2": themes["diplomacy"],
        "accent3": themes["transport"],
        "accent4": themes["finance"],
        "accent5": themes["recognition"],
        "accent6": themes["nuclear"],
        "hlink": palette.accent,
        "folHlink": palette.muted,
    }
    colours = "".join(f'<a:{n}><a:srgbClr val="{c[1:]}"/></a:{n}>' for n, c in inks.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f"</a:{kind}Font>"
        for kind, face in (("major", HEADLINE_FONT), ("minor", TEXT_FONT))
    )
    text = part.blob.decode("utf-8")
    text = re.sub(
        r"<a:clrScheme.*?</a:clrScheme>",
        f'<a:clrScheme name="Entente">{colours}</a:clrScheme>',
        text,
        flags=re.DOTALL,
    )
    text = re.sub(
        r"<a:fontScheme.*?</a:fontScheme>",
        f'<a:fontScheme name="Entente">{fonts}</a:fontScheme>',
        text,
        flags=re.DOTALL,
    )
    part._blob = text.encode("utf-8")


def _set_master(deck: Deck) -> None:
    tree = deck.slide_master.shapes._spTree
    body = Holder(name="Text", kind="body", index=1, box=Box(36, 102, 888, 396), size=14)
    _fill(tree, (LAYOUTS["Text"][0], body, NUMBER_HOLDER))
    tag = (
        f'<p:sp {SLIDE_SPACES}><p:nvSpPr><p:cNvPr id="99" name="Tag"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_frame(TAG)}<a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/>'
        "</a:ln></p:spPr></p:sp>"
    )
    tree.insert(2, parse_xml(tag))


def _fill(tree: Any, holders: tuple[Holder, ...]) -> None:
    """Give a master or layout these placeholders and no other shapes."""
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for number, holder in enumerate(holders, start=2):
        tree.append(parse_xml(_holder_xml(holder, number)))


def _holder_xml(holder: Holder, number: int) -> str:
    index = f' idx="{holder.index}"' if holder.index else ""
    weight = ' b="1"' if holder.is_bold else ' b="0"'
    style = (
        f'<a:lvl1pPr marL="0" indent="0" algn="{holder.align}"><a:lnSpc><a:spcPct val="95000"/>'
        f'</a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{round(holder.size * 100)}"{weight}><a:solidFill><a:schemeClr '
        f'val="{holder.ink}"/></a:solidFill><a:latin typeface="{holder.font}"/></a:defRPr>'
        "</a:lvl1pPr>"
    )
    shown = (
        '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
        '<a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>'
        if holder.kind == "sldNum"
        else f'<a:r><a:rPr lang="en-GB"/><a:t>{holder.name}</a:t></a:r>'
    )
    about = f'<p:cNvPr id="{number}" name="{holder.name}"/>'
    return (
        f'<p:sp {SLIDE_SPACES}><p:nvSpPr>{about}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{holder.kind}"{index}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{_frame(holder.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        '<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
        f'anchor="{holder.anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>'
        f"<a:p>{shown}</a:p></p:txBody></p:sp>"
    )


def _frame(box: Box) -> str:
    left, top, width, height = (round(v * EMU) for v in (box.left, box.top, box.width, box.height))
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
