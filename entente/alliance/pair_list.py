"""The pairs of a view as rows, each once: the half matrix beside the map."""

from dataclasses import replace
from typing import Any

from entente.address.views import MapView
from entente.alliance.pairs import ADJECTIVES, Pair, count_ties, list_pairs, say_themes
from entente.alliance.ties import list_ties
from entente.dossier.cache import cached
from entente.dossier.store import Dossier

Record = dict[str, Any]
MOST_NAMED = 4


@cached
def list_pair_groups(dossier: Dossier, *, view: MapView) -> tuple[Record, ...]:
    """Partners, then rivals, each with a heading and a row a pair.

    Returns:
        `heading` and `rows` of each group that has a pair. A row has `pair_id`, `key` (its id for
        style sheets), `names`, `themes` (`code`, `word`, of those on record), `claimed` (the same
        of those that the document alone asserts), `count`, `noun`, and `say`, the row in words.
    """
    pairs = _list_pairs(dossier, view)
    groups = (
        ("Who is tied to whom, and how", [pair for pair in pairs if not pair.is_rivalry]),
        ("Who is against whom", [pair for pair in pairs if pair.is_rivalry]),
    )
    return tuple(
        {"heading": heading, "rows": [_describe_row(pair, dossier) for pair in own]}
        for heading, own in groups
        if own
    )


@cached
def summarise_rivals(dossier: Dossier, *, view: MapView) -> Record:
    """The pairs of rivals that a view of partners leaves out.

    Returns:
        `pairs`, their names, empty where they are too many to name; and `total`, how many
        rivalries there are, in words. Empty where there is none, or where they are shown.
    """
    pairs = _list_pairs(dossier, replace(view, side="rivals")) if view.side == "partners" else []
    if not pairs:
        return {}
    names = _name_actors(dossier)
    named = [f"{names[pair.one]}–{names[pair.other]}" for pair in pairs]
    total = count_ties(sum(len(pair.ties) for pair in pairs), "rivalry")
    if len(named) > MOST_NAMED:
        return {"pairs": [], "total": f"{total} between {len(named)} pairs"}
    return {"pairs": named, "total": total}


def _list_pairs(dossier: Dossier, view: MapView) -> list[Pair]:
    return list_pairs(
        list_ties(dossier, view),
        theme_order=tuple(dossier.labels("themes")),
        actor_order=dossier.document.principals,
    )


def _describe_row(pair: Pair, dossier: Dossier) -> Record:
    names, words = _name_actors(dossier), dossier.labels("themes")
    label = f"{names[pair.one]}–{names[pair.other]}"
    themes = [{"code": code, "word": words[code].lower()} for code in pair.recorded]
    claimed = [{"code": code, "word": ADJECTIVES[code]} for code in pair.asserted]
    noun = "theme" if pair.theme_count == 1 else "themes"
    author = dossier.document.short_name
    only = f"; claimed only by {author}: {', '.join(c['word'] for c in claimed)}" if claimed else ""
    said = say_themes(pair.recorded, words) or "Nothing on record"
    return {
        "pair_id": pair.pair_id,
        "key": pair.pair_id.replace("~", "-"),
        "names": label,
        "themes": themes,
        "claimed": claimed,
        "count": pair.theme_count,
        "noun": noun,
        "say": f"{label}: {said}{only}",
    }


def _name_actors(dossier: Dossier) -> dict[str, str]:
    actors = dossier["actors"]
    return dict(zip(actors["actor_id"], actors["label"], strict=True))
