"""What can be taken from under a figure: its picture, its rows, and the geometry of a map.

Nothing is made before it is asked for: the buttons stand in a panel that is filled when it opens,
and a file is made at the click. Pictures are drawn by the reader's own browser.
"""

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from entente.app import markup
from entente.dates.edtf import first_day
from entente.dossier.store import Dossier
from entente.export.files.citation import picture_credit
from entente.export.files.geodata import geojson, geopackage, has_map
from entente.export.files.rows_csv import rows_csv

PICTURES = ("png", "svg")


def show(table: pd.DataFrame, *, key: str, figure: go.Figure | None, dossier: Dossier) -> None:
    """The panel behind its button.

    Args:
        table: The rows under the figure.
        key: Short name of the figure, unique on the page; names the files, too.
        figure: Where a map's geometry is taken from, if it is one.
        dossier: Named on pictures and in file names.
    """
    panel = st.popover("Download", width="stretch", key=f"download-{key}", on_change="rerun")
    if panel.open:
        with panel, st.container(key=f"downloads-{key}"):
            _contents(table, key=key, figure=figure, dossier=dossier)


def _contents(table: pd.DataFrame, *, key: str, figure: go.Figure | None, dossier: Dossier) -> None:
    name = f"entente-{key}-{dossier.version}"
    is_map = has_map(figure)
    pictures(key, name=name, credit=picture_credit(dossier, is_map=is_map))
    _button("Rows as CSV", f"{name}.csv", "text/csv", lambda: rows_csv(table), key=f"csv-{key}")
    if figure is not None and is_map:
        released = str(first_day(dossier["dataset"].at[0, "released_edtf"]))
        _button(
            "Lines and points as GeoJSON",
            f"{name}.geojson",
            "application/geo+json",
            lambda: geojson(figure),
            key=f"geojson-{key}",
        )
        _button(
            "The same as GeoPackage",
            f"{name}.gpkg",
            "application/geopackage+sqlite3",
            lambda: geopackage(figure, released=released),
            key=f"gpkg-{key}",
        )


def pictures(key: str, *, name: str, credit: str) -> None:
    """Buttons that save what a figure shows as a picture; a script of the page answers them."""
    markup.show("pictures", formats=PICTURES, key=key, name=name, credit=credit)


def _button(label: str, file: str, mime: str, make: Callable[[], bytes], *, key: str) -> None:
    st.download_button(
        label, data=make, file_name=file, mime=mime, key=key, on_click="ignore", width="stretch"
    )
