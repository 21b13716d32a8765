"""Borders: whose the disputed areas are in one side's view, and a sentence that says so."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

NEUTRAL = "un"


def areas_by_view(borders: str, *, border_views: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The disputed areas as one view has them, in the order of the areas.

    Args:
        borders: Code of the view.
        border_views: `border_view_code`, `area_id`, `shown_as_actor_id` (missing for nobody),
            `is_disputed`, `note`.
        areas: `area_id`, `label`, `note`.

    Returns:
        `area_id`, `label`, `note`, `shown_as_actor_id`, `is_disputed`, `view_note`.
    """
    own = border_views[border_views["border_view_code"] == borders]
    said = own.drop(columns="border_view_code").rename(columns={"note": "view_note"})
    return areas.merge(said, on="area_id", how="inner").reset_index(drop=True)


def changed_hands(view: pd.DataFrame) -> pd.DataFrame:
    """The areas that a view gives to somebody; the United Nations give them to nobody."""
    return view[view["shown_as_actor_id"].notna()].reset_index(drop=True)


def borders_statement(
    borders: str,
    *,
    border_views: pd.DataFrame,
    areas: pd.DataFrame,
    actors: pd.DataFrame,
    labels: Mapping[str, str],
) -> str:
    """Whose view of the borders a map follows and what changes hands in it, for any caption.

    Args:
        borders: Code of the view.
        border_views: Whose each area is by each view.
        areas: The disputed areas.
        actors: `actor_id`, `label`.
        labels: Code of a view to its label.
    """
    view = areas_by_view(borders, border_views=border_views, areas=areas)
    if borders == NEUTRAL:
        listed = _listed(list(view["label"]))
        return f"Borders as the United Nations have them: {listed} hatched, of nobody."
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    given = changed_hands(view)
    shares = [
        f"{_listed([_marked(row) for row in rows.itertuples()])} as part of {names[str(owner)]}"
        for owner, rows in given.groupby("shown_as_actor_id", sort=True)
    ]
    rest = list(view[view["shown_as_actor_id"].isna()]["label"])
    tail = f"; {_listed(rest)} hatched, of nobody" if rest else ""
    return (
        f"Borders in the {labels[borders]} view, which is not that of the United Nations: "
        f"{'; '.join(shares)}{tail}. Entente takes no side."
    )


def _marked(area: Any) -> str:
    return f"{area.label} (marked there as disputed)" if area.is_disputed else str(area.label)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
