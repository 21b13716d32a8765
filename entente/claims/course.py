"""The course of a claim: its verdicts in turn, as pieces of one bar."""

import datetime as dt
from itertools import pairwise
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.content import FITS_WINDOW, Height, Panel
from entente.dates import day_in_words, in_words, known_from
from entente.dossier.store import Dossier, cached
from entente.style.palette import PALETTES, SERIF, VERDICT_SYMBOLS, Palette
from entente.style.theme import REGULAR, blank_figure, escape, identity

KEY = "verdict-course"
MOST = 3  # verdicts that have room for their reasons
LEAST_SHARE = 0.3  # of the width, for one of several
WIDTH = 1100.0  # pixels for which lines are broken
LETTER = 0.48  # mean width of a letter, as a share of the size of its type
LARGE_TYPE, CLAIM_TYPE = 32, 25
SIZES, MOST_LINES = (26, 23, 20), (6, 7)  # of reasons, and how many lines fit at the first two
BAR, THICKNESS = 0.64, 0.17  # where the bar lies and how thick it is, as shares of the height
STRIP = "verdict-strip"
STRIP_HEIGHT = Height(rem=5.6)
STRIP_BAR, STRIP_THICKNESS = 0.5, 0.2


def course_panel(
    dossier: Dossier, *, claim_id: str, as_of: dt.date, appearance: str, is_strip: bool = False
) -> Panel | None:
    """The verdicts on a claim in turn; None where it had none by the day.

    Args:
        dossier: The dataset.
        claim_id: The claim.
        as_of: The day of the view.
        appearance: Name of the palette.
        is_strip: Whether verdicts and days are all that is written: beside the claim in full.
    """
    spans = list_spans(dossier, claim_id=claim_id, as_of=as_of)
    if spans.empty:
        return None
    claim = str(dossier["claims"].set_index("claim_id").at[claim_id, "claim"])
    author = dossier.document.short_name
    said = "; ".join(f"{row.label.lower()} from {row.since}" for row in spans.itertuples())
    palette = PALETTES[appearance]
    table = spans[["since", "label", "note"]].set_axis(["From", "Verdict", "Why"], axis=1)
    table.attrs["caption"] = quote = f"{author} says: {claim}"
    return Panel(
        key=STRIP if is_strip else KEY,
        figure=draw_strip(spans, as_of=as_of, palette=palette)
        if is_strip
        else draw_course(spans, claim=quote, palette=palette),
        alt=f"Verdicts on claim {claim_id} in turn: {said}.",
        table=table,
        caption="Each piece of the bar is a verdict, from its day to the next.",
        source_ids=dossier.cite("assessment_sources", "assessment_id", spans["assessment_id"]),
        height=STRIP_HEIGHT if is_strip else FITS_WINDOW,
        room_scale=1,
        phone_table=table,
        is_wide=True,
    )


@cached
def list_spans(dossier: Dossier, *, claim_id: str, as_of: dt.date) -> pd.DataFrame:
    """The verdicts on a claim by a day, the last few, each once where it was confirmed.

    Returns:
        `assessment_id`, `claim_id`, `code`, `label`, `since` in words, `note`, and `share`, how
        much of the width each has: by time, though none of several less than a fixed share.
    """
    rows = dossier["assessments"]
    rows = rows[rows["claim_id"] == claim_id].assign(
        day=lambda own: own["from_edtf"].map(known_from)
    )
    rows = rows[rows["day"] <= as_of].sort_values(["day", "assessment_id"])
    rows = rows[rows["verdict_code"] != rows["verdict_code"].shift()].tail(MOST)
    days = [*rows["day"], as_of]
    lengths = pd.Series(
        [max((end - start).days, 1) for start, end in pairwise(days)],
        index=rows.index,
        dtype="float64",
    )
    share = (lengths / lengths.sum()).clip(lower=LEAST_SHARE)
    return pd.DataFrame(
        {
            "assessment_id": rows["assessment_id"],
            "claim_id": rows["claim_id"],
            "code": rows["verdict_code"],
            "label": rows["verdict_code"].map(dossier.labels("assessment_verdicts")),
            "since": rows["from_edtf"].map(in_words),
            "note": rows["note"],
            "share": share / share.sum(),
        }
    ).reset_index(drop=True)


