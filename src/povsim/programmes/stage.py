"""The stage on which a month is played: what phases and programmes see and use of the model."""

from collections.abc import Callable
from typing import Any, Protocol

from numpy.typing import NDArray

from povsim.money.treasury import Treasury
from povsim.params import World
from povsim.programmes.rates import Rates
from povsim.state import Counties, Households, Places
from povsim.state.economy import Economy

Array = NDArray[Any]


class Stage(Protocol):
    """The parts of a model that phases and programmes act on."""

    world: World
    households: Households
    places: Places
    counties: Counties
    economy: Economy
    treasury: Treasury
    rates: Rates
    cohort: Array | None
    month: int
    seed: int
    key: tuple[int, int]
    persons_represented: float
    registered_represented: float
    persons_by_place: Array
    registered_by_place: Array
    poor_by_place: Array
    falls: list[dict[str, Array]]
    industry_numbers: Any
    typical_capital: float
    lost_share: Array
    industry_land: Array
    land_limit: Array
    fund_flows: tuple[Array, Array]
    private_investment_due: Array

    @property
    def prices(self) -> Array:
        """Price of each product as producers get it, 1 = normal."""

    @property
    def month_of_year(self) -> int:
        """Month of the calendar year, 0 = January."""

    @property
    def persons(self) -> Array:
        """Persons that each household's row stands for."""

    def count_people(self) -> None:
        """Count people by place anew, after standings have changed."""

    def over_places(self, kernel: Callable[..., None], *arguments: Any, width: int = 1) -> Array:
        """Run a kernel over all places and return its sums, shape (places, width)."""
