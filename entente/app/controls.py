"""The reader's view, kept in three places that agree: the address, the widgets, the session.

Below stand the widgets for the fields of a view, each bound to its field by its key.

The address wins when it is not the one that this session wrote last: a link was followed, or the
reader went back. Otherwise the widgets win. What a page does not draw this time keeps the value it
had. Each widget's key is `widget_key(kind, field)`.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from entente.address import codec, views
from entente.address.codec import SEARCH_LIMIT
from entente.app import markup
from entente.app.chrome import get_horizon
from entente.app.panels import Camera
from entente.datapage.older_addresses import explain_version
from entente.dates import day_in_words, in_words, known_from
from entente.dossier.store import Dossier, cached
from entente.vocabulary import HEAVIEST, LENSES, SCORE_COUNTS

Kind = type[views.View]
V = TypeVar("V", bound=views.View)

MANY = 12
MOST_NAMED_STOPS = 8  # as many as a wide window has room to name
_LINE: dict[str, Any] = {"horizontal": True, "vertical_alignment": "center", "gap": "small"}

_VIEWS, _ADDRESSES = "views by kind", "addresses by kind"


def widget_key(kind: type[Any], name: str) -> str:
    """Session key of the widget for one field of a view."""
    return f"{kind.__name__}.{name}"


def read_view(kind: type[V], dossier: Dossier) -> tuple[V, tuple[codec.Notice, ...]]:
    """The view to show now, and notices about what the address held beyond it."""
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    known = st.session_state.setdefault(_VIEWS, {}).get(kind.__name__)
    written = st.session_state.setdefault(_ADDRESSES, {}).get(kind.__name__)
    if known is None or (address and address != written):
        view, notices = codec.decode(kind, address, dossier)
        _seed(view, dossier)
        return view, tuple(
            explain_version(notice, view, address["d"][0], dossier)
            if notice.parameter == "d"
            else notice
            for notice in notices
        )
    view = _forget_camera(_from_widgets(known, dossier), known) if address == written else known
    _seed(view, dossier)
    return view, ()


def write_view(view: views.View, dossier: Dossier) -> None:
    """Put the view into the address and the session."""
    name = type(view).__name__
    encoded = codec.encode(view, dossier)
    if st.query_params.to_dict() != encoded:
        st.query_params.from_dict(encoded)
    st.session_state[_VIEWS][name] = view
    st.session_state[_ADDRESSES][name] = {key: [value] for key, value in encoded.items()}


def current_view(kind: type[V]) -> V | None:
    """The view that the page wrote last in this session; None when it has not been shown."""
    found: V | None = st.session_state.get(_VIEWS, {}).get(kind.__name__)
    return found


def put_field(kind: type[views.View], name: str, value: Any) -> None:
    """Set one field from a callback, as if the reader had used its widget."""
    st.session_state[widget_key(kind, name)] = value


def _seed(view: views.View, dossier: Dossier) -> None:
    """Give every widget of the page the value that the view says.

    Where any number may be chosen and all are, nothing is marked: nothing chosen means all.
    """
    kind = type(view)
    for name, control in views.list_controls(kind).items():
        value = getattr(view, name)
        if control.means_all(dossier) and set(value) == set(control.options(dossier)):
            value = ()
        st.session_state[widget_key(kind, name)] = (
            list(value) if isinstance(value, tuple) else value
        )


def _from_widgets(known: V, dossier: Dossier) -> V:
    """The view that the widgets state, cleaned by the same rules as an address."""
    kind = type(known)
    parameters = {}
    for name, control in views.list_controls(kind).items():
        value = st.session_state.get(widget_key(kind, name), getattr(known, name))
        if value is None and not control.kind.startswith("maybe"):
            value = getattr(known, name)
        if control.means_all(dossier) and not value:
            value = control.options(dossier)
        parameters[control.parameter] = [codec.write_value(value, control, dossier)]
    return codec.decode(kind, parameters, dossier)[0]


def _forget_camera(view: V, known: V) -> V:
    """The view without the camera of another frame."""
    if not isinstance(view, views.MapView | views.TimelineView | views.RoutesView):
        return view
    is_same = all(getattr(view, name) == getattr(known, name) for name in view.framed_by)
    return view if is_same else replace(view, camera=None)


def find_camera(kind: Kind) -> Camera:
    """The camera of a view, and what a reader who moves it does to the view."""
    place = widget_key(kind, "camera")
    return Camera(st.session_state.get(place), lambda text: put_field(kind, "camera", text))


def options(kind: Kind, name: str, dossier: Dossier) -> tuple[str, ...]:
    """What a field may be set to."""
    return views.list_controls(kind)[name].options(dossier)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The controls of a page: `with` it, they stand in its sheet.

    Attributes:
        front: What stays in sight on a phone, too.
        sheet: The rest: in the same line on a wide window, behind *Change* on a phone.
    """

    front: DeltaGenerator
    sheet: DeltaGenerator

    def __enter__(self) -> None:
        self.sheet.__enter__()

    def __exit__(self, *raised: Any) -> None:
        self.sheet.__exit__(*raised)


