"""Colours hold apart for everyone, and text stands off its paper."""

from itertools import combinations

import numpy as np
import pytest

from entente.dossier.store import Dossier
from entente.style.palette import (
    PALETTES,
    STATUS_SYMBOLS,
    THEME_DASHES,
    VERDICT_SYMBOLS,
    Palette,
    palette_for,
)

# Machado, Oliveira and Fernandes (2009), severity 1.0, applied to linear RGB.
SIGHTS = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
BOTH = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
SIGHT = pytest.mark.parametrize("sight", SIGHTS)


def linear(colour: str) -> np.ndarray:
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(colour: str, sight: str) -> np.ndarray:
    x, y, z = TO_XYZ @ np.clip(SIGHTS[sight] @ linear(colour), 0, 1) / WHITE
    f = [np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(lab(one, sight) - lab(other, sight)))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((TO_XYZ[1] @ linear(c) for c in (one, other)), reverse=True)
    return float((light + 0.05) / (dark + 0.05))


@SIGHT
@BOTH
def test_branches_of_a_route_hold_apart_for_everyone(palette: Palette, sight: str) -> None:
    hues = [palette.corridors[f"corridor-{number}"] for number in (1, 2, 3, 4, 6)]
    for one, other in combinations(hues, 2):
        assert difference(one, other, sight) >= 17, (one, other)
    for hue in palette.corridors.values():
        assert contrast(hue, palette.land) >= 2.9


@BOTH
@SIGHT
def test_actors_are_told_apart(palette: Palette, sight: str) -> None:
    hues = {**palette.slots, "other": palette.other_actor}
    for one, other in combinations(hues, 2):
        assert difference(hues[one], hues[other], sight) >= 15, (one, other)


@BOTH
@SIGHT
def test_themes_that_share_a_dash_are_told_apart(palette: Palette, sight: str) -> None:
    for one, other in combinations(THEME_DASHES, 2):
        if THEME_DASHES[one] == THEME_DASHES[other]:
            assert difference(palette.themes[one], palette.themes[other], sight) >= 20, (one, other)


@BOTH
def test_text_stands_off_its_paper(palette: Palette) -> None:
    for ground in (palette.paper, palette.raised):
        assert contrast(palette.ink, ground) >= 10
        assert contrast(palette.muted, ground) >= 4.5
        assert contrast(palette.accent, ground) >= 4.5
    assert contrast(palette.ink, palette.land) >= 4.5


@BOTH
def test_marks_stand_off_their_ground(palette: Palette) -> None:
    for hue in (*palette.verdicts.values(), *palette.themes.values(), *palette.statuses.values()):
        assert contrast(hue, palette.paper) >= 3
    for hue in palette.slots.values():
        assert contrast(hue, palette.land) >= 3


def test_no_verdict_and_no_status_rests_on_colour_alone() -> None:
    assert len({symbol for symbol, _ in VERDICT_SYMBOLS.values()}) == len(VERDICT_SYMBOLS)
    assert len({mark for _, mark in VERDICT_SYMBOLS.values()}) == len(VERDICT_SYMBOLS)
    usable = {STATUS_SYMBOLS[code] for code in ("open", "partial")}
    assert usable.isdisjoint(STATUS_SYMBOLS[code] for code in ("closed", "planned"))


@BOTH
def test_a_document_says_which_actor_has_which_hue(palette: Palette, dossier: Dossier) -> None:
    document = dossier.document
    own = palette_for(document, palette.name)
    slots = document.colour_slots
    assert {actor: own.actor(actor) for actor in slots} == {
        actor: palette.slots[slot] for actor, slot in slots.items()
    }
    assert own.actor("nobody") == palette.other_actor
