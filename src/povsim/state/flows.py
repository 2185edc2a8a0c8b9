"""Flows: what phases, programmes and accounts hand to each other within and between months."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_type_hints

import numpy as np
from numpy.typing import NDArray

from povsim.kernels import capital, consumption, earnings, work
from povsim.state.households import Households
from povsim.state.places import Places

Array = NDArray[Any]


class Supply(NamedTuple):
    """Supply of each product in the first month, represented yuan a year, shape (products,).

    Attributes
    ----------
    own : ndarray
        Production of households.
    whole : ndarray
        That and the value that village industry adds.
    """

    own: Array
    whole: Array


class Flow(NamedTuple):
    """Declaration of a flow.

    Attributes
    ----------
    shape, unit : str
        Values a flow has, and their unit, as in :mod:`povsim.units`.
    writer : str
        The phase, function or programme that alone changes it in a run.
    meaning : str
        One line.
    """

    shape: str
    unit: str
    writer: str
    meaning: str


@dataclass(slots=True)
class Flows:
    """What one part of a month leaves for another, one declaration a flow.

    Sums of a place are of its rows, not of the people represented. Columns of a flow have names
    beside the kernel that fills them, such as :data:`povsim.kernels.work.FILLED_LOCAL`. A flow
    that a pass over places fills cannot be read before the pass has run.
    """

    filled_jobs: Annotated[
        Array,
        Flow(
            "places, 9",
            "persons",
            "find_and_lose_jobs",
            "Filled local and workshop jobs, and jobs lost in the month, all and by group",
        ),
    ]
    earned: Annotated[
        Array,
        Flow(
            "places, 4",
            "yuan/month",
            "produce_and_pay",
            "Wages, own income, property income and private transfers",
        ),
    ]
    spent: Annotated[
        Array,
        Flow(
            "places, 18",
            "yuan/month",
            "spend_and_save",
            "What households got, spent, borrowed and sold; distress sales, all and by group",
        ),
    ]
    invested: Annotated[
        Array,
        Flow(
            "places, 2",
            "yuan",
            "invest",
            "Productive capital of households that was bought in the month, and all that stands",
        ),
    ]
    moved_back: Annotated[
        Array, Flow("places, 1", "households", "grow_and_wear", "Moves back from relocation sites")
    ]
    fell: Annotated[
        Array, Flow("places, 1", "households", "record_welfare", "Falls below the line")
    ]
    dividend: Annotated[
        Array,
        Flow(
            "places, 2",
            "yuan/household/month",
            "operate_industry",
            "Dividend of village industry to an ordinary and to a registered or edge household",
        ),
    ]
    industry_value: Annotated[
        Array, Flow("places", "yuan/year", "operate_industry", "Value that village industry adds")
    ]
    lost_share: Annotated[
        Array,
        Flow("places", "share", "operate_industry", "Capital lost to failures of village industry"),
    ]
    to_village_fund: Annotated[
        Array, Flow("places", "yuan/month", "operate_industry", "Surplus that village funds keep")
    ]
    reinvested: Annotated[
        Array,
        Flow("places", "yuan/month", "operate_industry", "What village funds put into industry"),
    ]
    private_investment_due: Annotated[
        Array,
        Flow(
            "places",
            "yuan/month",
            "operate_industry, displace_investment",
            "Private investment that comes by itself next month, less what programmes displace",
        ),
    ]
    industry_land: Annotated[
        Array, Flow("places", "mu", "LandShares", "Land contributed to industry")
    ]
    land_limit: Annotated[
        Array,
        Flow("places", "yuan", "LandQuotaTrading", "Capital of industry for which there is land"),
    ]
    ending_support: Annotated[
        float, Flow("1", "share", "Mix", "Support to households that is known to end within a year")
    ]
    falls: Annotated[
        list[dict[str, Array]],
        Flow("months with falls", "households", "record_falls", "Who fell, when and why"),
    ]
    persons_fallen: Annotated[
        float, Flow("1", "persons", "record_falls", "Persons who fell this month")
    ]
    return_moves: Annotated[float, Flow("1", "households", "record_falls", "Moves back so far")]
    wealth: Annotated[
        float, Flow("1", "yuan", "close_ledger", "Savings less debt after the last month")
    ]
    first_supply: Annotated[
        Supply | None,
        Flow(
            "products", "yuan/year", "close_ledger", "Supply of the first month, the base of prices"
        ),
    ]

    @classmethod
    def at_start(cls, households: Households, places: Places) -> "Flows":
        """Return the flows of a run that has not begun: jobs and capital stand, all else is 0."""
        count, start = len(places), places["start"]

        def total(column: str) -> Array:
            return np.add.reduceat(households[column], start, dtype=np.float64)

        filled = np.zeros((count, work.TOTALS))
        filled[:, work.FILLED_LOCAL] = total("at_local")
        invested = np.zeros((count, capital.TOTALS))
        invested[:, capital.STANDING] = total("productive_assets")
        return cls(
            filled_jobs=filled,
            earned=np.zeros((count, earnings.TOTALS)),
            spent=np.zeros((count, consumption.TOTALS)),
            invested=invested,
            moved_back=np.zeros((count, 1)),
            fell=np.zeros((count, 1)),
            dividend=np.zeros((count, 2)),
            industry_value=np.zeros(count),
            lost_share=np.zeros(count),
            to_village_fund=np.zeros(count),
            reinvested=np.zeros(count),
            private_investment_due=np.zeros(count),
            industry_land=np.zeros(count),
            land_limit=np.full(count, np.inf),
            ending_support=0.0,
            falls=[],
            persons_fallen=0.0,
            return_moves=0.0,
            wealth=0.0,
            first_supply=None,
        )

    def take_out(self, name: str) -> Array:
        """Return a flow's array, empty, to be filled; until it is put back nobody can read it."""
        out: Array = getattr(self, name)
        delattr(self, name)
        out[...] = 0.0
        return out

    def put_back(self, name: str, out: Array) -> None:
        """Let a flow that is filled be read; without a name there is none."""
        if name:
            setattr(self, name, out)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Say why a flow is not there: it is read before the pass that fills it has run."""
            if name in self.__slots__:
                raise AttributeError(
                    f"flow {name!r} is filled by the pass over places: read it after"
                )
            raise AttributeError(f"there is no flow {name!r}")


def declared_flows() -> dict[str, Flow]:
    """Return the declaration of every flow, by its name."""
    hints = get_type_hints(Flows, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}
