"""Leg status: whether each leg can be used on a day, and since when."""

import datetime as dt

import pandas as pd

from entente.check.rules_of_network import USABLE
from entente.dates.edtf import known_from

STATUS_COLUMNS = [
    "leg_id",
    "leg_status_id",
    "status_code",
    "multiplier",
    "since_edtf",
    "as_of_edtf",
    "note",
]


def statuses_at(leg_statuses: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """The status of each leg that held on `as_of`.

    Args:
        leg_statuses: The table of that name; rows in any order. A row holds from the day by
            which it must have begun until the next row of the same leg.
        as_of: The day.

    Returns:
        One row per leg, sorted by `leg_id`, with the columns `STATUS_COLUMNS`. `since_edtf` is
        where the present run began: a leg that was closed twice over has been cut since the first
        closure. Legs without a row by then are absent.
    """
    begun = leg_statuses["from_edtf"].map(known_from)
    known = leg_statuses.assign(begun=begun)[begun <= as_of].sort_values(["leg_id", "begun"])
    condition = known["status_code"].where(known["status_code"].isin(USABLE), "cut")
    changed = (known["leg_id"] != known["leg_id"].shift()) | (condition != condition.shift())
    since = known["from_edtf"].where(changed).ffill()
    last = known.assign(since_edtf=since).drop_duplicates("leg_id", keep="last")
    return last[STATUS_COLUMNS].reset_index(drop=True)


def is_usable(status_code: str) -> bool:
    """True when goods can move under that status, however slowly."""
    return status_code in USABLE
