"""The plate of the claims: the finding of the reading, its figures, and the claim picked."""

from collections.abc import Callable

import pandas as pd

from entente.address.views import ClaimsView
from entente.claims import forecast_reading, ledger_reading, source_reading
from entente.claims.records import claim_record
from entente.content import Panel
from entente.dates.edtf import known_from
from entente.dates.words import day_in_words, in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.vocabulary import DOCUMENT_DAY

Finding = Callable[[Dossier, ClaimsView], str]
Panels = Callable[[Dossier, ClaimsView, str], tuple[Panel, ...]]
MODES: dict[str, tuple[Finding, Panels]] = {
    "ledger": (ledger_reading.finding, ledger_reading.panels),
    "scoreboard": (forecast_reading.finding, forecast_reading.panels),
    "sources": (source_reading.finding, source_reading.panels),
}


def title(dossier: Dossier, view: ClaimsView) -> str:
    """The picked claim, or the finding of the reading."""
    if view.pick is None:
        return finding(dossier, view)
    return claim_title(claim_record(dossier, view.pick, as_of=view.as_of, lens=view.lens), view)


def claim_title(claim: dict[str, object], view: ClaimsView) -> str:
    """The claim, or its verdict where the lens shows the record."""
    if view.lens != "record":
        return str(claim["claim"])
    since = f" since {claim['since']}" if claim["since"] else f" on {day_in_words(view.as_of)}"
    return f"{claim['verdict']['label']}{since}"  # type: ignore[index]


def finding(dossier: Dossier, view: ClaimsView) -> str:
    """What the reading shows on the day, in a sentence."""
    if is_early(view):
        return f"The comment had not been published by {day_in_words(view.as_of)}"
    return MODES[view.mode][0](dossier, view)


def panels(dossier: Dossier, view: ClaimsView, appearance: str) -> tuple[Panel, ...]:
    """The picked claim's verdicts, or the figures of the reading."""
    if is_early(view):
        return ()
    if view.pick is not None:
        return (verdict_panel(dossier, view=view),)
    return MODES[view.mode][1](dossier, view, appearance)


def is_early(view: ClaimsView) -> bool:
    """Whether the lens shows only the document, on a day when there was none."""
    return view.lens == "document" and view.as_of < DOCUMENT_DAY


@cached
def verdict_panel(dossier: Dossier, *, view: ClaimsView) -> Panel:
    """The verdicts on the picked claim by the day of the view, each with its sources."""
    own = dossier["assessments"]
    own = own[own["claim_id"] == view.pick]
    known = own[[known_from(text) <= view.as_of for text in own["from_edtf"]]]
    if view.lens == "document":
        known = known.iloc[:0]
    cited = dossier["assessment_sources"]
    cited = cited[cited["assessment_id"].isin(known["assessment_id"])]
    counts = cited["assessment_id"].value_counts()
    labels = dossier.labels("assessment_verdicts")
    claim = dossier["claims"].set_index("claim_id").loc[view.pick]
    said = {"From": "in the comment", "Verdict": "said", "Why": claim["claim"], "Sources": 1}
    rows = [
        {
            "From": in_words(row["from_edtf"]),
            "Verdict": labels[row["verdict_code"]],
            "Why": row["note"],
            "Sources": int(counts.get(row["assessment_id"], 0)),
        }
        for row in known.to_dict("records")
    ]
    shown = [said, *rows] if view.lens != "record" else rows
    return Panel(
        key=f"claim-{view.pick}",
        figure=None,
        alt=f"Claim {view.pick} and {len(rows)} dated verdicts on it.",
        table=pd.DataFrame(shown, columns=list(said)),
        caption=f"What the comment says in claim {view.pick}, and the verdicts by date.",
        source_ids=tuple(dict.fromkeys(cited["source_id"])),
    )
