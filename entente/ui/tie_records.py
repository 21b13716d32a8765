"""What the dossier of an actor or a tie says, as plain records for the templates."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from entente.analysis.evidence import verdicts_at
from entente.analysis.ties import in_force, touching, with_evidence
from entente.figures.tie_marks import evidence, lifetime
from entente.palette import VERDICT_SYMBOLS
from entente.schema.dates import first_day
from entente.schema.dates_in_words import in_words
from entente.store import Dossier
from entente.views import MapView, encode

Record = dict[str, Any]


def picked_record(dossier: Dossier, **fields: Any) -> tuple[str, Record, list[str]]:
    """Template, record and source ids for the pick of the view with these fields."""
    view = MapView(**fields)
    if view.pick in set(dossier["ties"]["tie_id"]):
        template, record = "tie_dossier", tie_record(dossier, view, str(view.pick))
    else:
        template, record = "actor_dossier", actor_record(dossier, view, str(view.pick))
    return template, record, source_ids(dossier, record, as_of=view.as_of)


def actor_record(dossier: Dossier, view: MapView, actor_id: str) -> Record:
    """An actor: role, its ties in force grouped by theme, claims about it, its events."""
    actor = dossier["actors"].set_index("actor_id").loc[actor_id]
    claims, events = dossier["claim_actors"], dossier["event_actors"]
    held = evident_ties(dossier, view.as_of)
    own = held[held["tie_id"].isin(touching(held, actor_id))]
    return {
        "label": actor["label"],
        "role": dossier.labels("actor_roles")[actor["role_code"]],
        "note": actor["note"] if isinstance(actor["note"], str) else "",
        "themes": [
            {
                "code": code,
                "label": label,
                "ties": [
                    tie_line(tie, dossier, view, seen_from=actor_id) for tie in group.itertuples()
                ],
            }
            for code, label in dossier.labels("themes").items()
            if not (group := own[own["theme_code"] == code]).empty
        ],
        "claims": claim_lines(
            dossier, view.as_of, claims[claims["actor_id"] == actor_id]["claim_id"]
        ),
        **event_lines(dossier, view.as_of, events[events["actor_id"] == actor_id]["event_id"]),
    }


def tie_record(dossier: Dossier, view: MapView, tie_id: str) -> Record:
    """A tie: ends, label, theme, direction, valence, time, its claims and its events."""
    tie = dossier["ties"].set_index("tie_id", drop=False).loc[tie_id]
    names = dossier["actors"].set_index("actor_id")["label"]
    claims, events = dossier["tie_claims"], dossier["tie_events"]
    return {
        "label": tie["label"],
        "ends": [
            {"label": names[actor], "href": map_address(dossier, view, actor)}
            for actor in (tie["from_actor_id"], tie["to_actor_id"])
        ],
        "is_one_way": tie["direction_code"] == "one-way",
        "theme_code": tie["theme_code"],
        "theme": dossier.labels("themes")[tie["theme_code"]],
        "direction": dossier.labels("directions")[tie["direction_code"]],
        "valence": dossier.labels("valences")[tie["valence_code"]],
        "lifetime": lifetime(tie["start_edtf"], tie["end_edtf"]),
        "is_in_force": not in_force(tie.to_frame().T, view.as_of).empty,
        "is_asserted_only": bool(tie["is_asserted_only"]),
        "note": tie["note"] if isinstance(tie["note"], str) else "",
        "claims": claim_lines(dossier, view.as_of, claims[claims["tie_id"] == tie_id]["claim_id"]),
        **event_lines(dossier, view.as_of, events[events["tie_id"] == tie_id]["event_id"]),
    }


def tie_line(tie: Any, dossier: Dossier, view: MapView, *, seen_from: str) -> Record:
    """A tie in the list of one of its actors."""
    other = tie.to_actor_id if tie.from_actor_id == seen_from else tie.from_actor_id
    way = "To" if tie.from_actor_id == seen_from else "From"
    names = dossier["actors"].set_index("actor_id")["label"]
    return {
        "other": names[other],
        "way": way if tie.direction_code == "one-way" else "With",
        "label": tie.label,
        "href": map_address(dossier, view, tie.tie_id),
        "lifetime": lifetime(tie.start_edtf, tie.end_edtf),
        "evidence": evidence(tie),
        "is_asserted_only": tie.is_asserted_only,
    }


def claim_lines(dossier: Dossier, as_of: dt.date, claim_ids: Collection[str]) -> list[Record]:
    """Claims in their order with the verdict that held on a day, None where there was none."""
    claims = dossier["claims"]
    verdicts = verdicts_at(dossier["assessments"], as_of).set_index("claim_id")
    labels = dossier.labels("assessment_verdicts")
    lines = []
    for claim in claims[claims["claim_id"].isin(claim_ids)].itertuples():
        verdict = None
        if claim.claim_id in verdicts.index:
            code = verdicts.at[claim.claim_id, "verdict_code"]
            verdict = {"code": code, "symbol": VERDICT_SYMBOLS[code][1], "label": labels[code]}
        address = urlencode({"at": as_of.isoformat(), "pick": claim.claim_id})
        lines.append(
            {
                "id": claim.claim_id,
                "claim": claim.claim,
                "verdict": verdict,
                "href": f"claims?{address}",
            }
        )
    return lines


def event_lines(dossier: Dossier, as_of: dt.date, event_ids: Collection[str]) -> Record:
    """`events` known by a day, newest first, and `later_count`: how many came after it."""
    events = dossier["events"]
    own = events[events["event_id"].isin(event_ids)]
    begun = pd.Series([first_day(text) for text in own["date_edtf"]], index=own.index, dtype=object)
    known = own.assign(begun=begun).loc[[day <= as_of for day in begun]]
    statuses = dossier.labels("event_statuses")
    return {
        "events": [
            {
                "id": event.event_id,
                "date": in_words(event.date_edtf),
                "title": event.title,
                "status": "" if event.status_code == "occurred" else statuses[event.status_code],
                "href": "timeline?" + urlencode({"at": as_of.isoformat(), "pick": event.event_id}),
            }
            for event in known.sort_values(["begun", "event_id"], ascending=False).itertuples()
        ],
        "later_count": len(own) - len(known),
    }


def source_ids(dossier: Dossier, record: Record, *, as_of: dt.date) -> list[str]:
    """Sources of the events and of the verdicts that a record lists, each once."""
    events = dossier["event_sources"]
    shown = events["event_id"].isin([event["id"] for event in record["events"]])
    verdicts = verdicts_at(dossier["assessments"], as_of)
    about = verdicts["claim_id"].isin([claim["id"] for claim in record["claims"]])
    cited = dossier["assessment_sources"]
    behind = cited["assessment_id"].isin(verdicts[about]["assessment_id"])
    return list(dict.fromkeys([*events[shown]["source_id"], *cited[behind]["source_id"]]))


def evident_ties(dossier: Dossier, as_of: dt.date) -> pd.DataFrame:
    """All ties in force on a day, with their evidence."""
    return with_evidence(
        in_force(dossier["ties"], as_of),
        tie_claims=dossier["tie_claims"],
        tie_events=dossier["tie_events"],
        events=dossier["events"],
        as_of=as_of,
    )


def map_address(dossier: Dossier, view: MapView, pick: str) -> str:
    """Address of this very view with another pick."""
    return f"alliance_map?{urlencode(encode(replace(view, pick=pick), dossier))}"
