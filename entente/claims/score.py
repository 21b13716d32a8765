"""The score: every claim or sentence one brick, in a row of its verdict or its certainty."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.claims.ledger import (
    SENTENCE,
    UNJUDGED,
    keep_asked,
    list_claims,
    list_judged,
    list_verdicts,
    say_each_verdict,
    say_trivial,
)
from entente.content import IN_FIGURE, BarChart, BarRow, Height, Panel
from entente.dates import first_day, in_words
from entente.dossier.store import Dossier, cached
from entente.record.evidence import say_place
from entente.style.palette import NO_VERDICT, PALETTES, VERDICT_SYMBOLS, Palette, verdict_record
from entente.style.theme import (
    REGULAR,
    SMALL,
    blank_figure,
    empty_figure,
    escape,
    identity,
    wrap_text,
)

KEY = "verdict-score"
HEIGHT = Height(rem=17, phone="15.5rem")
BRICK, GAP = 0.86, 0.64  # width of a brick and height of a row, as shares of their places
FEWEST_COLUMNS, FEWEST_ROWS = 20, 6
ROOM_FOR_COUNT = 0.12  # of the longest row, so that its count fits on a phone
ROOM_FOR_TRIVIAL = 0.2  # of a row whose count is followed by that of its trivial bricks
BRICKS = {
    "claims": "Each brick is a claim. Select one to read it.",
    "sentences": "Each brick is a sentence, with the least favourable verdict of its claims. "
    "Select one to read the claim that decides.",
}
ENOUGH = 5  # claims of a kind, before a share of them says anything
VERDICT_CAPTION = "A verdict judges a claim as the {noun} puts it, and belongs to the day shown."
CERTAINTY_CAPTION = (
    "Each brick is a claim. Select one to read it. Rows show how certain the author sounds."
)


def score_panel(
    dossier: Dossier,
    *,
    lens: str,
    as_of: dt.date,
    count: str,
    appearance: str,
    only: tuple[str, ...] | None = None,
) -> Panel:
    """The score of verdicts or, through the document's lens, of certainty.

    Args:
        dossier: The dataset.
        lens: `document`, `record` or `both`.
        as_of: The day whose verdicts count.
        count: What is one brick: one of `claims` or of `sentences`. Certainty is always that of
            claims.
        appearance: Name of the palette.
        only: Ids of the claims that are asked for; None for all.
    """
    asked: dict[str, Any] = {"appearance": appearance, "only": only}
    if lens != "document":
        asked |= {"as_of": as_of, "count": count}
    make = _certainty_panel if lens == "document" else _verdict_panel
    # What a search asked for is not worth caching: there is no end of searches.
    return cached(make)(dossier, **asked) if only is None else make(dossier, **asked)


def _certainty_panel(dossier: Dossier, *, appearance: str, only: tuple[str, ...] | None) -> Panel:
    palette, words = PALETTES[appearance], dossier.labels("hedges")
    claims = dossier["claims"]
    if only is not None:
        claims = claims[claims["claim_id"].isin(list(only))]
    claims = claims.assign(
        code=claims["hedge_code"], claim_ids=claims["claim_id"], is_trivial=False
    )
    hues = dict.fromkeys(words, palette.accent)
    return Panel(
        key=KEY,
        figure=draw_score(bricks=claims, words=words, hues=hues, palette=palette),
        alt=describe_certainty(claims=claims, labels=words),
        table=_tabulate_certainty(dossier),
        caption=CERTAINTY_CAPTION,
        source_ids=(),
        height=HEIGHT,
        editable=count_bricks(bricks=claims, words=words, hues=hues),
    )


def _verdict_panel(
    dossier: Dossier, *, as_of: dt.date, count: str, appearance: str, only: tuple[str, ...] | None
) -> Panel:
    palette, words = PALETTES[appearance], name_verdicts(dossier.labels("assessment_verdicts"))
    if only is None:
        judged = list_judged(dossier, as_of=as_of, count=count)
    else:
        judged = keep_asked(dossier, as_of=as_of, count=count, only=only)
    noun = dossier.document.noun
    trivial = say_trivial(judged, count=count, noun=noun)
    tabulate = _tabulate_sentences if count == "sentences" else _tabulate_claims
    hues = {code: palette.verdict(code) for code in words}
    return Panel(
        key=KEY,
        figure=draw_score(bricks=judged, words=words, hues=hues, palette=palette),
        alt=describe_verdicts(judged=judged, count=count, noun=noun),
        table=_keep_rows(tabulate(dossier, as_of=as_of), judged),
        caption=f"{BRICKS[count]} {VERDICT_CAPTION.format(noun=noun)} {trivial}".rstrip(),
        source_ids=list_verdict_sources(dossier, as_of=as_of, only=only),
        height=HEIGHT,
        editable=count_bricks(bricks=judged, words=words, hues=hues),
    )


def _keep_rows(table: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """The rows of what is counted, by the claim that stands for each."""
    column = "Claim" if "Claim" in table else "Decided by"
    return table[table[column].isin(judged["claim_id"])].reset_index(drop=True)


def list_verdict_sources(
    dossier: Dossier, *, as_of: dt.date, only: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    """Sources behind the verdicts of a day, each once; of some claims, or of all."""
    verdicts, cited = list_verdicts(dossier, as_of=as_of), dossier["assessment_sources"]
    if only is not None:
        verdicts = verdicts[verdicts["claim_id"].isin(list(only))]
    behind = verdicts[["assessment_id"]].merge(cited, on="assessment_id")
    return tuple(behind["source_id"].unique())


def name_verdicts(labels: Mapping[str, str]) -> dict[str, str]:
    """Code to word and symbol of each verdict, and of the lack of one."""
    words = {code: f"{word} {VERDICT_SYMBOLS[code][1]}" for code, word in labels.items()}
    return {**words, UNJUDGED: f"{NO_VERDICT['label']} {NO_VERDICT['symbol']}"}


def draw_score(
    *, bricks: pd.DataFrame, words: Mapping[str, str], hues: Mapping[str, str], palette: Palette
) -> go.Figure:
    """Bricks stacked from the left by code; the count stands at the end of the row.

    Trivial bricks are hollow, stand last in their row and are counted apart.

    Args:
        bricks: One row a brick: `claim_id` and `claim` to show, `claim_ids` behind it parted by
            blanks, `code`, `is_trivial`.
        words: Code to the name of its row, from the top; a code that no brick has gets no row.
        hues: Code to the colour of its bricks.
        palette: The appearance to draw in.

    Returns:
        A figure whose bricks carry the identity of their claim, with all claims behind it.
    """
    if bricks.empty:
        return empty_figure(palette, key=KEY, text="No claim to count.")
    figure = blank_figure(palette, key=KEY)
    rows = dict(list(bricks.sort_values("claim_id", kind="stable").groupby("code")))
    shown = [code for code in words if code in rows][::-1]
    for level, code in enumerate(shown):
        counted, trivial = _part_trivial(rows[code])
        figure.add_traces(
            _draw_row(counted, trivial, level, word=words[code], hue=hues[code], palette=palette)
        )
        figure.add_annotation(
            x=len(rows[code]),
            y=level,
            text=f"<b>{len(counted)}</b>{f' + {len(trivial)}' if len(trivial) else ''}",
            xanchor="left",
            showarrow=False,
            font={"size": REGULAR + 1, "color": palette.ink},
        )
    lowest = min(len(shown) - FEWEST_ROWS, 0)
    if bricks["is_trivial"].any():
        lowest -= 1
        figure.add_annotation(_explain_hollow(lowest, palette))
    reach = max(FEWEST_COLUMNS * (1 + ROOM_FOR_COUNT), *map(_measure_row, rows.values()))
    figure.update_xaxes(range=[0, reach], visible=False, fixedrange=True)
    figure.update_yaxes(
        tickvals=list(range(len(shown))),
        ticktext=[f"{escape(words[code])} " for code in shown],
        range=[lowest - 0.5, len(shown) - 0.5],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
    figure.update_layout(barmode="overlay")
    return figure


def count_bricks(
    *, bricks: pd.DataFrame, words: Mapping[str, str], hues: Mapping[str, str]
) -> BarChart:
    """What :func:`draw_score` shows as bars that other programs can draw."""
    rows = dict(list(bricks.groupby("code")))
    return BarChart(
        rows=tuple(
            _count_row(rows[code], name=word, hue=hues[code])
            for code, word in words.items()
            if code in rows
        )
    )


def describe_verdicts(*, judged: pd.DataFrame, count: str, noun: str) -> str:
    """What the score of verdicts shows, in a sentence or two."""
    if judged.empty:
        return "Score of verdicts: no claim to count."
    said = f"Score of verdicts on {say_each_verdict(judged, count=count)}."
    return f"{said} {say_trivial(judged, count=count, noun=noun)}".rstrip()


def describe_certainty(*, claims: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """What the score of certainty shows, in a sentence."""
    counts = claims["code"].value_counts()
    if counts.empty:
        return "Score of certainty: no claim to count."
    parts = [f"{word.lower()} {counts[code]}" for code, word in labels.items() if code in counts]
    return f"How certain the author sounds in {len(claims)} claims: {', '.join(parts)}."


def _part_trivial(bricks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The bricks that count, and those that are trivial."""
    return bricks[~bricks["is_trivial"]], bricks[bricks["is_trivial"]]


