"""Pairs of actors: all ties between two, taken together, and the list of them beside the map."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from entente.address.views import MapView
from entente.alliance.ties import ENDED, RIVALRY, find_touching, list_pair_ids, list_ties
from entente.dossier.store import Dossier, cached
from entente.style.theme import count_noun, escape, identity, wrap_text
from entente.vocabulary import PAIR_JOINT

Record = dict[str, Any]
MOST_NAMED = 4  # rivals, by name
# A theme of ties as an adjective: "the nuclear tie".
ADJECTIVES = {
    "diplomacy": "diplomatic",
    "defence": "defence",
    "finance": "financial",
    "energy": "energy",
    "transport": "transport",
    "recognition": "recognition",
    "rivalry": "rivalry",
    "nuclear": "nuclear",
}


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two actors and what ties them.

    Attributes:
        pair_id: Both ids, in the order of the alphabet, with a sign between them.
        one: The actor that comes first where two are named.
        other: The other actor.
        ties: Rows of the ties between them, in the order of themes.
        recorded: Themes of those on record, each once, in order.
        asserted: Themes of those that the document alone asserts, each once, in order.
        is_rivalry: Whether they work against each other in any of them.
    """

    pair_id: str
    one: str
    other: str
    ties: tuple[Any, ...]
    recorded: tuple[str, ...]
    asserted: tuple[str, ...]
    is_rivalry: bool

    @property
    def tie_ids(self) -> tuple[str, ...]:
        """Ids of the ties."""
        return tuple(tie.tie_id for tie in self.ties)

    @property
    def mark(self) -> list[str]:
        """What a mark of the pair carries: kind, ids of its ties, claims and events behind them."""
        behind = [f"{tie.claim_ids} {tie.event_ids}" for tie in self.ties]
        return identity("pair", self.tie_ids, *behind)

    @property
    def theme_count(self) -> int:
        """How many themes are on record."""
        return len(self.recorded)


def list_pairs(
    ties: pd.DataFrame, *, theme_order: Sequence[str], actor_order: Sequence[str] = ()
) -> list[Pair]:
    """The pairs among ties, the most themes first, then by id.

    Args:
        ties: Ties with evidence and change; those that have ended since an earlier day count
            for nothing, and a pair that has no other is left out.
        theme_order: All theme codes in order.
        actor_order: Actors that come first where two are named, in order.
    """
    rank = {code: place for place, code in enumerate(theme_order)}
    held = ties[ties["change_code"] != ENDED] if "change_code" in ties else ties
    grouped: dict[str, list[Any]] = {}
    for pair_id, tie in zip(list_pair_ids(held), held.itertuples(), strict=True):
        grouped.setdefault(pair_id, []).append(tie)
    pairs = []
    for pair_id, own in grouped.items():
        own.sort(key=lambda tie: (rank[tie.theme_code], tie.tie_id))
        ends = sort_ends((own[0].from_actor_id, own[0].to_actor_id), actor_order)
        pairs.append(
            Pair(
                pair_id=pair_id,
                one=ends[0],
                other=ends[1],
                ties=tuple(own),
                recorded=_list_themes(tie for tie in own if not tie.is_asserted_only),
                asserted=_list_themes(tie for tie in own if tie.is_asserted_only),
                is_rivalry=any(tie.valence_code == RIVALRY for tie in own),
            )
        )
    return sorted(pairs, key=lambda pair: (-pair.theme_count, pair.pair_id))


def sort_ends(ends: Sequence[str], actor_order: Sequence[str]) -> list[str]:
    """Two actors as they are named together: those of a list in its order, then by id."""
    first = {actor: place for place, actor in enumerate(actor_order)}
    return sorted(ends, key=lambda actor: (first.get(actor, len(first)), actor))


def list_in_walk(pairs: Sequence[Pair]) -> list[tuple[Pair, str, str]]:
    """Pairs so that one goes from end to end: each with the actor where it starts and ends.

    A pair starts where the one before ended, as long as any does; else at its first actor, the
    first pair of those that are left.
    """
    left, at = list(pairs), ""
    walk = []
    while left:
        pair = next((pair for pair in left if at in (pair.one, pair.other)), left[0])
        start, at = (pair.other, pair.one) if at == pair.other else (pair.one, pair.other)
        walk.append((pair, start, at))
        left.remove(pair)
    return walk


