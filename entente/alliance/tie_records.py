"""What the dossier of a tie says, as a plain record for the template."""

import datetime as dt
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from entente.address.views import MapView, encode, horizon
from entente.alliance.dossier_lines import border_lines, claim_lines, event_lines
from entente.alliance.strength import with_strength
from entente.alliance.tables import kind_of_events
from entente.alliance.tie_marks import lifetime
from entente.alliance.ties import as_known, in_force, with_evidence
from entente.dates.edtf import known_from
from entente.dates.words import day_in_words, in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.vocabulary import DOCUMENT_DAY, EVIDENCE_KINDS

Record = dict[str, Any]


def tie_record(dossier: Dossier, view: MapView, tie_id: str) -> Record:
    """A tie as it was known on the day: what it is, how strong, its claims and its events."""
    table = evident_ties(dossier, view).set_index("tie_id", drop=False)
    tie = table.loc[tie_id]
    claims, events = dossier["tie_claims"], dossier["tie_events"]
    listed = event_lines(dossier, view.as_of, events[events["tie_id"] == tie_id]["event_id"])
    return {
        **_facts(dossier, view, tie),
        "is_known": known_from(str(tie["start_edtf"])) <= view.as_of,
        "is_in_force": not in_force(tie.to_frame().T, view.as_of).empty,
        "documented": listed[0]["date"] if listed else "",
        "strength": strength_sum(dossier, tie, view.weights),
        "claims": claim_lines(dossier, view.as_of, claims[claims["tie_id"] == tie_id]["claim_id"]),
        "events": listed,
        "borders": border_lines(dossier, (tie["from_actor_id"], tie["to_actor_id"])),
        **told(dossier, view),
    }


def told(dossier: Dossier, view: MapView) -> Record:
    """What a dossier says of its own limits in time."""
    return {
        "is_cut": view.as_of < horizon(dossier),
        "is_early": view.as_of < DOCUMENT_DAY,
        "published": day_in_words(DOCUMENT_DAY),
        "newest": day_in_words(horizon(dossier)),
    }


def _facts(dossier: Dossier, view: MapView, tie: pd.Series) -> Record:
    names = dossier["actors"].set_index("actor_id")["label"]
    theme = dossier.labels("themes")[tie["theme_code"]]
    ends = [
        {"label": names[actor], "href": map_address(dossier, view, actor)}
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
        "end": in_words(tie["end_edtf"]) if isinstance(tie["end_edtf"], str) else "",
        "is_asserted_only": bool(tie["is_asserted_only"]),
        "note": note_of(tie, view.as_of),
    }


def strength_sum(dossier: Dossier, tie: Any, weights: tuple[int, ...]) -> Record:
    """Strength as a sum that a reader can check: events of each kind times their weight."""
    labels = dossier.labels("evidence_kinds")
    rows = [
        {"kind": labels[kind], "count": int(tie[kind]), "weight": weight}
        for kind, weight in zip(EVIDENCE_KINDS, weights, strict=True)
    ]
    idle = len(str(tie["event_ids"]).split()) - sum(int(tie[kind]) for kind in EVIDENCE_KINDS)
    return {"rows": rows, "total": int(tie["strength"]), "idle": idle}


def note_of(tie: Any, as_of: dt.date) -> str:
    """The note on a tie, once it can be told."""
    note, start = tie["note"], tie["note_from_edtf"]
    is_early = isinstance(start, str) and known_from(start) > as_of
    return note if isinstance(note, str) and not is_early else ""


def evident_ties(dossier: Dossier, view: MapView) -> pd.DataFrame:
    """All ties, in force or not, with the evidence and strength that they had on the day."""
    return _evident(dossier, as_of=view.as_of, weights=view.weights)


@cached
def _evident(dossier: Dossier, *, as_of: dt.date, weights: tuple[int, ...]) -> pd.DataFrame:
    names = ("tie_claims", "tie_events", "events")
    ties = as_known(dossier["ties"], as_of)
    evident = with_evidence(ties, **{name: dossier[name] for name in names}, as_of=as_of)
    return with_strength(evident, kind_of=kind_of_events(dossier), weights=weights)


def map_address(dossier: Dossier, view: MapView, pick: str) -> str:
    """Address of this very view with another pick."""
    return f"alliance_map?{urlencode(encode(replace(view, pick=pick), dossier))}"
