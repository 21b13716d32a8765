"""The reading of forecasts and pledges: its finding, its figures, and the records beside them."""

import datetime as dt

import pandas as pd

from entente.address.views import ClaimsView, horizon
from entente.claims import forecast_figure as forecast_board
from entente.claims import pledge_figure as pledge_ladder
from entente.claims.forecasts import FORECAST, forecasts, scoreboard_sentence, short_name
from entente.claims.pledge_records import ladder_shown
from entente.claims.records import Record, ledger_records, sources_of
from entente.content import Panel, PanelParts, panel_of
from entente.dates.edtf import known_from
from entente.dates.words import day_in_words, in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.style.palette import PALETTES
from entente.style.verdicts import verdict_record
from entente.vocabulary import DOCUMENT_DAY

BOARD_CAPTION = (
    "A line runs from the day of the comment to the first assessment that decided the forecast; "
    "dots and a hollow arrow mean that nothing had. Choose a mark to read the claim."
)


LADDER_CAPTION = (
    "Disc: on record. Hollow diamond: said by one side or the press, not confirmed. Ring: not on "
    "record by the day shown. Cross: something else took its place. Bare line: a stage that was "
    "passed over without a date."
)


def finding(dossier: Dossier, view: ClaimsView) -> str:
    """The scoreboard of forecasts in a sentence."""
    if view.lens == "document":
        count = int((dossier["claims"]["kind_code"] == FORECAST).sum())
        return f"The comment looks ahead in {count} forecasts, and speaks of money, roads and jets"
    rows = forecasts_on(dossier, as_of=view.as_of)
    return scoreboard_sentence(rows, day=day_in_words(view.as_of))


@cached
def forecasts_on(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The forecasts as they stood on a day."""
    return forecasts(claims=dossier["claims"], assessments=dossier["assessments"], as_of=as_of)


@cached
def board_shown(dossier: Dossier, *, as_of: dt.date, appearance: str) -> PanelParts:
    """The scoreboard as a figure with what belongs to it."""
    rows = forecasts_on(dossier, as_of=as_of).merge(dossier["claims"], on="claim_id")
    drawn = rows.assign(
        name=[short_name(row.claim_id, row.claim) for row in rows.itertuples()],
        decided=[
            known_from(text) if isinstance(text, str) else None for text in rows["decided_edtf"]
        ],
    )
    labels = dossier.labels("assessment_verdicts")
    figure = forecast_board.forecast_board(
        forecasts=drawn,
        labels=labels,
        start=DOCUMENT_DAY,
        as_of=as_of,
        horizon=horizon(dossier),
        palette=PALETTES[appearance],
    )
    alt = forecast_board.forecast_board_alt(forecasts=drawn, labels=labels, as_of=as_of)
    cited = dossier["assessment_sources"]
    behind = cited[cited["assessment_id"].isin(rows["decision_id"].dropna())]
    return PanelParts(figure, alt, _table(dossier, as_of), tuple(behind["source_id"].unique()))


@cached
def forecast_records(dossier: Dossier, *, as_of: dt.date) -> list[Record]:
    """Each forecast with its hedge, what came of it, when and by what it was decided."""
    summaries = ledger_records(dossier, as_of=as_of)
    return [
        {
            **summaries[row["claim_id"]],
            "verdict": verdict_record(dossier, row["verdict_code"]),
            "decided": in_words(row["decided_edtf"])
            if isinstance(row["decided_edtf"], str)
            else "",
            "why": row["note"],
            "sources": sources_of(dossier, row["decision_id"]),
        }
        for row in forecasts_on(dossier, as_of=as_of).to_dict("records")
    ]


def _table(dossier: Dossier, as_of: dt.date) -> pd.DataFrame:
    rows = [
        {
            "Forecast": row["claim_id"],
            "What the comment expects": row["claim"],
            "Place": row["place"],
            "Certainty": row["hedge"],
            "What came of it": row["verdict"]["label"],
            "Decided": row["decided"] or "open",
            "Why": row["why"],
            "Sources": "; ".join(f"{one['publisher']}, {one['date']}" for one in row["sources"]),
        }
        for row in forecast_records(dossier, as_of=as_of)
    ]
    return pd.DataFrame(rows)


def panels(dossier: Dossier, view: ClaimsView, appearance: str) -> tuple[Panel, ...]:
    """The ladder of pledges and the scoreboard of forecasts."""
    ladder = ladder_shown(dossier, as_of=view.as_of, appearance=appearance)
    board = board_shown(dossier, as_of=view.as_of, appearance=appearance)
    return (
        panel_of(ladder, key=pledge_ladder.KEY, caption=LADDER_CAPTION),
        panel_of(board, key=forecast_board.KEY, caption=BOARD_CAPTION),
    )
