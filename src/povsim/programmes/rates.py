"""Named rates of the world that programmes may change before the month's luck is drawn."""

import copy
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.params import World

Array = NDArray[Any]
LOCAL, WORKSHOP, INFORMAL, FORMAL = range(4)
VILLAGE, SITE = range(2)
HEADCOUNT, GAP, COMPOSITE, PERSISTENCE = range(4)
COVER = (
    "out_of_pocket_registered",
    "out_of_pocket_other",
    "deductible",
    "ceiling",
    "premium",
    "cut_when_in_deficit",
    "deficit_cut",
)
"""Numbers of medical insurance that a rule on cover may set."""


@dataclass
class Rates:
    """What the kernels of one month are told, and how well government does its work.

    A programme changes them in ``modify``; under a transition the change is scaled by what is
    left of the programme's strength.

    Attributes
    ----------
    out_of_pocket_share : ndarray, shape (3,)
        Share of a medical bill that patients expect to pay, by registration.
    separation : ndarray, shape (2, 4)
        Yearly separation rates, by residence (village, relocation site) and kind of job: local,
        workshop, informal, formal.
    offers : ndarray, shape (2, 3)
        What multiplies the rate of offers of work away, by residence and registration.
    living_cost : float
        What multiplies the extra cost of living in town.
    price : ndarray, shape (products,)
        What multiplies the price of each product.
    failure : float
        What multiplies the failure rate of village industry.
    learning : float
        What multiplies how fast management of village industry learns.
    lever : ndarray, shape (3,)
        Motivation that levers add, a year, by registration (modes that have a stock of it).
    score_noise : float
        What multiplies the noise of assessments.
    leakage : float
        What multiplies every programme's leakage and waste.
    administration : float
        What multiplies every programme's administration.
    delivery : float
        Share of programmes' money that reaches its use this month at ordinary diligence, 0-1; the
        rest is late.
    edge_reach : float
        Share of edge households whom special support reaches, 0-1; none unless a rule says so.
    poor_share : float
        What multiplies the share of jobs and surplus kept for registered and edge households.
    credit_supply : float
        What multiplies the loans that a yuan of a risk fund backs.

    diligence : float
        What divides the share of money that waits.
    detection : float
        What multiplies the rate at which village officers notice a sudden shock.
    rollout : float
        Share of the money for village industry that has found takers so far, 0-1.
    take_up : float
        What multiplies the share of those entitled who come forward for dibao.
    objective : ndarray, shape (4,)
        Part of targeted cash that officials direct, 0-1, by what officials are assessed on:
        headcount, gap, composite index, persistence.
    objective_line : float
        What is added to the poverty line against which they are assessed, yuan a person and year.
    objective_reach : float
        Share of listed persons whom a composite or lasting objective serves first, 0-1.
    fill : float
        Most of the shortfall of all who count that officials can fill, 0-1.
    just_over : float
        How far over the line, as a share of it, officials push those who count.
    blur : float
        Error of what officials know of households they direct cash to, over that of lists.
    income_weight : float
        Weight of income in a composite index, 0-1; assets, skill and health share the rest.
    cover : ndarray, shape (8,)
        Weight of a rule on medical cover, then its numbers times that weight, see ``COVER``.
    debt_brake : float
        Inverse of the debt over revenue up to which counties may borrow, 0 = no limit.
    """

    out_of_pocket_share: Array
    separation: Array
    offers: Array
    living_cost: float
    price: Array
    failure: float
    learning: float
    lever: Array
    score_noise: float
    leakage: float
    administration: float
    delivery: float
    edge_reach: float
    poor_share: float
    credit_supply: float

    diligence: float
    detection: float
    rollout: float
    take_up: float
    objective: Array
    objective_line: float
    objective_reach: float
    fill: float
    just_over: float
    blur: float
    income_weight: float
    cover: Array
    debt_brake: float

    def reaching(self, family: str) -> float:
        """Return the share of a programme's money that reaches its use this month, 0-1."""
        share = self.delivery * (self.rollout if family == "industry" else 1.0)
        return float(min(max(1.0 - (1.0 - share) / max(self.diligence, 1e-9), 0.0), 1.0))

    def copy(self) -> "Rates":
        """Return rates that can be changed without changing these."""
        return copy.deepcopy(self)

    def towards(self, other: "Rates", strength: float) -> "Rates":
        """Return rates that lie ``strength`` of the way from these to ``other``."""
        mixed: dict[str, Any] = {}
        for field in fields(self):
            mine, theirs = getattr(self, field.name), getattr(other, field.name)
            mixed[field.name] = mine + strength * (theirs - mine)
        return Rates(**mixed)


def ordinary_rates(world: World, growth_gap: float) -> Rates:
    """Return the month's rates without any programme.

    Separations rise when growth falls behind its mean (log-linear in standard deviations).
    """
    work = world.work
    cycle = float(np.exp(-work.separation_cyclicality * growth_gap))
    base = [
        work.local_separation,
        work.workshop_separation,
        work.informal_separation,
        work.formal_separation,
    ]
    return Rates(
        out_of_pocket_share=np.full(3, world.hazards.uninsured_share),
        separation=np.array([base, base]) * cycle,
        offers=np.ones((2, 3)),
        living_cost=1.0,
        price=np.ones(int(world.economy.products)),
        failure=1.0,
        learning=1.0,
        lever=np.zeros(3),
        score_noise=1.0,
        leakage=1.0,
        administration=1.0,
        delivery=world.fiscal.delivery,
        edge_reach=0.0,
        poor_share=1.0,
        credit_supply=1.0,
        diligence=1.0,
        detection=1.0,
        rollout=1.0,
        take_up=1.0,
        objective=np.zeros(4),
        objective_line=0.0,
        objective_reach=1.0,
        fill=1.0,
        just_over=0.0,
        blur=1.0,
        income_weight=0.25,
        cover=np.zeros(1 + len(COVER)),
        debt_brake=0.0,
    )
