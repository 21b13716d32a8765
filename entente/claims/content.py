"""What the page of claims shows: a picked claim, or the score, the forecasts or the sources."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.address.views import ClaimsView
from entente.claims.details import describe_claim
from entente.claims.forecast_board import describe_board, draw_forecasts
from entente.claims.forecasts import (
    FORECAST,
    list_forecasts,
    scoreboard_sentence,
    tabulate_forecasts,
)
from entente.claims.ledger import find_claims, list_verdicts, tabulate_certainty, tabulate_verdicts
from entente.claims.pledge_ladder import describe_ladder, draw_pledges
from entente.claims.pledges import (
    find_replacements,
    ladder_sentence,
    list_stages,
    read_ladder,
    tabulate_pledges,
)
from entente.claims.score import (
    certainty_score_bars,
    describe_certainty,
    describe_verdicts,
    draw_certainty,
    draw_verdicts,
    verdict_score_bars,
)
from entente.claims.sources import count_tiers, find_sources
from entente.content import Height, Panel, height_by_rows
from entente.dates import day_in_words, in_words, known_from
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.evidence import count_verdicts
from entente.style.palette import PALETTES
from entente.vocabulary import VERDICTS

SCORE_HEIGHT = Height(rem=17, phone="15.5rem")
VERDICT_CAPTION = (
    "One brick a claim: choose one to read it. A verdict judges the claim as the comment puts it, "
    "and belongs to the day shown."
)
CERTAINTY_CAPTION = (
    "One brick a claim: choose one to read it. How certain the author sounds, in rows."
)
BOARD_CAPTION = (
    "A line runs from the day of the comment to the first assessment that decided the forecast; "
    "dots and a hollow arrow mean that nothing had. Choose a mark to read the claim."
)
LADDER_CAPTION = (
    "Disc: on record. Hollow diamond: said by one side or the press, not confirmed. Ring: not on "
    "record by the day shown. Cross: something else took its place. Bare line: a stage that was "
    "passed over without a date."
)
NO_BREAK = "\N{NO-BREAK SPACE}"


def title(dossier: Dossier, view: ClaimsView) -> str:
    """The picked claim or, where the lens shows the record, its verdict; else the finding."""
    if view.pick is None:
        return finding(dossier, view)
    claim = describe_claim(dossier, view.pick, as_of=view.as_of, lens=view.lens)
    if view.lens != "record":
        return str(claim["claim"])
    since = f" since {claim['since']}" if claim["since"] else f" on {day_in_words(view.as_of)}"
    return f"{claim['verdict']['label']}{since}"


def finding(dossier: Dossier, view: ClaimsView) -> str:
    """What the mode shows on the day, in a sentence."""
    if is_early(dossier, view):
        return f"The comment had not been published by {day_in_words(view.as_of)}"
    return FINDINGS[view.mode](dossier, view)


def is_early(dossier: Dossier, view: ClaimsView) -> bool:
    """Whether the lens shows only the document, on a day when there was none."""
    return view.lens == "document" and view.as_of < dossier.document.day


def panels(dossier: Dossier, view: ClaimsView, appearance: str) -> tuple[Panel, ...]:
    """The picked claim's verdicts, or what the mode shows; nothing before there was a comment."""
    if is_early(dossier, view):
        return ()
    if view.pick is not None:
        return (verdict_panel(dossier, view=view),)
    if view.mode == "sources":
        return (source_panel(dossier, view),)
    if view.mode == "scoreboard":
        return scoreboard_panels(dossier, as_of=view.as_of, appearance=appearance)
    return _ledger_panels(dossier, view, appearance)


def score_panel(dossier: Dossier, *, lens: str, as_of: dt.date, appearance: str) -> Panel:
    """Every claim as one mark: by verdict, or through the document's lens by certainty."""
    if lens == "document":
        return _certainty_panel(dossier, appearance=appearance)
    return _score_panel(dossier, as_of=as_of, appearance=appearance)


