"""The verdicts of a day, counted by claim or by sentence; trivial claims are told apart."""

import datetime as dt
from collections.abc import Collection

import pandas as pd

from entente.claims.ledger import list_verdicts
from entente.dossier.store import Dossier, cached
from entente.style.palette import NO_VERDICT
from entente.style.theme import join_words
from entente.vocabulary import LEAST_FAVOURABLE_FIRST

SENTENCE = ["paragraph", "sentence"]
UNJUDGED = NO_VERDICT["code"]
# How a sentence about the score names each verdict: these always, the rest together.
FULL = {"supported": "fully supported"}
NAMED = {"partly-supported": "in part", "contested": "contested", "contradicted": "contradicted"}
REST = {
    "overtaken": "overtaken",
    "unverifiable": "untestable",
    "open": "open",
    UNJUDGED: "not yet judged",
}


@cached
def list_judged(dossier: Dossier, *, as_of: dt.date, count: str) -> pd.DataFrame:
    """What the score counts on a day: one row a claim or a sentence.

    Args:
        dossier: The dataset.
        as_of: The day whose verdicts count.
        count: `claims` or `sentences`.

    Returns:
        What :func:`judge_claims` or :func:`judge_sentences` returns.
    """
    claims = judge_claims(dossier["claims"], list_verdicts(dossier, as_of=as_of))
    return judge_sentences(claims) if count == "sentences" else claims


def keep_asked(
    dossier: Dossier, *, as_of: dt.date, count: str, only: Collection[str]
) -> pd.DataFrame:
    """The rows of :func:`list_judged` that some claims make up.

    Args:
        dossier: The dataset.
        as_of: The day whose verdicts count.
        count: `claims` or `sentences`; a sentence counts with those of its claims that are asked
            for.
        only: Ids of those claims.
    """
    claims = list_judged(dossier, as_of=as_of, count="claims")
    asked = claims[claims["claim_id"].isin(list(only))].reset_index(drop=True)
    return judge_sentences(asked) if count == "sentences" else asked


def judge_claims(claims: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """The claims with their verdict as `code`: `UNJUDGED` for those without one.

    `claim_ids` names the claims that a row stands for, here its own.
    """
    codes = claims["claim_id"].map(verdicts.set_index("claim_id")["verdict_code"])
    judged = codes.astype(object).fillna(UNJUDGED)
    return claims.assign(code=judged, claim_ids=claims["claim_id"])


def judge_sentences(claims: pd.DataFrame) -> pd.DataFrame:
    """The sentences behind claims, each with the least favourable verdict of its claims.

    A claim without a verdict decides only where none of the sentence's claims has one.

    Args:
        claims: What :func:`judge_claims` returns.

    Returns:
        One row a sentence, in the order of `claims`: `paragraph`, `sentence`; `claim_ids`, parted
        by blanks; `is_trivial`, true where all of them are; and of the claim that decides,
        `claim_id`, `claim` and `code`.
    """
    order = {code: place for place, code in enumerate((*LEAST_FAVOURABLE_FIRST, UNJUDGED))}
    ranked = claims.assign(place=claims["code"].map(order))
    ranked = ranked.sort_values(["place", "is_trivial", "claim_id"], kind="stable")
    deciding = ranked.drop_duplicates(SENTENCE)[[*SENTENCE, "claim_id", "claim", "code"]]
    own = claims.groupby(SENTENCE, sort=False)
    sentences = own.agg(claim_ids=("claim_id", " ".join), is_trivial=("is_trivial", "all"))
    return sentences.reset_index().merge(deciding, on=SENTENCE, how="left")


def count_verdicts(judged: pd.DataFrame) -> dict[str, int]:
    """Code of a verdict to how many have it; what is trivial is left out."""
    counts = judged.loc[~judged["is_trivial"], "code"].value_counts()
    return {str(code): int(number) for code, number in counts.items()}


def say_score(judged: pd.DataFrame, *, count: str) -> str:
    """How many hold in full and how many are contradicted, in a sentence without a full stop.

    What is trivial is left out.

    Args:
        judged: What :func:`list_judged` returns.
        count: What its rows are: `claims` or `sentences`.
    """
    counted = judged.loc[~judged["is_trivial"], "code"]
    if counted.empty:
        return f"There is no {_noun(count, 1)} to count"
    counts = counted.value_counts()
    full, against = (int(counts.get(code, 0)) for code in ("supported", "contradicted"))
    head = f"{full or 'None'} of {len(counted)} {_noun(count, len(counted))}"
    tail = f"{against or 'none'} {'are' if against > 1 else 'is'} contradicted"
    return f"{head} {'hold' if full > 1 else 'holds'} in full; {tail}"


def say_match(judged: pd.DataFrame, *, total: int) -> str:
    """How many claims of all are asked for, and their verdicts, in a sentence without a full stop.

    Args:
        judged: The claims that are asked for, as :func:`keep_asked` returns them.
        total: How many claims there are.
    """
    said = f"{len(judged)} of {total} claims {'matches' if len(judged) == 1 else 'match'}"
    counted = judged.loc[~judged["is_trivial"], "code"]
    counts, words = counted.value_counts(), FULL | NAMED | REST
    found = [f"{counts[code]} {word}" for code, word in words.items() if code in counts]
    return f"{said}: {join_words(found)}" if found else said


def say_each_verdict(judged: pd.DataFrame, *, count: str) -> str:
    """Every verdict with its number, as the rows of the score have them; what is trivial apart."""
    counted = judged.loc[~judged["is_trivial"], "code"]
    counts = counted.value_counts()
    words = FULL | NAMED | REST
    parts = [f"{counts[code]} {word}" for code, word in words.items() if code in counts]
    return f"{len(counted)} {_noun(count, len(counted))}: {', '.join(parts)}"


def say_trivial(judged: pd.DataFrame, *, count: str, noun: str) -> str:
    """How many rows the score leaves out, and why; empty when it leaves out none."""
    total = int(judged["is_trivial"].sum())
    if not total:
        return ""
    are, report = ("is", "reports") if total == 1 else ("are", "report")
    return (
        f"{total} trivial {_noun(count, total)}, which only {report} what the press wrote or when "
        f"the {noun} appeared, {are} not counted."
    )


def _noun(count: str, number: int) -> str:
    return count.removesuffix("s") if number == 1 else count
