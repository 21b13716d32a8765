"""The figures of the trade routes page, each with its text alternative, its table, its sources."""

from typing import Any

import geopandas as gpd
import pandas as pd

from entente.content import PanelParts
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.charts.corridor_map import corridor_map, corridor_map_alt
from entente.routes.charts.corridor_ranges import corridor_ranges, corridor_ranges_alt
from entente.routes.charts.time_distance import time_distance, time_distance_alt
from entente.routes.engine import Trip
from entente.routes.modes import corridor_words as words
from entente.routes.modes.corridor_tables import Comparison, comparison
from entente.style.legends import LegendEntry, list_numbers
from entente.style.palette import PALETTES, Palette

QUANTITIES = {
    "days": "days",
    "cost_usd_per_teu": "USD per TEU",
    "co2e_kg_per_teu": "kg CO2e per TEU",
}
NAMED_STOPS = ("port", "ferry-port", "mode-change", "gauge-break", "canal")


def compared(dossier: Dossier, *, trip: Trip) -> Comparison:
    """The comparison of a trip, made once."""
    found: Comparison = comparison(dossier, trip=trip)
    return found


@cached
def map_of_ways(
    dossier: Dossier,
    *,
    trip: Trip,
    pick: str | None,
    appearance: str,
) -> PanelParts:
    """The ways on the plate."""
    found = compared(dossier, trip=trip)
    lines = drawn_legs(found, dossier)
    figure = corridor_map(
        lines=lines,
        corridors=found.corridors,
        places=named_places(found, dossier, pick),
        modes=dossier.labels("modes"),
        statuses=dossier.labels("leg_statuses"),
        picked=pick,
        area_lines=dossier.area_lines,
        areas=dossier["areas"],
        palette=PALETTES[appearance],
    )
    alt = corridor_map_alt(lines=lines, corridors=found.corridors, picked=pick)
    return PanelParts(
        figure,
        alt,
        _map_table(lines, found, dossier),
        leg_sources(lines, dossier),
        corridor_legend(found, pick, PALETTES[appearance]),
    )


@cached
def time_and_distance(
    dossier: Dossier,
    *,
    trip: Trip,
    pick: str | None,
    appearance: str,
    quantity: str = "days",
) -> PanelParts:
    """The time–distance chart, or the same of price."""
    found = compared(dossier, trip=trip)
    named = named_stages(found, dossier)
    points = found.profiles.merge(
        named[["corridor_id", "stage", "what", "basis"]], on=["corridor_id", "stage"], how="left"
    )
    points = points.fillna({"what": "Departure", "basis": ""})
    options: dict[str, Any] = {
        "profiles": points,
        "corridors": found.corridors,
        "picked": pick,
        "quantity": quantity,
    }
    figure = time_distance(**options, palette=PALETTES[appearance])
    table = _profile_table(named, points, found)
    return PanelParts(
        figure,
        time_distance_alt(**options),
        table,
        rate_sources(found.stages, dossier),
        corridor_legend(found, pick, PALETTES[appearance]),
    )


@cached
def ranges(
    dossier: Dossier,
    *,
    trip: Trip,
    pick: str | None,
    appearance: str,
    quantity: str,
) -> PanelParts:
    """One quantity of all ways."""
    found = compared(dossier, trip=trip)
    options = {
        "corridors": found.corridors,
        "quantity": quantity,
        "unit": QUANTITIES[quantity],
        "picked": pick,
    }
    figure = corridor_ranges(**options, palette=PALETTES[appearance])
    return PanelParts(
        figure,
        corridor_ranges_alt(**options),
        sums_table(found),
        corridor_sources(found.ids, dossier),
        ranges_legend(PALETTES[appearance]) if found.ids else (),
    )


def corridor_legend(
    found: Comparison, pick: str | None, palette: Palette
) -> tuple[LegendEntry, ...]:
    """The numbers of the corridors with their names, the picked one put forward."""
    rows = found.corridors[["corridor_id", "number", "short_label"]].to_dict("records")
    picked = next((row["number"] for row in rows if row["corridor_id"] == pick), None)
    named = [(row["number"], str(row["short_label"])) for row in rows]
    return list_numbers(named, picked=picked, palette=palette)


