"""The plan of a search: which programmes share a budget, and in which futures mixes are tried."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from povsim.params import World
from povsim.programmes.scenario import ProgrammeUse, Scenario
from povsim.study.runs.spec import plain_scenario
from povsim.study.sweeps import designs
from povsim.study.sweeps.designs import Factor

OBJECTIVES = ("ever_relapsed_share", "relative_poverty_rate_50", "fiscal_cost_pv")
"""What is to be low: people who ever fell back, relative poverty in the last year, outlay."""
BUDGET = "budget"


@dataclass(frozen=True)
class SearchPlan:
    """What is searched.

    Attributes
    ----------
    base : Scenario
        What every mix holds: entitlements and rules.
    uses : tuple of ProgrammeUse
        Discretionary programmes that share the budget.
    points, generations : int
        Mixes in a generation, and generations.
    kept : int
        Mixes of the front that are tried over the futures.
    futures : DataFrame
        Uncertain numbers, one row a future.
    factors : tuple of Factor
    titles : Mapping
        What factors are called.
    change : callable
        From a future, its label and a scenario to the world and scenario there.
    step : float
        Money on which the marginal yuan is measured, as a share of the support fund.
    """

    base: Scenario
    uses: tuple[ProgrammeUse, ...]
    points: int
    generations: int
    kept: int
    futures: pd.DataFrame = field(repr=False)
    factors: tuple[Factor, ...] = field(repr=False)
    titles: Mapping[str, Mapping[str, str]] = field(repr=False)
    change: Callable[[Mapping[str, Any], str, Scenario], tuple[World, Scenario]] = field(repr=False)
    step: float = 0.1

    @property
    def names(self) -> list[str]:
        """Programmes that share the budget."""
        return [use.name for use in self.uses]

    def content(self) -> str:
        """Return as text what decides the result beside worlds and seeds."""
        uses = plain_scenario(replace(self.base, programmes=self.uses))
        how = [self.points, self.generations, self.kept, self.step]
        return repr([uses, how]) + self.futures.to_csv(index=False)

    def mixes_at_most(self) -> int:
        """Return how many mixes and futures are run, if no mix comes twice."""
        tried = self.points * self.generations + self.kept * len(self.futures)
        return tried + 1 + len(self.uses)

    def mix(self, part: Sequence[float], budget: float, name: str) -> Scenario:
        """Return the scenario in which programmes have their shares of a part of the envelope."""
        chosen = tuple(
            replace(use, share=float(share * budget))
            for use, share in zip(self.uses, part, strict=True)
            if share > 0.0
        )
        return replace(self.base, name=name, programmes=(*self.base.programmes, *chosen))

    def with_more(self, mix: Scenario, name: str, added: float) -> Scenario:
        """Return a mix in which one programme gets money beside the envelope."""
        there = {use.name: use for use in mix.programmes}
        use = there.get(name) or next(u for u in self.uses if u.name == name)
        own = {**there, name: replace(use, added=added)}
        return replace(mix, name=f"more_{name}", programmes=tuple(own.values()))


def futures_of(factors: Sequence[Factor], count: int, seed: int) -> pd.DataFrame:
    """Return the futures: a Latin hypercube over what is uncertain."""
    return designs.latin_hypercube(factors, count, seed)
