"""What the page of data shows: how well it is documented, and the table that a view has chosen.

Claims are counted by the independent origins behind their verdicts; through the document's lens,
which knows no verdicts, by how certain its author sounds.
"""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from entente.address.views import DataView
from entente.content import BarChart, BarRow, Height, Panel, PanelParts, make_panel
from entente.dates import day_in_words
from entente.dossier.store import Dossier, cached
from entente.record.evidence import count_certainty, find_verdicts
from entente.record.sources import count_origins
from entente.style.palette import PALETTES, Palette
from entente.style.theme import REGULAR, blank_figure, count_noun, empty_figure, escape, identity

KEY = "origins"
HEIGHT = Height(rem=15, phone="14rem")
ENOUGH = 2  # origins: fewer are one voice
MOST = 10  # origins that have a column of their own; more share the last
ORIGINS_TITLE = "independent origins behind the verdict"
CERTAINTY_TITLE = "how the author puts it"
ROOM, COLUMN = 1.18, 0.72  # over the tallest column, for its number; of the place of a column
ORIGINS_CAPTION = (
    "Sources that report one text share an origin. A verdict that repeats an earlier one "
    "rests on the origins of both. Hollow: one origin only."
)
CERTAINTY_CAPTION = "How certain the author sounds is read from the words of each claim."


class Column(NamedTuple):
    """One column of the chart.

    Attributes:
        label: What its claims share.
        claim_ids: Its claims.
        is_hollow: Whether it is drawn as an outline.
    """

    label: str
    claim_ids: tuple[str, ...]
    is_hollow: bool = False


def title(dossier: Dossier, view: DataView) -> str:
    """How well the verdicts are documented; of the document, how certain it sounds."""
    if view.lens == "document":
        return say_certainty(dossier)
    return say_origins(dossier, as_of=view.as_of)


def panels(dossier: Dossier, view: DataView, appearance: str) -> tuple[Panel, ...]:
    """The picture of that, and the chosen table with its own column names."""
    return (evidence_panel(dossier, view, appearance), _table_panel(dossier, view))


def evidence_panel(dossier: Dossier, view: DataView, appearance: str) -> Panel:
    """Claims by the origins behind their verdicts, or by how certain their author sounds."""
    if view.lens == "document":
        parts, caption = chart_certainty(dossier, appearance=appearance), CERTAINTY_CAPTION
    else:
        parts = chart_origins(dossier, as_of=view.as_of, appearance=appearance)
        caption = ORIGINS_CAPTION
    return make_panel(parts, key=KEY, caption=caption, height=HEIGHT, is_legend_in_caption=True)


def _table_panel(dossier: Dossier, view: DataView) -> Panel:
    return Panel(
        key=f"table-{view.table.replace('/', '-')}",
        figure=None,
        alt=f"{len(dossier[view.table])} rows of {view.table}",
        table=dossier[view.table],
        caption=f"Table {view.table} of dataset {dossier.version}.",
        source_ids=(),
    )


