"""Read a finished study and pick the numbers that the report shows."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from povsim.programmes.lever import ENVELOPE
from povsim.report.results.reading import need_files, read_csv, read_json, read_parquet
from povsim.study.comparison.effects import EFFECTS
from povsim.study.comparison.verdicts import VERDICTS
from povsim.study.runs.gather import ANNUAL, LEDGER
from povsim.study.runs.panel import Panel

FILES = ("effects.csv", "annual.parquet", "ledger.csv", "runs.csv", "verdicts.csv", "manifest.json")
GROUPS = ("G1", "G2", "G3", "G4", "GX", "G0")
CLASSES = ("deep_poverty", "other_lifted", "ordinary")
SMALL = 200
"""Rows in a run below which a group's figures are rough."""
FALLS = ["scenario", "seed", "kind", "persons"]
KNOWN = (
    "experiment",
    "title",
    "question",
    "baseline",
    "scenarios",
    "programmes",
    "population",
    "seeds",
    "households",
    "group_rows",
    "cost_residual",
)
"""What the report needs of a manifest."""
KEYS = ("measure", "group", "region", "year", "scenario")


@dataclass(frozen=True)
class Results:
    """The tables of a finished study."""

    effects: pd.DataFrame
    annual: pd.DataFrame
    ledger: pd.DataFrame
    runs: pd.DataFrame
    verdicts: pd.DataFrame
    manifest: dict[str, Any]
    falls: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=FALLS))

    @cached_property
    def arms(self) -> list[str]:
        """Scenarios in the order of the experiment, without the reference."""
        order = list(self.manifest["scenarios"])
        here = set(self.effects["scenario"]) if len(self.effects) else set()
        return [s for s in order if s in here and s != self.manifest.get("reference")]

    @property
    def others(self) -> list[str]:
        """Scenarios other than the baseline, without the reference."""
        return [s for s in self.arms if s != self.baseline]

    @property
    def baseline(self) -> str:
        """The scenario from which differences are taken."""
        return str(self.manifest["baseline"])

    def of_everybody(self) -> "Results":
        """Return the same with numbers of the whole population only, to send to a process."""
        effects, annual = (_of_everybody(table) for table in (self.effects, self.annual))
        return replace(self, effects=effects, annual=annual)

    @cached_property
    def panel(self) -> Panel:
        """Yearly numbers of the whole population as one matrix."""
        return Panel.from_frame(_of_everybody(self.annual))

    @cached_property
    def whole(self) -> dict[tuple[str, str], pd.DataFrame]:
        """Yearly values of the whole population, by measure and scenario."""
        by = _of_everybody(self.annual).groupby(["measure", "scenario"], observed=True)
        return {(str(key[0]), str(key[1])): part for key, part in by}

    def by_seed(self, measure: str, scenario: str, year: int) -> pd.Series:
        """Return a number of the whole population in each seed; empty if it was not measured."""
        rows = self.whole.get((measure, scenario))
        if rows is None:
            return pd.Series(dtype=float)
        return rows[rows["year"] == year].set_index("seed")["value"]

    @cached_property
    def judged(self) -> "pd.Series[Any]":
        """The verdict on each expectation; ``not_run`` where its year was not."""
        verdict = self.verdicts["verdict"]
        beyond = self.verdicts["observed"].astype(str).str.startswith("not run")
        return verdict.mask(beyond, "not_run")

    @cached_property
    def relapses(self) -> pd.DataFrame:
        """Persons who relapsed during the whole run, by seed and scenario."""
        rows = self.falls[self.falls["kind"] == "relapse"]
        return rows.pivot_table(
            index="seed", columns="scenario", values="persons", aggfunc="sum", observed=True
        ).fillna(0.0)

    def timeline(self, scenario: str) -> list[dict[str, Any]]:
        """Return the dated programmes of a scenario; none if the study is an old one."""
        return list(self.manifest.get("timeline", {}).get(scenario, ()))

    def turned(self, scenario: str) -> tuple[str, float] | None:
        """Return the dial that was turned until a scenario cost what the baseline costs."""
        found = self.manifest.get("matched", {}).get(scenario)
        return None if found is None else (str(found["dial"]), float(found["value"]))

    def money_factor(self, scenario: str) -> float:
        """Return the factor on a scenario's envelope, 1 where that was not turned."""
        dial, value = self.turned(scenario) or ("", 1.0)
        return value if dial == ENVELOPE else 1.0

    @cached_property
    def years(self) -> list[int]:
        """Calendar years of the runs."""
        return sorted(int(y) for y in self.annual["year"].unique())

    @property
    def titles(self) -> dict[str, dict[str, str]]:
        """Titles of scenarios and programmes, by language."""
        return {**self.manifest["scenarios"], **self.manifest["programmes"]}

    @property
    def small_groups(self) -> list[str]:
        """Groups of which a run has so few rows that their figures are rough."""
        return [g for g, n in self.manifest["group_rows"].items() if 0 < n < SMALL]

    def known(self, year: int, group: str = "all", region: str = "all") -> bool:
        """Say whether anything was measured for a part of the population in a year."""
        return (year, group, region) in self._parts

    @cached_property
    def _parts(self) -> set[tuple[Any, ...]]:
        """Return year, group and region of every row of the effects."""
        parts = self.effects[["year", "group", "region"]].drop_duplicates()
        return set(parts.itertuples(index=False, name=None))

    def effect(
        self, measure: str, scenario: str, year: int, group: str = "all", region: str = "all"
    ) -> pd.Series | None:
        """Return one row of the effects, or None if it was not measured."""
        place = self._places.get((measure, group, region, year, scenario))
        return None if place is None else self.effects.iloc[place]

    @cached_property
    def _places(self) -> dict[tuple[Any, ...], int]:
        """Where the row of each measure, group, region, year and scenario is."""
        columns = (self.effects[key].tolist() for key in KEYS)
        return {key: place for place, key in enumerate(zip(*columns, strict=True))}


