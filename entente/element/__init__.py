"""The element that draws a figure: modules for browsers that need nothing to be built.

The app shows it as a component of Streamlit; the HTML file and the static edition carry it along.
"""

import logging
import re
from functools import cache
from pathlib import Path

from entente.style.bundle import bundle_address

LOG = logging.getLogger("entente")
NAME = "entente.figure"  # of the project and of the component, as `pyproject.toml` has them
FOLDER = Path(__file__).parent
SCRIPT = FOLDER / "figure.js"
IMPORTED = (FOLDER / "marks.js", FOLDER / "camera.js", FOLDER / "drawings.js")
FIRST = FOLDER / "first.js"  # draws ahead of the app; a file that has no app needs it not
SERVED = {
    f"/_stcore/bidi-components/{NAME}/{path.name}": path for path in (FIRST, SCRIPT, *IMPORTED)
}
FIRST_ADDRESS, *IMPORTED_ADDRESSES = SERVED
_IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?:default )?", re.MULTILINE)


def read_script() -> str:
    """All modules as one that imports nothing, for a file that has nothing beside it."""
    whole = "".join(path.read_text(encoding="utf-8") for path in (*IMPORTED, SCRIPT))
    return _EXPORT.sub("", _IMPORT.sub("", whole))


@cache
def library_address() -> str:
    """The address of what draws, or nothing where it was never built: figures then say so."""
    try:
        return bundle_address()
    except FileNotFoundError as missing:
        LOG.error("%s", missing)
        return ""
