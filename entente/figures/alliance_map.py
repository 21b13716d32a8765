"""The alliance map: actors by role, and the ties between them as arcs by theme."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.figures import tie_marks
from entente.figures.actor_marks import actor_points, edge_points, filled_countries
from entente.figures.basemap import basemap
from entente.figures.theme import blank_figure, empty_figure
from entente.figures.tie_arcs import LAT_RANGE, LON_RANGE, Arc, fanned, headings, places
from entente.palette import Palette

KEY = "alliance-map"
NOTHING = "No tie fits these settings. Choose another day, lens or filter."
FADED = 0.16
ARROW_AT, BARS_AT = -3, (5, -6)
END_SIZE = 14


def alliance_map(
    *,
    ties: pd.DataFrame,
    actors: pd.DataFrame,
    areas: pd.DataFrame,
    area_lines: gpd.GeoDataFrame,
    words: Mapping[str, str],
    theme_order: Sequence[str],
    palette: Palette,
    lit: Collection[str] | None = None,
    pick: str | None = None,
) -> go.Figure:
    """Ties as geodesic arcs over a plate of Eurasia.

    Args:
        ties: Ties to draw, with evidence (see `analysis.ties.shown_ties`).
        actors: All actors; those without a tie here are not drawn, principals and rivals are.
        areas: Disputed areas: `area_id`, `label`, `note`.
        area_lines: Their lines: `area_id`, `kind`, `geometry`.
        words: Code to word, for themes, valences and roles.
        theme_order: All theme codes in order.
        palette: The appearance to draw in.
        lit: Ids of ties to bring out while the others fade; None to treat all alike.
        pick: Id of the actor or tie that was chosen.

    Returns:
        A figure whose marks carry `[kind, id, ids of claims and events]` as `customdata`.
    """
    if ties.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    present = drawn_actors(actors, ties)
    spots = places(present)
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    arcs = fanned(ties, spots, theme_order=theme_order)
    figure = basemap(
        blank_figure(palette, key=KEY),
        palette=palette,
        area_lines=area_lines,
        areas=areas,
        lon_range=LON_RANGE,
        lat_range=LAT_RANGE,
    )
    figure.add_traces(filled_countries(present, spots, palette=palette, words=words))
    ordered = drawing_order(ties, theme_order)
    for tie in ordered.itertuples():
        text = tie_marks.hover(tie, names=names, words=words)
        strength = FADED if lit and tie.tie_id not in lit else 1
        figure.add_trace(_arc(tie, arcs[tie.tie_id], text, palette=palette, opacity=strength))
    figure.add_trace(_knots(ordered, arcs, palette=palette, lit=lit))
    figure.add_traces(edge_points(present, spots, palette=palette, words=words))
    figure.add_traces(actor_points(present, spots, palette=palette, words=words, pick=pick))
    return figure


def alliance_map_alt(
    *,
    ties: pd.DataFrame,
    actors: pd.DataFrame,
    words: Mapping[str, str],
    theme_order: Sequence[str],
    day: str,
) -> str:
    """What the map shows, in two or three sentences.

    Args:
        ties: The ties drawn, with evidence.
        actors: All actors.
        words: Code to word, for themes.
        theme_order: All theme codes in order.
        day: The as-of day in words.
    """
    if ties.empty:
        return f"Map of ties on {day}: none fits these settings."
    alone = int(ties["is_asserted_only"].sum())
    counts = ties["theme_code"].value_counts()
    themes = ", ".join(
        f"{words[code].lower()} {counts[code]}" for code in theme_order if code in counts
    )
    ends = pd.concat([ties["from_actor_id"], ties["to_actor_id"]]).value_counts()
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    busiest = ", ".join(f"{names[actor]} {number}" for actor, number in ends.head(4).items())
    return (
        f"Map from Türkiye to China with {tie_marks.counted(len(ties), 'tie')} between "
        f"{len(ends)} actors on {day}, {alone} of them asserted by the document alone. "
        f"By theme: {themes}. Most ties: {busiest}."
    )


def drawn_actors(actors: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    """Actors that the map shows: those with a tie, and always principals and rivals."""
    ends = {*ties["from_actor_id"], *ties["to_actor_id"]}
    shown = actors["actor_id"].isin(ends) | actors["role_code"].isin(["principal", "rival"])
    return tie_marks.by_role(actors[shown])


def drawing_order(ties: pd.DataFrame, theme_order: Sequence[str]) -> pd.DataFrame:
    """Ties from the bottom to the top: asserted ones first, then by theme, then by id."""
    rank = {code: place for place, code in enumerate(theme_order)}
    keys = ties.assign(_alone=~ties["is_asserted_only"], _theme=ties["theme_code"].map(rank))
    return keys.sort_values(["_alone", "_theme", "tie_id"]).drop(columns=["_alone", "_theme"])


def _arc(tie: Any, arc: Arc, text: str, *, palette: Palette, opacity: float) -> go.Scattergeo:
    """The line of a tie. Its points are marks that are not seen, so that it can be chosen."""
    symbols, sizes, seen = _points_along(tie, len(arc.lon))
    return go.Scattergeo(
        lon=arc.lon,
        lat=arc.lat,
        mode="lines+markers",
        line=tie_marks.line(tie, palette),
        marker={
            "symbol": symbols,
            "size": sizes,
            "opacity": seen,
            "angle": headings(arc),
            "color": tie_marks.hue(tie, palette),
            "line": {"width": 1.6, "color": tie_marks.hue(tie, palette)},
        },
        opacity=opacity,
        unselected={"marker": {"opacity": 0}},
        hovertext=text,
        hoverinfo="text",
        customdata=[["tie", tie.tie_id]] * len(arc.lon),
        name=tie.tie_id,
    )


def _points_along(tie: Any, length: int) -> tuple[list[str], list[int], list[int]]:
    """Symbol, size and opacity of each point: an arrow for one way, bars for ill will."""
    symbols, sizes, seen = ["circle"] * length, [7] * length, [0] * length
    # Of marks upon one another the smaller is chosen: at its ends a tie gives way to the actor.
    sizes[0] = sizes[-1] = END_SIZE
    bars = {"rivalry": BARS_AT, "ambivalent": BARS_AT[:1]}.get(tie.valence_code, ())
    for place in bars:
        symbols[place], sizes[place], seen[place] = "line-ew", 8, 1
    if tie.direction_code == "one-way":
        symbols[ARROW_AT], sizes[ARROW_AT], seen[ARROW_AT] = "arrow", 12, 1
    return symbols, sizes, seen


def _knots(
    ties: pd.DataFrame, arcs: Mapping[str, Arc], *, palette: Palette, lit: Collection[str] | None
) -> go.Scattergeo:
    """The symbol in the middle of each line: filled when on record, hollow when not."""
    rows = list(ties.itertuples())
    hues = [tie_marks.hue(tie, palette) for tie in rows]
    spots = [(arcs[tie.tie_id].lon, arcs[tie.tie_id].lat, arcs[tie.tie_id].knot) for tie in rows]
    fills = [
        palette.paper if tie.is_asserted_only else colour
        for tie, colour in zip(rows, hues, strict=True)
    ]
    strengths = [FADED if lit and tie.tie_id not in lit else 1 for tie in rows]
    edges = [
        colour if tie.is_asserted_only else palette.paper
        for tie, colour in zip(rows, hues, strict=True)
    ]
    return go.Scattergeo(
        lon=[lon[knot] for lon, _, knot in spots],
        lat=[lat[knot] for _, lat, knot in spots],
        mode="markers",
        marker={
            "symbol": [tie_marks.symbol(tie) for tie in rows],
            "size": 8,
            "color": fills,
            "opacity": strengths,
            "line": {"width": 1.2, "color": edges},
        },
        unselected={"marker": {"opacity": 1}},
        hoverinfo="skip",
        customdata=[tie_marks.identity(tie) for tie in rows],
        name="knots",
    )
