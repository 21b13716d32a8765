"""Page configuration and navigation; every page is run from here."""

from urllib.parse import quote

import streamlit as st

from entente.address.pages import BY_CODE, HOME_PAGE, PAGES, VIEWS
from entente.app import chrome, controls, presenter
from entente.dossier.store import spare_collector
from entente.settings import HOME

svg = (HOME / "assets" / "icon.svg").read_text(encoding="utf-8")
icon = f"data:image/svg+xml,{quote(svg)}"
st.set_page_config(page_icon=icon, layout="wide")
st.logo(icon, size="large")
is_presenting = "present" in st.query_params
chrome.start_run()
chrome.apply_style(is_presenting=is_presenting)
scripts = [
    st.Page(
        page.script,
        title=page.title,
        url_path=page.path or None,
        default=page.is_home,
        visibility="visible" if chrome.is_offered(page.code) else "hidden",
    )
    for page in PAGES
]
page = st.navigation(scripts, position="hidden" if is_presenting else "top")
is_open = chrome.show_faults()
if is_open and is_presenting:
    presenter.show()
elif is_open:
    place = chrome.make_place()
    code = page.url_path or HOME_PAGE.code
    if chrome.is_offered(code):
        page.run()
    else:
        chrome.show_absence(code)
    chrome.show_tools(place, BY_CODE[code], controls.current_view(VIEWS[code]))
    chrome.show_imprint()
    spare_collector(page.url_path)
