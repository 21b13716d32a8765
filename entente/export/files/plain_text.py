"""Text that any file can hold, whatever stands in the data."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def plain(text: object) -> str:
    """Text without control characters, its lines ended one way."""
    lines = re.sub(r"\r\n?", "\n", str(text))
    return _CONTROL.sub("", lines)