def _measure_row(bricks: pd.DataFrame) -> float:
    """How far a row reaches with the count at its end, in bricks."""
    room = ROOM_FOR_TRIVIAL if bricks["is_trivial"].any() else ROOM_FOR_COUNT
    return len(bricks) * (1 + room)


def _count_row(bricks: pd.DataFrame, *, name: str, hue: str) -> BarRow:
    counted, trivial = map(len, _part_trivial(bricks))
    note = f" + {trivial} trivial" if trivial else ""
    return BarRow(name=name, value=float(counted), text=str(counted), colour=hue, note=note)


def _explain_hollow(level: int, palette: Palette) -> dict[str, Any]:
    return {
        "x": 0,
        "y": level,
        "text": "Hollow: trivial, not counted",
        "name": IN_FIGURE,
        "xanchor": "left",
        "showarrow": False,
        "font": {"size": SMALL, "color": palette.muted},
    }


def _draw_row(
    counted: pd.DataFrame,
    trivial: pd.DataFrame,
    level: int,
    *,
    word: str,
    hue: str,
    palette: Palette,
) -> list[go.Bar]:
    """The bricks of one verdict: filled where they count, then hollow."""
    rows = []
    if len(counted):
        filled = {"color": hue, "line": {"width": 0}}
        rows.append(_draw_bricks(counted, level, word=word, start=0, marker=filled))
    if len(trivial):
        hollow = {"color": palette.paper, "line": {"width": 1.5, "color": hue}}
        rows.append(_draw_bricks(trivial, level, word=word, start=len(counted), marker=hollow))
    return rows