def ranges_legend(palette: Palette) -> tuple[LegendEntry, ...]:
    """What dots, lines and diamonds of :func:`ranges` stand for."""
    ink, paper, published = palette.ink, palette.paper, palette.muted
    return (
        LegendEntry(
            text="Computed: P50, and from P10 to P90",
            colour=ink,
            dash="solid",
            symbol="circle",
            fill=ink,
        ),
        LegendEntry(text="As if it were open", colour=ink, dash="dot", symbol="circle", fill=paper),
        LegendEntry(text="Published", colour=published, symbol="diamond", fill=paper, width=1),
    )


def drawn_legs(found: Comparison, dossier: Dossier) -> gpd.GeoDataFrame:
    """One row a leg, with the corridors that use it, in the order of their numbers."""
    facts = found.facts.drop_duplicates("leg_id").drop(columns="corridor_id")
    users = {
        leg_id: tuple(name for name in found.ids if name in set(names))
        for leg_id, names in found.facts.groupby("leg_id")["corridor_id"]
    }
    facts = facts.assign(
        corridor_ids=facts["leg_id"].map(users), since=facts["since_edtf"].map(words.since)
    )
    lines = dossier.leg_lines[["leg_id", "geometry"]]
    return gpd.GeoDataFrame(
        facts.merge(lines, on="leg_id"), geometry="geometry", crs=dossier.leg_lines.crs
    )


def named_places(found: Comparison, dossier: Dossier, pick: str | None) -> pd.DataFrame:
    """Both ends, and where the corridor that is put forward changes mode or gauge."""
    own = found.stages[found.stages["corridor_id"] == pick]
    changes = own["what_code"].isin(NAMED_STOPS) | own["is_gauge_break"]
    chain = found.chains[found.chains["corridor_id"] == pick]
    ends = [*chain["from_node_id"].head(1), *chain["to_node_id"].tail(1)]
    wanted = [*ends, *own.loc[changes, "node_id"]]
    nodes = dossier["nodes"]
    places = nodes[nodes["node_id"].isin(wanted)]
    return places.assign(
        is_end=places["node_id"].isin(ends),
        label=places["label"].map(words.place_name),
    )


def named_stages(found: Comparison, dossier: Dossier) -> pd.DataFrame:
    """The stages with `what` they are and the `basis` of their figures, in words."""
    legs = dossier["legs"].set_index("leg_id")
    rates = dossier["rates"].set_index("rate_id")
    places = dossier["nodes"].set_index("node_id")["label"]
    modes = dossier.labels("modes")
    ends = found.facts.set_index(["corridor_id", "leg_id"])[["from_label", "to_label"]]

    def named(stage: dict[str, Any]) -> tuple[str, str]:
        if stage["kind"] == "stop":
            reason = words.STOPS[stage["what_code"]]
            rate = rates.loc[stage["rate_ids"].split(" ")[0]]
            broken = " with break of gauge" if stage["is_gauge_break"] else ""
            broken = "" if stage["what_code"] == "gauge-break" else broken
            return f"{places[stage['node_id']]}: {reason}{broken}", f"{rate['label']}."
        start, end = ends.loc[(stage["corridor_id"], stage["leg_id"])]
        factor = words.multiplied(stage["multiplier"])
        basis = legs.at[stage["leg_id"], "transit_days_basis"]
        limits = f" Time and price {factor}: open with limits." if factor else ""
        return f"{start} – {end}, {modes[stage['what_code']].lower()}", f"{basis}{limits}"

    pairs = [named(stage) for stage in found.stages.to_dict("records")]
    return found.stages.assign(
        what=[what for what, _ in pairs], basis=[basis for _, basis in pairs]
    )


