"""How old the record is on a day, and what it lists as open or in motion once it is dated."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd
import pytest

from entente.address.pages import link_mark
from entente.dossier.store import Dossier
from entente.record.horizon import Horizon, describe_horizon

NEWEST = dt.date(2022, 9, 30)


def described(tables: Mapping[str, pd.DataFrame], days: int | None) -> Horizon:
    """The horizon of tables, read some days after their newest source."""
    read_on = None if days is None else NEWEST + dt.timedelta(days=days)
    return describe_horizon(tables, newest=NEWEST, read_on=read_on)


@pytest.mark.parametrize(
    ("days", "age", "is_dated"),
    [
        (0, "less than a day", False),
        (1, "1 day", False),
        (2, "2 days", False),
        (89, "89 days", False),
        (90, "90 days", False),
        (91, "91 days", True),
        (-1, "", False),
        (-4000, "", False),
        (None, "", False),
    ],
)
def test_the_age_is_that_of_the_newest_source(
    dossier: Dossier, days: int | None, age: str, is_dated: bool
) -> None:
    found = described(dossier.tables, days)
    assert (found.date, found.age, found.is_dated) == ("30 September 2022", age, is_dated)
    assert bool(found.lists) == is_dated


def test_what_was_open_or_in_motion_is_listed_with_its_marks(dossier: Dossier) -> None:
    events = dossier["events"].copy()
    last = events["event_id"] == events["event_id"].iloc[-1]
    events.loc[last, ["date_edtf", "status_code"]] = ["2022-07-02", "disputed"]
    lists = dict(described({**dossier.tables, "events": events}, 91).lists)
    (claim,) = lists["Forecasts still open"]
    assert (claim.page_code, claim.mark_id, claim.detail) == ("claims", "k08", "open (k08)")
    (event,) = lists["Events announced or disputed"]
    assert event.mark_id == events["event_id"].iloc[-1]
    assert event.detail == "disputed, 2 July 2022"
    (leg,) = lists["Legs of routes whose status had just changed"]
    assert leg.detail == "suspended since 30 August 2022"
    chains, corridors = dossier["corridor_legs"], dossier["corridors"]
    assert leg.mark_id in set(chains.loc[chains["leg_id"] == "g07", "corridor_id"])
    ends = corridors.set_index("corridor_id").loc[leg.mark_id]
    assert link_mark(leg.page_code, leg.mark_id, setting=leg.setting) == (
        f"trade_routes?pick={leg.mark_id}&from={ends['from_node_id']}&to={ends['to_node_id']}"
    )


@pytest.mark.parametrize(
    ("date", "is_listed"),
    [
        *(("2022-07-01", False), ("2022-07-02", True), ("2022-07", True), ("2022-09-30", True)),
        *(("2022-10-01", False), ("2022-06", False)),
    ],
)
def test_only_the_last_days_of_the_record_count(
    dossier: Dossier, date: str, is_listed: bool
) -> None:
    events = dossier["events"].assign(date_edtf="2015-01-01", status_code="announced")
    events.loc[0, "date_edtf"] = date
    lists = dict(described({**dossier.tables, "events": events}, 91).lists)
    assert ("Events announced or disputed" in lists) == is_listed


def test_a_leg_of_no_corridor_leads_to_the_routes_between_its_ends(dossier: Dossier) -> None:
    chains = dossier["corridor_legs"]
    tables = {**dossier.tables, "corridor_legs": chains[chains["leg_id"] != "g07"]}
    ends = dossier["legs"].set_index("leg_id").loc["g07"]
    ((leg,),) = (
        entries for heading, entries in described(tables, 91).lists if heading.startswith("Legs")
    )
    assert link_mark(leg.page_code, leg.mark_id, setting=leg.setting) == (
        f"trade_routes?show=ways&from={ends['from_node_id']}&to={ends['to_node_id']}"
    )


def test_of_a_leg_its_last_status_is_told(dossier: Dossier) -> None:
    statuses = dossier["leg_statuses"]
    later = statuses[statuses["leg_status_id"] == "g07-2"].assign(
        leg_status_id="g07-3", from_edtf="2022-09-12", status_code="open"
    )
    tables = {**dossier.tables, "leg_statuses": pd.concat([later, statuses])}
    lists = dict(described(tables, 91).lists)
    (leg,) = lists["Legs of routes whose status had just changed"]
    assert leg.detail == "open since 12 September 2022"
