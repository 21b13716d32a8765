"""How a verdict is told: its code, its word and its symbol."""

from entente.dossier.store import Dossier
from entente.style.palette import VERDICT_SYMBOLS

NO_VERDICT = {"code": "unjudged", "label": "No verdict yet", "symbol": "–"}


def verdict_record(dossier: Dossier, code: object) -> dict[str, str]:
    """A verdict's code, word and symbol; the record of "none yet" where there is none."""
    if not isinstance(code, str):
        return NO_VERDICT
    label = dossier.labels("assessment_verdicts")[code]
    return {"code": code, "label": label, "symbol": VERDICT_SYMBOLS[code][1]}
