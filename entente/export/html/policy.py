"""A content security policy that allows exactly the scripts and styles that a page carries."""

import base64
import hashlib
from collections.abc import Iterable


def fingerprint(block: str) -> str:
    """The source expression that allows one inline block: its SHA-256, base64."""
    digest = hashlib.sha256(block.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy(*, scripts: Iterable[str] = (), styles: Iterable[str] = (), own: bool = False) -> str:
    """The policy of a page that asks nobody for anything.

    Args:
        scripts: Contents of inline scripts that may run.
        styles: Contents of inline style elements that may apply.
        own: Whether files beside the page may be loaded, too (the static edition).

    Returns:
        The value of the header. Style attributes are allowed, since Plotly writes its text with
        them; they can load nothing, as images may come only from the page itself.
    """
    beside = ["'self'"] if own else []
    rules = {
        "default-src": ["'none'"],
        "script-src": [*beside, *map(fingerprint, scripts)],
        "style-src-elem": [*beside, *map(fingerprint, (*styles, ""))],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [*beside, "data:", "blob:"],
        "font-src": beside or ["data:"],
        "connect-src": beside or ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())
