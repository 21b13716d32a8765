"""The score: every claim one brick, in a row of its verdict or of how certain the author sounds."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.claims.ledger import list_claims, list_verdicts
from entente.content import BarChart, BarRow, Height, Panel
from entente.dates import first_day, in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.statements import say_place
from entente.style.palette import NO_VERDICT, PALETTES, VERDICT_SYMBOLS, Palette, verdict_record
from entente.style.theme import REGULAR, blank_figure, empty_figure, escape, wrap_text

KEY = "verdict-score"
HEIGHT = Height(rem=17, phone="15.5rem")
UNJUDGED = NO_VERDICT["code"]
BRICK, GAP = 0.86, 0.64  # width of a brick and height of a row, as shares of their places
FEWEST_COLUMNS, FEWEST_ROWS = 20, 6
ROOM_FOR_COUNT = 0.12  # of the longest row, so that its count fits on a phone
VERDICT_CAPTION = (
    "One brick a claim: choose one to read it. A verdict judges the claim as the comment puts it, "
    "and belongs to the day shown."
)
CERTAINTY_CAPTION = (
    "One brick a claim: choose one to read it. How certain the author sounds, in rows."
)


def score_panel(dossier: Dossier, *, lens: str, as_of: dt.date, appearance: str) -> Panel:
    """Every claim as one brick: by verdict, or through the document's lens by certainty."""
    if lens == "document":
        return _certainty_panel(dossier, appearance=appearance)
    return _verdict_panel(dossier, as_of=as_of, appearance=appearance)


@cached
def _certainty_panel(dossier: Dossier, *, appearance: str) -> Panel:
    palette, words = PALETTES[appearance], dossier.labels("hedges")
    claims = dossier["claims"].assign(code=dossier["claims"]["hedge_code"])
    hues = dict.fromkeys(words, palette.accent)
    return Panel(
        key=KEY,
        figure=draw_score(claims=claims, words=words, hues=hues, palette=palette),
        alt=describe_certainty(claims=claims, labels=words),
        table=_tabulate_certainty(dossier),
        caption=CERTAINTY_CAPTION,
        source_ids=(),
        height=HEIGHT,
        editable=count_bricks(claims=claims, words=words, hues=hues),
    )


@cached
def _verdict_panel(dossier: Dossier, *, as_of: dt.date, appearance: str) -> Panel:
    palette, labels = PALETTES[appearance], dossier.labels("assessment_verdicts")
    verdicts = list_verdicts(dossier, as_of=as_of)
    claims, words = judge_claims(dossier["claims"], verdicts), name_verdicts(labels)
    hues = {code: palette.verdicts.get(code, palette.rule) for code in words}
    behind = verdicts[["assessment_id"]].merge(dossier["assessment_sources"], on="assessment_id")
    return Panel(
        key=KEY,
        figure=draw_score(claims=claims, words=words, hues=hues, palette=palette),
        alt=describe_verdicts(claims=claims, labels=labels),
        table=_tabulate_verdicts(dossier, as_of=as_of),
        caption=VERDICT_CAPTION,
        source_ids=tuple(behind["source_id"].unique()),
        height=HEIGHT,
        editable=count_bricks(claims=claims, words=words, hues=hues),
    )


