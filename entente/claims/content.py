"""What the page of claims shows: a picked claim, or the score, the forecasts or the sources."""

from typing import Any

import pandas as pd

from entente.address.views import ClaimsView, has_forecasts, has_pledges
from entente.claims.course import course_panel
from entente.claims.forecasts import FORECAST, board_panel, list_forecasts, say_outcomes
from entente.claims.ledger import (
    UNJUDGED,
    describe_claim,
    find_claims,
    keep_asked,
    say_match,
    say_score,
)
from entente.claims.pledges import ladder_panel
from entente.claims.score import say_column, score_panel
from entente.claims.sources import count_tiers, find_sources
from entente.content import Panel
from entente.dates import are_known, day_in_words, in_words
from entente.dossier.store import Dossier, cached

MOST_IN_ROOM = 3


@cached
def title(dossier: Dossier, view: ClaimsView) -> str:
    """The picked claim or, where the lens shows the record, its verdict; else the finding."""
    if view.pick is None:
        return finding(dossier, view)
    claim = describe_claim(dossier, view.pick, as_of=view.as_of, lens=view.lens)
    if view.lens != "record":
        return str(claim["claim"]).removesuffix(".")
    since = f" since {claim['since']}" if claim["since"] else f" on {day_in_words(view.as_of)}"
    return f"{claim['verdict']['label']}{since}"


def finding(dossier: Dossier, view: ClaimsView) -> str:
    """What the mode shows on the day, in a sentence."""
    if is_early(dossier, view):
        return f"The {dossier.document.noun} had not been published by {day_in_words(view.as_of)}"
    return FINDINGS[view.mode](dossier, view)


def is_early(dossier: Dossier, view: ClaimsView) -> bool:
    """Whether the lens shows only the document, on a day when there was none."""
    return view.lens == "document" and view.as_of < dossier.document.day


def _find_score(dossier: Dossier, view: ClaimsView) -> str:
    """The score of verdicts in a sentence, or how certain the author sounds."""
    claims, day = dossier["claims"], day_in_words(view.as_of)
    if view.lens == "document":
        flat = (claims["hedge_code"] == "asserted").sum()
        ahead = (claims["kind_code"] == FORECAST).sum()
        return (
            f"The {dossier.document.noun} makes {len(claims)} claims: {flat} stated flatly, "
            f"{ahead} about the future"
        )
    asked = find_claims(dossier, view)["claim_id"].tolist()
    if not asked:
        return "No claim matches the search and the filters"
    judged = keep_asked(dossier, as_of=view.as_of, count=view.count, only=asked)
    if (judged["code"] == UNJUDGED).all():
        return f"None of the {len(judged)} {view.count} had been judged by {day}"
    if len(asked) < len(claims):
        only = keep_asked(dossier, as_of=view.as_of, count="claims", only=asked)
        return say_match(only, total=len(claims))
    on = f", as of {day}" if view.as_of < dossier.horizon else ""
    return f"{say_score(judged, count=view.count)}{on}"


def _find_outcomes(dossier: Dossier, view: ClaimsView) -> str:
    if view.lens == "document":
        count = (dossier["claims"]["kind_code"] == FORECAST).sum()
        return dossier.document.text("forecasts-said-title", count=str(count))
    rows = list_forecasts(dossier, as_of=view.as_of)
    return say_outcomes(rows, day=day_in_words(view.as_of))


def _find_origins(dossier: Dossier, view: ClaimsView) -> str:
    """How many sources and origins there are, in a sentence."""
    totals = count_tiers(dossier, as_of=view.as_of)["totals"]
    if not totals["sources"]:
        return f"No source had been published by {day_in_words(view.as_of)}"
    sources, origins, primary = (totals[name] for name in ("sources", "origins", "primary"))
    return (
        f"{sources:,} source{' goes' if sources == 1 else 's go'} back to {origins:,} independent "
        f"origin{'' if origins == 1 else 's'}; {primary} {'is' if primary == 1 else 'are'} primary"
    )


FINDINGS = {"ledger": _find_score, "scoreboard": _find_outcomes, "sources": _find_origins}


def panels(dossier: Dossier, view: ClaimsView, appearance: str) -> tuple[Panel, ...]:
    """The picked claim's verdicts, or what the mode shows; nothing before there was a document."""
    if is_early(dossier, view):
        return ()
    if view.pick is not None:
        return (_verdict_panel(dossier, view=view),)
    if view.mode == "sources":
        return (_source_panel(dossier, view),)
    if view.mode == "scoreboard":
        return tuple(
            make(dossier, as_of=view.as_of, appearance=appearance)
            for make, is_there in (
                (ladder_panel, has_pledges(dossier)),
                (board_panel, has_forecasts(dossier)),
            )
            if is_there
        )
    return _ledger_panels(dossier, view, appearance)


