"""Ties: which are in force on a day, seen through which lens, and how much evidence each has."""

import datetime as dt
from collections.abc import Collection

import pandas as pd

from entente.dates.edtf import known_from

EVIDENCE_COLUMNS = ["claim_ids", "event_ids", "claim_count", "event_count"]


def in_force(ties: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The ties that hold on `as_of`, in their order.

    A tie holds from the day by which it must have begun, or from ever when that is `..`. Its end
    is the first day on which it holds no more, so that what replaces it may start that day. Both
    count as :func:`entente.dates.edtf.known_from` says.
    """
    begun = [known_from(text) <= as_of for text in ties["start_edtf"]]
    over = _are_over(ties, as_of)
    return ties.loc[[a and not b for a, b in zip(begun, over, strict=True)]].reset_index(drop=True)


def ended_by(ties: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The ties that held once and hold no more on `as_of`, in their order."""
    return ties.loc[_are_over(ties, as_of)].reset_index(drop=True)


def as_known(ties: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The ties without the ends that lie after `as_of`: nobody knew of them."""
    return ties.assign(end_edtf=ties["end_edtf"].where(_are_over(ties, as_of)))


def seen_through(ties: pd.DataFrame, *, lens: str) -> pd.DataFrame:
    """The ties that one side shows.

    Args:
        ties: With the columns of :func:`with_evidence`.
        lens: `document` for those that a claim asserts, `record` for those that an event documents,
            `both` for all.
    """
    if lens == "document":
        return ties[ties["claim_ids"] != ""].reset_index(drop=True)
    if lens == "record":
        return ties[~ties["is_asserted_only"]].reset_index(drop=True)
    return ties


def among(ties: pd.DataFrame, *, actors: Collection[str], pick: str | None = None) -> pd.DataFrame:
    """The ties between chosen actors; for a single one, all that it has.

    A picked tie is among them in any case, and so are the ties of a picked actor that was not
    chosen; but nobody chosen means no tie.
    """
    ends = ties["from_actor_id"].isin(actors), ties["to_actor_id"].isin(actors)
    chosen = ends[0] | ends[1] if len(actors) == 1 else ends[0] & ends[1]
    picked = ties["tie_id"].isin(touching(ties, pick) if actors and pick not in actors else ())
    return ties[chosen | picked].reset_index(drop=True)


def with_evidence(
    ties: pd.DataFrame,
    *,
    tie_claims: pd.DataFrame,
    tie_events: pd.DataFrame,
    events: pd.DataFrame,
    as_of: dt.date,
) -> pd.DataFrame:
    """The ties with what stands behind each.

    Adds `claim_ids` and `event_ids` (sorted, joined by blanks, empty for none), `claim_count` and
    `event_count`. Events after `as_of` do not count: nobody knew of them.
    """
    known = events.loc[[known_from(text) <= as_of for text in events["date_edtf"]]]
    by_then = tie_events[tie_events["event_id"].isin(known["event_id"])]
    claims = _joined_ids(ties, tie_claims, "claim_id")
    documents = _joined_ids(ties, by_then, "event_id")
    return ties.assign(
        claim_ids=claims,
        event_ids=documents,
        claim_count=claims.str.split().str.len(),
        event_count=documents.str.split().str.len(),
    )


def shown_ties(
    *,
    ties: pd.DataFrame,
    tie_claims: pd.DataFrame,
    tie_events: pd.DataFrame,
    events: pd.DataFrame,
    lens: str,
    as_of: dt.date,
    themes: Collection[str],
    actors: Collection[str],
    pick: str | None = None,
) -> pd.DataFrame:
    """The ties that a view of the map shows, with evidence, sorted by id."""
    evident = with_evidence(
        as_known(in_force(ties, as_of), as_of),
        tie_claims=tie_claims,
        tie_events=tie_events,
        events=events,
        as_of=as_of,
    )
    chosen = among(seen_through(evident, lens=lens), actors=actors, pick=pick)
    on_theme = chosen[chosen["theme_code"].isin(themes)]
    return on_theme.sort_values("tie_id").reset_index(drop=True)


def tied(ties: pd.DataFrame) -> frozenset[str]:
    """Actors at either end of a tie."""
    return frozenset([*ties["from_actor_id"], *ties["to_actor_id"]])


def touching(ties: pd.DataFrame, pick: str | None) -> frozenset[str]:
    """Ids of the ties that a picked actor has, or the picked tie itself."""
    ends = (ties["from_actor_id"] == pick) | (ties["to_actor_id"] == pick)
    return frozenset(ties.loc[ends | (ties["tie_id"] == pick), "tie_id"])


def theme_counts(ties: pd.DataFrame) -> pd.DataFrame:
    """Number of ties by theme: `recorded` and `asserted` (only the document has them).

    Themes without a tie are absent; the index is `theme_code`.
    """
    alone = ties["is_asserted_only"].astype(bool)
    counts = pd.DataFrame({"theme_code": ties["theme_code"], "recorded": ~alone, "asserted": alone})
    return counts.groupby("theme_code")[["recorded", "asserted"]].sum().astype(int)


def _are_over(ties: pd.DataFrame, as_of: dt.date) -> list[bool]:
    return [_is_over(text, as_of) for text in ties["end_edtf"]]


def _is_over(end: object, as_of: dt.date) -> bool:
    return isinstance(end, str) and known_from(end) <= as_of


def _joined_ids(ties: pd.DataFrame, links: pd.DataFrame, column: str) -> pd.Series:
    joined = links.sort_values(column).groupby("tie_id")[column].agg(" ".join)
    found = [joined.get(tie_id, "") for tie_id in ties["tie_id"]]
    return pd.Series(found, index=ties.index, dtype="str")
