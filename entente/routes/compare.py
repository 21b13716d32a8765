"""Compare: the curated corridors between two places, their map, times, prices and ranges."""

from typing import Any

import geopandas as gpd
import pandas as pd

from entente.address.views import RoutesView, corridor_ends
from entente.content import Height, LegendEntry, Panel, PanelParts, list_numbers, panel_of
from entente.dates import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.charts.ranges import corridor_ranges, corridor_ranges_alt
from entente.routes.charts.route_map import corridor_map, corridor_map_alt
from entente.routes.charts.time_distance import time_distance, time_distance_alt
from entente.routes.comparison import Comparison, compare_corridors, find_chains, name_stages
from entente.routes.network.corridors import count_routes_from
from entente.routes.trips import (
    Trip,
    cite_corridors,
    cite_legs,
    cite_rates,
    label_places,
    read_trip,
)
from entente.routes.words import CONDITIONS, count_in_words, place_name, round_estimate, since
from entente.style.palette import PALETTES, Palette
from entente.style.theme import listed

MAP_CAPTION = (
    "Numbers as in the table; the way put forward is in colour. Choose a line or a number to put "
    "another forward, and the map turns to it. Lines follow sea lanes, railways and roads where a "
    "network has them, and are straight where it has a hole."
)
TIME_CAPTION = (
    "Slopes are carriage, vertical steps are waits at ports, borders and breaks of gauge. Lines: "
    "P50; the band of the way put forward runs from P10 to P90, stage by stage. Dotted: "
    "could not be used. Numbers as in the table."
)
COST_CAPTION = (
    "The same of price: slopes are freight, vertical steps are handling, borders and passages. "
    "Lines: P50; the band: P10 to P90 of the way put forward."
)
RANGES_CAPTION = (
    "Dot: P50; line: P10 to P90. Dotted line and hollow dot: could not be used. Hollow diamonds: "
    "published for the whole corridor, where the unit is the same."
)
ROOM_CAPTION = "Days and USD for one loaded TEU: P50 of 10,000 draws, days from P10 to P90 below it"
QUANTITIES = {
    "days": "days",
    "cost_usd_per_teu": "USD per TEU",
    "co2e_kg_per_teu": "kg CO2e per TEU",
}
NAMED_STOPS = ("port", "ferry-port", "mode-change", "gauge-break", "canal")

# Fits beside a neighbour; the third chart stands alone in a file, and lower.
BESIDE = Height(rem=35, screen="clamp(22rem, 58vh, 40rem)")
ALONE = Height(rem=30, screen="clamp(22rem, 58vh, 40rem)")


def settle_pick(dossier: Dossier, view: RoutesView) -> str | None:
    """The corridor to put forward: the picked one, or its like, where it joins the two places.

    Failing that, the first of the comparison, but only where corridors are shown: nothing else is
    worth valuing all of them, and there it is None.
    """
    if view.mode == "corridors" and view.lens != "document":
        return compare_corridors(dossier, trip=read_trip(view)).settle(view.pick)
    _, same = find_chains(dossier, origin=view.origin, destination=view.destination)
    return same.get(str(view.pick))


@cached
def count_onward(dossier: Dossier, *, origin: str) -> dict[str, int]:
    """Place to the number of curated ways that lead there."""
    return count_routes_from(
        dossier["corridor_legs"],
        dossier["legs"],
        origin=origin,
        places=corridor_ends(dossier),
    )


def title(dossier: Dossier, view: RoutesView) -> str:
    """How many ways there are and how many could be used."""
    places = label_places(dossier)
    start, end = places[view.origin], places[view.destination]
    has_what_ifs = view.scenarios or view.vetoes
    when = "on the suppositions below" if has_what_ifs else f"on {day_in_words(view.as_of)}"
    conditions = compare_corridors(dossier, trip=read_trip(view)).corridors["condition"]
    total = len(conditions)
    if not total:
        return f"No curated corridor joins {start} and {end}"
    counts = conditions.value_counts()
    held = {name: int(counts[code]) for code, name in CONDITIONS.items() if code in counts}
    count = count_in_words(total).capitalize()
    ways = f"{count} {'way' if total == 1 else 'ways'} from {start} to {end}"
    if len(held) == 1:
        all_were = {1: "it was", 2: "both were"}.get(total, "all were")
        return f"{ways}; {when} {all_were} {next(iter(held))}"
    (first, number), *others = held.items()
    parts = [
        f"{count_in_words(number)} {'was' if number == 1 else 'were'} {first}",
        *(f"{count_in_words(n)} {name}" for name, n in others),
    ]
    return f"{ways}; {when} {listed(parts)}"


