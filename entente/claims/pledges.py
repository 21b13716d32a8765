"""Pledges: how far each had come by a day, from asked for to delivered."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from entente.dates import first_day, in_words, known_from
from entente.dossier.cache import cached
from entente.dossier.store import Dossier

Record = dict[str, Any]

DELIVERED, REPLACED = "delivered", "replaced"
REACHED, UNCONFIRMED, PASSED, MISSING = "reached", "unconfirmed", "passed", "missing"
STEP_COLUMNS = [
    *("pledge_step_id", "pledge_id", "stage_code", "date_edtf", "amount", "unit"),
    *("qualifier", "is_unconfirmed", "event_id", "note", "known_from"),
]


class Ladder(NamedTuple):
    """The steps on record by a day, and where each pledge stands on each stage."""

    steps: pd.DataFrame
    places: pd.DataFrame


@cached
def read_ladder(dossier: Dossier, *, as_of: dt.date) -> Ladder:
    """The ladder of a day."""
    steps = list_known_steps(
        steps=dossier["pledge_steps"],
        step_sources=dossier["pledge_step_sources"],
        sources=dossier["sources"],
        as_of=as_of,
        horizon=dossier.horizon,
    )
    return Ladder(steps, build_ladder(dossier["pledges"], steps, stages=list(list_stages(dossier))))


def list_stages(dossier: Dossier) -> dict[str, str]:
    """The columns of the ladder, code to word: all stages but the end of a pledge."""
    labels = dossier.labels("pledge_stages")
    return {code: label for code, label in labels.items() if code != REPLACED}


def list_known_steps(
    *,
    steps: pd.DataFrame,
    step_sources: pd.DataFrame,
    sources: pd.DataFrame,
    as_of: dt.date,
    horizon: dt.date,
) -> pd.DataFrame:
    """The steps that were on record by a day, oldest first.

    A step is on record once it has happened and the first of its dated sources is out.

    Args:
        steps: The table `pledge_steps`.
        step_sources: The table `pledge_step_sources`.
        sources: The table of that name.
        as_of: The day whose knowledge counts.
        horizon: Day of the newest source, by which every source was out.

    Returns:
        Rows of `steps` with the columns `STEP_COLUMNS`, sorted by date, then id.
    """
    dated = sources.dropna(subset=["published_edtf"])
    out = step_sources.merge(dated[["source_id", "published_edtf"]], on="source_id")
    published = out.assign(day=[min(known_from(text), horizon) for text in out["published_edtf"]])
    earliest = published.groupby("pledge_step_id")["day"].min()
    known = [
        max(known_from(row.date_edtf), earliest.get(row.pledge_step_id, dt.date.min))
        for row in steps.itertuples()
    ]
    rows = steps.assign(known_from=known, begun=steps["date_edtf"].map(first_day))
    shown = rows[[day <= as_of for day in known]]
    ordered = shown.sort_values(["begun", "pledge_step_id"], kind="stable")
    return ordered[STEP_COLUMNS].reset_index(drop=True)


def build_ladder(
    pledges: pd.DataFrame, known: pd.DataFrame, *, stages: Sequence[str]
) -> pd.DataFrame:
    """Where each pledge stands on each stage.

    Args:
        pledges: The table of that name.
        known: What :func:`list_known_steps` returns.
        stages: Codes of the stages, in their order, without `REPLACED`.

    Returns:
        One row per pledge with a known step and stage, in their orders: `pledge_id`, `stage_code`,
        `state` (`reached`; `unconfirmed`, when only one side or the press says so; `passed`, when
        a later stage was reached without it; `missing`), `step_id` (the firmest, then first step),
        and `repeats` (how many more steps of that stage there are).
    """
    ordered = pledges.sort_values("sequence")
    rows = []
    for pledge_id in ordered["pledge_id"]:
        own = known[known["pledge_id"] == pledge_id]
        if not own.empty:
            rows += _stages_of(pledge_id, own, stages)
    return pd.DataFrame(rows, columns=["pledge_id", "stage_code", "state", "step_id", "repeats"])


def find_replacements(known: pd.DataFrame) -> dict[str, str]:
    """Pledge to the step by which it was dropped or replaced."""
    rows = known[known["stage_code"] == REPLACED]
    return dict(zip(rows["pledge_id"], rows["pledge_step_id"], strict=True))


def ladder_sentence(places: pd.DataFrame, *, day: str) -> str:
    """The ladder in a sentence: what is on record as delivered.

    Args:
        places: What :func:`build_ladder` returns.
        day: The day, in words.
    """
    if places.empty:
        return f"No pledge was on record by {day}"
    count = places["pledge_id"].nunique()
    states = places[places["stage_code"] == DELIVERED].groupby("state").size()
    confirmed, rumoured = int(states.get(REACHED, 0)), int(states.get(UNCONFIRMED, 0))
    named = f"{count} pledge{'' if count == 1 else 's'}"
    head = f"Of {named}, {confirmed or 'none'} {'is' if confirmed < 2 else 'are'} on record as "
    tail = f"; {rumoured} {'is' if rumoured == 1 else 'are'} reported so and not confirmed"
    return f"{head}delivered by {day}{tail if rumoured else ''}"


@cached
def describe_pledges(dossier: Dossier, *, as_of: dt.date) -> list[Record]:
    """Each pledge with what the document says of it and its steps up to a day.

    One that the document does not speak of is left out while nothing is on record about it.
    """
    steps = read_ladder(dossier, as_of=as_of).steps
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
                {
                    "stage": labels[step["stage_code"]],
                    "when": in_words(step["date_edtf"]),
                    "amount": amount_in_words(step),
                    "is_unconfirmed": bool(step["is_unconfirmed"]),
                    "event_id": _or_empty(step["event_id"]),
                    "note": step["note"],
                }
                for step in steps[steps["pledge_id"] == pledge["pledge_id"]].to_dict("records")
            ],
        }
        for pledge in dossier["pledges"].sort_values("sequence").to_dict("records")
        if pledge["pledge_id"] in begun or isinstance(pledge["document_says"], str)
    ]


def tabulate_pledges(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The steps on record by a day, pledge by pledge."""
    found = read_ladder(dossier, as_of=as_of)
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


def amount_in_words(step: Mapping[str, Any]) -> str:
    """The amount of a step with its unit; empty where no source gives one."""
    return "" if pd.isna(step["amount"]) else f"{step['amount']:g} {step['unit']}"


def _or_empty(text: object) -> str:
    return text if isinstance(text, str) else ""


def _stages_of(
    pledge_id: str, own: pd.DataFrame, stages: Sequence[str]
) -> list[Mapping[str, object]]:
    by_stage = {stage: own[own["stage_code"] == stage] for stage in stages}
    reached = [place for place, stage in enumerate(stages) if not by_stage[stage].empty]
    furthest = reached[-1] if reached else -1
    return [
        {"pledge_id": pledge_id, "stage_code": stage, **_place(by_stage[stage], place < furthest)}
        for place, stage in enumerate(stages)
    ]


def _place(steps: pd.DataFrame, is_behind: bool) -> dict[str, object]:
    if steps.empty:
        return {"state": PASSED if is_behind else MISSING, "step_id": None, "repeats": 0}
    firm = steps[~steps["is_unconfirmed"]]
    step = (steps if firm.empty else firm).iloc[0]
    return {
        "state": UNCONFIRMED if firm.empty else REACHED,
        "step_id": step["pledge_step_id"],
        "repeats": len(steps) - 1,
    }
