"""The finding of the alliance map in a sentence, for every day, lens, circle and comparison."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from entente.address.views import MapView, central_actors, tied_actors
from entente.alliance.marks import count_things
from entente.alliance.pairs import ADJECTIVES
from entente.alliance.ties import RIVALRY, compare_ties, count_changes, list_ties
from entente.dates import day_in_words
from entente.dossier.store import Dossier, cached
from entente.style.theme import add_article, capitalise, count_noun, join_words
from entente.vocabulary import CHANGES

MOST_NAMED = 4  # states that a headline names
MOST_RIVALS = 3


@cached
def title(dossier: Dossier, view: MapView) -> str:
    """What the ties of a view amount to, and on whose word; of two days, what changed."""
    if view.since is not None:
        return _say_changes(dossier, view, view.since)
    ties, day = list_ties(dossier, view), day_in_words(view.as_of)
    if ties.empty:
        return f"No tie matches these settings on {day}"
    is_rivalry = ties["valence_code"] == RIVALRY
    circle = _list_circle(dossier, view)
    if circle and is_rivalry.all():
        return _say_rivals(dossier, view, ties, circle)
    if circle:
        return _say_partners(dossier, view, ties, circle)
    return _count_ties(dossier, view, ties)


def _list_circle(dossier: Dossier, view: MapView) -> tuple[str, ...]:
    """The states that a headline is about: those of a view that keeps the ties among them.

    Empty where the view is about others, too many or not all of them, or where ties beyond them
    are shown that are no rivalries.
    """
    frame = dossier.document.map_views[view.frame]
    own = frame.actor_ids
    is_whole = frame.needs_both_ends and set(own) <= set(view.actors) and not frame.theme_code
    if not is_whole or not 1 < len(own) <= MOST_NAMED:
        return ()
    ties = list_ties(dossier, view)
    partners = ties[ties["valence_code"] != RIVALRY]
    ends = {*partners["from_actor_id"], *partners["to_actor_id"]}
    order = [*(actor for actor in dossier.document.principals if actor in own), *own]
    return tuple(dict.fromkeys(order)) if ends <= set(own) else ()


def _say_partners(
    dossier: Dossier, view: MapView, ties: pd.DataFrame, circle: Sequence[str]
) -> str:
    """In how many ways the states of a circle are tied, and what is claimed alone."""
    who, author = _name_states(dossier, circle), dossier.document.short_name
    is_rivalry = ties["valence_code"] == RIVALRY
    friendly, rivalries = ties[~is_rivalry], ties[is_rivalry]
    alone = friendly[friendly["is_asserted_only"]]
    number = len(friendly) - len(alone)
    if view.lens == "document":
        tail = f"{_name_ties(alone)} {_be(alone)} on no record" if len(alone) else "all on record"
        return f"{author} ties {who} in {count_things(len(friendly), 'way')}; {tail}"
    recorded = f"{who} are tied in {count_things(number, 'way')} on record"
    if not number:
        recorded = f"Nothing on record ties {who}"
    against = ""
    if len(rivalries):
        against = f" and face {count_noun(len(rivalries), 'rivalry')}"
    if view.lens == "record":
        return f"{recorded}{against} as of {day_in_words(view.as_of)}"
    if not len(alone):
        return f"{recorded}{against}"
    if view.as_of < dossier.document.day:
        added = _name_ties(alone, article="")
        return f"{recorded}{against}; {author}, writing later, claims {added}"
    return f"{recorded}{against}; {_name_ties(alone)} {_be(alone)} {author}’s claim alone"


def _say_rivals(dossier: Dossier, view: MapView, ties: pd.DataFrame, circle: Sequence[str]) -> str:
    """Who is at odds with whom: each state beyond the circle, and the states of it."""
    order = {actor: place for place, actor in enumerate(circle)}
    against: dict[str, set[str]] = {}
    for tie in ties.itertuples():
        ends = (tie.from_actor_id, tie.to_actor_id)
        inside = [actor for actor in ends if actor in order]
        other = next((actor for actor in ends if actor not in order), inside[-1] if inside else "")
        against.setdefault(other, set()).update(actor for actor in inside if actor != other)
    ranked = sorted(against, key=lambda actor: (-len(against[actor]), actor))
    tail = f", as of {day_in_words(view.as_of)}" if view.lens == "record" else ""
    if len(ranked) > MOST_RIVALS:
        who = _name_states(dossier, circle)
        return f"{count_noun(len(ties), 'rivalry').capitalize()} around {who}{tail}"
    parts: list[str] = []
    for rival in ranked:
        with_whom = _name_states(dossier, sorted(against[rival], key=order.__getitem__))
        verb = "with" if parts else "is at odds with"
        parts.append(f"{_name_states(dossier, [rival])} {verb} {with_whom}")
    return f"{capitalise('; '.join(parts))}{tail}"


def _be(ties: pd.DataFrame) -> str:
    return "is" if len(ties) == 1 else "are"


def _name_ties(ties: pd.DataFrame, *, article: str = "the") -> str:
    """Ties by theme: "the nuclear tie", "2 more ties"; with an empty article "a nuclear tie"."""
    if len(ties) > 1:
        return f"{len(ties)} more ties"
    adjective = ADJECTIVES[ties["theme_code"].iloc[0]]
    indefinite = "an" if adjective[0] in "aeiou" else "a"
    return f"{article or indefinite} {adjective} tie"


def _count_ties(dossier: Dossier, view: MapView, ties: pd.DataFrame) -> str:
    """How many ties a view shows, where they are too many to name who has them."""
    document, day = dossier.document, day_in_words(view.as_of)
    author, circle = document.short_name, _name_circle(dossier, view)
    noun = document.map_views[view.frame].tie_noun
    if (ties["valence_code"] == RIVALRY).all():
        noun = "rivalry"
    alone = int(ties["is_asserted_only"].sum())
    if view.lens == "document":
        tail = f"{alone} of them on no record" if alone else "all of them on record"
        return f"{author} claims {count_noun(len(ties), noun)}{circle}, {tail}"
    recorded = f"{_count_or_none(len(ties) - alone, noun)} on record{circle}"
    if view.lens == "record" or not alone:
        return f"{recorded} as of {day}"
    if view.as_of < document.day:
        return f"{recorded}; {author}, writing later, claims {alone} more"
    verb = "is" if alone == 1 else "are"
    return f"{recorded}; {alone} more {verb} {author}’s claim alone"


def _count_or_none(number: int, noun: str) -> str:
    return count_noun(number, noun) if number else f"No {noun}"


def _say_changes(dossier: Dossier, view: MapView, since: dt.date) -> str:
    """What became of ties between two days."""
    counts, circle = count_changes(compare_ties(dossier, view=view)), _name_circle(dossier, view)
    days = f"between {day_in_words(since)} and {day_in_words(view.as_of)}"
    noun = dossier.document.map_views[view.frame].tie_noun
    said = {"new": "began", "ended": "ended", "stronger": "gained evidence"}
    found = [(number, said[code]) for code in CHANGES if code in said and (number := counts[code])]
    if not found:
        return f"No {noun}{circle} changed {days}"
    (number, verb), *rest = found
    others = [f"{more} {what}" for more, what in rest]
    first = f"{count_noun(number, noun)}{circle} {verb}"
    return f"{join_words([first, *others])} {days}"


def _name_circle(dossier: Dossier, view: MapView) -> str:
    """Among whom, and where: nothing to say when everything is in."""
    frame = dossier.document.map_views[view.frame]
    names = dossier.labels("actors")
    is_whole = frame.needs_both_ends and set(frame.actor_ids) <= set(view.actors)
    if is_whole and not frame.takes_rivals:
        return f" among {_name_states(dossier, frame.actor_ids)}"
    if view.actors == central_actors(dossier):
        among = dossier.document.text("centre-circle")
    elif view.actors == tied_actors(dossier):
        among = ""
    elif len(view.actors) == 1:
        among = f"of {add_article(names[view.actors[0]])}"
    else:
        among = f"among {len(view.actors)} actors"
    return "".join(f" {part}" for part in (frame.scope, among) if part)


def _name_states(dossier: Dossier, actors: Sequence[str]) -> str:
    names = dossier.labels("actors")
    return join_words([add_article(names[actor]) for actor in actors])
