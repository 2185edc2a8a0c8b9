"""Companion sweeps of a study: where they are, and how a claim fares in them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from povsim.errors import DamagedError
from povsim.report.results.claims import ASKED, Claim, claim
from povsim.report.results.reading import CHECKS, read_json
from povsim.report.results.study import Results
from povsim.report.results.sweep import SweepResults, read_sweep
from povsim.words.glossary import Glossary, good

NAMES = ("structures", "stress", "sign_map", "uncertainties")
"""Companion sweeps that a report draws, by the name of their folder in ``checks``."""
LEVERAGE = "matched_leverage"


Damage = dict[str, DamagedError]
"""By name, the sweeps that were finished and of which a file is damaged now."""


def read_checks(folder: Path, damage: Damage | None = None) -> dict[str, SweepResults]:
    """Return the finished companion sweeps in the folder of a study, by name.

    A sweep without a manifest is not finished, and one that checked another study (its manifest
    names the one it belongs to) is none of this; both are left out.

    Parameters
    ----------
    damage : dict, optional
        Takes what is wrong with sweeps of which a file is damaged; they are left out, too.

    Raises
    ------
    DamagedError
        If a file is damaged and nobody wants to collect that.
    """
    own = read_json(folder / "manifest.json").get("configuration", "")
    sweeps = {}
    for name in NAMES:
        place = folder / CHECKS / name
        if not (place / "manifest.json").exists():
            continue
        try:
            sweep = read_sweep(place)
            if sweep.manifest.get("parent", "") == own and len(sweep.annual):
                sweeps[name] = sweep
        except DamagedError as error:
            if damage is None:
                raise
            damage[name] = error
    return sweeps


@dataclass(frozen=True)
class Trial:
    """How a claim of the study fares over the points of a sweep.

    Attributes
    ----------
    table : DataFrame
        Best less worst arm at each point, in the order of the design.
    """

    claim: Claim
    table: pd.DataFrame

    @property
    def difference(self) -> "np.ndarray":
        """Best less worst arm at each point."""
        return self.table["difference"].to_numpy(dtype=float)

    @property
    def holds(self) -> "np.ndarray":
        """Where the arm that leads in the study is ahead."""
        return ahead(self.claim.measure, self.difference)

    @property
    def clear(self) -> "np.ndarray":
        """Where the interval excludes zero."""
        return excludes_zero(self.table)

    @property
    def points(self) -> int:
        """Number of points that were run."""
        return int(np.isfinite(self.difference).sum())

    @property
    def reversed(self) -> int:
        """Number of points where the other arm is clearly ahead."""
        return int((~self.holds & self.clear).sum())

    @property
    def survives(self) -> bool:
        """Say whether the sign is the same everywhere."""
        return int(self.holds.sum()) == self.points


def ahead(measure: str, difference: "np.ndarray") -> "np.ndarray":
    """Return where a difference is in the direction that is better for people."""
    better = difference > 0.0 if good(measure) == "higher" else difference < 0.0
    return np.asarray(better)


def excludes_zero(table: pd.DataFrame) -> "np.ndarray":
    """Return where the interval of a table of differences excludes zero."""
    return np.asarray((table["ci_low"] > 0.0) | (table["ci_high"] < 0.0))


def trials(results: Results, sweep: SweepResults) -> list[Trial]:
    """Return how the study's headlines of the last year fare in a companion sweep."""
    there = set(sweep.arms)
    tried = []
    for measure in ASKED:
        found = claim(results, measure, results.years[-1])
        if found and {found.best, found.other} <= there and sweep.has(measure):
            tried.append(Trial(found, sweep.paired(measure, found.best, found.other)))
    return tried


def assumptions(results: Results, checks: dict[str, SweepResults], words: Glossary) -> str:
    """Return what the checks say about other assumptions, for the answer."""
    if not checks:
        return words.sentence("unchecked")
    said = []
    if "structures" in checks:
        said += [survival(t, words) for t in trials(results, checks["structures"])]
    missing = [n for n in NAMES if n not in checks]
    if "structures" in missing:
        said.append(words.sentence("unchecked"))
    return words.paragraph(said)


def survival(tried: Trial, words: Glossary) -> str:
    """Say whether a headline survives the structural alternatives, and in how many."""
    c = tried.claim
    if not c.clear:
        key = "headline_open"
    else:
        key = "headline_survives" if tried.survives else "headline_falls"
    return words.sentence(
        key,
        scenario=words.quoted(c.best),
        other=words.quoted(c.other),
        measure=words.inside(c.measure),
        holds=int(tried.holds.sum()),
        n=tried.points,
        clear=int((tried.holds & tried.clear).sum()),
        reversed=tried.reversed,
    )
