"""The key of a scene: what lines, marks and numbers of its figure stand for, in native shapes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entente.alliance.tie_marks import ASSERTED_DASH, CHANGE_RINGS, THEME_SYMBOLS
from entente.dossier.store import Dossier
from entente.export.deck.box import Box
from entente.export.deck.drawingml import (
    PT,
    THIN,
    at,
    fill_xml,
    is_hollow,
    line_xml,
    shape_of,
    under,
)
from entente.export.deck.plot import list_of
from entente.export.deck.shapes import freeform, group, preset, text_box
from entente.export.deck.text import Run, lines_of, shortened, text_of
from entente.export.deck.type import text_body
from entente.style.palette import THEME_DASHES, Palette
from entente.timeline.marks import DOCUMENT_SYMBOL, STATUS_SYMBOLS

STEP, LEAST_STEP, SAMPLE, TYPE_PT = 16.5, 13.0, 42.0, 11.0
LONGEST = 44


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the key: text, and a line, a symbol or a number before it."""

    text: str
    colour: str
    dash: str | None = None
    width: float = 2.0
    symbol: str | None = None
    fill: str | None = None
    number: str = ""
    is_strong: bool = False


def key_of(figure: Mapping[str, Any], dossier: Dossier, palette: Palette) -> list[Entry]:
    """The lines of the key that a figure needs; a figure that explains itself has none."""
    kind = str(figure["layout"].get("uirevision") or "")
    if kind.startswith(("alliance-map", "tie-matrix")):
        return _themes(figure, dossier, palette)
    if kind == "timeline" and figure["data"]:
        return _events(dossier, palette)
    if kind.startswith("ranges-") and figure["data"]:
        return _ranges(palette)
    return [*_numbers(figure, palette), *_legend(figure, palette)]


