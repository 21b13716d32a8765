"""Lines of runs as the text of shapes, cells and charts."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from entente.export.deck.drawingml import colour_xml, fill_xml
from entente.export.deck.text import Line, Run, plain


def text_body(
    lines: Iterable[Line],
    *,
    size: float,
    colour: str,
    align: str = "l",
    anchor: str = "ctr",
    glow: str | None = None,
    is_wrapped: bool = False,
    turn: float = 0,
) -> str:
    """Lines of runs as the text of a shape; `glow` is the colour of a halo around the letters."""
    turned = f' rot="{round(turn * 60000)}"' if turn else ""
    wrap = "square" if is_wrapped else "none"
    paragraphs = "".join(_paragraph(line, size, colour, align, glow) for line in lines)
    return (
        f'<p:txBody><a:bodyPr{turned} wrap="{wrap}" lIns="0" tIns="0" rIns="0" bIns="0" '
        f'anchor="{anchor}"/><a:lstStyle/>{paragraphs or "<a:p/>"}</p:txBody>'
    )


def run_xml(run: Run, size: float, colour: str, glow: str | None = None) -> str:
    """One run with its properties."""
    weight = ' b="1"' if run.is_bold else ""
    slant = ' i="1"' if run.is_italic else ""
    halo = (
        f'<a:effectLst><a:glow rad="25400">{colour_xml(glow, opacity=0.85)}</a:glow></a:effectLst>'
        if glow
        else ""
    )
    ink = fill_xml(run.colour or colour)
    return (
        f'<a:r><a:rPr lang="en-GB" sz="{round(size * 100)}"{weight}{slant} dirty="0">{ink}{halo}'
        f"</a:rPr><a:t>{escape(plain(run.text))}</a:t></a:r>"
    )


def _paragraph(line: Line, size: float, colour: str, align: str, glow: str | None) -> str:
    runs = "".join(run_xml(run, size, colour, glow) for run in line)
    return f'<a:p><a:pPr algn="{align}"/>{runs}</a:p>'


def rich_text(lines: Sequence[Line], size: float, colour: str, *, turn: float = 0) -> str:
    """Lines of runs as the text of a label or title of a chart."""
    turned = f' rot="{round(turn * 60000)}"' if turn else ""
    paragraphs = "".join(
        f'<a:p><a:pPr><a:defRPr sz="{round(size * 100)}"/></a:pPr>'
        + "".join(run_xml(run, size, colour) for run in line)
        + "</a:p>"
        for line in lines
    )
    return (
        f'<c:tx><c:rich><a:bodyPr{turned} wrap="none" lIns="12700" tIns="0" rIns="12700" bIns="0" '
        f'anchor="ctr"/><a:lstStyle/>{paragraphs or "<a:p/>"}</c:rich></c:tx>'
    )
