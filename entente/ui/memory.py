"""Long-lived objects are set aside, so that the collector does not walk them after every rerun.

Streamlit runs a full collection at the end of each run. Its cost grows with all that lives in the
process, and modules, tables and kept figures live for good: without this it is most of a rerun.
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
