"""The alliance map: actors by role, and the ties between them as ribbons by pair, or as arcs."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.alliance.arcs import draw_fans
from entente.alliance.ground import (
    NARROW,
    WIDE,
    Name,
    Place,
    count_beyond,
    draw_corridors,
    draw_countries,
    draw_names,
    draw_points,
    draw_strip,
    list_names,
    measure_strip,
    place_actors,
)
from entente.alliance.marks import NOTHING, count_things, sort_by_role
from entente.alliance.pairs import Pair, find_fanned, list_in_walk, list_pairs, write_pair_hover
from entente.alliance.ribbons import (
    LABEL_MAP_WIDTH,
    Arc,
    Label,
    draw_labels,
    draw_lines,
    draw_ribbons,
    list_background,
    place_labels,
)
from entente.alliance.ties import SAME, count_changes, find_ends, find_touching, list_pair_ids
from entente.dossier.document import NamedView
from entente.style.basemap import Plane, blend, draw_basemap
from entente.style.palette import Palette
from entente.style.text import place_box
from entente.style.theme import (
    SMALL,
    blank_figure,
    empty_figure,
    escape,
    identity,
    set_reading_order,
    wrap_text,
)

KEY = "alliance-map"
STAMP_HEIGHT = 24
BEHIND = 0.3  # opacity of a ribbon that gives way to what was picked
FILL, GREY_FILL = 0.34, 0.16
POINT_SIZE = 16.0  # ground that a point takes, for words beside it, in pixels


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
    drawing: str = "arcs",
    actor_order: Sequence[str] = (),
    author: str = "the document",
    verdicts: Mapping[str, str] | None = None,
    pick: str | None = None,
    since: str = "",
    corridors: gpd.GeoDataFrame | None = None,
    stamp: str = "",
    is_compact: bool = False,
) -> go.Figure:
    """Ties over a basemap, as one ribbon a pair or as one arc each.

    A picked pair, and pairs that changed since an earlier day, are fanned out into their arcs.

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
        bows_km: Two actors to how far the lines between them swing aside (see
            :func:`entente.alliance.arcs.fan_out`).
        drawing: `ribbons` or `arcs`.
        actor_order: Actors that come first where a pair is named.
        author: Short name of the document's author.
        verdicts: Tie id to the verdicts on the claims behind it, in words.
        pick: Id of the actor, tie or pair that was chosen.
        since: The earlier day in words, when two days are compared.
        corridors: Legs of corridors to outline under the ties: `leg_id`, `corridor_ids` (joined by
            blanks), `geometry`.
        stamp: A line at the foot of the map, for what must go with every copy of it.
        is_compact: Whether the map is a small panel: thinner ribbons, names alone.

    Returns:
        A figure whose marks carry `[kind, id, ids of claims and events]` as `customdata`.
    """
    key = f"{KEY}-{frame.map_view_id}"
    if ties.empty:
        return empty_figure(palette, key=key, text=NOTHING)
    shown = _list_actors(actors, ties, window=frame)
    spots = place_actors(shown, window=frame)
    strip, plane = measure_strip(count_beyond(spots)), Plane(frame.lon_range, frame.lat_range)
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
    figure.add_traces(draw_countries(present, palette))
    if corridors is not None:
        figure.add_traces(draw_corridors(corridors, window=frame, palette=palette))
    figure.add_traces(list(draw_strip(plane, strip, palette=palette)))
    lit = find_touching(ties, pick)
    pairs = list_pairs(ties, theme_order=theme_order, actor_order=actor_order)
    fanned = _list_fanned(ties, pick) if drawing == "ribbons" else frozenset(list_pair_ids(ties))
    whole = [pair for pair in pairs if pair.pair_id not in fanned]
    courses = draw_lines(pairs, spots, bows_km=bows_km, scale=frame.scale)
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    rooms = {
        room: list_names(present, spots, window=frame, label_sides=label_sides, room=room)
        for room in ((NARROW,) if is_compact else (WIDE, NARROW))
    }
    faint = {
        pair.pair_id: BEHIND if _is_behind(pair, lit=lit, has_fan=bool(fanned)) else 1.0
        for pair in whole
    }
    hovers = {
        pair.pair_id: write_pair_hover(
            pair, names=names, words=words, author=author, verdicts=verdicts or {}
        )
        for pair in whole
    }
    principals = actors.loc[actors["role_code"] == "principal", "actor_id"]
    background = frozenset() if lit or since else list_background(pairs, tuple(principals))
    figure.add_traces(
        list(
            draw_ribbons(
                whole,
                courses,
                hovers=hovers,
                seen=faint,
                palette=palette,
                is_compact=is_compact,
                background=background,
            )
        )
    )
    if fanned:
        own = ties[[pair in fanned for pair in list_pair_ids(ties)]]
        figure.add_traces(
            list(
                draw_fans(
                    own,
                    spots,
                    theme_order=theme_order,
                    bows_km=bows_km,
                    frame=frame,
                    names=names,
                    words=words,
                    verdicts=verdicts or {},
                    lit=lit,
                    since=since,
                    palette=palette,
                    background=background,
                )
            )
        )
    if whole and not is_compact:
        words_of = _place_words(
            whole,
            courses,
            rooms[WIDE],
            spots,
            words=words,
            author=author,
            plane=plane,
            top=strip,
        )
        faded = [pair_id for pair_id, opacity in faint.items() if opacity < 1]
        labels = draw_labels(whole, courses, words_of, hovers=hovers, palette=palette, faded=faded)
        figure.add_traces([labels] if labels is not None else [])
    identities = dict(zip(present["actor_id"], present["identity"], strict=True))
    passive = [name for name, spot in spots.items() if spot.side]
    figure.add_traces(list(draw_names(rooms, identities, palette=palette, passive=passive)))
    figure.add_traces(draw_points(present, palette, pick=pick))
    if stamp:
        _add_stamp(figure, stamp, palette)
    return set_reading_order(figure, _list_in_order(pairs, fanned))


def _list_in_order(pairs: Sequence[Pair], fanned: Collection[str]) -> Iterator[Sequence[str]]:
    """Marks as one reads them: an actor, its ties to another, that actor, and on from there."""
    for pair, start, end in list_in_walk(pairs):
        yield "actor", start
        if pair.pair_id in fanned:
            yield from (("tie", tie_id) for tie_id in pair.tie_ids)
        else:
            yield pair.mark[:2]
        yield "actor", end


def _place_words(
    pairs: Sequence[Pair],
    courses: Mapping[str, Arc],
    names: Sequence[Name],
    spots: Mapping[str, Place],
    **options: Any,
) -> dict[str, Label]:
    """Where words stand beside ribbons, clear of names and of the points of actors."""
    plane, width = options["plane"], LABEL_MAP_WIDTH
    taken = [name.measure(plane, width=width) for name in names]
    taken += [
        place_box(
            plane.project([spot.lon], [spot.lat])[0] * [width, width / plane.aspect],
            (POINT_SIZE, POINT_SIZE),
            position="middle center",
        )
        for spot in spots.values()
    ]
    return place_labels(pairs, courses, taken=taken, **options)


def _list_fanned(ties: pd.DataFrame, pick: str | None) -> frozenset[str]:
    """Pairs that are drawn as arcs among ribbons: the picked one, and those that changed."""
    pairs = pd.Series(list_pair_ids(ties), index=ties.index, dtype="str")
    return find_fanned(ties, pick) | frozenset(pairs[ties["change_code"] != SAME])


def _is_behind(pair: Pair, *, lit: Collection[str], has_fan: bool) -> bool:
    """Whether a ribbon fades: beside one that is fanned out, or apart from a picked actor."""
    return has_fan if not lit or has_fan else not set(pair.tie_ids) & set(lit)


def _add_stamp(figure: go.Figure, stamp: str, palette: Palette) -> None:
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
    author: str = "the document",
    drawing: str = "arcs",
    actor_order: Sequence[str] = (),
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
        author: Short name of the document's author.
        drawing: `ribbons`, one for each pair, or `arcs`, one for each tie.
        actor_order: Actors that come first where a pair is named.
    """
    tail = f" Shown: {lens.lower()}. {borders}".rstrip()
    if ties.empty:
        return f"{frame.alt}: of ties on {day} none matches these settings.{tail}"
    said = ", ".join(f"{number} {code}" for code, number in count_changes(ties).items())
    changes = f" Compared with {since}: {said}." if since else ""
    ties = ties[ties["change_code"] != "ended"]
    counts = ties["theme_code"].value_counts()
    themes = ", ".join(
        f"{words[code].lower()} {counts[code]}" for code in theme_order if code in counts
    )
    ends = pd.concat([ties["from_actor_id"], ties["to_actor_id"]]).value_counts()
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    ribbons = ""
    if drawing == "ribbons":
        pairs = list_pairs(ties, theme_order=theme_order, actor_order=actor_order)
        by_pair = [f"{names[p.one]}–{names[p.other]} {p.theme_count}" for p in pairs]
        ribbons = f" Themes on record by pair: {', '.join(by_pair)}."
    busiest = ", ".join(f"{names[actor]} {number}" for actor, number in ends.head(4).items())
    return (
        f"{frame.alt} with {count_things(len(ties), 'tie')} between {len(ends)} actors on {day}, "
        f"{ties['is_asserted_only'].sum()} of them claimed only by {author}.{ribbons} "
        f"By theme: {themes}. Most ties: {busiest}.{changes}{tail}"
    )


def _list_actors(actors: pd.DataFrame, ties: pd.DataFrame, *, window: NamedView) -> pd.DataFrame:
    """Actors that the map shows: those with a tie, and principals within the window."""
    is_main = actors["role_code"] == "principal"
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
