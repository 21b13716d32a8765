"""All about an actor, a tie, and the changes between two days, for the templates.

A record is a plain dictionary: words for codes and dates, and an address for all that has one.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pandas as pd

from entente.address.pages import link_mark, link_view
from entente.address.views import MapView, tied_pairs
from entente.alliance.borders import link_sources, list_border_notes
from entente.alliance.marks import say_evidence, say_lifetime
from entente.alliance.pairs import sort_ends, split_pair
from entente.alliance.ties import (
    CHANGES,
    RIVALRY,
    classify_events,
    compare_ties,
    find_touching,
    list_in_force,
    list_known_ties,
    list_ties,
)
from entente.dates import are_known, day_in_words, first_day, in_words, known_from
from entente.dossier.store import Dossier, cached
from entente.record.evidence import compare_verdicts, find_verdicts
from entente.style.palette import verdict_record
from entente.style.theme import count_noun
from entente.vocabulary import EVIDENCE_KINDS

Record = dict[str, Any]


@cached
def describe_pick(dossier: Dossier, *, view: MapView) -> tuple[str, Record, list[str]]:
    """Template, record and source ids of the actor, tie or pair that a view has picked."""
    if view.pick in set(dossier["ties"]["tie_id"]):
        template, record = "tie_dossier", describe_tie(dossier, view, str(view.pick))
    elif view.pick in tied_pairs(dossier):
        template, record = "pair_details", describe_pair(dossier, view, str(view.pick))
    else:
        template, record = "actor_dossier", describe_actor(dossier, view, str(view.pick))
    return template, record, _list_sources(dossier, record, as_of=view.as_of)


def describe_tie(dossier: Dossier, view: MapView, tie_id: str) -> Record:
    """A tie as it was known on the day: what it is, how strong, its claims and its events."""
    known = list_known_ties(dossier, as_of=view.as_of, weights=view.weights)
    rows = known[known["tie_id"] == tie_id]
    tie = rows.iloc[0]
    events = list_events(dossier, view.as_of, tie["event_ids"].split())
    names, theme = dossier.labels("actors"), dossier.labels("themes")[tie["theme_code"]]
    ends = [
        {"label": names[actor], "href": link_view(replace(view, pick=actor), dossier)}
        for actor in (tie["from_actor_id"], tie["to_actor_id"])
    ]
    return {
        "label": tie["label"],
        "bare_label": f"{ends[0]['label']} and {ends[1]['label']}: {theme.lower()}",
        "ends": ends,
        "is_one_way": tie["direction_code"] == "one-way",
        "theme_code": tie["theme_code"],
        "theme": theme,
        "direction": dossier.labels("directions")[tie["direction_code"]],
        "valence": dossier.labels("valences")[tie["valence_code"]],
        "lifetime": say_lifetime(tie["start_edtf"], tie["end_edtf"]),
        "is_asserted_only": bool(tie["is_asserted_only"]),
        "note": _tell_note(tie, view.as_of),
        "is_known": known_from(tie["start_edtf"]) <= view.as_of,
        "is_in_force": not list_in_force(rows, view.as_of).empty,
        "documented": events[0]["date"] if events else "",
        "strength": _sum_strength(dossier, tie, view.weights),
        "claims": _list_claims(dossier, view.as_of, tie["claim_ids"].split()),
        "events": events,
        "borders": list_border_notes(dossier, (tie["from_actor_id"], tie["to_actor_id"])),
        **_tell_limits(dossier, view),
    }


def describe_pair(dossier: Dossier, view: MapView, pair_id: str) -> Record:
    """Two actors on the day: ties by theme, those only claimed, those over, claims, events."""
    ties = list_known_ties(dossier, as_of=view.as_of, weights=view.weights)
    own = ties[ties["tie_id"].isin(find_touching(ties, pair_id))]
    held = list_in_force(own, view.as_of)
    rank = {code: place for place, code in enumerate(dossier.labels("themes"))}
    held = held.sort_values("theme_code", key=lambda codes: codes.map(rank), kind="stable")
    alone = held["is_asserted_only"].astype(bool)
    ends = sort_ends(split_pair(pair_id), dossier.document.principals)
    names, themes = dossier.labels("actors"), dossier.labels("themes")
    lines = _list_lines(dossier, view, held[~alone], seen_from=ends[0])
    for line in lines:
        line["theme"] = themes[line["theme_code"]]
        way = {"To": f"To {line['other']}", "From": f"From {line['other']}"}
        line["direction"] = way.get(line["way"], "")
    is_rivalry = bool((held["valence_code"] == RIVALRY).any())
    noun = "rivalry" if is_rivalry and (held["valence_code"] == RIVALRY).all() else "tie"
    claims = {claim for ids in held["claim_ids"] for claim in ids.split()}
    events = {event for ids in held["event_ids"] for event in ids.split()}
    return {
        "label": f"{names[ends[0]]} and {names[ends[1]]}",
        "kind": "Rivals" if is_rivalry else "Partners",
        "summary": _count_held(len(lines), int(alone.sum()), noun, dossier.document.short_name),
        "ends": [
            {"label": names[actor], "href": link_view(replace(view, pick=actor), dossier)}
            for actor in ends
        ],
        "ties": lines,
        "asserted": _list_lines(dossier, view, held[alone], seen_from=ends[0]),
        "ended": _list_lines(dossier, view, own[own["end_edtf"].notna()], seen_from=ends[0]),
        "claims": _list_claims(dossier, view.as_of, claims),
        "events": list_events(dossier, view.as_of, events)[::-1],
        "borders": list_border_notes(dossier, ends),
        **_tell_limits(dossier, view),
    }


def _count_held(recorded: int, alone: int, noun: str, author: str) -> str:
    """How many ties two actors have on record, and how many the author alone claims."""
    said = f"{count_noun(recorded, noun)} on record" if recorded else f"No {noun} on record"
    return f"{said}, {alone} claimed only by {author}" if alone else said


def describe_actor(dossier: Dossier, view: MapView, actor_id: str) -> Record:
    """An actor on the day: role, ties by theme, those only asserted, those over, claims, events."""
    actor = dossier["actors"].set_index("actor_id").loc[actor_id]
    claims, events = dossier["claim_actors"], dossier["event_actors"]
    ties = list_known_ties(dossier, as_of=view.as_of, weights=view.weights)
    own = ties[ties["tie_id"].isin(find_touching(ties, actor_id))]
    held = list_in_force(own, view.as_of)
    alone = held["is_asserted_only"].astype(bool)
    on_record = held[~alone].sort_values(["strength", "tie_id"], ascending=[False, True])
    themes = [
        {
            "code": code,
            "label": label,
            "ties": _list_lines(
                dossier, view, on_record[on_record["theme_code"] == code], seen_from=actor_id
            ),
        }
        for code, label in dossier.labels("themes").items()
    ]
    return {
        "label": actor["label"],
        "role": dossier.labels("actor_roles")[actor["role_code"]],
        "note": actor["note"] if isinstance(actor["note"], str) else "",
        "themes": [theme for theme in themes if theme["ties"]],
        "asserted": _list_lines(dossier, view, held[alone], seen_from=actor_id),
        "ended": _list_lines(dossier, view, own[own["end_edtf"].notna()], seen_from=actor_id),
        "claims": _list_claims(
            dossier, view.as_of, claims[claims["actor_id"] == actor_id]["claim_id"]
        ),
        "events": list_events(
            dossier, view.as_of, events[events["actor_id"] == actor_id]["event_id"]
        )[::-1],
        "borders": list_border_notes(dossier, (actor_id,)),
        **_tell_limits(dossier, view),
    }


@cached
def describe_changes(dossier: Dossier, *, view: MapView) -> Record:
    """What became of ties and claims since the earlier day of a view, which must have one."""
    assert view.since is not None, "two days are compared"
    ties = compare_ties(dossier, view=view)
    before = list_ties(dossier, replace(view, as_of=view.since))
    earlier = dict(zip(before["tie_id"], before["event_ids"], strict=True))
    lines = {
        code: [
            _describe_change(tie, dossier, view, earlier.get(tie.tie_id, ""))
            for tie in ties[ties["change_code"] == code].itertuples()
        ]
        for code in CHANGES
    }
    lines["stronger"].sort(key=lambda line: line["strength_then"] - line["strength"])
    published, words = dossier.document.day, dossier["claims"].set_index("claim_id")["claim"]
    verdicts = compare_verdicts(dossier["assessments"], since=view.since, as_of=view.as_of)
    behind = set(" ".join(ties["claim_ids"]).split())
    return {
        "since": day_in_words(view.since),
        **lines,
        "unchanged": len(ties) - sum(len(own) for own in lines.values()),
        "claims": [
            {
                "claim": words[row.claim_id],
                "href": link_mark("claims", row.claim_id, day=view.as_of),
                "then": verdict_record(dossier, row.then),
                "now": verdict_record(dossier, row.now),
            }
            for row in verdicts[verdicts["claim_id"].isin(behind)].itertuples()
        ],
        "is_published_between": view.since < published <= view.as_of,
        "published": day_in_words(published),
    }


def list_events(dossier: Dossier, as_of: dt.date, event_ids: Collection[str]) -> list[Record]:
    """Events known by a day, oldest first, each with its sources and what it counts as."""
    events, cited = dossier["events"], dossier["event_sources"]
    statuses, kinds = dossier.labels("event_statuses"), dossier.labels("evidence_kinds")
    kind_of = classify_events(dossier)
    own = events[events["event_id"].isin(event_ids) & are_known(events["date_edtf"], as_of)]
    own = own.assign(begun=own["date_edtf"].map(first_day)).sort_values(["begun", "event_id"])
    return [
        {
            "id": event.event_id,
            "date": in_words(event.date_edtf),
            "title": event.title,
            "status": "" if event.status_code == "occurred" else statuses[event.status_code],
            "href": link_mark("timeline", event.event_id, day=as_of),
            "counts_as": kinds.get(
                kind_of.get(event.event_id, ""), "Not counted: did not take place"
            ),
            "sources": link_sources(dossier, cited[cited["event_id"] == event.event_id]),
        }
        for event in own.itertuples()
    ]


def _list_claims(dossier: Dossier, as_of: dt.date, claim_ids: Collection[str]) -> list[Record]:
    """Claims in their order with the verdict that held on a day, None where there was none."""
    claims = dossier["claims"]
    verdicts = find_verdicts(dossier["assessments"], as_of).set_index("claim_id")["verdict_code"]
    return [
        {
            "id": claim.claim_id,
            "claim": claim.claim,
            "verdict": verdict_record(dossier, verdicts[claim.claim_id])
            if claim.claim_id in verdicts
            else None,
            "href": link_mark("claims", claim.claim_id, day=as_of),
        }
        for claim in claims[claims["claim_id"].isin(claim_ids)].itertuples()
    ]


def _list_lines(
    dossier: Dossier, view: MapView, ties: pd.DataFrame, *, seen_from: str
) -> list[Record]:
    """Ties in a list of one of their actors."""
    names = dossier.labels("actors")
    lines = []
    for tie in ties.itertuples():
        is_from = tie.from_actor_id == seen_from
        to_or_from = "To" if is_from else "From"
        lines.append(
            {
                "theme_code": tie.theme_code,
                "other": names[tie.to_actor_id if is_from else tie.from_actor_id],
                "way": to_or_from if tie.direction_code == "one-way" else "With",
                "label": tie.label,
                "href": link_view(replace(view, pick=tie.tie_id), dossier),
                "lifetime": say_lifetime(tie.start_edtf, tie.end_edtf),
                "strength": tie.strength,
                "made_of": say_evidence(tie),
                "claims": _list_claims(dossier, view.as_of, tie.claim_ids.split())
                if tie.is_asserted_only
                else [],
            }
        )
    return lines


def _describe_change(tie: Any, dossier: Dossier, view: MapView, before: str) -> Record:
    """A tie that changed, with the events that were not behind it `before`."""
    names = dossier.labels("actors")
    fresh = set(tie.event_ids.split()) - set(before.split())
    return {
        "theme_code": tie.theme_code,
        "ends": f"{names[tie.from_actor_id]} and {names[tie.to_actor_id]}",
        "label": tie.label,
        "href": link_view(replace(view, pick=tie.tie_id), dossier),
        "strength_then": tie.strength_then,
        "strength": tie.strength,
        "start": in_words(tie.start_edtf),
        "end": in_words(tie.end_edtf) if isinstance(tie.end_edtf, str) else "",
        "events": list_events(dossier, view.as_of, () if tie.change_code == "ended" else fresh),
    }


def _tell_limits(dossier: Dossier, view: MapView) -> Record:
    """What a record says of its own limits in time."""
    published = dossier.document.day
    return {
        "is_cut": view.as_of < dossier.horizon,
        "is_early": view.as_of < published,
        "published": day_in_words(published),
        "newest": day_in_words(dossier.horizon),
    }


def _sum_strength(dossier: Dossier, tie: pd.Series, weights: tuple[int, ...]) -> Record:
    """Strength as a sum that a reader can check: events of each kind times their weight."""
    labels = dossier.labels("evidence_kinds")
    rows = [
        {"kind": labels[kind], "count": tie[kind], "weight": weight}
        for kind, weight in zip(EVIDENCE_KINDS, weights, strict=True)
    ]
    idle = tie["event_count"] - sum(row["count"] for row in rows)
    return {"rows": rows, "total": tie["strength"], "idle": idle}


def _tell_note(tie: pd.Series, as_of: dt.date) -> str:
    """The note on a tie, once it can be told."""
    note, start = tie["note"], tie["note_from_edtf"]
    is_early = isinstance(start, str) and known_from(start) > as_of
    return note if isinstance(note, str) and not is_early else ""


def _list_sources(dossier: Dossier, record: Record, *, as_of: dt.date) -> list[str]:
    """Sources of the events and of the verdicts that a record lists, each once."""
    events = dossier["event_sources"]
    shown = events["event_id"].isin([event["id"] for event in record["events"]])
    verdicts = find_verdicts(dossier["assessments"], as_of)
    about = verdicts["claim_id"].isin([claim["id"] for claim in record["claims"]])
    cited = dossier["assessment_sources"]
    behind = cited["assessment_id"].isin(verdicts[about]["assessment_id"])
    return list(dict.fromkeys([*events[shown]["source_id"], *cited[behind]["source_id"]]))
