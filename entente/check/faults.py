"""Faults in the data: what is wrong, where it stands, which rule it breaks, how to mend it."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

# Code of a fault: the rule that is broken, and the remedy.
RULES: Mapping[str, tuple[str, str]] = {
    code: (rule, remedy)
    for code, (rule, remedy) in tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    ).items()
}


@dataclass(frozen=True, kw_only=True, order=True)
class Fault:
    """One thing that is wrong in one place.

    `line` counts from 1 with the header as line 1; 0 means the file as a whole.
    """

    file: str
    line: int = 0
    code: str
    key: str = ""
    column: str = ""
    value: str = ""

    @property
    def rule(self) -> str:
        """The rule that is broken."""
        return RULES[self.code][0]

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return RULES[self.code][1]

    def as_dict(self) -> dict[str, str | int]:
        """All parts by name, for JSON and tables."""
        return {**asdict(self), "rule": self.rule, "remedy": self.remedy}

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        what = " ".join(part for part in (self.key, self.column) if part)
        shown = f" = {_short(self.value)!r}" if self.value else ""
        return f"{place}: {self.code}: {what}{shown}: {self.rule} {self.remedy}".replace(
            ": : ", ": "
        )


class BrokenDataset(Exception):
    """The dataset cannot be used; `faults` says why, all at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults sorted by file and line."""
        self.faults = tuple(sorted(faults))
        super().__init__(f"{len(self.faults)} faults in the dataset")


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
