"""Branching futures: the same household under other luck from today on.

It is the dearest of three accounts of the next year, and the only one with every mechanism in it.
The yearbook counts the vulnerable by a formula (:mod:`povsim.kernels.risk`); what early warning
sees of a household is :mod:`povsim.programmes.governance.early_warning.latent_risk`.
"""

from __future__ import annotations

from typing import Any, Protocol, Self

import numpy as np
import pandas as pd

from povsim import measures
from povsim.codes import Group
from povsim.errors.given import LARGEST_SEED, whole_number
from povsim.params import World
from povsim.programmes.scenario import Scenario


class Living(Protocol):
    """What futures need of a model."""

    seed: int
    households: Any
    flows: Any

    @property
    def persons(self) -> Any:
        """Persons that each household's row stands for."""

    def branch(self, seed: int) -> Self:
        """Return a copy that lives on under another seed."""

    def run_for(self, duration: float) -> None:
        """Run for some months."""


def branching_futures(model: Living, futures: int = 30, months: int = 24) -> pd.DataFrame:
    """Return how often each household falls, over futures that differ in luck only.

    The model is copied as it stands, and each copy lives on under a seed of its own. The share of
    futures in which a household falls is its vulnerability, without a regression and with every
    mechanism of the model in it (compare ``vulnerability_rate``, which is a formula).

    Parameters
    ----------
    model : Living
        A :class:`povsim.PovertyModel`, which stays as it is.
    futures : int
        Copies; the standard error of a share is at most 0.5 / sqrt(futures).
    months : int
        How far ahead.

    Returns
    -------
    DataFrame
        ``uid, group, registered, persons, income, chance``: yearly income per person in yuan,
        share of futures with at least one fall. Households inside a spell are left out.

    Raises
    ------
    UserError
        If there is no future or no month.
    """
    for name, number in (("futures", futures), ("months", months)):
        whole_number(name, number, low=1)
    h = model.households
    order = np.argsort(h["uid"])
    fell = np.zeros(len(h))
    for future in range(futures):
        branch = model.branch((model.seed + 1_000_003 * (future + 1)) % (LARGEST_SEED + 1))
        branch.run_for(months)
        uids = [np.unique(f["uid"]) for f in branch.flows.falls]
        if uids:
            at = np.searchsorted(h["uid"], np.unique(np.concatenate(uids)), sorter=order)
            fell[order[at]] += 1.0
    table: dict[str, Any] = {
        "uid": h["uid"].copy(),
        "group": h["group"].copy(),
        "registered": h.is_registered,
        "persons": model.persons,
        "income": h.year_income / h["members"],
        "chance": fell / futures,
    }
    outside = h["spell"] == 0
    return pd.DataFrame({name: column[outside] for name, column in table.items()})


def vulnerability(
    world: World,
    scenario: Scenario,
    years: int = 3,
    futures: int = 50,
    ahead: int = 1,
    seed: int = 1,
) -> pd.DataFrame:
    """Return vulnerability by branching futures at the start and after each year of a scenario.

    Expected poverty is the mean chance of a fall; a household is vulnerable when its chance is
    at least ``world.measurement.vulnerable`` a year. Costs ``(years + 1) * futures * ahead``
    years of simulation, so it is meant for small worlds.

    Parameters
    ----------
    world, scenario
        As for :class:`povsim.PovertyModel`.
    years : int
        Years of the run after which futures branch off; 0 is the start alone.
    futures, ahead : int
        Futures, and how many years each is followed.

    Returns
    -------
    DataFrame
        ``year`` (years run, 0 = the start), ``group, persons, expected_poverty``,
        ``vulnerable_share, vulnerability_line``: persons outside poverty by target group,
        ``registered`` and ``all``. The line is 12-month income per person, yuan, up to which
        people above the poverty line share the chance ``world.measurement.vulnerable``; NaN
        where there is no such line (:func:`povsim.measures.risk_line`).
    """
    from povsim.model import PovertyModel  # compiled code is loaded where it is run

    model = PovertyModel(world, scenario, seed=seed)
    risk = 1.0 - (1.0 - world.measurement.vulnerable) ** ahead
    rows = []
    for year in range(years + 1):
        if year:
            model.run_for(12)
        table = branching_futures(model, futures, 12 * ahead)
        income = model.households.income_per_person[model.households["spell"] == 0]
        table["income"] = income
        parts: dict[str, Any] = {g.name: table["group"] == int(g) for g in Group}
        parts |= {"registered": table["registered"], "all": np.full(len(table), True)}
        for name, here in parts.items():
            own = table[here]
            if own.empty:
                continue
            persons, chance = own["persons"].to_numpy(), own["chance"].to_numpy()
            line = measures.risk_line(
                own["income"].to_numpy(), chance, world.lines.absolute, risk, persons
            )
            rows.append(
                {
                    "year": year,
                    "group": name,
                    "persons": persons.sum(),
                    "expected_poverty": np.average(chance, weights=persons),
                    "vulnerable_share": measures.vulnerability_rate(chance, risk, persons),
                    "vulnerability_line": line,
                }
            )
    return pd.DataFrame(rows)
