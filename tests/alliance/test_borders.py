"""Views of the borders: what the data says, what the sentence says, what is drawn."""

from collections.abc import Callable
from typing import Any

import pytest

from entente.alliance.borders import list_areas, stamp_borders, state_borders
from entente.dossier.store import Dossier
from entente.review import review_folder
from entente.style.basemap import draw_disputed_areas
from entente.style.palette import LIGHT
from tests.conftest import Edit

OWNERS = {
    "un": {},
    "sundria": {"QXA": "QSU", "QXB": "QSU"},
    "orania": {"QXA": "QOR"},
}
AREAS = {"QXA", "QXB"}
FILLS = {"QSU": "#111111", "QOR": "#222222"}


def drawn(dossier: Dossier, borders: str) -> dict[str, Any]:
    traces = draw_disputed_areas(
        dossier.area_lines, areas=list_areas(dossier, borders), palette=LIGHT, fills=FILLS
    )
    return {trace.name: trace for trace in traces}


@pytest.mark.parametrize("borders", list(OWNERS))
def test_each_view_gives_areas_to_the_state_whose_maps_say_so(
    dossier: Dossier, borders: str
) -> None:
    given = list_areas(dossier, borders).dropna(subset="shown_as_actor_id")
    assert dict(zip(given["area_id"], given["shown_as_actor_id"], strict=True)) == OWNERS[borders]
    assert len(list_areas(dossier, borders)) == len(dossier["areas"])


@pytest.mark.parametrize("borders", list(OWNERS))
def test_the_sentence_names_the_view_and_every_area(dossier: Dossier, borders: str) -> None:
    said = state_borders(dossier, borders)
    name = "the United Nations" if borders == "un" else dossier.labels("border_views")[borders]
    assert name in said
    assert all(label in said for label in dossier["areas"]["label"])
    assert ("not that of the United Nations" in said) == (borders != "un")
    assert ("marked there as disputed" in said) == (borders == "orania")
    assert bool(stamp_borders(dossier, borders)) == (borders != "un")


@pytest.mark.parametrize("borders", list(OWNERS))
def test_what_is_nobodys_is_hatched_and_what_is_shown_as_somebodys_filled(
    dossier: Dossier, borders: str
) -> None:
    traces = drawn(dossier, borders)
    owners = OWNERS[borders]
    filled = {name.split()[1]: trace for name, trace in traces.items() if name.startswith("fill")}
    assert set(filled) == set(owners)
    for area, trace in filled.items():
        assert trace.colorscale[0][1] == FILLS[owners[area]]
    hatched = AREAS - set(owners)
    hatched |= {"QXA"} if borders == "orania" else set()
    assert hatched == set(traces) & AREAS


def test_no_border_is_left_between_an_area_and_the_state_that_it_is_shown_as(
    dossier: Dossier,
) -> None:
    traces = drawn(dossier, "sundria")
    assert traces["inner QXA"].line.color == FILLS["QSU"]
    assert traces["border QXA"].line.color == LIGHT.border
    lines = dossier.area_lines
    own = lines[(lines["area_id"] == "QXA") & (lines["kind"] == "border")]
    inner = own[own["neighbour_id"].isin(["QSU", "QXB"])]
    assert (
        len(traces["inner QXA"].lon)
        == sum(len(part.coords) + 1 for shape in inner.geometry for part in shape.geoms) - 1
    )
    assert list(traces)[-1].startswith("border")


def test_marks_say_which_area_they_are(dossier: Dossier) -> None:
    for trace in drawn(dossier, "orania").values():
        area = trace.name.split()[-1]
        assert {tuple(row) for row in trace.customdata} == {("area", area, "")}


def without(line: str) -> Callable[[str], str]:
    return lambda text: "".join(row for row in text.splitlines(True) if not row.startswith(line))


@pytest.mark.parametrize(
    ("table", "change", "code"),
    [
        ("border_views", without("sundria,QXB"), "border_view_gap"),
        ("border_view_sources", without("sundria,QXB"), "no_source"),
        ("border_views", lambda text: text.replace("QSU,false", ",false", 1), "nobody_undisputed"),
        ("border_note_sources", without("ferry-isle"), "no_source"),
        ("border_note_actors", without("ferry-isle"), "no_actor"),
        ("event_kind_evidence", without("visit"), "no_evidence_kind"),
    ],
)
def test_what_is_missing_is_found(
    edit: Edit, table: str, change: Callable[[str], str], code: str
) -> None:
    found = {fault.code for fault in review_folder(edit(f"{table}.csv", change))}
    assert code in found