def _of_everybody(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["group"] == "all") & (table["region"] == "all")]


def read(folder: Path) -> Results:
    """Read the tables of a finished study.

    Raises
    ------
    UserError
        If the folder is none of ours, or a file in it is damaged.
    """
    need_files(folder, FILES, "study")
    return Results(
        effects=read_csv(folder / "effects.csv", EFFECTS),
        annual=read_parquet(folder / "annual.parquet", ANNUAL),
        ledger=read_csv(folder / "ledger.csv", LEDGER),
        runs=read_csv(folder / "runs.csv", ("scenario", "seed", "status", "error")),
        verdicts=read_csv(folder / "verdicts.csv", VERDICTS),
        manifest=read_json(folder / "manifest.json", KNOWN),
        falls=_falls(folder / "falls.parquet"),
    )


def _falls(path: Path) -> pd.DataFrame:
    """Return who fell when; an empty table where the file is missing."""
    if not path.is_file():
        return pd.DataFrame(columns=FALLS)
    return read_parquet(path, FALLS)[FALLS]


def horizons(years: list[int]) -> list[int]:
    """Return the years of the scorecard: first, fifth, last."""
    return sorted({years[0], years[min(4, len(years) - 1)], years[-1]})


def money(results: Results) -> pd.DataFrame:
    """Return yuan over the period, mean over seeds, by scenario, programme, source and use.

    Money carried over from month to month counts where it was used in the end: it comes from the
    centre, which appropriated it, and only what is still left is unspent.
    """
    keys = ["scenario", "programme", "source", "use"]
    seeds = results.ledger.groupby("scenario")["seed"].nunique()
    used = results.ledger["source"] == "carried_over"
    taken = results.ledger[used].assign(source="central", use="unspent")
    taken["amount_yuan"] *= -1.0
    booked = results.ledger.assign(source=results.ledger["source"].mask(used, "central"))
    total = pd.concat([booked, taken]).groupby(keys, as_index=False)["amount_yuan"].sum()
    total["yuan"] = total["amount_yuan"] / total["scenario"].map(seeds)
    return pd.DataFrame(total[[*keys, "yuan"]])
