"""What the document says about the trade routes, beside what the record says of it."""

import datetime as dt
from collections import Counter
from typing import Any

import pandas as pd

from entente.address.views import RoutesView
from entente.content import Panel
from entente.dates import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.statements import Statement, state_claim

THEME = "transport"
NOT_YET = "On {day} there was no comment yet, and so no claim about the routes"


def title(dossier: Dossier, view: RoutesView) -> str:
    """The page’s title through the document's lens."""
    if view.as_of < dossier.document.day:
        return NOT_YET.format(day=day_in_words(view.as_of))
    return dossier.document.text("routes-said-title")


@cached
def statements(dossier: Dossier, *, as_of: dt.date, lens: str) -> tuple[Statement, ...]:
    """What the comment claims about transport, and what the record says of it, on a day."""
    claims = dossier["claims"]
    return tuple(
        state_claim(dossier.tables, claim_id, as_of=as_of, lens=lens)
        for claim_id in claims[claims["theme_code"] == THEME]["claim_id"]
    )


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """The claims about transport as a table; there is no figure to draw from them."""
    claims = dossier["claims"]
    rows = claims[claims["theme_code"] == THEME]
    if view.as_of < dossier.document.day:
        rows = rows.iloc[:0]
    hedges = dossier.labels("hedges")
    table = pd.DataFrame(
        {
            "Claim": rows["claim_id"],
            "Paragraph": rows["paragraph"],
            "Sentence": rows["sentence"],
            "Paraphrase": rows["claim"],
            "Certainty": rows["hedge_code"].map(hedges),
        }
    )
    panel = Panel(
        key="routes-said",
        figure=None,
        alt=f"{len(rows)} claims of the comment about trade routes.",
        table=table,
        caption="Claims about transport, paraphrased, with their place in the comment.",
        source_ids=(),
    )
    return (panel,)


def summary(dossier: Dossier, about: list[Any]) -> str:
    """How many claims there are, and how many have which verdict."""
    labels = dossier.labels("assessment_verdicts")
    counts = Counter(stated.verdict_code for stated in about)
    parts = [f"{counts[code]} {label.lower()}" for code, label in labels.items() if counts[code]]
    return f"The comment on the routes: {len(about)} claims; on record, {', '.join(parts)}"
