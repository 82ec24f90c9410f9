"""One measured figure with its raw rows, and the files under ``bench/results/`` that keep them."""

from __future__ import annotations

import json
import operator
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "results"
_SENSES = {"<=": operator.le, ">=": operator.ge}


@dataclass(frozen=True)
class Target:
    """What is to be reached: `sense` is ``<=`` or ``>=``; `comparison` is what others need, in words."""

    sense: str
    value: float
    unit: str = ""
    comparison: str = ""

    def reached_by(self, value: float) -> bool:
        """Whether a figure is good enough."""
        return bool(_SENSES[self.sense](value, self.value))

    def __str__(self) -> str:
        return f"{self.sense} {self.value:g} {self.unit}".strip()


@dataclass(frozen=True)
class Result:
    """`value` is the figure held against the target; `figures` say more about it, `rows` are all that was seen."""

    name: str
    value: float
    figures: dict[str, Any]
    rows: list[dict[str, Any]]
    command: str
    facts: dict[str, Any] = field(default_factory=dict)


def median(rows: list[dict[str, Any]], column: str, **which: str) -> float:
    """The middle of a column over the rows that say so: ``median(rows, "p99_ms", server="nginx")``."""
    return statistics.median(
        float(row[column]) for row in rows if all(row[name] == wanted for name, wanted in which.items())
    )


def write(result: Result, target: Target) -> Path:
    """Keep a result; one file per benchmark, the last run wins."""
    FOLDER.mkdir(exist_ok=True)
    document = {"target": asdict(target), "reached": target.reached_by(result.value), **asdict(result)}
    file = FOLDER / f"{result.name}.json"
    file.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def read(name: str) -> dict[str, Any] | None:
    """What was kept of a benchmark, None when it has never been run."""
    file = FOLDER / f"{name}.json"
    found: dict[str, Any] | None = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    return found
