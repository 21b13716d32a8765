"""The slide of a scene: words and legend at the left, the figure beside them, a few notes."""

from collections.abc import Sequence
from typing import Any

from pptx.presentation import Presentation as Deck

from entente.address.pages import link_page
from entente.content import ROOM, BarChart, LegendEntry, PageContent, Panel, Scene, SymbolGrid
from entente.dossier.store import Dossier
from entente.export.deck.charts import draw_bars
from entente.export.deck.figures import PT, TYPE_PT, read_marks, read_stroke
from entente.export.deck.maps import draw_map
from entente.export.deck.scatter import draw_scatter
from entente.export.deck.shapes import (
    ARMED_SYMBOLS,
    fill_xml,
    find_symbol,
    freeform_xml,
    group_xml,
    is_open,
    line_xml,
    place_shape,
    preset_xml,
    text_body_xml,
    text_box_xml,
)
from entente.export.deck.tables import draw_grid, draw_table
from entente.export.deck.template import (
    COLUMN_BOTTOM,
    FIGURE,
    HEADING,
    KICKER,
    SCENE_LAYOUT,
    SOURCE,
    TEXT,
    TITLE,
    add_slide,
    move,
    read_box,
    write,
    write_notes,
)
from entente.export.deck.text import (
    LEADING,
    SERIF_EM,
    Run,
    clean_text,
    count_lines,
    estimate_width,
    shorten,
    strip_markup,
)
from entente.record.sources import select_sources
from entente.style.palette import LIGHT
from entente.style.text import Box
from entente.style.theme import enlarge

TITLE_SIZES, TEXT_SIZES = (26, 24, 22, 20, 18, 16), (15, 14, 13, 12)
HEADING_SIZES, SOURCE_SIZES = (14, 13, 12), (9, 8)
TYPE_IN_ROOM = FIGURE.width / ROOM[0] / TYPE_PT  # of what is drawn for the presenter's screen
# Of the figure: the height of two maps above a chart, and the width of the first.
MAPS_SHARE, FIRST_MAP_SHARE = 0.58, 0.41
GAP, SPLIT = 16.0, 0.58  # between two figures; the share of the width that the first one takes
EMPTY_PT = 18
# Of the legend: height of a line and the least of it, width of a sample, type size.
STEP, LEAST_STEP, SAMPLE, LEGEND_PT = 16.5, 13.0, 42.0, 11.0
LEAST_LEGEND, LONGEST_ENTRY = 34.0, 80
# Of the line of sources: its length in characters, and how many publishers it names.
LINE_LENGTH, MOST_NAMED = 118, 3


def add_scene(deck: Deck, scene: Scene, *, count: int, dossier: Dossier, base_url: str) -> None:
    """Add the slide of a scene.

    Args:
        deck: The presentation.
        scene: What is shown.
        count: How many scenes there are.
        dossier: Where labels and sources are looked up.
        base_url: Where the app is served; addresses in the notes begin with it.
    """
    content = scene.content
    slide = add_slide(deck, SCENE_LAYOUT)
    page = dossier.labels("pages").get(content.page_code, content.page_code)
    write(slide, KICKER, f"{scene.number} of {count}  ·  {page}")
    legend_top = _write_column(slide, scene)
    panels = _choose_panels(scene.room_panels or content.panels)
    heading = (panels[0].heading if panels else "") or content.title
    is_said = heading == scene.title or len(panels) > 2
    write(slide, HEADING, "" if is_said else heading, sizes=HEADING_SIZES)
    left_out = []
    for panel, box in zip(panels, _split_frame(len(panels)), strict=True):
        if rows := draw_panel(slide, panel, box):
            left_out.append(f"{rows} more rows in the app.")
    if rest := len(content.panels) - len(panels):
        figures = "figure" if rest == 1 else "figures"
        left_out.append(f"{rest} more {figures} of this view in the app.")
    entries = [line for panel in panels for line in list_legend(panel)]
    _draw_legend(slide, list(dict.fromkeys(entries)), legend_top)
    dataset = f"Entente dataset {dossier.version}, SHA-256 {dossier.digest[:8]}."
    said = [_name_publishers(content, dossier), dataset, *left_out]
    write(slide, SOURCE, " ".join(filter(None, said)), sizes=SOURCE_SIZES)
    write_notes(slide, _tell_notes(scene, base_url=base_url))


