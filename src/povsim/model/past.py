"""Give the drawn population a past: years of its own luck under the policy of 2020.

A run that started from households as they are drawn would start from a year in which nobody fell
ill, lost a job or had a bad harvest, and would drift to its own spread for years. So the
population lives through ``YEARS`` before January 2021: same kernels and programmes, no growth, no
bad years, nothing that government did after 2020 (left truncation), and luck of its own that no
run shares. Then it is brought back to the margins of 2020 and carries its jobs, illnesses,
lists, savings and months of income into the run.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from povsim.codes import Flag
from povsim.params import World
from povsim.params.start import StartPlaces
from povsim.params.stress import Stress
from povsim.population import Drawn, draw_population, meet_margins
from povsim.programmes.cards import Card, load_card
from povsim.programmes.scenario import BEFORE_2021, ProgrammeUse, Scenario
from povsim.rng import Stream, seed_key, words
from povsim.state import Counties, Households, Places
from povsim.state.economy import Economy

YEARS = 3
KEPT_ROWS = 200_000
"""Rows up to which populations are kept, so that arms of one world and seed make theirs once."""
_KEPT: OrderedDict[Any, Drawn] = OrderedDict()
"""Populations that were made, the one asked for last at the end."""
AS_DRAWN = ("head_age", "motivation", "skill", "child_skill", "integration")
"""Household columns that are of December 2020 as drawn: the years before must not move them."""
LIVED = ("weather_loss", "industry_jobs", "industry_public", "industry_private")
"""Columns of places that come from the years before; the others are as drawn."""


class Living(Protocol):
    """What the past needs of a model."""

    households: Households
    places: Places
    counties: Counties
    economy: Economy

    def run_for(self, months: int) -> None:
        """Run for some months."""


Build = Callable[[World, Scenario, int, Drawn], Living]


def before_2021(p: StartPlaces, cards: Sequence[Card]) -> Scenario:
    """Return the policy of 2020: entitlements, and the support fund split as it was."""
    fund = {
        "targeted_cash": p.past_cash,
        "direct_investment": p.past_industry,
        "matched_leverage": p.past_leverage,
    }
    whole = sum(fund.values())
    uses = (ProgrammeUse(c.name, fund.get(c.name, 0.0) / whole, card=c) for c in cards)
    return Scenario("before_2021", {}, tuple(uses))


def calm(world: World) -> World:
    """Return the world of the years before: no growth, and none of the bad years of a run."""
    economy = replace(world.economy, growth=0.0, growth_volatility=0.0)
    return replace(world, economy=economy, stress=Stress())


def at_rest(world: World, seed: int, build: Build, cards: Sequence[Card] = ()) -> Drawn:
    """Return the population of January 2021, with its past; small ones are kept for the next run.

    Parameters
    ----------
    build : callable
        Makes a model of a world, scenario, seed and drawn population.
    cards : sequence of Card
        Cards of the programmes of ``BEFORE_2021``, as the run's scenario has them.
    """
    own, quiet = tuple(cards) or tuple(map(load_card, BEFORE_2021)), calm(world)
    if world.households > KEPT_ROWS:
        return _live(quiet, seed, build, own)
    return _kept(quiet, seed, build, own).copy()


def _kept(world: World, seed: int, build: Build, cards: tuple[Card, ...]) -> Drawn:
    """Return a population that was made before, or make it and let go of the oldest ones."""
    asked = (world, seed, build, cards)
    if asked not in _KEPT:
        _KEPT[asked] = _live(world, seed, build, cards)
    _KEPT.move_to_end(asked)
    while len(_KEPT) > 1 and sum(len(d.households["uid"]) for d in _KEPT.values()) > KEPT_ROWS:
        _KEPT.popitem(last=False)
    return _KEPT[asked]


def _live(world: World, seed: int, build: Build, cards: tuple[Card, ...]) -> Drawn:
    """Draw, live, and meet the margins."""
    drawn = draw_population(world, seed)
    before = drawn.copy()
    scenario = before_2021(world.start_places, cards)
    model = build(world, scenario, own_luck(seed), drawn)
    model.run_for(12 * YEARS)
    h = _columns(model.households)
    for name in AS_DRAWN:
        h[name][:] = before.households[name]
    dibao = np.uint16(Flag.DIBAO)
    h["flags"][:] = (before.households["flags"] & ~dibao) | (h["flags"] & dibao)
    places = _columns(model.places)
    for name, column in before.places.items():
        if name not in LIVED:
            places[name][:] = column
    lived = Drawn(h, places, before.counties, drawn.sources, model.economy.log_price.copy())
    rng = np.random.default_rng([seed, int(Stream.HISTORY)])
    return meet_margins(world, lived, rng)


def own_luck(seed: int) -> int:
    """Return the seed of the years before: a draw of its own stream, apart from every run's."""
    r0, r1, _, _ = words(*seed_key(seed), 0, 0, int(Stream.HISTORY), 0)
    return int(r0) | int(r1) << 32


def _columns(table: Any) -> dict[str, Any]:
    return {name: table[name] for name in table.columns}
