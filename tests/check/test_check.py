"""The check finds what is wrong, says where, and says all of it at once."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from entente.__main__ import main
from entente.address.pages import VIEWS
from entente.address.views import TimelineView, default_view
from entente.alliance.marks import THEME_SYMBOLS
from entente.briefing.page_contents import MODULES, page_content
from entente.check import across as needs
from entente.check.contract import number
from entente.check.faults import MEANINGS
from entente.dates import first_day
from entente.dossier.store import read_dossier
from entente.review import review_folder
from entente.routes.charts.branch_map import DASHES
from entente.routes.network import legs
from entente.routes.network.rates import EMISSION_RATES, PAYLOAD_RATE
from entente.routes.valuation.corridors import SEVERITY
from entente.style import palette
from entente.timeline import marks
from entente.vocabulary import TIMELINE_MODES
from tests.conftest import Edit
from tests.tables import put_in_line


def test_the_dataset_has_no_faults(live_data: Path) -> None:
    assert review_folder(live_data) == ()


BREAKAGES = [
    # table, column, value put into line 2, code
    ("events", "date_edtf", "2025-02-30", "bad_date"),
    ("events", "date_edtf", "12 January", "bad_date"),
    ("events", "date_edtf", "2025-00", "bad_date"),
    ("events", "date_edtf", "2025-05-00", "bad_date"),
    ("events", "date_edtf", "..", "no_first_day"),
    ("events", "date_edtf", "../2025-04-09", "no_first_day"),
    ("events", "date_edtf", "0001-01-01", "far_date"),
    ("events", "date_edtf", "2025/9999", "far_date"),
    ("events", "document_date_edtf", "..", "no_first_day"),
    ("assessments", "from_edtf", "..", "no_first_day"),
    ("dataset", "horizon_edtf", "2026-07", "not_a_day"),
    ("dataset", "horizon_edtf", "..", "not_a_day"),
    ("dataset", "released_edtf", "2026", "not_a_day"),
    ("document/document", "published_edtf", "2025-04", "not_a_day"),
    ("nodes", "lat", "95", "out_of_range"),
    ("nodes", "lat", "NaN", "not_a_number"),
    ("nodes", "lon", "1e400", "not_a_number"),
    ("claims", "claim", "=HYPERLINK(1)", "formula"),
    ("claims", "claim", "<script>alert(1)</script>", "markup"),
    ("claims", "claim", "right\u202eleft", "control_character"),
    ("claims", "claim", " padded", "padded"),
    ("claims", "claim", "", "empty_cell"),
    ("claims", "paragraph", "two", "not_an_integer"),
    ("claims", "paragraph", "10000", "out_of_range"),
    ("claims", "kind_code", "rumour", "unknown_code"),
    ("claims", "claim_id", "c 01", "bad_key"),
    ("sources", "url", "javascript:alert(1)", "bad_url"),
    ("assessments", "claim_id", "c99", "dangling_id"),
    ("corridor_legs", "leg_id", "L999", "dangling_id"),
    ("leg_statuses", "status_code", "shut", "unknown_code"),
    ("ties", "is_asserted_only", "maybe", "not_a_flag"),
    ("findings", "view", "lens=sideways", "dead_view"),
]


@pytest.mark.parametrize(("table", "column", "value", "code"), BREAKAGES)
def test_a_bad_cell_is_found_where_it_stands(
    edit: Edit, table: str, column: str, value: str, code: str
) -> None:
    folder = edit(f"{table}.csv", put_in_line(2, column, value))
    found = [fault for fault in review_folder(folder) if fault.code == code]
    assert [(fault.file, fault.line, fault.column) for fault in found] == [
        (f"{table}.csv", 2, column)
    ]
    assert found[0].value == value
    assert found[0].rule
    assert found[0].remedy


@pytest.mark.parametrize("value", ["1984", "2025-04-09/..", "2025-04~", "2025-23", "202X"])
def test_an_event_may_have_any_date_with_a_first_day(edit: Edit, value: str) -> None:
    folder = edit("events.csv", put_in_line(2, "date_edtf", value))
    assert review_folder(folder) == ()
    shown = read_dossier(folder)
    assert shown.earliest.year <= first_day(value).year
    for mode in TIMELINE_MODES:
        view = replace(default_view(TimelineView, shown), mode=mode)
        assert page_content(shown, "timeline", view).panels


def test_a_horizon_before_the_first_event_is_found(edit: Edit) -> None:
    change = put_in_line(2, "horizon_edtf", "1990-01-01")
    found = {(f.file, f.line, f.code) for f in review_folder(edit("dataset.csv", change))}
    assert ("dataset.csv", 2, "horizon_too_early") in found


NEEDS = [
    # file, what happens to its text, code, line, value
    ("rates", lambda t: without(t, "BRD-ROAD"), "needed_rate", 0, "BRD-ROAD"),
    ("rates", lambda t: without(t, "CO2-RAIL"), "needed_rate", 0, "CO2-RAIL"),
    (
        "codes/modes",
        lambda t: f"{t}airship,Airship,By air.,70\n",
        "code_without_meaning",
        8,
        "airship",
    ),
    (
        "codes/assessment_verdicts",
        lambda t: f"{t}doubted,Doubted,Nobody is sure.,80\n",
        "code_without_meaning",
        9,
        "doubted",
    ),
    ("codes/pages", lambda t: without(t, "timeline"), "needed_code", 0, "timeline"),
    ("codes/themes", lambda t: f"{t}sport,Sport,Games.,110\n", "code_without_meaning", 12, "sport"),
]


def without(text: str, start: str) -> str:
    """A table without the rows of an id."""
    return "".join(x for x in text.splitlines(keepends=True) if not x.startswith(f"{start},"))


@pytest.mark.parametrize(
    ("name", "change", "code", "line", "value"), NEEDS, ids=[f"{n[0]}-{n[4]}" for n in NEEDS]
)
def test_what_code_needs_from_data_is_a_rule_of_the_check(
    edit: Edit, name: str, change: Callable[[str], str], code: str, line: int, value: str
) -> None:
    found = review_folder(edit(f"{name}.csv", change))
    assert (f"{name}.csv", line, code, value) in {(f.file, f.line, f.code, f.value) for f in found}


def test_the_rate_of_a_place_is_there_and_has_all_its_numbers(edit: Edit, dossier) -> None:
    rate_id = dossier["local_rates"].at[0, "own_rate_id"]
    row = dossier["rates"].query("rate_id == @rate_id").index[0]
    found = review_folder(edit("rates.csv", put_in_line(row + 2, "high", "")))
    assert [(f.line, f.code) for f in found] == [(row + 2, "rate_without_number")]
    found = review_folder(edit("rates.csv", lambda text: without(text, rate_id)))
    assert ("local_rates.csv", 2, "dangling_id") in {(f.file, f.line, f.code) for f in found}


@pytest.mark.parametrize("column", ["low", "typical", "high"])
def test_a_rate_that_routes_rest_on_has_all_its_numbers(edit: Edit, dossier, column: str) -> None:
    row = dossier["rates"].query("rate_id == 'HND-PORT'").index[0]
    change = put_in_line(row + 2, column, "")
    found = review_folder(edit("rates.csv", change))
    assert [(f.line, f.code, f.key) for f in found] == [
        (row + 2, "rate_without_number", "HND-PORT")
    ]


@pytest.mark.parametrize(("column", "value"), [("metric_code", "volume"), ("value", "0")])
def test_a_figure_that_is_compared_can_be(edit: Edit, dossier, column: str, value: str) -> None:
    row = dossier["benchmarks"].query("from_node_id.notna() and value.notna()").index[0]
    change = put_in_line(row + 2, column, value)
    found = review_folder(edit("benchmarks.csv", change))
    assert (row + 2, "metric_not_compared") in {(f.line, f.code) for f in found}


def test_a_tie_has_a_theme_that_the_map_can_draw(edit: Edit) -> None:
    change = put_in_line(2, "theme_code", "domestic")
    found = review_folder(edit("ties.csv", change))
    assert ("code_without_meaning", 2, "theme_code") in {(f.code, f.line, f.column) for f in found}


def test_the_needs_are_what_the_modules_ask_for() -> None:
    named = vars(legs).values()
    rules = [value for value in named if isinstance(value, legs.DwellRule)]
    asked = {rule.days_rate_id for rule in rules} | {*EMISSION_RATES.values(), PAYLOAD_RATE}
    asked |= {rate_id for rule in rules for rate_id in rule.cost_rate_ids}
    assert asked == set(needs.ASKED_RATES)
    known = {name: set(codes) for name, codes in needs.KNOWN_CODES.items()}
    assert known["modes"] == set(EMISSION_RATES) == set(DASHES)
    assert known["pages"] == set(VIEWS) == set(MODULES)
    assert known["event_statuses"] == set(marks.STATUS_SYMBOLS)
    assert known["assessment_verdicts"] == set(palette.VERDICT_SYMBOLS)
    assert known["leg_statuses"] == set(palette.STATUS_SYMBOLS) == set(SEVERITY)
    assert set(needs.KNOWN_IN_COLUMN["ties", "theme_code"]) == set(palette.THEME_DASHES)
    assert set(needs.KNOWN_IN_COLUMN["ties", "theme_code"]) == set(THEME_SYMBOLS)
    for shown in palette.PALETTES.values():
        assert known["modes"] == set(shown.modes)
        assert known["themes"] == set(shown.themes)
        assert known["leg_statuses"] == set(shown.statuses)
        assert known["assessment_verdicts"] == set(shown.verdicts)


FILES = [
    ("missing_file", "claims.csv", lambda path: path.unlink()),
    ("empty_file", "claims.csv", lambda path: path.write_bytes(b"")),
    ("no_rows", "claims.csv", lambda p: p.write_text(p.read_text("utf-8").split("\n")[0], "utf-8")),
    ("byte_order_mark", "events.csv", lambda p: p.write_bytes(b"\xef\xbb\xbf" + p.read_bytes())),
    ("not_utf8", "actors.csv", lambda p: p.write_bytes(p.read_bytes() + b"\xff\xfe,x")),
    ("wrong_delimiter", "legs.csv", lambda p: p.write_bytes(p.read_bytes().replace(b",", b";"))),
    ("missing_column", "nodes.csv", lambda p: p.write_bytes(p.read_bytes().replace(b"lat", b"x"))),
    ("unknown_column", "nodes.csv", lambda p: p.write_bytes(p.read_bytes().replace(b"lat", b"x"))),
    ("ragged_row", "rates.csv", lambda p: p.write_bytes(p.read_bytes() + b"one,two\n")),
    ("broken_quotes", "claims.csv", lambda p: p.write_bytes(p.read_bytes() + b'"unclosed\n')),
    ("not_geojson", "geo/legs.geojson", lambda p: p.write_bytes(b"{}")),
    ("missing_file", "assessment_sources.csv", lambda path: path.unlink()),
    ("no_companion", "rates.csv", lambda path: path.unlink()),
    ("not_geojson", "geo/legs.geojson", lambda path: path.unlink()),
    ("not_geojson", "geo/disputed_areas.geojson", lambda path: path.unlink()),
]


@pytest.mark.parametrize(("code", "name", "breakage"), FILES)
def test_a_broken_file_is_a_fault_not_an_exception(
    copy_of_data: Path, code: str, name: str, breakage: Callable[[Path], None]
) -> None:
    breakage(copy_of_data / name)
    assert (code, name) in {(fault.code, fault.file) for fault in review_folder(copy_of_data)}


def test_a_lost_key_column_is_one_fault_not_hundreds(edit: Edit) -> None:
    folder = edit("nodes.csv", lambda text: text.replace("node_id,", "id,", 1))
    assert {f.code for f in review_folder(folder)} == {"missing_column", "unknown_column"}


def second_row(text: str) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[:2], lines[1], *lines[2:]])


def test_a_repeated_key_is_found(edit: Edit) -> None:
    folder = edit("actors.csv", second_row)
    assert {("duplicate_key", 3)} == {(f.code, f.line) for f in review_folder(folder)}


def test_a_tie_to_itself_is_found(edit: Edit, dossier) -> None:
    actor = dossier["ties"].at[0, "from_actor_id"]
    folder = edit("ties.csv", put_in_line(2, "to_actor_id", actor))
    assert "tie_to_itself" in {fault.code for fault in review_folder(folder)}


def test_a_chain_that_does_not_join_is_found(edit: Edit, dossier) -> None:
    chain = dossier["corridor_legs"]
    far = chain[chain["corridor_id"] != chain.at[0, "corridor_id"]]["leg_id"].iloc[-1]
    folder = edit("corridor_legs.csv", put_in_line(3, "leg_id", far))
    found = {(f.code, f.line) for f in review_folder(folder)}
    assert found & {("legs_do_not_join", 3), ("legs_do_not_join", 2)}


def test_a_range_out_of_order_is_found(edit: Edit) -> None:
    folder = edit("rates.csv", put_in_line(2, "low", "900"))
    assert ("range_order", 2) in {(f.code, f.line) for f in review_folder(folder)}


def test_two_statuses_from_one_day_are_found(edit: Edit, dossier) -> None:
    statuses = dossier["leg_statuses"]
    twice = statuses[statuses.duplicated("leg_id")].index[0]
    first = statuses.at[twice - 1, "from_edtf"]
    change = put_in_line(twice + 2, "from_edtf", first)
    assert "same_start" in {fault.code for fault in review_folder(edit("leg_statuses.csv", change))}


def test_two_verdicts_from_one_day_are_found(edit: Edit, dossier) -> None:
    table = dossier["assessments"].sort_values("claim_id", kind="stable")
    twice = table[table.duplicated("claim_id")].index[0]
    owner = table.at[twice, "claim_id"]
    first = table[table["claim_id"] == owner]["from_edtf"].iloc[0]
    change = put_in_line(twice + 2, "from_edtf", first)
    assert "same_start" in {fault.code for fault in review_folder(edit("assessments.csv", change))}


def test_a_verdict_without_a_source_is_found(edit: Edit) -> None:
    def drop(text: str) -> str:
        lines = text.split("\n")
        gone = lines[1].split(",")[0]
        return "\n".join(line for line in lines if not line.startswith(f"{gone},"))

    faults = review_folder(edit("assessment_sources.csv", drop))
    assert [fault.code for fault in faults] == ["no_source"]


def test_a_retired_id_is_not_used_again(edit: Edit) -> None:
    folder = edit(
        "retired.csv", lambda text: text.rstrip("\n") + "\nclaims,k01,2022-01-01,Split.\n"
    )
    assert [(f.code, f.key) for f in review_folder(folder)] == [("retired_id", "k01")]


def test_an_asserted_tie_with_an_event_is_found(edit: Edit, dossier) -> None:
    documented = str(not bool(dossier["ties"].at[0, "is_asserted_only"])).lower()
    folder = edit("ties.csv", put_in_line(2, "is_asserted_only", documented))
    assert "asserted_mismatch" in {fault.code for fault in review_folder(folder)}


def test_all_faults_come_at_once(edit: Edit) -> None:
    edit("events.csv", put_in_line(2, "date_edtf", "never"))
    edit("nodes.csv", put_in_line(3, "lat", "95"))
    folder = edit("claims.csv", put_in_line(4, "claim", ""))
    assert {(f.file, f.line) for f in review_folder(folder)} == {
        ("events.csv", 2),
        ("nodes.csv", 3),
        ("claims.csv", 4),
    }


def test_the_command_says_so_and_exits_with_1(edit: Edit, capsys) -> None:
    folder = edit("nodes.csv", put_in_line(2, "lat", "95"))
    assert main(["check", "--data", str(folder), "--json"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)
    assert set(fault) == {"code", "file", "line", "key", "column", "value", "rule", "remedy"}
    assert main(["check", "--data", str(folder)]) == 1
    assert "nodes.csv:2: out_of_range" in capsys.readouterr().out


def test_the_command_exits_with_0_on_sound_data(data: Path, capsys) -> None:
    assert main(["check", "--data", str(data)]) == 0
    assert "No faults" in capsys.readouterr().out


def test_every_fault_code_has_a_rule_and_a_remedy() -> None:
    assert all(rule and remedy for rule, remedy in MEANINGS.values())


def test_numbers_are_plain_decimals() -> None:
    assert number("-34.357") == -34.357
    for text in ("nan", "inf", "1e3", "1,000", "", "0x10", "１２"):
        assert number(text) != number(text)
