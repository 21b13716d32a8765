"""Compare: the corridors between two places on a map and on one scale, and what actors do."""

import math
from statistics import NormalDist
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.address.views import RoutesView, corridor_ends
from entente.content import Height, LegendEntry, Panel, PanelParts, make_panel
from entente.dates import day_in_words
from entente.dossier.store import Dossier, Rows, cached
from entente.routes import best, built
from entente.routes.actors.gate import find_gate, state_gate
from entente.routes.actors.outcomes import state_outcome
from entente.routes.charts.branch_map import branch_map, branch_map_alt
from entente.routes.charts.ranges import range_bar_rows, range_bars, range_bars_alt
from entente.routes.trips import Trip, cite_corridors, cite_legs, name_ends, read_trip
from entente.routes.valuation.corridors import count_routes_from
from entente.routes.valued_corridors import (
    Comparison,
    compare_corridors,
    describe_band,
    find_chains,
    list_corridor_legend,
    tabulate_legs,
    tabulate_sums,
)
from entente.routes.words import (
    CONDITIONS,
    IF_RATES_ARE_RIGHT,
    format_share,
    round_estimate,
    say_since,
    shorten_place,
)
from entente.style.palette import PALETTES, Palette
from entente.style.theme import join_words

MAP_CAPTION = (
    "Solid: by rail or road; dotted: by ship. Tinted: every branch crosses it. Thin: routes by "
    "sea. Select a line or a bar to highlight a route."
)
RANGES_CAPTION = (
    "Model estimates for one loaded TEU. Dark: 8 of 10 simulations {rates}. Pale: {band}. "
    "◇ published.{error}"
)
ROOM_CAPTION = "Days and USD for one loaded TEU: typical; below the days, {band}"
# Standard deviations from the median within which half of a normal lies.
HALF_Z = NormalDist().inv_cdf(0.75)
# What the map shows of corridors, and of their legs.
LOOKS = [
    *("corridor_id", "code", "name", "map_label", "hue"),
    *("is_branch", "is_usable", "identity"),
]
FACTS = [
    *("corridor_id", "leg_id", "from_node_id", "to_node_id", "from_label", "to_label"),
    *("mode_code", "distance_km", "status_code", "since", "status_note", "geometry"),
]
NAMED_PLACES = ("city", "seaport")
MOST_PLACES = 4
MAP_HEIGHT = Height(rem=34, screen="40rem", ratio=1.38, phone_ratio=1.42)


def settle_pick(dossier: Dossier, view: RoutesView) -> str | None:
    """The corridor to highlight: the picked one, or one with the same legs between the places.

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
    """Who can close the route and who can slow it; with actors chosen, what these do to it."""
    trip, (start, end) = read_trip(view), name_ends(dossier, view)
    compared = compare_corridors(dossier, trip=trip)
    if not compared.ids:
        return best.title(dossier, view)
    if view.vetoes:
        return state_outcome(dossier, view)
    return state_gate(dossier, trip=trip) or _state_fastest(compared, view, start, end)


def _state_fastest(compared: Comparison, view: RoutesView, start: str, end: str) -> str:
    """The fastest corridor, where none has branches by land that could be used."""
    if compared.usable.empty:
        when = "in this scenario" if view.scenarios else f"on {day_in_words(view.as_of)}"
        return f"Every corridor from {start} to {end} is cut {when}"
    first = compared.usable.loc[compared.usable["days_typical"].idxmin()]
    days = round_estimate(first["days_typical"])
    return f"From {start} to {end}, {first['name']} is fastest: about {days} days"


def describe_leaders(compared: Comparison) -> str:
    """The fastest and the cheapest usable corridor, and whether the ranges tell them apart."""
    usable = compared.usable
    if usable.empty:
        return "None could be used: all figures are as if the routes were open."
    quick = usable.loc[usable["days_typical"].idxmin()]
    cheap = usable.loc[usable["cost_usd_per_teu_typical"].idxmin()]
    days = f"about {round_estimate(quick['days_typical'])} days"
    price = f"about USD {round_estimate(cheap['cost_usd_per_teu_typical'])} per TEU"
    if len(usable) == 1:
        return f"The only one that could be used, {quick['name']}, takes {days} and costs {price}."
    if quick["corridor_id"] == cheap["corridor_id"]:
        first = f"{quick['name']} is fastest, {days}, and cheapest, {price}."
    else:
        first = f"{quick['name']} is fastest, {days}; {cheap['name']} cheapest, {price}."
    return f"{first} {_say_odds(compared, quick)}"


def _say_odds(compared: Comparison, quick: pd.Series) -> str:
    """How often the fastest corridor is faster than the next, in tenths of all draws."""
    others = compared.usable[compared.usable["corridor_id"] != quick["corridor_id"]]
    second = others.loc[others["days_typical"].idxmin()]
    odds = compared.spread.chances.set_index(["quantity", "corridor_id", "other_id"]).loc[
        ("days", quick["corridor_id"], second["corridor_id"])
    ]
    tenths, box = (round(float(odds[name]) * 10) for name in ("wins", "box_wins"))
    return (
        f"It beats the next, {second['name']}, in about {tenths} of 10 simulations on average, and "
        f"in about {box} of 10 for a single box."
    )


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Map and days; then what the reader opened of how a route is built. Nothing without one."""
    trip = read_trip(view)
    compared = compare_corridors(dossier, trip=trip)
    pick = compared.settle(view.pick)
    main: tuple[Panel, ...] = ()
    if pick is not None:
        options: dict[str, Any] = {"trip": trip, "pick": pick, "appearance": appearance}
        ranges = chart_ranges(dossier, trip=trip, appearance=appearance)
        main = (
            make_panel(
                map_corridors(dossier, **options),
                key="corridor-map",
                caption=MAP_CAPTION,
                height=MAP_HEIGHT,
                is_half=True,
                is_legend_in_caption=True,
                room_table=tabulate_for_room(dossier, trip=trip),
            ),
            make_panel(
                ranges,
                key="corridor-ranges",
                heading=f"Days to {name_ends(dossier, view)[1]}",
                caption=caption_ranges(compared),
                height=_find_height(len(_select_shown(compared))),
                is_half=True,
                is_legend_in_caption=True,
                room_scale=1.0,
            ),
        )
        if view.built is None:
            return main
    return (*main, *built.panels(dossier, view, appearance, pick=pick))


