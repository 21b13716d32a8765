"""Compare: the curated corridors between two places, their map, times, prices and ranges."""

from typing import Any

import geopandas as gpd
import pandas as pd

from entente.address.views import RoutesView, corridor_ends
from entente.content import Height, LegendEntry, Panel, PanelParts, list_numbers, make_panel
from entente.dates import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.charts.comparison import (
    BAND_WIDTH,
    corridor_ranges,
    corridor_ranges_alt,
    shade_band,
    time_distance,
    time_distance_alt,
)
from entente.routes.charts.route_map import corridor_map, corridor_map_alt
from entente.routes.comparison import (
    Comparison,
    compare_corridors,
    describe_band,
    find_chains,
    join_lines,
)
from entente.routes.trips import (
    Trip,
    cite_corridors,
    cite_legs,
    cite_rates,
    label_places,
    read_trip,
)
from entente.routes.valuation.corridors import count_routes_from
from entente.routes.words import (
    CONDITIONS,
    IF_RATES_ARE_RIGHT,
    format_share,
    round_estimate,
    say_since,
    shorten_place,
    spell_number,
)
from entente.style.palette import PALETTES, Palette
from entente.style.theme import capitalise, join_words

MAP_CAPTION = (
    "Numbers as in the table; the way put forward is in colour. Choose a line or a number to put "
    "another forward, and the map turns to it. Lines follow sea lanes, railways and roads where a "
    "network has them, and are straight where it has a hole."
)
TIME_CAPTION = (
    "Slopes are carriage, vertical steps are waits at ports, borders and breaks of gauge. Lines: "
    "typical; band: eight in ten for the way put forward, if our rates are right. Dotted: could "
    "not be used. Numbers as in the table."
)
COST_CAPTION = (
    "Price along the way: slopes are freight, vertical steps are handling, borders and passages. "
    "Lines: typical; band: eight in ten for the way put forward, if our rates are right."
)
RANGES_CAPTION = (
    "Dot: typical; line: eight in ten, if our rates are right.{band} Dotted line and hollow dot: "
    "could not be used. Hollow diamonds: published for the whole corridor, where the unit is the "
    "same."
)
ROOM_CAPTION = "Days and USD for one loaded TEU: typical; below the days, {band}"
UNITS = {
    "days": "days",
    "cost_usd_per_teu": "USD per TEU",
    "co2e_kg_per_teu": "kg CO2e per TEU",
}
COUNTS = {
    "border_count": "borders",
    "transshipment_count": "transshipments",
    "gauge_break_count": "breaks of gauge",
}
NAMED_STOPS = ("port", "ferry-port", "mode-change", "gauge-break", "canal")

# Fits beside a neighbour; the third chart stands alone in a file, and lower.
BESIDE = Height(rem=35, screen="clamp(22rem, 58vh, 40rem)")
ALONE = Height(rem=30, screen="clamp(22rem, 58vh, 40rem)")


def settle_pick(dossier: Dossier, view: RoutesView) -> str | None:
    """The corridor to put forward: the picked one, or one with the same legs between the places.

    Where it does not join them, the first of the comparison; None in modes that show no corridors,
    for they need not value all of them.
    """
    if view.mode == "corridors" and view.lens != "document":
        return compare_corridors(dossier, trip=read_trip(view)).settle(view.pick)
    _, same = find_chains(
        dossier, origin=view.origin, destination=view.destination, services=view.services
    )
    return same.get(str(view.pick))


@cached
def count_onward(dossier: Dossier, *, origin: str) -> dict[str, int]:
    """Place to the number of curated routes that lead there."""
    return count_routes_from(
        dossier["corridor_legs"], dossier["legs"], origin=origin, places=corridor_ends(dossier)
    )


def title(dossier: Dossier, view: RoutesView) -> str:
    """How many corridors there are and how many could be used."""
    places = label_places(dossier)
    start, end = places[view.origin], places[view.destination]
    counts = compare_corridors(dossier, trip=read_trip(view)).corridors["condition"].value_counts()
    total = int(counts.sum())
    if not total:
        return f"No curated corridor joins {start} and {end}"
    has_what_ifs = view.scenarios or view.vetoes
    when = "on the suppositions below" if has_what_ifs else f"on {day_in_words(view.as_of)}"
    count = spell_number(total).capitalize()
    ways = f"{count} {'way' if total == 1 else 'ways'} from {start} to {end}"
    (first, number), *others = (
        (name, int(counts[code])) for code, name in CONDITIONS.items() if code in counts
    )
    if not others:
        all_were = {1: "it was", 2: "both were"}.get(total, "all were")
        return f"{ways}; {when} {all_were} {first}"
    parts = [
        f"{spell_number(number)} {'was' if number == 1 else 'were'} {first}",
        *(f"{spell_number(other)} {name}" for name, other in others),
    ]
    return f"{ways}; {when} {join_words(parts)}"


