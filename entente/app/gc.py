"""Long-lived objects are set aside, so that the collector does not walk them again and again.

Modules, tables and kept figures live for good, and a full collection walks all of them. The one
that Streamlit asks for after each run is switched off in its configuration, for its cost grows
with the number of readers as well.
"""

import gc

# What is set aside is never searched for cycles again, so it is done a bounded number of times:
# once for every page and every kind of thing that pages keep, however many readers there are.
_settled: set[tuple[str, int]] = set()


def settle(page: str, kinds: int) -> None:
    """Set aside what lives now, if the page or a kind of thing kept is new to the process."""
    if (page, kinds) not in _settled:
        _settled.add((page, kinds))
        gc.collect()
        gc.freeze()
