"""The headline of the map: every number of states, ties and claims, on every side."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from entente.address.views import MapView, default_view
from entente.alliance.headline import title
from entente.dossier.store import Dossier


def with_table(dossier: Dossier, name: str, table: pd.DataFrame) -> Dossier:
    """The dossier with another table; what was worked out from the old one is not used for it."""
    digest = f"{dossier.digest} {name} {pd.util.hash_pandas_object(table).sum()}"
    return replace(dossier, tables={**dossier.tables, name: table}, digest=digest)


@pytest.fixture
def with_ties(dossier: Dossier) -> Callable[[Callable[[Any], Any]], Dossier]:
    """The small dossier with other ties."""

    def change(edit: Callable[[Any], Any]) -> Dossier:
        return with_table(dossier, "ties", edit(dossier["ties"]))

    return change


def say(dossier: Dossier, **options: Any) -> str:
    return title(dossier, replace(default_view(MapView, dossier), **options))


def without(*tie_ids: str) -> Callable[[Any], Any]:
    return lambda ties: ties[~ties["tie_id"].isin(tie_ids)].reset_index(drop=True)


def claimed_only(*tie_ids: str) -> Callable[[Any], Any]:
    return lambda ties: ties.assign(
        is_asserted_only=ties["is_asserted_only"] | ties["tie_id"].isin(tie_ids)
    )


OTHERS = ("mar-ora-diplomacy", "mar-ora-defence", "ves-ora-finance")


def test_one_way_is_singular(with_ties) -> None:
    said = say(with_ties(without(*OTHERS)))
    assert said == (
        "Marland, Vestia and Orania are tied in 1 way on record; "
        "the nuclear tie is Lowland’s claim alone"
    )


def test_several_claimed_ties_are_counted(with_ties) -> None:
    said = say(with_ties(claimed_only("mar-ora-defence")))
    assert said.endswith("are tied in 3 ways on record; 2 more ties are Lowland’s claim alone")


def test_nothing_claimed_alone_is_not_spoken_of(with_ties) -> None:
    said = say(with_ties(without("mar-ora-nuclear")))
    assert said == "Marland, Vestia and Orania are tied in 4 ways on record"
    through_the_document = say(with_ties(without("mar-ora-nuclear")), lens="document")
    assert through_the_document.endswith("; all on record")


def test_nothing_on_record_is_said(with_ties) -> None:
    everything = ("mar-ves-diplomacy", *OTHERS)
    assert say(with_ties(without(*everything))) == (
        "Nothing on record ties Marland, Vestia and Orania; "
        "the nuclear tie is Lowland’s claim alone"
    )
    assert say(with_ties(without(*everything, "mar-ora-nuclear"))).startswith("No tie matches")


def in_circle(dossier: Dossier, actors: Iterable[str]) -> Dossier:
    """The small dossier whose first view is about other states."""
    rows = dossier["document/map_view_actors"]
    others = rows[rows["map_view_id"] != "three"]
    own = pd.DataFrame({"map_view_id": "three", "actor_id": list(actors)})
    changed = pd.concat([own, others], ignore_index=True).astype("str")
    return with_table(dossier, "document/map_view_actors", changed)


def test_two_states_are_named_as_two(dossier: Dossier) -> None:
    pair = in_circle(dossier, ["QMA", "QOR"])
    assert say(pair) == (
        "Marland and Orania are tied in 2 ways on record; the nuclear tie is Lowland’s claim alone"
    )


def test_more_states_than_a_headline_holds_are_counted_in_ties(dossier: Dossier) -> None:
    many = in_circle(dossier, ["QMA", "QVE", "QOR", "QBE", "QTO"])
    actors = ("QBE", "QMA", "QOR", "QTO", "QVE")
    said = say(many, actors=actors)
    assert said == "6 ties on record among 5 actors; 1 more is Lowland’s claim alone"


def test_rivals_are_named_with_those_they_are_at_odds_with(with_ties) -> None:
    def add(ties: Any) -> Any:
        row = ties[ties["tie_id"] == "ora-sun-rivalry"]
        more = [row.assign(tie_id=f"sun-{to}", to_actor_id=to, from_actor_id="QSU") for to in ENDS]
        more.append(row.assign(tie_id="tor-ves", from_actor_id="QTO", to_actor_id="QVE"))
        return pd.concat([ties, *more], ignore_index=True)

    ENDS = ("QMA", "QVE")
    rivals = with_ties(add)
    assert say(rivals, side="rivals") == ("Sundria is at odds with Marland, Vestia and Orania")
    everyone = ("QMA", "QVE", "QOR", "QSU", "QTO")
    assert say(rivals, side="rivals", actors=everyone) == (
        "Sundria is at odds with Marland, Vestia and Orania; Torvia with Vestia"
    )
    assert say(rivals, side="both", actors=everyone).startswith(
        "Marland, Vestia and Orania are tied in 4 ways on record and face 4 rivalries; "
    )


@pytest.mark.parametrize("lens", ["both", "record", "document"])
@pytest.mark.parametrize("side", ["partners", "rivals", "both"])
def test_every_day_has_a_sentence(dossier: Dossier, lens: str, side: str) -> None:
    days = {dossier.earliest, dossier.horizon, dossier.document.day}
    for day in sorted({*days, *map(_day, dossier["moments"]["date_edtf"])}):
        said = say(dossier, as_of=day, lens=lens, side=side)
        assert said
        assert "  " not in said
        assert "nan" not in said


def _day(text: str) -> Any:
    return dt.date.fromisoformat(text)
