"""The score of verdicts: every claim one brick, in a row of its verdict."""

from collections.abc import Iterable, Mapping

import pandas as pd
import plotly.graph_objects as go

from entente.content import BarChart, BarRow
from entente.style.palette import VERDICT_SYMBOLS, Palette
from entente.style.theme import REGULAR, blank_figure, empty_figure, literal, wrapped

KEY = "verdict-score"
UNJUDGED, UNJUDGED_LABEL = "unjudged", "No verdict yet"
BRICK, GAP = 0.86, 0.64  # width of a brick and height of a row, as shares of their places
FEWEST_COLUMNS, FEWEST_ROWS = 20, 6
ROOM_FOR_COUNT = 0.12  # of the longest row, so that its count fits on a phone


def draw_verdicts(
    *, palette: Palette, verdicts: pd.DataFrame, claims: pd.DataFrame, labels: Mapping[str, str]
) -> go.Figure:
    """One brick a claim, stacked from the left by verdict; the count stands at the end of the row.

    Args:
        palette: The appearance to draw in.
        verdicts: One row per judged claim: `claim_id`, `verdict_code`.
        claims: All claims: `claim_id`, `claim`. Those without a verdict get a row of their own.
        labels: Verdict code to word, in the order of the rows.

    Returns:
        A figure whose bricks carry `["claim", claim_id, claim_id]` as `customdata`.
    """
    if claims.empty:
        return empty_figure(palette, key=KEY, text="No claim to count.")
    words = _verdict_words(labels)
    return _stacked(rows_of(verdicts, claims), words, _verdict_hues(words, palette), palette)


def verdict_score_bars(
    *, palette: Palette, verdicts: pd.DataFrame, claims: pd.DataFrame, labels: Mapping[str, str]
) -> BarChart:
    """What :func:`draw_verdicts` shows as bars that other programs can draw."""
    words = _verdict_words(labels)
    return _bars(rows_of(verdicts, claims), words, _verdict_hues(words, palette))


def draw_certainty(
    *, palette: Palette, claims: pd.DataFrame, labels: Mapping[str, str]
) -> go.Figure:
    """One brick a claim, stacked from the left by how certain the author sounds.

    Args:
        palette: The appearance to draw in.
        claims: All claims: `claim_id`, `claim`, `hedge_code`.
        labels: Hedge code to word, in the order of the rows.

    Returns:
        A figure whose bricks carry `["claim", claim_id, claim_id]` as `customdata`.
    """
    if claims.empty:
        return empty_figure(palette, key=KEY, text="No claim to count.")
    hedged = claims.rename(columns={"hedge_code": "verdict_code"})
    hues = dict.fromkeys(labels, palette.accent)
    return _stacked(rows_of(hedged, claims), labels, hues, palette)


def certainty_score_bars(
    *, palette: Palette, claims: pd.DataFrame, labels: Mapping[str, str]
) -> BarChart:
    """What :func:`draw_certainty` shows as bars that other programs can draw."""
    hedged = claims.rename(columns={"hedge_code": "verdict_code"})
    return _bars(rows_of(hedged, claims), labels, dict.fromkeys(labels, palette.accent))


