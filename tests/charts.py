"""The charts of a page that was run without a browser."""

import json
from typing import Any, NamedTuple

from streamlit.testing.v1 import AppTest


class Chart(NamedTuple):
    """What a page hands to the element that draws.

    Attributes:
        spec: The figure: data, layout and configuration.
        alt: What it shows, in words.
        has_picks: Whether its marks can be picked.
    """

    spec: dict[str, Any]
    alt: str
    has_picks: bool


def list_charts(app: AppTest) -> list[Chart]:
    """All charts of a page, in order."""
    given = (json.loads(element.proto.json) for element in app.get("bidi_component"))
    return [Chart(json.loads(one["text"]), one["alt"], one["pick"]) for one in given]
