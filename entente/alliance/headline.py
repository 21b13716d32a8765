"""The title of the alliance map: how many ties, on whose word, among whom, and what changed."""

from entente.address import views
from entente.address.views import MapView
from entente.alliance.change_records import change_counts
from entente.alliance.tables import options_of, ties_shown
from entente.alliance.tie_marks import counted
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier
from entente.vocabulary import DOCUMENT_DAY, PRINCIPALS

PLACES = {"caucasus": " in the Caucasus", "south-asia": " in South Asia"}
KINDS = {"corridors": "transport tie"}


def headline(dossier: Dossier, view: MapView) -> str:
    """How many ties the view shows, and on whose word; of two days, what changed."""
    if view.since is not None:
        return _changes(dossier, view)
    ties = ties_shown(dossier, **options_of(view))
    day = day_in_words(view.as_of)
    alone = int(ties["is_asserted_only"].sum())
    recorded = len(ties) - alone
    circle = circle_of(dossier, view)
    if ties.empty:
        return f"No tie fits these settings on {day}"
    if view.lens == "document":
        tail = f"{alone} on its word alone" if alone else "all of them on record, too"
        return f"The document asserts {_ties(len(ties), view)}{circle}, {tail}"
    if view.lens == "record" or not alone:
        return f"{_ties(recorded, view)} on record{circle} on {day}"
    tail = (
        f"; the document, written later, adds {alone}"
        if view.as_of < DOCUMENT_DAY
        else f", {alone} more in the document alone"
    )
    return f"{_ties(recorded, view)} on record{circle}{tail}"


def circle_of(dossier: Dossier, view: MapView) -> str:
    """Among whom, and in which frame: nothing to say when everything is in."""
    if view.frame == "tripartite" and set(PRINCIPALS) <= set(view.actors):
        return f" among {_names(dossier, PRINCIPALS)}"
    return f"{PLACES.get(view.frame, '')}{_among(dossier, view)}"


def _among(dossier: Dossier, view: MapView) -> str:
    if view.actors == views.central_actors(dossier):
        return " among the five states at the centre"
    if view.actors == views.tied_actors(dossier):
        return ""
    if len(view.actors) == 1:
        return f" of {_names(dossier, view.actors)}"
    return f" among {len(view.actors)} actors"


def _changes(dossier: Dossier, view: MapView) -> str:
    assert view.since is not None, "two days are compared"
    counts, circle = change_counts(dossier, view), circle_of(dossier, view)
    since, day = day_in_words(view.since), day_in_words(view.as_of)
    if not any(counts.values()):
        return f"No {KINDS.get(view.frame, 'tie')}{circle} changed between {since} and {day}"
    said = ", ".join(f"{number} {code}" for code, number in counts.items() if number)
    first = next(number for number in counts.values() if number)
    rest = said.removeprefix(f"{first} ")
    return f"{_ties(first, view)} {rest}{circle} between {since} and {day}"


def _names(dossier: Dossier, actors: tuple[str, ...]) -> str:
    names = dossier["actors"].set_index("actor_id")["label"]
    labels = [names[actor] for actor in actors]
    return " and ".join(part for part in (", ".join(labels[:-1]), labels[-1]) if part)


def _ties(number: int, view: MapView) -> str:
    return counted(number, KINDS.get(view.frame, "tie"))
