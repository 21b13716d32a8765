"""Borders: whose the disputed areas are in one side's view, in words and as records."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from entente.alliance.ties import NEUTRAL
from entente.dossier.store import Dossier, cached
from entente.style.theme import join_words

Record = dict[str, Any]


def list_areas(dossier: Dossier, borders: str) -> pd.DataFrame:
    """The disputed areas as one view of the borders has them, in the order of the areas.

    An area of which the view says nothing is disputed and of nobody, as the outlines have it.

    Returns:
        `area_id`, `label`, `note`, `shown_as_actor_id` (missing for nobody), `is_disputed`,
        `view_note`.
    """
    views = dossier["border_views"]
    own = views[views["border_view_code"] == borders].drop(columns="border_view_code")
    named = own.rename(columns={"note": "view_note"})
    areas = dossier["areas"].merge(named, on="area_id", how="left")
    said = areas["is_disputed"].astype("boolean").fillna(True).astype(bool)
    return areas.assign(is_disputed=said)


def state_borders(dossier: Dossier, borders: str) -> str:
    """Whose view of the borders a map follows and what changes hands in it, for any caption."""
    areas = list_areas(dossier, borders)
    if borders == NEUTRAL:
        neutral = "Borders as the United Nations shows them."
        if areas.empty:
            return neutral
        named = join_words(list(areas["label"]))
        return f"{neutral} Hatched: disputed, assigned to no state ({named})."
    names = dossier.labels("actors")
    marks = areas["is_disputed"].map({True: " (marked there as disputed)", False: ""})
    shares = [
        f"{join_words(list(own))} as part of {names[owner]}"
        for owner, own in (areas["label"] + marks).groupby(areas["shown_as_actor_id"])
    ]
    rest = list(areas[areas["shown_as_actor_id"].isna()]["label"])
    tail = f"; {join_words(rest)} hatched: disputed, assigned to no state" if rest else ""
    return (
        f"Borders in the {dossier.labels('border_views')[borders]} view, which is not that of the "
        f"United Nations: {'; '.join(shares)}{tail}. Entente takes no side."
    )


def stamp_borders(dossier: Dossier, borders: str) -> str:
    """What stands on the map itself where its borders are not those of the United Nations."""
    given = list_areas(dossier, borders).dropna(subset="shown_as_actor_id")
    if given.empty:
        return ""
    names = dossier.labels("actors")
    owners = " and ".join(names[actor] for actor in given["shown_as_actor_id"].unique())
    areas = ", ".join(given["label"])
    return f"{dossier.labels('border_views')[borders]} view of the borders: {areas} to {owners}"


@cached
def describe_borders(dossier: Dossier, *, borders: str) -> Record:
    """One view of the borders, for `map_borders`: statement, areas with their owners, notes."""
    names = dossier.labels("actors")
    table = dossier["codes/border_views"].set_index("code")
    cited = dossier["border_view_sources"]
    own = cited[cited["border_view_code"] == borders]
    return {
        "is_neutral": borders == NEUTRAL,
        "summary": dossier.document.text("borders-summary"),
        "statement": state_borders(dossier, borders),
        "label": table.at[borders, "label"],
        "about": table.at[borders, "description"],
        "areas": [
            {
                "label": area.label,
                "owner": names.get(area.shown_as_actor_id, ""),
                "is_disputed": bool(area.is_disputed),
                "note": area.note if borders == NEUTRAL else area.view_note,
                "sources": link_sources(dossier, own[own["area_id"] == area.area_id]),
            }
            for area in list_areas(dossier, borders).itertuples()
        ],
        "notes": list_border_notes(dossier),
    }


def list_border_notes(dossier: Dossier, actor_ids: Collection[str] = ()) -> list[Record]:
    """Notes on areas that every view draws alike, with sources: those on all of some actors."""
    told = dossier["border_note_actors"].groupby("border_note_id")["actor_id"].agg(set)
    named = {note for note, about in told.items() if set(actor_ids) <= about}
    notes, cited = dossier["border_notes"], dossier["border_note_sources"]
    return [
        {
            "label": note.label,
            "note": note.note,
            "sources": link_sources(dossier, cited[cited["border_note_id"] == note.border_note_id]),
        }
        for note in notes[notes["border_note_id"].isin(named)].itertuples()
    ]


def link_sources(dossier: Dossier, cited: pd.DataFrame) -> list[Record]:
    """`publisher` and `url` of the sources that rows cite, each once, in their order."""
    sources = _index_sources(dossier)
    return [sources[name] for name in cited["source_id"].unique()]


@cached
def _index_sources(dossier: Dossier) -> dict[str, Record]:
    table = dossier["sources"].set_index("source_id")[["publisher", "url"]]
    return dict(zip(table.index, table.to_dict("records"), strict=True))
