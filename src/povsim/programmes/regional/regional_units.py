"""Regions as units (以片区为单位): support reaches low-income people outside the register.

Who can be reached depends on where lists end: households of named (lifted-out) counties, poor
people anywhere, or everybody poor in a region that lags behind the country.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import CountyClass, Region, Registration
from povsim.programmes.base import Programme
from povsim.programmes.delivery.assessed_income import assessed_rows
from povsim.programmes.delivery.by_need import in_review
from povsim.programmes.delivery.luck import drawn_once
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage
from povsim.rng import TargetingDraw

Array = NDArray[Any]
NAMED, PEOPLE, REGION = range(3)


class RegionalUnits(Programme):
    """At each review, count low-income households outside the register as edge, with error."""

    added: Array | None = None

    def modify(self, rates: Rates, model: Stage) -> None:
        """Let special support reach as large a part of edge households as the rule lists."""
        rates.edge_reach = max(rates.edge_reach, float(self.numbers.extension))

    def act(self, model: Stage) -> None:
        """Let those leave who are seen above the exit line, then list those seen as poor."""
        h = model.households
        if self.added is None:
            self.added = np.zeros(len(h), dtype=bool)
        elif not in_review(model):
            return
        p, line = self.numbers, model.world.lines.absolute
        seen = self.assessed(model)
        leaving = self.added & (seen >= max(p.exit_factor, p.factor) * line)
        h["registration"][np.flatnonzero(leaving)] = int(Registration.NONE)
        self.added &= ~leaving
        none = h["registration"] == int(Registration.NONE)
        draw = drawn_once(model, TargetingDraw.REGION_REACH)
        low = none & ~leaving & (seen < p.factor * line) & self.eligible(model)
        new = low & (draw < p.extension * self.strength)
        h["registration"][np.flatnonzero(new)] = int(Registration.EDGE)
        self.added |= new
        model.count_people()

    def assessed(self, model: Stage) -> Array:
        """Return usual income as it is seen, with the error of all lists, yuan a person."""
        h = model.households
        usual = 12.0 * h["usual_income"] / h["members"]  # single precision, unlike other lists
        return assessed_rows(model, usual, TargetingDraw.REGION_LIST)

    def eligible(self, model: Stage) -> Array:
        """Return who lives where support may go, by household."""
        places, counties = model.places, model.counties
        unit = int(self.numbers.unit)
        if unit == PEOPLE:
            return np.ones(len(model.households), dtype=bool)
        named = counties["county_class"] != int(CountyClass.ORDINARY)
        if unit == REGION:
            named = _lagging(model)[counties["region"]]
        return np.asarray(places.by_household(named[places["county"]].astype(np.uint8)) > 0)


def _lagging(model: Stage) -> Array:
    """Return the regions whose mean usual income is below that of all, by region."""
    h, persons = model.households, model.persons
    region = model.places.by_household(model.counties["region"][model.places["county"]])
    income = persons * h["usual_income"] / h["members"]
    people = np.bincount(region, persons, len(Region))
    mean = np.bincount(region, income, len(Region)) / np.maximum(people, 1e-9)
    return np.asarray((people > 0.0) & (mean <= income.sum() / persons.sum()))