@cached
def scoreboard_panels(dossier: Dossier, *, as_of: dt.date, appearance: str) -> tuple[Panel, Panel]:
    """The ladder of pledges and the scoreboard of forecasts."""
    return (
        _ladder_panel(dossier, as_of=as_of, appearance=appearance),
        _board_panel(dossier, as_of=as_of, appearance=appearance),
    )


def source_panel(dossier: Dossier, view: ClaimsView) -> Panel:
    """The sources that pass the filters, as a table."""
    rows = find_sources(
        dossier, as_of=view.as_of, tiers=view.tiers, voice=view.voice, search=view.search
    )
    return Panel(
        key="sources",
        figure=None,
        alt=f"{len(rows)} sources.",
        table=rows,
        caption="Sources published by the day of the view, with tier and origin.",
        source_ids=tuple(rows["source_id"]),
    )


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


def _ledger_finding(dossier: Dossier, view: ClaimsView) -> str:
    """The score of verdicts of a day in a sentence, or how certain the author sounds."""
    claims, day = dossier["claims"], day_in_words(view.as_of)
    total = len(claims)
    if view.lens == "document":
        flat = int((claims["hedge_code"] == "asserted").sum())
        ahead = int((claims["kind_code"] == FORECAST).sum())
        return (
            f"The comment makes {total} claims: {flat} stated flatly, {ahead} about what is to come"
        )
    verdicts = list_verdicts(dossier, as_of=view.as_of)
    counts = count_verdicts(verdicts, codes=VERDICTS)
    if verdicts.empty:
        return f"None of the {total} claims had been judged by {day}"
    held = f"{counts['supported']} {'holds' if counts['supported'] == 1 else 'hold'}"
    against = f"{counts['contradicted']} {'is' if counts['contradicted'] == 1 else 'are'}"
    return f"Of {total} claims, {held}; {against} contradicted (as of {day})"


def _scoreboard_finding(dossier: Dossier, view: ClaimsView) -> str:
    """The scoreboard of forecasts in a sentence."""
    if view.lens == "document":
        count = int((dossier["claims"]["kind_code"] == FORECAST).sum())
        return dossier.document.text("forecasts-said-title", count=str(count))
    rows = list_forecasts(dossier, as_of=view.as_of)
    return scoreboard_sentence(rows, day=day_in_words(view.as_of))


def _source_finding(dossier: Dossier, view: ClaimsView) -> str:
    """How many sources and origins there are on the day, in a sentence."""
    totals = count_tiers(dossier, as_of=view.as_of)["totals"]
    if not totals["sources"]:
        return f"No source had been published by {day_in_words(view.as_of)}"
    return (
        f"{totals['sources']} sources go back to {totals['origins']} independent origins; "
        f"{totals['primary']} are primary"
    )


FINDINGS = {
    "ledger": _ledger_finding,
    "scoreboard": _scoreboard_finding,
    "sources": _source_finding,
}


def _ledger_panels(dossier: Dossier, view: ClaimsView, appearance: str) -> tuple[Panel, ...]:
    """The score, and the claims that pass the filters as a table; nothing where none does."""
    asked = find_claims(dossier, view)
    if asked.empty:
        return ()
    whole = score_panel(dossier, lens=view.lens, as_of=view.as_of, appearance=appearance)
    if len(asked) == len(dossier["claims"]):
        return (whole,)
    table = whole.table[whole.table.iloc[:, 0].isin(asked["claim_id"])].reset_index(drop=True)
    count = f"{len(table)} of {len(whole.table)} claims"
    chosen = Panel(
        key="claims-asked-for",
        figure=None,
        alt=f"{count}.",
        table=table,
        caption=f"{count}, in the order of the comment.",
        source_ids=whole.source_ids,
    )
    return (chosen, whole)


