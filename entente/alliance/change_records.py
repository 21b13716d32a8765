"""What changed between two days of a view of the map, in words."""

import datetime as dt
from typing import Any

from entente.address.views import MapView
from entente.alliance.changes import CHANGES, decided_otherwise, number_of_changes
from entente.alliance.dossier_lines import claim_address, event_lines, verdict_of
from entente.alliance.tables import options_of, ties_compared, ties_shown
from entente.alliance.tie_records import Record, map_address
from entente.dates.words import day_in_words, in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.vocabulary import DOCUMENT_DAY


def change_counts(dossier: Dossier, view: MapView) -> dict[str, int]:
    """How many ties of a view are new, ended and stronger since its earlier day."""
    ties = ties_compared(dossier, since=view.since, **options_of(view))
    return number_of_changes(ties)


@cached
def change_record(dossier: Dossier, **fields: Any) -> Record:
    """What became of ties and claims since the earlier day of a view."""
    view = MapView(**fields)
    assert view.since is not None, "two days are compared"
    ties = ties_compared(dossier, since=view.since, **options_of(view))
    before = ties_shown(dossier, **{**options_of(view), "as_of": view.since})
    earlier = dict(zip(before["tie_id"], before["event_ids"], strict=True))
    lines = {
        code: [
            _line(tie, dossier, view, earlier.get(tie.tie_id, ""))
            for tie in ties[ties["change_code"] == code].itertuples()
        ]
        for code in CHANGES
    }
    lines["stronger"].sort(key=lambda line: line["strength_then"] - line["strength"])
    claims = {claim for ids in ties["claim_ids"] for claim in ids.split()}
    return {
        "since": day_in_words(view.since),
        **lines,
        "unchanged": len(ties) - sum(len(own) for own in lines.values()),
        "claims": claim_changes(dossier, sorted(claims), view.since, view.as_of),
        "is_published_between": view.since < DOCUMENT_DAY <= view.as_of,
        "published": day_in_words(DOCUMENT_DAY),
    }


def claim_changes(
    dossier: Dossier, claim_ids: list[str], since: dt.date, as_of: dt.date
) -> list[Record]:
    """Claims with their verdicts on both days, where these differ."""
    changed = decided_otherwise(
        dossier["assessments"], claim_ids=claim_ids, since=since, as_of=as_of
    )
    words = dossier["claims"].set_index("claim_id")["claim"]
    return [
        {
            "id": row.claim_id,
            "claim": words[row.claim_id],
            "href": claim_address(row.claim_id, as_of),
            "then": verdict_of(dossier, row.then),
            "now": verdict_of(dossier, row.now),
        }
        for row in changed.itertuples()
    ]


def _line(tie: Any, dossier: Dossier, view: MapView, before: str) -> Record:
    names = dossier["actors"].set_index("actor_id")["label"]
    fresh = set(tie.event_ids.split()) - set(before.split())
    shown = fresh if tie.change_code != "ended" else set()
    return {
        "theme_code": tie.theme_code,
        "ends": f"{names[tie.from_actor_id]} and {names[tie.to_actor_id]}",
        "label": tie.label,
        "href": map_address(dossier, view, tie.tie_id),
        "strength_then": int(tie.strength_then),
        "strength": int(tie.strength),
        "start": in_words(tie.start_edtf),
        "end": in_words(tie.end_edtf) if isinstance(tie.end_edtf, str) else "",
        "events": event_lines(dossier, view.as_of, shown),
    }
