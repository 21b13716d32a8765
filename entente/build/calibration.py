"""The errors of the route model, estimated from the published figures: `data/calibration.csv`."""

import datetime as dt
from pathlib import Path

from entente.dossier.store import read_dossier
from entente.routes.valuation.estimation import estimate_calibration

FILE_NAME = "calibration.csv"


def write_calibration(data: Path, *, as_of: dt.date) -> Path:
    """Estimate the errors from the dataset in the folder `data`, and write them; give the path.

    Args:
        data: The dataset folder. Its table of errors may be empty, but must be there.
        as_of: The day of the estimate; one that was made from the same tables keeps its own.

    Raises:
        BrokenDataset: The dataset has faults.
    """
    table = estimate_calibration(read_dossier(data).tables, as_of=as_of)
    table["is_calibrated"] = table["is_calibrated"].map({True: "true", False: "false"})
    path = data / FILE_NAME
    path.write_text(table.to_csv(index=False, lineterminator="\n"), encoding="utf-8", newline="")
    return path