def describe_leaders(compared: Comparison) -> str:
    """The quickest and the cheapest usable corridor, and whether the ranges tell them apart."""
    usable = compared.usable
    if usable.empty:
        return "None could be used: all figures are as if the ways were open."
    quick = usable.loc[usable["days_typical"].idxmin()]
    cheap = usable.loc[usable["cost_usd_per_teu_typical"].idxmin()]
    days = f"about {round_estimate(quick['days_typical'])} days"
    price = f"about USD {round_estimate(cheap['cost_usd_per_teu_typical'])} per TEU"
    quickest, cheapest = quick["short_label"], cheap["short_label"]
    if len(usable) == 1:
        return f"The one that could be used, {quickest}, takes {days} and costs {price}."
    if quick["corridor_id"] == cheap["corridor_id"]:
        first = f"{quickest} comes out quickest, {days}, and cheapest, {price}."
    else:
        first = f"{quickest} comes out quickest, {days}; {cheapest} cheapest, {price}."
    return f"{first} {_say_odds(compared, quick)}"


def _say_odds(compared: Comparison, quick: pd.Series) -> str:
    """How often the quickest corridor is quicker than the next, on average and for one box."""
    others = compared.usable[compared.usable["corridor_id"] != quick["corridor_id"]]
    second = others.loc[others["days_typical"].idxmin()]
    odds = compared.chances.set_index(["quantity", "corridor_id", "other_id"]).loc[
        ("days", quick["corridor_id"], second["corridor_id"])
    ]
    return (
        f"It is quicker than the next, {second['short_label']}, on average in "
        f"{format_share(odds['wins'])} of draws, for a single box in "
        f"{format_share(odds['box_wins'])}."
    )


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Map, time and price along the corridors, and ranges; nothing without a corridor."""
    trip = read_trip(view)
    compared = compare_corridors(dossier, trip=trip)
    pick = compared.settle(view.pick)
    if pick is None:
        return ()
    options: dict[str, Any] = {"trip": trip, "pick": pick, "appearance": appearance}
    shared: dict[str, Any] = {"is_half": True, "is_legend_in_caption": True}
    return (
        make_panel(
            map_corridors(dossier, **options),
            key="corridor-map",
            heading=_describe_length(compared.find(pick)),
            caption=MAP_CAPTION,
            height=BESIDE,
            room_table=tabulate_for_room(dossier, trip=trip),
            **shared,
        ),
        make_panel(
            chart_profiles(dossier, quantity="days", **options),
            key="time-distance",
            heading=_describe_waits(compared, pick),
            caption=TIME_CAPTION,
            height=BESIDE,
            **shared,
        ),
        make_panel(
            chart_profiles(dossier, quantity="cost_usd_per_teu", **options),
            key="cost-distance",
            heading="What it costs on the way",
            caption=COST_CAPTION,
            height=ALONE,
            **shared,
        ),
        *(
            make_panel(
                chart_ranges(dossier, quantity=quantity, **options),
                key=f"corridor-ranges-{quantity.split('_')[0]}",
                heading="How far the estimates reach, and what is published",
                caption=_caption_ranges(compared, quantity),
                height=Height(rem=25),
                group="corridor-ranges",
                is_legend_in_caption=True,
            )
            for quantity in UNITS
        ),
    )


def _caption_ranges(compared: Comparison, quantity: str) -> str:
    """What the marks of the ranges of a quantity mean."""
    band = describe_band(compared.calibration, quantity)
    return RANGES_CAPTION.format(band=f" Paler band: {band}." if band else "")


def _describe_length(row: pd.Series) -> str:
    """How far a corridor goes and how many borders it crosses, as a heading."""
    count = int(row["border_count"])
    borders = f"{spell_number(count)} {'border' if count == 1 else 'borders'}"
    return f"{row['short_label']}: {round(float(row['distance_km']), -1):,.0f} km, {borders}"


def _describe_waits(compared: Comparison, pick: str) -> str:
    """How much of a corridor's time is waiting, as a heading."""
    own = compared.stages[compared.stages["corridor_id"] == pick]
    days = float(compared.find(pick)["days_typical"])
    share = own.loc[own["kind"] == "stop", "days_typical"].sum() / own["days_typical"].sum()
    total = round_estimate(days)
    if not share * days:
        return f"About {total} days on the move, with no waits on the way"
    return f"About {round_estimate(share * days)} of its {total} days are spent waiting"


