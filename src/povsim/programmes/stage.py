"""The stage on which a month is played: what phases, programmes and the yearbook see of a model."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from numpy.typing import NDArray

from povsim.kernels.places import PlaceRunner
from povsim.money.ledger import Ledger
from povsim.money.treasury import Treasury
from povsim.params import World
from povsim.programmes.rates import Rates
from povsim.programmes.stock import Stock
from povsim.state import Counties, Households, Places
from povsim.state.economy import Economy
from povsim.state.flows import Flows

Array = NDArray[Any]


class Stage(Protocol):
    """The parts of a model that phases and programmes act on, and that are watched."""

    world: World
    numbers: Any
    households: Households
    places: Places
    counties: Counties
    economy: Economy
    ledger: Ledger
    treasury: Treasury
    rates: Rates
    flows: Flows
    runner: PlaceRunner
    cohort: Array | None
    month: int
    seed: int
    place_weight: Array
    persons_represented: float
    registered_represented: float
    persons_by_place: Array
    registered_by_place: Array
    poor_by_place: Array
    industry_numbers: Any
    typical_capital: float

    @property
    def programmes(self) -> "Mix":
        """Programmes of the scenario, in their order."""

    @property
    def key(self) -> tuple[int, int]:
        """Key of all luck, two words of the seed."""

    @property
    def prices(self) -> Array:
        """Price of each product as producers get it, 1 = normal."""

    @property
    def mean_capital(self) -> Array:
        """Productive capital per household by place, yuan."""

    @property
    def month_of_year(self) -> int:
        """Month of the calendar year, 0 = January."""

    @property
    def year(self) -> int:
        """Calendar year of the current month."""

    @property
    def persons(self) -> Array:
        """Persons that each household's row stands for."""

    @property
    def registered_in_2020(self) -> Array:
        """Whether a household was registered in 2020, shape (households,)."""

    def count_people(self) -> None:
        """Count people by place anew, after standings have changed."""

    def over_places(
        self, kernel: Callable[..., None], *arguments: Any, width: int = 1, **named: Any
    ) -> Array:
        """Run a kernel over all places and return its sums, shape (places, width)."""

    def walk_places(
        self, kernel: Callable[..., None], into: str = "", width: int = 0, **named: Any
    ) -> None:
        """Let a kernel walk all places and fill a flow, at once or in the pass being gathered."""


class Player(Protocol):
    """What conservation and the yearbook see of a programme."""

    name: str

    def stocks(self, model: Stage) -> Iterator[Stock]:
        """Yield what the programme holds, and which bookings move it."""

    def yearly(self, model: Stage) -> Iterator[tuple[str, float]]:
        """Yield measures of the programme's own work in December."""


class Mix(Protocol):
    """What the stage shows of the mix of programmes."""

    @property
    def programmes(self) -> Sequence[Player]:
        """Programmes in their order."""