def bar(said: Sequence[str] = (), *, brief: Sequence[str] = (), is_folded: bool = False) -> Bar:
    """One line of controls under the headline, which a phone shows as one line of words.

    Args:
        said: What is chosen, in a few plain words each, such as from `describe_state`. A phone
            shows them with a button, *Change*, that opens the controls as a sheet at its foot.
        brief: What a phone says instead. It then has the front controls in its sheet, too.
        is_folded: Whether a wide window shows the words and *Change* as well, and opens the
            controls below them.
    """
    with st.container(key="controls-folded" if is_folded else "controls"):
        front = st.container(key="controls-front", **_LINE)
        markup.show("state_line", said=said, brief=brief)
        sheet = st.container(key="controls-sheet", **_LINE)
    with sheet:
        markup.show("sheet_head")
    return Bar(front=front, sheet=sheet)


@contextmanager
def drawer(label: str) -> Iterator[bool]:
    """Controls that are needed less often, behind a button; gives whether to make them.

    They are made while it is open: each makes every change of the page slower.

    Args:
        label: What the button says, unique on the page.
    """
    name = label.lower().replace(" ", "-")
    panel = st.popover(label, key=f"drawer-{name}", on_change="rerun", width="content")
    with panel:
        yield bool(panel.open)


def describe_state(view: views.View, dossier: Dossier) -> tuple[str, ...]:
    """The day and the lens of a view in plain words; what the view lacks is left out."""
    day, lens_code = getattr(view, "as_of", None), getattr(view, "lens", None)
    said = []
    if day is not None:
        words = day_in_words(day)
        said.append(f"Latest ({words})" if day == dossier.horizon else words)
    if lens_code is not None:
        said.append(LENSES[lens_code].lower())
    return tuple(said)


def lens(kind: Kind) -> None:
    """The claim, the record, or both."""
    choice(kind, "lens", label="Compare", options=LENSES)


def count(kind: Kind) -> None:
    """What the score counts: claims or sentences."""
    choice(kind, "count", label="Count", options=SCORE_COUNTS)


def as_of(kind: Kind, dossier: Dossier, *, has_drawer: bool = True) -> None:
    """The day whose knowledge is shown, as a slider over the days that matter.

    The names of all stops stand under it in a wide window, in others the one that is pointed at.

    A day that was chosen exactly, or named by an address, has a stop of its own among them. Where
    there is one stop alone, it is said in words.

    Args:
        kind: The page's view class.
        dossier: The dataset.
        has_drawer: Whether any other day can be chosen in a drawer of its own; a page that says no
            has `exact_day` elsewhere.
    """
    place = widget_key(kind, "as_of")
    slider, named = f"{place} slider", list_moments(dossier)
    day = st.session_state[place]
    days = sorted({*named, day})

    def take() -> None:
        st.session_state[place] = st.session_state[slider]

    def name_stop(stop: dt.date) -> str:
        if stop == dossier.horizon:
            return f"{named[stop]}, {age} ago" if age else named[stop]
        return named.get(stop) or day_in_words(stop)

    st.session_state[slider] = day
    age = get_horizon(dossier).age
    with st.container(key="day"):
        if len(days) == 1:  # a slider would have nowhere to go
            st.caption(f"As of: {name_stop(day)}")
        else:
            st.html(f"<style>.st-key-day{{--gaps:{len(days) - 1}}}</style>")
            st.select_slider("As of", days, key=slider, format_func=name_stop, on_change=take)
            names = [_shorten(name_stop(stop), stop, dossier) for stop in days]
            markup.show("days", names=names, is_roomy=len(days) <= MOST_NAMED_STOPS)
    if has_drawer:
        with drawer("Exact date") as is_open:
            if is_open:
                exact_day(kind, dossier)


