"""How disputed areas are drawn: hatched and of nobody, or as one side's maps have them."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.style.lines import coordinates
from entente.style.palette import Palette
from entente.style.theme import literal, wrapped

Trace: TypeAlias = Any  # a line or a fill: Plotly has no common type for them
HATCH_WIDTH, BORDER_WIDTH, INNER_WIDTH = 0.8, 1.0, 2.2


def disputed_areas(
    area_lines: gpd.GeoDataFrame,
    *,
    areas: pd.DataFrame,
    palette: Palette,
    fills: Mapping[str, str] | None = None,
) -> list[Trace]:
    """The marks of every disputed area; hovering says whose it is claimed to be.

    Args:
        area_lines: `area_id`, `kind` (outline, hatch or border), `geometry`; a border has a
            `neighbour_id`.
        areas: `area_id`, `label`, `note`. For one side's view also `shown_as_actor_id`,
            `is_disputed` and `view_note`.
        palette: The appearance to draw in.
        fills: Actor id to the colour of its country on this map, for areas shown as its own.
    """
    traces: list[Trace] = []
    owners = _owners(areas)
    known = area_lines[area_lines["area_id"].isin(areas["area_id"])]
    for area in areas.sort_values("area_id").to_dict("records"):
        lines = known[known["area_id"] == area["area_id"]]
        owner = owners.get(area["area_id"])
        if owner is None:
            traces.append(_hatching(area, lines, palette=palette))
            continue
        colour = (fills or {}).get(owner, palette.land)
        traces += _as_owned(area, lines, owners, colour=colour, palette=palette)
        if area["is_disputed"]:
            traces.append(_hatching(area, lines[lines["kind"] == "hatch"], palette=palette))
    # Fills lie below lines in any case; borders that vanish must not cover those that stay.
    return sorted(traces, key=lambda trace: str(trace.name).startswith("border "))


def _owners(areas: pd.DataFrame) -> dict[str, str]:
    if "shown_as_actor_id" not in areas:
        return {}
    given = areas[areas["shown_as_actor_id"].notna()]
    return dict(zip(given["area_id"], given["shown_as_actor_id"], strict=True))


def _as_owned(
    area: Mapping[str, Any],
    lines: gpd.GeoDataFrame,
    owners: Mapping[str, str],
    *,
    colour: str,
    palette: Palette,
) -> list[Trace]:
    """The area in its owner's colour, without a border to the owner and with one to the rest."""
    owner = owners[area["area_id"]]
    borders = lines[lines["kind"] == "border"]
    is_inner = [owners.get(name, name) == owner for name in borders["neighbour_id"]]
    outer = borders[[not inner for inner in is_inner]]
    parts = [("inner", borders[is_inner], colour, INNER_WIDTH)]
    parts.append(("border", outer, palette.border, BORDER_WIDTH))
    drawn: list[Trace] = [_fill(area, colour)]
    for kind, own, ink, width in parts:
        if len(own):
            drawn.append(_line(area, own, name=f"{kind} {area['area_id']}", ink=ink, width=width))
    return drawn


def _fill(area: Mapping[str, Any], colour: str) -> go.Choropleth:
    return go.Choropleth(
        locations=[area["area_id"]],
        z=[1],
        colorscale=[[0, colour], [1, colour]],
        showscale=False,
        marker={"line": {"width": 0.4, "color": colour}},
        unselected={"marker": {"opacity": 1}},
        hovertext=[_text(area)],
        hoverinfo="text",
        customdata=[["area", area["area_id"], ""]],
        name=f"fill {area['area_id']}",
    )


def _hatching(
    area: Mapping[str, Any], lines: gpd.GeoDataFrame, *, palette: Palette
) -> go.Scattergeo:
    own = lines[lines["kind"].isin(["outline", "hatch"])]
    trace = _line(area, own, name=str(area["area_id"]), ink=palette.muted, width=HATCH_WIDTH)
    return trace.update(opacity=0.75)


def _line(
    area: Mapping[str, Any], lines: gpd.GeoDataFrame, *, name: str, ink: str, width: float
) -> go.Scattergeo:
    lon, lat = coordinates(lines.geometry)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line={"width": width, "color": ink},
        hovertext=_text(area),
        hoverinfo="text",
        customdata=[["area", area["area_id"], ""]] * len(lon),
        name=name,
        showlegend=False,
    )


def _text(area: Mapping[str, Any]) -> str:
    text = f"<b>{literal(area['label'])}</b> (disputed)<br>{wrapped(area['note'])}"
    said = area.get("view_note")
    return f"{text}<br><i>{wrapped(said)}</i>" if isinstance(said, str) else text
