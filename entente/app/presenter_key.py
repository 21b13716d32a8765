"""What stands beside a figure on the presenter's screen, so that the room can read it unaided.

A map of corridors numbers its ways: their names, days and prices stand beside it. Ties, events and
vetoes have a key. A figure that names its own marks has nothing beside it.
"""

from typing import Any

import pandas as pd

from entente.app import markup
from entente.content import Scene
from entente.export.html.key import key_parts
from entente.style.palette import Palette

WAYS, WAYS_FROM = "corridor-map", "corridor-ranges-days"
# Figures that are as wide as the screen have their key below, all others at their side.
WIDE = ("timeline", "leverage")


def beside_of(scene: Scene, palette: Palette) -> str:
    """The ways with their figures, or the key, of a scene's first figure as HTML; or nothing."""
    panel = scene.content.panels[0] if scene.content.panels else None
    if panel is None or panel.figure is None:
        return ""
    if panel.key == WAYS:
        return markup.fragment("present_ways", ways=_ways(scene))
    if not panel.legend:
        return ""
    lines = key_parts(panel.legend, palette=palette)
    place = "below" if panel.key in WIDE else "side"
    return markup.fragment("present_key", lines=lines, place=place)


def _ways(scene: Scene) -> list[dict[str, Any]]:
    """Rows of the ways; prices to the hundred, as exactly as the model knows them."""
    table = next(panel.table for panel in scene.content.panels if panel.key == WAYS_FROM)
    return [
        {
            "number": row["No."],
            "name": row["Corridor"],
            "status": row["Status"],
            "days": [row[f"days, {part}"] for part in ("P10", "P50", "P90")],
            "usd": _hundreds(row["USD per TEU, P50"]),
        }
        for row in table.to_dict("records")
    ]


def _hundreds(price: float) -> str:
    return "–" if pd.isna(price) else f"{round(price, -2):,.0f}"
