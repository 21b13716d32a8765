"""Whatever stands in a file, reading it ends in a dossier or in a list of faults."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.check.contract import TABLES
from entente.check.tables import read_text_table
from entente.dossier.store import check_texts, read_texts
from tests.laws import examples

SMALL = ("actors", "areas", "codes/themes", "corridor_legs", "dataset", "findings", "leg_statuses")


@given(draw=st.data(), name=st.sampled_from(SMALL))
@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_bytes_give_faults_or_none(
    draw: st.DataObject, name: str, data: Path, tmp_path: Path
) -> None:
    raw = (data / f"{name}.csv").read_bytes()
    start = draw.draw(st.integers(0, len(raw)))
    stop = draw.draw(st.integers(start, min(len(raw), start + 40)))
    put = draw.draw(st.one_of(st.binary(max_size=12), st.text(max_size=12).map(str.encode)))
    target = tmp_path / f"{name}.csv"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(raw[:start] + put + raw[stop:])
    table = read_text_table(tmp_path, name, columns=list(TABLES[name].columns))
    faults = check_texts({**read_texts_once(data), name: table})
    assert all(fault.rule for fault in faults)


_TEXTS: dict = {}


def read_texts_once(data: Path) -> dict:
    if not _TEXTS:
        _TEXTS.update(read_texts(data))
    return _TEXTS