def judge_claims(claims: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """The claims with their verdict as `code`; `UNJUDGED` for those without one."""
    codes = claims["claim_id"].map(verdicts.set_index("claim_id")["verdict_code"])
    return claims.assign(code=codes.astype(object).fillna(UNJUDGED))


def name_verdicts(labels: Mapping[str, str]) -> dict[str, str]:
    """Code to word and symbol of each verdict, and of the lack of one."""
    words = {code: f"{word} {VERDICT_SYMBOLS[code][1]}" for code, word in labels.items()}
    return {**words, UNJUDGED: f"{NO_VERDICT['label']} {NO_VERDICT['symbol']}"}


def draw_score(
    *,
    claims: pd.DataFrame,
    words: Mapping[str, str],
    hues: Mapping[str, str],
    palette: Palette,
) -> go.Figure:
    """One brick a claim, stacked from the left by code; the count stands at the end of the row.

    Args:
        claims: All claims: `claim_id`, `claim`, `code`.
        words: Code to the name of its row, from the top; a code that no claim has gets no row.
        hues: Code to the colour of its bricks.
        palette: The appearance to draw in.

    Returns:
        A figure whose bricks carry `["claim", claim_id, claim_id]` as `customdata`.
    """
    if claims.empty:
        return empty_figure(palette, key=KEY, text="No claim to count.")
    figure = blank_figure(palette, key=KEY)
    rows = dict(list(claims.sort_values("claim_id", kind="stable").groupby("code")))
    shown = [code for code in words if code in rows][::-1]
    for level, code in enumerate(shown):
        figure.add_trace(_draw_bricks(rows[code], level, hue=hues[code]))
        figure.add_annotation(
            x=len(rows[code]),
            y=level,
            text=f"<b>{len(rows[code])}</b>",
            xanchor="left",
            showarrow=False,
            font={"size": REGULAR + 1, "color": palette.ink},
        )
    longest = max(FEWEST_COLUMNS, *map(len, rows.values()))
    figure.update_xaxes(range=[0, longest * (1 + ROOM_FOR_COUNT)], visible=False, fixedrange=True)
    figure.update_yaxes(
        tickvals=list(range(len(shown))),
        ticktext=[f"{escape(words[code])} " for code in shown],
        range=[len(shown) - max(FEWEST_ROWS, len(shown)) - 0.5, len(shown) - 0.5],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
    figure.update_layout(barmode="overlay", dragmode=False, hovermode="closest")
    return figure


def count_bricks(
    *, claims: pd.DataFrame, words: Mapping[str, str], hues: Mapping[str, str]
) -> BarChart:
    """What :func:`draw_score` shows as bars that other programs can draw."""
    counts = claims["code"].value_counts()
    return BarChart(
        rows=tuple(
            BarRow(name=word, value=float(counts[code]), text=str(counts[code]), colour=hues[code])
            for code, word in words.items()
            if code in counts
        )
    )


def describe_verdicts(*, claims: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """What the score of verdicts shows, in a sentence: the number of claims, most first."""
    words, counts = {**labels, UNJUDGED: NO_VERDICT["label"]}, claims["code"].value_counts()
    if counts.empty:
        return "Score of verdicts: no claim to count."
    shown = sorted((code for code in words if code in counts), key=lambda code: -counts[code])
    parts = ", ".join(f"{words[code].lower()} {counts[code]}" for code in shown)
    return f"Score of verdicts on {len(claims)} claims, one brick a claim: {parts}."


def describe_certainty(*, claims: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """What the score of certainty shows, in a sentence."""
    counts = claims["code"].value_counts()
    if counts.empty:
        return "Score of certainty: no claim to count."
    parts = [f"{word.lower()} {counts[code]}" for code, word in labels.items() if code in counts]
    return f"How certain the author sounds in {len(claims)} claims: {', '.join(parts)}."


def _draw_bricks(bricks: pd.DataFrame, level: int, *, hue: str) -> go.Bar:
    count = len(bricks)
    return go.Bar(
        orientation="h",
        base=[place + (1 - BRICK) / 2 for place in range(count)],
        x=[BRICK] * count,
        y=[level] * count,
        width=GAP,
        marker={"color": hue, "line": {"width": 0}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[["claim", claim_id, claim_id] for claim_id in bricks["claim_id"]],
        hovertext=[
            f"<b>{escape(row.claim_id)}</b><br>{wrap_text(row.claim)}"
            for row in bricks.itertuples()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _tabulate_verdicts(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    rows = list_claims(dossier, as_of=as_of)
    labels = dossier.labels("assessment_verdicts")
    return pd.DataFrame(
        {
            "Claim": rows["claim_id"],
            "Verdict": rows["verdict_code"].map(labels).fillna(NO_VERDICT["label"]),
            "Since": _say_dates(rows["since_edtf"]),
            "What the comment says": rows["claim"],
            "Why": rows["since_note"].fillna(""),
            "Last assessment": _say_dates(rows["from_edtf"]),
        }
    )


def _say_dates(dates: pd.Series) -> list[str]:
    return [in_words(text) if isinstance(text, str) else "" for text in dates]


def _tabulate_certainty(dossier: Dossier) -> pd.DataFrame:
    rows = dossier["claims"]
    return pd.DataFrame(
        {
            "Claim": rows["claim_id"],
            "Place": [say_place(row) for row in rows.to_dict("records")],
            "What the comment says": rows["claim"],
            "Kind": rows["kind_code"].map(dossier.labels("claim_kinds")),
            "Certainty": rows["hedge_code"].map(dossier.labels("hedges")),
            "The author’s words": rows["hedge_words"].fillna(""),
        }
    )


@cached
def count_verdicts_by_kind(dossier: Dossier, *, as_of: dt.date) -> dict[str, Any]:
    """Verdicts by kind of claim, for the template `claim_kinds`."""
    claims, kinds = dossier["claims"], dossier.labels("claim_kinds")
    verdicts = list_verdicts(dossier, as_of=as_of).set_index("claim_id")["verdict_code"]
    table = pd.crosstab(claims["kind_code"], claims["claim_id"].map(verdicts))
    codes = dossier.labels("assessment_verdicts")
    table = table.reindex(index=list(kinds), columns=list(codes), fill_value=0).astype(int)
    shown = table.loc[:, table.any()]
    return {
        "verdicts": [verdict_record(dossier, code) for code in shown],
        "rows": _list_rows(shown, kinds),
        "headline": _find_best_kind(table, kinds),
        "begin": in_words(min(dossier["assessments"]["from_edtf"], key=first_day)),
    }


@cached
def count_certainty_by_kind(dossier: Dossier) -> dict[str, Any]:
    """How certain the author sounds by kind of claim, for the template `claim_certainty`."""
    claims, kinds = dossier["claims"], dossier.labels("claim_kinds")
    labels = dossier.labels("hedges")
    table = pd.crosstab(claims["kind_code"], claims["hedge_code"])
    table = table.reindex(index=list(kinds), columns=list(labels), fill_value=0)
    return {
        "labels": list(labels.values()),
        "rows": _list_rows(table, kinds),
        "headline": f"{table['asserted'].sum()} of {len(claims)} claims are stated flatly, "
        "without a hedge",
    }


def _list_rows(table: pd.DataFrame, kinds: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"label": kinds[str(kind)], "counts": row.tolist(), "total": int(row.sum())}
        for kind, row in table.iterrows()
    ]


def _find_best_kind(table: pd.DataFrame, kinds: Mapping[str, str]) -> str:
    """Which kind of claim is borne out most often, in a sentence; empty when none is."""
    totals, supported = table.sum(axis=1), table["supported"]
    if not supported.any():
        return ""
    best = (supported / totals.where(totals > 0)).idxmax()
    return f"{kinds[str(best)]} is borne out best: {supported[best]} of {totals[best]} supported"
