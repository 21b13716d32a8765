"""The part of plotly.js that draws our figures: what it can draw, and the file that is served.

`make data` cuts it out of the npm package; nothing else of plotly.js reaches a browser.
"""

from functools import cache
from pathlib import Path

from entente.settings import HOME

TRACES = ("bar", "choropleth", "scatter", "scattergeo")
PROJECTIONS = ("conic equal area", "equal earth")
# Keys of a layout whose components are not in it.
LEFT_OUT = ("coloraxis", "grid", "images", "sliders", "updatemenus")
FOLDER = HOME / "assets" / "plotly"
PATTERN = "plotly-*.min.js"


@cache
def find_bundle() -> Path:
    """The script, whose name holds its digest: it may be kept for good.

    Raises:
        FileNotFoundError: It was never built.
    """
    found = sorted(FOLDER.glob(PATTERN))
    if not found:
        raise FileNotFoundError(f"{FOLDER} holds no {PATTERN}: run `make data`.")
    return found[0]


def bundle_address() -> str:
    """Where the app serves the script, from the top of its host."""
    return f"/assets/{FOLDER.name}/{find_bundle().name}"
