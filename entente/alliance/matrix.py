"""Actors by actors: every tie as the symbol of its theme in the cell of its pair."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.alliance.marks import (
    CHANGE_RINGS,
    NOTHING,
    THEME_SYMBOLS,
    count_things,
    identify_tie,
    is_hollow,
    pick_hue,
    pick_symbol,
    sort_by_role,
    write_hover,
)
from entente.alliance.ties import find_ends
from entente.content import CHARACTERS, HOLLOW_CHARACTERS, SymbolGrid
from entente.style.palette import Palette
from entente.style.theme import (
    REGULAR,
    SMALL,
    blank_figure,
    empty_figure,
    escape,
    scaffold,
    scaffold_name,
)

KEY = "tie-matrix"
ACROSS = 3  # symbols side by side in a cell
FEW = 4  # actors whose names fit over their columns
SYMBOL, LARGE_SYMBOL = 9, 14
SLACK = 4  # rings are tighter here than on the map
SPACING = 0.29  # between them, as a share of the cell


def draw_matrix(
    *,
    ties: pd.DataFrame,
    actors: pd.DataFrame,
    words: Mapping[str, str],
    theme_order: Sequence[str],
    palette: Palette,
    since: str = "",
) -> go.Figure:
    """A symmetric matrix; rows and columns are actors in order of role.

    Args:
        ties: Ties to draw (see :func:`entente.alliance.ties.compare_ties`).
        actors: All actors; those without a tie here get no row.
        words: Code to word, for themes and valences.
        theme_order: All theme codes in order.
        palette: The appearance to draw in.
        since: The earlier day in words, when two days are compared.

    Returns:
        A figure whose marks carry `[kind, id, ids of claims and events]` as `customdata`.
    """
    if ties.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    present = list_tied_actors(ties, actors)
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    cells = place_ties(ties, list(present["actor_id"]), theme_order)
    figure = blank_figure(palette, key=KEY)
    figure.add_trace(_draw_diagonal(len(present), palette))
    if since:
        changed = cells[cells["change_code"].isin(list(CHANGE_RINGS))]
        rings = [CHANGE_RINGS[code] for code in changed["change_code"]]
        figure.add_trace(
            _draw_symbols(
                changed,
                name="changes",
                marker={
                    "symbol": [symbol for symbol, _ in rings],
                    "size": [size - SLACK for _, size in rings],
                    "color": palette.ink,
                    "line": {"width": 1.3, "color": palette.ink},
                },
                hoverinfo="skip",
            )
        )
    rows: list[Any] = list(cells.itertuples())
    hues = [pick_hue(tie, palette) for tie in rows]
    figure.add_trace(
        _draw_symbols(
            cells,
            name="ties",
            marker={
                "symbol": [pick_symbol(tie) for tie in rows],
                "size": LARGE_SYMBOL if len(present) <= FEW and not since else SYMBOL,
                "color": [
                    palette.paper if is_hollow(tie) else hue
                    for tie, hue in zip(rows, hues, strict=True)
                ],
                "line": {"width": 1.4, "color": hues},
            },
            hovertext=[write_hover(tie, names=names, words=words, since=since) for tie in rows],
            hoverinfo="text",
        )
    )
    _lay_out(figure, present, palette)
    return figure


def describe_matrix(*, ties: pd.DataFrame, actors: pd.DataFrame, day: str) -> str:
    """What the matrix shows, in two sentences."""
    if ties.empty:
        return f"Matrix of ties on {day}: none matches these settings."
    pairs = _pairs(ties).value_counts()
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    (one, other), most = pairs.index[0], int(pairs.iloc[0])
    return (
        f"Matrix of {len(list_tied_actors(ties, actors))} actors with "
        f"{count_things(len(ties), 'tie')} in {len(pairs)} pairs on {day}. "
        f"Most in one pair: {names[one]} and {names[other]}, {most}."
    )


def build_grid(
    *, ties: pd.DataFrame, actors: pd.DataFrame, theme_order: Sequence[str], palette: Palette
) -> SymbolGrid | None:
    """What :func:`draw_matrix` shows, without what has changed; None where no tie is shown."""
    if ties.empty:
        return None
    present = list_tied_actors(ties, actors)
    placed = place_ties(ties, list(present["actor_id"]), theme_order)
    cells: dict[tuple[int, int], tuple[tuple[str, str], ...]] = {}
    for tie in placed.sort_values(["y", "x"], kind="stable").itertuples():
        cell, symbol = (round(tie.y), round(tie.x)), THEME_SYMBOLS[tie.theme_code][0]
        character = CHARACTERS[symbol]
        if is_hollow(tie):
            character = HOLLOW_CHARACTERS.get(symbol, character)
        cells[cell] = (*cells.get(cell, ()), (character, pick_hue(tie, palette)))
    is_principal = present["role_code"] == "principal"
    return SymbolGrid(
        names=tuple(present["label"]),
        strong=frozenset(present.loc[is_principal, "label"]),
        cells=cells,
    )


def list_tied_actors(ties: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Actors with a tie, in order of role."""
    return sort_by_role(actors[actors["actor_id"].isin(find_ends(ties))]).reset_index(drop=True)