def draw_panel(slide: Any, panel: Panel, box: Box) -> int:
    """Draw a panel in a box, in the native form that suits it.

    Returns:
        How many rows are left out.
    """
    shown: Any = panel.editable or panel.figure
    named: dict[str, Any] = {"name": panel.key, "descr": panel.alt}
    match find_form(panel):
        case "bars":
            draw_bars(slide, shown, box, **named)
        case "grid":
            return draw_grid(slide, shown, box, **named)
        case "map":
            draw_map(slide, shown, box, **named)
        case "scatter":
            if panel.room_figure is not None:
                shown = enlarge(panel.room_figure, by=TYPE_IN_ROOM)
            return draw_scatter(slide, shown, box, **named)
        case "sentence":
            said = " ".join(strip_markup(words.text) for words in shown.layout.annotations)
            line = (Run(text=said),)
            body = text_body_xml(
                [line], size=EMPTY_PT, colour=LIGHT.muted, align="ctr", is_wrapped=True
            )
            place_shape(slide, text_box_xml(panel.key, box, body))
        case "table" if len(panel.table.columns):
            rows = panel.table if panel.room_table is None else panel.room_table
            left_out = len(panel.table) - len(rows)
            return draw_table(slide, rows, box, **named) + left_out
    return 0


def find_form(panel: Panel) -> str:
    """The native form of a panel: bars, grid, map, scatter, sentence (it is empty) or table."""
    if isinstance(panel.editable, BarChart) and panel.editable.rows:
        return "bars"
    if isinstance(panel.editable, SymbolGrid) and panel.editable.names:
        return "grid"
    if panel.figure is None:
        return "table"
    kinds = {trace.type for trace in panel.figure.data}
    if not kinds:
        return "sentence" if panel.figure.layout.annotations else "table"
    if kinds <= {"scattergeo", "choropleth"}:
        return "map"
    return "scatter" if kinds == {"scatter"} else "table"


def list_legend(panel: Panel) -> list[LegendEntry]:
    """The legend of a panel, and what the figure's own legend names; none for bars.

    A chart of bars has a legend of its own.
    """
    if isinstance(panel.editable, BarChart):
        return []
    figure = panel.figure
    if figure is None or figure.layout.showlegend is not True:
        return list(panel.legend if panel.room_legend is None else panel.room_legend)
    named = [
        trace
        for trace in figure.data
        if trace.type in ("scatter", "scattergeo") and trace.name and trace.showlegend is not False
    ]
    return [*panel.legend, *map(_read_entry, named)]


def _write_column(slide: Any, scene: Scene) -> float:
    """Write headline and sentence, one below the other; returns where the column is free again."""
    title = read_box(slide, TITLE)
    size = write(slide, TITLE, scene.title, sizes=TITLE_SIZES, em=SERIF_EM)
    lines = count_lines(clean_text(scene.title), title.width, size, em=SERIF_EM)
    top = min(title.top + lines * size * 1.12, title.bottom) + 10
    text = read_box(slide, TEXT)
    size = write(slide, TEXT, scene.text, sizes=TEXT_SIZES)
    if not size:
        return top
    lines = min(
        count_lines(clean_text(scene.text), text.width, size), int(text.height / size / LEADING)
    )
    height = lines * size * LEADING
    move(slide, TEXT, Box(text.left, top, text.width, height + 4))
    return top + height + 14


def _choose_panels(panels: Sequence[Panel]) -> Sequence[Panel]:
    """The panels that a slide has room for: one, a map and a chart, or two maps and a chart."""
    if len(panels) < 2:
        return panels
    if [find_form(panel) for panel in panels[:3]] == ["map", "map", "scatter"]:
        return panels[:3]
    first, second = (find_form(panel) for panel in panels[:2])
    return panels[:2] if first == "map" and second in ("bars", "scatter") else panels[:1]


def _split_frame(count: int) -> list[Box]:
    """The place of the figure, or the places of two side by side, the third one below them."""
    if count < 2:
        return [FIGURE] * count
    if count > 2:
        height, first = FIGURE.height * MAPS_SHARE, FIGURE.width * FIRST_MAP_SHARE
        second, below = FIGURE.left + first + GAP, FIGURE.top + height + GAP / 2
        return [
            Box(FIGURE.left, FIGURE.top, first, height),
            Box(second, FIGURE.top, FIGURE.right - second, height),
            Box(FIGURE.left, below, FIGURE.width, FIGURE.bottom - below),
        ]
    first = FIGURE.width * SPLIT
    left = FIGURE.left + first + GAP
    return [
        Box(FIGURE.left, FIGURE.top, first, FIGURE.height),
        Box(left, FIGURE.top, FIGURE.right - left, FIGURE.height),
    ]


