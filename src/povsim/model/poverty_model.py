"""The model: one month, read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from povsim.calendar import FIRST_YEAR
from povsim.codes import Group, Registration
from povsim.errors import UserError, said
from povsim.errors.given import seed_number, texts_of, whole_number
from povsim.kernels import capital, consumption
from povsim.kernels.places import Call, PlaceRunner
from povsim.model import accounts, past, phases
from povsim.model.conservation import Books
from povsim.model.seeds import UNSAID, agreed, seen_by_mesa
from povsim.money.ledger import Ledger, fund_meanings
from povsim.money.treasury import Treasury
from povsim.params import GROUPS, World
from povsim.params.declare import as_tuple
from povsim.population import Drawn
from povsim.programmes.cards import Card
from povsim.programmes.mix import Mix
from povsim.programmes.rates import ordinary_rates
from povsim.programmes.scenario import Scenario
from povsim.rng import seed_key
from povsim.state import Counties, Households, Places
from povsim.state.economy import Economy
from povsim.state.flows import Flows
from povsim.state.views import Household, make_agents
from povsim.yearbook.observer import Observer

Array = NDArray[Any]
REPORTED = ("seed", "month", "income_per_person", "falls_persons")
"""What Mesa's data collector keeps of every month; the seed tells rows of a batch apart."""
MONTHS = 120
"""Length of a run for which nobody says how long it is, as for the command line."""
EVERY_YEAR = -1
"""Month that stands for the start, when every household plans its year at once."""


