"""Who denies which leg to the trade of a trip: the reader's vetoes, and those that always stand."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from entente.dates import OPEN, in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.engine import Trip, find_scenario, label_scenarios, speak_actors
from entente.routes.network.scenarios import select_standing_vetoes
from entente.style.theme import capitalised, listed


def find_veto_bits(dossier: Dossier, trip: Trip) -> int:
    """Bits of the vetoes of a trip that count: nobody has one over its own trade."""
    denials = find_scenario(dossier, trip).transport.denials
    return denials.bits(trip.vetoes) & ~denials.own_trade(trip.origin, trip.destination)


def find_standing_bits(dossier: Dossier, trip: Trip) -> int:
    """Bits of those that deny transit to the trade of a trip in any case."""
    return find_scenario(dossier, trip).standing_vetoes(trip.origin, trip.destination)


def find_standing_vetoes(dossier: Dossier, trip: Trip) -> pd.DataFrame:
    """Rows of the standing vetoes that bear on the trade of a trip, in file order."""
    denials = find_scenario(dossier, trip).transport.denials
    deniers = denials.named(find_standing_bits(dossier, trip))
    trading = {denials.states[node] for node in (trip.origin, trip.destination)}
    rows = select_standing_vetoes(
        dossier["standing_vetoes"], as_of=trip.as_of, scenario_ids=trip.scenarios
    )
    bears = rows["actor_id"].isin(deniers) & rows["trade_of_actor_id"].isin(trading)
    return rows[bears]


def find_denied_legs(dossier: Dossier, trip: Trip) -> Mapping[str, tuple[str, ...]]:
    """Leg to the actors that deny it, by the vetoes of a trip or by standing ones."""
    built = find_scenario(dossier, trip).transport
    bits = find_veto_bits(dossier, trip) | find_standing_bits(dossier, trip)
    pairs = zip(built.graph.leg_ids, built.denials.by_leg.tolist(), strict=True)
    return {leg_id: built.denials.named(own & bits) for leg_id, own in pairs if own & bits}


def find_exposures(
    dossier: Dossier, chains: pd.DataFrame, trip: Trip
) -> dict[str, tuple[str, ...]]:
    """Corridor to the transit actors whose veto would cut it.

    Without those whose own trade it is, and those that deny it already by a standing veto.
    """
    denials = find_scenario(dossier, trip).transport.denials
    own = denials.own_trade(trip.origin, trip.destination) | find_standing_bits(dossier, trip)
    rows = dict(zip(dossier["legs"]["leg_id"], denials.by_leg.tolist(), strict=True))
    exposed: dict[str, int] = {}
    for corridor_id, leg_id in zip(chains["corridor_id"], chains["leg_id"], strict=True):
        exposed[corridor_id] = exposed.get(corridor_id, 0) | rows[leg_id] & ~own
    return {corridor_id: denials.named(bits) for corridor_id, bits in exposed.items()}


def read_statuses_under(dossier: Dossier, trip: Trip) -> pd.DataFrame:
    """Status of each leg under switches and vetoes, as `scenarios.read_statuses` gives them.

    A leg that somebody denies counts as closed, and the note says by whom, and since when where it
    is by a standing veto; one that is shut anyhow stays as it is. A leg set by a switch says by
    which. `leg_status_id` is the row that says so: of leg statuses, or of standing vetoes.
    """
    found = find_scenario(dossier, trip).statuses
    labels = label_scenarios(dossier)
    notes = [
        f"What-if: {labels[switch]}. {note}" if isinstance(switch, str) else note
        for switch, note in zip(found["scenario_id"], found["note"], strict=True)
    ]
    said = found.assign(note=notes)
    denied = find_denied_legs(dossier, trip)
    return _with_denials(said, _reasons(dossier, trip, denied)) if denied else said


@cached
def describe_standing_vetoes(dossier: Dossier, *, trip: Trip) -> list[dict[str, Any]]:
    """The standing vetoes on this trade for `templates/route_standing.html`."""
    names = speak_actors(dossier)
    switches = label_scenarios(dossier)
    cited, sources = dossier["standing_veto_sources"], dossier["sources"]
    return [
        {
            "sentence": describe_standing_veto(row, names),
            "note": row["note"],
            "lifted_by": switches.get(row["lifted_by_scenario_id"], ""),
            "sources": sources[
                sources["source_id"].isin(
                    cited.loc[cited["standing_veto_id"] == row["standing_veto_id"], "source_id"]
                )
            ].to_dict("records"),
        }
        for row in find_standing_vetoes(dossier, trip).to_dict("records")
    ]


def describe_standing_veto(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Who denies transit to whose trade, since when, with no full stop."""
    begun = row["from_edtf"]
    since = "for as long as the record reaches" if begun == OPEN else f"since {in_words(begun)}"
    who, whose = names[row["actor_id"]], names[row["trade_of_actor_id"]]
    return f"{capitalised(who)} denies transit to the trade of {whose}, {since}"


class Reason(NamedTuple):
    """Why a leg is denied, since when, and the row that says so; a what-if has neither."""

    note: str
    since_edtf: str | None = None
    row_id: str | None = None


def _with_denials(statuses: pd.DataFrame, reasons: Mapping[str, Reason]) -> pd.DataFrame:
    missing = [leg_id for leg_id in reasons if leg_id not in set(statuses["leg_id"])]
    rows = pd.concat([statuses, pd.DataFrame({"leg_id": missing})], ignore_index=True)
    usable = rows["status_code"].isna() | rows["status_code"].isin(("open", "partial"))
    hit = usable & rows["leg_id"].isin(list(reasons))
    said = [reasons.get(leg_id, Reason("")) for leg_id in rows["leg_id"]]
    columns = {"note": "note", "since_edtf": "since_edtf", "leg_status_id": "row_id"}
    return rows.assign(
        status_code=rows["status_code"].mask(hit, "closed"),
        **{
            column: rows[column]
            .astype(object)
            .mask(hit, pd.Series([getattr(one, name) for one in said], rows.index, dtype=object))
            for column, name in columns.items()
        },
    )


def _reasons(
    dossier: Dossier, trip: Trip, denied: Mapping[str, tuple[str, ...]]
) -> dict[str, Reason]:
    """Leg to why it is denied."""
    names = speak_actors(dossier)
    standing = {
        row["actor_id"]: Reason(
            f"{describe_standing_veto(row, names)}.", row["from_edtf"], row["standing_veto_id"]
        )
        for row in find_standing_vetoes(dossier, trip).to_dict("records")
    }

    def reason(actors: tuple[str, ...]) -> Reason:
        chosen = [names[actor] for actor in actors if actor not in standing]
        always = [standing[actor] for actor in actors if actor in standing]
        what_if = [f"What-if: transit denied by {listed(chosen)}."] if chosen else []
        note = " ".join([*(one.note for one in always), *what_if])
        return always[0]._replace(note=note) if always else Reason(note)

    reasons = {actors: reason(actors) for actors in set(denied.values())}
    return {leg_id: reasons[actors] for leg_id, actors in denied.items()}
