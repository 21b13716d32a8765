"""Addresses of older formats, brought to the one of today.

Each step takes the parameters of one format to the next. A control that a format did not have yet
gets the value that its pages showed then, written out here, so that an old address keeps its
meaning when a default changes.
"""

from collections.abc import Callable, Mapping, Sequence

Parameters = Mapping[str, Sequence[str]]
Step = Callable[[str, Parameters], dict[str, Sequence[str]]]

FORMAT = "2"

# What the pages of format 1 showed, before these were controls.
SHOWN_IN_1: dict[str, dict[str, str]] = {
    "briefing": {"lens": "both"},
    "alliance_map": {"since": "none", "frame": "all", "borders": "un", "w": "8.8.4.2"},
    "timeline": {"zoom": "all", "show": "lanes"},
    "trade_routes": {"lens": "both"},
    "claims": {"lens": "both", "show": "ledger", "tier": "all", "of": "all"},
    "data": {"lens": "both", "rows": "none"},
}


def migrated(page: str, parameters: Parameters) -> Parameters:
    """The parameters of an address in the format of today.

    Args:
        page: Code of the page that the address belongs to.
        parameters: Parameter name to all values that the address gives for it. Without a format
            (`v`) they are taken for today's; so are those of a format that nobody knows, which the
            reader of the address then says.
    """
    version = (parameters.get("v") or (FORMAT,))[0]
    while version in STEPS:
        version, step = STEPS[version]
        parameters = {**step(page, parameters), "v": (version,)}
    return parameters


def _from_1(page: str, parameters: Parameters) -> dict[str, Sequence[str]]:
    shown = {name: (value,) for name, value in SHOWN_IN_1.get(page, {}).items()}
    return {**shown, **parameters}


STEPS: dict[str, tuple[str, Step]] = {"1": ("2", _from_1)}