@cached
def list_verdict_origins(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The verdicts of a day: `claim_id`, `verdict_code`, and `origins` behind each.

    A verdict that confirms an equal one before it rests on the origins of both.
    """
    verdicts = find_verdicts(dossier["assessments"], as_of)
    origins = count_origins(dossier.tables).set_index("assessment_id")["run_origin_count"]
    shown = verdicts[["claim_id", "verdict_code"]]
    return shown.assign(origins=verdicts["assessment_id"].map(origins).astype(int))


def say_origins(dossier: Dossier, *, as_of: dt.date) -> str:
    """How many verdicts rest on more than one origin, in a sentence."""
    rows = list_verdict_origins(dossier, as_of=as_of)
    if rows.empty:
        return f"No verdict had been given by {day_in_words(as_of)}"
    many = int((rows["origins"] >= ENOUGH).sum())
    verb = "rests" if many == 1 else "rest"
    return f"{many} of {len(rows)} verdicts {verb} on two or more independent origins"


def say_certainty(dossier: Dossier) -> str:
    """How many claims of the document are of its commonest certainty, in a sentence."""
    counts, labels = count_certainty(dossier["claims"]), dossier.labels("hedges")
    noun, total = dossier.document.noun, len(dossier["claims"])
    if not counts:
        return f"The {noun} makes no claim"
    code, count = next(iter(counts.items()))
    verb = "is" if count == 1 else "are"
    return f"{count} of the {total} claims in the {noun} {verb} {labels[code].lower()}"


@cached
def chart_origins(dossier: Dossier, *, as_of: dt.date, appearance: str) -> PanelParts:
    """Claims by the number of origins behind their verdicts, as columns."""
    rows = list_verdict_origins(dossier, as_of=as_of)
    labels = dossier.labels("assessment_verdicts")
    columns = (
        [
            Column(
                f"{count}+" if count == MOST else str(count),
                tuple(rows.loc[rows["origins"].clip(upper=MOST) == count, "claim_id"]),
                count < ENOUGH,
            )
            for count in range(min(1, *rows["origins"]), min(MOST, rows["origins"].max()) + 1)
        ]
        if len(rows)
        else []
    )
    table = pd.DataFrame(
        {
            "Claim": rows["claim_id"],
            "Verdict": rows["verdict_code"].map(labels),
            "Independent origins": rows["origins"],
        }
    )
    cited, given = dossier["assessment_sources"], find_verdicts(dossier["assessments"], as_of)
    behind = cited.loc[cited["assessment_id"].isin(given["assessment_id"]), "source_id"]
    return _make(
        columns,
        table,
        tuple(behind.unique()),
        title=ORIGINS_TITLE,
        nothing=say_origins(dossier, as_of=as_of),
        palette=PALETTES[appearance],
    )


@cached
def chart_certainty(dossier: Dossier, *, appearance: str) -> PanelParts:
    """Claims by how certain the author sounds, as columns."""
    claims, labels = dossier["claims"], dossier.labels("hedges")
    columns = [
        Column(labels[code], tuple(claims.loc[claims["hedge_code"] == code, "claim_id"]))
        for code in count_certainty(claims)
    ]
    table = pd.DataFrame(
        {"Claim": claims["claim_id"], "Certainty": claims["hedge_code"].map(labels)}
    )
    return _make(
        columns,
        table,
        (),
        title=CERTAINTY_TITLE,
        nothing="No claim to count.",
        palette=PALETTES[appearance],
    )


def draw_columns(
    columns: Sequence[Column], *, title: str, nothing: str, palette: Palette
) -> go.Figure:
    """Claims as columns, each with its number above it.

    Args:
        columns: The columns from the left.
        title: What tells them apart, under the axis.
        nothing: What is said where there is none.
        palette: The appearance to draw in.
    """
    if not columns:
        return empty_figure(palette, key=KEY, text=nothing)
    figure = blank_figure(palette, key=KEY)
    for place, column in enumerate(columns):
        count = len(column.claim_ids)
        if count:
            figure.add_trace(
                go.Bar(
                    x=[place],
                    y=[count],
                    width=[COLUMN],
                    marker={
                        "color": palette.paper if column.is_hollow else palette.ink,
                        "line": {"color": palette.ink, "width": 1.6 * column.is_hollow},
                    },
                    text=[f"<b>{count}</b>"],
                    textposition="outside",
                    textfont={"color": palette.ink, "size": REGULAR},
                    cliponaxis=False,
                    hovertext=[f"<b>{escape(column.label)}</b><br>{count_noun(count, 'claim')}"],
                    hovertemplate="%{hovertext}<extra></extra>",
                    customdata=[identity("claim", column.claim_ids)],
                )
            )
    figure.update_xaxes(
        range=[-0.5, len(columns) - 0.5],
        tickvals=list(range(len(columns))),
        ticktext=[escape(column.label) for column in columns],
        tickfont={"size": REGULAR, "color": palette.ink},
        tickangle=0,
        title={
            "text": f"claims, by {title}",
            "font": {"size": REGULAR, "color": palette.muted},
            "standoff": 6,
        },
        showgrid=False,
        showline=True,
        linecolor=palette.ink,
        zeroline=False,
        fixedrange=True,
    )
    most = max(len(column.claim_ids) for column in columns)
    figure.update_yaxes(range=[0, most * ROOM], visible=False, fixedrange=True)
    return figure.update_layout(
        barmode="overlay",
        margin={"l": 2, "r": 2, "t": 4, "b": 50},
    )


def _make(
    columns: Sequence[Column],
    table: pd.DataFrame,
    source_ids: tuple[str, ...],
    *,
    title: str,
    nothing: str,
    palette: Palette,
) -> PanelParts:
    counts = [f"{column.label}: {len(column.claim_ids)}" for column in columns]
    return PanelParts(
        draw_columns(columns, title=title, nothing=nothing, palette=palette),
        f"Columns of claims by {title}. {'; '.join(counts)}." if counts else f"{nothing}.",
        table,
        source_ids,
        (),
        BarChart(
            rows=tuple(
                BarRow(
                    name=column.label,
                    value=float(len(column.claim_ids)),
                    text=str(len(column.claim_ids)),
                    colour=palette.ink,
                )
                for column in columns
            ),
            title=f"claims by {title}",
        )
        if columns
        else None,
    )