def lead(compared: Comparison) -> str:
    """The quickest and the cheapest usable way, and whether the ranges tell them apart."""
    usable = compared.usable
    if usable.empty:
        return "None could be used: all figures are as if the ways were open."
    quick = usable.loc[usable["days_typical"].idxmin()]
    cheap = usable.loc[usable["cost_usd_per_teu_typical"].idxmin()]
    days = f"about {round_estimate(quick['days_typical'])} days"
    price = f"about USD {round_estimate(cheap['cost_usd_per_teu_typical'])} per TEU"
    if len(usable) == 1:
        return (
            f"The one that could be used, {quick['short_label']}, takes {days} and costs {price}."
        )
    if quick["corridor_id"] == cheap["corridor_id"]:
        first = f"{quick['short_label']} comes out quickest, {days}, and cheapest, {price}."
    else:
        first = (
            f"{quick['short_label']} comes out quickest, {days}; "
            f"{cheap['short_label']} cheapest, {price}."
        )
    is_level = usable["days_low"].max() <= usable["days_high"].min()
    level = "But the ranges of days all overlap: none is sure to be quicker than another."
    return f"{first} {level if is_level else 'The ranges of days overlap for some, not for all.'}"


def head_map(compared: Comparison, corridor_id: str) -> str:
    """How far a way goes and how many states it enters, in a sentence."""
    row = compared.of(corridor_id)
    entered = int(row["border_count"])
    states = f"{count_in_words(entered)} {'border' if entered == 1 else 'borders'}"
    length = f"{round(float(row['distance_km']), -1):,.0f}"
    return f"{row['short_label']}: {length} km, {states}"


