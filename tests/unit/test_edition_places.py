"""How the edition sets its figures: room by rows, pairs, one caption for several, and keys."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from entente.briefing.scenes import chosen_scenes
from entente.content import Panel
from entente.dossier.store import Dossier
from entente.export.html.key import key_parts
from entente.export.html.places import HALF, LEAST, MOST, WHOLE, groups, height_rem


def a_panel(key: str, *, caption: str = "", reach: float | None = None) -> Panel:
    figure = go.Figure(go.Scatter(x=[1], y=[1]))
    if reach is not None:
        figure.update_yaxes(range=[reach - 0.5, -0.5])
    return Panel(
        key=key,
        figure=figure,
        alt=key,
        table=pd.DataFrame({"a": [1]}),
        caption=caption or key,
        source_ids=(),
    )


def widths(*panels: Panel) -> list[str]:
    return [group.width for group in groups(panels)]


def test_a_figure_with_rows_grows_with_them() -> None:
    heights = [height_rem(a_panel("leverage", reach=rows)) for rows in (4, 8, 12)]
    assert heights == sorted(heights)
    assert heights[2] - heights[1] == pytest.approx(4 * 2.9)
    assert height_rem(a_panel("leverage")) == LEAST
    assert height_rem(a_panel("timeline", reach=10_000)) == MOST


def test_pairs_stand_side_by_side_and_what_is_left_over_has_the_whole_width() -> None:
    pair = a_panel("leverage"), a_panel("detour")
    assert widths(*pair) == [HALF, HALF]
    assert widths(*pair, a_panel("cost-distance")) == [HALF, HALF, WHOLE]
    assert widths(a_panel("score"), *pair) == [WHOLE, HALF, HALF]
    assert widths(a_panel("detour")) == [WHOLE]


def test_neighbours_with_one_caption_share_it() -> None:
    found = groups([a_panel("a", caption="same"), a_panel("b", caption="same"), a_panel("c")])
    assert [[panel.key for panel in group.panels] for group in found] == [["a", "b"], ["c"]]


def test_the_map_has_a_key_to_its_themes_and_a_plain_chart_none(dossier: Dossier) -> None:
    held, visits, ties = chosen_scenes(dossier, ["ties", "visits", "held"])
    themes = {part["text"]: part for part in key_parts(ties.content.panels[0].legend)}
    assert themes["Defence"]["character"] == "⬟"
    assert themes["Defence"]["has_line"]
    assert themes["Hollow, dotted: the document alone says so"]["character"] == "○"
    events = {
        part["text"]: part["character"] for part in key_parts(visits.content.panels[0].legend)
    }
    assert events["Occurred"] == "●"
    assert events["The document’s date"] == "□"
    assert key_parts(held.content.panels[0].legend) == []