def _find_height(rows: int) -> Height:
    """Rows stand closer in a low window, so that none falls off its foot."""
    rem, least = (round(each * rows + 2.9, 1) for each in (2.5, 2.1))
    return Height(rem=rem, screen=f"clamp({least}rem, calc(100vh - 26.4rem), {rem}rem)")


def _select_shown(compared: Comparison) -> pd.DataFrame:
    """The corridors that are built; all of them where none is."""
    rows = compared.corridors
    is_built = rows["condition"] != "not-built"
    return rows[is_built] if is_built.any() else rows


def caption_ranges(compared: Comparison) -> str:
    """What the marks of the ranges mean, how good the model is, and what is left out."""
    caption = RANGES_CAPTION.format(
        rates=IF_RATES_ARE_RIGHT,
        band=describe_band(compared.calibration),
        error=_say_error(compared),
    )
    shown = set(_select_shown(compared)["corridor_id"])
    missing = compared.corridors[~compared.corridors["corridor_id"].isin(shown)]
    if len(missing):
        caption += f" Not built, so not drawn: {join_words(list(missing['name']))}."
    return caption


def _say_error(compared: Comparison) -> str:
    """Within how much of the model's half of the published times of such routes lie."""
    rows = compared.usable if len(compared.usable) else compared.corridors
    error = compared.calibration["days"]
    sigma = error.find_sigma(float(rows["days_typical"].median()))
    if not sigma or not error.is_calibrated:
        return ""
    share = format_share(math.expm1(HALF_Z * sigma))
    return f" Half of the times published for routes this long lie within {share} of the model’s."


@cached
def map_corridors(
    dossier: Dossier,
    *,
    trip: Trip,
    pick: str | None,
    appearance: str,
    is_compact: bool = False,
    room: tuple[float, float] | None = None,
) -> PanelParts:
    """The branches between the places of a trip on the map, with the states that all cross.

    The picked corridor is highlighted. A compact map, which stands beside others, has few names,
    and so has one for the presenter's screen, where it has so much `room`.
    """
    compared, palette = compare_corridors(dossier, trip=trip), PALETTES[appearance]
    gate, labels = find_gate(dossier, trip=trip), dossier.labels("actors")
    rows = _select_shown(compared)
    rows = rows.assign(is_branch=rows["corridor_id"].isin(gate.branches))
    chains = read_chains(dossier, compared, tuple(rows["corridor_id"]))
    gates = tuple((actor, labels[actor]) for actor in gate.actors)
    figure = _draw_map(
        dossier,
        corridors=Rows(rows[LOOKS]),
        chains=Rows(chains[FACTS]),
        places=Rows(choose_places(compared, dossier, gate.branches)),
        gates=gates,
        pick=pick,
        appearance=appearance,
        is_compact=is_compact,
        room=room,
    )
    return PanelParts(
        figure,
        branch_map_alt(corridors=rows, gates=dict(gates), picked=pick),
        tabulate_legs(chains, compared, dossier),
        cite_legs(chains, dossier),
        list_corridor_legend(rows, pick, palette),
    )


