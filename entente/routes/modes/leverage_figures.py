"""The bars of the leverage reading, and the map of the detour that a veto forces."""

from typing import Any

import pandas as pd

from entente.content import PanelParts
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.charts.leverage_bars import leverage_bar_rows, leverage_bars, leverage_bars_alt
from entente.routes.engine import Trip, place_labels, traffic_of
from entente.routes.marks import veto_mark
from entente.routes.modes import way_words
from entente.routes.modes.corridor_figures import leg_sources
from entente.routes.modes.leverage_tables import ASKED, Held, chosen_veto, held_of, joint_losses
from entente.routes.modes.way_figures import Drawn, crossed_legs, map_of
from entente.routes.route_denials import statuses_under
from entente.style.legends import LegendEntry
from entente.style.palette import PALETTES, Palette

MOST_BARS = 9
QUANTITIES = {"time": "days", "cost": "usd", "co2e": "days"}
UNITS = {"time": "days", "cost": "USD per TEU", "co2e": "kg CO2e"}


@cached
def bars(dossier: Dossier, *, trip: Trip, objective: str, appearance: str) -> PanelParts:
    """Price of a veto of each actor that matters, with its Shapley value, and joint vetoes."""
    found = held_of(dossier, trip, objective)
    places = place_labels(dossier)
    quantity = QUANTITIES[objective]
    sets = [item for item in found.questions.values() if len(item.actors) > 1]
    chosen = chosen_veto(dossier, trip, objective)
    if len(chosen.actors) > 1 and chosen.actors not in [item.actors for item in sets]:
        sets = [chosen, *sets]
    options: dict[str, Any] = {
        "actors": _weightiest(found.actors, quantity),
        "joint": joint_losses(dossier, sets, traffic_of(dossier, trip, objective)),
        "quantity": quantity,
        "place_pair": f"{places[trip.origin]} and {places[trip.destination]}",
    }
    for rows in ("actors", "joint"):
        options[rows] = _with_marks(dossier, trip, options[rows], found)
    figure = leverage_bars(**options, palette=PALETTES[appearance])
    legs = dossier["leg_actors"]
    concerned = legs.loc[legs["actor_id"].isin(options["actors"]["actor_id"]), "leg_id"]
    statuses = statuses_under(dossier, trip._replace(vetoes=()))
    ways = {leg_id for way in (found.shared.ways if found.shared else ()) for leg_id in way.leg_ids}
    cited = statuses[statuses["leg_id"].isin(ways & set(concerned))]
    table = _table(dossier, found.actors, options["joint"], UNITS[objective])
    return PanelParts(
        figure,
        leverage_bars_alt(**options),
        table,
        leg_sources(cited, dossier),
        bars_legend(PALETTES[appearance]),
        leverage_bar_rows(
            actors=options["actors"],
            joint=options["joint"],
            quantity=quantity,
            palette=PALETTES[appearance],
        ),
    )


def bars_legend(palette: Palette) -> tuple[LegendEntry, ...]:
    """What bars and diamonds of :func:`bars` stand for."""
    ink = palette.ink
    return (
        LegendEntry(
            text="Bar: days that this veto would cost all others",
            colour=ink,
            symbol="square",
            fill=ink,
        ),
        LegendEntry(
            text="Shapley value, in days: the share of each in what all together could do",
            colour=ink,
            symbol="diamond",
            fill=palette.paper,
        ),
    )


@cached
def detour(dossier: Dossier, *, trip: Trip, objective: str, appearance: str) -> PanelParts:
    """The free way, the legs of it that are denied, and the way that traffic then takes."""
    found = held_of(dossier, trip, objective)
    chosen = chosen_veto(dossier, trip, objective)
    under = trip._replace(vetoes=trip.vetoes or ASKED)
    drawn = []
    if chosen.way is not None and found.free and chosen.way.leg_ids != found.free.leg_ids:
        label = way_words.through(chosen.way, dossier)
        drawn.append(Drawn(2, label, "detour", "the way that is left", chosen.way))
    crossed: dict[str, str] = {}
    if found.free is not None:
        label = way_words.through(found.free, dossier)
        drawn.append(Drawn(1, label, "reference", "the way without a veto", found.free))
        crossed = crossed_legs(dossier, under, found.free)
    return map_of(dossier, drawn=drawn, trip=under, crossed=crossed, appearance=appearance)


def _weightiest(actors: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """Those with most at stake: every one whose veto costs something, then by Shapley value."""
    costly = actors["cuts_route"].astype(bool) | (actors[f"veto_loss_{quantity}"].abs() > 0)
    order = pd.concat([actors[costly], actors[~costly]])
    return order.head(max(MOST_BARS, int(costly.sum()))).reset_index(drop=True)


def _with_marks(dossier: Dossier, trip: Trip, rows: pd.DataFrame, found: Held) -> pd.DataFrame:
    """The rows with what the mark of each carries."""
    assert found.shared is not None, "drawn only where there is a way"
    ways = found.shared.ways
    sets = [str(actors).split() for actors in rows["actor_id"]]
    marks = [veto_mark(dossier, trip, actors, ways=ways) for actors in sets]
    return rows.assign(identity=pd.Series(marks, index=rows.index, dtype=object))


def _table(dossier: Dossier, actors: pd.DataFrame, joint: pd.DataFrame, unit: str) -> pd.DataFrame:
    lost = "route lost"
    both = pd.concat([actors, joint], ignore_index=True)
    cuts = both["cuts_route"].astype(bool)
    shares = [] if actors.empty else [*actors["shapley"].round(2), *[None] * len(joint)]
    ways = [
        "" if way is None else way_words.through(way, dossier)
        for way in [*actors["way"], *[None] * len(joint)]
    ]
    return pd.DataFrame(
        {
            "Veto of": both["label"],
            "Days lost": both["veto_loss_days"].round(1).astype(object).mask(cuts, lost),
            "USD lost": both["veto_loss_usd"].round().astype(object).mask(cuts, lost),
            f"Shapley value, {unit}": pd.Series(shares, dtype=object),
            "Way that is left": ways,
        }
    )
