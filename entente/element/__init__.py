"""The element that draws a figure: a script for browsers.

The app shows it as a component of Streamlit; the HTML file and the static edition carry it along.
"""

from pathlib import Path

NAME = "entente.figure"  # of the project and of the component, as `pyproject.toml` has them
SCRIPT = Path(__file__).with_name("figure.js")
SCRIPT_ADDRESS = f"/_stcore/bidi-components/{NAME}/{SCRIPT.name}"
