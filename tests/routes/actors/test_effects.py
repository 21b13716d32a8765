"""What vetoes do, in words that go as far as the draws do."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.dossier.store import Dossier
from entente.routes.actors.effects import (
    HOLDS,
    Presets,
    describe_effect,
    describe_presets,
    describe_veto,
    format_range,
    judge,
)
from entente.routes.valuation.leverage_draws import LossDraws, Range

NAMES = {"A": "Aland", "B": "Bland", "C": "Cland", "D": "Dland"}
LOST = float("inf")
LABELS = ["Lorries", "Trains"]


def lose(actors: str, *by_variant: list[float], own_trade: str = "") -> LossDraws:
    losses = np.array(by_variant, dtype=float)
    return LossDraws(
        actors=tuple(actors),
        own_trade=tuple(own_trade),
        losses={"days": losses, "usd": losses * 100, "co2e": losses * 100},
    )


def say(veto: LossDraws) -> str:
    return describe_veto(
        veto, [NAMES[one] for one in veto.actors], start="X", end="Y", objective="time"
    )


NEVER, ALWAYS = [0.0] * 10, [2.0] * 10
HALF = [0.0] * 5 + [3.0] * 5
WIDE = [0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 9.0, 20.0]


@pytest.mark.parametrize(
    ("veto", "words"),
    [
        (lose("A", NEVER, NEVER), "Aland could not make the route from X to Y longer"),
        (lose("AB", ALWAYS, ALWAYS), "Aland and Bland together could add about two days to"),
        (lose("A", WIDE), "Aland could add something, up to nine days, to"),
        (lose("A", [1.0] * 3 + [3.0] * 7), "Aland could add between 1 and three days to"),
        (lose("A", HALF, ALWAYS), "Aland may add nothing or up to three days to"),
        (lose("A", NEVER, ALWAYS), "Aland may add nothing or up to two days to"),
        (lose("A", [LOST] * 10), "Aland could cut the route"),
        (lose("A", NEVER, [LOST] * 10), "Aland may or may not cut the route from X to Y"),
        (lose("A", NEVER, own_trade="A"), "Aland has no veto between X and Y"),
    ],
)
def test_a_title_says_no_more_than_the_draws(veto: LossDraws, words: str) -> None:
    assert words in say(veto)


def test_days_are_whole_from_one_on_and_dollars_are_in_tens() -> None:
    assert "about 13 days" in say(lose("A", [12.6] * 10))
    usd = describe_effect(lose("A", [12.6] * 10), "cost")
    assert usd == "adds about USD\u00a01,260"
    assert format_range(Range(0.0, 0.31, 1.24), "days") == "0.3 (0–1)"
    assert format_range(Range(0.0, 1.24, LOST), "days") == "1 (0–route lost)"
    assert format_range(Range(0.0, 0.01, 0.04), "days") == "0"
    assert format_range(Range(4.0, 123.0, 1234.0), "usd") == "120 (0–1,230)"


def test_where_variants_differ_those_that_are_sure_are_named() -> None:
    presets = Presets(
        lose("A", NEVER, NEVER),
        lose("B", ALWAYS, NEVER),
        lose("AB", ALWAYS, NEVER),
        lose("ABC", ALWAYS, NEVER),
        lose("D", [9.0] * 10, HALF),
    )
    assert describe_presets(presets, names=NAMES, variants=LABELS, objective="time") == (
        "Aland alone changes nothing; Bland alone may change nothing or add up to two days; "
        "together they may change nothing or add up to two days, no more than Bland alone. Adding "
        "Cland makes no difference. So it is unclear whether Bland, with or without Aland, could "
        "make the route longer: that happens in about 5 of 10 simulations; Dland alone may change "
        "nothing or add up to nine days, more than the two in about 8 of 10 simulations. In the "
        "network “Lorries” it is clear: there the two could. In the network “Trains” it is clear: "
        "there the two could not."
    )


def test_what_holds_everywhere_is_told_as_a_fact() -> None:
    presets = Presets(
        lose("A", NEVER, NEVER),
        lose("B", ALWAYS, ALWAYS),
        lose("AB", ALWAYS, ALWAYS),
        lose("ABC", ALWAYS, ALWAYS),
        lose("D", [9.0] * 10, [9.0] * 10),
    )
    assert describe_presets(presets, names=NAMES, variants=LABELS, objective="time") == (
        "Aland alone changes nothing; Bland alone adds about two days; together they add about two "
        "days, no more than Bland alone. Adding Cland makes no difference. So Bland, with or "
        "without Aland, could make the route longer; Dland could by more: alone it adds about nine "
        "days."
    )


def test_what_cannot_be_told_is_said_with_its_share() -> None:
    presets = Presets(
        lose("A", NEVER), lose("B", HALF), lose("AB", HALF), lose("ABC", ALWAYS), lose("D", NEVER)
    )
    told = describe_presets(presets, names=NAMES, variants=["All"], objective="time")
    assert "In the network" not in told
    assert "together they may change nothing or add up to three days" in told
    assert "With Cland the three add about two days" in told
    assert "it is unclear whether Bland, with or without Aland, could make the route longer" in told
    assert "longer: that happens in about 5 of 10 simulations; Dland alone changes nothing." in told


def test_parts_that_need_each_other_are_said_to() -> None:
    presets = Presets(
        lose("A", NEVER),
        lose("B", NEVER),
        lose("AB", ALWAYS),
        lose("ABC", ALWAYS),
        lose("D", NEVER),
    )
    told = describe_presets(presets, names=NAMES, variants=["All"], objective="time")
    assert "more than the sum of the parts" in told
    assert "So the two could make the route longer" in told


shares = st.lists(st.floats(0, 6, allow_nan=False), min_size=10, max_size=10)


@given(first=shares, second=shares)
@settings(deadline=None)
def test_a_statement_holds_in_eight_of_ten_draws_of_each_variant(first, second) -> None:
    losses = np.array([first, second])
    effect = describe_effect(lose("A", first, second), "time")
    for is_free in (losses < 0.05).mean(axis=1):
        if effect == "changes nothing":
            assert is_free >= HOLDS
        if effect.startswith("adds"):
            assert 1 - is_free >= HOLDS
    verdict = judge(losses > 1)
    if verdict is not None:
        assert (((losses > 1) == verdict).mean(axis=1) >= HOLDS).all()


@given(losses=shares)
@settings(deadline=None)
def test_the_ends_of_a_range_are_those_of_eight_draws_in_ten(losses) -> None:
    figures = [float(n) for n in re.findall(r"\d+\.\d", describe_effect(lose("A", losses), "time"))]
    if len(figures) == 2:
        inside = [figures[0] - 0.05 <= loss <= figures[1] + 0.05 for loss in losses]
        assert np.mean(inside) >= HOLDS


def test_the_document_asks_about_five_vetoes(dossier: Dossier) -> None:
    roles = [preset.role for preset in dossier.document.leverage_presets if preset.role]
    assert sorted(roles) == ["alone", "alone", "asked", "beside", "wider"]