@cached
def map_corridors(dossier: Dossier, *, trip: Trip, pick: str | None, appearance: str) -> PanelParts:
    """The corridors on the map."""
    compared, palette = compare_corridors(dossier, trip=trip), PALETTES[appearance]
    lines = join_lines(dossier, compared.facts, compared.ids)
    lines = lines.assign(since=lines["since_edtf"].map(say_since))
    shown: dict[str, Any] = {"lines": lines, "corridors": compared.corridors, "picked": pick}
    figure = corridor_map(
        **shown,
        places=choose_places(compared, dossier, pick),
        modes=dossier.labels("modes"),
        statuses=dossier.labels("leg_statuses"),
        area_lines=dossier.area_lines,
        areas=dossier["areas"],
        palette=palette,
    )
    return PanelParts(
        figure,
        corridor_map_alt(**shown),
        _tabulate_legs(lines, compared, dossier),
        cite_legs(lines, dossier),
        list_corridor_legend(compared, pick, palette),
    )


@cached
def chart_profiles(
    dossier: Dossier, *, trip: Trip, pick: str | None, appearance: str, quantity: str
) -> PanelParts:
    """Days, or price, against km along the corridors."""
    compared, palette = compare_corridors(dossier, trip=trip), PALETTES[appearance]
    shown: dict[str, Any] = {
        "profiles": compared.profiles,
        "corridors": compared.corridors,
        "picked": pick,
        "quantity": quantity,
    }
    return PanelParts(
        time_distance(**shown, palette=palette),
        time_distance_alt(**shown),
        _tabulate_profiles(compared),
        cite_rates(compared.stages, dossier),
        list_corridor_legend(compared, pick, palette),
    )


@cached
def chart_ranges(
    dossier: Dossier, *, trip: Trip, pick: str | None, appearance: str, quantity: str
) -> PanelParts:
    """One quantity of all corridors."""
    compared, palette = compare_corridors(dossier, trip=trip), PALETTES[appearance]
    shown: dict[str, Any] = {
        "corridors": compared.corridors,
        "quantity": quantity,
        "unit": UNITS[quantity],
        "picked": pick,
        "band": describe_band(compared.calibration, quantity),
    }
    return PanelParts(
        corridor_ranges(**shown, palette=palette),
        corridor_ranges_alt(**shown),
        _tabulate_sums(compared.corridors, compared),
        cite_corridors(compared.ids, dossier),
        list_ranges_legend(palette, band=shown["band"]) if compared.ids else (),
    )


def list_corridor_legend(
    compared: Comparison, pick: str | None, palette: Palette
) -> tuple[LegendEntry, ...]:
    """The numbers of the corridors with their names, the picked one put forward."""
    rows = compared.corridors
    named = zip(rows["number"], rows["short_label"], strict=True)
    return list_numbers(named, picked=compared.numbers.get(str(pick)), palette=palette)


def list_ranges_legend(palette: Palette, *, band: str) -> tuple[LegendEntry, ...]:
    """What dots, lines, bands and diamonds of :func:`chart_ranges` stand for.

    Args:
        palette: Colours.
        band: What the paler band says; empty where there is none.
    """
    ink, paper = palette.ink, palette.paper
    paler = LegendEntry(
        text=capitalise(band), colour=shade_band(palette), dash="solid", width=BAND_WIDTH
    )
    return (
        LegendEntry(
            text=f"Typical, and eight in ten {IF_RATES_ARE_RIGHT}",
            colour=ink,
            dash="solid",
            symbol="circle",
            fill=ink,
        ),
        *([paler] if band else []),
        LegendEntry(text="As if it were open", colour=ink, dash="dot", symbol="circle", fill=paper),
        LegendEntry(text="Published", colour=palette.muted, symbol="diamond", fill=paper, width=1),
    )


