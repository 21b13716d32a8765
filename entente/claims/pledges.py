"""Pledges: how far each had come by a day, from asked for to delivered, as rows and as a ladder."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.content import LegendEntry, Panel, height_by_rows
from entente.dates import day_in_words, first_day, in_words, known_from
from entente.dossier.store import Dossier, cached
from entente.style.palette import PALETTES, Palette
from entente.style.text import balance_lines
from entente.style.theme import (
    REGULAR,
    SMALL,
    blank_figure,
    count_noun,
    empty_figure,
    escape,
    identity,
    identity_name,
    scaffold_name,
    wrap_text,
)

Record = dict[str, Any]

DELIVERED = "delivered"  # the last stage
REACHED, UNCONFIRMED, PASSED, MISSING = "reached", "unconfirmed", "passed", "missing"
REPLACED = "replaced"  # the stage of a step that ends a pledge, and the state where it ends
KEY = "pledge-ladder"
NOTHING = "No pledge was on record by this day."
CAPTION = (
    "Disc: on record. Hollow diamond: said by one side or the press, not confirmed. Ring: not on "
    "record by the day shown. Cross: something else took its place. Bare line: a stage that was "
    "passed over without a date."
)
CURRENCY = re.compile("[A-Z]{3}")
NO_BREAK = "\N{NO-BREAK SPACE}"
SYMBOLS = {REACHED: "circle", UNCONFIRMED: "diamond", MISSING: "circle", REPLACED: "x-thin"}
WORDS = {REACHED: "", UNCONFIRMED: "not confirmed", MISSING: "not on record", REPLACED: "replaced"}
ROOM_WORDS = {
    REACHED: "on record",
    UNCONFIRMED: "said by one side or the press",
    MISSING: "not on record",
    REPLACED: "replaced",
}
ROOM_SYMBOLS = {**SYMBOLS, REPLACED: "x"}
ROOM_LEVEL = -0.3
ROOM_TYPE = 17
ROOM_NAMES = 0.95  # width of the column of names, in columns of stages
ROOM_NAME_WIDTH = 21  # letters of a line there
CELL_WIDTH = 15  # letters of a line in a cell, so that five columns fit on a phone
EDGE = 0.52
LEVEL = -0.12  # of a row: the marks stand a little above its middle, the words below them
LABEL_SHIFT = 25  # pixels from the line of a pledge up to its name


@cached
def list_steps(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The steps that were on record by a day, oldest first.

    A step is on record once it has happened and the first of its dated sources is out.

    Returns:
        Rows of `pledge_steps`, sorted by date, then id, with `known_from` (a day).
    """
    steps, links = dossier["pledge_steps"], dossier["pledge_step_sources"]
    dates = dossier["sources"].set_index("source_id")["published_edtf"].dropna()
    out = dates.map(lambda text: min(known_from(text), dossier.horizon))
    first = links["source_id"].map(out).dropna().groupby(links["pledge_step_id"]).min()
    known = [
        max(known_from(step.date_edtf), first.get(step.pledge_step_id, dt.date.min))
        for step in steps.itertuples()
    ]
    rows = steps.assign(known_from=known, begun=steps["date_edtf"].map(first_day))
    is_shown = pd.Series([day <= as_of for day in known], index=rows.index, dtype=bool)
    shown = rows[is_shown].sort_values(["begun", "pledge_step_id"])
    return shown.drop(columns="begun").reset_index(drop=True)


def list_stages(dossier: Dossier) -> dict[str, str]:
    """The columns of the ladder, code to word: all stages but the end of a pledge."""
    labels = dossier.labels("pledge_stages")
    return {code: label for code, label in labels.items() if code != REPLACED}


