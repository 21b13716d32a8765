"""The legend beside a figure on a page: a sample of each line or mark, and what it means."""

from collections.abc import Iterable
from typing import Any

from entente.style.legends import LegendEntry
from entente.style.palette import LIGHT, Palette

# How Plotly's dashes look on a sample two pixels thick.
DASHES = {
    "solid": "",
    "dot": "2 3",
    "dash": "7 5",
    "longdash": "11 4",
    "dashdot": "7 3 2 3",
    "longdashdot": "11 3 2 3",
}


def key_parts(legend: Iterable[LegendEntry], *, palette: Palette = LIGHT) -> list[dict[str, Any]]:
    """Lines of a legend for a template."""
    return [_part(entry, palette) for entry in legend]


def _part(entry: LegendEntry, palette: Palette) -> dict[str, Any]:
    return {
        "text": entry.text,
        "colour": entry.colour,
        "has_line": entry.dash is not None,
        "dashes": DASHES.get(
            entry.dash or "solid", str(entry.dash).replace("px,", " ").removesuffix("px")
        ),
        "width": entry.width,
        "character": entry.number or entry.character(palette),
    }