@cached
def tabulate_for_room(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    """What the numbers on the map mean, for a room: the days and the price of each corridor.

    Prices go to the hundred, as exactly as the model knows them.
    """
    compared = compare_corridors(dossier, trip=trip)
    rows = compared.corridors
    low, typical, high = (
        rows[f"days_{bound}"].round().map("{:.0f}".format)
        for bound in ("calibrated_p10", "typical", "calibrated_p90")
    )
    table = pd.DataFrame(
        {
            "No.": rows["number"].astype(str),
            "Way": rows["short_label"] + "\n" + rows["condition"].map(CONDITIONS),
            "Days": typical + "\n" + low + "–" + high,
            "USD": rows["cost_usd_per_teu_typical"].round(-2).map("{:,.0f}".format),
        }
    )
    table.attrs["caption"] = ROOM_CAPTION.format(band=describe_band(compared.calibration, "days"))
    return table


def choose_places(compared: Comparison, dossier: Dossier, pick: str | None) -> pd.DataFrame:
    """Both ends, and where the corridor that is put forward changes mode or gauge."""
    own = compared.stages[compared.stages["corridor_id"] == pick]
    changes = own["what_code"].isin(NAMED_STOPS) | own["is_gauge_break"]
    chain = compared.chains[compared.chains["corridor_id"] == pick]
    ends = [*chain["from_node_id"].head(1), *chain["to_node_id"].tail(1)]
    nodes = dossier["nodes"]
    places = nodes[nodes["node_id"].isin([*ends, *own.loc[changes, "node_id"]])]
    return places.assign(
        is_end=places["node_id"].isin(ends), label=places["label"].map(shorten_place)
    )


def _tabulate_sums(rows: pd.DataFrame, compared: Comparison) -> pd.DataFrame:
    """The comparison as rows for readers."""
    shown = pd.DataFrame(
        {
            "No.": rows["number"],
            "Corridor": rows["short_label"],
            "Status": rows["condition"].map(CONDITIONS),
            "km": rows["distance_km"].round().astype(int),
        }
    )
    for quantity, unit in UNITS.items():
        shown[f"{unit}, typical"] = rows[f"{quantity}_typical"].round(1)
        for bound in ("p10", "p90"):
            name = f"{unit}, {bound.upper()} {IF_RATES_ARE_RIGHT}"
            shown[name] = rows[f"{quantity}_{bound}"].round(1)
        if quantity in compared.calibration.errors:
            is_calibrated = compared.calibration.is_calibrated(quantity)
            doubt = "" if is_calibrated else " (not calibrated)"
            for bound in ("p10", "p90"):
                name = f"{unit}, {bound.upper()} of published{doubt}"
                shown[name] = rows[f"{quantity}_calibrated_{bound}"].round(1)
        for bound in ("low", "high"):
            if f"published_{quantity}_{bound}" in rows:
                shown[f"{unit}, published {bound}"] = rows[f"published_{quantity}_{bound}"]
    return shown.assign(**{name: rows[column] for column, name in COUNTS.items()})


def _tabulate_legs(lines: gpd.GeoDataFrame, compared: Comparison, dossier: Dossier) -> pd.DataFrame:
    """The legs of all corridors as rows for readers."""
    numbers = compared.numbers
    return pd.DataFrame(
        {
            "Leg": lines["leg_id"],
            "From": lines["from_label"],
            "To": lines["to_label"],
            "Mode": lines["mode_code"].map(dossier.labels("modes")),
            "km": lines["distance_km"],
            "Status": lines["status_code"]
            .map(dossier.labels("leg_statuses"))
            .fillna("not on record"),
            "Since": lines["since"],
            "In the hands of": lines["controllers"],
            "Ways": [
                ", ".join(str(numbers[name]) for name in names) for names in lines["corridor_ids"]
            ],
        }
    )


def _tabulate_profiles(compared: Comparison) -> pd.DataFrame:
    """The stages of all corridors as rows for readers."""
    after = compared.profiles[compared.profiles["stage"] > 0].reset_index(drop=True)
    return pd.DataFrame(
        {
            "Way": after["corridor_id"].map(compared.numbers),
            "Stage": after["stage"],
            "What": after["what"],
            "km from the start": after["km"].round().astype(int),
            "Days, typical": compared.stages["days_typical"].round(2).to_numpy(),
            "Day after it, P10": after["days_low"].round(1),
            "Day after it, typical": after["days_typical"].round(1),
            "Day after it, P90": after["days_high"].round(1),
            "USD after it, P10": after["cost_usd_per_teu_low"].round(),
            "USD after it, typical": after["cost_usd_per_teu_typical"].round(),
            "USD after it, P90": after["cost_usd_per_teu_high"].round(),
            "Basis": after["basis"],
        }
    )
