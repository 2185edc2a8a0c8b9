"""When a policy fails: PRIM, the patient rule induction method.

Boxes are peeled a little at a time towards the failures (Friedman and Fisher 1999) and pasted
back where that does not thin them; what is left says under which conditions a policy fails
(Bryant and Lempert 2010).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from povsim.units import three_digits
from povsim.words.texts import section
from povsim.words.typography import percent

Bool = NDArray[np.bool_]
SIGNIFICANT = 0.05
MORE = 1e-12
SLACK = 0.005
"""What may be lost of the balance of density and coverage for a simpler box."""


@dataclass(frozen=True)
class Box:
    """Conditions under which failures gather.

    Attributes
    ----------
    limits : Mapping[str, tuple]
        By factor, ``(low, high)`` of a number (infinite where open) or the choices kept.
    coverage, density, mass : float
        Share of failures inside; share of failures among what is inside; share of all inside.
    p_values : Mapping[str, float]
        By factor, the chance that dropping its condition thins the box as much by luck.
    trajectory : DataFrame
        ``mass, density, coverage`` at each step.
    """

    limits: Mapping[str, tuple[Any, ...]]
    coverage: float
    density: float
    mass: float
    p_values: Mapping[str, float]
    trajectory: pd.DataFrame = field(repr=False)


def prim(
    x: pd.DataFrame,
    fails: ArrayLike,
    peel: float = 0.05,
    least_mass: float = 0.05,
    density: float = 0.8,
) -> Box | None:
    """Return the box in which failures gather, or None if there is none.

    Parameters
    ----------
    x : DataFrame
        One row a run, numbers or choices.
    fails : array_like of bool
        Whether the policy failed in the run.
    peel : float
        Share of the box that one step takes off.
    least_mass : float
        Share of runs under which peeling ends.
    density : float
        Share of failures inside at which a box is dense enough. Of those that are, the best
        balance of density and coverage is returned; of all, if none is.
    """
    bad = np.asarray(fails, dtype=bool)
    if len(bad) != len(x):
        raise ValueError(f"fails: {len(bad)} values for {len(x)} rows")
    if not bad.any() or bad.all():
        return None
    boxes = [np.ones(len(x), dtype=bool)]
    while (inside := _peeled(x, bad, boxes[-1], peel)) is not None:
        if inside.mean() < least_mass:
            break
        boxes.append(inside)
    steps = [_figures(inside, bad) for inside in boxes]
    trajectory = pd.DataFrame(steps, columns=["mass", "density", "coverage"])
    dense = [i for i, step in enumerate(steps) if step[1] >= density]
    chosen = max(dense or range(len(steps)), key=lambda i: _balance(*steps[i][1:]))
    limits = _pasted(x, bad, _limits(x, boxes[chosen]))
    p_values = {name: _p_value(x, bad, limits, name) for name in limits}
    limits = {name: limit for name, limit in limits.items() if p_values[name] < SIGNIFICANT}
    if not limits:
        return None
    inside = _inside(x, limits)
    mass, thick, cover = _figures(inside, bad)
    kept = {name: p_values[name] for name in limits}
    return Box(limits, cover, thick, mass, kept, trajectory)


def _figures(inside: Bool, bad: Bool) -> tuple[float, float, float]:
    """Return mass, density and coverage."""
    count = int(inside.sum())
    hits = int((bad & inside).sum())
    return count / len(bad), hits / max(count, 1), hits / int(bad.sum())


def _peeled(x: pd.DataFrame, bad: Bool, inside: Bool, peel: float) -> Bool | None:
    """Return the box after the step that makes it densest, or None if none makes it denser."""
    now = bad[inside].mean()
    best, best_gain = None, MORE
    for smaller in _steps(x, inside, peel):
        left = int(smaller.sum())
        if 0 < left < int(inside.sum()):
            removed = int(inside.sum()) - left
            gain = (bad[smaller].mean() - now) / removed
            if gain > best_gain:
                best, best_gain = smaller, gain
    return best


def _steps(x: pd.DataFrame, inside: Bool, peel: float) -> Iterator[Bool]:
    """Yield the box less a thin slice at either end of each number, or less one choice."""
    for name in x:
        column = x[name]
        if not pd.api.types.is_numeric_dtype(column):
            values = column.to_numpy()
            for choice in sorted(set(values[inside])):
                yield inside & (values != choice)
            continue
        v = column.to_numpy(dtype=float)
        low, high = np.quantile(v[inside], [peel, 1.0 - peel])
        yield inside & (v >= low) & (v > v[inside].min())
        yield inside & (v <= high) & (v < v[inside].max())


def _limits(x: pd.DataFrame, inside: Bool) -> dict[str, tuple[Any, ...]]:
    """Return the conditions of a box, for factors that are restricted."""
    limits: dict[str, tuple[Any, ...]] = {}
    for name in x:
        values = x[name].to_numpy()
        own = values[inside]
        if not pd.api.types.is_numeric_dtype(x[name]):
            kept = tuple(sorted(set(own)))
            if len(kept) < len(set(values)):
                limits[str(name)] = kept
            continue
        low = float(own.min()) if own.min() > values.min() else -np.inf
        high = float(own.max()) if own.max() < values.max() else np.inf
        if np.isfinite(low) or np.isfinite(high):
            limits[str(name)] = (low, high)
    return limits


def _inside(x: pd.DataFrame, limits: Mapping[str, tuple[Any, ...]]) -> Bool:
    """Return which rows meet all conditions."""
    inside = np.ones(len(x), dtype=bool)
    for name, limit in limits.items():
        values = x[name].to_numpy()
        if pd.api.types.is_numeric_dtype(x[name]):
            inside &= (values >= limit[0]) & (values <= limit[1])
        else:
            inside &= np.isin(values, limit)
    return inside


def _balance(density: float, coverage: float) -> float:
    """Return the harmonic mean of density and coverage."""
    return 2.0 * density * coverage / max(density + coverage, MORE)


def _pasted(
    x: pd.DataFrame, bad: Bool, limits: dict[str, tuple[Any, ...]]
) -> dict[str, tuple[Any, ...]]:
    """Return the box with every bound opened that can be opened for nothing."""

    def worth(box: Mapping[str, tuple[Any, ...]]) -> float:
        return _balance(*_figures(_inside(x, box), bad)[1:])

    kept = dict(limits)
    for name, limit in limits.items():
        for wider in _wider(limit):
            tried = {**kept, name: wider} if wider else {n: k for n, k in kept.items() if n != name}
            if tried and worth(tried) >= (1.0 - SLACK) * worth(kept):
                kept = tried
    return kept


def _wider(limit: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the condition with one bound open, and with none left (empty)."""
    if not isinstance(limit[0], str) and np.isfinite(limit[0]) and np.isfinite(limit[1]):
        yield (-np.inf, limit[1])
        yield (limit[0], np.inf)
    yield ()


