"""One dial of one arm: what is turned, how far, and the search for the value that costs the same.

The search runs nothing: it asks for the cost at one value after another. Which arms are searched,
and what their runs cost, is the business of :mod:`povsim.study.comparison.equal_cost`.
"""

import math
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from povsim.errors import UserError, said
from povsim.params import World
from povsim.programmes.lever import DIAL, DIALS, ENVELOPE, PROGRAMMES, Lever
from povsim.programmes.scenario import Scenario

TOLERANCE = 0.0025
"""Residual at which the search ends; half of what a comparison may have."""
ENOUGH = 0.005
"""Residual that a comparison at equal cost may have."""
MOST_STEPS = 16
NEAR = 0.05
"""Part of a dial's range that is tried first on the other side of a declared start."""
FIXED = "none"
"""Dial of an arm that is left as it is: it shows what other money does."""
STEPS = ["arm", "step", "dial", "value", "cost", "baseline_cost", "residual", "seeds"]


@dataclass(frozen=True)
class Dial:
    """What is turned, and how far.

    Attributes
    ----------
    name : str
        ``envelope`` (factor on the arm's discretionary money), ``transition_start`` (months from
        the start at which support that ends begins to end), a number of a programme or of the
        world in any spelling of :mod:`povsim.programmes.lever`, or ``none`` for an arm that is not
        matched.
    low, high : float
        Values between which it is turned.
    start : float or None
        Where the search begins: a value that came near in an earlier study saves steps and
        changes nothing else, as the residual decides. None: 1 for an envelope, else the middle.
    """

    name: str = ENVELOPE
    low: float = 0.0
    high: float = 4.0
    start: float | None = None

    @classmethod
    def from_mapping(cls, arm: str, text: Mapping[str, Any]) -> "Dial":
        """Return the dial that a YAML mapping declares, or raise UserError."""
        for key in text:
            if key not in ("dial", "low", "high", "start"):
                allowed = ("dial", "low", "high", "start")
                raise UserError(said("word_key"), key, allowed, ("dials", arm))
        try:
            dial = cls(
                str(text.get("dial", ENVELOPE)),
                float(text.get("low", 0.0)),
                float(text.get("high", 4.0)),
                None if text.get("start") is None else float(text["start"]),
            )
        except (TypeError, ValueError):
            rule = said("numbers_low_high_start")
            raise UserError(arm, dict(text), rule, "dials") from None
        if not dial.low < dial.high:
            raise UserError("low", dial.low, said("below", high=dial.high), ("dials", arm))
        if not dial.low <= dial.first() <= dial.high:
            rule = said("from_to", low=dial.low, high=dial.high)
            raise UserError("start", dial.start, rule, ("dials", arm))
        return dial

    def first(self) -> float:
        """Return the value at which the search begins."""
        if self.start is not None:
            return self.start
        if self.name == ENVELOPE:
            return min(max(1.0, self.low), self.high)
        return 0.5 * (self.low + self.high)

    def turned(self, world: World, scenario: Scenario, value: float) -> tuple[World, Scenario]:
        """Return the arm's world and scenario with the dial at a value."""
        lever = Lever.parse(self.name)
        there = {use.name: use for use in scenario.programmes}
        if lever.kind == PROGRAMMES and lever.owner in there:
            known = there[lever.owner].card.parameters
            if lever.name not in known:
                allowed = [f"{lever.owner}.{own}" for own in known]
                raise UserError("dial", self.name, allowed)
        elif lever.kind != DIAL and lever.declaration({}) is None:
            raise UserError("dial", self.name, [*DIALS, *there])
        return lever.set(world, scenario, value)


