"""The economy that no household can move: growth, prices, the national median."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.kernels.weather import advance_prices
from povsim.params import World
from povsim.params.declare import as_tuple
from povsim.rng import Stream, normal, uniform_block


class Economy:
    """Paths of growth and prices; ``log_price`` are the prices that the years before left.

    Attributes
    ----------
    level : float
        Level of wages and productivity, 1 in the mean of 2020, whose figures the population
        meets; the start is half a year later.
    growth : float
        Current real growth, a year, less what bad years take.
    usual_growth : float
        Growth without bad years.
    log_price : ndarray, shape (products,)
        Log price of each village product.
    """

    def __init__(self, world: World, log_price: NDArray[Any] | None = None) -> None:
        self.numbers = as_tuple(world.economy)
        self.level = float(np.exp(0.5 * world.economy.growth))
        self.stress = world.stress
        self.growth = self.usual_growth = world.economy.growth
        self.log_price: NDArray[Any] = np.zeros(int(world.economy.products))
        if log_price is not None and len(log_price) == len(self.log_price):
            self.log_price[:] = log_price

    def advance(self, seed: int, month: int, excess_supply: NDArray[Any]) -> None:
        """Move growth and prices by one month.

        Growth is a first-order autoregression around its mean with the stated yearly
        persistence and spread; ``excess_supply`` by product lowers its price.
        """
        p = self.numbers
        keep = p.growth_persistence ** (1.0 / 12.0)
        draw = uniform_block(seed, np.zeros(1, dtype=np.uint32), month, Stream.MACRO)[0, 0]
        shock = p.growth_volatility * np.sqrt(1.0 - keep**2) * normal(draw)
        self.usual_growth = p.growth + keep * (self.usual_growth - p.growth) + shock
        lost = self.stress.growth_loss if self.in_bad_years(month) else 0.0
        self.growth = self.usual_growth - lost
        self.level *= float(np.exp(self.growth / 12.0))
        self.log_price = advance_prices(seed, month, self.log_price, excess_supply, p)

    def in_bad_years(self, month: int) -> bool:
        """Say whether a month, counted from the start of the run, lies in the bad years."""
        first = 12.0 * self.stress.start
        return first <= month < first + 12.0 * self.stress.years

    @property
    def price(self) -> NDArray[Any]:
        """Price of each product, 1 = normal."""
        return np.exp(self.log_price)

    @property
    def growth_gap(self) -> float:
        """Growth above its mean, in its standard deviations."""
        p = self.numbers
        return (self.growth - p.growth) / p.growth_volatility if p.growth_volatility > 0 else 0.0
