"""The alliance map: actors by role, and the ties between them as arcs by theme."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.alliance.geometry import fan_out, place_actors
from entente.alliance.marks import (
    NOTHING,
    count_things,
    draw_change_rings,
    draw_knots,
    draw_tie,
    sort_by_role,
    write_hover,
)
from entente.alliance.ties import count_changes, find_ends
from entente.dossier.document import NamedView
from entente.style.basemap import blend, draw_basemap, list_coordinates
from entente.style.palette import Palette
from entente.style.theme import (
    LARGE,
    REGULAR,
    SMALL,
    blank_figure,
    empty_figure,
    escape,
    identity,
    wrap_text,
)

KEY = "alliance-map"
STAMP_HEIGHT = 24
FADED, UNCHANGED = 0.16, 0.4  # opacities
CORRIDOR_TOLERANCE_DEG = 0.35
CORRIDOR_SHARE, CORRIDOR_WIDTH = 0.42, 1.1
FILL, GREY_FILL = 0.34, 0.16
ROLE_SYMBOLS = {
    "principal": ("circle", 11),
    "rival": ("square", 9),
    "power": ("diamond", 9),
    "organisation": ("triangle-down", 8),
}
OTHER_SYMBOL = ("circle", 6)
OTHER_SIDE = "top right"
EDGE_NAMES = {
    "north": "↑ {}",
    "south": "↓ {}",
    "east": "{} →",
    "west": "← {}",
    "adrift": "{} (no place on this map)",
}
BEYOND = "<br>Its point lies beyond the frame of this map"
EDGE_SIDES = {"east": "bottom left", "west": "top right", "south": "top right"}


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
    lit: Collection[str] = (),
    pick: str | None = None,
    since: str = "",
    corridors: gpd.GeoDataFrame | None = None,
    stamp: str = "",
) -> go.Figure:
    """Ties as geodesic arcs over a basemap.

    Args:
        ties: Ties to draw, with evidence, strength and change (see
            :func:`entente.alliance.ties.compare_ties`).
        actors: All actors; those without a tie here are not drawn, principals and rivals are.
        areas: Disputed areas as one view has them (see
            :func:`entente.alliance.borders.list_areas`).
        area_lines: Their lines: `area_id`, `kind`, `neighbour_id`, `geometry`.
        words: Code to word, for themes, valences and roles.
        theme_order: All theme codes in order.
        palette: The appearance to draw in.
        frame: Which part of the earth to show.
        label_sides: Actor id to where its name stands beside its point.
        bows_km: Two actors to how far their lines swing aside (see
            :func:`entente.alliance.geometry.fan_out`).
        lit: Ids of ties to bring out while the others fade; none to treat all alike.
        pick: Id of the actor or tie that was chosen.
        since: The earlier day in words, when two days are compared.
        corridors: Legs of corridors to outline under the ties: `leg_id`, `corridor_ids` (joined by
            blanks), `geometry`.
        stamp: A line at the foot of the map, for what must go with every copy of it.

    Returns:
        A figure whose marks carry `[kind, id, ids of claims and events]` as `customdata`.
    """
    key = f"{KEY}-{frame.map_view_id}"
    if ties.empty:
        return empty_figure(palette, key=key, text=NOTHING)
    shown = _list_actors(actors, ties, window=frame)
    spots = place_actors(shown, window=frame)
    present = shown.assign(
        spot=shown["actor_id"].map(spots),
        identity=[_identify_actor(actor, ties) for actor in shown["actor_id"]],
        hover=[_describe_actor(actor, words) for actor in shown.itertuples()],
        fill=[
            blend(
                palette.actor(actor),
                palette.land,
                share=FILL if actor in palette.actors else GREY_FILL,
            )
            for actor in shown["actor_id"]
        ],
    )
    figure = draw_basemap(
        blank_figure(palette, key=key),
        palette=palette,
        area_lines=area_lines,
        areas=areas,
        lon_range=frame.lon_range,
        lat_range=frame.lat_range,
        fills=dict(zip(present["actor_id"], present["fill"], strict=True)),
    )
    figure.add_traces(_draw_countries(present, palette))
    if corridors is not None:
        figure.add_traces(_draw_corridors(corridors, window=frame, palette=palette))
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    arcs = fan_out(ties, spots, theme_order=theme_order, bows_km=bows_km, scale=frame.scale)
    ordered = _sort_ties(ties, theme_order)
    seen = {tie.tie_id: _pick_opacity(tie, lit, since) for tie in ordered.itertuples()}
    for tie in ordered.itertuples():
        figure.add_trace(
            draw_tie(
                tie,
                arcs[tie.tie_id],
                write_hover(tie, names=names, words=words, since=since),
                palette=palette,
                opacity=seen[tie.tie_id],
                middle=frame.middle[0],
            )
        )
    if since:
        figure.add_trace(draw_change_rings(ordered, arcs, palette=palette, seen=seen))
    figure.add_trace(draw_knots(ordered, arcs, palette=palette, seen=seen))
    figure.add_traces(_draw_points(present, palette, label_sides=label_sides, pick=pick))
    if stamp:
        figure.add_annotation(
            text=escape(stamp),
            x=0,
            y=0,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            showarrow=False,
            align="left",
            font={"size": SMALL, "color": palette.ink},
        )
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
    said = ", ".join(f"{number} {code}" for code, number in count_changes(ties).items())
    changes = f" Compared with {since}: {said}." if since else ""
    ties = ties[ties["change_code"] != "ended"]
    counts = ties["theme_code"].value_counts()
    themes = ", ".join(
        f"{words[code].lower()} {counts[code]}" for code in theme_order if code in counts
    )
    ends = pd.concat([ties["from_actor_id"], ties["to_actor_id"]]).value_counts()
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    busiest = ", ".join(f"{names[actor]} {number}" for actor, number in ends.head(4).items())
    return (
        f"{frame.alt} with {count_things(len(ties), 'tie')} between {len(ends)} actors on {day}, "
        f"{ties['is_asserted_only'].sum()} of them asserted by the document alone. "
        f"By theme: {themes}. Most ties: {busiest}.{changes}{tail}"
    )


def _list_actors(actors: pd.DataFrame, ties: pd.DataFrame, *, window: NamedView) -> pd.DataFrame:
    """Actors that the map shows: those with a tie, and within the window principals and rivals."""
    is_main = actors["role_code"].isin(["principal", "rival"])
    is_inside = [window.holds(actor.lon, actor.lat) for actor in actors.itertuples()]
    is_tied = actors["actor_id"].isin(find_ends(ties))
    is_shown = is_tied | (is_main & pd.Series(is_inside, index=actors.index, dtype=bool))
    return sort_by_role(actors[is_shown])


def _identify_actor(actor_id: str, ties: pd.DataFrame) -> list[str]:
    """What a mark of an actor carries: kind, id, and the claims and events behind its ties."""
    own = ties[(ties["from_actor_id"] == actor_id) | (ties["to_actor_id"] == actor_id)]
    behind = " ".join([*own["claim_ids"], *own["event_ids"]]).split()
    return identity("actor", actor_id, sorted(behind))


def _describe_actor(actor: Any, words: Mapping[str, str]) -> str:
    note = f"<br>{wrap_text(actor.note)}" if isinstance(actor.note, str) else ""
    return f"<b>{escape(actor.label)}</b><br>{escape(words.get(actor.role_code, ''))}{note}"


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


def _draw_corridors(
    lines: gpd.GeoDataFrame, *, window: NamedView, palette: Palette
) -> list[go.Scattergeo]:
    """One trace of all legs within the window; a point carries `["leg", leg_id, corridor ids]`."""
    (west, east), (south, north) = window.lon_range, window.lat_range
    simple = lines.geometry.simplify(CORRIDOR_TOLERANCE_DEG).clip_by_rect(west, south, east, north)
    drawn = lines.assign(geometry=simple)[~simple.is_empty]
    if drawn.empty:
        return []
    lon: list[float | None] = []
    lat: list[float | None] = []
    custom: list[list[str]] = []
    for leg in drawn.sort_values("leg_id").to_dict("records"):
        across, up = list_coordinates([leg["geometry"]])
        lon += [*across, None]
        lat += [*up, None]
        custom += [["leg", leg["leg_id"], leg["corridor_ids"]]] * (len(across) + 1)
    hue = blend(palette.ink, palette.land, share=CORRIDOR_SHARE)
    return [
        go.Scattergeo(
            lon=lon,
            lat=lat,
            mode="lines",
            line={"width": CORRIDOR_WIDTH, "color": hue},
            hoverinfo="skip",  # its ends lie on the points of actors, and would take their clicks
            customdata=custom,
            name="corridors",
        )
    ]


def _draw_countries(actors: pd.DataFrame, palette: Palette) -> list[go.Choropleth]:
    """One trace a fill: a hue of its own for principals and the rival, one grey for the rest."""
    states = actors[actors["role_code"] != "organisation"]
    return [
        go.Choropleth(
            locations=list(same["actor_id"]),
            z=[1] * len(same),
            colorscale=[[0, colour], [1, colour]],
            showscale=False,
            marker={"line": {"width": 0.6, "color": palette.border}},
            unselected={"marker": {"opacity": 1}},
            hovertext=list(same["hover"]),
            hoverinfo="text",
            customdata=list(same["identity"]),
            name=f"countries {colour}",
        )
        for colour, same in states.groupby("fill", sort=False)
    ]


def _draw_points(
    actors: pd.DataFrame,
    palette: Palette,
    *,
    label_sides: Mapping[str, str],
    pick: str | None,
) -> list[go.Scattergeo]:
    """The points at which ties meet, with names: stand-ins at the edge, then a trace a role.

    The main actors lie on top.
    """
    is_beyond = actors["spot"].map(lambda spot: bool(spot.side)).astype(bool)
    traces = []
    if is_beyond.any():
        beyond = actors[is_beyond]
        traces.append(
            _draw_named_points(
                beyond.assign(hover=beyond["hover"] + BEYOND),
                name="edge",
                marker={
                    "symbol": "diamond",
                    "size": 9,
                    "color": palette.paper,
                    "line": {"width": 2, "color": palette.other_actor},
                },
                text=[
                    f"<b>{EDGE_NAMES[actor.spot.side].format(escape(actor.label))}</b>"
                    for actor in beyond.itertuples()
                ],
                textposition=[EDGE_SIDES.get(spot.side, "bottom right") for spot in beyond["spot"]],
                textfont={"size": REGULAR, "color": palette.ink},
                unselected={"textfont": {"color": palette.ink}},
                palette=palette,
            )
        )
    for role, group in actors[~is_beyond][::-1].groupby("role_code", sort=False):
        symbol, size = ROLE_SYMBOLS.get(str(role), OTHER_SYMBOL)
        ids, names = list(group["actor_id"]), [escape(label) for label in group["label"]]
        is_main = role in ("principal", "rival")
        traces.append(
            _draw_named_points(
                group,
                name=f"{role} points",
                marker={
                    "symbol": symbol,
                    "size": [size + 6 if actor == pick else size for actor in ids],
                    "color": [palette.actor(actor) for actor in ids],
                    "line": {"width": 1.5, "color": palette.paper},
                },
                text=[f"<b>{name}</b>" for name in names] if is_main else names,
                textposition=[label_sides.get(actor, OTHER_SIDE) for actor in ids],
                textfont={
                    "size": LARGE if role == "principal" else REGULAR if is_main else SMALL,
                    "color": [
                        blend(palette.actors.get(actor, palette.ink), palette.ink, share=0.75)
                        for actor in ids
                    ],
                },
                unselected={},
                palette=palette,
            )
        )
    return traces


def _draw_named_points(
    actors: pd.DataFrame,
    *,
    palette: Palette,
    textfont: dict[str, Any],
    unselected: dict[str, Any],
    **looks: Any,
) -> go.Scattergeo:
    # A shadow in the colour of the paper, so that names can be read over lines.
    corners = ("1px 1px", "-1px 1px", "1px -1px", "-1px -1px")
    shadow = ", ".join(f"{corner} 1px {palette.paper}" for corner in corners)
    return go.Scattergeo(
        lon=[spot.lon for spot in actors["spot"]],
        lat=[spot.lat for spot in actors["spot"]],
        mode="markers+text",
        textfont={**textfont, "shadow": shadow},
        unselected={"marker": {"opacity": 1}, **unselected},
        hovertext=list(actors["hover"]),
        hoverinfo="text",
        customdata=list(actors["identity"]),
        **looks,
    )