def _read_entry(trace: Any) -> LegendEntry:
    """A trace that the figure's own legend names."""
    text = strip_markup(trace.name).replace("\n", " ")
    if "lines" in (trace.mode or ""):
        colour, width, dash = read_stroke(trace)
        return LegendEntry(text=text, colour=colour, dash=dash, width=PT * width)
    mark = read_marks(trace)[0]
    is_hollow = mark.colour == LIGHT.paper or is_open(mark.symbol)
    return LegendEntry(
        text=text,
        colour=mark.outline or mark.colour if is_hollow else mark.colour,
        symbol=mark.symbol,
        fill=LIGHT.paper if is_hollow else mark.colour,
    )


def _draw_legend(slide: Any, entries: Sequence[LegendEntry], top: float) -> None:
    """Samples and words as a group at the foot of the column, as many lines as it has room for."""
    column = read_box(slide, KICKER)
    room = COLUMN_BOTTOM - top
    if not entries or room < LEAST_LEGEND:
        return
    width = FIGURE.left - column.left - SAMPLE - 12
    texts = [shorten(entry.text, LONGEST_ENTRY) for entry in entries]
    counts = [count_lines(text, width, LEGEND_PT) for text in texts]
    if sum(counts) * LEAST_STEP > room:  # a line each, the longer ones in smaller type
        counts = [1] * len(entries)
    step = min(STEP, max(room / sum(counts), LEAST_STEP))
    shapes, bottom = [], top
    for line, text, count in zip(entries, texts, counts, strict=True):
        if bottom + count * step > top + room:
            break
        sample = Box(column.left, bottom, SAMPLE, step)
        shapes += _draw_sample(line, sample)
        run = Run(text=text, is_bold=line.is_strong)
        colour = line.colour if line.is_strong else LIGHT.ink
        words = Box(sample.right + 6, bottom, width, count * step)
        fit = count * width / estimate_width(run.text + " ", LEGEND_PT)
        size = LEGEND_PT if count > 1 else min(LEGEND_PT, LEGEND_PT * fit)
        body = text_body_xml([(run,)], size=size, colour=colour, is_wrapped=count > 1)
        shapes.append(text_box_xml(f"legend {line.text}", words, body))
        bottom += count * step
    place_shape(
        slide, group_xml("legend", shapes, Box(column.left, top, column.width, bottom - top))
    )


def _draw_sample(line: LegendEntry, room: Box) -> list[str]:
    """A piece of line, a symbol, a number in a circle, or several of them."""
    x, y = room.left + room.width / 2, room.top + room.height / 2
    found = []
    if line.dash is not None:
        ink = line_xml(line.colour, line.width, dash=line.dash)
        cap = line.width / 2  # round ends reach so far beyond the points
        points = [(room.left + cap, y), (room.right - cap, y)]
        found.append(freeform_xml("legend line", [points], line=ink))
    if line.symbol is not None:
        is_armed = line.symbol in ARMED_SYMBOLS
        half, outline = (6.0, None) if is_armed else (3.5, line.colour)
        box = Box(x - half, y - half, 2 * half, 2 * half)
        shape, fill = find_symbol(line.symbol).preset, fill_xml(line.fill)
        found.append(preset_xml("legend mark", shape, box, fill=fill, line=line_xml(outline, 1.2)))
    if line.number:
        ink, fill = (LIGHT.paper, line.colour) if line.is_strong else (LIGHT.ink, LIGHT.paper)
        run = Run(text=line.number, is_bold=True)
        found.append(
            preset_xml(
                f"legend {line.number}",
                "ellipse",
                Box(x - 7, y - 7, 14, 14),
                fill=fill_xml(fill),
                line=line_xml(line.colour, 1),
                text=text_body_xml([(run,)], size=9, colour=ink, align="ctr"),
            )
        )
    return found


def _name_publishers(content: PageContent, dossier: Dossier) -> str:
    """On whom the figure rests, the most cited first; empty where it has no sources."""
    publishers = select_sources(dossier, content.source_ids)["publisher"]
    names = sorted(publishers.unique(), key=lambda name: (-(publishers == name).sum(), name))
    if not names:
        return ""
    rest, count = len(names) - MOST_NAMED, len(publishers)
    more = (
        f" and {rest} more publishers (all {count} sources on the last slide)" if rest > 0 else ""
    )
    return f"Sources: {shorten(', '.join(names[:MOST_NAMED]), LINE_LENGTH)}{more}."


def _tell_notes(scene: Scene, *, base_url: str) -> str:
    """What a speaker needs beside the slide, and the view that it shows, a paragraph a line."""
    content = scene.content
    told = [
        *(scene.title, scene.text, "", scene.notes, ""),
        f"View: {link_page(content.page_code, content.query, base_url=base_url)}",
    ]
    # Runs of white space become one blank; a control character stays, as a visible sign.
    return "\n".join(" ".join(clean_text(line).split()) for line in told)
