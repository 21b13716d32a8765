"""How a route is built: all figures, leg by leg, time and cost along the way, routes found."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from entente.address.views import RoutesView
from entente.content import Height, Panel, PanelParts, make_panel
from entente.dossier.store import Dossier, cached
from entente.routes import best
from entente.routes.charts.time_distance import time_distance, time_distance_alt
from entente.routes.trips import Trip, cite_corridors, cite_legs, cite_rates, read_trip
from entente.routes.valued_corridors import (
    Comparison,
    compare_corridors,
    list_corridor_legend,
    tabulate_sums,
)
from entente.routes.words import IF_RATES_ARE_RIGHT, round_estimate
from entente.style.palette import PALETTES

TIME_CAPTION = (
    "Slopes are carriage, vertical steps are waits at ports, borders and breaks of gauge. Lines: "
    f"typical; band: 8 of 10 simulations {IF_RATES_ARE_RIGHT}, for the highlighted route. Dotted: "
    "could not be used."
)
COST_CAPTION = (
    "Slopes are freight, vertical steps are handling, borders and passages. Lines: typical; band: "
    f"8 of 10 simulations {IF_RATES_ARE_RIGHT}, for the highlighted route."
)
PROFILES: Mapping[str, tuple[str, str]] = {
    "time": ("days", TIME_CAPTION),
    "cost": ("cost_usd_per_teu", COST_CAPTION),
}
CHART_HEIGHT = Height(rem=32, screen="clamp(22rem, 62vh, 40rem)")


def panels(
    dossier: Dossier, view: RoutesView, appearance: str, *, pick: str | None
) -> tuple[Panel, ...]:
    """What the reader opened; where no corridor joins the places, the routes that a search finds.

    `pick` is the highlighted corridor; None where there is none.
    """
    if view.built == "found" or pick is None:
        return best.panels(dossier, view, appearance)
    trip = read_trip(view)
    options: dict[str, Any] = {"trip": trip, "pick": pick}
    if view.built is not None and view.built in PROFILES:
        quantity, caption = PROFILES[view.built]
        compared = compare_corridors(dossier, trip=trip)
        return (
            make_panel(
                chart_profiles(dossier, **options, appearance=appearance, quantity=quantity),
                key=f"{view.built}-distance",
                heading=describe_profile(compared, pick, view.built),
                caption=caption,
                height=CHART_HEIGHT,
                is_legend_in_caption=True,
            ),
        )
    if view.built == "table":
        return (list_figures(dossier, trip=trip),)
    return (list_legs(dossier, **options),) if view.built == "legs" else ()


def list_figures(dossier: Dossier, *, trip: Trip) -> Panel:
    """All figures of all corridors, as a table."""
    compared = compare_corridors(dossier, trip=trip)
    table = tabulate_sums(compared)
    return Panel(
        key="corridor-figures",
        figure=None,
        alt=f"All figures of {len(table)} corridors.",
        table=table,
        caption="All figures for one loaded TEU of 14 t.",
        source_ids=cite_corridors(compared.ids, dossier),
        heading="All figures",
    )


def list_legs(dossier: Dossier, *, trip: Trip, pick: str) -> Panel:
    """The stages of one corridor in order of travel, as a table."""
    compared = compare_corridors(dossier, trip=trip)
    own = compared.spread.profiles[compared.spread.profiles["corridor_id"] == pick]
    legs = compared.facts[compared.facts["corridor_id"] == pick]
    return Panel(
        key="corridor-legs",
        figure=None,
        alt=f"{len(own)} stages of {compared.find(pick)['name']}.",
        table=tabulate_profiles(compared, only=pick),
        caption="Legs and waits in order of travel, for one loaded TEU.",
        source_ids=cite_legs(legs, dossier),
        heading=f"{compared.find(pick)['name']}, leg by leg",
    )


def describe_profile(compared: Comparison, pick: str, built: str) -> str:
    """How much of a corridor's time is waiting, or what it costs, as a heading."""
    row = compared.find(pick)
    if built == "cost":
        price = round_estimate(float(row["cost_usd_per_teu_typical"]))
        return f"{row['name']} costs about USD {price} per TEU"
    own = compared.stages[compared.stages["corridor_id"] == pick]
    days = float(row["days_typical"])
    share = own.loc[own["kind"] == "stop", "days_typical"].sum() / own["days_typical"].sum()
    total = round_estimate(days)
    if not share * days:
        return f"{row['name']}: about {total} days on the move, without waits"
    return f"{row['name']}: about {round_estimate(share * days)} of {total} days are spent waiting"


@cached
def chart_profiles(
    dossier: Dossier, *, trip: Trip, pick: str | None, appearance: str, quantity: str
) -> PanelParts:
    """Days, or price, against km along the corridors."""
    compared, palette = compare_corridors(dossier, trip=trip), PALETTES[appearance]
    rows = compared.corridors
    shown: dict[str, Any] = {
        "profiles": compared.spread.profiles,
        "corridors": rows.assign(
            short_label=rows["name"], colour=[palette.corridors[hue] for hue in rows["hue"]]
        ),
        "picked": pick,
        "quantity": quantity,
    }
    return PanelParts(
        time_distance(**shown, palette=palette),
        time_distance_alt(**shown),
        tabulate_profiles(compared),
        cite_rates(compared.stages, dossier),
        list_corridor_legend(rows, pick, palette),
    )


def tabulate_profiles(compared: Comparison, *, only: str | None = None) -> pd.DataFrame:
    """The stages of all corridors, or of one, as rows for readers."""
    after = compared.spread.profiles[compared.spread.profiles["stage"] > 0].reset_index(drop=True)
    table = pd.DataFrame(
        {
            "Route": after["corridor_id"].map(compared.codes),
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
    return table if only is None else table[(after["corridor_id"] == only).to_numpy()]
