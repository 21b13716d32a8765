"""The element that draws a figure: a script for browsers.

The app shows it as a component of Streamlit; the HTML file and the static edition carry it along.
"""

import logging
from functools import cache
from pathlib import Path

from entente.style.bundle import bundle_address

LOG = logging.getLogger("entente")
NAME = "entente.figure"  # of the project and of the component, as `pyproject.toml` has them
SCRIPT = Path(__file__).with_name("figure.js")
SCRIPT_ADDRESS = f"/_stcore/bidi-components/{NAME}/{SCRIPT.name}"


@cache
def library_address() -> str:
    """The address of what draws, or nothing where it was never built: figures then say so."""
    try:
        return bundle_address()
    except FileNotFoundError as missing:
        LOG.error("%s", missing)
        return ""
