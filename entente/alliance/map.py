"""The alliance map: actors by role, and the ties between them as arcs by theme."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.alliance import marks as tie_marks
from entente.alliance.actors import draw_countries, draw_edge_points, draw_points, fill
from entente.alliance.arcs import fan_out
from entente.alliance.marks import draw_change_rings, draw_knots, draw_tie
from entente.alliance.viewports import place_actors
from entente.dossier.document import NamedView
from entente.style.basemap import basemap, blend, coordinates
from entente.style.palette import Palette
from entente.style.theme import SMALL, blank_figure, empty_figure, literal

TOLERANCE_DEG = 0.35
SHARE, WIDTH = 0.42, 1.1


def draw_corridors(
    lines: gpd.GeoDataFrame, *, window: NamedView, palette: Palette
) -> list[go.Scattergeo]:
    """One trace of all legs; each point carries `["leg", leg_id, ids of corridors]`.

    Args:
        lines: One row a leg: `leg_id`, `corridor_ids` (joined by blanks), `geometry`.
        window: The part of the earth that is shown; what lies beyond it is left out.
        palette: The appearance to draw in.
    """
    (west, east), (south, north) = window.lon_range, window.lat_range
    simple = lines.geometry.simplify(TOLERANCE_DEG).clip_by_rect(west, south, east, north)
    drawn = lines.assign(geometry=simple)[~simple.is_empty]
    if drawn.empty:
        return []
    lon: list[float | None] = []
    lat: list[float | None] = []
    custom: list[list[str]] = []
    for leg in drawn.sort_values("leg_id").to_dict("records"):
        across, up = coordinates([leg["geometry"]])
        lon += [*across, None]
        lat += [*up, None]
        custom += [["leg", leg["leg_id"], leg["corridor_ids"]]] * (len(across) + 1)
    return [
        go.Scattergeo(
            lon=lon,
            lat=lat,
            mode="lines",
            line={"width": WIDTH, "color": blend(palette.ink, palette.land, share=SHARE)},
            hoverinfo="skip",  # its ends lie on the points of actors, and would take their clicks
            customdata=custom,
            name="corridors",
        )
    ]


KEY = "alliance-map"
NOTHING = "No tie fits these settings. Choose another day, lens or filter."
STAMP_HEIGHT = 24
FADED, UNCHANGED = 0.16, 0.4


def draw_map(
    *,
    ties: pd.DataFrame,
    actors: pd.DataFrame,
    areas: pd.DataFrame,
    area_lines: gpd.GeoDataFrame,
    words: Mapping[str, str],
    theme_order: Sequence[str],
    palette: Palette,
    frame: NamedView,
    label_sides: Mapping[str, str],
    bows_km: Mapping[tuple[str, str], float],
    lit: Collection[str] | None = None,
    pick: str | None = None,
    since: str = "",
    corridors: gpd.GeoDataFrame | None = None,
    stamp: str = "",
) -> go.Figure:
    """Ties as geodesic arcs over a basemap.

    Args:
        ties: Ties to draw, with evidence, strength and change (see
            :mod:`entente.alliance.ties`).
        actors: All actors; those without a tie here are not drawn, principals and rivals are.
        areas: Disputed areas as one view has them (see
            :func:`entente.alliance.borders.areas_by_view`).
        area_lines: Their lines: `area_id`, `kind`, `neighbour_id`, `geometry`.
        words: Code to word, for themes, valences and roles.
        theme_order: All theme codes in order.
        palette: The appearance to draw in.
        frame: Which part of the earth to show.
        label_sides: Actor id to where its name stands beside its point.
        bows_km: Two actors to how far their lines swing aside (see :func:`fan_out`).
        lit: Ids of ties to bring out while the others fade; None to treat all alike.
        pick: Id of the actor or tie that was chosen.
        since: The earlier day in words, when two days are compared.
        corridors: Legs of corridors to outline under the ties.
        stamp: A line at the foot of the map, for what must go with every copy of it.

    Returns:
        A figure whose marks carry `[kind, id, ids of claims and events]` as `customdata`.
    """
    key = f"{KEY}-{frame.map_view_id}"
    if ties.empty:
        return empty_figure(palette, key=key, text=NOTHING)
    present = drawn_actors(actors, ties, window=frame)
    spots = place_actors(present, window=frame)
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    arcs = fan_out(ties, spots, theme_order=theme_order, bows_km=bows_km, scale=frame.scale)
    figure = basemap(
        blank_figure(palette, key=key),
        palette=palette,
        area_lines=area_lines,
        areas=areas,
        lon_range=frame.lon_range,
        lat_range=frame.lat_range,
        fills={actor: fill(actor, palette) for actor in present["actor_id"]},
    )
    looks: dict[str, Any] = {"palette": palette, "words": words, "behind": evidence_by_actor(ties)}
    figure.add_traces(draw_countries(present, spots, **looks))
    if corridors is not None:
        figure.add_traces(draw_corridors(corridors, window=frame, palette=palette))
    ordered = drawing_order(ties, theme_order)
    seen = opacities(ordered, lit=lit, is_compared=bool(since))
    for tie in ordered.itertuples():
        text = tie_marks.hover(tie, names=names, words=words, since=since)
        figure.add_trace(
            draw_tie(
                tie,
                arcs[tie.tie_id],
                text,
                palette=palette,
                opacity=seen[tie.tie_id],
                middle=frame.middle[0],
            )
        )
    if since:
        figure.add_trace(draw_change_rings(ordered, arcs, palette=palette, seen=seen))
    figure.add_trace(draw_knots(ordered, arcs, palette=palette, seen=seen))
    figure.add_traces(draw_edge_points(present, spots, **looks))
    figure.add_traces(draw_points(present, spots, **looks, label_sides=label_sides, pick=pick))
    if stamp:
        figure.add_annotation(**_stamp(stamp, palette))
        figure.update_layout(margin={"b": STAMP_HEIGHT})
    return figure


def describe_map(
    *,
    ties: pd.DataFrame,
    actors: pd.DataFrame,
    words: Mapping[str, str],
    theme_order: Sequence[str],
    day: str,
    frame: NamedView,
    lens: str = "Both",
    since: str = "",
    borders: str = "",
) -> str:
    """What the map shows, in a few sentences.

    Args:
        ties: The ties drawn, with evidence.
        actors: All actors.
        words: Code to word, for themes.
        theme_order: All theme codes in order.
        day: The as-of day in words.
        frame: Which part of the earth is shown.
        lens: Label of the lens.
        since: The earlier day in words, when two days are compared.
        borders: Whose view of the borders the map follows, in a sentence.
    """
    tail = f" Lens: {lens.lower()}. {borders}".rstrip()
    if ties.empty:
        return f"{frame.alt}: of ties on {day} none fits these settings.{tail}"
    changes = _changes_in_words(ties, since)
    ties = ties[ties["change_code"] != "ended"]
    alone = int(ties["is_asserted_only"].sum())
    counts = ties["theme_code"].value_counts()
    themes = ", ".join(
        f"{words[code].lower()} {counts[code]}" for code in theme_order if code in counts
    )
    ends = pd.concat([ties["from_actor_id"], ties["to_actor_id"]]).value_counts()
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    busiest = ", ".join(f"{names[actor]} {number}" for actor, number in ends.head(4).items())
    return (
        f"{frame.alt} with {tie_marks.counted(len(ties), 'tie')} between "
        f"{len(ends)} actors on {day}, {alone} of them asserted by the document alone. "
        f"By theme: {themes}. Most ties: {busiest}.{changes}{tail}"
    )


def _changes_in_words(ties: pd.DataFrame, since: str) -> str:
    if not since:
        return ""
    counts = ties["change_code"].value_counts()
    said = ", ".join(f"{counts.get(code, 0)} {code}" for code in ("new", "ended", "stronger"))
    return f" Compared with {since}: {said}."


def drawn_actors(actors: pd.DataFrame, ties: pd.DataFrame, *, window: NamedView) -> pd.DataFrame:
    """Actors that the map shows: those with a tie, and within the window principals and rivals."""
    ends = {*ties["from_actor_id"], *ties["to_actor_id"]}
    inside = [window.holds(actor.lon, actor.lat) for actor in actors.itertuples()]
    main = actors[inside]
    shown = {*ends, *main[main["role_code"].isin(["principal", "rival"])]["actor_id"]}
    return tie_marks.sort_by_role(actors[actors["actor_id"].isin(shown)])


def evidence_by_actor(ties: pd.DataFrame) -> dict[str, str]:
    """Actor id to the claims and events behind its ties here, joined by blanks."""
    found: dict[str, set[str]] = {}
    for tie in ties.itertuples():
        for actor in (tie.from_actor_id, tie.to_actor_id):
            found.setdefault(actor, set()).update(f"{tie.claim_ids} {tie.event_ids}".split())
    return {actor: " ".join(sorted(ids)) for actor, ids in found.items()}


def opacities(
    ties: pd.DataFrame, *, lit: Collection[str] | None, is_compared: bool
) -> dict[str, float]:
    """Tie id to opacity: what is not lit fades, and of two days what stayed as it was."""
    found = {}
    for tie in ties.itertuples():
        if lit:
            found[tie.tie_id] = 1 if tie.tie_id in lit else FADED
        else:
            found[tie.tie_id] = UNCHANGED if is_compared and tie.change_code == "same" else 1
    return found


def drawing_order(ties: pd.DataFrame, theme_order: Sequence[str]) -> pd.DataFrame:
    """Ties from the bottom to the top: asserted ones first, then by theme, then by id."""
    rank = {code: place for place, code in enumerate(theme_order)}
    keys = ties.assign(_alone=~ties["is_asserted_only"], _theme=ties["theme_code"].map(rank))
    return keys.sort_values(["_alone", "_theme", "tie_id"]).drop(columns=["_alone", "_theme"])


def _stamp(text: str, palette: Palette) -> dict[str, Any]:
    return {
        "text": literal(text),
        "x": 0,
        "y": 0,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "showarrow": False,
        "align": "left",
        "font": {"size": SMALL, "color": palette.ink},
    }
