"""The order of a run: tests in a browser begin, for they wait for it while others compute."""

from collections.abc import Sequence
from itertools import groupby, islice
from math import ceil
from pathlib import Path

import pytest

BROWSER = Path(__file__).resolve().parent / "browser"


def put_browser_first(tests: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """Put the tests of the browser where every other worker begins, file by file in turn.

    Each worker is dealt an equal run of consecutive tests, so that half of them open a browser at
    once and the others none. What is left at the end is short, and goes to whoever is idle.

    Args:
        tests: What is run, in any order; tests of a file stay together and in theirs.
        workers: How many processes share the run.
    """
    visiting = [test for test in tests if BROWSER in test.path.parents]
    files = [list(own) for _, own in groupby(visiting, key=lambda test: test.path)]
    others = iter([test for test in tests if BROWSER not in test.path.parents])
    browsers = ceil(workers / 2)
    shares = [[test for own in files[first::browsers] for test in own] for first in range(browsers)]
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        end = len(ordered) + (len(tests) - len(ordered)) // (workers - worker)
        ordered += shares[worker // 2] if worker % 2 == 0 else []
        ordered += islice(others, max(end - len(ordered), 0))
    return [*ordered, *others]