def room_panels(dossier: Dossier, view: ClaimsView, appearance: str) -> tuple[Panel, ...]:
    """The course of a picked claim; nothing of its own in other modes."""
    if view.pick is None or view.lens == "document":
        return ()
    course = course_panel(dossier, claim_id=view.pick, as_of=view.as_of, appearance=appearance)
    return () if course is None else (course,)


def picture_claim(dossier: Dossier, view: ClaimsView, appearance: str) -> tuple[Panel, ...]:
    """The verdicts on the picked claim in turn, as a strip; nothing where no verdict is shown."""
    if view.pick is None or view.lens == "document":
        return ()
    shown: dict[str, Any] = {"as_of": view.as_of, "appearance": appearance}
    strip = course_panel(dossier, claim_id=view.pick, **shown, is_strip=True)
    return () if strip is None else (strip,)


def _choose_few(table: pd.DataFrame, asked: pd.DataFrame, *, said: str) -> pd.DataFrame:
    """The first claim of each theme, while there is room: what it says, its verdict and the reason.

    A verdict that all of them have is not repeated.

    Args:
        table: The claims that are asked for, as readers see them.
        asked: The same claims, as the dataset has them.
        said: The column of what the document says.
    """
    themes = asked.set_index("claim_id")["theme_code"]
    firsts = table[~table["Claim"].map(themes).duplicated()]
    others = table[~table["Claim"].isin(firsts["Claim"])]
    few = pd.concat([firsts, others]).head(MOST_IN_ROOM)
    verdict = ["Verdict"] if few["Verdict"].nunique() > 1 else []
    # What can be read from the last row of a room.
    chosen = few.sort_index()[[*verdict, said, "Why"]].reset_index(drop=True)
    if len(chosen) < len(table):
        chosen.attrs["caption"] = f"{len(chosen)} of {len(table)} such claims"
    return chosen


def _source_panel(dossier: Dossier, view: ClaimsView) -> Panel:
    rows = find_sources(dossier, view)
    return Panel(
        key="sources",
        figure=None,
        alt=f"{len(rows)} sources.",
        table=rows,
        caption="Sources published by the day of the view, with tier and origin.",
        source_ids=tuple(rows["source_id"]),
    )


@cached
def _verdict_panel(dossier: Dossier, *, view: ClaimsView) -> Panel:
    """The verdicts on the picked claim by the day of the view, each with its sources."""
    table = dossier["assessments"]
    known = table[(table["claim_id"] == view.pick) & are_known(table["from_edtf"], view.as_of)]
    if view.lens == "document":
        known = known.iloc[:0]
    cited = dossier["assessment_sources"]
    cited = cited[cited["assessment_id"].isin(known["assessment_id"])]
    counts = cited["assessment_id"].value_counts()
    claim = dossier["claims"].set_index("claim_id").loc[view.pick]
    said = {
        "From": f"in the {dossier.document.noun}",
        "Verdict": "said",
        "Why": claim["claim"],
        "Sources": 1,
    }
    rows = pd.DataFrame(
        {
            "From": known["from_edtf"].map(in_words),
            "Verdict": known["verdict_code"].map(dossier.labels("assessment_verdicts")),
            "Why": known["note"],
            "Sources": known["assessment_id"].map(counts).fillna(0).astype(int),
        }
    )
    shown = rows if view.lens == "record" else pd.concat([pd.DataFrame([said]), rows])
    return Panel(
        key=f"claim-{view.pick}",
        figure=None,
        alt=f"Claim {view.pick} and {len(rows)} dated verdicts on it.",
        table=shown.reset_index(drop=True),
        caption=f"{say_column(dossier)} in claim {view.pick}, and the verdicts by date.",
        source_ids=tuple(cited["source_id"].unique()),
    )


def _ledger_panels(dossier: Dossier, view: ClaimsView, appearance: str) -> tuple[Panel, ...]:
    """The score, and the claims that pass the filters as a table; nothing where none does."""
    asked = find_claims(dossier, view)
    if asked.empty:
        return ()
    options: dict[str, Any] = {"lens": view.lens, "as_of": view.as_of, "appearance": appearance}
    if len(asked) == len(dossier["claims"]):
        return (score_panel(dossier, count=view.count, **options),)
    only = tuple(asked["claim_id"])
    score = score_panel(dossier, count=view.count, only=only, **options)
    every = score_panel(dossier, count="claims", **options).table
    table = every[every["Claim"].isin(asked["claim_id"])].reset_index(drop=True)
    count = f"{len(table)} of {len(every)} claims"
    chosen = Panel(
        key="claims-asked-for",
        figure=None,
        alt=f"{count}.",
        table=table,
        room_table=_choose_few(table, asked, said=say_column(dossier)),
        caption=f"{count}, in the order of the {dossier.document.noun}.",
        source_ids=score.source_ids,
    )
    return (chosen, score)
