"""Panels stand side by side where they may, and each has the height that it declares."""

import pandas as pd
import pytest

from entente.content import Height, Panel, arrange, height_by_rows


def panel(key: str, *, group: str = "", is_half: bool = False) -> Panel:
    return Panel(
        key=key,
        figure=None,
        alt="",
        table=pd.DataFrame(),
        caption="",
        source_ids=(),
        group=group,
        is_half=is_half,
    )


@pytest.mark.parametrize(
    ("panels", "rows"),
    [
        ([], []),
        ([panel("a")], [[["a"]]]),
        ([panel("a", is_half=True), panel("b", is_half=True)], [[["a"], ["b"]]]),
        (
            [panel(key, is_half=True) for key in "abc"],
            [[["a"], ["b"]], [["c"]]],
        ),
        (
            [panel("a", is_half=True), panel("b"), panel("c", is_half=True)],
            [[["a"]], [["b"]], [["c"]]],
        ),
        (
            [panel("a", group="g"), panel("b", group="g"), panel("c", group="h")],
            [[["a", "b"]], [["c"]]],
        ),
        (
            [panel("a", is_half=True), panel("b", group="g"), panel("c", group="g")],
            [[["a"]], [["b", "c"]]],
        ),
    ],
)
def test_halves_stand_in_pairs_and_groups_together(
    panels: list[Panel], rows: list[list[list[str]]]
) -> None:
    assert [[[one.key for one in group] for group in row] for row in arrange(panels)] == rows


def test_a_height_by_rows_grows_with_them_within_bounds() -> None:
    assert height_by_rows(10, each=2.0, around=3.0).rem == 23.0
    assert height_by_rows(0, each=2.0, around=3.0).rem == 9.0
    assert height_by_rows(1000, each=2.0, around=3.0).rem == 100.0


@pytest.mark.parametrize(
    ("height", "rules"),
    [
        (Height(rem=12), ".x{height:12rem}"),
        (
            Height(rem=12, screen="50vh", phone="9rem"),
            ".x{height:50vh}@media (max-width:640px){.x{height:9rem;aspect-ratio:auto}}",
        ),
        (
            Height(rem=12, screen="46rem", ratio=1.04, phone_ratio=0.88),
            ".x{height:auto;aspect-ratio:1.04;max-height:46rem}"
            "@media (max-width:640px){.x{aspect-ratio:0.88}}",
        ),
        (
            Height(rem=12, phone_width=44),
            ".x{height:12rem}"
            "@media (max-width:640px){.x{overflow:auto hidden}.x>div{min-width:44rem}}",
        ),
    ],
)
def test_a_height_becomes_rules_for_wide_and_narrow_windows(height: Height, rules: str) -> None:
    assert height.rules(".x") == rules