def _draw_bricks(
    bricks: pd.DataFrame, level: int, *, word: str, start: int, marker: dict[str, Any]
) -> go.Bar:
    count = len(bricks)
    return go.Bar(
        orientation="h",
        base=[start + place + (1 - BRICK) / 2 for place in range(count)],
        x=[BRICK] * count,
        y=[level] * count,
        width=GAP,
        marker=marker,
        customdata=[identity("claim", row.claim_id, row.claim_ids) for row in bricks.itertuples()],
        hovertext=[
            f"<b>{escape(word)}</b> · {escape(_name_brick(row.claim_id, row.claim_ids))}"
            f"<br>{wrap_text(row.claim)}"
            for row in bricks.itertuples()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _name_brick(claim_id: str, claim_ids: str) -> str:
    others = claim_ids.split()
    return claim_id if len(others) == 1 else f"{claim_id}, least favourable of {', '.join(others)}"


def say_column(dossier: Dossier) -> str:
    """The name of the column that holds what the document says."""
    return f"What the {dossier.document.noun} says"


def _tabulate_claims(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    rows = list_claims(dossier, as_of=as_of)
    labels = dossier.labels("assessment_verdicts")
    return pd.DataFrame(
        {
            "Claim": rows["claim_id"],
            "Verdict": rows["verdict_code"].map(labels).fillna(NO_VERDICT["label"]),
            "Counted": _say_counted(rows),
            "Since": _say_dates(rows["since_edtf"]),
            say_column(dossier): rows["claim"],
            "Why": rows["since_note"].fillna(""),
            "Last assessment": _say_dates(rows["from_edtf"]),
        }
    )


def _tabulate_sentences(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    rows = list_judged(dossier, as_of=as_of, count="sentences")
    words = {**dossier.labels("assessment_verdicts"), UNJUDGED: NO_VERDICT["label"]}
    claims = list_judged(dossier, as_of=as_of, count="claims")
    verdicts = claims.assign(said=claims["claim_id"] + " " + claims["code"].map(words).str.lower())
    said = verdicts.groupby(SENTENCE, sort=False)["said"].agg("; ".join)
    return pd.DataFrame(
        {
            "Sentence": [say_place(row) for row in rows.to_dict("records")],
            "Verdict": rows["code"].map(words),
            "Counted": _say_counted(rows),
            "Decided by": rows["claim_id"],
            "Its claims": said.to_list(),
        }
    )


def _say_counted(rows: pd.DataFrame) -> pd.Series:
    return rows["is_trivial"].map({True: "no: trivial", False: "yes"})


def _say_dates(dates: pd.Series) -> list[str]:
    return [in_words(text) if isinstance(text, str) else "" for text in dates]


def _tabulate_certainty(dossier: Dossier) -> pd.DataFrame:
    rows = dossier["claims"]
    return pd.DataFrame(
        {
            "Claim": rows["claim_id"],
            "Place": [say_place(row) for row in rows.to_dict("records")],
            say_column(dossier): rows["claim"],
            "Kind": rows["kind_code"].map(dossier.labels("claim_kinds")),
            "Certainty": rows["hedge_code"].map(dossier.labels("hedges")),
            "The author’s words": rows["hedge_words"].fillna(""),
        }
    )


@cached
def count_verdicts_by_kind(dossier: Dossier, *, as_of: dt.date) -> dict[str, Any]:
    """Verdicts by kind of claim, without trivial claims, for the template `claim_kinds`."""
    kinds = dossier.labels("claim_kinds")
    judged = list_judged(dossier, as_of=as_of, count="claims")
    counted, _ = _part_trivial(judged)
    table = pd.crosstab(counted["kind_code"], counted["code"])
    codes = dossier.labels("assessment_verdicts")
    table = table.reindex(index=list(kinds), columns=list(codes), fill_value=0).astype(int)
    shown = table.loc[:, table.any()]
    return {
        "verdicts": [verdict_record(dossier, code) for code in shown],
        "rows": _list_rows(shown, kinds),
        "headline": _find_best_kind(table, kinds),
        "left_out": say_trivial(judged, count="claims", noun=dossier.document.noun),
        "noun": dossier.document.noun,
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
    """Which kind of claim is borne out most often, in a sentence.

    Kinds with few claims are left out. Empty when none of the others has a claim that is.
    """
    totals = table.sum(axis=1)
    totals = totals[totals >= ENOUGH]
    supported = table.loc[totals.index, "supported"]
    if not supported.any():
        return ""
    best = (supported / totals).idxmax()
    name = kinds[str(best)].lower()
    return f"Most often right: {name}, {supported[best]} of {totals[best]} fully supported"
