"""A headline and its figure agree: every number of a headline can be counted in the table below it.

A number that no rule knows how to count is a fault, too, so that a new headline brings its rule.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pandas as pd
import pytest

from entente.address.views import (
    BriefingView,
    ClaimsView,
    DataView,
    MapView,
    RoutesView,
    TimelineView,
    View,
    default_view,
    scenes,
)
from entente.briefing.page_contents import page_content
from entente.briefing.scenes import make_scene
from entente.content import PageContent
from entente.dates import MONTHS, known_from
from entente.dossier.store import Dossier
from entente.vocabulary import CLAIM_MODES, LENSES, MAP_MODES, ROUTE_MODES, TIMELINE_MODES

MODES: Mapping[type[View], Mapping[str, str]] = {
    BriefingView: {"": ""},
    MapView: MAP_MODES,
    TimelineView: TIMELINE_MODES,
    RoutesView: ROUTE_MODES,
    ClaimsView: CLAIM_MODES,
    DataView: {"": ""},
}
DOSSIERS = ("dossier", "live_dossier")
DATE = re.compile(rf"\b\d{{1,2}}\s({'|'.join(MONTHS)})\s\d{{4}}\b")
SPELLED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
NUMBER = rf"(\d[\d,]*|[Nn]one|{'|'.join(SPELLED)})"
RIVALRY, ON_RECORD = "Rivalry", "On record"
# What a verdict means for a forecast.
OUTCOMES = {
    "Supported": "had come true",
    "Partly supported": "came true in part",
    "Contested": "contested",
    "Contradicted": "contradicted",
    "Overtaken by events": "did not happen",
    "Unverifiable": "cannot be tested",
    "Open": "open",
}
Tables = Mapping[str, pd.DataFrame]
Proof = Callable[[re.Match[str], Tables, Dossier], list[int]]


def count(table: pd.DataFrame, column: str, value: str) -> int:
    return int((table[column] == value).sum())


def find(tables: Tables, *keys: str) -> pd.DataFrame:
    return next(tables[key] for key in keys if key in tables)


def prove_score(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    """Of the counted ones: in full, all, contradicted."""
    if "outcomes" in tables:
        rows = tables["outcomes"].set_index("Verdict").iloc[:, 0]
    else:
        table = tables["verdict-score"]
        rows = table.loc[table["Counted"] == "yes", "Verdict"].value_counts()
    return [int(rows.get("Supported", 0)), int(rows.sum()), int(rows.get("Contradicted", 0))]


def prove_said(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    table = find(tables, "score", "verdict-score")
    kinds = [count(table, "Kind", kind) for kind in ("Reported fact", "Forecast")]
    if "flatly" in match[0]:
        kinds[0] = count(table, "Certainty", "Asserted")
    return [len(table), *kinds]


def prove_ties(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    table = find(tables, "ties", "alliance-map", "tie-matrix")
    friendly = table[table["Valence"] != RIVALRY]
    recorded = count(friendly, "Basis", ON_RECORD)
    return [recorded if "on record" in match[0] else len(friendly)]


def prove_references(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    table = find(tables, "visits", "timeline")
    events = table[~table["Id"].isin(dossier["expectations"]["expectation_id"])]
    return [len(events), count(table, "Status", "Expected by the document")]


def prove_events(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    table = find(tables, "visits", "timeline")
    later = table["Date (EDTF)"].map(known_from) > dossier.document.day
    return [len(table), int(later.sum())][: 2 if "after" in match[0] else 1]


def prove_busiest(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    table = tables["tempo"]
    held = table["Events"] - table["Of these, cancelled or only planned"]
    quarters = held.groupby(table["Quarter"]).sum()
    most = quarters.drop("Earlier", errors="ignore")
    assert most[match["quarter"]] == most.max()
    return [int(most.max()), int(held.sum())]


def prove_priorities(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    (row,) = tables["stability-shares"].query("Rank == 1").to_dict("records")
    assert row["Corridor"] == match["first"]
    return [round(100 * row["First under"])]


def prove_accuracy(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    table = tables["benchmark-scatter"]
    days = table[(table["Quantity"] == "days") & (table["Informed a rate"] == "no")]
    error = (days["Typical"] / days["Published"] - 1).abs().median()
    return [
        round(100 * error),
        count(days, "Within the calibrated range", "yes"),
        len(days),
    ]


def prove_forecasts(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    counts = {word: count(tables["forecast-board"], "Outcome", v) for v, word in OUTCOMES.items()}
    assert sum(counts.values()) == len(tables["forecast-board"])
    told = [counts[word] for word in re.findall("|".join(OUTCOMES.values()), match[0])]
    return [len(tables["forecast-board"]), *told]


def prove_sources(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    table = tables["sources"]
    origins = table["origin_id"].fillna(table["source_id"]).nunique()
    return [len(table), origins, count(table, "tier_code", "primary")]


def prove_origins(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    origins = tables["origins"]["Independent origins"]
    return [int((origins >= 2).sum()), len(origins), 2]


def prove_certainty(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    table = tables["origins"]
    return [count(table, "Certainty", match["how"].capitalize()), len(table)]


def prove_slowing(match: re.Match[str], tables: Tables, dossier: Dossier) -> list[int]:
    table = find(tables, "actor-bars", "routes", "actors")
    (row,) = table[table["Blocked by"] == match["who"]].to_dict("records")
    return [round(row["Days lost, P90"])]


RULES: Mapping[str, Proof] = {
    rf"{NUMBER} of (?:its )?{NUMBER} (?:claims|sentences) holds? in full[;,] {NUMBER} (?:is|are) "
    "contradicted": prove_score,
    rf"makes {NUMBER} claims: {NUMBER} facts, {NUMBER} forecasts": prove_said,
    rf"makes {NUMBER} claims: {NUMBER} stated flatly, {NUMBER} about the future": prove_said,
    rf"tied in {NUMBER} ways? on record": prove_ties,
    rf" in {NUMBER} ways?;": prove_ties,
    rf"refers to {NUMBER} events, and gives a time for {NUMBER} that it expects": prove_references,
    rf"{NUMBER} events on record by DATE, {NUMBER} of them after the document": prove_events,
    rf"{NUMBER} events on record from DATE to DATE": prove_events,
    rf"busiest quarter was (?P<quarter>.+), with {NUMBER} of {NUMBER} events": prove_busiest,
    rf"priorities (?P<first>.+) comes first, as it does with {NUMBER}% of": prove_priorities,
    rf"lie within {NUMBER}% of the model’s; {NUMBER} of {NUMBER} within its": prove_accuracy,
    rf"Of {NUMBER} forecasts, {NUMBER} had come true(.*)": prove_forecasts,
    rf"(?:looks ahead in|makes) {NUMBER} forecasts": prove_forecasts,
    rf"{NUMBER} sources go back to {NUMBER} independent origins; {NUMBER} are": prove_sources,
    rf"{NUMBER} of {NUMBER} verdicts rests? on {NUMBER} or more": prove_origins,
    rf"{NUMBER} of the {NUMBER} claims in the [\w ]+ (?:is|are) (?P<how>\w+)": prove_certainty,
}
# These stand where a bar beside them tells how long it is.
BESIDE_BARS: Mapping[str, Proof] = {
    rf"(?P<who>\w+) may slow it by up to {NUMBER} days": prove_slowing
}


def read_numbers(text: str) -> list[int]:
    """All numbers of a text in order, in digits or spelled."""
    found = re.findall(rf"\b{NUMBER}\b", text)
    return [
        SPELLED.get(one) or int(one.replace(",", "").lower().replace("none", "0")) for one in found
    ]


def list_faults(content: PageContent, dossier: Dossier, *, title: str = "") -> Iterator[str]:
    """What a headline says that the tables of its figures do not, and numbers without a rule."""
    tables = {panel.key: panel.table for panel in content.panels}
    left = DATE.sub("DATE", title or content.title)
    has_bars = bool({"actor-bars", "routes", "actors"} & set(tables))
    for pattern, prove in {**RULES, **(BESIDE_BARS if has_bars else {})}.items():
        for match in re.finditer(pattern, left):
            own = match[0].replace(match.groupdict().get("quarter") or "\n", "")
            said, counted = read_numbers(own), prove(match, tables, dossier)
            if said != counted:
                yield f"“{match[0]}” says {said}, its table {counted}"
        left = re.sub(pattern, "", left)
    if re.search(r"\d", left):
        yield f"no rule counts “{left}”"


def list_views(dossier: Dossier) -> Iterator[View]:
    """Every page in every mode, through every lens."""
    for kind, modes in MODES.items():
        view = default_view(kind, dossier)
        for mode in modes:
            own = replace(view, mode=mode) if mode else view  # type: ignore[call-arg]
            yield from (replace(own, lens=lens) for lens in LENSES)  # type: ignore[call-arg]


@pytest.mark.parametrize("which", DOSSIERS)
def test_every_number_of_a_headline_is_counted_in_its_table(
    which: str, request: pytest.FixtureRequest
) -> None:
    dossier = request.getfixturevalue(which)
    faults = [
        (view.page_code, fault)
        for view in list_views(dossier)
        for fault in list_faults(page_content(dossier, view.page_code, view), dossier)
    ]
    assert faults == []


@pytest.mark.parametrize("which", DOSSIERS)
def test_headlines_of_panels_agree_with_their_tables(
    which: str, request: pytest.FixtureRequest
) -> None:
    dossier = request.getfixturevalue(which)
    for lens in LENSES:
        view = replace(default_view(BriefingView, dossier), lens=lens)
        content = page_content(dossier, "briefing", view)
        for panel in content.panels[:-1]:
            own = replace(content, panels=(panel,))
            assert list(list_faults(own, dossier, title=panel.heading)) == []


@pytest.mark.parametrize("which", DOSSIERS)
def test_scenes_agree_with_their_tables(which: str, request: pytest.FixtureRequest) -> None:
    dossier = request.getfixturevalue(which)
    for scene_id in scenes(dossier):
        scene = make_scene(dossier, scene_id)
        content = replace(scene.content, panels=(*scene.room, *scene.content.panels))
        assert list(list_faults(content, dossier, title=scene.title)) == [], scene_id


@pytest.mark.parametrize(
    ("kind", "mode", "right", "wrong"),
    [
        (ClaimsView, "ledger", "2 of 14", "3 of 14"),
        (ClaimsView, "scoreboard", "1 came true in part", "2 came true in part"),
        (ClaimsView, "sources", "5 are", "6 are"),
        (MapView, "map", "in 4 ways", "in 5 ways"),
        (TimelineView, "tempo", "2 of 17", "2 of 18"),
        (RoutesView, "benchmarks", "29%", "28%"),
        (RoutesView, "corridors", "Torvia", "2 of 3 states"),
    ],
)
def test_a_wrong_number_is_found(
    dossier: Dossier, kind: type[View], mode: str, right: str, wrong: str
) -> None:
    view = replace(default_view(kind, dossier), mode=mode)  # type: ignore[call-arg]
    content = page_content(dossier, view.page_code, view)
    assert right in content.title
    assert list(list_faults(content, dossier, title=content.title.replace(right, wrong)))
