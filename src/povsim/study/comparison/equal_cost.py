"""Equal cost by present value: the arms of a study, whose dials are turned side by side.

Every step runs all seeds of the arm, the same seeds as the baseline, so that the difference of
cost is not luck. The steps are kept in the store and in ``matching.csv``.
"""

from collections.abc import Mapping
from typing import Any

from povsim.errors import RunsFailedError, UserError, said
from povsim.study.comparison.dial import ENOUGH, FIXED, Dial, Match, search
from povsim.study.comparison.experiment import Experiment
from povsim.study.runs.bench import Arm, Bench


class EqualCost:
    """The dials of a study's arms, and where they were turned.

    Attributes
    ----------
    arms : dict
        World and scenario of every arm as they are run, with its dial where it was left.
    matches : dict
        Where the dial of each arm stands.
    steps : list of tuple
        Rows of ``matching.csv``.
    """

    def __init__(self, bench: Bench, experiment: Experiment, declared: Mapping[str, Arm]) -> None:
        self.bench, self.experiment = bench, experiment
        self.declared, self.arms = declared, dict(declared)
        self.matches: dict[str, Match] = {}
        self.steps: list[tuple[Any, ...]] = []

    def compared(self) -> list[str]:
        """Return the arms that are held against the baseline."""
        return [n for n in self.experiment.scenarios if n in self.arms]

    def is_fixed(self, name: str) -> bool:
        """Return whether an arm is left as it is, to show what other money does."""
        return self.experiment.dials.get(name, Dial()).name == FIXED

    def cost(self, arm: Arm) -> float:
        """Return an arm's expected discounted fiscal cost, yuan.

        Money that was appropriated and lies unspent counts: nobody else can use it.
        """
        (runs,) = self.bench.outcomes([arm])
        costs = [o.fiscal_cost_pv for o in runs if o.status == "ok"]
        if len(costs) < len(runs):
            failed = next(o.error for o in runs if o.status != "ok")
            where = self.bench.store.folder
            raise RunsFailedError(
                said("cost_run_failed", scenario=arm[1].name, error=failed, folder=where)
            )
        return sum(costs) / len(costs)

    def match(self) -> None:
        """Under ``present_value``, turn all dials side by side, from their first values.

        Raises
        ------
        UserError
            If the baseline spends nothing, or no value of a dial costs the same.
        """
        experiment = self.experiment
        if experiment.equal_cost != "present_value":
            return
        base = experiment.baseline
        dials = {
            name: experiment.dials.get(name, Dial())
            for name in self.compared()
            if name != base and not self.is_fixed(name)
        }
        first = {name: dial.first() for name, dial in dials.items()}
        self._turn(dials, first, base)
        target = self.cost(self.arms[base])
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
        target = self.cost(self.declared[self.experiment.baseline])
        off = {
            name: found
            for name, found in self.matches.items()
            if abs(self.cost(self.arms[name]) / target - 1.0) > ENOUGH
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
                    asked[name] = searches[name].send(self.cost(arm))
                except StopIteration as end:
                    self._settle(end.value, target)
                    del asked[name]

    def _turn(
        self, dials: Mapping[str, Dial], asked: Mapping[str, float], *beside: str
    ) -> dict[str, Arm]:
        """Run arms at the values asked for, all together, and return them as they were run."""
        turned = {n: dials[n].turned(*self.declared[n], value) for n, value in asked.items()}
        arms = [*(self.arms[name] for name in beside), *turned.values()]
        self.bench.run(self.bench.specs(arms))
        return turned

    def _settle(self, found: Match, target: float) -> None:
        """Leave an arm as its search ended, and keep the steps."""
        name = found.arm
        self.arms[name] = found.dial.turned(*self.declared[name], found.value)
        self.matches[name] = found
        before = sum(row[0] == name for row in self.steps)
        self.steps += found.rows(target, len(self.bench.seeds), before)
