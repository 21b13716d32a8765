"""Frames of the alliance map: which ties each keeps. Where it zooms to is the figure's business."""

import geopandas as gpd
import pandas as pd

from entente.vocabulary import PRINCIPALS

# A tie is of the Caucasus or of South Asia when one of its ends lies there.
REGIONS = {"caucasus": ("ARM", "AZE", "GEO"), "south-asia": ("AFG", "IND", "PAK")}


def within_frame(ties: pd.DataFrame, *, frame: str, pick: str | None = None) -> pd.DataFrame:
    """The ties that a frame shows; a picked tie is among them in any case.

    Args:
        ties: `tie_id`, `from_actor_id`, `to_actor_id`, `theme_code`.
        frame: `tripartite` keeps the ties among the three, `caucasus` and `south-asia` those with
            an end there, `corridors` those of transport, `all` every tie.
        pick: Id of the chosen tie or actor.
    """
    ends = ties["from_actor_id"], ties["to_actor_id"]
    if frame == "tripartite":
        kept = ends[0].isin(PRINCIPALS) & ends[1].isin(PRINCIPALS)
    elif frame == "corridors":
        kept = ties["theme_code"] == "transport"
    elif frame in REGIONS:
        kept = ends[0].isin(REGIONS[frame]) | ends[1].isin(REGIONS[frame])
    else:
        return ties
    return ties[kept | (ties["tie_id"] == pick)].reset_index(drop=True)


def corridor_lines(legs: gpd.GeoDataFrame, *, corridor_legs: pd.DataFrame) -> gpd.GeoDataFrame:
    """The legs that a corridor uses, with `corridor_ids`, joined by blanks."""
    chains = corridor_legs.drop_duplicates(["leg_id", "corridor_id"]).sort_values("corridor_id")
    ids = chains.groupby("leg_id")["corridor_id"].agg(" ".join)
    used = legs[legs["leg_id"].isin(ids.index)]
    return used.assign(corridor_ids=[ids[leg] for leg in used["leg_id"]])