@cached
def build_ladder(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """Where each pledge stands on each stage.

    Returns:
        One row per pledge with a known step and stage, in their orders: `pledge_id`, `stage_code`
        and `column` (its place), `state`, the `label` and `claim_id` of the pledge, and, missing
        where there is none, the columns of :func:`list_steps` for the firmest, then first, step.
        The state is `reached`; `unconfirmed`, when only one side or the press says so; `passed`,
        when a later stage was reached without it; `missing`; or `replaced`, for the first stage
        that a pledge did not reach before something took its place: it has no row after that one.
    """
    steps, stages = list_steps(dossier, as_of=as_of), list(list_stages(dossier))
    by_pledge = dict(list(steps.groupby("pledge_id")))
    rows = []
    for pledge in dossier["pledges"].sort_values("sequence").itertuples():
        if pledge.pledge_id in by_pledge:
            states = _find_states(by_pledge[pledge.pledge_id], stages)
            rows += [(pledge.pledge_id, pledge.label, pledge.claim_id, *state) for state in states]
    names = ["pledge_id", "label", "claim_id", "column", "state", "pledge_step_id"]
    cells = pd.DataFrame(rows, columns=names)
    cells.insert(3, "stage_code", cells["column"].map(dict(enumerate(stages))))
    known = steps.drop(columns=["pledge_id", "stage_code"])
    return cells.merge(known, on="pledge_step_id", how="left")


def _find_states(steps: pd.DataFrame, stages: Sequence[str]) -> list[tuple[int, str, str | None]]:
    """Column, state and step of each stage of one pledge, up to its end."""
    codes = set(steps["stage_code"])
    furthest = max((place for place, code in enumerate(stages) if code in codes), default=-1)
    found: list[tuple[int, str, str | None]] = []
    for place, code in enumerate(stages):
        own = steps[steps["stage_code"] == code]
        firm = own[~own["is_unconfirmed"]]
        if not firm.empty:
            found.append((place, REACHED, firm["pledge_step_id"].iloc[0]))
        elif not own.empty:
            found.append((place, UNCONFIRMED, own["pledge_step_id"].iloc[0]))
        elif place < furthest:
            found.append((place, PASSED, None))
        elif REPLACED in codes:
            end = steps[steps["stage_code"] == REPLACED]["pledge_step_id"].iloc[-1]
            return [*found, (place, REPLACED, end)]
        else:
            found.append((place, MISSING, None))
    return found


def say_deliveries(cells: pd.DataFrame, *, day: str) -> str:
    """The ladder in a sentence: what is on record as delivered.

    Args:
        cells: What :func:`build_ladder` returns.
        day: The day, in words.
    """
    if cells.empty:
        return f"No pledge was on record by {day}"
    named = count_noun(cells["pledge_id"].nunique(), "pledge")
    states = cells[cells["stage_code"] == DELIVERED]["state"].value_counts()
    confirmed, rumoured = states.get(REACHED, 0), states.get(UNCONFIRMED, 0)
    head = f"Of {named}, {confirmed or 'none'} {'is' if confirmed < 2 else 'are'} on record as "
    tail = f"; {rumoured} {'is' if rumoured == 1 else 'are'} reported so and not confirmed"
    return f"{head}delivered by {day}{tail if rumoured else ''}"


def say_amount(step: Mapping[str, Any]) -> str:
    """The amount of a step with its unit, a currency first; empty where no source gives one."""
    if pd.isna(step["amount"]):
        return ""
    *words, last = step["unit"].split()
    if CURRENCY.fullmatch(last):
        return " ".join([last, f"{step['amount']:g}", *words])
    return f"{step['amount']:g} {step['unit']}"


@cached
def describe_pledges(dossier: Dossier, *, as_of: dt.date) -> list[Record]:
    """Each pledge with what the document says of it and its steps up to a day.

    One that the document does not speak of is left out while nothing is on record about it.
    """
    steps, labels = list_steps(dossier, as_of=as_of), dossier.labels("pledge_stages")
    told = steps.assign(
        stage=steps["stage_code"].map(labels),
        when=steps["date_edtf"].map(in_words),
        amount=[say_amount(step) for step in steps.to_dict("records")],
        event_id=steps["event_id"].fillna(""),
    )
    by_pledge = dict(list(told.groupby("pledge_id")))
    names = dossier.labels("actors")
    pledges = dossier["pledges"].sort_values("sequence")
    texts = pledges[["document_says", "note"]].fillna("")
    return [
        {
            **pledge,
            "ends": f"{names[pledge['from_actor_id']]} to {names[pledge['to_actor_id']]}",
            "steps": by_pledge.get(pledge["pledge_id"], told.head(0)).to_dict("records"),
        }
        for pledge in pledges.assign(**texts).to_dict("records")
        if pledge["pledge_id"] in by_pledge or pledge["document_says"]
    ]


@cached
def ladder_panel(dossier: Dossier, *, as_of: dt.date, appearance: str) -> Panel:
    """The ladder of pledges."""
    cells, steps = build_ladder(dossier, as_of=as_of), list_steps(dossier, as_of=as_of)
    stages, palette = list_stages(dossier), PALETTES[appearance]
    day = day_in_words(as_of).replace(" ", NO_BREAK)
    return Panel(
        key=KEY,
        figure=draw_pledges(cells=cells, stages=stages, palette=palette),
        alt=describe_ladder(cells=cells, stages=stages),
        table=_tabulate_steps(dossier, as_of=as_of),
        caption=CAPTION,
        source_ids=dossier.cite("pledge_step_sources", "pledge_step_id", steps["pledge_step_id"]),
        heading=say_deliveries(cells, day=day),
        height=height_by_rows(cells["pledge_id"].nunique(), each=6.8, around=2.2),
        room_scale=1,
        room_figure=draw_pledges(cells=cells, stages=stages, palette=palette, is_for_room=True),
        room_legend=_list_room_legend(cells, palette),
        phone_table=_tabulate_furthest(cells, stages, day=day),
        is_wide=True,
    )


def _list_room_legend(cells: pd.DataFrame, palette: Palette) -> tuple[LegendEntry, ...]:
    """What the marks say, of those that are drawn; a room has no words below each."""
    hues = {REACHED: palette.ink, MISSING: palette.muted}
    hues |= {UNCONFIRMED: palette.verdicts["contested"], REPLACED: palette.verdicts["contradicted"]}
    return tuple(
        LegendEntry(
            text=text,
            colour=hues[state],
            symbol=ROOM_SYMBOLS[state],
            fill=palette.paper if state in (UNCONFIRMED, MISSING) else hues[state],
        )
        for state, text in ROOM_WORDS.items()
        if state in set(cells["state"])
    )


def _tabulate_steps(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    rows = [
        {
            "Pledge": pledge["label"],
            "Stage": step["stage"],
            "When": step["when"],
            "Amount": step["amount"],
            "Confirmed": "no" if step["is_unconfirmed"] else "yes",
            "What is known": step["note"],
        }
        for pledge in describe_pledges(dossier, as_of=as_of)
        for step in pledge["steps"]
    ]
    names = ["Pledge", "Stage", "When", "Amount", "Confirmed", "What is known"]
    return pd.DataFrame(rows, columns=names)


def _tabulate_furthest(cells: pd.DataFrame, stages: Mapping[str, str], *, day: str) -> pd.DataFrame:
    """The last stage that each pledge had reached, and what took its place."""

    def say(cell: Record) -> str:
        stage = [] if cell["state"] == REPLACED else [stages[cell["stage_code"]]]
        return ", ".join([*stage, *_list_words(cell)])

    rows = []
    for _, own in cells.groupby("pledge_id", sort=False):
        last = own[own["state"].isin([REACHED, UNCONFIRMED])].tail(1)
        ended = own[own["state"] == REPLACED]
        told = pd.concat([last, ended]).to_dict("records")
        rows.append((own["label"].iloc[0], "; ".join(map(say, told))))
    table = pd.DataFrame(rows, columns=["Pledge", "How far it came"])
    table.attrs["caption"] = f"On record by {day}"
    return table


def draw_pledges(
    *, cells: pd.DataFrame, stages: Mapping[str, str], palette: Palette, is_for_room: bool = False
) -> go.Figure:
    """How far each pledge has come: stages as columns, pledges as rows.

    Args:
        cells: What :func:`build_ladder` returns; pledges are drawn in its order.
        stages: Stage code to word, in the order of the columns.
        palette: The appearance to draw in.
        is_for_room: Whether it is read from afar: larger letters, names in a column of their own,
            and below a date one line that says the amount, or whose word it is.

    Returns:
        A figure whose marks carry `["claim", claim_id, ids of claim, event and step]` as
        `customdata`. A disc is a stage on record, a hollow diamond one that is not confirmed, a
        ring one that is not on record, a cross the end of a pledge.
    """
    if cells.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    figure = blank_figure(palette, key=KEY)
    drawn = cells[cells["state"] != PASSED]
    rise = ROOM_LEVEL if is_for_room else LEVEL
    for level, (_, rows) in enumerate(drawn.groupby("pledge_id", sort=False)):
        own = rows.to_dict("records")
        _add_rail(figure, own, level + rise, palette)
        figure.add_trace(_draw_marks(own, level + rise, palette))
        for cell in own:
            lines = _say_step(cell)[: 2 if is_for_room else None]
            figure.add_annotation(
                x=cell["column"],
                y=level + rise,
                yshift=-9 if is_for_room else -13,
                yanchor="top",
                text="<br>".join(lines),
                showarrow=False,
                font={
                    "size": ROOM_TYPE if is_for_room else SMALL + 0.5,
                    "color": palette.muted if cell["state"] == MISSING else palette.ink,
                },
            )
        label = own[0]["label"]
        name = balance_lines(label, width=ROOM_NAME_WIDTH) if is_for_room else (label,)
        figure.add_annotation(
            x=-EDGE - (ROOM_NAMES if is_for_room else 0),
            y=level if is_for_room else level + rise,
            yshift=0 if is_for_room else LABEL_SHIFT,
            xanchor="left",
            align="left",
            text=f"<b>{'<br>'.join(map(escape, name))}</b>",
            showarrow=False,
            font={"size": ROOM_TYPE if is_for_room else REGULAR, "color": palette.ink},
        )
    _lay_out(figure, drawn["pledge_id"].nunique(), list(stages.values()), palette)
    if is_for_room:
        left = -EDGE - ROOM_NAMES
        figure.update_xaxes(range=[left, len(stages) - 1 + EDGE], tickfont={"size": ROOM_TYPE})
        figure.update_layout(margin={"t": 28})
    return figure


def describe_ladder(*, cells: pd.DataFrame, stages: Mapping[str, str]) -> str:
    """What :func:`draw_pledges` shows, in words: the furthest stage of each pledge."""
    if cells.empty:
        return f"An empty ladder: {NOTHING.lower()}"
    parts = []
    for _, own in cells.groupby("pledge_id", sort=False):
        label, is_replaced = own["label"].iloc[0], REPLACED in set(own["state"])
        climbed = own[own["state"].isin([REACHED, UNCONFIRMED])]
        if climbed.empty:
            parts.append(f"{label}: replaced, with no earlier step on record")
            continue
        last = climbed.iloc[-1]
        doubt = " (not confirmed)" if last["state"] == UNCONFIRMED else ""
        end = ", then replaced" if is_replaced else ""
        when = in_words(last["date_edtf"], is_short=True)
        parts.append(f"{label}: {stages[last['stage_code']].lower()} {when}{doubt}{end}")
    first, *_, final = stages.values()
    return (
        f"Ladder from {first.lower()} to {final.lower()}. "
        f"Furthest stage of each pledge: {'; '.join(parts)}."
    )


def _add_rail(figure: go.Figure, cells: list[Record], level: float, palette: Palette) -> None:
    """A firm line as far as the record goes, dashes to what is not confirmed, dots beyond."""
    known = [cell["column"] for cell in cells if cell["state"] in (REACHED, UNCONFIRMED)]
    start, said = min(known, default=0), max(known, default=0)
    firm = max((cell["column"] for cell in cells if cell["state"] == REACHED), default=start)
    for x0, x1, dash, hue in (
        (start, firm, "solid", palette.ink),
        (firm, said, "dash", palette.verdicts["contested"]),
        (said, cells[-1]["column"], "dot", palette.muted),
    ):
        if x1 > x0:
            figure.add_shape(
                type="line",
                x0=x0,
                x1=x1,
                y0=level,
                y1=level,
                layer="below",
                line={"color": hue, "width": 2, "dash": dash},
                name=identity_name(identity("claim", cells[0]["claim_id"])),
            )


def _draw_marks(cells: list[Record], level: float, palette: Palette) -> go.Scatter:
    hues = [_pick_hue(cell, palette) for cell in cells]
    return go.Scatter(
        x=[cell["column"] for cell in cells],
        y=[level] * len(cells),
        mode="markers",
        marker={
            "symbol": [SYMBOLS[cell["state"]] for cell in cells],
            "opacity": 1,
            "size": [15 if cell["state"] == MISSING else 17 for cell in cells],
            "color": [
                palette.paper if cell["state"] in (UNCONFIRMED, MISSING) else hue
                for cell, hue in zip(cells, hues, strict=True)
            ],
            "line": {"width": 2.5, "color": hues},
        },
        customdata=[
            identity(
                "claim",
                cell["claim_id"],
                cell["claim_id"],
                [cell[name] for name in ("event_id", "pledge_step_id") if pd.notna(cell[name])],
            )
            for cell in cells
        ],
        hovertext=[_describe_cell(cell) for cell in cells],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _pick_hue(cell: Record, palette: Palette) -> str:
    if cell["state"] == REACHED:
        return palette.verdicts["supported"] if cell["stage_code"] == DELIVERED else palette.ink
    verdicts = {UNCONFIRMED: "contested", REPLACED: "contradicted"}
    return palette.verdicts[verdicts[cell["state"]]] if cell["state"] in verdicts else palette.muted


def _describe_cell(cell: Record) -> str:
    head = f"<b>{escape(cell['label'])}</b><br>"
    if cell["state"] == MISSING:
        return f"{head}Not on record."
    parts = [in_words(cell["date_edtf"]), say_amount(cell)]
    return f"{head}{escape(', '.join(filter(None, parts)))}<br>{wrap_text(cell['note'])}"


def _say_step(cell: Record) -> list[str]:
    """The words below a mark, line by line."""
    if cell["state"] == MISSING:
        return [WORDS[MISSING]] if cell["stage_code"] == DELIVERED else []
    date, *more = _list_words(cell)
    return [f"<b>{wrap_text(date, width=CELL_WIDTH)}</b>", *map(escape, more)]


def _list_words(cell: Record) -> list[str]:
    """Date, amount and whose word it is, of a step that is on record."""
    qualifier = cell["qualifier"] if isinstance(cell["qualifier"], str) else ""
    parts = [say_amount(cell), qualifier, WORDS[cell["state"]]]
    return [in_words(cell["date_edtf"], is_short=True), *filter(None, parts)]


def _lay_out(figure: go.Figure, count: int, names: list[str], palette: Palette) -> None:
    figure.update_xaxes(
        range=[-EDGE, len(names) - 1 + EDGE],
        side="top",
        tickvals=list(range(len(names))),
        ticktext=[f"<b>{escape(name)}</b>" for name in names],
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
    figure.update_layout(margin={"l": 2, "r": 2, "t": 30, "b": 4})
