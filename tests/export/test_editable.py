"""What bars and grids say for programs that draw charts of their own agrees with their figures."""

import pandas as pd
import pytest

from entente.alliance.matrix import build_grid
from entente.claims.counting import UNJUDGED, judge_claims
from entente.claims.score import count_bricks, name_verdicts
from entente.routes.charts.leverage import leverage_bar_rows
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


@pytest.fixture
def actors() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "actor_id": ["AAA", "BBB", "CCC"],
            "label": ["Aland", "Bland", "Cland"],
            "identity": [["veto", "x", ""]] * 3,
            "veto_loss_days": [2.5, 0.0, None],
            "veto_loss_usd": [100.0, 0.0, None],
            "cuts_route": [False, False, True],
            "shapley_days": [1.25, 0.0, 4.0],
        }
    )


@pytest.fixture
def joint() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "actor_id": ["AAA BBB"],
            "label": ["Aland + Bland"],
            "identity": [["veto", "x", ""]],
            "veto_loss_days": [4.0],
            "veto_loss_usd": [300.0],
            "cuts_route": [False],
            "parts_days": [2.5],
            "parts_usd": [100.0],
        }
    )


def test_bars_of_leverage_say_what_is_lost_and_what_only_together(actors, joint) -> None:
    bars = leverage_bar_rows(actors=actors, joint=joint, quantity="days", palette=LIGHT)
    assert (bars.title, bars.second_title) == ("days lost", "Shapley value")
    assert [(row.name, row.text, row.note, row.second) for row in bars.rows] == [
        ("Cland", "✕ cuts the route", "", 4.0),
        ("Aland", "+2.5", "", 1.25),
        ("Bland", "changes nothing", "", 0.0),
        ("Aland + Bland", "+4.0", ", 1.5 of it only together", None),
    ]
    assert [row.value for row in bars.rows] == [4.0, 2.5, 0.0, 4.0]
    assert [bool(row.pattern) for row in bars.rows] == [True, False, False, False]


def test_bars_of_price_have_no_shapley_value(actors, joint) -> None:
    bars = leverage_bar_rows(actors=actors, joint=joint, quantity="usd", palette=LIGHT)
    assert bars.second_title == ""
    assert all(row.second is None for row in bars.rows)
    assert bars.rows[-1].note == ", 200 of it only together"


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
        ("● 1  North", "under 1 %"),
        ("◆ 2  South", "100 %"),
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