@dataclass(frozen=True)
class Match:
    """Where the search ended, and how it got there."""

    arm: str
    dial: Dial
    value: float
    residual: float
    steps: tuple[tuple[float, float], ...]

    def check(self, target: float) -> None:
        """Raise UserError if cost is not equal within ``ENOUGH``: say what the dial can do."""
        if abs(self.residual) <= ENOUGH:
            return
        low, high = (100.0 * f(cost for _, cost in self.steps) / target for f in (min, max))
        raise UserError(
            said(
                "cost_not_matched",
                arm=self.arm,
                dial=self.dial.name,
                low=f"{self.dial.low:g}",
                high=f"{self.dial.high:g}",
                least=f"{low:.4g}",
                most=f"{high:.4g}",
                residual=f"{100.0 * self.residual:+.3g}",
                value=f"{self.value:g}",
            )
        )

    def rows(self, target: float, seeds: int, first: int = 0) -> list[tuple[Any, ...]]:
        """Return the steps as rows of ``matching.csv``, numbered from ``first``.

        Parameters
        ----------
        target : float
            The baseline's cost over the same seeds.
        seeds : int
            Seeds over which cost is a mean.
        """
        return [
            (self.arm, first + i, self.dial.name, value, cost, target, cost / target - 1.0, seeds)
            for i, (value, cost) in enumerate(self.steps)
        ]


def search(arm: str, dial: Dial, start: float, target: float) -> Generator[float, float, Match]:
    """Ask for the cost at one value after another, until it is within ``TOLERANCE`` of the target.

    Many arms can be searched side by side: their next values are run together.

    The root is bracketed first, from ``start`` towards the side where it must lie, and then closed
    in on by false position with the Illinois rule, or by halves where that creeps. If it lies
    outside the dial's range, the end that comes nearest is returned, with its residual.

    Parameters
    ----------
    target : float
        The baseline's expected discounted cost, above 0; an arm's is monotone in its dial.

    Yields
    ------
    float
        Value of the dial whose cost is to be sent.
    """
    steps: list[tuple[float, float]] = []

    def residual(value: float) -> Generator[float, float, float]:
        cost = yield value
        steps.append((value, cost))
        return cost / target - 1.0

    a, fa = start, (yield from residual(start))
    best = (a, fa)
    bracket = None
    for end in () if abs(fa) <= TOLERANCE else _where_to_look(dial, start, fa):
        f = yield from residual(end)
        best = min(best, (end, f), key=_off)
        if f * fa <= 0.0:
            bracket = (end, f)
        if bracket is not None or abs(f) <= TOLERANCE:
            break
        a, fa = end, f
    if bracket is None or _off(best) <= TOLERANCE:
        return Match(arm, dial, *best, tuple(steps))
    b, fb = bracket
    side, creeps = 0, False
    while _off(best) > TOLERANCE and len(steps) < MOST_STEPS:
        middle = 0.5 * (a + b) if creeps else (fa * b - fb * a) / (fa - fb)
        before = _off(best)
        f = yield from residual(middle)
        best = min(best, (middle, f), key=_off)
        creeps = not creeps and _off(best) > 0.5 * before  # then halve the bracket once
        if f * fb > 0.0:
            b, fb = middle, f
            fa *= 0.5 if side == -1 else 1.0
            side = -1
        else:
            a, fa = middle, f
            fb *= 0.5 if side == 1 else 1.0
            side = 1
    return Match(arm, dial, *best, tuple(steps))


def _off(step: tuple[float, float]) -> float:
    """Return how far the cost at a step is from the target, a share."""
    return abs(step[1])


def _where_to_look(dial: Dial, start: float, off: float) -> list[float]:
    """Return where the other side of the root may be, the likely place first."""
    if dial.name != ENVELOPE:
        if dial.start is None:
            return [dial.low, dial.high]
        near = start - math.copysign(NEAR * (dial.high - dial.low), off)
        return [min(max(near, dial.low), dial.high), dial.low, dial.high]
    if off > 0.0:
        return [max(dial.low, start / (1.0 + 2.0 * off)), dial.low]
    return [min(1.1 * start / max(1.0 + off, 0.1), dial.high), dial.high]
