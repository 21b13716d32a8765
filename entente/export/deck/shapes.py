"""Native shapes as DrawingML: freeforms, symbols, text and groups, measured in points."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml

from entente.export.deck.box import Box, Point, emu
from entente.export.deck.text import plain

SLIDE_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
STEP = 1270  # EMU in a step of a freeform's own grid: a tenth of a point


def freeform(
    ids: Iterator[int],
    name: str,
    paths: Sequence[Sequence[Point]],
    *,
    fill: str = "<a:noFill/>",
    line: str = "<a:ln><a:noFill/></a:ln>",
    is_closed: bool = False,
    descr: str = "",
) -> str:
    """One shape of any number of lines or rings; empty text where there is nothing to draw."""
    drawn = [path for path in paths if len(path) > 1]
    if not drawn:
        return ""
    xs = [x for path in drawn for x, _ in path]
    ys = [y for path in drawn for _, y in path]
    left, top = min(xs), min(ys)
    wide, high = (
        max(round((most - least) * 10), 1) for most, least in ((max(xs), left), (max(ys), top))
    )
    ends = "<a:close/>" if is_closed else ""
    body = "".join(_path(path, left, top) + ends for path in drawn)
    kind = "" if is_closed else ' fill="none"'
    return _shape(
        ids,
        name,
        Box(left, top, wide / 10, high / 10),
        geometry=(
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
            f'<a:pathLst><a:path w="{wide}" h="{high}"{kind}>{body}</a:path></a:pathLst>'
            "</a:custGeom>"
        ),
        paint=fill + line,
        descr=descr,
    )


def preset(
    ids: Iterator[int],
    name: str,
    shape: str,
    box: Box,
    *,
    fill: str,
    line: str = "<a:ln><a:noFill/></a:ln>",
    turn: float = 0,
    text: str = "",
    descr: str = "",
) -> str:
    """A preset shape (an ellipse, a rectangle, …), turned clockwise by so many degrees.

    Args:
        ids: Where the shape gets its number.
        name: What the selection pane calls it.
        shape: DrawingML's name of the preset.
        box: Where it stands, before turning.
        fill: Fill as DrawingML.
        line: Outline as DrawingML.
        turn: Degrees.
        text: A body of text, from :func:`text_body`.
        descr: Alternative text.
    """
    geometry = f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>'
    return _shape(
        ids, name, box, geometry=geometry, paint=fill + line, turn=turn, text=text, descr=descr
    )


def text_box(
    ids: Iterator[int], name: str, box: Box, body: str, *, fill: str = "<a:noFill/>"
) -> str:
    """Text in a box; `body` comes from :func:`text_body`."""
    return _shape(
        ids,
        name,
        box,
        geometry='<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>',
        paint=f"{fill}<a:ln><a:noFill/></a:ln>",
        text=body,
        is_text=True,
    )


def group(ids: Iterator[int], name: str, children: Iterable[str], box: Box, descr: str = "") -> str:
    """Shapes in a group of a name; empty text where there is none."""
    inner = "".join(children)
    if not inner:
        return ""
    frame = (
        f'<a:off x="{emu(box.left)}" y="{emu(box.top)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
    )
    child = frame.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    return (
        f"<p:grpSp><p:nvGrpSpPr>{_named(ids, name, descr)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr><a:xfrm>{frame}{child}</a:xfrm></p:grpSpPr>{inner}</p:grpSp>"
    )


def place(tree: Any, shape: str) -> None:
    """Put a shape or group on a slide, above what stands there."""
    if shape:
        head, rest = shape[: shape.index(">")], shape[shape.index(">") :]
        tree.append(parse_xml(f"{head} {SLIDE_SPACES}{rest}"))


def _path(path: Sequence[Point], left: float, top: float) -> str:
    """Moves and lines on the shape's own grid; points that fall together are drawn once."""
    steps: list[tuple[int, int]] = []
    for x, y in path:
        step = (round((x - left) * 10), round((y - top) * 10))
        if not steps or step != steps[-1]:
            steps.append(step)
    if len(steps) == 1:
        steps.append((steps[0][0] + 1, steps[0][1]))
    (x, y), *rest = steps
    lines = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in rest)
    return f'<a:moveTo><a:pt x="{x}" y="{y}"/></a:moveTo>{lines}'


def _shape(
    ids: Iterator[int],
    name: str,
    box: Box,
    *,
    geometry: str,
    paint: str,
    turn: float = 0,
    text: str = "",
    is_text: bool = False,
    descr: str = "",
) -> str:
    turned = f' rot="{round(turn % 360 * 60000)}"' if turn else ""
    kind = '<p:cNvSpPr txBox="1"/>' if is_text else "<p:cNvSpPr/>"
    return (
        f"<p:sp><p:nvSpPr>{_named(ids, name, descr)}{kind}<p:nvPr/></p:nvSpPr><p:spPr>"
        f'<a:xfrm{turned}><a:off x="{emu(box.left)}" y="{emu(box.top)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></a:xfrm>'
        f"{geometry}{paint}</p:spPr>{text}</p:sp>"
    )


def _named(ids: Iterator[int], name: str, descr: str) -> str:
    told = f" descr={quoteattr(plain(descr))}" if descr else ""
    return f'<p:cNvPr id="{next(ids)}" name={quoteattr(plain(name))}{told}/>'
