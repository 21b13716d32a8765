"""Reading a Plotly figure as plain data: its lists, its dates, and settings that may be missing."""

import base64
import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

PT = 0.75  # points in a pixel of a figure
LINE_PT = 0.95  # points for a pixel of a line's width: a slide is seen from afar
TYPE_PT, LEAST_TYPE_PT = 1.1 * PT, 10.0
EPOCH = dt.datetime(1899, 12, 30)  # day 0 of a spreadsheet
Part = Mapping[str, Any]


def to_list(values: Any) -> list[Any]:
    """A list from whatever Plotly holds a list in, packed arrays among them; None gives none."""
    if isinstance(values, Mapping) and "bdata" in values:
        return np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()
    if isinstance(values, np.ndarray):
        return list(values.tolist())
    return [] if values is None else list(values)


def entry(value: Any, place: int, default: Any = None) -> Any:
    """The value for one point of a field that takes one value or a list of them."""
    if isinstance(value, list | tuple | np.ndarray | Mapping):
        values = to_list(value)
        value = values[place] if place < len(values) else None
    return default if value is None else value


def nested(part: Part | None, *names: str, default: Any = None) -> Any:
    """The setting at a path of names; `default` where a step is missing."""
    found: Any = part
    for name in names:
        if not isinstance(found, Mapping) or found.get(name) is None:
            return default
        found = found[name]
    return found


def to_number(value: Any) -> float | None:
    """A value as a chart has it: a date becomes days of the spreadsheet's calendar.

    None for None and for what is not a number.
    """
    if value is None:
        return None
    if isinstance(value, str):
        moment = dt.datetime.fromisoformat(value)
    elif isinstance(value, dt.datetime):
        moment = value
    elif isinstance(value, dt.date):
        moment = dt.datetime.combine(value, dt.time())
    elif isinstance(value, np.datetime64):
        moment = value.astype("datetime64[s]").item()
    else:
        return None if math.isnan(float(value)) else float(value)
    return round((moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1), 4)


def to_type_size(pixels: object) -> float:
    """Type of a figure, in pixels, as type on a slide, in points."""
    return max(float(pixels or 12) * TYPE_PT, LEAST_TYPE_PT)  # type: ignore[arg-type]


def read_points(trace: Part) -> list[tuple[int, float | None, float | None]]:
    """Place, x and y of every point of a trace; None where a line is to break."""
    across, upwards = to_list(trace.get("x")), to_list(trace.get("y"))
    return [
        (place, to_number(x), to_number(y))
        for place, (x, y) in enumerate(zip(across, upwards, strict=True))
    ]
