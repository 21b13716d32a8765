"""The camera of a figure: the part of its map or of its time axis that is looked at."""

import plotly.graph_objects as go


def aim(figure: go.Figure, camera: str) -> go.Figure:
    """A figure that looks there; one without a map or an axis of days looks as before.

    Args:
        figure: Maps look at a place on earth, axes of days at some of them.
        camera: What an address has, found sound by :mod:`entente.address.codec`: enlargement,
            longitude and latitude of the middle; or the first and the last day.
    """
    parts = camera.split("_")
    if len(parts) == 2:
        turned = go.Figure(figure)
        for axis in turned.select_xaxes({"type": "date"}):
            axis.range = parts
        return turned
    if not any(trace.type in ("scattergeo", "choropleth") for trace in figure.data):
        return figure
    scale, lon, lat = map(float, parts)
    geo = {"projection": {"scale": scale}, "center": {"lon": lon, "lat": lat}}
    return go.Figure(figure).update_layout(geo=geo)
