"""The map of ways that a search has found, with its text alternative, table and sources."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from entente.content import PanelParts
from entente.dossier.store import Dossier
from entente.routes.charts.way_map import ACCENTED, way_map, way_map_alt
from entente.routes.engine import Trip, place_labels
from entente.routes.marks import way_mark
from entente.routes.modes.corridor_figures import leg_sources
from entente.routes.network.ways import Way
from entente.routes.route_denials import denied_legs, statuses_under
from entente.style.legends import list_numbers
from entente.style.palette import PALETTES

USABLE = ("open", "partial")


class Drawn(NamedTuple):
    """A way as the map is to show it."""

    number: int
    label: str
    role: str
    role_label: str
    way: Way


def map_of(
    dossier: Dossier,
    *,
    drawn: Sequence[Drawn],
    trip: Trip,
    crossed: Mapping[str, str],
    appearance: str,
) -> PanelParts:
    """The ways on the plate.

    Args:
        dossier: The dataset.
        drawn: Ways, the best first.
        trip: Between which places, under what.
        crossed: Leg to the reason why it is crossed out.
        appearance: Name of a palette.
    """
    lines = _lines(dossier, drawn)
    ways = _ways(drawn)
    out = lines[lines["leg_id"].isin(list(crossed))]
    out = out.assign(why=out["leg_id"].map(crossed))
    figure = way_map(
        lines=lines,
        ways=ways,
        crossed=out,
        places=_places(dossier, trip),
        modes=dossier.labels("modes"),
        area_lines=dossier.area_lines,
        areas=dossier["areas"],
        palette=PALETTES[appearance],
    )
    statuses = statuses_under(dossier, trip)
    table = _table(dossier, drawn, statuses)
    cited = statuses[statuses["leg_id"].isin(lines["leg_id"])]
    sources = leg_sources(cited, dossier)
    legend = list_numbers(
        [(item.number, item.label) for item in drawn],
        picked=next((item.number for item in drawn if item.role in ACCENTED), None),
        palette=PALETTES[appearance],
    )
    return PanelParts(figure, way_map_alt(ways=ways, crossed=out), table, sources, legend)


def crossed_legs(dossier: Dossier, trip: Trip, way: Way) -> dict[str, str]:
    """Legs of a way that cannot be used under switches and vetoes, with the reason."""
    rows = statuses_under(dossier, trip).set_index("leg_id")
    denied = denied_legs(dossier, trip)
    shut = rows[~rows["status_code"].isin(USABLE)].index
    return {
        leg_id: str(rows.at[leg_id, "note"])
        for leg_id in way.leg_ids
        if leg_id in shut or leg_id in denied
    }


def _ways(drawn: Sequence[Drawn]) -> pd.DataFrame:
    rows = [
        {
            "corridor_id": f"way-{item.number}",
            "number": item.number,
            "short_label": item.label,
            "role": item.role,
            "role_label": item.role_label,
            "identity": way_mark(item.way),
            "is_keyed": item.role not in [other.role for other in drawn[place + 1 :]],
        }
        for place, item in enumerate(drawn)
    ]
    columns = ["corridor_id", "number", "short_label", "role", "role_label", "identity", "is_keyed"]
    return pd.DataFrame(rows, columns=columns)


def _lines(dossier: Dossier, drawn: Sequence[Drawn]) -> gpd.GeoDataFrame:
    """One row a leg, with the ways that use it."""
    users: dict[str, tuple[str, ...]] = {}
    for item in drawn:
        for leg_id in item.way.leg_ids:
            users[leg_id] = (*users.get(leg_id, ()), f"way-{item.number}")
    labels = place_labels(dossier)
    legs = dossier["legs"]
    own = legs[legs["leg_id"].isin(list(users))]
    facts = own[["leg_id", "mode_code", "distance_km"]].assign(
        corridor_ids=own["leg_id"].map(users),
        from_label=own["from_node_id"].map(labels),
        to_label=own["to_node_id"].map(labels),
    )
    lines = dossier.leg_lines[["leg_id", "geometry"]]
    merged = facts.merge(lines, on="leg_id")
    return gpd.GeoDataFrame(merged, geometry="geometry", crs=dossier.leg_lines.crs)


def _places(dossier: Dossier, trip: Trip) -> pd.DataFrame:
    nodes = dossier["nodes"]
    ends = nodes[nodes["node_id"].isin((trip.origin, trip.destination))]
    return ends.assign(is_end=True, label=ends["label"].str.split(" (", regex=False).str[0])


def _table(dossier: Dossier, drawn: Sequence[Drawn], statuses: pd.DataFrame) -> pd.DataFrame:
    labels, modes = place_labels(dossier), dossier.labels("modes")
    words = dossier.labels("leg_statuses")
    known = dict(zip(statuses["leg_id"], statuses["status_code"], strict=True))
    km = dict(zip(dossier["legs"]["leg_id"], dossier["legs"]["distance_km"], strict=True))
    rows = [
        {
            "Way": item.number,
            "Leg": step["leg_id"],
            "From": labels[step["from_node_id"]],
            "To": labels[step["to_node_id"]],
            "Mode": modes[step["mode_code"]],
            "km": km[step["leg_id"]],
            "Status": words.get(known.get(step["leg_id"], ""), "Not on record"),
        }
        for item in drawn
        for step in item.way.steps
    ]
    return pd.DataFrame(rows, columns=["Way", "Leg", "From", "To", "Mode", "km", "Status"])
