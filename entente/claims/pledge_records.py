"""Pledges for the page: the ladder of a day as tables, records and a figure."""

import datetime as dt
from typing import Any, NamedTuple

import pandas as pd

from entente.address.views import horizon
from entente.claims.pledge_figure import amount_in_words, pledge_ladder, pledge_ladder_alt
from entente.claims.pledges import REPLACED, ladder, replacements, steps_known
from entente.content import PanelParts
from entente.dates.words import in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.style.palette import PALETTES

Record = dict[str, Any]


class Ladder(NamedTuple):
    """The steps on record by a day, and where each pledge stands on each stage."""

    steps: pd.DataFrame
    places: pd.DataFrame


@cached
def ladder_on(dossier: Dossier, *, as_of: dt.date) -> Ladder:
    """The ladder of a day."""
    steps = steps_known(
        steps=dossier["pledge_steps"],
        step_sources=dossier["pledge_step_sources"],
        sources=dossier["sources"],
        as_of=as_of,
        horizon=horizon(dossier),
    )
    return Ladder(steps, ladder(dossier["pledges"], steps, stages=list(stages(dossier))))


def stages(dossier: Dossier) -> dict[str, str]:
    """The columns of the ladder: all stages but the end of a pledge."""
    labels = dossier.labels("pledge_stages")
    return {code: label for code, label in labels.items() if code != REPLACED}


@cached
def ladder_shown(dossier: Dossier, *, as_of: dt.date, appearance: str) -> PanelParts:
    """The ladder as a figure with what belongs to it."""
    found: Ladder = ladder_on(dossier, as_of=as_of)
    tables: dict[str, Any] = {
        "places": found.places,
        "steps": found.steps,
        "pledges": dossier["pledges"],
        "replaced": replacements(found.steps),
        "stages": stages(dossier),
    }
    cited = dossier["pledge_step_sources"]
    known = cited[cited["pledge_step_id"].isin(found.steps["pledge_step_id"])]
    return PanelParts(
        pledge_ladder(palette=PALETTES[appearance], **tables),
        pledge_ladder_alt(**tables),
        _table(dossier, found),
        tuple(known["source_id"].unique()),
    )


@cached
def pledge_records(dossier: Dossier, *, as_of: dt.date) -> list[Record]:
    """Each pledge with what the document says of it and its steps up to a day.

    One that the document does not speak of is left out while nothing is on record about it.
    """
    steps = ladder_on(dossier, as_of=as_of).steps
    labels = dossier.labels("pledge_stages")
    names = dossier["actors"].set_index("actor_id")["label"]
    begun = set(steps["pledge_id"])
    return [
        {
            **pledge,
            "document_says": _or_empty(pledge["document_says"]),
            "note": _or_empty(pledge["note"]),
            "ends": f"{names[pledge['from_actor_id']]} to {names[pledge['to_actor_id']]}",
            "steps": [
                {**_step(step), "stage": labels[step["stage_code"]]}
                for step in steps[steps["pledge_id"] == pledge["pledge_id"]].to_dict("records")
            ],
        }
        for pledge in dossier["pledges"].sort_values("sequence").to_dict("records")
        if pledge["pledge_id"] in begun or isinstance(pledge["document_says"], str)
    ]


def _table(dossier: Dossier, found: Ladder) -> pd.DataFrame:
    """All steps on record, and a row for each pledge of which no delivery is."""
    labels = dossier.labels("pledge_stages")
    named = dossier["pledges"].set_index("pledge_id")["label"]
    rows = [
        {
            "Pledge": named[step["pledge_id"]],
            "Stage": labels[step["stage_code"]],
            "When": in_words(step["date_edtf"]),
            "Amount": amount_in_words(step),
            "Confirmed": "no" if step["is_unconfirmed"] else "yes",
            "What is known": step["note"],
        }
        for pledge_id in found.places["pledge_id"].unique()
        for step in found.steps[found.steps["pledge_id"] == pledge_id].to_dict("records")
    ]
    names = ["Pledge", "Stage", "When", "Amount", "Confirmed", "What is known"]
    return pd.DataFrame(rows, columns=names)


def _step(step: Record) -> Record:
    return {
        "when": in_words(step["date_edtf"]),
        "amount": amount_in_words(step),
        "is_unconfirmed": bool(step["is_unconfirmed"]),
        "event_id": _or_empty(step["event_id"]),
        "note": step["note"],
    }


def _or_empty(text: object) -> str:
    return text if isinstance(text, str) else ""
