"""Rules across the tables of sources: locators, origins, disagreements."""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from entente.check.faults import Fault
from entente.check.within import Tables, faults_where

Rule = Callable[[Tables, Tables], Iterator[Fault]]
PLACE = ["paragraph", "sentence"]


def located_claims(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every claim stands in a sentence that the document has."""
    claims, known = tables["claims"], texts["document_sentences"]
    if set(PLACE) <= set(known):
        places = set(zip(*(known[name] for name in PLACE), strict=True))
        own = zip(*(claims[name].astype(str) for name in PLACE), strict=True)
        adrift = pd.Series([place not in places for place in own], index=claims.index, dtype=bool)
        yield from faults_where(tables, "claims", adrift, "no_sentence", "sentence")


def origins_that_end(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """From origin to origin one comes to a source of its own; each step says what is shared."""
    sources = tables["sources"]
    repeated = sources["origin_id"].notna()
    step = dict(sources.loc[repeated, ["source_id", "origin_id"]].to_numpy())
    circles = sources["source_id"].map(lambda source: _runs_in_circles(source, step)).astype(bool)
    yield from faults_where(tables, "sources", circles, "origin_in_circles", "origin_id")
    wrong = repeated != sources["origin_note"].notna()
    yield from faults_where(tables, "sources", wrong, "origin_unexplained", "origin_note")


def _runs_in_circles(source: str, step: Mapping[str, str]) -> bool:
    """Whether the way from a source leads back to that source."""
    at, seen = step.get(source), set()
    while at is not None and at not in seen and at != source:
        seen.add(at)
        at = step.get(at)
    return at == source


def sound_disagreements(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A disagreement has a subject and several positions, of which one at most is followed."""
    rows, said = tables["disagreements"], tables["disagreement_sources"]
    count = said.groupby("disagreement_id")["position"].nunique()
    chosen = said[said["is_followed"]].groupby("disagreement_id")["position"].nunique()
    single = rows["disagreement_id"].map(count).fillna(0) < 2
    single |= rows[["event_id", "claim_id"]].isna().all(axis=1)
    yield from faults_where(tables, "disagreements", single, "no_dispute", "disagreement_id")
    both = rows["disagreement_id"].map(chosen).fillna(0) > 1
    yield from faults_where(tables, "disagreements", both, "two_followed", "disagreement_id")


RULES_OF_SOURCES: tuple[tuple[tuple[str, ...], Rule], ...] = (
    (("claims", "document_sentences"), located_claims),
    (("sources",), origins_that_end),
    (("disagreements", "disagreement_sources", "events", "claims"), sound_disagreements),
)
