"""Semantic versions: three numbers without leading zeros, the weightiest first."""

import re

_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\Z")


def is_version(text: str) -> bool:
    """True for `1.0.0`, false for anything else."""
    return bool(_VERSION.match(text))


def parse_version(version: str) -> tuple[int, int, int]:
    """The three numbers, for putting versions in order.

    Raises:
        ValueError: `version` is not one.
    """
    match = _VERSION.match(version)
    if not match:
        raise ValueError(f"{version!r} is no version")
    return int(match[1]), int(match[2]), int(match[3])
