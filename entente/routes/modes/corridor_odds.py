"""How sure the comparison of corridors is: odds of the way put forward, and what its spread is."""

from typing import Any

from entente.dossier.store import Dossier
from entente.routes.modes import corridor_words as words
from entente.routes.modes.corridor_tables import Comparison

LEAST_SHARE = 0.01
SPREAD_WORDS = {
    "border": "waits at borders",
    "port": "changes between ship and land",
    "ferry-port": "changes between ferry and land",
    "mode-change": "changes between truck and train",
    "gauge-break": "breaks of gauge",
    "ferry-wait": "waits for a sailing",
    "canal": "canal passages",
    "liner-calls": "calls and berths on the way",
}


def odds_record(found: Comparison, dossier: Dossier, corridor_id: str) -> dict[str, Any]:
    """For `templates/corridor_odds.html`: chances against each other way, and parts of variance."""
    own = found.chances[found.chances["corridor_id"] == corridor_id]
    chances = own.set_index(["quantity", "other_id"])["wins"]
    others = found.corridors[found.corridors["corridor_id"] != corridor_id]
    kinds = found.kinds[found.kinds["corridor_id"] == corridor_id]
    return {
        "number": int(found.of(corridor_id)["number"]),
        "label": found.of(corridor_id)["short_label"],
        "odds": [
            {
                "number": row.number,
                "label": row.short_label,
                "is_usable": row.condition in ("open", "partial"),
                "quicker": percent(chances["days", row.corridor_id]),
                "cheaper": percent(chances["cost_usd_per_teu", row.corridor_id]),
                "cleaner": percent(chances["co2e_kg_per_teu", row.corridor_id]),
            }
            for row in others.itertuples()
        ],
        "kinds": [
            {
                "label": _kind(row.kind, row.what_code, dossier),
                "share": percent(row.share),
                "width": round(100 * max(row.share, 0)),
            }
            for row in kinds.itertuples()
            if row.share >= LEAST_SHARE
        ],
        "range": words.spread(found.of(corridor_id), "days")["range"],
    }


def percent(share: float) -> str:
    """A probability as a reader says it; never quite nought nor certain."""
    if 0 < share < LEAST_SHARE:
        return "under 1 %"
    if 1 - LEAST_SHARE < share < 1:
        return "over 99 %"
    return f"{share:.0%}".replace("%", " %")


def _kind(kind: str, what_code: str, dossier: Dossier) -> str:
    if kind == "stop":
        return SPREAD_WORDS[what_code].capitalize()
    return f"On the move: {dossier.labels('modes')[what_code].lower()}"
