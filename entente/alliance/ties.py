"""Ties: which are in force on a day, seen through which lens, and how much evidence each has."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from entente.dates import known_from
from entente.record.evidence import find_verdicts
from entente.vocabulary import EVIDENCE_KINDS

EVIDENCE_COLUMNS = ["claim_ids", "event_ids", "claim_count", "event_count"]


def list_in_force(ties: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The ties that hold on `as_of`, in their order.

    A tie holds from the day by which it must have begun, or from ever when that is `..`. Its end
    is the first day on which it holds no more, so that what replaces it may start that day. Both
    count as :func:`entente.dates.known_from` says.
    """
    begun = [known_from(text) <= as_of for text in ties["start_edtf"]]
    over = _are_over(ties, as_of)
    return ties.loc[[a and not b for a, b in zip(begun, over, strict=True)]].reset_index(drop=True)


def list_ended(ties: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The ties that held once and hold no more on `as_of`, in their order."""
    return ties.loc[_are_over(ties, as_of)].reset_index(drop=True)


def hide_later_ends(ties: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The ties without the ends that lie after `as_of`: nobody knew of them."""
    return ties.assign(end_edtf=ties["end_edtf"].where(_are_over(ties, as_of)))


def filter_by_lens(ties: pd.DataFrame, *, lens: str) -> pd.DataFrame:
    """The ties that one side shows.

    Args:
        ties: With the columns of :func:`add_evidence`.
        lens: `document` for those that a claim asserts, `record` for those that an event documents,
            `both` for all.
    """
    if lens == "document":
        return ties[ties["claim_ids"] != ""].reset_index(drop=True)
    if lens == "record":
        return ties[~ties["is_asserted_only"]].reset_index(drop=True)
    return ties


def filter_by_actors(
    ties: pd.DataFrame, *, actors: Collection[str], pick: str | None = None
) -> pd.DataFrame:
    """The ties between chosen actors; for a single one, all that it has.

    A picked tie is among them in any case, and so are the ties of a picked actor that was not
    chosen; but nobody chosen means no tie.
    """
    ends = ties["from_actor_id"].isin(actors), ties["to_actor_id"].isin(actors)
    chosen = ends[0] | ends[1] if len(actors) == 1 else ends[0] & ends[1]
    picked = ties["tie_id"].isin(find_touching(ties, pick) if actors and pick not in actors else ())
    return ties[chosen | picked].reset_index(drop=True)


def add_evidence(
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


def filter_ties(
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
    evident = add_evidence(
        hide_later_ends(list_in_force(ties, as_of), as_of),
        tie_claims=tie_claims,
        tie_events=tie_events,
        events=events,
        as_of=as_of,
    )
    chosen = filter_by_actors(filter_by_lens(evident, lens=lens), actors=actors, pick=pick)
    on_theme = chosen[chosen["theme_code"].isin(themes)]
    return on_theme.sort_values("tie_id").reset_index(drop=True)


def tied(ties: pd.DataFrame) -> frozenset[str]:
    """Actors at either end of a tie."""
    return frozenset([*ties["from_actor_id"], *ties["to_actor_id"]])


def find_touching(ties: pd.DataFrame, pick: str | None) -> frozenset[str]:
    """Ids of the ties that a picked actor has, or the picked tie itself."""
    ends = (ties["from_actor_id"] == pick) | (ties["to_actor_id"] == pick)
    return frozenset(ties.loc[ends | (ties["tie_id"] == pick), "tie_id"])


def count_by_theme(ties: pd.DataFrame) -> pd.DataFrame:
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


WORDS_ONLY = ("announced", "disputed")
NOT_HELD = "planned-not-held"
# A step of line width ends at each of these: one event of the heaviest kind by the weights that
# the map opens with, two, four; what lies above them is the last step.
STEP_ENDS = (8, 16, 32)
LAST_STEP = len(STEP_ENDS) + 1


def classify_evidence(events: pd.DataFrame, kinds: pd.DataFrame) -> dict[str, str]:
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


def count_evidence(ties: pd.DataFrame, kind_of: Mapping[str, str]) -> pd.DataFrame:
    """Number of events of each kind behind each tie: the ties' index, a column a kind.

    Args:
        ties: With the `event_ids` of :func:`entente.alliance.ties.add_evidence`, which holds no
            event after the as-of day.
        kind_of: Event id to kind; an event that is not in it counts for nothing.
    """
    found = [[kind_of.get(event, "") for event in ids.split()] for ids in ties["event_ids"]]
    counts = [[own.count(kind) for kind in EVIDENCE_KINDS] for own in found]
    shape = (len(ties), len(EVIDENCE_KINDS))
    table = np.array(counts, dtype="int64").reshape(shape)
    return pd.DataFrame(table, index=ties.index, columns=list(EVIDENCE_KINDS))


def add_strength(
    ties: pd.DataFrame, *, kind_of: Mapping[str, str], weights: Sequence[int]
) -> pd.DataFrame:
    """The ties with a column for each kind of evidence, their `strength` and its `step`.

    Args:
        ties: With `event_ids`.
        kind_of: Event id to kind of evidence.
        weights: What one event of each kind weighs, in the order of the kinds, none below 0.
    """
    counts = count_evidence(ties, kind_of)
    strength = counts.to_numpy() @ np.array(weights, dtype="int64")
    steps = np.array([find_step(number) for number in strength], dtype="int64")
    return ties.assign(**counts, strength=strength, step=steps)


def find_step(strength: int) -> int:
    """Step of line width of a strength: 0 for none, then 1 to `LAST_STEP`."""
    return 0 if strength <= 0 else 1 + sum(strength > end for end in STEP_ENDS)


NEW, ENDED, STRONGER, SAME = "new", "ended", "stronger", "same"
CHANGES = (NEW, ENDED, STRONGER)


def compare_days(now: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
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


def mark_unchanged(ties: pd.DataFrame) -> pd.DataFrame:
    """The ties with the columns of :func:`compare_days` where there is nothing to compare with."""
    return ties.assign(change_code=SAME, strength_then=ties["strength"])


def count_changes(ties: pd.DataFrame) -> dict[str, int]:
    """How many ties are new, ended and stronger, in that order."""
    counts = ties["change_code"].value_counts()
    return {code: int(counts.get(code, 0)) for code in CHANGES}


def list_changed_verdicts(
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
        find_verdicts(assessments, day).set_index("claim_id")["verdict_code"]
        for day in (since, as_of)
    ]
    table = pd.concat(verdicts, axis=1, join="inner", keys=["then", "now"]).reset_index()
    chosen = table["claim_id"].isin(claim_ids) & (table["then"] != table["now"])
    return table[chosen].sort_values("claim_id").reset_index(drop=True)