def find_fanned(ties: pd.DataFrame, pick: str | None) -> frozenset[str]:
    """Ids of the pairs that a pick fans out: the picked pair, or the one of the picked tie."""
    pairs = dict(zip(ties["tie_id"], list_pair_ids(ties), strict=True))
    touched = {pairs[tie] for tie in find_touching(ties, pick)}
    return frozenset(touched) if pick in pairs or pick in touched else frozenset()


def find_pair(ties: pd.DataFrame, tie_ids: Collection[str]) -> str:
    """Id of the pair that ties join, by the first of them that is known; empty for none."""
    own = ties[ties["tie_id"].isin(tie_ids)]
    return list_pair_ids(own.head(1))[0] if len(own) else ""


def split_pair(pair_id: str) -> tuple[str, str]:
    """The actors of a pair, in the order of the alphabet."""
    one, other = pair_id.split(PAIR_JOINT)
    return one, other


def say_themes(codes: Iterable[str], words: Mapping[str, str]) -> str:
    """Themes in a list: "Diplomacy, defence, finance"; empty for none."""
    said = ", ".join(words[code].lower() for code in codes)
    return f"{said[:1].upper()}{said[1:]}"


def write_pair_hover(
    pair: Pair,
    *,
    names: Mapping[str, str],
    words: Mapping[str, str],
    author: str,
    verdicts: Mapping[str, str],
) -> str:
    """What is said on hovering over a pair: who, on which themes, and what is only claimed.

    Args:
        pair: The pair.
        names: Actor id to name.
        words: Theme code to word.
        author: Short name of the document's author.
        verdicts: Tie id to the verdicts on the claims behind it, in words.
    """
    recorded = say_themes(pair.recorded, words)
    count = sum(not tie.is_asserted_only for tie in pair.ties)
    noun = "rivalry" if pair.is_rivalry else "tie"
    lines = [f"<b>{escape(names[pair.one])}–{escape(names[pair.other])}</b>"]
    if recorded:
        lines += [wrap_text(recorded), f"{count_noun(count, noun)} on record"]
    for tie in pair.ties:
        if tie.is_asserted_only:
            verdict = f"{verdicts[tie.tie_id]}: " if tie.tie_id in verdicts else ""
            claimed = f"{ADJECTIVES[tie.theme_code]} tie, claimed only by {author}"
            lines.append(f"<b>{escape(verdict)}</b>{escape(claimed)}")
    return "<br>".join([*lines, "Select to fan out"])


@cached
def list_pair_groups(dossier: Dossier, *, view: MapView) -> tuple[Record, ...]:
    """Partners, then rivals, each with a heading and a row a pair.

    Returns:
        `heading` and `rows` of each group that has a pair. A row has `pair_id`, `key` (its id for
        style sheets), `names`, `themes` (`code`, `word`, of those on record), `claimed` (the same
        of those that the document alone asserts), `count`, `noun`, and `say`, the row in words.
    """
    pairs = _list_shown(dossier, view)
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
    pairs = _list_shown(dossier, replace(view, side="rivals")) if view.side == "partners" else []
    if not pairs:
        return {}
    names = dossier.labels("actors")
    named = [f"{names[pair.one]}–{names[pair.other]}" for pair in pairs]
    total = count_noun(sum(len(pair.ties) for pair in pairs), "rivalry")
    if len(named) > MOST_NAMED:
        return {"pairs": [], "total": f"{total} between {len(named)} pairs"}
    return {"pairs": named, "total": total}


def _list_shown(dossier: Dossier, view: MapView) -> list[Pair]:
    return list_pairs(
        list_ties(dossier, view),
        theme_order=tuple(dossier.labels("themes")),
        actor_order=dossier.document.principals,
    )


def _describe_row(pair: Pair, dossier: Dossier) -> Record:
    names, words = dossier.labels("actors"), dossier.labels("themes")
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


def _list_themes(ties: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tie.theme_code for tie in ties))
