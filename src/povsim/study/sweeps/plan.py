"""The plan of a sweep: a design, and what it takes to run its points."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from povsim.params import World
from povsim.programmes.scenario import Scenario
from povsim.study.limits import check_product
from povsim.study.sweeps import designs
from povsim.study.sweeps.designs import Factor

Place = Callable[[Mapping[str, Any], str], Mapping[str, tuple[World, Scenario]]]
"""From a point and its label to the arms there."""


@dataclass(frozen=True)
class Plan:
    """A design and what it takes to run it.

    Attributes
    ----------
    method : str
        ``grid``, ``lhs``, ``sobol``, ``morris`` or ``csv``.
    factors : tuple of Factor
    design : DataFrame
        One row a point, one column a factor.
    titles : Mapping
        What factors are called, by name and language, and their unit.
    place : callable
        From a point and its label to the arms there.
    levels : int
        Levels of a grid and of Morris' trajectories.
    left_out : tuple of str
        What the sweep file varies but no scenario has.
    """

    method: str
    factors: tuple[Factor, ...]
    design: pd.DataFrame = field(repr=False)
    titles: Mapping[str, Mapping[str, str]] = field(repr=False)
    place: Place = field(repr=False)
    levels: int = 4
    left_out: tuple[str, ...] = ()

    def label(self, point: int) -> str:
        """Return the name of a point's world."""
        return f"p{point:0{len(str(len(self.design) - 1))}d}"


def make_plan(
    method: str,
    factors: Sequence[Factor],
    n: int,
    levels: int,
    seed: int,
    titles: Mapping[str, Mapping[str, str]],
    place: Place,
) -> Plan:
    """Return the plan of a design that is made, not read; one too large is not even made."""
    check_product("points", **points_of(method, factors, n, levels))
    design = {
        "grid": lambda: designs.grid(factors, levels),
        "lhs": lambda: designs.latin_hypercube(factors, n, seed),
        "sobol": lambda: designs.sobol(factors, n, seed),
        "morris": lambda: designs.morris(factors, n, levels, seed),
    }[method]()
    return Plan(method, tuple(factors), design, titles, place, levels)


def points_of(method: str, factors: Sequence[Factor], n: int, levels: int) -> dict[str, int]:
    """Return the numbers whose product is the number of points of a design, by name."""
    if method == "grid":
        numbers = sum(1 for f in factors if not f.choices)
        switches = {f.name: len(f.choices) for f in factors if f.choices}
        return {f"levels^{numbers}": levels**numbers, **switches}
    each = {"sobol": len(factors) + 2, "morris": len(factors) + 1}.get(method, 1)
    return {"n": n} if each == 1 else {"n": n, "points": each}
