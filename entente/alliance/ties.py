"""Ties: which a view of the map shows, with how much evidence, and what became of each since."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from entente.address.views import MapView, name_pair
from entente.dates import are_known
from entente.dossier.document import NamedView
from entente.dossier.store import Dossier, cached
from entente.vocabulary import EVIDENCE_KINDS

WORDS_ONLY = ("announced", "disputed")
NOT_HELD = "planned-not-held"
# A step of line width ends at each of these: one event of the heaviest kind by the weights that
# the map opens with, two, four; what lies above them is the last step.
STEP_ENDS = (8, 16, 32)
NEW, ENDED, STRONGER, SAME = "new", "ended", "stronger", "same"
CHANGES = (NEW, ENDED, STRONGER)
PARTNERS, RIVALS, RIVALRY = "partners", "rivals", "rivalry"
NEUTRAL = "un"  # the view of the borders that gives disputed areas to nobody


def list_ties(dossier: Dossier, view: MapView) -> pd.DataFrame:
    """The ties in force on the day of a view that pass its filters, by id.

    Returns:
        The columns of :func:`list_known_ties`. Without a tie the frame is empty.
    """
    # What is drawn around the ties, and an earlier day, change nothing about them.
    plain = replace(view, since=None, mode="map", borders=NEUTRAL, drawing="ribbons")
    return _list_ties(dossier, view=plain)


@cached
def _list_ties(dossier: Dossier, *, view: MapView) -> pd.DataFrame:
    known = list_known_ties(dossier, as_of=view.as_of, weights=view.weights)
    held = filter_by_lens(list_in_force(known, view.as_of), lens=view.lens)
    chosen = filter_by_actors(held, actors=view.actors, pick=view.pick)
    on_theme = chosen[chosen["theme_code"].isin(view.themes)].sort_values("tie_id")
    return filter_by_frame(
        on_theme,
        frame=dossier.document.map_views[view.frame],
        side=view.side,
        pick=None if view.pick in view.actors else view.pick,
    )


@cached
def list_known_ties(dossier: Dossier, *, as_of: dt.date, weights: tuple[int, ...]) -> pd.DataFrame:
    """All ties, in force or not, as they were known on a day, in file order.

    Returns:
        The columns of `ties`, without ends that lie after the day, and those that
        :func:`add_evidence` and :func:`add_strength` add.
    """
    known = add_evidence(dossier["ties"], dossier.tables, as_of=as_of)
    return add_strength(known, kind_of=classify_events(dossier), weights=weights)


@cached
def compare_ties(dossier: Dossier, *, view: MapView) -> pd.DataFrame:
    """The ties of a view with what has become of each since its earlier day, by id.

    Returns:
        What :func:`list_ties` returns and the columns that :func:`compare_days` adds; ties that
        have ended since are among the rows. Without an earlier day nothing has changed.
    """
    now = list_ties(dossier, view)
    if view.since is None:
        return compare_days(now, now)
    then = list_ties(dossier, replace(view, as_of=view.since))
    ends = dossier["ties"].set_index("tie_id")["end_edtf"]
    told = then["tie_id"].map(ends).mask(then["tie_id"].isin(now["tie_id"]))
    compared = compare_days(now, then.assign(end_edtf=told))
    return compared.sort_values("tie_id", ignore_index=True)


@cached
def classify_events(dossier: Dossier) -> dict[str, str]:
    """Event id to the kind of evidence that it is; events that count for nothing are left out."""
    return classify_evidence(dossier["events"], dossier["event_kind_evidence"])


def count_themes(dossier: Dossier, view: MapView) -> list[dict[str, Any]]:
    """Themes among the ties of a view, in order, with how many are on record and only asserted.

    Returns:
        `code`, `label`, `recorded` and `asserted` of each theme that has a tie.
    """
    ties = list_ties(dossier, view)
    alone = ties["is_asserted_only"].astype(bool)
    recorded, asserted = (ties[rows]["theme_code"].value_counts() for rows in (~alone, alone))
    return [
        {
            "code": code,
            "label": label,
            "recorded": int(recorded.get(code, 0)),
            "asserted": int(asserted.get(code, 0)),
        }
        for code, label in dossier.labels("themes").items()
        if code in recorded or code in asserted
    ]


def list_sources(dossier: Dossier, view: MapView) -> tuple[str, ...]:
    """Sources of the events behind the ties of a view, each once."""
    shown = set(" ".join(compare_ties(dossier, view=view)["event_ids"]).split())
    cited = dossier["event_sources"]
    return tuple(cited[cited["event_id"].isin(shown)]["source_id"].unique())


def list_in_force(ties: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The ties that hold on a day, in their order.

    A tie holds from the day by which it must have begun, or from ever when that is `..`. Its end
    is the first day on which it holds no more, so that what replaces it may start that day. Both
    count as :func:`entente.dates.known_from` says.
    """
    has_begun, is_over = (are_known(ties[name], as_of) for name in ("start_edtf", "end_edtf"))
    return ties[has_begun & ~is_over].reset_index(drop=True)


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
    starts, ends = ties["from_actor_id"].isin(actors), ties["to_actor_id"].isin(actors)
    chosen = starts | ends if len(actors) == 1 else starts & ends
    picked = ties["tie_id"].isin(find_touching(ties, pick) if actors and pick not in actors else ())
    return ties[chosen | picked].reset_index(drop=True)


