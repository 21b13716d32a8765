"""One arc for each tie: those of one pair side by side, each with its symbol in the middle."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from entente.alliance.ground import Place
from entente.alliance.marks import (
    ASSERTED_DASH,
    ASSERTED_WIDTH,
    CHANGE_RINGS,
    identify_tie,
    is_hollow,
    pick_hue,
    pick_symbol,
    write_hover,
)
from entente.alliance.ribbons import ARC_SEGMENTS, GLOBE, THIN, Arc, draw_arc
from entente.alliance.ties import list_pair_ids
from entente.dossier.document import NamedView
from entente.style.basemap import PARALLELS
from entente.style.palette import THEME_DASHES, Palette

FADED, UNCHANGED, BACKGROUND = 0.16, 0.4, 0.5  # opacities
# Width of a line by the step of its strength, from nothing that counts to the strongest.
STEP_WIDTHS = (0.8, 1.4, 2.3, 3.4, 4.8)
ENDED_WIDTH, ENDED_DASH = 1.7, "5px,6px"
ARROW_AT, BARS_AT = -3, (5, -6)  # points of a line
END_SIZE = 14


def draw_fans(
    ties: pd.DataFrame,
    spots: Mapping[str, Place],
    *,
    theme_order: Sequence[str],
    bows_km: Mapping[tuple[str, str], float],
    frame: NamedView,
    names: Mapping[str, str],
    words: Mapping[str, str],
    verdicts: Mapping[str, str],
    lit: Collection[str],
    since: str,
    palette: Palette,
    background: Collection[str],
) -> Iterator[go.Scattergeo]:
    """An arc for each tie, with rings around those that changed and symbols in the middle.

    Those of pairs in the background lie below all others, thinner and paler.
    """
    arcs = fan_out(ties, spots, theme_order=theme_order, bows_km=bows_km, scale=frame.scale)
    ordered = _sort_ties(ties, theme_order)
    is_behind = pd.Series(list_pair_ids(ordered), ordered.index).isin(list(background))
    ordered = pd.concat([ordered[is_behind], ordered[~is_behind]])
    behind = set(ordered["tie_id"][is_behind])
    seen = {
        tie.tie_id: BACKGROUND if tie.tie_id in behind else _pick_opacity(tie, lit, since)
        for tie in ordered.itertuples()
    }
    for tie in ordered.itertuples():
        hover = write_hover(
            tie, names=names, words=words, since=since, verdicts=verdicts.get(tie.tie_id, "")
        )
        yield draw_tie(
            tie,
            arcs[tie.tie_id],
            hover,
            palette=palette,
            opacity=seen[tie.tie_id],
            thinness=THIN if tie.tie_id in behind else 1,
            middle=frame.middle[0],
        )
    if since:
        yield draw_change_rings(ordered, arcs, palette=palette, seen=seen)
    yield draw_knots(ordered, arcs, palette=palette, seen=seen)


def fan_out(
    ties: pd.DataFrame,
    spots: Mapping[str, Place],
    *,
    theme_order: Sequence[str],
    bows_km: Mapping[tuple[str, str], float],
    scale: float = 1,
) -> dict[str, Arc]:
    """Tie id to its line; the ties of one pair lie side by side in the order of themes.

    Args:
        ties: `tie_id`, `from_actor_id`, `to_actor_id`, `theme_code`.
        spots: Actor id to its place on the map; every end must be in it.
        theme_order: All theme codes in order.
        bows_km: Two actors, in the order of the alphabet, to how far their lines swing aside to the
            right, so that they do not lie upon those of another pair.
        scale: Size of the window as a share of the widest: lanes and bows shrink with it.
    """
    ends = np.sort(ties[["from_actor_id", "to_actor_id"]].to_numpy(dtype=object), axis=1)
    ranked = ties.assign(
        one=ends[:, 0],
        other=ends[:, 1],
        rank=ties["theme_code"].map({code: place for place, code in enumerate(theme_order)}),
    )
    arcs = {}
    for (one, other), pair in ranked.sort_values(["rank", "tie_id"]).groupby(["one", "other"]):
        for place, tie in enumerate(pair.itertuples()):
            # The symbols of neighbours are staggered, so that they do not touch.
            shift = 0 if len(pair) == 1 else 1 if place % 2 else -1
            arc = draw_arc(
                spots[one],
                spots[other],
                lane=place - (len(pair) - 1) / 2,
                bow_km=bows_km.get((one, other), 0) * scale,
                scale=scale,
                knot=ARC_SEGMENTS // 2 + shift,
            )
            is_forth = tie.from_actor_id == one
            arcs[tie.tie_id] = arc if is_forth else _turn_round(arc)
    return arcs


def _turn_round(arc: Arc) -> Arc:
    return Arc(lon=arc.lon[::-1], lat=arc.lat[::-1], knot=len(arc.lon) - 1 - arc.knot)


def _sort_ties(ties: pd.DataFrame, theme_order: Sequence[str]) -> pd.DataFrame:
    """Ties from the bottom to the top: asserted ones first, then by theme, then by id."""
    rank = {code: place for place, code in enumerate(theme_order)}
    keys = ties.assign(_alone=~ties["is_asserted_only"], _theme=ties["theme_code"].map(rank))
    return keys.sort_values(["_alone", "_theme", "tie_id"]).drop(columns=["_alone", "_theme"])


def _pick_opacity(tie: Any, lit: Collection[str], since: str) -> float:
    """What is not lit fades, and of two days what stayed as it was."""
    if lit:
        return 1 if tie.tie_id in lit else FADED
    return UNCHANGED if since and tie.change_code == "same" else 1


def draw_tie(
    tie: Any,
    arc: Arc,
    text: str,
    *,
    palette: Palette,
    opacity: float,
    middle: float,
    thinness: float = 1,
) -> go.Scattergeo:
    """The line of a tie. Its points are marks that are not seen, so that it can be chosen.

    An arrow says that it goes one way, bars speak of ill will.
    """
    length, hue = len(arc.lon), pick_hue(tie, palette)
    symbols, sizes, seen = ["circle"] * length, [7] * length, [0] * length
    # Of marks upon one another the smaller is chosen: at its ends a tie gives way to the actor.
    sizes[0] = sizes[-1] = END_SIZE
    if tie.change_code != "ended":
        for place in {"rivalry": BARS_AT, "ambivalent": BARS_AT[:1]}.get(tie.valence_code, ()):
            symbols[place], sizes[place], seen[place] = "line-ew", 8, 1
        if tie.direction_code == "one-way":
            symbols[ARROW_AT], sizes[ARROW_AT], seen[ARROW_AT] = "arrow", 12, 1
    width, dash = STEP_WIDTHS[tie.step], THEME_DASHES[tie.theme_code]
    if tie.change_code == "ended":
        width, dash = ENDED_WIDTH, ENDED_DASH
    elif tie.is_asserted_only:
        width, dash = ASSERTED_WIDTH, ASSERTED_DASH
    return go.Scattergeo(
        lon=arc.lon,
        lat=arc.lat,
        mode="lines+markers",
        line={"width": round(width * thinness, 2), "dash": dash, "color": hue},
        marker={
            "symbol": symbols,
            "size": sizes,
            "opacity": seen,
            "angle": measure_headings(arc, middle=middle),
            "color": hue,
            "line": {"width": 1.6, "color": hue},
        },
        opacity=opacity,
        hovertext=text,
        hoverinfo="text",
        customdata=[identify_tie(tie)] * length,
        name=tie.tie_id,
    )


def measure_headings(arc: Arc, *, middle: float) -> list[int]:
    """The direction of a line on the map at each of its points, in degrees right of upwards.

    North is upwards on the meridian `middle` only: others of a conic projection lean towards it.
    """
    lon, lat = np.array(arc.lon), np.array(arc.lat)
    ahead, _, _ = GLOBE.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    lean = np.mean(np.sin(np.radians(PARALLELS))) * (lon - middle)
    angles = np.array([*ahead, ahead[-1]]) - lean
    return [int(angle) for angle in np.round(angles)]


def draw_knots(
    ties: pd.DataFrame,
    arcs: Mapping[str, Arc],
    *,
    palette: Palette,
    seen: Mapping[str, float],
) -> go.Scattergeo:
    """The symbol in the middle of each line: filled when on record, hollow when not."""
    rows = list(ties.itertuples())
    hues = [pick_hue(tie, palette) for tie in rows]
    pairs = list(zip(rows, hues, strict=True))
    return _draw_middles(
        ties,
        arcs,
        name="knots",
        marker={
            "symbol": [pick_symbol(tie) for tie in rows],
            "size": [14 if tie.change_code == "ended" else 8 for tie in rows],
            "color": [
                palette.paper if tie.is_asserted_only and tie.change_code != "ended" else hue
                for tie, hue in pairs
            ],
            "opacity": [seen[tie.tie_id] for tie in rows],
            "line": {
                "width": 1.2,
                "color": [hue if is_hollow(tie) else palette.paper for tie, hue in pairs],
            },
        },
    )


def draw_change_rings(
    ties: pd.DataFrame,
    arcs: Mapping[str, Arc],
    *,
    palette: Palette,
    seen: Mapping[str, float],
) -> go.Scattergeo:
    """A shape around the symbol of each tie that is new or stronger, on a disc of paper."""
    changed = ties[ties["change_code"].isin(list(CHANGE_RINGS))]
    rings = [CHANGE_RINGS[code] for code in changed["change_code"]]
    return _draw_middles(
        changed,
        arcs,
        name="changes",
        marker={
            "symbol": [symbol.removesuffix("-open") for symbol, _ in rings],
            "size": [size for _, size in rings],
            "color": palette.paper,
            "opacity": [seen[tie_id] for tie_id in changed["tie_id"]],
            "line": {"width": 1.6, "color": palette.ink},
        },
    )


def _draw_middles(
    ties: pd.DataFrame, arcs: Mapping[str, Arc], *, name: str, marker: dict[str, Any]
) -> go.Scattergeo:
    own = [arcs[tie_id] for tie_id in ties["tie_id"]]
    return go.Scattergeo(
        lon=[arc.lon[arc.knot] for arc in own],
        lat=[arc.lat[arc.knot] for arc in own],
        mode="markers",
        marker=marker,
        hoverinfo="skip",
        customdata=[identify_tie(tie) for tie in ties.itertuples()],
        name=name,
    )