def draw_course(spans: pd.DataFrame, *, claim: str, palette: Palette) -> go.Figure:
    """One bar of verdicts, the claim above it, days and reasons below.

    Args:
        spans: What :func:`list_spans` returns, not empty.
        claim: Who claims what, as a sentence.
        palette: The appearance to draw in.
    """
    figure = blank_figure(palette, key=KEY)
    size, reasons = _break_reasons(spans)
    start = 0.0
    for row, lines in zip(spans.to_dict("records"), reasons, strict=True):
        hue = palette.verdict(row["code"])
        figure.add_trace(_draw_piece(row, start, hue, y=BAR, width=THICKNESS))
        reason = "<br>".join(escape(line) for line in lines)
        _write(
            figure, start, BAR + 0.6 * THICKNESS, _name_verdict(row), size=LARGE_TYPE, colour=hue
        )
        _write(
            figure,
            start,
            BAR - 0.6 * THICKNESS,
            f"<b>From {escape(row['since'])}</b><br>{reason}",
            size=size,
            colour=palette.ink,
        )
        start += row["share"]
    said = "<br>".join(escape(line) for line in wrap(claim, int(WIDTH / LETTER / CLAIM_TYPE)))
    _write(figure, 0, 1, said, size=CLAIM_TYPE, colour=palette.ink, family=SERIF, yanchor="top")
    return _finish(figure)


def _break_reasons(spans: pd.DataFrame) -> tuple[int, list[list[str]]]:
    """The largest type in which all reasons fit below the bar, and their lines in it."""
    for size, most in zip(SIZES, (*MOST_LINES, None), strict=True):
        lines = [
            wrap(str(note), int(WIDTH * share / LETTER / size))
            for note, share in zip(spans["note"], spans["share"], strict=True)
        ]
        if most is None or max(map(len, lines)) <= most:
            break
    return size, lines


def draw_strip(spans: pd.DataFrame, *, as_of: dt.date, palette: Palette) -> go.Figure:
    """One bar of verdicts, their names above it, their first days and the day shown below.

    Args:
        spans: What :func:`list_spans` returns, not empty.
        as_of: The day of the view.
        palette: The appearance to draw in.
    """
    figure = blank_figure(palette, key=STRIP)
    start, above, below = 0.0, STRIP_BAR + 0.7 * STRIP_THICKNESS, STRIP_BAR - 0.7 * STRIP_THICKNESS
    for row in spans.to_dict("records"):
        hue = palette.verdict(row["code"])
        figure.add_trace(_draw_piece(row, start, hue, y=STRIP_BAR, width=STRIP_THICKNESS))
        strip: dict[str, Any] = {"size": REGULAR, "middle": STRIP_BAR}
        _write(figure, start, above, _name_verdict(row), colour=hue, **strip)
        _write(figure, start, below, escape(row["since"]), colour=palette.muted, **strip)
        start += row["share"]
    day = day_in_words(as_of)
    _write(figure, 1, below, day, size=REGULAR, colour=palette.muted, middle=STRIP_BAR, x_end=True)
    return _finish(figure)


def _draw_piece(row: dict[str, Any], start: float, hue: str, *, y: float, width: float) -> go.Bar:
    return go.Bar(
        orientation="h",
        base=[start],
        x=[row["share"] - 0.006],
        y=[y],
        width=width,
        marker={"color": hue, "line": {"width": 0}},
        customdata=[identity("claim", row["claim_id"])],
        hovertext=[f"<b>{escape(row['label'])}</b><br>{escape(row['since'])}"],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _name_verdict(row: dict[str, Any]) -> str:
    sign = VERDICT_SYMBOLS[row["code"]][1] if row["code"] in VERDICT_SYMBOLS else ""
    return f"<b>{sign} {escape(row['label'])}</b>"


def _finish(figure: go.Figure) -> go.Figure:
    figure.update_xaxes(range=[0, 1], visible=False, fixedrange=True)
    figure.update_yaxes(range=[0, 1], visible=False, fixedrange=True)
    return figure.update_layout(barmode="overlay")


def _write(figure: go.Figure, x: float, y: float, text: str, **look: Any) -> None:
    is_above = y > look.get("middle", BAR)
    figure.add_annotation(
        x=x,
        y=y,
        text=text,
        showarrow=False,
        align="left",
        xanchor="right" if look.get("x_end") else "left",
        yanchor=look.get("yanchor", "bottom" if is_above else "top"),
        borderpad=0,
        font={
            "size": look["size"],
            "color": look["colour"],
            **({"family": look["family"]} if "family" in look else {}),
        },
    )
