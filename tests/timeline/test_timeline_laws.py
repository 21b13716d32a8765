"""Whatever the view, the figure, the list, the rows and the calendar hold the same items."""

import csv
import datetime as dt
import io
import re

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from entente.address.views import TimelineView, default_view, event_themes, tied_actors
from entente.dates import first_day, known_from
from entente.dossier.store import Dossier
from entente.export.files.timeline import write_calendar, write_rows
from entente.export.files.writing import FORMULA, inert, plain
from entente.record.chronology import find_shown_date
from entente.timeline.content import make_lanes
from entente.timeline.items import find_items, list_rows, list_years
from entente.vocabulary import LENSES
from tests.fake_dossier import FakeDossier
from tests.laws import examples

quiet = settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def views(dossier: Dossier) -> st.SearchStrategy[TimelineView]:
    whole = default_view(TimelineView, dossier)
    themes, actors = event_themes(dossier), tied_actors(dossier)
    some_actors = st.sampled_from([actors, ("AZE",), ("USA",), ("ARM", "IND"), ()])
    return st.builds(
        lambda **chosen: TimelineView(**{**vars(whole), **chosen}),
        lens=st.sampled_from(tuple(LENSES)),
        zoom=st.sampled_from(tuple(dossier.document.timeline_spans)),
        as_of=st.dates(dossier.earliest, dossier.horizon)
        | st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        themes=st.sets(st.sampled_from(themes)).map(tuple) | st.just(themes),
        actors=some_actors,
    )


def in_figure(dossier: Dossier, view: TimelineView) -> set[str]:
    shown = make_lanes(dossier, view=view, appearance="light")
    return {
        data[1]
        for trace in shown.figure.data
        for data in (trace.customdata if trace.customdata is not None else ())
        if trace.hovertext is not None
    }


@given(draw=st.data())
@quiet
def test_figure_list_table_rows_and_calendar_agree(draw: st.DataObject, dossier: Dossier) -> None:
    view = draw.draw(views(dossier))
    items = find_items(dossier, view)
    ids = list(items["item_id"])
    years = list_years(dossier, items, link=lambda item_id: item_id, pick=None)
    rows = list(csv.DictReader(io.StringIO(write_rows(dossier, items).decode("utf-8"))))
    entries = Calendar.from_ical(write_calendar(dossier, items, as_of=view.as_of)).walk("VEVENT")
    assert in_figure(dossier, view) == set(ids)
    assert [row["item_id"] for year in years for row in year["rows"]] == ids
    assert list(list_rows(dossier, items)["Id"]) == ids
    assert [row["id"] for row in rows] == ids
    assert [str(entry["uid"]).split("@")[0] for entry in entries] == ids
    assert ids == sorted(
        ids, key=lambda name: (first_day(find_shown_date(items.iloc[ids.index(name)])), name)
    )


@given(draw=st.data())
@quiet
def test_nothing_is_told_before_its_day(draw: st.DataObject, dossier: Dossier) -> None:
    view = draw.draw(views(dossier))
    items = find_items(dossier, view)
    shown = items[items["shows_record"]]
    assert all(known_from(text) <= view.as_of for text in shown["date_edtf"])
    assert all(known_from(text) <= view.as_of for text in items["outcome_edtf"] if text)
    if view.lens != "both":
        assert not (items["shows_record"] & items["shows_document"]).any()
        assert (items["outcome_id"] == "").all()


HOSTILE = st.text(max_size=120) | st.sampled_from(
    [
        "=HYPERLINK(1)",
        "@SUM(1)",
        "-2+3",
        "a;b,c\\n\\;d",
        "BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT",
        "line\nEND:VCALENDAR",
        "a lone \r return",
        "C:\\Notes",
        '"quoted", and ""twice""',
        "ü" * 200,
        "\u202eabc\u2028def\x85",
    ]
)


def row_of(title: str, summary: str, place: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "item_id": "e1",
                "kind": "event",
                "title": title,
                "summary": summary,
                "theme_code": "t",
                "status_code": "occurred",
                "place": place,
                "date_edtf": "2025-05",
                "document_date_edtf": "",
                "shows_record": True,
                "shows_document": False,
                "claim_ids": "",
                "outcome_id": "",
            }
        ]
    )


def in_calendar(text: str) -> str:
    """What a calendar keeps of a text: its writer takes a backslash with an N for a line break."""
    return plain(text).replace("\\N", "\n")


@given(title=HOSTILE, summary=HOSTILE, place=HOSTILE, source=HOSTILE, theme=HOSTILE)
@settings(max_examples=examples(150), deadline=None)
def test_hostile_text_survives_a_calendar(
    title: str, summary: str, place: str, source: str, theme: str
) -> None:
    dossier = FakeDossier({"e1": [(source, "https://example.org")]}, themes={"t": theme})
    raw = write_calendar(dossier, row_of(title, summary, place), as_of=dt.date(2026, 1, 1))
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    names = [line.split(b":")[0] for line in re.sub(b"\r\n[ \t]", b"", raw).split(b"\r\n")]
    assert names.count(b"BEGIN") == names.count(b"END") == 2
    assert names.count(b"UID") == 1
    (entry,) = Calendar.from_ical(raw).walk("VEVENT")
    assert str(entry["summary"]) == in_calendar(title)
    assert str(entry["description"]).endswith(in_calendar(f"Source: {source}, https://example.org"))
    if place:
        assert str(entry["location"]) == in_calendar(place)


@given(title=HOSTILE, summary=HOSTILE, place=HOSTILE)
@settings(max_examples=examples(150), deadline=None)
def test_hostile_text_survives_rows_and_runs_nowhere(title: str, summary: str, place: str) -> None:
    dossier = FakeDossier({}, themes={"t": "T"})
    content = write_rows(dossier, row_of(title, summary, place)).decode("utf-8", "surrogatepass")
    header, row = list(csv.reader(io.StringIO(content, newline="")))
    cells = dict(zip(header, row, strict=True))
    assert cells["title"] == inert(plain(title))
    assert cells["summary"] == inert(plain(summary))
    assert cells["place"] == inert(plain(place))
    assert not any(cell.startswith(FORMULA) for cell in row)
