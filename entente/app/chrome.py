"""What frames a page: its look; faults, tools and notices above it; the imprint below it."""

import datetime as dt
import weakref
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from entente.address.codec import Notice
from entente.address.pages import (
    BY_CODE,
    HOME_PAGE,
    PRESENTER_STYLE,
    STYLE,
    Page,
    find_scene,
    link_query,
    list_pages,
    say_absence,
    stylesheet_address,
    write_query,
)
from entente.address.views import View, has_page, scenes
from entente.app import export_menu, markup
from entente.dates import day_in_words
from entente.dossier.store import DatasetState, Dossier, cached, read_state
from entente.element.ahead import Address, freeze_address
from entente.record.horizon import Horizon, describe_horizon
from entente.style.palette import Palette, css_variables, palette_for
from entente.vocabulary import LENSES

MOST_FAULTS, MOST_NOTICES = 50, 10
_STATE, _LOADED = "dataset state", "loaded address"


def start_run() -> None:
    """Look at the files once, so that a run shows one state of them from its head to its foot.

    The session refers to the state without holding it: one that waits for its reader keeps no old
    dossier in memory.
    """
    st.session_state[_STATE] = weakref.ref(read_state())
    # What the browser asked for, before a page writes the address anew; later runs were not.
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    is_first = _LOADED not in st.session_state
    st.session_state[_LOADED] = freeze_address(asked) if is_first else None


def get_loaded_address() -> Address | None:
    """The address with which the browser loaded the page; None after the first run."""
    found: Address | None = st.session_state.get(_LOADED)
    return found


def get_state() -> DatasetState:
    """The state of the dataset that this run shows."""
    held = st.session_state.get(_STATE)
    return (held and held()) or read_state()


def get_dossier() -> Dossier:
    """The dossier of this run; pages run only when there is one."""
    found = get_state().dossier
    if found is None:
        raise RuntimeError("a page ran without a dossier")
    return found


def get_palette() -> Palette:
    """The palette of the appearance that the reader's browser shows now."""
    dossier = get_state().dossier  # None while only the report of faults is shown
    document = dossier.document if dossier else None
    return palette_for(document, str(st.context.theme.type))


def apply_style(*, is_presenting: bool) -> None:
    """Write variables into the page, and take the rules from their files.

    Imported here, the rules come after those that Streamlit adds while it runs, as they must; the
    head of the page has had the files fetched by then.

    Args:
        is_presenting: Whether the rules of the presenter's screen are needed, too.
    """
    sheets = (STYLE, PRESENTER_STYLE) if is_presenting else (STYLE,)
    rules = "".join(f"@import url({stylesheet_address(name)});" for name in sheets)
    st.html(f"<style>{rules}:root{{{css_variables(get_palette())}}}</style>")


def name_tab(view: View, finding: str) -> None:
    """Name a page and what it finds in the browser's tab and history."""
    page = BY_CODE[view.page_code].title
    st.set_page_config(page_title=f"{page}: {finding} · Entente")


def name_scene(title: str, *, is_speaker: bool) -> None:
    """Name a scene in the browser's tab, and which of the two windows it is."""
    window = "Speaker" if is_speaker else "Presentation"
    st.set_page_config(page_title=f"{window}: {title} · Entente")


def show_faults() -> bool:
    """Show the fault report if there is one; true when there is a dossier to show below it."""
    found = get_state()
    count, shown = len(found.faults), found.faults[:MOST_FAULTS]
    if found.dossier:
        detail = (
            "The files have changed and can’t be used. The page shows the last version that passed."
        )
    else:
        detail = "The dataset can’t be shown until these faults are fixed. Reload the page then."
    if found.faults:
        markup.show(
            "faults",
            kicker="Data check",
            headline=f"{count} fault{'s' if count > 1 else ''} in the dataset",
            detail=detail,
            faults=[fault.as_dict() for fault in shown],
            more=count - len(shown),
        )
    return found.dossier is not None


def is_offered(page: str) -> bool:
    """Whether the menu has a page, by its code: all of them while only faults are shown."""
    dossier = get_state().dossier
    return dossier is None or has_page(dossier, page)


