"""All about an actor, a tie, the changes between two days, and the borders, for the templates.

A record is a plain dictionary: words for codes and dates, and an address for all that has one.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pandas as pd

from entente.address.pages import link_mark, link_view
from entente.address.views import MapView
from entente.alliance.borders import NEUTRAL
from entente.alliance.marks import evidence, lifetime, made_of
from entente.alliance.ties import (
    CHANGES,
    find_touching,
    list_changed_verdicts,
    list_ended,
    list_in_force,
)
from entente.alliance.views import (
    classify_events,
    compare_ties,
    list_areas,
    list_known_ties,
    list_ties,
    state_borders,
)
from entente.dates import day_in_words, first_day, in_words, known_from
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.evidence import find_verdicts
from entente.style.palette import verdict_record
from entente.vocabulary import EVIDENCE_KINDS

Record = dict[str, Any]


@cached
def describe_pick(dossier: Dossier, *, view: MapView) -> tuple[str, Record, list[str]]:
    """Template, record and source ids of the actor or tie that a view has picked."""
    if view.pick in set(dossier["ties"]["tie_id"]):
        template, record = "tie_dossier", describe_tie(dossier, view, str(view.pick))
    else:
        template, record = "actor_dossier", describe_actor(dossier, view, str(view.pick))
    return template, record, _list_sources(dossier, record, as_of=view.as_of)


def describe_tie(dossier: Dossier, view: MapView, tie_id: str) -> Record:
    """A tie as it was known on the day: what it is, how strong, its claims and its events."""
    ties = list_known_ties(dossier, as_of=view.as_of, weights=view.weights)
    tie = ties.set_index("tie_id", drop=False).loc[tie_id]
    claims, events = dossier["tie_claims"], dossier["tie_events"]
    listed = list_events(dossier, view.as_of, events[events["tie_id"] == tie_id]["event_id"])
    names, theme = _names(dossier), dossier.labels("themes")[tie["theme_code"]]
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
        "lifetime": lifetime(tie["start_edtf"], tie["end_edtf"]),
        "is_asserted_only": bool(tie["is_asserted_only"]),
        "note": _note_on(tie, view.as_of),
        "is_known": known_from(str(tie["start_edtf"])) <= view.as_of,
        "is_in_force": not list_in_force(tie.to_frame().T, view.as_of).empty,
        "documented": listed[0]["date"] if listed else "",
        "strength": _strength_as_sum(dossier, tie, view.weights),
        "claims": list_claims(dossier, view.as_of, claims[claims["tie_id"] == tie_id]["claim_id"]),
        "events": listed,
        "borders": _list_border_notes(dossier, (tie["from_actor_id"], tie["to_actor_id"])),
        **_limits_in_time(dossier, view),
    }


def describe_actor(dossier: Dossier, view: MapView, actor_id: str) -> Record:
    """An actor on the day: role, ties by theme, those only asserted, those over, claims, events."""
    actor = dossier["actors"].set_index("actor_id").loc[actor_id]
    claims, events = dossier["claim_actors"], dossier["event_actors"]
    ties = list_known_ties(dossier, as_of=view.as_of, weights=view.weights)
    own = ties[ties["tie_id"].isin(find_touching(ties, actor_id))]
    held = list_in_force(own, view.as_of)
    alone = held["is_asserted_only"].astype(bool)
    on_record = held[~alone].sort_values(["strength", "tie_id"], ascending=[False, True])
    lines = {
        code: [_line(tie, dossier, view, actor_id) for tie in group.itertuples()]
        for code, group in on_record.groupby("theme_code", sort=False)
    }
    return {
        "label": actor["label"],
        "role": dossier.labels("actor_roles")[actor["role_code"]],
        "note": actor["note"] if isinstance(actor["note"], str) else "",
        "themes": [
            {"code": code, "label": label, "ties": lines[code]}
            for code, label in dossier.labels("themes").items()
            if code in lines
        ],
        "asserted": [
            {
                **_line(tie, dossier, view, actor_id),
                "claims": list_claims(dossier, view.as_of, str(tie.claim_ids).split()),
            }
            for tie in held[alone].itertuples()
        ],
        "ended": [
            _line(tie, dossier, view, actor_id) for tie in list_ended(own, view.as_of).itertuples()
        ],
        "claims": list_claims(
            dossier, view.as_of, claims[claims["actor_id"] == actor_id]["claim_id"]
        ),
        "events": list_events(
            dossier,
            view.as_of,
            events[events["actor_id"] == actor_id]["event_id"],
            newest_first=True,
        ),
        "borders": _list_border_notes(dossier, (actor_id,)),
        **_limits_in_time(dossier, view),
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
            _change(tie, dossier, view, earlier.get(tie.tie_id, ""))
            for tie in ties[ties["change_code"] == code].itertuples()
        ]
        for code in CHANGES
    }
    lines["stronger"].sort(key=lambda line: line["strength_then"] - line["strength"])
    claims = {claim for ids in ties["claim_ids"] for claim in ids.split()}
    published = dossier.document.day
    return {
        "since": day_in_words(view.since),
        **lines,
        "unchanged": len(ties) - sum(len(own) for own in lines.values()),
        "claims": _list_changed_claims(dossier, claims, since=view.since, as_of=view.as_of),
        "is_published_between": view.since < published <= view.as_of,
        "published": day_in_words(published),
    }


@cached
def describe_borders(dossier: Dossier, *, borders: str) -> Record:
    """One view of the borders: statement, areas with their owner there, notes, sources."""
    names = _names(dossier)
    table = dossier["codes/border_views"].set_index("code")
    cited = dossier["border_view_sources"]
    own = cited[cited["border_view_code"] == borders]
    return {
        "is_neutral": borders == NEUTRAL,
        "summary": dossier.document.text("borders-summary"),
        "statement": state_borders(dossier, borders),
        "label": table.at[borders, "label"],
        "about": table.at[borders, "description"],
        "areas": [
            {
                "label": area.label,
                "owner": names.get(area.shown_as_actor_id, ""),
                "is_disputed": bool(area.is_disputed),
                "note": area.view_note if borders != NEUTRAL else area.note,
                "sources": _link_sources(dossier, own[own["area_id"] == area.area_id]),
            }
            for area in list_areas(dossier, borders).itertuples()
        ],
        "notes": _list_border_notes(dossier),
    }


def list_claims(dossier: Dossier, as_of: dt.date, claim_ids: Collection[str]) -> list[Record]:
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


def list_events(
    dossier: Dossier, as_of: dt.date, event_ids: Collection[str], *, newest_first: bool = False
) -> list[Record]:
    """Events known by a day, in order, each with its sources and what it counts as."""
    events = dossier["events"]
    own = events[events["event_id"].isin(event_ids)]
    begun = pd.Series([first_day(text) for text in own["date_edtf"]], index=own.index, dtype=object)
    known = own.assign(begun=begun).loc[[known_from(text) <= as_of for text in own["date_edtf"]]]
    ordered = known.sort_values(["begun", "event_id"], ascending=not newest_first)
    return [_event(dossier, event, as_of) for event in ordered.itertuples()]


def _event(dossier: Dossier, event: Any, as_of: dt.date) -> Record:
    statuses, kinds = dossier.labels("event_statuses"), dossier.labels("evidence_kinds")
    kind = classify_events(dossier).get(event.event_id, "")
    cited = dossier["event_sources"]
    return {
        "id": event.event_id,
        "date": in_words(event.date_edtf),
        "title": event.title,
        "status": "" if event.status_code == "occurred" else statuses[event.status_code],
        "href": link_mark("timeline", event.event_id, day=as_of),
        "counts_as": kinds.get(kind, "Counts for nothing: did not take place"),
        "sources": _link_sources(dossier, cited[cited["event_id"] == event.event_id]),
    }


def _line(tie: Any, dossier: Dossier, view: MapView, seen_from: str) -> Record:
    """A tie in the list of one of its actors."""
    is_from = tie.from_actor_id == seen_from
    way = "To" if is_from else "From"
    return {
        "theme_code": tie.theme_code,
        "other": _names(dossier)[tie.to_actor_id if is_from else tie.from_actor_id],
        "way": way if tie.direction_code == "one-way" else "With",
        "label": tie.label,
        "href": link_view(replace(view, pick=tie.tie_id), dossier),
        "lifetime": lifetime(tie.start_edtf, tie.end_edtf),
        "evidence": evidence(tie),
        "strength": int(tie.strength),
        "made_of": made_of(tie),
    }


def _change(tie: Any, dossier: Dossier, view: MapView, before: str) -> Record:
    """A tie that changed, with the events that were not behind it `before`."""
    names = _names(dossier)
    fresh = set(tie.event_ids.split()) - set(before.split())
    return {
        "theme_code": tie.theme_code,
        "ends": f"{names[tie.from_actor_id]} and {names[tie.to_actor_id]}",
        "label": tie.label,
        "href": link_view(replace(view, pick=tie.tie_id), dossier),
        "strength_then": int(tie.strength_then),
        "strength": int(tie.strength),
        "start": in_words(tie.start_edtf),
        "end": in_words(tie.end_edtf) if isinstance(tie.end_edtf, str) else "",
        "events": list_events(
            dossier, view.as_of, fresh if tie.change_code != "ended" else frozenset()
        ),
    }


def _list_changed_claims(
    dossier: Dossier, claim_ids: Collection[str], *, since: dt.date, as_of: dt.date
) -> list[Record]:
    """Claims with their verdicts on both days, where these differ."""
    changed = list_changed_verdicts(
        dossier["assessments"], claim_ids=claim_ids, since=since, as_of=as_of
    )
    words = dossier["claims"].set_index("claim_id")["claim"]
    return [
        {
            "claim": words[row.claim_id],
            "href": link_mark("claims", row.claim_id, day=as_of),
            "then": verdict_record(dossier, row.then),
            "now": verdict_record(dossier, row.now),
        }
        for row in changed.itertuples()
    ]


def _limits_in_time(dossier: Dossier, view: MapView) -> Record:
    """What a record says of its own limits in time."""
    published = dossier.document.day
    return {
        "is_cut": view.as_of < dossier.horizon,
        "is_early": view.as_of < published,
        "published": day_in_words(published),
        "newest": day_in_words(dossier.horizon),
    }


def _strength_as_sum(dossier: Dossier, tie: Any, weights: tuple[int, ...]) -> Record:
    """Strength as a sum that a reader can check: events of each kind times their weight."""
    labels = dossier.labels("evidence_kinds")
    rows = [
        {"kind": labels[kind], "count": int(tie[kind]), "weight": weight}
        for kind, weight in zip(EVIDENCE_KINDS, weights, strict=True)
    ]
    idle = int(tie["event_count"]) - sum(int(tie[kind]) for kind in EVIDENCE_KINDS)
    return {"rows": rows, "total": int(tie["strength"]), "idle": idle}


def _note_on(tie: Any, as_of: dt.date) -> str:
    """The note on a tie, once it can be told."""
    note, start = tie["note"], tie["note_from_edtf"]
    is_early = isinstance(start, str) and known_from(start) > as_of
    return note if isinstance(note, str) and not is_early else ""


def _list_border_notes(dossier: Dossier, actor_ids: Collection[str] = ()) -> list[Record]:
    """Notes on areas that every view draws alike, with sources: those on all of some actors."""
    told = dossier["border_note_actors"].groupby("border_note_id")["actor_id"].agg(set)
    named = {note for note, about in told.items() if set(actor_ids) <= about}
    notes, cited = dossier["border_notes"], dossier["border_note_sources"]
    return [
        {
            "label": note.label,
            "note": note.note,
            "sources": _link_sources(
                dossier, cited[cited["border_note_id"] == note.border_note_id]
            ),
        }
        for note in notes[notes["border_note_id"].isin(named)].itertuples()
    ]


def _link_sources(dossier: Dossier, cited: pd.DataFrame) -> list[Record]:
    """Publisher and address of the sources that rows cite, each once, in their order."""
    known = _source_links(dossier)
    return [known[name] for name in dict.fromkeys(cited["source_id"])]


@cached
def _source_links(dossier: Dossier) -> dict[str, Record]:
    return {
        source.source_id: {"publisher": source.publisher, "url": source.url}
        for source in dossier["sources"].itertuples()
    }


def _list_sources(dossier: Dossier, record: Record, *, as_of: dt.date) -> list[str]:
    """Sources of the events and of the verdicts that a record lists, each once."""
    events = dossier["event_sources"]
    shown = events["event_id"].isin([event["id"] for event in record["events"]])
    verdicts = find_verdicts(dossier["assessments"], as_of)
    about = verdicts["claim_id"].isin([claim["id"] for claim in record["claims"]])
    cited = dossier["assessment_sources"]
    behind = cited["assessment_id"].isin(verdicts[about]["assessment_id"])
    return list(dict.fromkeys([*events[shown]["source_id"], *cited[behind]["source_id"]]))


def _names(dossier: Dossier) -> dict[str, str]:
    actors = dossier["actors"]
    return dict(zip(actors["actor_id"], actors["label"], strict=True))