def _p_value(x: pd.DataFrame, bad: Bool, limits: Mapping[str, tuple[Any, ...]], name: str) -> float:
    """Return the chance of at least this many failures if the condition on a factor said nothing."""  # noqa: E501
    from scipy.stats import binomtest  # takes long to import

    wider = _inside(x, {other: limit for other, limit in limits.items() if other != name})
    inside = _inside(x, limits)
    hits, count = int((bad & inside).sum()), int(inside.sum())
    if count == 0:
        return 1.0
    return float(binomtest(hits, count, float(bad[wider].mean()), alternative="greater").pvalue)


def say(box: Box, names: Mapping[str, str], language: str = "en") -> str:
    """Return the box in a sentence."""
    words = section("boxes", language)
    parts = [
        _condition(names.get(n, n), limit, words)
        for n, limit in sorted(box.limits.items(), key=lambda item: box.p_values[item[0]])
    ]
    conditions = words["and"].join(parts)
    inside, covered = percent(box.density), percent(box.coverage)
    return words["box"].format(conditions=conditions, inside=inside, covered=covered)


def _condition(name: str, limit: tuple[Any, ...], words: Mapping[str, str]) -> str:
    """Return one condition in words."""
    if limit and isinstance(limit[0], str):
        return words["choice"].format(name=name, choices=words["or"].join(limit))
    low, high = limit
    bounded = {(True, True): "between", (True, False): "above", (False, True): "below"}
    key = bounded[bool(np.isfinite(low)), bool(np.isfinite(high))]
    return words[key].format(name=name, low=three_digits(low), high=three_digits(high))


def box_as_plain(box: Box | None) -> dict[str, Any] | None:
    """Return a box as plain values; an open bound is null."""
    if box is None:
        return None
    limits = {
        name: [None if isinstance(v, float) and np.isinf(v) else v for v in limit]
        for name, limit in box.limits.items()
    }
    return {
        "limits": limits,
        "coverage": box.coverage,
        "density": box.density,
        "mass": box.mass,
        "p_values": dict(box.p_values),
    }
