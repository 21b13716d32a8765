"""What the dossier of an actor says: ties on record, asserted and ended; claims; events."""

from typing import Any

import pandas as pd

from entente.address.views import MapView
from entente.alliance.dossier_lines import border_lines, claim_lines, event_lines, source_ids
from entente.alliance.tie_marks import evidence, lifetime, made_of
from entente.alliance.tie_records import Record, evident_ties, map_address, tie_record, told
from entente.alliance.ties import ended_by, in_force, touching
from entente.dossier.cache import cached
from entente.dossier.store import Dossier


@cached
def picked_record(dossier: Dossier, **fields: Any) -> tuple[str, Record, list[str]]:
    """Template, record and source ids for the pick of the view with these fields."""
    view = MapView(**fields)
    if view.pick in set(dossier["ties"]["tie_id"]):
        template, record = "tie_dossier", tie_record(dossier, view, str(view.pick))
    else:
        template, record = "actor_dossier", actor_record(dossier, view, str(view.pick))
    return template, record, source_ids(dossier, record, as_of=view.as_of)


def actor_record(dossier: Dossier, view: MapView, actor_id: str) -> Record:
    """An actor on the day: role, ties by theme, those only asserted, those over, claims, events."""
    actor = dossier["actors"].set_index("actor_id").loc[actor_id]
    claims, events = dossier["claim_actors"], dossier["event_actors"]
    ties = evident_ties(dossier, view)
    own = ties[ties["tie_id"].isin(touching(ties, actor_id))]
    held, over = in_force(own, view.as_of), ended_by(own, view.as_of)
    alone = held["is_asserted_only"].astype(bool)
    return {
        "label": actor["label"],
        "role": dossier.labels("actor_roles")[actor["role_code"]],
        "note": actor["note"] if isinstance(actor["note"], str) else "",
        "themes": _by_theme(dossier, view, actor_id, held[~alone]),
        "asserted": [_asserted(tie, dossier, view, actor_id) for tie in held[alone].itertuples()],
        "ended": [_line(tie, dossier, view, actor_id) for tie in over.itertuples()],
        "claims": claim_lines(
            dossier, view.as_of, claims[claims["actor_id"] == actor_id]["claim_id"]
        ),
        "events": event_lines(
            dossier,
            view.as_of,
            events[events["actor_id"] == actor_id]["event_id"],
            newest_first=True,
        ),
        "borders": border_lines(dossier, (actor_id,)),
        **told(dossier, view),
    }


def _by_theme(dossier: Dossier, view: MapView, actor_id: str, held: pd.DataFrame) -> list[Record]:
    """Ties on record by theme, the strongest first."""
    ordered = held.sort_values(["strength", "tie_id"], ascending=[False, True])
    return [
        {
            "code": code,
            "label": label,
            "ties": [_line(tie, dossier, view, actor_id) for tie in group.itertuples()],
        }
        for code, label in dossier.labels("themes").items()
        if not (group := ordered[ordered["theme_code"] == code]).empty
    ]


def _asserted(tie: Any, dossier: Dossier, view: MapView, actor_id: str) -> Record:
    claims = claim_lines(dossier, view.as_of, tie.claim_ids.split())
    return {**_line(tie, dossier, view, actor_id), "claims": claims}


def _line(tie: Any, dossier: Dossier, view: MapView, seen_from: str) -> Record:
    """A tie in the list of one of its actors."""
    other = tie.to_actor_id if tie.from_actor_id == seen_from else tie.from_actor_id
    way = "To" if tie.from_actor_id == seen_from else "From"
    names = dossier["actors"].set_index("actor_id")["label"]
    return {
        "theme_code": tie.theme_code,
        "other": names[other],
        "way": way if tie.direction_code == "one-way" else "With",
        "label": tie.label,
        "href": map_address(dossier, view, tie.tie_id),
        "lifetime": lifetime(tie.start_edtf, tie.end_edtf),
        "evidence": evidence(tie),
        "strength": int(tie.strength),
        "made_of": made_of(tie),
    }
