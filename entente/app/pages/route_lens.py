"""What the document says about the trade routes, beside what the record says of it."""

from entente.address.views import RoutesView
from entente.app import markup
from entente.dossier.store import Dossier
from entente.routes import said as routes_said
from entente.vocabulary import DOCUMENT_DAY


def show_said(dossier: Dossier, view: RoutesView) -> None:
    """The claims about transport through the lens; the model below is the record's."""
    if view.lens == "record" or view.as_of < DOCUMENT_DAY:
        return
    about = list(routes_said.statements(dossier, as_of=view.as_of, lens=view.lens))
    summary = routes_said.summary(dossier, about)
    markup.show("route_said", statements=about, lens=view.lens, summary=summary)