def describe_certainty(*, claims: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """What :func:`draw_certainty` shows, in a sentence."""
    counts = claims["hedge_code"].value_counts()
    if counts.empty:
        return "Score of certainty: no claim to count."
    parts = [f"{labels[code].lower()} {counts[code]}" for code in labels if code in counts]
    return f"How certain the author sounds in {len(claims)} claims: {', '.join(parts)}."


def _stacked(
    rows: pd.DataFrame, words: Mapping[str, str], hues: Mapping[str, str], palette: Palette
) -> go.Figure:
    """Bricks in rows, the first of `words` at the top."""
    shown = [code for code in words if code in set(rows["verdict_code"])]
    figure = blank_figure(palette, key=KEY)
    for level, code in enumerate(reversed(shown)):
        bricks = rows[rows["verdict_code"] == code]
        figure.add_trace(_bricks(bricks, level, hue=hues[code]))
        figure.add_annotation(_count(bricks, level, palette))
    _lay_out(figure, [f"{literal(words[code])} " for code in reversed(shown)], rows)
    return figure


def _bars(rows: pd.DataFrame, words: Mapping[str, str], hues: Mapping[str, str]) -> BarChart:
    """The number of bricks of each row as the length of a bar, the first of `words` at the top."""
    counts = rows["verdict_code"].value_counts()
    return BarChart(
        rows=tuple(
            BarRow(name=word, value=float(counts[code]), text=str(counts[code]), colour=hues[code])
            for code, word in words.items()
            if code in counts
        )
    )


def describe_verdicts(
    *, verdicts: pd.DataFrame, claims: pd.DataFrame, labels: Mapping[str, str]
) -> str:
    """What the score shows, in a sentence: the number of claims by verdict, most first."""
    words = {**labels, UNJUDGED: UNJUDGED_LABEL}
    counts = rows_of(verdicts, claims)["verdict_code"].value_counts()
    if counts.empty:
        return "Score of verdicts: no claim to count."
    parts = [f"{words[code].lower()} {counts[code]}" for code in words if code in counts]
    parts.sort(key=lambda part: -int(part.split()[-1]))
    return f"Score of verdicts on {len(claims)} claims, one brick a claim: {', '.join(parts)}."


def rows_of(verdicts: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """All claims by id with their verdict, and their place in the row of it, from 0."""
    joined = claims[["claim_id", "claim"]].merge(
        verdicts[["claim_id", "verdict_code"]], on="claim_id", how="left"
    )
    judged = joined.fillna({"verdict_code": UNJUDGED}).sort_values("claim_id", kind="stable")
    return judged.assign(place=judged.groupby("verdict_code").cumcount())


def _bricks(bricks: pd.DataFrame, level: int, *, hue: str) -> go.Bar:
    count = len(bricks)
    return go.Bar(
        orientation="h",
        base=(bricks["place"] + (1 - BRICK) / 2).tolist(),
        x=[BRICK] * count,
        y=[level] * count,
        width=GAP,
        marker={"color": hue, "line": {"width": 0}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[["claim", claim_id, claim_id] for claim_id in bricks["claim_id"]],
        hovertext=[
            f"<b>{literal(row.claim_id)}</b><br>{wrapped(row.claim)}" for row in bricks.itertuples()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _count(bricks: pd.DataFrame, level: int, palette: Palette) -> dict[str, object]:
    return {
        "x": len(bricks),
        "y": level,
        "text": f"<b>{len(bricks)}</b>",
        "xanchor": "left",
        "showarrow": False,
        "font": {"size": REGULAR + 1, "color": palette.ink},
    }


def _verdict_words(labels: Mapping[str, str]) -> dict[str, str]:
    """Code to word and symbol of each verdict, and of what has none."""
    return {
        code: f"{word} {VERDICT_SYMBOLS[code][1] if code in VERDICT_SYMBOLS else '–'}"
        for code, word in {**labels, UNJUDGED: UNJUDGED_LABEL}.items()
    }


def _verdict_hues(codes: Iterable[str], palette: Palette) -> dict[str, str]:
    return {code: palette.verdicts.get(code, palette.rule) for code in codes}


def _lay_out(figure: go.Figure, row_labels: list[str], rows: pd.DataFrame) -> None:
    longest = max(FEWEST_COLUMNS, int(rows["place"].max()) + 1)
    figure.update_xaxes(range=[0, longest * (1 + ROOM_FOR_COUNT)], visible=False, fixedrange=True)
    figure.update_yaxes(
        tickvals=list(range(len(row_labels))),
        ticktext=row_labels,
        range=[len(row_labels) - max(FEWEST_ROWS, len(row_labels)) - 0.5, len(row_labels) - 0.5],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
    figure.update_layout(barmode="overlay", dragmode=False, hovermode="closest")