def head_times(compared: Comparison, corridor_id: str) -> str:
    """How much of a way's time is waiting, in a sentence."""
    own = compared.stages[compared.stages["corridor_id"] == corridor_id]
    days = float(compared.of(corridor_id)["days_typical"])
    share = own.loc[own["kind"] == "stop", "days_typical"].sum() / own["days_typical"].sum()
    waits, total = share * days, round_estimate(days)
    if not waits:
        return f"About {total} days on the move, with no waits on the way"
    return f"About {round_estimate(waits)} of its {total} days are spent waiting"


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Map, time and price along the way, and ranges; none where no corridor joins the places."""
    trip = read_trip(view)
    compared = compare_corridors(dossier, trip=trip)
    pick = compared.settle(view.pick)
    if pick is None:
        return ()
    options: dict[str, Any] = {"trip": trip, "pick": pick, "appearance": appearance}
    return (
        panel_of(
            map_corridors(dossier, **options),
            key="corridor-map",
            heading=head_map(compared, pick),
            caption=MAP_CAPTION,
            height=BESIDE,
            is_half=True,
            is_legend_in_caption=True,
            room_table=list_for_room(dossier, trip=trip),
        ),
        panel_of(
            chart_times(dossier, **options),
            key="time-distance",
            heading=head_times(compared, pick),
            caption=TIME_CAPTION,
            height=BESIDE,
            is_half=True,
            is_legend_in_caption=True,
        ),
        panel_of(
            chart_times(dossier, quantity="cost_usd_per_teu", **options),
            key="cost-distance",
            heading="What it costs on the way",
            caption=COST_CAPTION,
            height=ALONE,
            is_half=True,
            is_legend_in_caption=True,
        ),
        *(
            panel_of(
                chart_ranges(dossier, quantity=quantity, **options),
                key=f"corridor-ranges-{quantity.split('_')[0]}",
                heading="How far the estimates reach, and what is published",
                caption=RANGES_CAPTION,
                height=Height(rem=25),
                group="corridor-ranges",
                is_legend_in_caption=True,
            )
            for quantity in QUANTITIES
        ),
    )


@cached
def map_corridors(
    dossier: Dossier,
    *,
    trip: Trip,
    pick: str | None,
    appearance: str,
) -> PanelParts:
    """The corridors on the map."""
    found = compare_corridors(dossier, trip=trip)
    lines = join_lines(found, dossier)
    figure = corridor_map(
        lines=lines,
        corridors=found.corridors,
        places=choose_places(found, dossier, pick),
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
        _tabulate_map(lines, found, dossier),
        cite_legs(lines, dossier),
        list_corridor_legend(found, pick, PALETTES[appearance]),
    )


@cached
def chart_times(
    dossier: Dossier,
    *,
    trip: Trip,
    pick: str | None,
    appearance: str,
    quantity: str = "days",
) -> PanelParts:
    """The time–distance chart; with the quantity of price, the cost–distance chart."""
    found = compare_corridors(dossier, trip=trip)
    named = name_stages(found.stages, found.chains, dossier)
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
    table = _tabulate_profile(named, points, found)
    return PanelParts(
        figure,
        time_distance_alt(**options),
        table,
        cite_rates(found.stages, dossier),
        list_corridor_legend(found, pick, PALETTES[appearance]),
    )


@cached
def chart_ranges(
    dossier: Dossier,
    *,
    trip: Trip,
    pick: str | None,
    appearance: str,
    quantity: str,
) -> PanelParts:
    """One quantity of all corridors."""
    found = compare_corridors(dossier, trip=trip)
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
        tabulate_sums(found),
        cite_corridors(found.ids, dossier),
        list_ranges_legend(PALETTES[appearance]) if found.ids else (),
    )


def list_corridor_legend(
    found: Comparison, pick: str | None, palette: Palette
) -> tuple[LegendEntry, ...]:
    """The numbers of the corridors with their names, the picked one put forward."""
    rows = found.corridors[["corridor_id", "number", "short_label"]].to_dict("records")
    picked = next((row["number"] for row in rows if row["corridor_id"] == pick), None)
    named = [(row["number"], str(row["short_label"])) for row in rows]
    return list_numbers(named, picked=picked, palette=palette)


def list_ranges_legend(palette: Palette) -> tuple[LegendEntry, ...]:
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


@cached
def list_for_room(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    """What the numbers on the map mean, for a room: the days and the price of each corridor.

    Prices go to the hundred, as exactly as the model knows them.
    """
    found = compare_corridors(dossier, trip=trip)
    rows = []
    for row in found.corridors.to_dict("records"):
        low, middle, high = (round(row[f"days_{b}"]) for b in ("low", "typical", "high"))
        rows.append(
            {
                "No.": str(row["number"]),
                "Way": f"{row['short_label']}\n{CONDITIONS[row['condition']]}",
                "Days": f"{middle}\n{low}–{high}",
                "USD": f"{round(row['cost_usd_per_teu_typical'], -2):,.0f}",
            }
        )
    table = pd.DataFrame(rows, columns=["No.", "Way", "Days", "USD"])
    table.attrs["caption"] = ROOM_CAPTION
    return table


def join_lines(found: Comparison, dossier: Dossier) -> gpd.GeoDataFrame:
    """One row a leg, with the corridors that use it, in the order of their numbers."""
    facts = found.facts.drop_duplicates("leg_id").drop(columns="corridor_id")
    users = {
        leg_id: tuple(name for name in found.ids if name in set(names))
        for leg_id, names in found.facts.groupby("leg_id")["corridor_id"]
    }
    facts = facts.assign(
        corridor_ids=facts["leg_id"].map(users), since=facts["since_edtf"].map(since)
    )
    lines = dossier.leg_lines[["leg_id", "geometry"]]
    return gpd.GeoDataFrame(
        facts.merge(lines, on="leg_id"), geometry="geometry", crs=dossier.leg_lines.crs
    )


def choose_places(found: Comparison, dossier: Dossier, pick: str | None) -> pd.DataFrame:
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
        label=places["label"].map(place_name),
    )


def tabulate_sums(found: Comparison) -> pd.DataFrame:
    """The comparison as rows, for the table twin and the file."""
    rows = found.corridors
    columns = {"number": "No.", "short_label": "Corridor", "condition": "Status"}
    shown = rows[list(columns)].rename(columns=columns)
    shown["Status"] = shown["Status"].map(CONDITIONS)
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


def _tabulate_map(lines: gpd.GeoDataFrame, found: Comparison, dossier: Dossier) -> pd.DataFrame:
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


def _tabulate_profile(named: pd.DataFrame, points: pd.DataFrame, found: Comparison) -> pd.DataFrame:
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
