"""Leverage between two places as tables: each transit actor, the questions asked, the way left."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.engine import Trip, actor_labels, traffic_of
from entente.routes.network.cuts import cut
from entente.routes.network.objectives import objective_of
from entente.routes.network.ways import Way
from entente.routes.valuation.leverage import PRESETS, Leverage, leverage
from entente.routes.valuation.vetoes import Trade, Veto, veto, veto_alone

ASKED = PRESETS["Ankara and Baku"]
ACTOR_COLUMNS = [
    "actor_id",
    "label",
    "veto_loss_days",
    "veto_loss_usd",
    "cuts_route",
    "shapley_days",
    "shapley",
    "way",
]


@dataclass(frozen=True, kw_only=True)
class Held:
    """Who holds what over traffic between two places.

    Attributes:
        free: The best way without a veto; None when there is none, and then all below is empty.
        cut: The fewest legs whose opening would restore a way, when there is none.
        restored: That way.
        actors: Rows of `ACTOR_COLUMNS`, by their Shapley value; `way` is what a veto leaves.
        questions: What each preset set of actors costs.
        shared: The Shapley values with the coalitions behind them.
    """

    free: Way | None
    cut: pd.DataFrame | None
    restored: Way | None
    actors: pd.DataFrame
    questions: dict[str, Veto]
    shared: Leverage | None


@cached
def held(dossier: Dossier, *, trip: Trip, objective: str) -> Held:
    """Leverage over a trip, its own vetoes left aside."""
    traffic = traffic_of(dossier, trip, objective)
    if not traffic.chosen.has_route:
        fewest, restored = cut(traffic.chosen, objective_of(objective))
        return Held(
            free=None,
            cut=fewest,
            restored=restored,
            actors=pd.DataFrame(columns=ACTOR_COLUMNS),
            questions={},
            shared=None,
        )
    shared = leverage(traffic.chosen)
    return Held(
        free=traffic.chosen.best(),
        cut=None,
        restored=None,
        actors=_actors(dossier, traffic, shared),
        questions={label: veto(traffic, actors) for label, actors in PRESETS.items()},
        shared=shared,
    )


def held_of(dossier: Dossier, trip: Trip, objective: str) -> Held:
    """The same, made once."""
    made: Held = held(dossier, trip=trip._replace(vetoes=()), objective=objective)
    return made


def chosen_veto(dossier: Dossier, trip: Trip, objective: str) -> Veto:
    """The veto that the reader chose, or that of Ankara and Baku, which the comment speaks of."""
    made: Veto = _chosen(dossier, trip=trip, objective=objective)
    return made


def joint_losses(dossier: Dossier, sets: Sequence[Veto], traffic: Trade) -> pd.DataFrame:
    """Sets of two and more as `figures.leverage_bars` wants them."""
    names = actor_labels(dossier)
    rows = []
    for item in sets:
        parts = [veto_alone(traffic, [actor]) for actor in item.actors]
        cuts = any(part.cuts_route for part in parts)
        rows.append(
            {
                "actor_id": " ".join(item.actors),
                "label": " + ".join(names[actor] for actor in item.actors),
                "veto_loss_days": item.loss_days,
                "veto_loss_usd": item.loss_usd,
                "cuts_route": item.cuts_route,
                "parts_days": None if cuts else sum(part.loss_days or 0 for part in parts),
                "parts_usd": None if cuts else sum(part.loss_usd or 0 for part in parts),
            }
        )
    columns = ["actor_id", "label", "veto_loss_days", "veto_loss_usd", "cuts_route"]
    table = pd.DataFrame(rows, columns=[*columns, "parts_days", "parts_usd"])
    numbers = ["veto_loss_days", "veto_loss_usd", "parts_days", "parts_usd"]
    return table.astype(dict.fromkeys(numbers, float))


@cached
def _chosen(dossier: Dossier, *, trip: Trip, objective: str) -> Veto:
    return veto(traffic_of(dossier, trip, objective), trip.vetoes or ASKED)


def _actors(dossier: Dossier, traffic: Trade, shared: Leverage) -> pd.DataFrame:
    names = actor_labels(dossier)
    days = shared if traffic.fastest is traffic.chosen else leverage(traffic.fastest)
    rows = []
    for actor in (*shared.players, *sorted(set(days.players) - set(shared.players))):
        alone = veto_alone(traffic, [actor])
        rows.append(
            {
                "actor_id": actor,
                "label": names[actor],
                "veto_loss_days": alone.loss_days,
                "veto_loss_usd": alone.loss_usd,
                "cuts_route": alone.cuts_route,
                "shapley_days": days.share_of.get(actor, 0.0),
                "shapley": shared.share_of.get(actor, 0.0),
                "way": alone.way,
            }
        )
    table = pd.DataFrame(rows, columns=ACTOR_COLUMNS)
    numbers = ["veto_loss_days", "veto_loss_usd", "shapley_days", "shapley"]
    return table.astype(dict.fromkeys(numbers, float))
