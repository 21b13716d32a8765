"""The legend beside a figure of the edition: a sample of each line or mark, and what it means."""

from entente.briefing.scenes import choose_scenes
from entente.dossier.store import Dossier
from entente.export.html.parts import key_parts


def test_the_map_has_a_key_to_its_themes_and_a_plain_chart_none(dossier: Dossier) -> None:
    held, visits, ties = choose_scenes(dossier, ["ties", "visits", "held"])
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
