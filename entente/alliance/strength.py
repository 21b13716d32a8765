"""Strength of a tie: dated events, counted by what they are as evidence and weighed by the reader.

strength = sum over kinds of evidence of (weight of the kind) × (number of events of that kind)

An event counts as what its kind says (a visit is a contact, a contract binds), but as words alone
when it was only announced or is disputed, and not at all when it was planned and did not take
place. Strength says how much is on record about a tie, also what tells against it; it does not say
how well two actors get on.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from entente.vocabulary import EVIDENCE_KINDS

WORDS_ONLY = ("announced", "disputed")
NOT_HELD = "planned-not-held"
# A step of line width ends at each of these: one event of the heaviest kind by the weights that
# the map opens with, two, four; what lies above them is the last step.
STEP_ENDS = (8, 16, 32)
LAST_STEP = len(STEP_ENDS) + 1


def evidence_kinds(events: pd.DataFrame, kinds: pd.DataFrame) -> dict[str, str]:
    """Event id to the kind of evidence that it is; events that count for nothing are left out.

    Args:
        events: `event_id`, `kind_code`, `status_code`.
        kinds: `event_kind_code`, `evidence_kind_code`.
    """
    known = dict(zip(kinds["event_kind_code"], kinds["evidence_kind_code"], strict=True))
    return {
        event.event_id: "words" if event.status_code in WORDS_ONLY else known[event.kind_code]
        for event in events.itertuples()
        if event.status_code != NOT_HELD
    }


def evidence_counts(ties: pd.DataFrame, kind_of: Mapping[str, str]) -> pd.DataFrame:
    """Number of events of each kind behind each tie: the ties' index, a column a kind.

    Args:
        ties: With the `event_ids` of :func:`entente.analysis.ties.with_evidence`, which holds no
            event after the as-of day.
        kind_of: Event id to kind; an event that is not in it counts for nothing.
    """
    found = [[kind_of.get(event, "") for event in ids.split()] for ids in ties["event_ids"]]
    counts = [[own.count(kind) for kind in EVIDENCE_KINDS] for own in found]
    shape = (len(ties), len(EVIDENCE_KINDS))
    table = np.array(counts, dtype="int64").reshape(shape)
    return pd.DataFrame(table, index=ties.index, columns=list(EVIDENCE_KINDS))


def with_strength(
    ties: pd.DataFrame, *, kind_of: Mapping[str, str], weights: Sequence[int]
) -> pd.DataFrame:
    """The ties with a column for each kind of evidence, their `strength` and its `step`.

    Args:
        ties: With `event_ids`.
        kind_of: Event id to kind of evidence.
        weights: What one event of each kind weighs, in the order of the kinds, none below 0.
    """
    counts = evidence_counts(ties, kind_of)
    strength = counts.to_numpy() @ np.array(weights, dtype="int64")
    steps = np.array([step_of(number) for number in strength], dtype="int64")
    return ties.assign(**counts, strength=strength, step=steps)


def step_of(strength: int) -> int:
    """Step of line width of a strength: 0 for none, then 1 to `LAST_STEP`."""
    return 0 if strength <= 0 else 1 + sum(strength > end for end in STEP_ENDS)
