"""The scoreboard of forecasts: what came of each by a day, and when and by what it was decided."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.claims.ledger import describe_claims
from entente.claims.sources import list_cited
from entente.content import Panel, height_by_rows
from entente.dates import SHORT_MONTHS, are_known, day_in_words, in_words, known_from
from entente.dossier.store import Dossier, cached
from entente.record.evidence import sort_assessments
from entente.style.palette import PALETTES, VERDICT_SYMBOLS, Palette, verdict_record
from entente.style.theme import (
    REGULAR,
    SMALL,
    blank_figure,
    count_noun,
    empty_figure,
    escape,
    scaffold_name,
    wrap_text,
)

Record = dict[str, Any]

FORECAST, OPEN = "forecast", "open"
# What each verdict means for a forecast, in the order of a summary.
OUTCOMES = {
    "supported": "came true",
    "partly-supported": "came true in part",
    "contested": "contested",
    "contradicted": "contradicted",
    "overtaken": "did not happen",
    "unverifiable": "cannot be tested",
    "open": "open",
}
# What a headline tells beside those that came true; the chart has the rest.
TOLD = ("partly-supported", "contradicted", "overtaken", OPEN)
KEY = "forecast-board"
NOTHING = "No forecast had been made by this day."
CAPTION = (
    "A line runs from the day of the {noun} to the first assessment that decided the forecast; "
    "dots and a hollow arrow mean that it is undecided. Select a mark to read the claim."
)
TURN = 0.45  # beyond this share of the width, the verdict stands to the left of its mark
LEVEL = 0.18  # of a row, from its middle down to the line; the name stands above it


def judge_forecasts(tables: Mapping[str, pd.DataFrame], *, as_of: dt.date) -> pd.DataFrame:
    """The forecasts of the document as they stood on a day.

    A forecast is open until something decides it: its first assessment with another verdict. What
    begins after `as_of` is not looked at.

    Args:
        tables: `claims` and `assessments`.
        as_of: The day whose knowledge counts.

    Returns:
        One row per forecast that had been assessed by then, in the order of the claims:
        `claim_id`, `claim`, the `verdict_code` of the day; and of the decision `decision_id`,
        `decided_edtf` and `decided` (the day from which it counts), all missing while the forecast
        is open; and the `note` on the decision, or on the last assessment.
    """
    claims, assessments = tables["claims"], tables["assessments"]
    known = sort_assessments(assessments[are_known(assessments["from_edtf"], as_of)])
    last = known.drop_duplicates("claim_id", keep="last").set_index("claim_id")
    first = known[known["verdict_code"] != OPEN].drop_duplicates("claim_id").set_index("claim_id")
    is_made = (claims["kind_code"] == FORECAST) & claims["claim_id"].isin(last.index)
    rows = claims.loc[is_made, ["claim_id", "claim"]].reset_index(drop=True)
    ids = rows["claim_id"]
    decided = ids.map(first["from_edtf"])
    return rows.assign(
        verdict_code=ids.map(last["verdict_code"]),
        decision_id=ids.map(first["assessment_id"]),
        decided_edtf=decided,
        decided=[known_from(text) if isinstance(text, str) else None for text in decided],
        note=ids.map(last["note"].to_dict() | first["note"].to_dict()),
    )


@cached
def list_forecasts(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """What :func:`judge_forecasts` returns, with a short `name` of each forecast."""
    rows = judge_forecasts(dossier.tables, as_of=as_of)
    names = dossier.document.forecast_names
    claims = zip(rows["claim_id"], rows["claim"], strict=True)
    return rows.assign(name=[names.get(claim_id, claim) for claim_id, claim in claims])


def say_outcomes(rows: pd.DataFrame, *, day: str) -> str:
    """The scoreboard in a sentence.

    Args:
        rows: What :func:`judge_forecasts` returns.
        day: The day, in words.
    """
    if rows.empty:
        return f"No forecast had been made by {day}"
    counts = rows["verdict_code"].value_counts()
    forecasts = count_noun(len(rows), "forecast")
    head = f"Of {forecasts}, {counts.get('supported', 'none')} had come true by {day}"
    parts = [f"{counts[code]} {OUTCOMES[code]}" for code in TOLD if code in counts]
    return f"{head}; {', '.join(parts)}" if parts else head


@cached
def describe_forecasts(dossier: Dossier, *, as_of: dt.date) -> list[Record]:
    """Each forecast with its hedge, what came of it, when and by what it was decided."""
    summaries = describe_claims(dossier, as_of=as_of)
    return [
        {
            **summaries[row["claim_id"]],
            "verdict": verdict_record(dossier, row["verdict_code"]),
            "decided": "" if row["decided"] is None else in_words(row["decided_edtf"]),
            "why": row["note"],
            "sources": list_cited(dossier, row["decision_id"]),
        }
        for row in list_forecasts(dossier, as_of=as_of).to_dict("records")
    ]


@cached
def board_panel(dossier: Dossier, *, as_of: dt.date, appearance: str) -> Panel:
    """The scoreboard of forecasts."""
    rows, labels = list_forecasts(dossier, as_of=as_of), dossier.labels("assessment_verdicts")
    table = [
        {
            "Forecast": row["claim_id"],
            f"What the {dossier.document.noun} expects": row["claim"],
            "Place": row["place"],
            "Certainty": row["hedge"],
            "Outcome": row["verdict"]["label"],
            "Decided": row["decided"] or "open",
            "Why": row["why"],
            "Sources": "; ".join(f"{one['publisher']}, {one['date']}" for one in row["sources"]),
        }
        for row in describe_forecasts(dossier, as_of=as_of)
    ]
    return Panel(
        key=KEY,
        figure=draw_forecasts(
            forecasts=rows,
            labels=labels,
            start=dossier.document.day,
            as_of=as_of,
            horizon=dossier.horizon,
            palette=PALETTES[appearance],
        ),
        alt=describe_board(forecasts=rows, labels=labels, as_of=as_of),
        table=pd.DataFrame(table),
        caption=CAPTION.format(noun=dossier.document.noun),
        source_ids=dossier.cite("assessment_sources", "assessment_id", rows["decision_id"]),
        height=replace(
            height_by_rows(len(rows), each=2.9, around=2.635),
            screen=f"{2.9 * max(len(rows), 1) + 3.5:.1f}rem",
        ),
    )


def draw_forecasts(
    *,
    forecasts: pd.DataFrame,
    labels: Mapping[str, str],
    start: dt.date,
    as_of: dt.date,
    horizon: dt.date,
    palette: Palette,
) -> go.Figure:
    """A line a forecast, ending in the mark of the verdict that decided it, or in an arrow.

    Args:
        forecasts: One row a forecast: `claim_id`, `claim`, `name`, `verdict_code` and `decided`
            (the day of the decision; missing while open).
        labels: Verdict code to word.
        start: Day of the document.
        as_of: The day up to which open forecasts are drawn; what is later is left blank.
        horizon: Last day of the axis.
        palette: The appearance to draw in.

    Returns:
        A figure whose marks carry `["claim", claim_id, claim_id]` as `customdata`.
    """
    if forecasts.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    figure = blank_figure(palette, key=KEY)
    rows = sort_forecasts(forecasts).to_dict("records")
    days = max(horizon - start, dt.timedelta(days=1))
    for level, row in enumerate(rows):
        end = as_of if pd.isna(row["decided"]) else row["decided"]
        said, is_left = _say_outcome(row, labels), (end - start) / days > TURN
        shared = {
            "y": level + LEVEL,
            "showarrow": False,
            "bgcolor": palette.paper,  # no line of the grid runs through words
            "borderpad": 1,
        }
        figure.add_traces(_draw_forecast(row, level, (start, end), said, palette))
        figure.add_annotation(
            **shared,
            x=start,
            yshift=19,
            xshift=-7,
            text=f"<b>{escape(row['name'])}</b>  {escape(row['claim_id'])}",
            xanchor="left",
            font={"size": REGULAR, "color": palette.ink},
        )
        figure.add_annotation(
            **shared,
            x=end,
            xshift=-12 if is_left else 12,
            text=escape(said),
            xanchor="right" if is_left else "left",
            font={"size": SMALL + 1, "color": palette.ink},
        )
    _lay_out(figure, len(rows), start=start, as_of=as_of, horizon=horizon, palette=palette)
    return figure


def describe_board(*, forecasts: pd.DataFrame, labels: Mapping[str, str], as_of: dt.date) -> str:
    """What :func:`draw_forecasts` shows, in words: each forecast with its verdict and day."""
    if forecasts.empty:
        return f"An empty chart of forecasts: {NOTHING.lower()}"
    parts = [
        f"{row['claim_id']} {_say_outcome(row, labels).lower()}"
        for row in sort_forecasts(forecasts).to_dict("records")
    ]
    return (
        f"{len(parts)} forecasts as of {day_in_words(as_of)}, oldest decision first: "
        f"{'; '.join(parts)}."
    )


def sort_forecasts(forecasts: pd.DataFrame) -> pd.DataFrame:
    """By the day of the decision, open ones last, then by id."""
    return forecasts.sort_values(["decided", "claim_id"], ignore_index=True)


def _say_outcome(row: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    if pd.isna(row["decided"]):
        return labels[OPEN]
    return f"{labels[row['verdict_code']]}, {day_in_words(row['decided'], is_short=True)}"


def _draw_forecast(
    row: Mapping[str, Any], level: int, ends: tuple[dt.date, dt.date], said: str, palette: Palette
) -> tuple[go.Scatter, go.Scatter]:
    """The line of a forecast, and the mark of what decided it."""
    is_open, hue = pd.isna(row["decided"]), palette.verdicts[row["verdict_code"]]
    symbol = "triangle-right-open" if is_open else VERDICT_SYMBOLS[row["verdict_code"]][0]
    mark = ["claim", row["claim_id"], row["claim_id"]]
    line = go.Scatter(
        x=list(ends),
        y=[level + LEVEL] * 2,
        mode="lines",
        line={"color": palette.muted, "width": 2, "dash": "dot" if is_open else "solid"},
        customdata=[mark] * 2,
        hoverinfo="skip",
    )
    end = go.Scatter(
        x=ends[1:],
        y=[level + LEVEL],
        mode="markers",
        marker={
            "symbol": symbol,
            "size": 15,
            "opacity": 1,
            "color": hue,
            "line": {"color": hue, "width": 1.5 if "open" in symbol else 0},
        },
        customdata=[mark],
        hovertext=[f"<b>{escape(row['claim_id'])}</b> {escape(said)}<br>{wrap_text(row['claim'])}"],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )
    return line, end


def _lay_out(
    figure: go.Figure,
    count: int,
    *,
    start: dt.date,
    as_of: dt.date,
    horizon: dt.date,
    palette: Palette,
) -> None:
    # The first two months are left free for a label.
    quarters = pd.date_range(start + dt.timedelta(days=60), horizon, freq="QS").date.tolist()
    margin = (horizon - start) * 0.022
    figure.update_xaxes(
        side="top",
        range=[start - margin, horizon + margin],
        tickvals=[start, *quarters],
        ticktext=[
            f"<b>{start.day} {SHORT_MONTHS[start.month - 1]}</b><br>{start.year}",
            *(
                SHORT_MONTHS[day.month - 1][:3] + (f"<br>{day.year}" if day.month == 1 else "")
                for day in quarters
            ),
        ],
        tickfont={"size": SMALL, "color": palette.muted},
        showgrid=True,
        gridcolor=palette.rule,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(visible=False, range=[count - 0.4, -0.55], fixedrange=True)
    if as_of < horizon:
        _cover_later_days(figure, as_of, horizon + margin, palette)
    figure.update_layout(margin={"l": 16, "r": 16, "t": 38, "b": 4})


def _cover_later_days(figure: go.Figure, as_of: dt.date, end: dt.date, palette: Palette) -> None:
    """What was not yet known is one plain area, said so."""
    figure.add_shape(
        type="rect",
        xref="x",
        yref="paper",
        x0=as_of,
        x1=end,
        y0=0,
        y1=1,
        layer="below",
        line={"width": 0},
        fillcolor=palette.raised,
        name=scaffold_name("days that were not yet known"),
    )
    figure.add_annotation(
        x=end,
        xanchor="right",
        xshift=-6,
        y=0,
        yref="paper",
        yanchor="bottom",
        text="Not yet known",
        showarrow=False,
        font={"size": SMALL + 1, "color": palette.muted},
    )