def show_absence(page: str) -> None:
    """Say why the dossier has no such page, and where to go on."""
    st.set_page_config(page_title=f"{BY_CODE[page].title} · Entente")
    st.title(say_absence(get_dossier(), page), anchor=False)
    markup.show("lead_on", label=HOME_PAGE.title, href=link_query(HOME_PAGE.code))


def show_notices(found: Sequence[Notice], *, as_of: dt.date | None = None) -> None:
    """Say what in the address could not be used, and that the document is younger than the day."""
    if found:
        markup.show("notices", notices=found, most=MOST_NOTICES)
    document = get_dossier().document
    if as_of is not None and as_of < document.day:
        markup.show(
            "before_document",
            day=day_in_words(as_of),
            published=day_in_words(document.day),
            noun=document.noun,
        )


def make_place() -> DeltaGenerator:
    """Where the tools stand. They are shown last, when the page has written its address."""
    return st.container(key="tools", horizontal=True, gap="small")


def show_tools(place: DeltaGenerator, page: Page, view: View | None) -> None:
    """Present, share and export, and the menu; a page in a frame of another links to the whole.

    Args:
        place: From `make_place`.
        page: The page that was shown.
        view: What it shows; None where the dossier has nothing for it.
    """
    dossier, link = get_dossier(), read_address()
    with place:
        markup.show("sheet", **describe_sheet(dossier, view, title=page.title, link=link))
        if st.context.is_embedded:
            markup.show("open_whole", link=link)
            return
        if scenes(dossier):
            _show_start(dossier, page.code, view)
        sharing = st.popover("Share", width="content", key="share-panel", on_change="rerun")
        if sharing.open:
            with sharing, st.container(key="share"):
                export_menu.show_link(
                    dossier, title=page.title, link=link, read_on=get_reading_day()
                )
        taking = st.popover("Export", width="content", key="export-panel", on_change="rerun")
        if taking.open:
            with taking, st.container(key="export"):
                export_menu.show_files(dossier, view, made_on=get_reading_day())
        markup.show("menu", pages=list_pages(dossier), here=page.code)


def _show_start(dossier: Dossier, page: str, view: View | None) -> None:
    """The link to the briefing, which starts where the reader is."""
    scene = find_scene(dossier, page, view)
    start = {"present": "1", "scene": scene} if scene else {"present": "1"}
    markup.show("present_link", link=link_query(HOME_PAGE.code, write_query(start)))


def describe_sheet(dossier: Dossier, view: View | None, *, title: str, link: str) -> dict[str, str]:
    """The head of a printed sheet: which view, of which dataset, and how old that is."""
    as_of, lens = getattr(view, "as_of", None), getattr(view, "lens", None)
    horizon = get_horizon(dossier)
    said = [f"as of {day_in_words(as_of)}"] if as_of else []
    said += [f"compare: {LENSES[lens].lower()}"] if lens in LENSES else []
    return {
        "page": title,
        "version": dossier.version,
        "view": ", ".join(said),
        "link": link,
        "newest": horizon.date,
        "age": horizon.age,
        "printed": day_in_words(get_reading_day()),
    }


def read_address() -> str:
    """The permalink of what is on screen: every control, and the versions of format and dataset."""
    page, parameters = st.context.url or "", dict(st.query_params)
    return f"{page}?{write_query(parameters)}" if parameters else page


def get_reading_day() -> dt.date:
    """The day on which the page is read, in UTC."""
    return dt.datetime.now(dt.UTC).date()


def get_horizon(dossier: Dossier) -> Horizon:
    """Where the record ends, how long ago that is now, and what may have changed since."""
    return _describe_horizon(dossier, read_on=get_reading_day())


@cached
def _describe_horizon(dossier: Dossier, *, read_on: dt.date) -> Horizon:
    return describe_horizon(dossier.tables, newest=dossier.horizon, read_on=read_on)


def show_imprint() -> None:
    """What may have changed once the record is dated; version, horizon, borders statement."""
    dossier = get_dossier()
    horizon = get_horizon(dossier)
    if horizon.is_dated:
        markup.show("dated", horizon=horizon)
    markup.show(
        "imprint",
        document=dossier.document,
        published=day_in_words(dossier.document.day),
        version=dossier.version,
        digest=dossier.digest[:12],
        horizon=horizon,
        borders=dossier.document.text("borders-statement"),
    )
