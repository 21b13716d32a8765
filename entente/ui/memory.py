"""Long-lived objects are set aside, so that the collector does not walk them after every rerun.

Streamlit runs a full collection at the end of each run. Its cost grows with all that lives in the
process, and modules, tables and kept figures live for good: without this it is most of a rerun.
"""

import gc

_settled: set[str] = set()


def settle(page: str) -> None:
    """After the first run of a page, set aside what it has brought in; later calls do nothing."""
    if page not in _settled:
        _settled.add(page)
        gc.collect()
        gc.freeze()
