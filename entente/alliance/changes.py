"""What changed between two days: ties new, ended and stronger, and claims decided otherwise."""

import datetime as dt
from collections.abc import Collection

import pandas as pd

from entente.record.evidence import verdicts_at

NEW, ENDED, STRONGER, SAME = "new", "ended", "stronger", "same"
CHANGES = (NEW, ENDED, STRONGER)


def compared(now: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
    """The ties of both days, those of the earlier one that have ended at the end.

    Args:
        now: Ties of the later day, with `strength`.
        then: Ties of the earlier day, seen in the same way.

    Returns:
        `now` and the rows of `then` that are missing in it, with `change_code` and with
        `strength_then`, which is 0 for a new tie. Events only add up, so no tie gets weaker.
    """
    before = dict(zip(then["tie_id"], then["strength"], strict=True))
    was = pd.Series([before.get(tie_id) for tie_id in now["tie_id"]], now.index, dtype="float64")
    change = pd.Series(SAME, index=now.index, dtype="str")
    change = change.mask(now["strength"] > was, STRONGER).mask(was.isna(), NEW)
    lasting = now.assign(change_code=change, strength_then=was.fillna(0).astype("int64"))
    gone = then[~then["tie_id"].isin(now["tie_id"])]
    ended = gone.assign(change_code=ENDED, strength_then=gone["strength"])
    return pd.concat([lasting, ended], ignore_index=True) if len(ended) else lasting


def not_compared(ties: pd.DataFrame) -> pd.DataFrame:
    """The ties with the columns of :func:`compared` where there is nothing to compare with."""
    return ties.assign(change_code=SAME, strength_then=ties["strength"])


def number_of_changes(ties: pd.DataFrame) -> dict[str, int]:
    """How many ties are new, ended and stronger, in that order."""
    counts = ties["change_code"].value_counts()
    return {code: int(counts.get(code, 0)) for code in CHANGES}


def decided_otherwise(
    assessments: pd.DataFrame,
    *,
    claim_ids: Collection[str],
    since: dt.date,
    as_of: dt.date,
) -> pd.DataFrame:
    """Claims whose verdict is another than on the earlier day: `claim_id`, `then`, `now`.

    A claim without a verdict on the earlier day was not decided otherwise: it is left out.
    """
    verdicts = [
        verdicts_at(assessments, day).set_index("claim_id")["verdict_code"]
        for day in (since, as_of)
    ]
    table = pd.concat(verdicts, axis=1, join="inner", keys=["then", "now"]).reset_index()
    chosen = table["claim_id"].isin(claim_ids) & (table["then"] != table["now"])
    return table[chosen].sort_values("claim_id").reset_index(drop=True)
