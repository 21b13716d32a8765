"""Words for few claims: no share of one, and no promise of pledges where there are none."""

from dataclasses import replace
from pathlib import Path

import pytest

from entente.address.views import name_claim_modes
from entente.claims.forecasts import FORECAST
from entente.claims.score import ENOUGH, count_verdicts_by_kind
from entente.dossier.store import Dossier, read_dossier
from tests.conftest import SMALL
from tests.parts import write_without


@pytest.mark.parametrize(("spare", "is_said"), [(0, True), (-1, False)])
def test_a_share_is_said_only_of_a_kind_with_enough_claims(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, spare: int, is_said: bool
) -> None:
    claims = dossier["claims"]
    count = ENOUGH + spare
    few = claims[~claims["is_trivial"]].head(count).assign(kind_code="reported-event")
    verdicts = dossier["assessments"][lambda rows: rows["claim_id"].isin(few["claim_id"])]
    verdicts = verdicts.assign(verdict_code="supported")
    tables = {**dossier.tables, "claims": few, "assessments": verdicts}
    part = replace(dossier, tables=tables, digest=f"few {spare}")
    headline = count_verdicts_by_kind(part, as_of=dossier.horizon)["headline"]
    assert bool(headline) == is_said
    assert not is_said or headline.endswith(f"{ENOUGH} of {ENOUGH} fully supported")


def test_without_pledges_the_mode_does_not_promise_them(dossier: Dossier, tmp_path: Path) -> None:
    write_without(SMALL, tmp_path / "data", "pledges")
    rest = read_dossier(tmp_path / "data")
    assert name_claim_modes(dossier)["scoreboard"] == "Forecasts and pledges"
    assert name_claim_modes(rest)["scoreboard"] == "Forecasts"


def test_pledges_alone_are_called_so(dossier: Dossier) -> None:
    claims = dossier["claims"]
    claims = claims[claims["kind_code"] != FORECAST]
    alone = replace(dossier, tables={**dossier.tables, "claims": claims})
    assert name_claim_modes(alone)["scoreboard"] == "Pledges"
