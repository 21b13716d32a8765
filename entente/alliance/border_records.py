"""Borders under the map, in words: whose view, which areas changed hands, what all views share."""

from entente.alliance.borders import NEUTRAL
from entente.alliance.dossier_lines import Record, border_lines, links_of
from entente.alliance.tables import areas_of, statement_of
from entente.dossier.cache import cached
from entente.dossier.store import Dossier


@cached
def border_record(dossier: Dossier, *, borders: str) -> Record:
    """One view of the borders: statement, areas with their owner there, notes, sources."""
    names = dossier["actors"].set_index("actor_id")["label"]
    table = dossier["codes/border_views"].set_index("code")
    cited = dossier["border_view_sources"]
    own = cited[cited["border_view_code"] == borders]
    areas = areas_of(dossier, borders=borders)
    return {
        "is_neutral": borders == NEUTRAL,
        "statement": statement_of(dossier, borders=borders),
        "label": table.at[borders, "label"],
        "about": table.at[borders, "description"],
        "areas": [
            {
                "label": area.label,
                "owner": _owner(area.shown_as_actor_id, names.to_dict()),
                "is_disputed": bool(area.is_disputed),
                "note": area.view_note if borders != NEUTRAL else area.note,
                "sources": links_of(dossier, own[own["area_id"] == area.area_id]["source_id"]),
            }
            for area in areas.itertuples()
        ],
        "notes": border_lines(dossier),
    }


def _owner(actor_id: object, names: dict[str, str]) -> str:
    return names[actor_id] if isinstance(actor_id, str) else ""
