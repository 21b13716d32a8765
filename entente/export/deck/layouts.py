"""The layouts of the deck: which placeholders there are, and where each stands."""

from dataclasses import dataclass

from entente.export.deck.box import Box

# Where things stand on a scene: words in a column at the left, the figure beside them.
COLUMN = Box(36, 24, 236, 492)
KICKER = Box(36, 26, 236, 16)
TITLE = Box(36, 46, 236, 160)
TEXT = Box(36, 214, 236, 110)
HEADING = Box(300, 24, 624, 34)
FIGURE = Box(300, 62, 624, 432)
SOURCE = Box(300, 500, 624, 26)
NUMBER = Box(36, 510, 60, 14)
TAG = Box(36, 0, 34, 9)
# Placeholders of our own, by their index.
KICKER_AT, TEXT_AT, HEADING_AT, SOURCE_AT, NUMBER_AT = 13, 14, 15, 16, 12


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A placeholder: where it stands and how its text is set.

    `kind` is PowerPoint's type; `ink` a colour of the theme; `font` is `+mj-lt` for headlines and
    `+mn-lt` for text.
    """

    name: str
    kind: str
    index: int
    box: Box
    size: float
    ink: str = "tx1"
    font: str = "+mn-lt"
    is_bold: bool = False
    anchor: str = "t"
    align: str = "l"


NUMBER_HOLDER = Holder(
    name="Slide number", kind="sldNum", index=NUMBER_AT, box=NUMBER, size=9, ink="tx2", anchor="b"
)
LAYOUTS: dict[str, tuple[Holder, ...]] = {
    "Title": (
        Holder(
            name="Title",
            kind="ctrTitle",
            index=0,
            box=Box(36, 130, 760, 130),
            size=40,
            font="+mj-lt",
            anchor="b",
        ),
        Holder(name="Subtitle", kind="subTitle", index=1, box=Box(36, 276, 640, 60), size=18),
        Holder(
            name="Particulars",
            kind="body",
            index=SOURCE_AT,
            box=Box(36, 400, 800, 104),
            size=13,
            ink="tx2",
            anchor="b",
        ),
    ),
    "Scene": (
        Holder(name="Title", kind="title", index=0, box=TITLE, size=24, font="+mj-lt"),
        Holder(
            name="Kicker",
            kind="body",
            index=KICKER_AT,
            box=KICKER,
            size=11,
            ink="accent1",
            is_bold=True,
        ),
        Holder(name="Text", kind="body", index=TEXT_AT, box=TEXT, size=14),
        Holder(
            name="Heading",
            kind="body",
            index=HEADING_AT,
            box=HEADING,
            size=13,
            is_bold=True,
            anchor="t",
        ),
        Holder(
            name="Source", kind="body", index=SOURCE_AT, box=SOURCE, size=9, ink="tx2", anchor="b"
        ),
        NUMBER_HOLDER,
    ),
    "Text": (
        Holder(
            name="Title", kind="title", index=0, box=Box(36, 46, 888, 44), size=28, font="+mj-lt"
        ),
        Holder(
            name="Kicker",
            kind="body",
            index=KICKER_AT,
            box=KICKER,
            size=11,
            ink="accent1",
            is_bold=True,
        ),
        Holder(name="Text", kind="body", index=TEXT_AT, box=Box(36, 102, 430, 396), size=12),
        Holder(
            name="More text", kind="body", index=HEADING_AT, box=Box(494, 102, 430, 396), size=12
        ),
        NUMBER_HOLDER,
    ),
}