def filter_by_frame(
    ties: pd.DataFrame, *, frame: NamedView, side: str = "both", pick: str | None = None
) -> pd.DataFrame:
    """The ties that a named view of the map keeps; what was picked is among them in any case.

    Args:
        ties: `tie_id`, `from_actor_id`, `to_actor_id`, `theme_code`, `valence_code`.
        frame: Keeps the ties of its theme, and those with one end or both among its actors.
        side: `rivals` for rivalries, `partners` for all other ties, `both` for either.
        pick: Id of the chosen tie or pair, or of a chosen actor beyond the circle.
    """
    is_rivalry = ties["valence_code"] == RIVALRY
    is_kept = pd.Series(True, index=ties.index)
    if frame.theme_code:
        is_kept &= ties["theme_code"] == frame.theme_code
    if frame.actor_ids:
        starts, ends = (
            ties[name].isin(frame.actor_ids) for name in ("from_actor_id", "to_actor_id")
        )
        is_near = starts & ends if frame.needs_both_ends else starts | ends
        if frame.takes_rivals:
            is_near |= is_rivalry & (starts | ends)
        is_kept &= is_near
    if side in (PARTNERS, RIVALS):
        is_kept &= is_rivalry == (side == RIVALS)
    return ties[is_kept | ties["tie_id"].isin(find_touching(ties, pick))].reset_index(drop=True)


def find_touching(ties: pd.DataFrame, pick: str | None) -> frozenset[str]:
    """Ids of the ties that a picked actor or pair has, or the picked tie itself."""
    ends = (ties["from_actor_id"] == pick) | (ties["to_actor_id"] == pick)
    is_pair = pd.Series(
        [pair == pick for pair in list_pair_ids(ties)], index=ties.index, dtype=bool
    )
    return frozenset(ties.loc[ends | is_pair | (ties["tie_id"] == pick), "tie_id"])


def list_pair_ids(ties: pd.DataFrame) -> list[str]:
    """Id of the pair that each tie joins, in their order."""
    ends = zip(ties["from_actor_id"], ties["to_actor_id"], strict=True)
    return [name_pair(*pair) for pair in ends]


def find_ends(ties: pd.DataFrame) -> frozenset[str]:
    """Actors at either end of a tie."""
    return frozenset([*ties["from_actor_id"], *ties["to_actor_id"]])


def add_evidence(
    ties: pd.DataFrame, tables: Mapping[str, pd.DataFrame], *, as_of: dt.date
) -> pd.DataFrame:
    """The ties as they were known on a day, with what stands behind each.

    Args:
        ties: The table of that name.
        tables: `tie_claims`, `tie_events`, `events`.
        as_of: Ends and events after this day are left out: nobody knew of them.

    Returns:
        The ties with `claim_ids` and `event_ids` (sorted, joined by blanks, empty for none),
        `claim_count` and `event_count`.
    """
    events, links = tables["events"], tables["tie_events"]
    known = events.loc[are_known(events["date_edtf"], as_of), "event_id"]
    claims = _join_ids(ties, tables["tie_claims"], "claim_id")
    documents = _join_ids(ties, links[links["event_id"].isin(known)], "event_id")
    return ties.assign(
        end_edtf=ties["end_edtf"].where(are_known(ties["end_edtf"], as_of)),
        claim_ids=claims,
        event_ids=documents,
        claim_count=claims.str.split().str.len(),
        event_count=documents.str.split().str.len(),
    )


def _join_ids(ties: pd.DataFrame, links: pd.DataFrame, column: str) -> pd.Series:
    joined = links.sort_values(column).groupby("tie_id")[column].agg(" ".join)
    found = [joined.get(tie_id, "") for tie_id in ties["tie_id"]]
    return pd.Series(found, index=ties.index, dtype="str")


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


def add_strength(
    ties: pd.DataFrame, *, kind_of: Mapping[str, str], weights: Sequence[int]
) -> pd.DataFrame:
    """The ties with the number of events of each kind of evidence, their `strength` and its `step`.

    Args:
        ties: With the `event_ids` of :func:`add_evidence`.
        kind_of: Event id to kind of evidence; an event that is not in it counts for nothing.
        weights: What one event of each kind weighs, in the order of the kinds, none below 0.

    Returns:
        The ties with a column a kind, `strength` (events times weights), and `step`: 0 for no
        strength, then 1 for up to the first of `STEP_ENDS`, and so on.
    """
    kinds = [[kind_of.get(event) for event in ids.split()] for ids in ties["event_ids"]]
    counts = {
        kind: np.array([own.count(kind) for own in kinds], dtype="int64") for kind in EVIDENCE_KINDS
    }
    strength = np.dot(weights, list(counts.values()))
    return ties.assign(**counts, strength=strength, step=np.searchsorted((0, *STEP_ENDS), strength))


def compare_days(now: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
    """The ties of both days, those of the earlier one that have ended at the end.

    Args:
        now: Ties of the later day, with `strength`.
        then: Ties of the earlier day, seen in the same way.

    Returns:
        `now` and the rows of `then` that are missing in it, with `change_code` and with
        `strength_then`, which is 0 for a new tie. Events only add up, so no tie gets weaker.
    """
    was = now["tie_id"].map(then.set_index("tie_id")["strength"]).astype("float64")
    change = pd.Series(SAME, index=now.index, dtype="str")
    change = change.mask(now["strength"] > was, STRONGER).mask(was.isna(), NEW)
    lasting = now.assign(change_code=change, strength_then=was.fillna(0).astype("int64"))
    gone = then[~then["tie_id"].isin(now["tie_id"])]
    ended = gone.assign(change_code=ENDED, strength_then=gone["strength"])
    return pd.concat([lasting, ended], ignore_index=True) if len(ended) else lasting


def count_changes(ties: pd.DataFrame) -> dict[str, int]:
    """How many ties are new, ended and stronger, in that order."""
    counts = ties["change_code"].value_counts()
    return {code: int(counts.get(code, 0)) for code in CHANGES}