def sums_table(found: Comparison) -> pd.DataFrame:
    """The comparison as rows, for the table twin and the file."""
    rows = found.corridors
    columns = {"number": "No.", "short_label": "Corridor", "condition": "Status"}
    shown = rows[list(columns)].rename(columns=columns)
    shown["Status"] = shown["Status"].map(words.CONDITIONS)
    shown["km"] = rows["distance_km"].round().astype(int)
    for stem, unit in QUANTITIES.items():
        for bound, name in (("low", "P10"), ("typical", "P50"), ("high", "P90")):
            shown[f"{unit}, {name}"] = rows[f"{stem}_{bound}"].round(1)
        if f"published_{stem}_low" in rows:
            published = rows[[f"published_{stem}_low", f"published_{stem}_high"]]
            shown[f"{unit}, published low"] = published.iloc[:, 0]
            shown[f"{unit}, published high"] = published.iloc[:, 1]
    counts = {
        "border_count": "borders",
        "transshipment_count": "transshipments",
        "gauge_break_count": "breaks of gauge",
    }
    return shown.assign(**{name: rows[column] for column, name in counts.items()})


def _map_table(lines: gpd.GeoDataFrame, found: Comparison, dossier: Dossier) -> pd.DataFrame:
    numbers = dict(zip(found.corridors["corridor_id"], found.corridors["number"], strict=True))
    ways = lines["corridor_ids"].map(lambda ids: ", ".join(str(numbers[name]) for name in ids))
    statuses = lines["status_code"].map(dossier.labels("leg_statuses")).fillna("not on record")
    return pd.DataFrame(
        {
            "Leg": lines["leg_id"],
            "From": lines["from_label"],
            "To": lines["to_label"],
            "Mode": lines["mode_code"].map(dossier.labels("modes")),
            "km": lines["distance_km"],
            "Status": statuses,
            "Since": lines["since"],
            "In the hands of": lines["controllers"],
            "Ways": ways,
        }
    )


def _profile_table(named: pd.DataFrame, points: pd.DataFrame, found: Comparison) -> pd.DataFrame:
    after = points[points["stage"] > 0].reset_index(drop=True)
    numbers = dict(zip(found.corridors["corridor_id"], found.corridors["number"], strict=True))
    return pd.DataFrame(
        {
            "Way": after["corridor_id"].map(numbers),
            "Stage": after["stage"],
            "What": after["what"],
            "km from the start": after["km"].round().astype(int),
            "Days, typical": named["days_typical"].round(2).to_numpy(),
            "Day after it, P10": after["days_low"].round(1),
            "Day after it, P50": after["days_typical"].round(1),
            "Day after it, P90": after["days_high"].round(1),
            "USD after it, P10": after["cost_usd_per_teu_low"].round(),
            "USD after it, P50": after["cost_usd_per_teu_typical"].round(),
            "USD after it, P90": after["cost_usd_per_teu_high"].round(),
            "Basis": after["basis"],
        }
    )


def leg_sources(legs: pd.DataFrame, dossier: Dossier) -> tuple[str, ...]:
    """Sources of legs and of the status or standing veto that each is under, in file order."""
    tables = {
        "leg_sources": ("leg_id", "leg_id"),
        "leg_status_sources": ("leg_status_id", "leg_status_id"),
        "standing_veto_sources": ("standing_veto_id", "leg_status_id"),
    }
    found = [
        dossier[table].loc[dossier[table][key].isin(legs[column]), "source_id"]
        for table, (key, column) in tables.items()
    ]
    return tuple(dict.fromkeys(source_id for own in found for source_id in own))


def rate_sources(stages: pd.DataFrame, dossier: Dossier) -> tuple[str, ...]:
    """Sources of the rates that value the stages, in file order."""
    used = {rate_id for ids in stages["rate_ids"] for rate_id in ids.split(" ")}
    table = dossier["rate_sources"]
    return tuple(dict.fromkeys(table.loc[table["rate_id"].isin(used), "source_id"]))


def corridor_sources(corridor_ids: tuple[str, ...], dossier: Dossier) -> tuple[str, ...]:
    """Sources of what is published about corridors, in file order."""
    table = dossier["corridor_sources"]
    return tuple(dict.fromkeys(table.loc[table["corridor_id"].isin(corridor_ids), "source_id"]))