@cached
def _certainty_panel(dossier: Dossier, *, appearance: str) -> Panel:
    """How certain the author sounds."""
    tables = {"claims": dossier["claims"], "labels": dossier.labels("hedges")}
    return Panel(
        key="verdict-score",
        figure=draw_certainty(palette=PALETTES[appearance], **tables),
        alt=describe_certainty(**tables),
        table=tabulate_certainty(dossier),
        caption=CERTAINTY_CAPTION,
        source_ids=(),
        height=SCORE_HEIGHT,
        editable=certainty_score_bars(palette=PALETTES[appearance], **tables),
    )


@cached
def _score_panel(dossier: Dossier, *, as_of: dt.date, appearance: str) -> Panel:
    """The score of verdicts of a day."""
    verdicts = list_verdicts(dossier, as_of=as_of)
    behind = verdicts[["assessment_id"]].merge(dossier["assessment_sources"], on="assessment_id")
    tables: dict[str, Any] = {
        "verdicts": verdicts,
        "claims": dossier["claims"],
        "labels": dossier.labels("assessment_verdicts"),
    }
    return Panel(
        key="verdict-score",
        figure=draw_verdicts(palette=PALETTES[appearance], **tables),
        alt=describe_verdicts(**tables),
        table=tabulate_verdicts(dossier, as_of=as_of),
        caption=VERDICT_CAPTION,
        source_ids=tuple(behind["source_id"].unique()),
        height=SCORE_HEIGHT,
        editable=verdict_score_bars(palette=PALETTES[appearance], **tables),
    )


def _board_panel(dossier: Dossier, *, as_of: dt.date, appearance: str) -> Panel:
    """The scoreboard of forecasts."""
    rows = list_forecasts(dossier, as_of=as_of).merge(dossier["claims"], on="claim_id")
    names = dossier.document.forecast_names
    drawn = rows.assign(
        name=[names.get(row.claim_id, row.claim) for row in rows.itertuples()],
        decided=[
            known_from(text) if isinstance(text, str) else None for text in rows["decided_edtf"]
        ],
    )
    labels = dossier.labels("assessment_verdicts")
    cited = dossier["assessment_sources"]
    behind = cited[cited["assessment_id"].isin(rows["decision_id"].dropna())]
    return Panel(
        key="forecast-board",
        figure=draw_forecasts(
            forecasts=drawn,
            labels=labels,
            start=dossier.document.day,
            as_of=as_of,
            horizon=dossier.horizon,
            palette=PALETTES[appearance],
        ),
        alt=describe_board(forecasts=drawn, labels=labels, as_of=as_of),
        table=tabulate_forecasts(dossier, as_of=as_of),
        caption=BOARD_CAPTION,
        source_ids=tuple(behind["source_id"].unique()),
        height=Height(
            rem=height_by_rows(len(rows), each=2.9, around=2.635).rem,
            screen=f"{2.9 * max(len(rows), 1) + 3.5:.1f}rem",
        ),
    )


def _ladder_panel(dossier: Dossier, *, as_of: dt.date, appearance: str) -> Panel:
    """The ladder of pledges."""
    found = read_ladder(dossier, as_of=as_of)
    tables: dict[str, Any] = {
        "places": found.places,
        "steps": found.steps,
        "pledges": dossier["pledges"],
        "replaced": find_replacements(found.steps),
        "stages": list_stages(dossier),
    }
    cited = dossier["pledge_step_sources"]
    known = cited[cited["pledge_step_id"].isin(found.steps["pledge_step_id"])]
    palette = PALETTES[appearance]
    day = day_in_words(as_of).replace(" ", NO_BREAK)
    return Panel(
        key="pledge-ladder",
        figure=draw_pledges(palette=palette, **tables),
        alt=describe_ladder(**tables),
        table=tabulate_pledges(dossier, as_of=as_of),
        caption=LADDER_CAPTION,
        source_ids=tuple(known["source_id"].unique()),
        heading=ladder_sentence(found.places, day=day),
        height=height_by_rows(found.places["pledge_id"].nunique(), each=6.8, around=2.2),
        room_scale=1,
        room_figure=draw_pledges(palette=palette, **tables, is_low=True),
    )