@cached
def _draw_map(
    dossier: Dossier,
    *,
    corridors: Rows,
    chains: Rows,
    places: Rows,
    gates: tuple[tuple[str, str], ...],
    pick: str | None,
    appearance: str,
    is_compact: bool,
    room: tuple[float, float] | None,
) -> go.Figure:
    """The map by what it shows: most delays and charges, and most days, change nothing of it."""
    return branch_map(
        corridors=corridors.table,
        chains=gpd.GeoDataFrame(chains.table),
        nodes=dossier["nodes"],
        places=places.table,
        gates=dict(gates),
        modes=dossier.labels("modes"),
        statuses=dossier.labels("leg_statuses"),
        picked=pick,
        area_lines=dossier.area_lines,
        areas=dossier["areas"],
        palette=PALETTES[appearance],
        is_compact=is_compact,
        room=room,
    )


def read_chains(dossier: Dossier, compared: Comparison, ids: tuple[str, ...]) -> gpd.GeoDataFrame:
    """The legs of corridors in order of travel, as lines; ends without what is in brackets."""
    facts = compared.facts[compared.facts["corridor_id"].isin(ids)]
    lines = dossier.leg_lines[["leg_id", "geometry"]]
    merged = facts.merge(lines, on="leg_id", how="inner")
    named = merged.assign(
        since=merged["since_edtf"].map(say_since),
        from_label=merged["from_label"].map(shorten_place),
        to_label=merged["to_label"].map(shorten_place),
    )
    return gpd.GeoDataFrame(named, crs=dossier.leg_lines.crs)


@cached
def chart_ranges(dossier: Dossier, *, trip: Trip, appearance: str) -> PanelParts:
    """Days of the corridors with their ranges, and their prices."""
    compared, palette = compare_corridors(dossier, trip=trip), PALETTES[appearance]
    rows, band = _select_shown(compared), describe_band(compared.calibration)
    free = compare_corridors(dossier, trip=trip.free)
    before = dict(zip(free.ids, free.corridors["days_typical"], strict=True))
    return PanelParts(
        range_bars(corridors=rows, palette=palette, band=band, before=before),
        range_bars_alt(corridors=rows, band=band),
        tabulate_sums(compared),
        cite_corridors(compared.ids, dossier),
        list_ranges_legend(palette, band=band) if compared.ids else (),
        range_bar_rows(corridors=rows, palette=palette),
    )


def list_ranges_legend(palette: Palette, *, band: str) -> tuple[LegendEntry, ...]:
    """What ticks, bars and diamonds of :func:`chart_ranges` stand for; `band` is the pale range."""
    return (
        LegendEntry(
            text=f"Dark: 8 of 10 simulations {IF_RATES_ARE_RIGHT}; tick: typical",
            colour=palette.muted,
            dash="solid",
            width=9,
        ),
        LegendEntry(text=f"Pale: {band}", colour=palette.rule, dash="solid", width=9),
        LegendEntry(
            text="Published", colour=palette.ink, symbol="diamond", fill=palette.paper, width=1
        ),
    )


@cached
def tabulate_for_room(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    """What the codes on the map mean, for a room: the days and the price of each corridor.

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
            "Code": rows["code"],
            "Route": rows["name"] + "\n" + rows["condition"].map(CONDITIONS),
            "Days": typical + "\n" + low + "–" + high,
            "USD": rows["cost_usd_per_teu_typical"].round(-2).map("{:,.0f}".format),
        }
    )
    table.attrs["caption"] = ROOM_CAPTION.format(band=describe_band(compared.calibration))
    return table


def choose_places(
    compared: Comparison, dossier: Dossier, branches: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Both ends, and the first ports and cities that every branch calls at."""
    chains = compared.chains
    own = [
        [chain["from_node_id"].iloc[0], *chain["to_node_id"]]
        for one, chain in chains.groupby("corridor_id", sort=False)
        if one in branches or not branches
    ]
    common = [node for node in own[0] if all(node in other for other in own)]
    ends = (own[0][0], own[0][-1])
    nodes = dossier["nodes"]
    kinds = dict(zip(nodes["node_id"], nodes["kind_code"], strict=True))
    between = [node for node in common if kinds[node] in NAMED_PLACES and node not in ends]
    places = nodes[nodes["node_id"].isin([*ends, *between[: MOST_PLACES - 2]])]
    return places.assign(
        is_end=places["node_id"].isin(ends), label=places["label"].map(shorten_place)
    )
