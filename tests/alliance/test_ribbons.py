"""Ribbons of pairs: their widths, beads and labels, and that nothing lies upon anything else."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from entente.address.views import MapView, default_view, tied_actors
from entente.alliance import content
from entente.alliance.ground import MAP_WIDTHS, list_names, place_actors
from entente.alliance.pairs import Pair, find_fanned, list_in_walk, list_pairs, split_pair
from entente.alliance.ribbons import (
    LABEL_MAP_WIDTH,
    PALE_SHARE,
    draw_lines,
    measure_label,
    measure_width,
    place_labels,
    project_course,
    write_lines,
)
from entente.alliance.ties import compare_ties
from entente.dossier.store import Dossier
from entente.style.basemap import Plane, blend
from entente.style.palette import DARK, LIGHT, palette_for
from entente.style.theme import READING_ORDER

# Widths of the map in pixels: on phones, and from the narrowest map with labels to a large screen.
PHONES, DESKS = (360.0, 390.0, 430.0), (LABEL_MAP_WIDTH, 920.0, 1200.0)


def draw(dossier: Dossier, **options: Any) -> Any:
    view = replace(default_view(MapView, dossier), **options)
    (panel,) = content.panels(dossier, view, "light")
    return panel.figure


def traces(figure: Any, kind: str) -> dict[str, Any]:
    return {t.name: t for t in figure.data if any(row[0] == kind for row in t.customdata or ())}


def list_ribbons(figure: Any) -> dict[str, Any]:
    return {
        name: t for name, t in traces(figure, "pair").items() if "~" in name and " " not in name
    }


def test_every_pair_is_one_ribbon_as_wide_as_its_themes_are_many(dossier: Dossier) -> None:
    figure = draw(dossier)
    ribbons = list_ribbons(figure)
    assert set(ribbons) == {"QMA~QVE", "QMA~QOR", "QOR~QVE"}
    assert ribbons["QMA~QOR"].line.width > ribbons["QMA~QVE"].line.width
    assert ribbons["QMA~QVE"].line.width == ribbons["QOR~QVE"].line.width
    assert list(ribbons["QMA~QVE"].customdata[0])[:2] == ["pair", "mar-ves-diplomacy"]
    assert not traces(figure, "tie")


def test_keys_go_along_each_tie_from_end_to_end(dossier: Dossier) -> None:
    order = draw(dossier).layout.meta[READING_ORDER]
    ends = {"actor QMA", "actor QOR", "actor QVE"}
    assert [name for name in order if name in ends] == ["actor QMA", "actor QOR", "actor QVE"]
    assert [order.index(name) for name in order if name.startswith("pair ")] == [1, 3, 5]
    fanned = draw(dossier, pick="QMA~QOR").layout.meta[READING_ORDER]
    own = [name for name in fanned if name.startswith("tie ")]
    assert len(own) > 1
    assert fanned[: len(own) + 2] == ["actor QMA", *own, "actor QOR"]


def test_a_walk_goes_on_where_it_came_to(dossier: Dossier) -> None:
    def pair(one: str, other: str) -> Any:
        nothing = {"ties": (), "recorded": (), "asserted": (), "is_rivalry": False}
        return Pair(pair_id=f"{one}~{other}", one=one, other=other, **nothing)

    walk = list_in_walk([pair("a", "b"), pair("x", "y"), pair("c", "b"), pair("a", "c")])
    steps = [(start, end) for _, start, end in walk]
    assert steps == [("a", "b"), ("b", "c"), ("c", "a"), ("x", "y")]
    assert list_in_walk([]) == []


def test_what_only_the_document_says_is_a_hollow_bead_and_a_line_of_the_label(
    dossier: Dossier,
) -> None:
    figure = draw(dossier)
    (beads,) = [t for t in figure.data if t.name == "beads"]
    assert [row[1].split() for row in beads.customdata] == [
        ["mar-ora-diplomacy", "mar-ora-defence", "mar-ora-nuclear"]
    ]
    palette = palette_for(dossier.document, "light")
    assert beads.marker.color == palette.paper
    labels = {row[1].split()[0]: text for t in [_labels(figure)] for row, text in _texts(t)}
    assert labels["mar-ora-diplomacy"] == "Diplomacy, defence<br>○ nuclear: claimed only by Lowland"
    on_record = draw(dossier, lens="record")
    assert not [t for t in on_record.data if t.name == "beads"]


def _labels(figure: Any) -> Any:
    return next(t for t in figure.data if t.name == "ribbon labels")


def _texts(trace: Any) -> list[Any]:
    return list(zip(trace.customdata, trace.text, strict=True))


def test_rivals_are_dashed_and_partners_are_not(dossier: Dossier) -> None:
    ribbons = list_ribbons(draw(dossier, side="both"))
    dashes = {name: trace.line.dash for name, trace in ribbons.items()}
    assert dashes["QMA~QVE"] == "solid"
    assert dashes["QOR~QSU"] not in ("solid", None)
    assert set(list_ribbons(draw(dossier, side="rivals"))) == {"QOR~QSU"}


@pytest.mark.parametrize("pick", ["QMA~QOR", "mar-ora-defence"])
def test_a_pick_fans_its_pair_out_and_no_other(dossier: Dossier, pick: str) -> None:
    figure = draw(dossier, pick=pick)
    ribbons, arcs = list_ribbons(figure), traces(figure, "tie")
    assert set(ribbons) == {"QMA~QVE", "QOR~QVE"}
    assert {"mar-ora-diplomacy", "mar-ora-defence", "mar-ora-nuclear"} <= set(arcs)
    assert all(trace.opacity < 1 for trace in ribbons.values())


def test_a_picked_actor_fans_nothing_out_and_fades_what_is_not_its_own(dossier: Dossier) -> None:
    ribbons = list_ribbons(draw(dossier, pick="QMA"))
    faded = {name for name, trace in ribbons.items() if trace.opacity < 1}
    assert faded == {"QOR~QVE"}


def test_of_two_days_the_pairs_that_changed_are_fanned_out(dossier: Dossier) -> None:
    figure = draw(dossier, since=dossier.document.day)
    arcs = set(traces(figure, "tie"))
    assert "ves-ora-finance" in arcs
    assert "mar-ves-diplomacy" not in arcs
    assert "QMA~QVE" in list_ribbons(figure)


def test_at_its_ends_a_ribbon_gives_way_to_the_points_of_actors(dossier: Dossier) -> None:
    figure = draw(dossier, pick="QMA")
    points = [t for t in figure.data if t.name == "principal points"]
    largest = max(size for trace in points for size in trace.marker.size)
    for ribbon in list_ribbons(figure).values():
        first, *_, last = ribbon.marker.size
        assert min(first, last) > largest


def test_arcs_are_a_choice(dossier: Dossier) -> None:
    figure = draw(dossier, drawing="arcs")
    assert not traces(figure, "pair")
    assert "mar-ora-nuclear" in traces(figure, "tie")


def test_a_small_panel_has_names_and_ribbons_and_no_words_beside_them(dossier: Dossier) -> None:
    view = default_view(MapView, dossier)
    small = content.compact_panel(dossier, view, "light").figure
    large = draw(dossier)
    assert not [t for t in small.data if t.name == "ribbon labels"]
    assert set(list_ribbons(small)) == set(list_ribbons(large))
    for name, ribbon in list_ribbons(small).items():
        assert ribbon.line.width < list_ribbons(large)[name].line.width
    assert {t.textfont.family for t in small.data if t.text is not None} != set()
    assert not [t for t in small.data if t.text is not None and "map-wide" in t.textfont.family]


def test_pairs_name_principals_first_and_the_most_tied_come_first(dossier: Dossier) -> None:
    view = replace(default_view(MapView, dossier), frame="all", actors=tied_actors(dossier))
    ties, order = compare_ties(dossier, view=view), tuple(dossier.labels("themes"))
    pairs = list_pairs(ties, theme_order=order, actor_order=dossier.document.principals)
    counts = [pair.theme_count for pair in pairs]
    assert counts == sorted(counts, reverse=True)
    assert {pair.pair_id for pair in pairs} == {
        "~".join(sorted((pair.one, pair.other))) for pair in pairs
    }
    for pair in pairs:
        assert {pair.one, pair.other} == set(split_pair(pair.pair_id))
        if pair.other in dossier.document.principals:
            assert pair.one in dossier.document.principals
    assert find_fanned(ties, None) == find_fanned(ties, "QMA") == frozenset()


def lay_out(dossier: Dossier, *, width: float, room: str, **options: Any) -> dict[str, Any]:
    """What stands on the map of a view, in pixels: names, ribbons and labels."""
    view = replace(default_view(MapView, dossier), **options)
    ties, document = compare_ties(dossier, view=view), dossier.document
    frame, order = document.map_views[view.frame], tuple(dossier.labels("themes"))
    plane = Plane(frame.lon_range, frame.lat_range)
    pairs = list_pairs(ties, theme_order=order)
    ends = {end for pair in pairs for end in (pair.one, pair.other)}
    actors = dossier["actors"][dossier["actors"]["actor_id"].isin(ends)]
    spots = place_actors(actors, window=frame)
    courses = draw_lines(pairs, spots, bows_km=document.ribbon_bows_km, scale=frame.scale)
    sides, words = document.label_sides, dossier.labels("themes")
    names = list_names(actors, spots, window=frame, label_sides=sides, room=room)
    labels = place_labels(
        pairs,
        courses,
        words=words,
        author=document.short_name,
        plane=plane,
        taken=[name.measure(plane, width=LABEL_MAP_WIDTH) for name in names],
    )
    lines = {name: project_course(course, plane, width=width) for name, course in courses.items()}
    return {
        "pairs": pairs,
        "names": {name.actor_id: name.measure(plane, width=width) for name in names},
        "lines": lines,
        "labels": {
            pair.pair_id: measure_label(labels[pair.pair_id], pair, lines[pair.pair_id])
            for pair in pairs
            if pair.pair_id in labels
        },
    }


@pytest.mark.parametrize("which", ["live_dossier", "dossier"])
@pytest.mark.parametrize("side", ["partners", "rivals", "both"])
def test_no_word_lies_upon_another_or_upon_a_ribbon(
    which: str, side: str, request: pytest.FixtureRequest
) -> None:
    """About today’s dataset too: where its names stand was chosen by hand."""
    dossier = request.getfixturevalue(which)
    for width, room in [(w, "narrow") for w in PHONES] + [(w, "wide") for w in DESKS]:
        shown = lay_out(dossier, width=width, room=room, side=side)
        boxes = dict(shown["names"])
        if room == "wide":
            boxes |= shown["labels"]
        for one, other in combinations(boxes, 2):
            assert not boxes[one].touches(boxes[other]), (width, one, other)
        for name, box in boxes.items():
            for pair in shown["pairs"]:
                half = measure_width(pair) / 2
                is_free = not box.widen(half).is_crossed_by(shown["lines"][pair.pair_id])
                assert is_free, (width, name, pair.pair_id)


@pytest.mark.parametrize("room", ["narrow", "wide"])
def test_with_all_actors_no_name_on_the_map_lies_upon_another(
    live_dossier: Dossier, room: str
) -> None:
    """Those in the strip beyond the frame aside, which keep apart by themselves."""
    shown = {"frame": "all", "side": "both", "actors": tied_actors(live_dossier)}
    drawn = lay_out(live_dossier, width=MAP_WIDTHS[room], room=room, **shown)
    frame = live_dossier.document.map_views["all"]
    places = live_dossier["actors"].set_index("actor_id")
    boxes = {
        name: box
        for name, box in drawn["names"].items()
        if frame.holds(places["lon"][name], places["lat"][name])
    }
    assert len(boxes) > 10
    assert set(live_dossier.document.principals) <= set(boxes)
    for one, other in combinations(boxes, 2):
        assert not boxes[one].touches(boxes[other]), (one, other)


def test_every_ribbon_of_the_first_view_has_its_words(live_dossier: Dossier) -> None:
    """About today’s dataset: room was made for them."""
    shown = lay_out(live_dossier, width=LABEL_MAP_WIDTH, room="wide")
    assert {pair.pair_id for pair in shown["pairs"]} == set(shown["labels"])


def test_labels_are_left_out_where_ribbons_are_many(live_dossier: Dossier) -> None:
    everybody = tied_actors(live_dossier)
    shown = lay_out(
        live_dossier, width=920, room="wide", frame="all", side="both", actors=everybody
    )
    assert shown["labels"] == {}


@pytest.mark.parametrize("drawing", ["ribbons", "arcs"])
def test_among_many_the_ties_of_principals_stand_out_and_lie_on_top(
    live_dossier: Dossier, drawing: str
) -> None:
    shown = {"drawing": drawing, "frame": "all", "side": "both"}
    crowded = {**shown, "actors": tied_actors(live_dossier)}
    view = replace(default_view(MapView, live_dossier), **crowded)
    (panel,) = content.panels(live_dossier, view, "light")
    principals = set(live_dossier.document.principals)
    ties = live_dossier["ties"].set_index("tie_id")
    own, others = [], []
    for place, trace in enumerate(panel.figure.data):
        pair = set(split_pair(trace.name)) if "~" in str(trace.name) else set()
        if trace.name in ties.index:
            pair = set(ties.loc[trace.name, ["from_actor_id", "to_actor_id"]])
        if pair and " " not in trace.name:
            (own if pair <= principals else others).append((place, trace))
    assert min(place for place, _ in own) > max(place for place, _ in others)
    if drawing == "ribbons":
        assert min(t.line.width for _, t in own) > max(t.line.width for _, t in others)
    else:
        assert {t.opacity for _, t in own} == {1}
        assert max(t.opacity for _, t in others) < 1
    assert "Thin and pale" in panel.caption


def test_no_tie_is_pale_among_few_or_where_one_is_picked(live_dossier: Dossier) -> None:
    few = content.panels(live_dossier, default_view(MapView, live_dossier), "light")[0]
    assert "Thin and pale" not in few.caption
    everybody, pick = tied_actors(live_dossier), live_dossier.document.principals[0]
    shown = {"frame": "all", "side": "both", "actors": everybody, "pick": pick}
    view = replace(default_view(MapView, live_dossier), **shown)
    (panel,) = content.panels(live_dossier, view, "light")
    assert "Thin and pale" not in panel.caption
    hues = {ribbon.line.color for ribbon in list_ribbons(panel.figure).values()}
    assert blend(LIGHT.ink, LIGHT.land, share=PALE_SHARE) not in hues


def test_words_beside_a_ribbon_are_lines_of_one_length(dossier: Dossier) -> None:
    view = default_view(MapView, dossier)
    order, words = tuple(dossier.labels("themes")), dossier.labels("themes")
    (first, *_) = list_pairs(compare_ties(dossier, view=view), theme_order=order)
    long = replace(first, recorded=("diplomacy", "defence", "finance", "energy"), asserted=())
    lines = write_lines(long, words=words, author="Lowland")
    assert lines == ("Diplomacy, defence,", "finance, energy")


def test_both_appearances_draw_the_same_ribbons(dossier: Dossier) -> None:
    view = default_view(MapView, dossier)
    looks = {}
    for palette in (LIGHT, DARK):
        (panel,) = content.panels(dossier, view, palette.name)
        looks[palette.name] = list_ribbons(panel.figure)
        inks = {trace.line.color for trace in looks[palette.name].values()}
        assert inks.isdisjoint({palette.land, palette.paper})
    assert set(looks["light"]) == set(looks["dark"])
