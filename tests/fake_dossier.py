"""As much of a dossier as the files of the timeline need."""

from collections.abc import Mapping, Sequence

import pandas as pd

LABELS = {
    "themes": {"diplomacy": "Diplomacy"},
    "event_statuses": {"occurred": "Occurred", "planned-not-held": "Planned, not held"},
}


class FakeDossier:
    """Tables by name, labels and a version, about events with given sources.

    Args:
        sources: Event id to publisher and address of each of its sources.
        themes: Theme code to label; one theme of its own where missing.
    """

    version = "9.9.9"

    def __init__(
        self,
        sources: Mapping[str, Sequence[tuple[str, str]]],
        *,
        themes: Mapping[str, str] | None = None,
    ) -> None:
        rows = [
            (event_id, f"s{number}", *source)
            for event_id, own in sources.items()
            for number, source in enumerate(own)
        ]
        names = ["event_id", "source_id", "publisher", "url"]
        table = pd.DataFrame(rows, columns=names).astype("str")
        self.words = {**LABELS, **({"themes": themes} if themes else {})}
        self.tables = {
            "event_sources": table[["event_id", "source_id"]],
            "sources": table[["source_id", "publisher", "url"]],
            "dataset": pd.DataFrame({"released_edtf": ["2026-11-23"]}),
        }

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def labels(self, codes: str) -> Mapping[str, str]:
        return self.words[codes]
