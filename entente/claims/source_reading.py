"""The reading of sources: its finding, and what each supports in words."""

from typing import Any

import pandas as pd

from entente.address.views import ClaimsView
from entente.claims.source_tables import sources_asked_for, tier_table
from entente.content import Panel
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier

Record = dict[str, Any]


PAGES = {"claims": "claims", "events": "timeline", "corridors": "trade_routes"}


MOST_NAMED = 6


def finding(dossier: Dossier, view: ClaimsView) -> str:
    """How many sources and origins there are on the day, in a sentence."""
    totals = tier_table(dossier, as_of=view.as_of)["totals"]
    if not totals["sources"]:
        return f"No source had been published by {day_in_words(view.as_of)}"
    return (
        f"{totals['sources']} sources go back to {totals['origins']} independent origins; "
        f"{totals['primary']} are primary"
    )


def support_words(found: pd.DataFrame | None) -> list[Record]:
    """What a source supports by kind: the first few by name, with an address if they have one."""
    if found is None:
        return []
    return [
        {
            "what": what,
            "named": [
                {"id": key, "href": f"{PAGES[what]}?pick={key}" if what in PAGES else ""}
                for key in rows["id"][:MOST_NAMED]
            ],
            "more": max(0, len(rows) - MOST_NAMED),
        }
        for what, rows in found.groupby("what", sort=False)
    ]


def panels(dossier: Dossier, view: ClaimsView, appearance: str) -> tuple[Panel, ...]:
    """The sources that pass the filters, as a table."""
    rows = sources_asked_for(
        dossier, as_of=view.as_of, tiers=view.tiers, voice=view.voice, search=view.search
    )
    return (
        Panel(
            key="sources",
            figure=None,
            alt=f"{len(rows)} sources.",
            table=rows,
            caption="Sources published by the day of the view, with tier and origin.",
            source_ids=tuple(rows["source_id"]),
        ),
    )
