"""Figures with more named rows than a slide can show, cut to those at the top."""

from collections.abc import Mapping
from typing import Any

from entente.export.deck.plot import list_of

MOST_NAMED, NAMED_KEPT = 24, 18


def kept_rows(figure: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """A figure with so many named rows that they can be read, and how many were left out."""
    settings = figure["layout"].get("yaxis") or {}
    ticks, texts = (list_of(settings.get(name)) for name in ("tickvals", "ticktext"))
    if len(ticks) <= MOST_NAMED or not all(isinstance(tick, int | float) for tick in ticks):
        return dict(figure), 0
    kept = set(sorted(ticks)[:NAMED_KEPT])
    last = max(kept)
    pairs = [(tick, text) for tick, text in zip(ticks, texts, strict=True) if tick in kept]
    top = min(list_of(settings.get("range")) or [-0.6])
    yaxis = {
        **settings,
        "tickvals": [tick for tick, _ in pairs],
        "ticktext": [text for _, text in pairs],
        "range": [last + 0.6, top],
    }
    data = [_cut(trace, last) for trace in figure["data"]]
    return {"data": data, "layout": {**figure["layout"], "yaxis": yaxis}}, len(ticks) - len(kept)


def _cut(trace: Mapping[str, Any], last: float) -> dict[str, Any]:
    """A trace up to its last row that is kept; gaps stay where they are."""
    heights = list_of(trace.get("y"))
    keep = [place for place, y in enumerate(heights) if y is None or y <= last]
    cut = dict(trace)
    for name in ("x", "y", "text", "hovertext", "customdata"):
        own = trace.get(name)
        if own is not None and not isinstance(own, str) and len(list_of(own)) == len(heights):
            cut[name] = [list_of(own)[place] for place in keep]
    marker = dict(trace.get("marker") or {})
    for part in (marker, line := dict(marker.get("line") or {})):
        for name, value in list(part.items()):
            if isinstance(value, list | tuple) and len(value) == len(heights):
                part[name] = [value[place] for place in keep]
    if marker:
        cut["marker"] = {**marker, "line": line}
    return cut
