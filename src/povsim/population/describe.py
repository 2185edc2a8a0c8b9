"""Hold the drawn population against the published figures."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from povsim.codes import Flag, Region, Registration
from povsim.kernels import risk
from povsim.params import World
from povsim.params.declare import as_tuple
from povsim.population import facts
from povsim.population.blueprint import blueprint
from povsim.population.draw import Drawn
from povsim.state import Households, Places

COLUMNS = ["figure", "quantity", "unit", "target", "drawn", "error", "source", "confidence"]
MILLION = 1e6


def describe(world: World, drawn: Drawn) -> pd.DataFrame:
    """Return each published target beside what was drawn, the largest misses first.

    ``drawn`` is the population with its past, as a run starts from it.

    Columns: ``figure`` (identity of the published figure), ``quantity``, ``unit``, ``target``,
    ``drawn``, ``error`` (relative), ``source``, ``confidence``.
    """
    h, places = Households(drawn.households), Places(drawn.places)
    plan = blueprint(world.population, world.population_text)
    view = _View(h, places, h.year_income / h["members"])
    rows = [
        *_sources(plan.targets, world.population, drawn.sources),
        *_incomes(plan.targets, view, places, drawn.counties["region"]),
        *_people(view, h),
        *_risk(world, view, h),
        *_sites(view, h),
    ]
    if world.population == "national":
        rows += _counts(view, h)
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values("error", key=lambda e: -e.abs(), ignore_index=True)


class _View:
    """Weighted sums over the drawn households."""

    def __init__(self, h: Households, places: Places, income: np.ndarray) -> None:
        self.h, self.income = h, income
        self.weight = places.by_household(places["weight"])
        self.persons = self.weight * h["members"]
        self.registered = h.is_registered

    def mean(self, x: np.ndarray, rows: np.ndarray | slice = slice(None)) -> float:
        return float(np.dot(x[rows], self.persons[rows]) / self.persons[rows].sum())

    def per_person(self, column: str, rows: np.ndarray | slice = slice(None)) -> float:
        total = np.dot(self.h[column][rows].astype(float), self.weight[rows])
        return float(total / self.persons[rows].sum())


def _row(figure: str, quantity: str, unit: str, target: float, drawn: float) -> tuple[object, ...]:
    fact = facts.facts().get(figure)
    source = fact.source if fact else "see configs/population"
    confidence = fact.confidence if fact else "assumption"
    return figure, quantity, unit, target, drawn, drawn / target - 1.0, source, confidence


def _incomes(
    goal: object, view: _View, places: Places, region: np.ndarray
) -> list[tuple[object, ...]]:
    """Return rows on incomes: means, quintiles, regions, registered households."""
    assert isinstance(goal, dict)  # noqa: S101 - a mapping from the blueprint
    yuan = "yuan/person/year"
    rows = []
    if "mean" in goal:
        rows.append(_row("F0330", "mean income", yuan, goal["mean"], view.mean(view.income)))
    if "registered_mean" in goal:
        drawn = view.mean(view.income, view.registered)
        rows.append(_row("F0379", "mean income, registered", yuan, goal["registered_mean"], drawn))
    if "quintiles" in goal:
        order = np.argsort(view.income, kind="stable")
        rank = (np.cumsum(view.weight[order]) - 0.5 * view.weight[order]) / view.weight.sum()
        fifth = np.minimum((rank * 5).astype(int), 4)
        for k, target in enumerate(goal["quintiles"]):
            inside = order[fifth == k]
            rows.append(
                _row(
                    f"F{124 + k:04d}",
                    f"mean income, fifth {k + 1}",
                    yuan,
                    target,
                    view.mean(view.income, inside),
                )
            )
        rows.append(
            _row("F0008", "mean income", yuan, facts.value("F0008"), view.mean(view.income))
        )
    if "regions" in goal:
        of_row = np.repeat(region[places["county"]], places["stop"] - places["start"])
        for k, target in enumerate(goal["regions"]):
            rows.append(
                _row(
                    f"F{240 + k:04d}",
                    f"mean income, {Region(k).name.lower()}",
                    yuan,
                    target,
                    view.mean(view.income, of_row == k),
                )
            )
    return rows


POOR_AREAS = {"wage": "F0363", "business": "F0364", "property": "F0365", "support": "F0366"}
NATIONAL = {"wage": "F0216", "business": "F0217", "property": "F0218", "support": "F0219"}
"""Published income by source; all but the national population have the structure of poor areas."""


def _sources(
    goal: Mapping[str, Any], population: str, drawn: dict[str, float]
) -> list[tuple[object, ...]]:
    """Return rows on income by source."""
    known = NATIONAL if population == "national" else POOR_AREAS
    names = {"support": "transfer"}
    unit = "yuan/person/year"
    return [
        _row(known[source], f"income from {name}", unit, goal["sources"][key], drawn[name])
        for source in known
        for name in [names.get(source, source)]
        for key in [name if name in goal["sources"] else source]
    ]


def _risk(world: World, view: "_View", h: Households) -> list[tuple[object, ...]]:
    """Return rows on risk: people expected to be poor within a year, by the model's own risks.

    They are not raked. The published figures are the stock of those found to be at risk.
    """
    chance = start_chances(world, h)
    edge = (h["registration"] == int(Registration.EDGE)).astype(float)
    others = ~view.registered
    at_risk = facts.value("F0563") / facts.value("F0541")
    edge_share = facts.value("F0564") / (facts.value("F0809") - facts.value("F0541"))
    if world.population != "national":
        edge_share *= world.start_incomes.edge_over_national
    low = (h.income_per_person < world.lines.monitoring).astype(float)
    rows = []
    for least in RISKY:
        risky = (chance > least).astype(float)
        name = f"with a chance of poverty over {100 * least:.0f} %"
        rows += [
            _row("F0563", f"registered {name}", "share", at_risk, view.mean(risky, ~others)),
            _row("F0564", f"others {name}", "share", edge_share, view.mean(risky, others)),
        ]
    under = "registered at risk (income after expenses under 5,000)"
    return [
        *rows,
        _row("F0563", under, "share", at_risk, view.mean(low, view.registered)),
        _row("F0564", "others under 5,000", "share", edge_share, view.mean(low, others)),
        _row("F0564", "on the edge list", "share", edge_share, view.mean(edge, others)),
    ]


RISKY = (0.05, 0.10)
"""Chances of poverty within a year from which on a household may be counted at risk. No document
says where the published count draws the line, so both are shown and neither is fitted."""


def start_chances(world: World, h: Households) -> np.ndarray:
    """Return each household's chance to be poor after expenses within a year."""
    work, sick = world.work, world.hazards
    hazard = (work.local_separation + work.informal_separation + work.formal_separation) / 3.0
    usual = sick.reference_out_of_pocket
    registered = facts.value("F0778") / 100
    risks = risk.risk_numbers(world, hazard, (usual, registered, usual))
    out = np.empty(len(h))
    school, line = world.consumption.school_cost, world.lines.absolute
    risk.chances(h.arrays, school, line, risks, as_tuple(sick), out)
    return out


