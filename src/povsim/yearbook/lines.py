"""The poverty lines of a year: absolute, relative to the national rural median, weakly relative."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim import measures
from povsim.kernels.risk import risk_numbers
from povsim.programmes.stage import Stage

SHARES = (0.40, 0.50, 0.60)
"""Shares of the median at which relative lines lie."""


def national_median(model: Stage) -> float:
    """Return the national rural median, yuan a person and year.

    It is that of the rows where they are all rural China, else the published one on its path.
    """
    if model.world.population == "national":
        h = model.households
        income = h.year_income / h["members"]
        return float(measures.weighted_quantile(income, 0.5, weights=model.persons))
    return model.world.lines.national_median * model.economy.level


def lines_and_risks(model: Stage, median: float) -> NDArray[Any]:
    """Return what the census takes: the lines, yuan a person and year, and the spreads of shocks.

    Parameters
    ----------
    median : float
        National rural median, yuan a person and year; frozen lines keep that of 2020.
    """
    world, rates = model.world, model.rates
    lines = world.lines
    frozen, weak = lines.national_median, world.measurement
    return np.array(
        [
            lines.absolute,
            lines.monitoring,
            *(share * median for share in SHARES),
            *(share * frozen for share in SHARES),
            max(lines.absolute, weak.weak_base + weak.weak_share * median),
            *risk_numbers(world, float(rates.separation.mean()), rates.out_of_pocket_share),
        ]
    )
