"""Where browsers find the style sheet: its address changes with what is in it."""

import hashlib
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "assets" / "entente.css"
DIGEST_IN_ADDRESS = 10


@cache
def stylesheet_address() -> str:
    """The address, from the root of the site, of the style sheet as it was when first asked for."""
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    return f"/assets/{FILE.name}?{digest[:DIGEST_IN_ADDRESS]}"
