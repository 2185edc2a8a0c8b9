"""The published figures that the population is drawn from and held against."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Fact:
    """One published figure, nominal unless the unit says otherwise."""

    id: str
    quantity: str
    unit: str
    year: int
    group: str
    value: float
    source: str
    confidence: str
    use: str


@cache
def facts() -> dict[str, Fact]:
    """Return all figures by identity."""
    table = files("povsim") / "data" / "facts.csv"
    with table.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {
        row["id"]: Fact(
            row["id"],
            row["quantity"],
            row["unit"],
            int(row["year"]),
            row["group"],
            float(row["value"]),
            row["source"],
            row["confidence"],
            row["use"],
        )
        for row in rows
    }


def value(fact_id: str) -> float:
    """Return the value of a figure."""
    return facts()[fact_id].value