def key_shapes(entries: Sequence[Entry], box: Box, *, ids: Iterator[int], palette: Palette) -> str:
    """The key as a group of samples and words, as much of it as the box holds."""
    step = min(STEP, max(box.height / max(len(entries), 1), LEAST_STEP))
    most = int(box.height // step)
    shapes = []
    for place, entry in enumerate(entries[:most]):
        top = box.top + place * step
        room = Box(box.left, top, SAMPLE, step)
        shapes += [shape for shape in _sample(entry, room, ids, palette) if shape]
        run = Run(text=shortened(entry.text, LONGEST), is_bold=entry.is_strong)
        colour = entry.colour if entry.is_strong else palette.ink
        body = text_body([(run,)], size=TYPE_PT, colour=colour)
        words = Box(box.left + SAMPLE + 6, top, box.width - SAMPLE - 6, step)
        shapes.append(text_box(ids, f"key {entry.text}", words, body))
    ground = Box(box.left, box.top, box.width, step * len(entries[:most]))
    return group(ids, "key", shapes, ground)


def _sample(entry: Entry, room: Box, ids: Iterator[int], palette: Palette) -> list[str]:
    middle, centre = room.top + room.height / 2, room.left + room.width / 2
    found = []
    if entry.dash is not None:
        path = [(room.left, middle), (room.right, middle)]
        line = line_xml(entry.colour, entry.width, dash=entry.dash)
        found.append(freeform(ids, "key line", [path], line=line))
    if entry.symbol is not None:
        half = 6.0 if entry.symbol in THIN else 3.5
        box = Box(centre - half, middle - half, 2 * half, 2 * half)
        line = line_xml(entry.colour if entry.symbol not in THIN else None, 1.2)
        fill = fill_xml(entry.fill)
        found.append(preset(ids, "key mark", shape_of(entry.symbol), box, fill=fill, line=line))
    if entry.number:
        ink = palette.paper if entry.is_strong else palette.ink
        fill = fill_xml(entry.colour if entry.is_strong else palette.paper)
        body = text_body([(Run(text=entry.number, is_bold=True),)], size=9, colour=ink, align="ctr")
        box = Box(centre - 7, middle - 7, 14, 14)
        line = line_xml(entry.colour, 1)
        found.append(
            preset(ids, f"key {entry.number}", "ellipse", box, fill=fill, line=line, text=body)
        )
    return found


def _themes(figure: Mapping[str, Any], dossier: Dossier, palette: Palette) -> list[Entry]:
    """Themes of the ties that are drawn, and how those look that only the document asserts."""
    drawn = {
        str(item[1])
        for trace in figure["data"]
        for item in list_of(trace.get("customdata"))
        if isinstance(item, list | tuple) and len(item) > 1 and item[0] == "tie"
    }
    ties = dossier["ties"]
    used = set(ties.loc[ties["tie_id"].isin(drawn), "theme_code"])
    entries = [
        Entry(
            text=label,
            colour=palette.themes[code],
            dash=THEME_DASHES[code],
            symbol=THEME_SYMBOLS[code][0],
            fill=palette.themes[code],
        )
        for code, label in dossier.labels("themes").items()
        if code in used and code in THEME_DASHES
    ]
    said = Entry(
        text="Hollow, dotted: the document alone says so",
        colour=palette.muted,
        dash=ASSERTED_DASH,
        width=1.2,
        symbol="circle",
        fill=palette.paper,
    )
    has_changes = any(trace.get("name") == "changes" for trace in figure["data"])
    changes = _changes(palette) if has_changes else []
    return [*entries, *changes, said] if entries else []


def _changes(palette: Palette) -> list[Entry]:
    """Rings around the symbols of ties that are new or stronger than on the earlier day."""
    words = {"new": "New since the earlier day", "stronger": "With more evidence since"}
    return [
        Entry(text=text, colour=palette.ink, symbol=CHANGE_RINGS[code][0], fill=palette.paper)
        for code, text in words.items()
    ]


def _events(dossier: Dossier, palette: Palette) -> list[Entry]:
    entries = []
    for code, label in dossier.labels("event_statuses").items():
        symbol, character = STATUS_SYMBOLS[code]
        fill = palette.paper if character == "○" else palette.muted
        entries.append(Entry(text=label, colour=palette.muted, symbol=symbol, fill=fill))
    document = Entry(
        text="The document’s date",
        colour=palette.accent,
        symbol=DOCUMENT_SYMBOL[0],
        fill=palette.paper,
    )
    return [*entries, document]


def _ranges(palette: Palette) -> list[Entry]:
    look: dict[str, Any] = {"colour": palette.ink, "symbol": "circle"}
    return [
        Entry(text="Computed: P50, and from P10 to P90", dash="solid", fill=palette.ink, **look),
        Entry(text="As if it were open", dash="dot", fill=palette.paper, **look),
        Entry(
            text="Published", colour=palette.muted, symbol="diamond", fill=palette.paper, width=1
        ),
    ]


def _numbers(figure: Mapping[str, Any], palette: Palette) -> list[Entry]:
    """Numbers on a figure with the names that its hover labels give them."""
    found = {}
    for trace in figure["data"]:
        name = str(trace.get("name") or "")
        if not name.startswith("number "):
            continue
        number = name.removeprefix("number ")
        said = text_of(at(trace.get("hovertext"), 0, "")).split("\n")[0].strip()
        colour = str(under(trace, "line", "color", default=palette.ink))
        found[number] = Entry(
            text=said.removeprefix(number).strip(),
            colour=colour,
            number=number,
            is_strong=colour == palette.accent,
        )
    return [found[number] for number in sorted(found, key=lambda text: text.zfill(4))]


def _legend(figure: Mapping[str, Any], palette: Palette) -> list[Entry]:
    """Traces that the figure's own legend names."""
    if figure["layout"].get("showlegend") is not True:
        return []
    return [
        _entry(trace, palette)
        for trace in figure["data"]
        if trace.get("showlegend") is not False and trace.get("name")
    ]


def _entry(trace: Mapping[str, Any], palette: Palette) -> Entry:
    text = " ".join(run.text for line in lines_of(trace["name"]) for run in line)
    if "lines" in str(trace.get("mode")):
        return Entry(
            text=text,
            colour=str(under(trace, "line", "color", default=palette.ink)),
            dash=str(under(trace, "line", "dash", default="solid")),
            width=PT * float(under(trace, "line", "width", default=2)),
        )
    marker = trace.get("marker") or {}
    symbol, colour = at(marker.get("symbol"), 0, "circle"), str(at(marker.get("color"), 0))
    outline = str(at(under(marker, "line", "color"), 0, colour))
    is_light = colour == palette.paper or is_hollow(symbol)
    return Entry(
        text=text,
        colour=outline if is_light else colour,
        symbol=str(symbol),
        fill=palette.paper if is_light else colour,
    )
