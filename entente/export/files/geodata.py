"""What a map shows, as geodata: GeoJSON and GeoPackage, in WGS84."""

import html
import re
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go
import pyogrio
from shapely import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

COLUMNS = ["layer", "kind", "id", "related_ids", "label", "geometry"]
WGS84 = "EPSG:4326"
LAYERS = ("lines", "points")
_TAGS = re.compile(r"<[^>]*>")


def map_features(figure: go.Figure) -> gpd.GeoDataFrame:
    """The lines and points that a map shows, one row each, in drawing order.

    Columns: `layer` (lines or points), `kind` and `id` of what a mark stands for, `related_ids`
    (ids of claims, events or legs behind it, joined by blanks), `label` (its words as plain text),
    `geometry`. Marks without an id, such as the hatching of areas, carry the name of their trace.
    A figure without a map gives no rows.
    """
    rows = [row for trace in figure.data if trace.type == "scattergeo" for row in _features(trace)]
    return gpd.GeoDataFrame(rows, columns=COLUMNS, geometry="geometry", crs=WGS84)


def geojson(figure: go.Figure) -> bytes:
    """Those features as GeoJSON (RFC 7946), UTF-8."""
    return str(map_features(figure).to_json(drop_id=True, ensure_ascii=False)).encode("utf-8")


def geopackage(figure: go.Figure, *, released: str) -> bytes:
    """Those features as a GeoPackage with a layer of lines and one of points.

    Args:
        figure: A map.
        released: Day of the dataset's version, ISO 8601; the file says that it changed then, so
            that the same view gives the same bytes.
    """
    features = map_features(figure)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{released}T00:00:00.000Z"})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.gpkg"
        for layer in LAYERS:
            rows = features[features["layer"] == layer].drop(columns="layer")
            if len(rows):
                rows.to_file(path, layer=layer, driver="GPKG", engine="pyogrio")
        return path.read_bytes() if path.exists() else b""


def _features(trace: Any) -> Iterator[tuple[Any, ...]]:
    places = [
        None if pd.isna(x) or pd.isna(y) else (x, y)
        for x, y in zip(_list(trace.lon), _list(trace.lat), strict=True)
    ]
    data = _list(trace.customdata)
    if "lines" in (trace.mode or "lines"):
        shape = _line(places)
        if shape is not None:
            label = _plain(next(iter(_spread(trace.hovertext, 1)), None))
            yield "lines", *_identity(data[:1], trace.name), label, shape
        return
    words, texts = (_spread(values, len(places)) for values in (trace.hovertext, trace.text))
    for number, place in enumerate(places):
        if place is not None:
            label = _plain(words[number]) or _plain(texts[number])
            yield "points", *_identity(data[number : number + 1], trace.name), label, Point(place)


def _line(places: Sequence[tuple[float, float] | None]) -> BaseGeometry | None:
    """The stretches between gaps as one line; None without two places that follow one another."""
    parts = (list(part) for is_place, part in groupby(places, key=bool) if is_place)
    lines = [LineString(part) for part in parts if len(part) > 1]
    if not lines:
        return None
    return lines[0] if len(lines) == 1 else MultiLineString(lines)


def _identity(data: Sequence[Any], fallback: str | None) -> tuple[str, str, str]:
    if not data or data[0] is None:
        return "", str(fallback or ""), ""
    parts = [str(part) for part in data[0]] if not isinstance(data[0], str) else [data[0]]
    kind, name, *related = [*parts, "", ""][: max(len(parts), 2)]
    return kind, name, " ".join(part for part in related if part)


def _list(values: Any) -> list[Any]:
    return [] if values is None else list(values)


def _spread(values: Any, length: int) -> list[Any]:
    return [values] * length if values is None or isinstance(values, str) else list(values)


def _plain(text: Any) -> str:
    """Words of a hover label without its markup."""
    return "" if text is None else html.unescape(_TAGS.sub(" ", str(text))).strip()