def _sites(view: "_View", h: Households) -> list[tuple[object, ...]]:
    """Return rows on registered people at relocation sites."""
    here = ((h["flags"] & int(Flag.RELOCATED)) != 0) & view.registered
    if not here.any():
        return []
    mean = facts.value("F0379") * facts.value("F0600") / facts.value("F0378")
    employed = facts.value("F0593") / facts.value("F0583")
    jobs = float(np.dot(h.wage_workers[here], view.weight[here]) / view.persons[here].sum())
    wages = np.dot(h["year_wage"][here], view.weight[here])
    wages /= np.dot(h.year_income[here], view.weight[here])
    yuan = "yuan/person/year"
    return [
        _row(
            "F0600",
            "mean income, relocated (2019, grown)",
            yuan,
            mean,
            view.mean(view.income, here),
        ),
        _row("F0593", "workers per relocated person", "share", employed, jobs),
        _row("sites", "share of wages, relocated", "share", 0.8, float(wages)),
    ]


def _people(view: _View, h: Households) -> list[tuple[object, ...]]:
    """Return rows on households, age, work and dibao."""
    registered = view.registered
    jobs = view.h.wage_workers.astype(float)
    workers = float(
        np.dot(jobs[registered], view.weight[registered]) / view.persons[registered].sum()
    )
    dibao = ((h["flags"] & int(Flag.DIBAO)) != 0).astype(float)
    size = float(view.persons[registered].sum() / view.weight[registered].sum())
    return [
        _row("F0542", "household size, registered", "persons", facts.value("F0542"), size),
        _row(
            "F0807",
            "people aged 60 or over",
            "share",
            facts.value("F0807") / 100,
            view.per_person("elders"),
        ),
        _row(
            "F0682",
            "wage workers per registered person",
            "share",
            facts.value("F0682") / facts.value("F0541"),
            workers,
        ),
        _row(
            "F0692",
            "public posts per registered person",
            "share",
            facts.value("F0692") / facts.value("F0541"),
            view.per_person("at_public_post", registered),
        ),
        _row(
            "F0732",
            "registered people on dibao or tekun",
            "share",
            facts.value("F0732") / facts.value("F0541"),
            view.mean(dibao, registered),
        ),
    ]


def _counts(view: _View, h: Households) -> list[tuple[object, ...]]:
    """Return rows on numbers of people, for the national population."""
    edge = h["registration"] == int(Registration.EDGE)
    relocated = ((h["flags"] & int(Flag.RELOCATED)) != 0) & view.registered
    people = "million persons"
    return [
        _row("F0809", "rural people", people, facts.value("F0809"), view.persons.sum() / MILLION),
        _row(
            "F0541",
            "registered people",
            people,
            facts.value("F0541"),
            view.persons[view.registered].sum() / MILLION,
        ),
        _row(
            "F0564",
            "edge people at risk",
            people,
            facts.value("F0564"),
            view.persons[edge].sum() / MILLION,
        ),
        _row(
            "F0583",
            "relocated registered people",
            people,
            facts.value("F0583"),
            view.persons[relocated].sum() / MILLION,
        ),
    ]
