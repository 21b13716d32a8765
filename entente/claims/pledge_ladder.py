"""The ladder of pledges: stages as columns, pledges as rows, dates where a stage was reached."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.claims.pledges import (
    DELIVERED,
    MISSING,
    REACHED,
    REPLACED,
    UNCONFIRMED,
    amount_in_words,
)
from entente.dates import in_words
from entente.style.palette import Palette
from entente.style.theme import (
    REGULAR,
    SMALL,
    blank_figure,
    empty_figure,
    identity,
    identity_name,
    literal,
    scaffold_name,
    wrapped,
)

KEY = "pledge-ladder"
NOTHING = "No pledge was on record by this day."
LOOKS = {REACHED: "circle", UNCONFIRMED: "diamond", MISSING: "circle", REPLACED: "x-thin"}
HOLLOW = (UNCONFIRMED, MISSING)
WORDS = {REACHED: "", UNCONFIRMED: "not confirmed", MISSING: "not on record", REPLACED: "replaced"}
CELL_WIDTH = 15  # letters of a line in a cell, so that five columns fit on a phone
EDGE = 0.52
LEVEL = -0.12  # of a row: the marks stand a little above its middle, the words below them
LABEL_SHIFT, LOW_LABEL_SHIFT = 25, 19  # pixels from the line of a pledge up to its name


def draw_pledges(
    *,
    places: pd.DataFrame,
    steps: pd.DataFrame,
    pledges: pd.DataFrame,
    replaced: Mapping[str, str],
    stages: Mapping[str, str],
    palette: Palette,
    is_low: bool = False,
) -> go.Figure:
    """How far each pledge has come.

    Args:
        places: One row per pledge and stage, in order: `pledge_id`, `stage_code`, `state`,
            `step_id`, `repeats`.
        steps: The known steps: `pledge_step_id`, `date_edtf`, `amount`, `unit`, `qualifier`,
            `event_id`, `note`.
        pledges: `pledge_id`, `label`, `claim_id`.
        replaced: Pledge to the step by which it was dropped or replaced.
        stages: Stage code to word, in the order of the columns.
        palette: The appearance to draw in.
        is_low: Whether rows are low: what is said of a step takes one line below its date.

    Returns:
        A figure whose marks carry `["claim", claim_id, ids of claim, event and step]` as
        `customdata`. A disc is a stage on record, a hollow diamond one that is not confirmed, a
        ring one that is not on record, a cross the end of a pledge.
    """
    if places.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    figure = blank_figure(palette, key=KEY)
    shown = list(places["pledge_id"].unique())
    by_id = pledges.set_index("pledge_id")
    cells = cells_of(places, steps, replaced=replaced, stages=list(stages))
    for level, pledge_id in enumerate(shown):
        own = [cell for cell in cells if cell["pledge_id"] == pledge_id]
        _add_rail(figure, own, level, by_id.loc[pledge_id], palette)
        figure.add_trace(_marks(own, level, by_id.loc[pledge_id], palette))
        for cell in own:
            figure.add_annotation(**_words(cell, level, palette, is_low=is_low))
        name = by_id.at[pledge_id, "label"]
        figure.add_annotation(**_label(name, level, palette, is_low=is_low))
    _lay_out(figure, len(shown), list(stages.values()), palette)
    return figure


def describe_ladder(
    *,
    places: pd.DataFrame,
    steps: pd.DataFrame,
    pledges: pd.DataFrame,
    replaced: Mapping[str, str],
    stages: Mapping[str, str],
) -> str:
    """What :func:`draw_pledges` shows, in words: the furthest stage of each pledge."""
    if places.empty:
        return f"An empty ladder: {NOTHING.lower()}"
    dates = steps.set_index("pledge_step_id")["date_edtf"]
    labels = pledges.set_index("pledge_id")["label"]
    parts = []
    for pledge_id, own in places.groupby("pledge_id", sort=False):
        last = own[own["step_id"].notna()].iloc[-1]
        doubt = " (not confirmed)" if last["state"] == UNCONFIRMED else ""
        stage = stages[last["stage_code"]].lower()
        end = ", then replaced" if pledge_id in replaced else ""
        when = in_words(dates[last["step_id"]], is_short=True)
        parts.append(f"{labels[pledge_id]}: {stage} {when}{doubt}{end}")
    return f"Ladder from {' to '.join(list(stages.values())[:: len(stages) - 1]).lower()}. " + (
        f"Furthest stage of each pledge: {'; '.join(parts)}."
    )


def cells_of(
    places: pd.DataFrame, steps: pd.DataFrame, *, replaced: Mapping[str, str], stages: list[str]
) -> list[dict[str, Any]]:
    """What is to be drawn: one record a mark, with its column, state and step.

    After the end of a pledge nothing is missing any more: the rings give way to one cross.
    """
    by_id = {row["pledge_step_id"]: row for row in steps.to_dict("records")}
    cells: list[dict[str, Any]] = []
    over: set[str] = set()
    for place in places.to_dict("records"):
        pledge_id, state, step_id = place["pledge_id"], place["state"], place["step_id"]
        if state not in LOOKS or pledge_id in over:
            continue
        if state == MISSING and pledge_id in replaced:
            state, step_id = REPLACED, replaced[pledge_id]
            over.add(pledge_id)
        column = stages.index(place["stage_code"])
        cells.append({**place, "column": column, "state": state, "step": by_id.get(step_id)})
    return cells


def _hue(cell: Mapping[str, Any], palette: Palette) -> str:
    if cell["state"] == UNCONFIRMED:
        return palette.verdicts["contested"]
    if cell["state"] == REPLACED:
        return palette.verdicts["contradicted"]
    if cell["state"] == MISSING:
        return palette.muted
    return palette.verdicts["supported"] if cell["stage_code"] == DELIVERED else palette.ink


def _add_rail(
    figure: go.Figure,
    cells: list[dict[str, Any]],
    level: int,
    pledge: pd.Series,
    palette: Palette,
) -> None:
    """A firm line as far as the record goes, dashes to what is not confirmed, dots beyond."""
    known = [cell["column"] for cell in cells if cell["state"] in (REACHED, UNCONFIRMED)]
    start = min(known, default=0)
    firm = max((cell["column"] for cell in cells if cell["state"] == REACHED), default=start)
    said = max(known, default=0)
    end = max((cell["column"] for cell in cells), default=0)
    for x0, x1, dash, hue in (
        (start, firm, "solid", palette.ink),
        (firm, said, "dash", palette.verdicts["contested"]),
        (said, end, "dot", palette.muted),
    ):
        if x1 > x0:
            figure.add_shape(
                type="line",
                x0=x0,
                x1=x1,
                y0=level + LEVEL,
                y1=level + LEVEL,
                layer="below",
                line={"color": hue, "width": 2, "dash": dash},
                name=identity_name(identity("claim", pledge["claim_id"])),
            )


def _marks(
    cells: list[dict[str, Any]], level: int, pledge: pd.Series, palette: Palette
) -> go.Scatter:
    hues = [_hue(cell, palette) for cell in cells]
    return go.Scatter(
        x=[cell["column"] for cell in cells],
        y=[level + LEVEL] * len(cells),
        mode="markers",
        marker={
            "symbol": [LOOKS[cell["state"]] for cell in cells],
            "opacity": 1,
            "size": [15 if cell["state"] == MISSING else 17 for cell in cells],
            "color": [
                palette.paper if cell["state"] in HOLLOW else hue
                for cell, hue in zip(cells, hues, strict=True)
            ],
            "line": {"width": 2.5, "color": hues},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[_identity(cell, pledge) for cell in cells],
        hovertext=[_hover(cell, pledge) for cell in cells],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _identity(cell: Mapping[str, Any], pledge: pd.Series) -> list[str]:
    """The claim that the pledge belongs to, and behind it the step and its event."""
    step = cell["step"] or {}
    behind = [step.get("event_id"), step.get("pledge_step_id")]
    known = [one for one in behind if isinstance(one, str)]
    return identity("claim", pledge["claim_id"], pledge["claim_id"], known)


def _hover(cell: Mapping[str, Any], pledge: pd.Series) -> str:
    head = f"<b>{literal(pledge['label'])}</b>"
    if cell["step"] is None:
        return f"{head}<br>Not on record."
    step = cell["step"]
    amount = amount_in_words(step)
    when = literal(in_words(step["date_edtf"]))
    return f"{head}<br>{when}{', ' if amount else ''}{literal(amount)}<br>{wrapped(step['note'])}"


def _words(
    cell: Mapping[str, Any], level: int, palette: Palette, *, is_low: bool
) -> dict[str, Any]:
    lines = _lines(cell)
    if is_low:
        lines = [*lines[:1], ", ".join(lines[1:])] if len(lines) > 1 else lines
    return {
        "x": cell["column"],
        "y": level + LEVEL,
        "yshift": -13,
        "yanchor": "top",
        "text": "<br>".join(lines),
        "showarrow": False,
        "font": {
            "size": SMALL + 0.5,
            "color": palette.muted if cell["state"] == MISSING else palette.ink,
        },
    }


def _lines(cell: Mapping[str, Any]) -> list[str]:
    if cell["step"] is None:
        return [WORDS[MISSING]] if cell["stage_code"] == DELIVERED else []
    step = cell["step"]
    date = wrapped(in_words(step["date_edtf"], is_short=True), width=CELL_WIDTH)
    qualifier = step["qualifier"] if isinstance(step["qualifier"], str) else ""
    parts = [amount_in_words(step), qualifier, WORDS[cell["state"]]]
    return [f"<b>{date}</b>", *(literal(part) for part in parts if part)]


def _label(text: str, level: int, palette: Palette, *, is_low: bool) -> dict[str, Any]:
    return {
        "x": -EDGE,
        "y": level + LEVEL,
        "yshift": LOW_LABEL_SHIFT if is_low else LABEL_SHIFT,
        "xanchor": "left",
        "text": f"<b>{literal(text)}</b>",
        "showarrow": False,
        "font": {"size": REGULAR, "color": palette.ink},
    }


def _lay_out(figure: go.Figure, count: int, names: list[str], palette: Palette) -> None:
    figure.update_xaxes(
        range=[-EDGE, len(names) - 1 + EDGE],
        side="top",
        tickvals=list(range(len(names))),
        ticktext=[f"<b>{literal(name)}</b>" for name in names],
        tickfont={"size": REGULAR, "color": palette.muted},
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(visible=False, range=[count - 0.48, -0.52], fixedrange=True)
    for level in range(count):
        figure.add_shape(
            type="line",
            xref="paper",
            x0=0,
            x1=1,
            y0=level - 0.5,
            y1=level - 0.5,
            layer="below",
            line={"color": palette.ink if level == 0 else palette.rule, "width": 1},
            name=scaffold_name("rules between pledges"),
        )
    figure.update_layout(
        hovermode="closest", dragmode=False, margin={"l": 2, "r": 2, "t": 30, "b": 4}
    )
