"""The score as one bar: a piece for each verdict, as long as the number of claims that have it."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from entente.claims.ledger import (
    UNJUDGED,
    count_verdicts,
    list_judged,
    say_each_verdict,
    say_trivial,
)
from entente.claims.score import list_verdict_sources
from entente.content import BarChart, BarRow, Height, LegendEntry, Panel, PanelParts, make_panel
from entente.dates import day_in_words
from entente.dossier.store import Dossier, cached
from entente.style.palette import NO_VERDICT, PALETTES, VERDICT_SYMBOLS, Palette, find_ink_on
from entente.style.theme import blank_figure, empty_figure, escape, identity

KEY = "outcomes"
CAPTION = "Each piece is a verdict, as long as the number of claims or sentences that have it."
HEIGHT = Height(rem=3.2)
NUMBER = 15
LETTER, DIGIT = 7.2, 9.0  # pixels
USUAL_WIDTH, LEAST_WIDTH = 1140, 320  # of the bar, in pixels: on a desk, and on a phone
# What only a desk has room for; the style sheet leaves it out in narrower windows.
ON_A_DESK = "<span style='display:var(--on-a-desk, inline)'>{}</span>"
GAP, MOST_GAP_SHARE = 0.25, 0.01  # between pieces, in claims, and as a share of the bar


def outcomes_panel(dossier: Dossier, *, as_of: dt.date, count: str, appearance: str) -> Panel:
    """The verdicts of a day as one stacked bar.

    Args:
        dossier: The dataset.
        as_of: The day whose verdicts count.
        count: What is counted: `claims` or `sentences`; trivial ones are left out.
        appearance: Name of the palette.
    """
    parts = _make_outcomes(dossier, as_of=as_of, count=count, appearance=appearance)
    return make_panel(
        parts,
        key=KEY,
        caption="",
        heading=_say_heading(dossier, as_of=as_of, count=count),
        height=HEIGHT,
    )


@cached
def _make_outcomes(dossier: Dossier, *, as_of: dt.date, count: str, appearance: str) -> PanelParts:
    palette = PALETTES[appearance]
    judged = list_judged(dossier, as_of=as_of, count=count)
    counts = count_outcomes(dossier, judged)
    alt = f"One bar of {say_each_verdict(judged, count=count)}."
    return PanelParts(
        draw_outcomes(counts, palette=palette),
        f"{alt} {say_trivial(judged, count=count, noun=dossier.document.noun)}".rstrip(),
        pd.DataFrame({"Verdict": counts["label"], count.capitalize(): counts["count"]}),
        list_verdict_sources(dossier, as_of=as_of),
        tuple(_list_legend(counts, palette)),
        BarChart(
            rows=tuple(
                BarRow(
                    name=row.label,
                    value=float(row.count),
                    text=str(row.count),
                    colour=palette.verdict(row.code),
                )
                for row in counts.itertuples(name="Outcome")
            )
        ),
    )


def count_outcomes(dossier: Dossier, judged: pd.DataFrame) -> pd.DataFrame:
    """Verdicts that something has, in the order of their code table, without what is trivial.

    Args:
        dossier: For the names of verdicts.
        judged: What :func:`entente.claims.ledger.list_judged` returns.

    Returns:
        `code`, `label`, `count`, and `claim_ids`, sorted and joined by blanks.
    """
    labels = {**dossier.labels("assessment_verdicts"), UNJUDGED: NO_VERDICT["label"]}
    counted = judged[~judged["is_trivial"]]
    rows = counted.groupby("code", as_index=False).agg(
        count=("code", "size"), claim_ids=("claim_ids", lambda ids: " ".join(sorted(ids)))
    )
    order = {code: place for place, code in enumerate(labels)}
    rows = rows.sort_values("code", key=lambda codes: codes.map(order)).reset_index(drop=True)
    return rows.assign(label=rows["code"].map(labels))


def draw_outcomes(counts: pd.DataFrame, *, palette: Palette) -> go.Figure:
    """One bar, a piece a verdict, each with its number and, where it fits, its name.

    Args:
        counts: What :func:`count_outcomes` returns.
        palette: The appearance to draw in.

    Returns:
        A figure whose pieces carry the ids of their claims.
    """
    if counts.empty:
        return empty_figure(palette, key=KEY, text="No claim to count.")
    figure = blank_figure(palette, key=KEY)
    total = float(counts["count"].sum())
    start, gap = 0.0, min(GAP, MOST_GAP_SHARE * total)
    for row in counts.itertuples(name="Outcome"):
        hue = palette.verdict(row.code)
        figure.add_trace(
            go.Bar(
                orientation="h",
                base=[start],
                x=[row.count - gap],
                y=[0],
                width=1,
                marker={"color": hue, "line": {"width": 0}},
                hovertext=[f"<b>{escape(row.label)}</b><br>{row.count}"],
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=[identity("claim", row.claim_ids)],
            )
        )
        figure.add_annotation(
            x=start,
            y=0,
            xanchor="left",
            align="left",
            showarrow=False,
            borderpad=0,
            text=_say_piece(row.count, row.label, share=row.count / total),
            font={"color": find_ink_on(hue, palette), "size": NUMBER},
        )
        start += row.count
    figure.update_xaxes(range=[0, start], visible=False, fixedrange=True)
    figure.update_yaxes(range=[-0.5, 0.5], visible=False, fixedrange=True)
    figure.update_layout(barmode="overlay")
    return figure


def _say_piece(count: int, label: str, *, share: float) -> str:
    """Number and name, as far as a piece has room for them on a phone and on a desk."""
    number, needed = f"<b>{count}</b>", DIGIT * (len(str(count)) + 1)
    if needed > share * LEAST_WIDTH:
        return ON_A_DESK.format(number) if needed <= share * USUAL_WIDTH + DIGIT else ""
    has_room = LETTER * (len(label) + 4) < share * USUAL_WIDTH
    return f"&nbsp;{number}{ON_A_DESK.format(f' {escape(label.lower())}') if has_room else ''}"


def _list_legend(counts: pd.DataFrame, palette: Palette) -> list[LegendEntry]:
    return [
        LegendEntry(
            text=f"{row.count} {row.label.lower()} {find_symbol(row.code)}",
            colour=palette.verdict(row.code),
            symbol="square",
            fill=palette.verdict(row.code),
        )
        for row in counts.itertuples(name="Outcome")
    ]


def _say_heading(dossier: Dossier, *, as_of: dt.date, count: str) -> str:
    total = sum(count_verdicts(list_judged(dossier, as_of=as_of, count=count)).values())
    said = f"The {count.removesuffix('s')}" if total == 1 else f"All {total} {count}"
    return f"{said} by verdict, {day_in_words(as_of)}"


def find_symbol(code: str) -> str:
    """The sign of a verdict, as a character."""
    return VERDICT_SYMBOLS[code][1] if code in VERDICT_SYMBOLS else str(NO_VERDICT["symbol"])
