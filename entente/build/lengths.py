"""Legs whose line and whose curated length differ by more than a fifth, for somebody to look at."""

from typing import Any

import pandas as pd

LARGEST_DIFFERENCE = 0.2


def differing_lengths(legs: pd.DataFrame, features: list[dict[str, Any]]) -> pd.DataFrame:
    """One row a leg whose computed length is off by more than a fifth, worst first.

    Args:
        legs: rows with `leg_id`, `from_node_id`, `to_node_id`, `mode_code`, `distance_km`.
        features: the features of `legs.geojson`.

    Returns:
        Columns `leg_id`, `from_node_id`, `to_node_id`, `mode_code`, `distance_km`, `computed_km`,
        `ratio` (computed to curated), `basis_code`.
    """
    built = pd.DataFrame([feature["properties"] for feature in features])
    named = legs[["leg_id", "from_node_id", "to_node_id", "mode_code", "distance_km"]]
    both = named.merge(built[["leg_id", "computed_km", "basis_code"]], on="leg_id", how="inner")
    both = both.assign(distance_km=both["distance_km"].astype(float))
    both = both.assign(ratio=(both["computed_km"] / both["distance_km"]).round(2))
    off = both[(both["computed_km"] / both["distance_km"] - 1).abs() > LARGEST_DIFFERENCE]
    order = (off["ratio"] - 1).abs().sort_values(ascending=False, kind="stable").index
    return off.loc[order].reset_index(drop=True)
