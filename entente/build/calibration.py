"""The route model held against published figures: `calibration.csv` and `valued_benchmarks.csv`."""

import datetime as dt
from pathlib import Path

import pandas as pd

from entente.dossier.store import read_dossier
from entente.routes.valuation.benchmarks import digest_valuation, value_benchmarks
from entente.routes.valuation.estimation import estimate_calibration

FILE_NAME = "calibration.csv"
VALUED_FILE_NAME = "valued_benchmarks.csv"
DIGITS = 8  # after the point: fewer than those in which machines differ


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
    return _write(table, data / FILE_NAME)


def write_valued_benchmarks(data: Path) -> Path:
    """Find what the model says of published figures, and write it; give the path.

    Args:
        data: The dataset folder. The table may be empty or old, but must be there; that of errors
            must be new.

    Raises:
        BrokenDataset: The dataset has faults.
    """
    tables = read_dossier(data).tables
    valued = value_benchmarks(tables)
    figures = valued.select_dtypes("float").columns
    valued[figures] = valued[figures].map(_print_plainly)
    return _write(valued.assign(inputs_digest=digest_valuation(tables)), data / VALUED_FILE_NAME)


def _print_plainly(figure: float) -> str:
    return f"{figure:.{DIGITS}f}".rstrip("0").rstrip(".")


def _write(table: pd.DataFrame, path: Path) -> Path:
    path.write_text(table.to_csv(index=False, lineterminator="\n"), encoding="utf-8", newline="")
    return path
