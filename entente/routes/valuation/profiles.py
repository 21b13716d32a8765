"""Profiles: days against distance along a way, for UNESCAP's time–distance chart."""

import pandas as pd

PROFILE_COLUMNS = [
    "corridor_id",
    "stage",
    "km",
    "days_low",
    "days_typical",
    "days_high",
]
DAYS = ["days_low", "days_typical", "days_high"]


def profiles(stages: pd.DataFrame) -> pd.DataFrame:
    """Where a load is after each stage.

    Args:
        stages: Rows of `stages.STAGE_COLUMNS`.

    Returns:
        Rows of `PROFILE_COLUMNS`: for each corridor a row of noughts (stage 0), then one a stage,
        with the days since departure when every stage so far took its low, its typical, its high.
        A carriage moves both km and days, a stop only the days.
    """
    after = stages[["corridor_id", "stage"]].copy()
    after["km"] = stages["to_km"]
    after[DAYS] = stages.groupby("corridor_id", sort=False)[DAYS].cumsum()
    starts = after.drop_duplicates("corridor_id").assign(
        stage=0, km=0.0, **dict.fromkeys(DAYS, 0.0)
    )
    ranks = {corridor_id: n for n, corridor_id in enumerate(starts["corridor_id"])}
    both = pd.concat([starts, after])
    order = both["corridor_id"].map(ranks)
    ordered = both.assign(order=order).sort_values(["order", "stage"], kind="stable")
    return ordered[PROFILE_COLUMNS].reset_index(drop=True)
