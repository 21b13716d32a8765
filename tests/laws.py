"""How many examples a law is held against: few in `make test`, all of them in `make test-all`."""

from hypothesis import settings

OF = 100  # the number of examples in Hypothesis’s own profile
LEAST = 4


def examples(most: int) -> int:
    """As large a part of `most` as the profile of this run has of `OF` (`tests/conftest.py`)."""
    return max(min(most, LEAST), most * settings().max_examples // OF)