class PovertyModel(mesa.Model):  # type: ignore[misc]
    """Households, villages and relocation sites under one course of government action.

    Parameters
    ----------
    world : World
        Everything that is not government.
    scenario : Scenario
        The mix of programmes.
    seed : int
        Key of all luck; the same seed gives the same shocks under every scenario. None draws one.
    threads : int
        Threads for the kernels; the result does not depend on it.
    drawn : Drawn, optional
        Population to start from; without it that of the world and seed, with its past.
    months : int
        Months after which ``running`` becomes False, where ``run_model`` and Mesa's ``batch_run``
        stop. ``step`` and ``run_for`` go on beyond if they are asked to.
    rng : int
        Another name of the seed, Mesa's.

    Examples
    --------
    >>> model = PovertyModel.from_config(["scenario=hold", "size=classroom"])  # doctest: +SKIP
    >>> model.run_for(12)  # doctest: +SKIP

    Many models by Mesa's own means; each entry of ``overrides`` is a tuple:

    >>> ways = {"overrides": [("scenario=hold",), ("scenario=cliff",)]}
    >>> mesa.batch_run(PovertyModel.from_config, ways, rng=[1, 2], max_steps=24)  # doctest: +SKIP
    """

    @seen_by_mesa
    def __init__(
        self,
        world: World,
        scenario: Scenario,
        seed: int | None = UNSAID,
        threads: int = 1,
        drawn: Drawn | None = None,
        months: int = MONTHS,
        rng: int | None = UNSAID,
    ) -> None:
        seed = agreed(seed=seed, rng=rng)  # what cannot be run is refused before anything is drawn
        threads = whole_number("threads", threads, low=1)
        self.months = whole_number("months", months, low=1)
        super().__init__(rng=seed)
        world.check()
        self.world, self.course, self.seed = world, scenario, seed
        self.numbers = SimpleNamespace(**{name: as_tuple(getattr(world, name)) for name in GROUPS})
        self.industry_numbers = self.numbers.industry
        self.month = 0
        self.cohort: Array | None = (
            None  # registered of 2020, kept once a review may strike them off
        )
        drawn = start_population(world, seed, scenario.before) if drawn is None else drawn
        self.households = Households(drawn.households)
        self.places = Places(drawn.places)
        self.counties = Counties(drawn.counties, fund_meanings())
        self.runner = PlaceRunner(self.places["start"], self.places["stop"], threads)
        self._pass: list[tuple[str, Array, Call]] | None = None
        self.count_people()
        self.economy = Economy(world, drawn.log_price)
        self.ledger = Ledger(world.economy.discount_rate, FIRST_YEAR)
        self.treasury = Treasury(self.ledger, self.counties, self.places, self.place_weight)
        self.programmes = Mix(scenario)
        self.rates = ordinary_rates(world, 0.0)
        self.flows = Flows.at_start(self.households, self.places)
        self.flows.wealth = accounts.net_wealth(self)
        self.typical_capital = accounts.typical_capital(self)
        phases.plan_years(self, EVERY_YEAR)
        self.books = Books(self)
        self.villages, self.sites, self.county_agents = make_agents(
            self, self.places, self.counties
        )
        self.observer = Observer(self)
        self.datacollector = mesa.DataCollector(model_reporters={name: name for name in REPORTED})

    @classmethod
    @seen_by_mesa
    def from_config(
        cls,
        overrides: Sequence[str] = (),
        seed: int | None = UNSAID,
        threads: int = 1,
        rng: int | None = UNSAID,
    ) -> PovertyModel:
        """Build a model from overrides as on the command line, such as ``scenario=hold``.

        ``years`` among them says where the run ends, ``seed`` is the seed if no other is given.
        """
        from povsim.config import compose  # the boundary sits above the model

        texts = texts_of("overrides", overrides, said("list_of_overrides"))
        asked = compose(texts)
        written = asked.seeds[0] if any(t.startswith("seed=") for t in texts) else UNSAID
        seed = agreed(seed=seed, rng=rng, overrides=written)
        world, scenario = asked.world_of(asked.scenario.name), asked.scenario
        return cls(world, scenario, seed=seed, threads=threads, months=asked.months)

    def run_for(self, duration: float) -> None:
        """Run so many months, also beyond the end of the run.

        Raises
        ------
        UserError
            If it is no whole number, or less than 0.
        """
        months = whole_number("run_for", duration, rule=said("whole_months"))
        if months:
            super().run_for(months)

    def run_until(self, end_time: float) -> None:
        """Run until so many months have passed since the start.

        Raises
        ------
        UserError
            If it is no whole number, or the model is further than that.
        """
        self.run_for(whole_number("run_until", end_time, low=self.month) - self.month)

    def run_model(self) -> None:
        """Run to the end of the years that were asked for; do nothing if they are over."""
        self.run_for(max(0, self.months - self.month))

    def step(self) -> None:
        """One month. The order is the order of docs/odd.md, 'Process overview'."""
        excess = accounts.excess_supply(self)
        self.economy.advance(self.seed, self.month, excess)  # growth, prices, wages
        self.rates = self.programmes.rates(self)  # programmes change named rates before luck
        phases.bring_weather(self)  # the harvest, once a year
        phases.operate_industry(self)  # village industry: jobs, dividends, failures
        with self.together():  # one pass over each place while it is in the cache
            phases.strike_households(self)  # illness: bills, lost work, lost health
            phases.find_and_lose_jobs(self)  # separations, offers, choice, rationed places
            phases.produce_and_pay(self)  # wages, own production, property, private transfers
        self.programmes.act(self)  # everything government does, through the treasury
        with self.together():
            phases.spend_and_save(self)  # needs, savings, neighbours, loans, distress sales
            phases.invest(self)  # productive capital
            phases.grow_and_wear(self)  # skill, health, integration at sites
            phases.record_welfare(self)  # 12-month incomes and spells of poverty
        phases.record_falls(self)  # who fell below the line, and why
        self.close_ledger()  # raises if money was made or lost
        self.observer.take(self)  # the month, and in December the year
        self.datacollector.collect(self)
        self.month += 1
        if self.month >= self.months:
            self.running = False

    @property
    def month_of_year(self) -> int:
        """Month of the calendar year, 0 = January."""
        return self.month % 12

    @property
    def key(self) -> tuple[int, int]:
        """Key of all luck, two words of the seed."""
        return seed_key(self.seed)

    @property
    def prices(self) -> Array:
        """Price of each product as producers get it, 1 = normal."""
        return self.economy.price * self.rates.price

    @property
    def mean_capital(self) -> Array:
        """Productive capital per household by place, yuan."""
        standing = self.flows.invested[:, capital.STANDING]
        return np.asarray(standing / np.maximum(self.places.rows, 1))

    @property
    def persons(self) -> Array:
        """Persons that each household's row stands for, shape (households,)."""
        return np.asarray(self.places.by_household(self.place_weight) * self.households["members"])

    @property
    def registered_in_2020(self) -> Array:
        """Whether a household was registered in 2020, shape (households,): relapse is theirs."""
        return self.households.is_registered if self.cohort is None else self.cohort

    @property
    def year(self) -> int:
        """Calendar year of the current month."""
        return FIRST_YEAR + self.month // 12

    @property
    def income_per_person(self) -> float:
        """Income of the last month per person, yuan."""
        income = self.place_weight @ self.flows.spent[:, consumption.INCOME]
        return float(income) / self.persons_represented

    @property
    def falls_persons(self) -> float:
        """Persons who fell below the line in the last month."""
        return self.flows.persons_fallen

    def household(self, uid: int) -> Household:
        """Return the household with this permanent identity."""
        rows = np.flatnonzero(self.households["uid"] == uid)
        if len(rows) == 0:
            raise UserError(said("no_household", uid=uid))
        return Household(self.households, int(rows[0]))

    def over_places(
        self, kernel: Callable[..., None], *arguments: Any, width: int = 1, **named: Any
    ) -> Array:
        """Run a kernel over all places and return its sums, shape (places, width).

        Raises
        ------
        RuntimeError
            Inside ``together``, where the kernel would run before those that are gathered.
        """
        if self._pass is not None:
            raise RuntimeError("over_places: a pass is being gathered; use walk_places")
        out = np.zeros((len(self.places), width))
        self.runner(lambda first, last: kernel(first, last, *arguments, out=out, **named))
        return out

    def walk_places(
        self, kernel: Callable[..., None], into: str = "", width: int = 0, **named: Any
    ) -> None:
        """Let a kernel walk all places, at once or in the pass that is being gathered.

        Parameters
        ----------
        into : str
            Flow that the kernel's sums fill; it cannot be read before the pass has run.
        width : int
            How many sums of a place there are if no flow keeps them.
        **named : Any
            The kernel's arguments by name, other than households, places and sums.
        """
        out = self.flows.take_out(into) if into else np.zeros((len(self.places), width))
        named |= {"h": self.households.arrays, "places": self.places.arrays, "out": out}
        call = partial(kernel, **named)
        if self._pass is not None:
            self._pass.append((into, out, call))
            return
        self.runner(call)
        self.flows.put_back(into, out)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Gather walks over places, run them block by block at the end, and fill flows then."""
        self._pass = []
        try:
            yield
            self.runner.together([call for _, _, call in self._pass])
            for flow, out, _ in self._pass:
                self.flows.put_back(flow, out)
        finally:
            self._pass = None

    def __copy__(self) -> PovertyModel:
        """Return a true copy: two models that share columns would write into each other."""
        return deepcopy(self)

    def branch(self, seed: int) -> PovertyModel:
        """Return a copy that lives on under the luck of another seed, no fall counted so far."""
        copy = deepcopy(self)
        copy.seed = seed_number(seed)
        copy.flows.falls.clear()
        copy.observer.first_fall = 0
        return copy

    def close_ledger(self) -> None:
        """Close the month's accounts of households and programmes; keep the first supply."""
        self.books.check(self)
        self.flows.wealth = accounts.close_month(self)
        if self.flows.first_supply is None:
            self.flows.first_supply = accounts.supply(self)

    def count_people(self) -> None:
        """Count people by place; members do not change in a run, standings only by a rule."""
        h, start = self.households, self.places["start"]
        registered = h.is_registered
        poor = h["registration"] != int(Registration.NONE)
        self.place_weight = self.places["weight"]
        members = h["members"].astype(np.float64)
        self.persons_by_place = np.add.reduceat(members, start)
        self.registered_by_place = np.add.reduceat(members * registered, start)
        self.poor_by_place = np.add.reduceat(poor.astype(np.float64), start)
        self.persons_represented = float(self.persons_by_place @ self.place_weight)
        self.registered_represented = float(self.registered_by_place @ self.place_weight)

    def fall_table(self) -> pd.DataFrame:
        """Return every fall: ``uid, month, kind, cause, group, persons``."""
        return accounts.fall_table(self.flows.falls)

    def group_rows(self) -> dict[str, int]:
        """Return how many rows each target group has."""
        counts = np.bincount(self.households["group"], minlength=len(Group))
        return {group.name: int(counts[group]) for group in Group}

    @property
    def annual(self) -> pd.DataFrame:
        """Every measure by year, group and region (tidy)."""
        return self.observer.table()


def start_population(world: World, seed: int, before: Sequence[Card] = ()) -> Drawn:
    """Return the population of January 2021 with the past that it has lived through.

    Parameters
    ----------
    before : sequence of Card
        Cards of the programmes of the years before, if not those that have the names.
    """
    return past.at_rest(world, seed, _build, before)


def _build(world: World, scenario: Scenario, seed: int, drawn: Drawn) -> PovertyModel:
    return PovertyModel(world, scenario, seed=seed, drawn=drawn)
