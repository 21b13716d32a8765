"""The timeline as rows: for its table, for its list, and for the table of the tempo."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from entente.dates.edtf import span
from entente.dates.words import BEFORE_THE_RECORD, in_words
from entente.dossier.store import Dossier
from entente.record.chronology import NOT_YET_KNOWN, NOT_YET_KNOWN_LABEL, shown_date
from entente.record.expectations import EXPECTATION, EXPECTED, EXPECTED_LABEL
from entente.timeline.tempo_figure import quarter_words

Record = dict[str, Any]


def statuses(dossier: Dossier) -> dict[str, str]:
    """Status code to label, with those that only a past day or an expectation has."""
    return {
        **dossier.labels("event_statuses"),
        NOT_YET_KNOWN: NOT_YET_KNOWN_LABEL,
        EXPECTED: EXPECTED_LABEL,
    }


def timeline_table(dossier: Dossier, items: pd.DataFrame) -> pd.DataFrame:
    """The items of a view as rows for readers, in the same order."""
    dates = [date_by(item, "record") for item in items.to_dict("records")]
    others = [date_by(item, "document") for item in items.to_dict("records")]
    return pd.DataFrame(
        {
            "Date": [in_words(text) if text else "" for text in dates],
            "Event": list(items["title"]),
            "Theme": list(items["theme_code"].map(dossier.labels("themes"))),
            "Status": list(items["status_code"].map(statuses(dossier))),
            "Place": list(items["place"]),
            "The document’s date": [in_words(text) if text else "" for text in others],
            "Date (EDTF)": dates,
            "Id": list(items["item_id"]),
        }
    )


def tempo_table(dossier: Dossier, counts: pd.DataFrame) -> pd.DataFrame:
    """The counts of a tempo, a row for each quarter and theme."""
    wide = counts.pivot_table(
        index=["quarter", "theme_code"],
        columns="certainty",
        values="event_count",
        aggfunc="sum",
        sort=False,
        fill_value=0,
    ).reindex(columns=["within", "beyond", "not-held"], fill_value=0)
    ids = counts.groupby(["quarter", "theme_code"], sort=False)["event_ids"].agg(" ".join)
    places = list(wide.index)
    return pd.DataFrame(
        {
            "Quarter": [quarter_words(quarter).capitalize() for quarter, _ in places],
            "Theme": [dossier.labels("themes")[theme] for _, theme in places],
            "Events": [int(total) for total in wide.sum(axis=1)],
            "Of these, reaching into another quarter": [int(n) for n in wide["beyond"]],
            "Of these, not held or not yet known": [int(n) for n in wide["not-held"]],
            "Ids": [ids[place] for place in places],
        }
    )


def years_of(
    dossier: Dossier, items: pd.DataFrame, *, link: Callable[[str], str], pick: str | None
) -> list[Record]:
    """The items of a view by year, in the same order, each as a record for the list.

    Args:
        dossier: For labels.
        items: What :func:`entente.analysis.expectations.timeline_items` returns.
        link: Gives the address at which an item is picked.
        pick: The item that is picked.
    """
    labels = dossier.labels("themes"), statuses(dossier)
    outcomes = dossier["events"].set_index("event_id")["title"]
    years: list[Record] = []
    for _, item in items.iterrows():
        year = _year(shown_date(item))
        if not years or years[-1]["year"] != year:
            years.append({"year": year, "rows": []})
        came = outcomes.get(item["outcome_id"], "") if item["kind"] == EXPECTATION else ""
        row = _row(item, *labels, came=str(came))
        is_picked = item["item_id"] == pick
        years[-1]["rows"].append({**row, "href": link(item["item_id"]), "is_picked": is_picked})
    return years


def date_by(item: Record, face: str) -> str:
    """The date of an item by the record or the document, if the view shows it."""
    column = "date_edtf" if face == "record" else "document_date_edtf"
    return str(item[column]) if item[f"shows_{face}"] else ""


def _row(item: pd.Series, themes: dict[str, str], words: dict[str, str], *, came: str) -> Record:
    document = date_by(item, "document") if item["shows_record"] else ""
    return {
        "item_id": item["item_id"],
        "title": item["title"],
        "date": in_words(shown_date(item)),
        "edtf": shown_date(item),
        "is_expectation": item["kind"] == EXPECTATION,
        "is_document_only": not item["shows_record"],
        "theme": themes[item["theme_code"]],
        "theme_code": item["theme_code"],
        "status": words[item["status_code"]],
        "document": in_words(document) if document else "",
        "came": came,
        "outcome_edtf": in_words(item["outcome_edtf"]) if came else "",
        "is_awaited": bool(item["is_awaited"]),
    }


def _year(text: str) -> str:
    first = span(text).first
    return str(first.year) if first else BEFORE_THE_RECORD.capitalize()
