"""Coverage: on which view each claim is drawn, or why no figure can show it."""

import pandas as pd

PLACE_COLUMNS = ["claim_id", "page_code", "mark_id", "label", "date_edtf"]
ROUTES_THEME = "transport"
ROUTES_LABEL = "North–South and rival corridors compared"


def places_of_claims(
    *,
    claims: pd.DataFrame,
    ties: pd.DataFrame,
    tie_claims: pd.DataFrame,
    events: pd.DataFrame,
    event_claims: pd.DataFrame,
) -> pd.DataFrame:
    """Every mark behind which a claim stands.

    A tie is a mark on the alliance map and an event one on the timeline. Claims about transport
    are also what the trade routes are compared for, unless they say that no figure shows them.

    Args:
        claims: The table of that name, as are the others.
        ties: Where a tie's label and start are looked up.
        tie_claims: Which tie asserts which claim.
        events: Where an event's title and date are looked up.
        event_claims: Which event bears on which claim.

    Returns:
        One row per claim and mark with the columns `PLACE_COLUMNS`, sorted by claim, page and
        date; `mark_id` is missing for the trade routes, where no single mark stands for a claim.
    """
    on_map = _marks(ties, tie_claims, key="tie_id", label="label", date="start_edtf")
    on_timeline = _marks(events, event_claims, key="event_id", label="title", date="date_edtf")
    about_transport = claims[
        (claims["theme_code"] == ROUTES_THEME) & claims["undrawn_reason"].isna()
    ]
    on_routes = about_transport[["claim_id"]].assign(
        mark_id=None, label=ROUTES_LABEL, date_edtf=None
    )
    places = pd.concat(
        [
            on_map.assign(page_code="alliance_map"),
            on_timeline.assign(page_code="timeline"),
            on_routes.assign(page_code="trade_routes"),
        ]
    )
    keys = ["claim_id", "page_code", "date_edtf", "mark_id"]
    return places[PLACE_COLUMNS].sort_values(keys).reset_index(drop=True)


def coverage_of_claims(claims: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Whether each claim is drawn anywhere; the reason where it is not.

    Args:
        claims: The table of that name.
        places: What :func:`places_of_claims` returns.

    Returns:
        One row per claim, in the order of `claims`: `claim_id`, `is_drawn`, `reason` (missing for
        claims that are drawn).
    """
    is_drawn = claims["claim_id"].isin(places["claim_id"])
    reason = claims["undrawn_reason"].mask(is_drawn)
    columns = {"claim_id": claims["claim_id"], "is_drawn": is_drawn, "reason": reason}
    return pd.DataFrame(columns).reset_index(drop=True)


def _marks(
    marks: pd.DataFrame, links: pd.DataFrame, *, key: str, label: str, date: str
) -> pd.DataFrame:
    joined = links.merge(marks[[key, label, date]], on=key)
    return joined.rename(columns={key: "mark_id", label: "label", date: "date_edtf"})
