"""Measure speed and memory: household-months a second, bytes a household, and two twins.

Run with ``python benchmarks/throughput.py [--households 1000000] [--threads 2]``. Machines are
noisy, so the ratios matter more than the absolute figures; every ratio is taken in one run.

The reduced month of the twins is: illness, job loss, pay, consumption, flag of relapse.
"""

import argparse
import time
from dataclasses import replace

import mesa
import numpy as np

from povsim.config import load_scenario
from povsim.model import PovertyModel
from povsim.params import World


class PlainHousehold(mesa.Agent):
    """A household as a plain Mesa agent with the reduced month."""

    def __init__(self, model: mesa.Model, income: float) -> None:
        super().__init__(model)
        self.pay, self.savings, self.employed, self.below = income, 6 * income, True, 0
        self.floor = 0.4 * income

    def step(self) -> None:
        """Live the reduced month."""
        draw = self.model.rng.random(3)
        bill = 12_000 * draw[0] * 200 if draw[0] < 0.004 else 0.0
        if self.employed and draw[1] < 0.03:
            self.employed = False
        elif not self.employed and draw[2] < 0.15:
            self.employed = True
        income = self.pay if self.employed else 0.5 * self.pay
        means = self.savings + income - bill
        spent = min(max(means, 0.0), max(self.floor, 0.75 * income))
        self.savings = max(means - spent, 0.0)
        self.below = self.below + 1 if income - bill < self.floor else 0


class PlainModel(mesa.Model):
    """The reduced month with one Python object a household."""

    def __init__(self, households: int) -> None:
        super().__init__(rng=1)
        incomes = self.rng.lognormal(8.0, 0.5, households)
        PlainHousehold.create_agents(self, households, incomes)

    def step(self) -> None:
        """Advance every household by one month."""
        self.agents.do("step")


def array_month(rng: np.random.Generator, state: dict[str, np.ndarray]) -> None:
    """Live the reduced month with whole NumPy arrays."""
    draw = rng.random((3, len(state["pay"])))
    bill = np.where(draw[0] < 0.004, 12_000 * draw[0] * 200, 0.0)
    lost = state["employed"] & (draw[1] < 0.03)
    found = ~state["employed"] & (draw[2] < 0.15)
    state["employed"] = (state["employed"] & ~lost) | found
    income = np.where(state["employed"], state["pay"], 0.5 * state["pay"])
    means = state["savings"] + income - bill
    spent = np.minimum(np.maximum(means, 0.0), np.maximum(state["floor"], 0.75 * income))
    state["savings"] = np.maximum(means - spent, 0.0)
    state["below"] = np.where(income - bill < state["floor"], state["below"] + 1, 0)


def rate(households: int, months: int, seconds: float) -> float:
    """Return millions of household-months a second."""
    return households * months / seconds / 1e6


def time_model(households: int, threads: int, years: int) -> tuple[float, float, float]:
    """Return the full month's rate with and without December's yearbook, and bytes a household.

    The rates are those of the fastest year: other work on the machine only slows a year down.
    """
    world = replace(World(), households=households)
    model = PovertyModel(world, load_scenario("hold"), seed=1, threads=threads)
    model.run_for(13)
    whole, ordinary = [], []
    for _ in range(years):
        months = []
        for _ in range(12):
            started = time.perf_counter()
            model.run_for(1)
            months.append((time.perf_counter() - started, model.month_of_year == 0))
        whole.append(sum(seconds for seconds, _ in months))
        ordinary.append(sum(seconds for seconds, december in months if not december))
    tables = (model.households, model.places, model.counties)
    memory = sum(a.nbytes for table in tables for a in table.arrays) / len(model.households)
    n = len(model.households)
    return rate(n, 12, min(whole)), rate(n, 11, min(ordinary)), memory


def time_twins(plain: int, arrays: int) -> tuple[float, float]:
    """Return the rates of the object twin and of the array twin."""
    model = PlainModel(plain)
    model.step()
    started = time.perf_counter()
    for _ in range(3):
        model.step()
    objects = rate(plain, 3, time.perf_counter() - started)
    rng = np.random.default_rng(1)
    pay = rng.lognormal(8.0, 0.5, arrays)
    state = {
        "pay": pay,
        "savings": 6 * pay,
        "floor": 0.4 * pay,
        "employed": np.ones(arrays, dtype=bool),
        "below": np.zeros(arrays, dtype=np.int64),
    }
    array_month(rng, state)
    started = time.perf_counter()
    for _ in range(6):
        array_month(rng, state)
    return objects, rate(arrays, 6, time.perf_counter() - started)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--years", type=int, default=4)
    chosen = parser.parse_args()
    full, ordinary, memory = time_model(chosen.households, chosen.threads, chosen.years)
    objects, arrays = time_twins(20_000, min(chosen.households, 1_000_000))
    print(f"households                          {chosen.households:>12,}")
    print(f"threads                             {chosen.threads:>12}")
    print(f"full month, hold, yearbook included {full:>12.2f} million household-months/s")
    print(f"full month, hold, yearbook aside    {ordinary:>12.2f} million household-months/s")
    print(f"reduced month, plain Mesa objects   {objects:>12.2f} million household-months/s")
    print(f"reduced month, NumPy arrays         {arrays:>12.2f} million household-months/s")
    print(f"full month over Mesa objects        {full / objects:>12.1f} times")
    print(f"state                               {memory:>12.1f} bytes/household")


if __name__ == "__main__":
    main()
