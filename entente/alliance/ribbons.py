"""Lines between actors: how they run, and one ribbon for each pair, as wide as its themes are many.

The arcs of single ties, into which a ribbon is fanned out, run the same way; they are drawn by
:mod:`entente.alliance.arcs`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from pyproj import Geod

from entente.alliance.ground import FAMILIES, MAP_WIDTHS, WIDE, Place, outline_text
from entente.alliance.pairs import ADJECTIVES, Pair, say_themes
from entente.style.basemap import Plane, blend
from entente.style.palette import SANS, Palette
from entente.style.text import Box, balance_lines, measure_text, place_box, touch_any
from entente.style.theme import REGULAR, escape

GLOBE = Geod(ellps="WGS84")
ARC_SEGMENTS, SEGMENTS = 16, 32  # of the arc of a tie, and of a ribbon
DECIMALS = 2
# Neighbouring lines of one pair stand this share of its length apart, within these bounds in km.
SPREAD, LEAST_KM, MOST_KM = 0.05, 55.0, 110.0
LEAST_WIDTH, WIDTH_OF_THEME = 2.4, 1.9  # pixels
COMPACT = 0.62  # of the width, in a small panel
ASSERTED_WIDTH, ASSERTED_DASH, RIVAL_DASH = 2.4, "2px,4px", "11px,6px"
THIN, PALE_SHARE = 0.45, 0.5  # of width and ink: of ribbons that give way to others
CASING = 1.6  # paper on either side, so that a ribbon can be told from what it crosses
INK_SHARE = 0.74
BEAD, BEAD_LINE, COMPACT_BEAD = 13, 2.4, 0.8
END = 24  # pixels; more than the point of an actor that is picked
LABEL_MAP_WIDTH = MAP_WIDTHS[WIDE]
LABEL_WIDTH = 30  # letters in a line
MOST_LABELLED = 8  # pairs: among more ribbons, words beside one could be read as those of another
LABEL_GAP = 5.0  # between the edge of a ribbon and its label, in pixels
CLEARANCE = 4.0  # between a label and anything else
STOPS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)  # where along a ribbon a label is tried
SIDES = (
    *("top center", "bottom center", "top right", "bottom left"),
    *("top left", "bottom right", "middle right", "middle left"),
)
ALONE_MARK = "○"


@dataclass(frozen=True, kw_only=True)
class Arc:
    """A line from one actor to another: its points, and the index of the one with the symbol."""

    lon: list[float]
    lat: list[float]
    knot: int


def draw_arc(
    start: Place,
    end: Place,
    *,
    lane: float = 0,
    bow_km: float = 0,
    scale: float = 1,
    knot: int = 0,
    segments: int = ARC_SEGMENTS,
    bulge: float = 0.8,
) -> Arc:
    """A geodesic from `start` to `end`, bent aside to its right: `lane` breadths and `bow_km`.

    Args:
        start: Where it begins.
        end: Where it ends.
        lane: How many breadths it lies aside of the line between them.
        bow_km: How far its middle swings aside besides.
        scale: Size of the window as a share of the widest.
        knot: Index of the point with the symbol; the middle when 0.
        segments: Of how many pieces it is made.
        bulge: How soon it swings aside: the power of a sine, below 1 for sooner.
    """
    inner = GLOBE.npts(start.lon, start.lat, end.lon, end.lat, segments - 1)
    line = np.array([(start.lon, start.lat), *inner, (end.lon, end.lat)])
    _, _, length = GLOBE.inv(start.lon, start.lat, end.lon, end.lat)
    breadth = float(np.clip(SPREAD * length, LEAST_KM * scale * 1e3, MOST_KM * scale * 1e3))
    share = np.linspace(0, 1, segments + 1)
    aside = (lane * breadth + bow_km * 1e3) * np.sin(np.pi * share) ** bulge
    target = np.broadcast_to([end.lon, end.lat], line[:-1].shape)
    ahead, _, _ = GLOBE.inv(line[:-1, 0], line[:-1, 1], target[:, 0], target[:, 1])
    lon, lat, _ = GLOBE.fwd(line[:-1, 0], line[:-1, 1], ahead + 90, aside[:-1])
    return Arc(
        lon=[*np.round(lon, DECIMALS).tolist(), round(end.lon, DECIMALS)],
        lat=[*np.round(lat, DECIMALS).tolist(), round(end.lat, DECIMALS)],
        knot=knot or segments // 2,
    )


@dataclass(frozen=True, kw_only=True)
class Label:
    """Words beside a ribbon: which point of it they stand by, on which side, in which lines."""

    stop: int
    position: str
    lines: tuple[str, ...]


def draw_lines(
    pairs: Sequence[Pair],
    spots: Mapping[str, Place],
    *,
    bows_km: Mapping[tuple[str, str], float],
    scale: float,
) -> dict[str, Arc]:
    """Pair id to the course of its ribbon, from the first of its actors to the other.

    Args:
        pairs: The pairs.
        spots: Actor id to its place on the map.
        bows_km: Two actors, in the order of the alphabet, to how far their ribbon swings aside.
        scale: Size of the window as a share of the widest: bows shrink with it.
    """
    courses = {}
    for pair in pairs:
        ends = tuple(sorted((pair.one, pair.other)))
        bow = bows_km.get((ends[0], ends[1]), 0) * scale
        courses[pair.pair_id] = draw_arc(
            spots[ends[0]], spots[ends[1]], bow_km=bow, segments=SEGMENTS, bulge=0.9
        )
    return courses


def list_background(pairs: Sequence[Pair], principals: Collection[str]) -> frozenset[str]:
    """Ids of pairs that give way to those of principals: all others, where ribbons are many."""
    others = {pair.pair_id for pair in pairs if not {pair.one, pair.other} <= set(principals)}
    is_crowded = len(pairs) > MOST_LABELLED and len(others) < len(pairs)
    return frozenset(others if is_crowded else ())


def measure_width(pair: Pair, *, is_compact: bool = False) -> float:
    """Width of a ribbon in pixels."""
    if not pair.theme_count:
        return ASSERTED_WIDTH
    width = LEAST_WIDTH + WIDTH_OF_THEME * pair.theme_count
    return round(width * COMPACT, 1) if is_compact else width


def draw_ribbons(
    pairs: Sequence[Pair],
    courses: Mapping[str, Arc],
    *,
    hovers: Mapping[str, str],
    seen: Mapping[str, float],
    palette: Palette,
    is_compact: bool = False,
    background: Collection[str] = (),
) -> Iterator[go.Scattergeo]:
    """The ribbons, the thinnest on top, each on a casing of paper; then the hollow beads.

    Those of the background lie below all others, thinner, paler and without a casing.

    Args:
        pairs: The pairs, the widest first.
        courses: Pair id to its course.
        hovers: Pair id to what is said on hovering.
        seen: Pair id to its opacity.
        palette: The appearance to draw in.
        is_compact: Whether the map is a small panel.
        background: Ids of pairs that give way to the others.
    """
    for pair in sorted(pairs, key=lambda pair: pair.pair_id not in background):
        course, width = courses[pair.pair_id], measure_width(pair, is_compact=is_compact)
        is_behind = pair.pair_id in background
        width *= THIN if is_behind else 1
        opacity = seen[pair.pair_id]
        lon, lat = course.lon, course.lat
        custom = [pair.mark] * len(lon)
        if opacity == 1 and not is_behind:
            yield go.Scattergeo(
                lon=lon,
                lat=lat,
                mode="lines",
                line={"width": width + 2 * CASING, "color": palette.paper},
                hovertext=hovers[pair.pair_id],
                hoverinfo="skip",
                customdata=custom,
                name=f"casing {pair.pair_id}",
            )
        yield go.Scattergeo(
            lon=lon,
            lat=lat,
            mode="lines+markers",
            line={
                "width": round(width, 1),
                "color": _pick_hue(pair, palette, is_behind=is_behind),
                "dash": _pick_dash(pair),
            },
            # Marks that are not seen let a pointer find the ribbon anywhere along it. Of marks upon
            # one another the smaller is found: at its ends a ribbon gives way to the actor.
            marker={"size": [END, *[max(width, 12)] * (len(lon) - 2), END], "opacity": 0},
            opacity=opacity,
            hovertext=hovers[pair.pair_id],
            hoverinfo="text",
            customdata=custom,
            name=pair.pair_id,
        )
    if beaded := [pair for pair in pairs if pair.asserted]:
        yield _draw_beads(
            beaded,
            courses,
            hovers=hovers,
            seen=seen,
            palette=palette,
            sizes=[
                BEAD * (COMPACT_BEAD if is_compact or pair.pair_id in background else 1)
                for pair in beaded
            ],
        )


def write_lines(pair: Pair, *, words: Mapping[str, str], author: str) -> tuple[str, ...]:
    """The words beside a ribbon, a line each: themes on record, then what is only claimed."""
    recorded = balance_lines(say_themes(pair.recorded, words), width=LABEL_WIDTH)
    if not pair.asserted:
        return recorded
    claimed = ", ".join(ADJECTIVES[code] for code in pair.asserted)
    return (*recorded, f"{ALONE_MARK} {claimed}: claimed only by {author}")


def place_labels(
    pairs: Sequence[Pair],
    courses: Mapping[str, Arc],
    *,
    words: Mapping[str, str],
    author: str,
    plane: Plane,
    taken: Sequence[Box],
    top: float = 0.0,
    width: float = LABEL_MAP_WIDTH,
) -> dict[str, Label]:
    """Pair id to its label, where there is room for one that touches nothing else.

    Args:
        pairs: The pairs whose ribbons are drawn, the most important first.
        courses: Pair id to its course.
        words: Theme code to word.
        author: Short name of the document's author.
        plane: The projection of the map.
        taken: Boxes that labels must keep clear of, on a map of that width.
        top: Where the map begins, as a share of its height.
        width: Width of the map in pixels.
    """
    if len(pairs) > MOST_LABELLED:
        return {}
    height = width / plane.aspect
    frame = Box(0, top * height, width, (1 - top) * height).widen(-CLEARANCE)
    lines = {
        pair.pair_id: project_course(courses[pair.pair_id], plane, width=width) for pair in pairs
    }
    held, found = [box.widen(CLEARANCE) for box in taken], {}
    for pair in pairs:
        words_of = write_lines(pair, words=words, author=author)
        for stop, position in _list_places():
            label = Label(stop=stop, position=position, lines=words_of)
            box = measure_label(label, pair, lines[pair.pair_id])
            if not box.lies_in(frame) or touch_any(box, held):
                continue
            if any(
                box.widen(measure_width(other) / 2 + 1).is_crossed_by(lines[other.pair_id])
                for other in pairs
            ):
                continue
            held.append(box.widen(CLEARANCE))
            found[pair.pair_id] = label
            break
    return found


def measure_label(label: Label, pair: Pair, line: np.ndarray) -> Box:
    """The box of a label in pixels, beside a course in pixels."""
    size = measure_text(label.lines, REGULAR, is_bold=True)
    return place_box(
        line[label.stop], size, position=label.position, gap=measure_width(pair) / 2 + LABEL_GAP
    )


def project_course(course: Arc, plane: Plane, *, width: float) -> np.ndarray:
    """The points of a course in pixels, on a map so many pixels wide."""
    shares = plane.project(course.lon, course.lat)
    return shares * [width, width / plane.aspect]


def draw_labels(
    pairs: Sequence[Pair],
    courses: Mapping[str, Arc],
    labels: Mapping[str, Label],
    *,
    hovers: Mapping[str, str],
    palette: Palette,
    faded: Collection[str] = (),
) -> go.Scattergeo | None:
    """The words beside ribbons, for wide screens; None where there are none.

    Words and beads carry what is said of their pair, so that whatever mark of it is found says it.
    """
    own = [pair for pair in pairs if pair.pair_id in labels and pair.pair_id not in faded]
    if not own:
        return None
    spots = [(courses[pair.pair_id], labels[pair.pair_id]) for pair in own]
    gaps = [measure_width(pair) / 2 + LABEL_GAP for pair in own]
    return go.Scattergeo(
        lon=[course.lon[label.stop] for course, label in spots],
        lat=[course.lat[label.stop] for course, label in spots],
        mode="markers+text",
        marker={"size": [1.6 * (gap - 1) for gap in gaps], "opacity": 0},
        text=["<br>".join(map(escape, label.lines)) for _, label in spots],
        textposition=[label.position for _, label in spots],
        textfont={
            "size": REGULAR,
            "color": palette.ink,
            "family": f"{FAMILIES[WIDE]}, {SANS}",
            "shadow": outline_text(palette),
        },
        hovertext=[hovers[pair.pair_id] for pair in own],
        hoverinfo="skip",
        customdata=[pair.mark for pair in own],
        name="ribbon labels",
    )


def _list_places() -> Iterator[tuple[int, str]]:
    for stop in STOPS:
        for side in SIDES:
            yield round(stop * SEGMENTS), side


def _pick_hue(pair: Pair, palette: Palette, *, is_behind: bool) -> str:
    if is_behind:
        return blend(palette.ink, palette.land, share=PALE_SHARE)
    if pair.is_rivalry:
        return palette.ink
    return blend(palette.ink, palette.land, share=INK_SHARE)


def _pick_dash(pair: Pair) -> str:
    if not pair.theme_count:
        return ASSERTED_DASH
    return RIVAL_DASH if pair.is_rivalry else "solid"


def _draw_beads(
    pairs: Sequence[Pair],
    courses: Mapping[str, Arc],
    *,
    hovers: Mapping[str, str],
    seen: Mapping[str, float],
    palette: Palette,
    sizes: Sequence[float],
) -> go.Scattergeo:
    """A hollow bead in the middle of each ribbon that something is only claimed of."""
    middles = [courses[pair.pair_id] for pair in pairs]
    return go.Scattergeo(
        lon=[course.lon[course.knot] for course in middles],
        lat=[course.lat[course.knot] for course in middles],
        mode="markers",
        marker={
            "symbol": "circle",
            "size": sizes,
            "color": palette.paper,
            "opacity": [seen[pair.pair_id] for pair in pairs],
            "line": {
                "width": BEAD_LINE,
                "color": [palette.themes[pair.asserted[0]] for pair in pairs],
            },
        },
        hovertext=[hovers[pair.pair_id] for pair in pairs],
        hoverinfo="skip",
        customdata=[pair.mark for pair in pairs],
        name="beads",
    )
