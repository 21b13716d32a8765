"""What bars and grids say for programs that draw charts of their own agrees with their figures."""

import math

import pandas as pd
import pytest

from entente.alliance.matrix import build_grid
from entente.claims.ledger import UNJUDGED, judge_claims
from entente.claims.score import count_bricks, name_verdicts
from entente.routes.charts.leverage import LOSS_COLUMNS, leverage_bar_rows
from entente.routes.charts.stability import stability_share_bars
from entente.style.palette import LIGHT


def test_bars_of_the_score_count_the_claims_of_each_verdict() -> None:
    claims = pd.DataFrame(
        {
            "claim_id": ["c1", "c2", "c3", "c4"],
            "claim": ["a", "b", "c", "d"],
            "is_trivial": [False, False, False, True],
        }
    )
    verdicts = pd.DataFrame({"claim_id": ["c1", "c2", "c4"], "verdict_code": ["open"] * 3})
    labels = {"supported": "Supported", "open": "Open <b>"}
    bars = count_bricks(
        bricks=judge_claims(claims, verdicts),
        words=name_verdicts(labels),
        hues={**LIGHT.verdicts, UNJUDGED: LIGHT.rule},
    )
    assert [(row.name, row.value, row.text, row.note) for row in bars.rows] == [
        ("Open <b> ◌", 2, "2", " + 1 trivial"),
        ("No verdict yet –", 1, "1", ""),
    ]
    assert bars.rows[0].colour == LIGHT.verdicts["open"]


def list_losses(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Rows as the chart takes them: ids, label, share of lost routes, days, USD."""
    table = pd.DataFrame(rows, columns=LOSS_COLUMNS)
    return table.assign(identity=[["veto", "x", ""]] * len(rows))


@pytest.fixture
def actors() -> pd.DataFrame:
    lost = math.inf
    return list_losses(
        ("AAA", "Aland", 0.0, 1.0, 2.5, 3.0, 0.05, 0.0, 100.0, 200.0, 0.3),
        ("BBB", "Bland", 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
        ("CCC", "Cland", 1.0, lost, lost, lost, 0.0, lost, lost, lost, 0.0),
    )


@pytest.fixture
def joint() -> pd.DataFrame:
    losses = (2.0, 4.0, 6.0, 0.0, 100.0, 300.0, 500.0, 0.0)
    return list_losses(("AAA BBB", "Aland + Bland", 0.0, *losses))


def test_bars_of_leverage_say_what_is_lost_and_how_surely(actors, joint) -> None:
    bars = leverage_bar_rows(actors=actors, joint=joint, quantity="days", palette=LIGHT)
    assert bars.title == "days lost (median)"
    assert [(row.name, row.text, row.note) for row in bars.rows] == [
        ("Cland", "✕ cuts the route", ""),
        ("Aland", "+2", ", nothing in 5%"),
        ("Bland", "nothing", ""),
        ("Aland + Bland", "+4", ""),
    ]
    assert [row.value for row in bars.rows] == [6.0, 2.5, 0.0, 4.0]
    assert [bool(row.pattern) for row in bars.rows] == [True, False, False, False]


def test_bars_of_price_are_in_whole_dollars(actors, joint) -> None:
    bars = leverage_bar_rows(actors=actors, joint=joint, quantity="usd", palette=LIGHT)
    assert [row.text for row in bars.rows[1:]] == ["+100", "nothing", "+300"]


def test_no_actor_gives_no_bars(actors, joint) -> None:
    none = {"actors": actors.iloc[:0], "joint": joint.iloc[:0]}
    assert leverage_bar_rows(**none, quantity="days", palette=LIGHT) is None


def test_bars_of_shares_follow_the_corridors() -> None:
    corridors = pd.DataFrame(
        {"corridor_id": ["N", "S"], "number": [1, 2], "short_label": ["North", "South"]}
    )
    shares = pd.Series({"S": 0.996, "N": 0.004})
    bars = stability_share_bars(shares=shares, corridors=corridors, palette=LIGHT)
    assert [(row.name, row.text) for row in bars.rows] == [
        ("● 1  North", "under 1%"),
        ("◆ 2  South", "100%"),
    ]
    assert stability_share_bars(shares=shares.iloc[:0], corridors=corridors, palette=LIGHT) is None


def test_a_grid_has_every_tie_on_both_sides_of_the_diagonal_and_hollow_ones_hollow() -> None:
    actors = pd.DataFrame(
        {
            "actor_id": ["AAA", "BBB", "CCC"],
            "label": ["Aland", "Bland", "Cland"],
            "role_code": ["principal", "other", "other"],
        }
    )
    ties = pd.DataFrame(
        {
            "tie_id": ["t1", "t2"],
            "from_actor_id": ["AAA", "BBB"],
            "to_actor_id": ["BBB", "AAA"],
            "theme_code": ["defence", "finance"],
            "is_asserted_only": [False, True],
            "change_code": ["", ""],
        }
    )
    grid = build_grid(ties=ties, actors=actors, theme_order=("finance", "defence"), palette=LIGHT)
    assert (grid.names, grid.strong) == (("Aland", "Bland"), {"Aland"})
    assert set(grid.cells) == {(0, 1), (1, 0)}
    for cell in grid.cells.values():
        assert [character for character, _ in cell] == ["□", "⬟"]
    empty = ties.iloc[:0]
    assert build_grid(ties=empty, actors=actors, theme_order=(), palette=LIGHT) is None