def _shorten(name: str, stop: dt.date, dossier: Dossier) -> str:
    """The name of a stop without its date, which stands above the slider where it is chosen."""
    return "Latest" if stop == dossier.horizon else name.rpartition(", ")[0] or name


def exact_day(kind: Kind, dossier: Dossier) -> None:
    """Any day of the record."""
    st.date_input(
        "Exact date",
        key=widget_key(kind, "as_of"),
        min_value=dossier.earliest,
        max_value=dossier.horizon,
        format="YYYY-MM-DD",
    )


@cached
def list_moments(dossier: Dossier) -> dict[dt.date, str]:
    """The days that matter, oldest first, with their names; the last is the newest source's."""
    table = dossier["moments"]
    named = {
        known_from(row.date_edtf): f"{row.label}, {in_words(row.date_edtf, is_short=True)}"
        for row in table.itertuples()
    }
    newest = dossier.horizon
    named[newest] = f"Latest ({day_in_words(newest)})"
    return dict(sorted(named.items()))


def choice(kind: Kind, name: str, *, label: str, options: Mapping[str, str]) -> None:
    """Exactly one of a few."""
    name_option, place = options.__getitem__, widget_key(kind, name)
    st.segmented_control(label, list(options), key=place, format_func=name_option, required=True)


def maybe_choice(kind: Kind, name: str, *, label: str, options: Mapping[str, str]) -> None:
    """One of a few, or none: choosing it again undoes it. Its label is for screen readers."""
    st.segmented_control(
        label,
        list(options),
        key=widget_key(kind, name),
        format_func=options.__getitem__,
        label_visibility="collapsed",
    )


def several(
    kind: Kind, name: str, *, label: str, options: Mapping[str, str], nothing: str = "All"
) -> None:
    """Any number of a list: pills while they are few, then a searchable list.

    Args:
        kind: The page's view class.
        name: The field.
        label: What it is called.
        options: Code to label.
        nothing: What it means that none is chosen, where there is room to say so.
    """
    name_option, place = options.__getitem__, widget_key(kind, name)
    if len(options) > MANY:
        st.multiselect(
            label, list(options), key=place, format_func=name_option, placeholder=nothing
        )
    else:
        st.pills(label, list(options), key=place, format_func=name_option, selection_mode="multi")


def one_of_many(
    kind: Kind, name: str, *, label: str, options: Mapping[str, str], optional: bool = False
) -> None:
    """One of a long list, searchable; with `optional`, none is an answer."""
    choices: list[str | None] = [None, *options] if optional else list(options)
    st.selectbox(
        label,
        choices,
        key=widget_key(kind, name),
        format_func=lambda code: "None" if code is None else options[code],
    )


def search(kind: Kind, name: str, *, label: str) -> None:
    """Words to look for."""
    place = widget_key(kind, name)
    st.text_input(label, key=place, max_chars=SEARCH_LIMIT, placeholder=label)


def weights(kind: Kind, name: str, *, labels: Mapping[str, str]) -> None:
    """A slider for each criterion; together they are one field, which is never all zeros."""
    place = widget_key(kind, name)
    sliders = {code: f"{place}.{code}" for code in labels}

    def gather() -> None:
        chosen = [int(st.session_state[slider]) for slider in sliders.values()]
        if any(chosen):
            st.session_state[place] = chosen

    for weight, code in zip(st.session_state[place], labels, strict=True):
        st.session_state[sliders[code]] = weight
        st.slider(labels[code], 0, HEAVIEST, key=sliders[code], on_change=gather)