def place_ties(
    ties: pd.DataFrame, order: Sequence[str], theme_order: Sequence[str]
) -> pd.DataFrame:
    """Every tie twice, once on each side of the diagonal: `x` and `y` of its symbol.

    Symbols of one cell stand in rows of `ACROSS`, in the order of themes.
    """
    place = {actor: index for index, actor in enumerate(order)}
    rank = {code: index for index, code in enumerate(theme_order)}
    ranked = ties.assign(pair=_pairs(ties), rank=ties["theme_code"].map(rank))
    ranked = ranked.sort_values(["pair", "rank", "tie_id"]).reset_index(drop=True)
    slot = ranked.groupby("pair").cumcount()
    size = ranked.groupby("pair")["tie_id"].transform("size")
    line, last_line = slot // ACROSS, (size - 1) // ACROSS
    in_line = (size - line * ACROSS).clip(upper=ACROSS)
    aside = (slot % ACROSS - (in_line - 1) / 2) * SPACING
    down = (line - last_line / 2) * SPACING
    halves = [
        ranked.assign(
            x=(ranked[column].map(place) + aside).round(3),
            y=(ranked[row].map(place) + down).round(3),
        )
        for column, row in (("from_actor_id", "to_actor_id"), ("to_actor_id", "from_actor_id"))
    ]
    return pd.concat(halves, ignore_index=True).drop(columns=["pair", "rank"])


def _pairs(ties: pd.DataFrame) -> pd.Series:
    ends = zip(ties["from_actor_id"], ties["to_actor_id"], strict=True)
    return pd.Series([tuple(sorted(pair)) for pair in ends], index=ties.index)


def _draw_symbols(cells: pd.DataFrame, **looks: Any) -> go.Scatter:
    return go.Scatter(
        x=list(cells["x"]),
        y=list(cells["y"]),
        mode="markers",
        customdata=[identify_tie(tie) for tie in cells.itertuples()],
        **looks,
    )


def _draw_diagonal(count: int, palette: Palette) -> go.Scatter:
    """Squares on the diagonal, where an actor would meet itself."""
    across, down = (-0.5, 0.5, 0.5, -0.5), (-0.5, -0.5, 0.5, 0.5)
    return go.Scatter(
        x=[at for place in range(count) for at in (*(place + step for step in across), None)],
        y=[at for place in range(count) for at in (*(place + step for step in down), None)],
        mode="lines",
        fill="toself",
        fillcolor=palette.rule,
        line={"width": 0},
        hoverinfo="skip",
        meta=scaffold("cells in which an actor would meet itself"),
    )


def _lay_out(figure: go.Figure, present: pd.DataFrame, palette: Palette) -> None:
    names = [
        f"<b>{escape(actor.label)}</b>" if actor.role_code == "principal" else escape(actor.label)
        for actor in present.itertuples()
    ]
    count = len(names)
    shared = {
        "tickmode": "array",
        "tickvals": list(range(count)),
        "ticktext": names,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
        "color": palette.ink,
        "automargin": True,
        "ticklabelstandoff": 4,
    }
    figure.update_xaxes(
        **shared, side="top", range=[-0.5, count - 0.5], tickangle=0 if count <= FEW else -45
    )
    figure.update_yaxes(**shared, range=[count - 0.5, -0.5])
    edges = [place - 0.5 for place in range(count + 1)]
    rules = {
        "type": "line",
        "layer": "below",
        "line": {"width": 0.6, "color": palette.rule},
        "name": scaffold_name("rules between actors"),
    }
    far = count - 0.5
    figure.update_layout(
        shapes=[
            *({**rules, "x0": e, "x1": e, "y0": -0.5, "y1": far} for e in edges),
            *({**rules, "x0": -0.5, "x1": far, "y0": e, "y1": e} for e in edges),
        ],
        margin={"l": 10, "r": 10 if count <= FEW else 80, "t": 10, "b": 10},
        font={"size": SMALL if count > ACROSS else REGULAR},
    )
