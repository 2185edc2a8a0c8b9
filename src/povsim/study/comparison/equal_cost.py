"""Equal cost by present value: turn a dial of each arm until it costs what the baseline costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from povsim.errors import UserError, said
from povsim.study.comparison.dial import ENOUGH, FIXED, Dial, Match, search

if TYPE_CHECKING:
    from povsim.params import World
    from povsim.programmes.scenario import Scenario
    from povsim.study.comparison.study import Bench


class EqualCost:
    """The dials of a study's arms, and where they were turned.

    Attributes
    ----------
    matches : dict
        Where the dial of each arm stands.
    steps : list of tuple
        Rows of ``matching.csv``.
    """

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.matches: dict[str, Match] = {}
        self.steps: list[tuple[Any, ...]] = []

    def is_fixed(self, name: str) -> bool:
        """Return whether an arm is left as it is, to show what other money does."""
        return self.bench.experiment.dials.get(name, Dial()).name == FIXED

    def match(self) -> None:
        """Under ``present_value``, turn all dials side by side, from their first values.

        Raises
        ------
        UserError
            If the baseline spends nothing, or no value of a dial costs the same.
        """
        bench, experiment = self.bench, self.bench.experiment
        if experiment.equal_cost != "present_value":
            return
        base = experiment.baseline
        dials = {
            name: experiment.dials.get(name, Dial())
            for name in bench.compared()
            if name != base and not self.is_fixed(name)
        }
        first = {name: dial.first() for name, dial in dials.items()}
        self._turn(dials, first, base)
        target = bench.cost(*bench.arms[base])
        if target <= 0.0:
            rule = said("cost_rule_no_spending", name=base)
            raise UserError("experiment.equal_cost", "present_value", rule)
        self._search(dials, first, target)
        for found in self.matches.values():
            found.check(target)

    def match_again(self) -> None:
        """Hold costs against each other over the seeds there are now; match those that differ.

        Where no value of a dial is good enough now, the nearest is kept; the residual says so.
        """
        if not self.matches:
            return
        bench = self.bench
        target = bench.cost(*bench.declared[bench.experiment.baseline])
        off = {
            name: found
            for name, found in self.matches.items()
            if abs(bench.cost(*bench.arms[name]) / target - 1.0) > ENOUGH
        }
        dials = {name: found.dial for name, found in off.items()}
        self._search(dials, {name: found.value for name, found in off.items()}, target)

    def _search(self, dials: Mapping[str, Dial], first: Mapping[str, float], target: float) -> None:
        """Turn dials side by side, each from its first value, and leave the arms as they end."""
        searches = {n: search(n, dial, first[n], target) for n, dial in dials.items()}
        asked = {name: next(steps) for name, steps in searches.items()}
        while asked:
            for name, arm in self._turn(dials, asked).items():
                try:
                    asked[name] = searches[name].send(self.bench.cost(*arm))
                except StopIteration as end:
                    self._settle(end.value, target)
                    del asked[name]

    def _turn(
        self, dials: Mapping[str, Dial], asked: Mapping[str, float], *beside: str
    ) -> dict[str, tuple[World, Scenario]]:
        """Run arms at the values asked for, all together, and return them as they were run."""
        bench = self.bench
        turned = {n: dials[n].turned(*bench.declared[n], value) for n, value in asked.items()}
        arms = [*(bench.arms[name] for name in beside), *turned.values()]
        bench.run_all([bench.spec(*arm, seed) for seed in bench.seeds for arm in arms])
        return turned

    def _settle(self, found: Match, target: float) -> None:
        """Leave an arm as its search ended, and keep the steps."""
        name = found.arm
        self.bench.arms[name] = found.dial.turned(*self.bench.declared[name], found.value)
        self.matches[name] = found
        before = sum(row[0] == name for row in self.steps)
        self.steps += found.rows(target, len(self.bench.seeds), before)
