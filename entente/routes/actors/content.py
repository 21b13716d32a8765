"""Who can block it: the actors by what a block costs the route, then all trade by any route."""

from entente.address.views import RoutesView
from entente.content import Panel, height_by_rows, make_panel
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.actors import complications, leverage, outcomes
from entente.routes.actors.gate import find_gate, list_asked_actors, measure_block, state_gate
from entente.routes.trips import Trip, find_draws, read_trip
from entente.routes.valuation.leverage_draws import LEAST, find_range

CAPTION = (
    "Extra days on the best remaining route, the median of 400 simulations; lines: 8 of 10 "
    "simulations, of every network that services allow."
)
BY_SEA = " Routes by sea that avoid {gate} are not shown here, but counted below."
MOST_ACTORS = 8


def title(dossier: Dossier, view: RoutesView) -> str:
    """Who can close the route and who can slow it; with actors chosen, what their veto does."""
    trip = read_trip(view)
    if view.vetoes or not trip.is_two_places:
        return leverage.title(dossier, view)
    return state_gate(dossier, trip=trip) or leverage.title(dossier, view)


def state_leverage(dossier: Dossier, view: RoutesView) -> str:
    """Who can close or slow the route, and what the actors asked about do to all trade.

    It follows the draws of the day; empty where there is no route.
    """
    told = leverage.state_leverage(dossier, view)
    trip = read_trip(view)
    headline = state_gate(dossier, trip=trip) if told else ""
    return f"{headline}; by any route, sea included, {told}" if headline else told


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """What blocks cost the route, what vetoes cost all trade, the detour, and the flow."""
    shown = shown_panels(dossier, view, appearance)
    return (*shown, complications.flow_panel(dossier, view, appearance)) if shown else ()


def shown_panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """All but the flow, which takes a solver and on the page stands folded away."""
    trip = read_trip(view)
    rest = leverage.panels(dossier, view, appearance)
    sets = list_sets(dossier, trip=trip.free) if rest else ()
    if not sets:
        return rest
    gate = find_gate(dossier, trip=trip)
    labels = dossier.labels("actors")
    around = " and ".join(labels[actor] for actor in gate.actors)
    return (
        make_panel(
            outcomes.draw_actor_bars(dossier, trip=trip, appearance=appearance, sets=sets),
            key="actor-bars",
            heading=f"Days lost on {gate.name} if one of these blocks it",
            caption=CAPTION + (BY_SEA.format(gate=around) if around else ""),
            height=height_by_rows(len(sets), each=2.55, around=3.2),
            is_half=True,
            room_scale=1.0,
        ),
        *rest,
    )


@cached
def list_sets(dossier: Dossier, *, trip: Trip) -> tuple[tuple[str, ...], ...]:
    """The actors whose block may matter to the route, and the sets that the document asks about.

    Those that the document asks about come in any case. Empty where nothing can be measured.
    """
    gate = find_gate(dossier, trip=trip)
    if not gate.branches:
        return ()
    asked = list_asked_actors(dossier, trip=trip)
    every = find_draws(dossier, trip=trip, objective="time").actors
    found = []
    for actor in dict.fromkeys([*asked, *every]):
        own = measure_block(dossier, trip=trip, actors=[actor])
        if not own.size:
            continue
        _, middle, most = find_range(own)
        if actor in asked or most >= LEAST["days"]:
            rank = (-middle, -most, -float(own.max()))
            found.append((actor not in gate.actors, actor not in asked, *rank, actor))
    alone = [(actor,) for *_, actor in sorted(found)[:MOST_ACTORS]]
    joint = [
        preset.actor_ids
        for preset in dossier.document.presets_as("asked")
        if len(preset.actor_ids) > 1 and set(preset.actor_ids) <= set(asked)
    ]
    return (*alone, *joint) if alone else ()
