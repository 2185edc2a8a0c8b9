"""Read a finished sweep and pick the numbers that its report shows."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from povsim.report.results.reading import need_files, read_csv, read_json, read_parquet
from povsim.study.comparison.effects import over_seeds
from povsim.study.runs.gather import ANNUAL
from povsim.study.sweeps.designs import Factor
from povsim.study.sweeps.marks import MARKS
from povsim.study.sweeps.tables import POINTS, SENSITIVITY
from povsim.words.texts import section

FILES = ("design.csv", "points.csv", "sensitivity.csv", "regret.csv", "runs.csv", "manifest.json")
KNOWN = ("baseline", "scenarios", "outcomes", "factors", "seeds", "households", "years", "points")
"""What the report needs of a manifest."""


@dataclass(frozen=True)
class SweepResults:
    """The tables of a finished sweep."""

    design: pd.DataFrame
    points: pd.DataFrame
    sensitivity: pd.DataFrame
    regret: pd.DataFrame
    runs: pd.DataFrame
    failures: dict[str, Any]
    manifest: dict[str, Any]
    folder: Path

    @cached_property
    def annual(self) -> pd.DataFrame:
        """Outcomes of the whole population in the last year, by point, scenario and seed."""
        table = read_parquet(self.folder / "annual.parquet", ANNUAL)
        whole = (table["group"] == "all") & (table["region"] == "all")
        return table[whole & (table["year"] == self.year)]

    def has(self, measure: str) -> bool:
        """Say whether an outcome was measured."""
        return bool((self.annual["measure"] == measure).any())

    def paired(self, measure: str, one: str, other: str) -> pd.DataFrame:
        """Return one scenario less another at each point, paired within seed, with intervals.

        Rows are in the order of the design; a point without runs is NaN.
        """
        rows = self.annual[self.annual["measure"] == measure]
        wide = rows.pivot_table(
            index=["world", "seed"], columns="scenario", values="value", observed=True
        )
        table = over_seeds(wide[one] - wide[other])
        return table.reindex(self.design["point"])

    @property
    def baseline(self) -> str:
        """The scenario from which differences are taken."""
        return str(self.manifest["baseline"])

    @property
    def primary(self) -> str:
        """The first outcome of the experiment."""
        return str(self.manifest["outcomes"][0])

    @cached_property
    def arms(self) -> list[str]:
        """Scenarios that were compared, in the order of the experiment."""
        here = set(self.points["scenario"])
        return [s for s in self.manifest["scenarios"] if s in here]

    @property
    def others(self) -> list[str]:
        """Scenarios other than the baseline."""
        return [s for s in self.arms if s != self.baseline]

    @cached_property
    def factors(self) -> list[Factor]:
        """What was varied."""
        return [
            Factor(f["name"], f.get("low", 0.0), f.get("high", 1.0), tuple(f.get("choices", ())))
            for f in self.manifest["factors"]
        ]

    @property
    def year(self) -> int:
        """The last year, to which all figures belong."""
        return int(self.points["year"].iloc[0])

    def title(self, factor: str, language: str) -> str:
        """Return what a factor is called; structural ones are named in the glossary."""
        if factor in (structural := section("factors", language)):
            return structural[factor]
        told = {f["name"]: f["title"] for f in self.manifest["factors"]}
        return str(told[factor][language]) if factor in told else factor

    def rows(self, scenario: str, measure: str | None = None) -> pd.DataFrame:
        """Return a scenario's points, in the order of the design."""
        p = self.points
        return p[(p["scenario"] == scenario) & (p["measure"] == (measure or self.primary))]

    def differences(self, scenario: str) -> NDArray[np.float64]:
        """Return the first outcome's difference from the baseline at every point."""
        return self.rows(scenario)["difference"].to_numpy(dtype=float)

    def complete(self, scenario: str) -> bool:
        """Say whether the difference is known at every point."""
        found = self.differences(scenario)
        return len(found) == len(self.design) and bool(np.isfinite(found).all())


def read_sweep(folder: Path) -> SweepResults:
    """Return the tables in the folder of a finished sweep, or raise UserError."""
    need_files(folder, FILES, "sweep")
    manifest = read_json(folder / "manifest.json", KNOWN)
    choices = [f["name"] for f in manifest["factors"] if "choices" in f]
    return SweepResults(
        design=read_csv(folder / "design.csv", ["point"], choices),
        points=read_csv(folder / "points.csv", POINTS),
        sensitivity=_marked(folder / "sensitivity.csv"),
        regret=read_csv(folder / "regret.csv", ["scenario", "worst_regret"]),
        runs=read_csv(folder / "runs.csv", ["status", "error"]),
        failures=read_json(folder / "failures.json"),
        manifest=manifest,
        folder=folder,
    )


def _marked(path: Path) -> pd.DataFrame:
    """Return the indices of a sweep; those of older ones have no marks."""
    table = read_csv(path, [name for name in SENSITIVITY if name not in MARKS])
    table = table.reindex(columns=SENSITIVITY)
    return table.assign(note=table["note"].astype(object).fillna(""))
