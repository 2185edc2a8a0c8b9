"""The measures of one year: poverty, mobility, inequality, work, health, by group and region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from povsim import measures
from povsim.codes import Cause
from povsim.kernels import census
from povsim.kernels import ranks as ranking
from povsim.kernels.risk import risk_numbers
from povsim.params.declare import as_tuple
from povsim.yearbook.money import money_of_the_year
from povsim.yearbook.parts import (
    CROSSED,
    REGISTERED_CELLS,
    SUBSETS,
    add_up,
    areas_of,
    between_parts,
    by_area,
    by_subset,
    opportunity,
    theil,
)

if TYPE_CHECKING:
    from povsim.yearbook.observer import Observer

Array = NDArray[Any]
PANEL_ROWS = 200_000
"""Rows up to which yearly incomes are added up, for chronic and transient poverty."""
WINDOW = 0.1
"""Distance from the absolute line, as a share, within which bunching is counted."""
PAIRS = 500
"""Households of each standing that are compared pair by pair."""
SHARES = (0.40, 0.50, 0.60)
MAIN = (
    "relapse_rate",
    "new_poverty_rate",
    "absolute_poverty_rate",
    "relative_poverty_rate_50",
    "mean_income",
)
"""Measures of every group within every county class."""
UNTOUCHED = {"land_retired": 0.0, "fragile_land_farmed_share": 1.0}
"""What is recorded of programmes that a scenario does not have."""


class Yearbook:
    """The measures of one year, for every group and region."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.model = observer.model
        self.median = self._median()

    def write(self) -> None:
        """Record every measure of the year."""
        self.areas = self._areas()
        sums = self.sums = by_subset(self.areas)
        ranks = self._ranks(sums[: len(SUBSETS), 0])
        causes, risk = self._falls(), self.observer.at_risk
        self.events = self.observer.events_by_area()
        fell = np.column_stack([c.sum(axis=1) for c in causes])
        for s, (group, region) in enumerate((*SUBSETS, *CROSSED)):
            if sums[s, 0] <= 0.0:
                continue
            totals = dict(zip(census.STATISTICS, sums[s], strict=True))
            people = (*self._of_people(totals), *self._of_falls(fell[s], risk[s]))
            if s >= len(SUBSETS):
                self._record(group, region, (row for row in people if row[0] in MAIN))
                continue
            self._record(group, region, people)
            self._record(group, region, self._of_households(totals))
            self._record(group, region, self._of_ranks(s, ranks[s], totals))
            self._record(group, region, self._of_causes(causes[0][s] + causes[1][s]))
            self._record(group, region, self._of_events(s, totals))
        for subset, values in self._of_panel():
            self._record(*subset, values)
        relapsed = sums[7, census.EVER_FALLEN] / max(sums[7, 0], 1.0)
        for group in ("all", "registered"):
            self._record(group, "all", (("ever_relapsed_share", relapsed),))
        self._record("all", "all", self._of_everybody())
        self._record("all", "all", self._of_convergence())
        self._record("all", "all", self._of_notch())
        self._record("all", "all", money_of_the_year(self.observer))
        self._record("all", "all", self._of_programmes())

    def _record(self, group: str, region: str, values: Iterable[tuple[str, float]]) -> None:
        year, rows = self.model.year, self.observer.rows
        rows.extend((year, group, region, measure, float(value)) for measure, value in values)

    def _of_programmes(self) -> Iterator[tuple[str, float]]:
        """Yield what programmes tell of their own work."""
        told = [row for p in self.model.programmes.programmes for row in p.yearly(self.model)]
        yield from told
        names = {name for name, _ in told}
        yield from (row for row in UNTOUCHED.items() if row[0] not in names)

    def _median(self) -> float:
        """Return the national rural median: of the rows, or the published one on its path."""
        if self.model.world.population == "national":
            h = self.model.households
            income = h.year_income / h["members"]
            return float(measures.weighted_quantile(income, 0.5, weights=self.model.persons))
        return self.model.world.lines.national_median * self.model.economy.level

    def _areas(self) -> Array:
        """Return every statistic by area and cell, represented people, shape (12, 12, n)."""
        model, observer = self.model, self.observer
        rows, width = len(model.households), len(census.STATISTICS)
        self.income, self.persons = np.empty(rows, np.float32), np.empty(rows, np.float32)
        self.cell_of = np.empty(rows, np.uint8)
        by_place = model.over_places(
            census.count,
            model.households.arrays,
            model.places.arrays,
            self._lines(),
            model.numbers.hazards,
            as_tuple(model.world.measurement),
            as_tuple(model.world.deprivation),
            model.world.consumption.school_cost,
            self.income,
            self.persons,
            self.cell_of,
            width=census.CELLS * width,
        )
        cells = by_place.reshape(-1, census.CELLS, width)
        self.place_sums = np.stack(
            [
                cells[:, :, name].sum(axis=1) * model.place_weight
                for name in (census.PERSONS, census.INCOME, census.FLOORED)
            ]
        )
        areas = by_area(by_place, observer.area_places, model.place_weight)
        areas = areas.reshape(-1, census.CELLS, width)
        self.outside = add_up(areas[..., census.N_OUTSIDE])
        return areas

    def _lines(self) -> Array:
        """Return the lines and the spreads of shocks that the census takes."""
        world, rates = self.model.world, self.model.rates
        lines = world.lines
        frozen, weak = lines.national_median, world.measurement
        return np.array(
            [
                lines.absolute,
                lines.monitoring,
                *(share * self.median for share in SHARES),
                *(share * frozen for share in SHARES),
                max(lines.absolute, weak.weak_base + weak.weak_share * self.median),
                *risk_numbers(world, float(rates.separation.mean()), rates.out_of_pocket_share),
            ]
        )

    def _ranks(self, persons: Array) -> Array:
        """Return median, Gini, deprivation and Lorenz curve of every subset."""
        observer = self.observer
        out = np.zeros((len(SUBSETS), ranking.RANKS))
        beneath = np.zeros(self.areas.shape[:2])
        income = ranking.rank(
            ranking.rising(self.income, self.model.runner.map),
            self.income,
            self.persons,
            self.cell_of,
            observer.region,
            observer.county_class,
            observer.place_of,
            persons,
            out,
            beneath,
        )
        mean = by_subset(beneath)[: len(SUBSETS)] / np.maximum(persons, 1.0)
        self.against_all = (income - mean) / persons[0]
        return out

    def _of_people(self, t: dict[str, float]) -> Iterator[tuple[str, float]]:
        """Yield incomes and poverty of a subset from its sums."""
        n, lines = t["persons"], self.model.world.lines
        yield "mean_income", t["income"] / n
        for source in ("wage", "business", "property", "transfer"):
            yield f"income_{source}", t[source] / n
        yield "policy_income_share", t["policy"] / max(t["income"], 1.0)
        yield "mean_consumption", t["consumption"] / n
        yield "absolute_poverty_rate", t["poor"] / n
        yield "absolute_poverty_rate_after_expenses", t["poor_after_expenses"] / n
        yield "consumption_poverty_rate", t["poor_by_consumption"] / n
        yield "poverty_gap", t["gap"] / n
        yield "poverty_gap_yuan", t["gap"] * lines.absolute
        yield "squared_poverty_gap", t["squared_gap"] / n
        yield "watts", t["watts"] / n
        for percent in (40, 50, 60):
            yield f"relative_poverty_rate_{percent}", t[f"relative_{percent}"] / n
            yield f"relative_poverty_rate_{percent}_frozen", t[f"frozen_{percent}"] / n
        yield "weakly_relative_poverty_rate", t["weakly_relative"] / n
        yield "catastrophic_health_rate", t["catastrophic"] / n
        yield "below_monitoring_line_share", t["low"] / n
        yield "ever_fallen_share", t["ever_fallen"] / n
        yield "vulnerability_rate", t["vulnerable"] / n
        yield "expected_poverty_rate", t["chance"] / n
        yield "multidimensional_headcount", t["deprived"] / n
        yield "multidimensional_m0", t["deprivation"] / n
        yield "theil", theil(t["persons"], t["floored"], t["entropy"])
        shares = [max(t[s], 0.0) for s in ("wage", "business", "property", "transfer")]
        whole = max(sum(shares), 1.0)
        yield "income_diversification", 1.0 - sum((s / whole) ** 2 for s in shares)
        if t["helped"] > 0.0:
            yield "targeting_inclusion_error", 1.0 - t["needy_helped"] / t["helped"]
        if t["needy"] > 0.0:
            yield "targeting_exclusion_error", 1.0 - t["needy_helped"] / t["needy"]

    def _of_households(self, t: dict[str, float]) -> Iterator[tuple[str, float]]:
        """Yield work, wealth and capability of a subset from its sums."""
        if t["labour"] > 0.0:
            yield "employment_rate", t["waged"] / t["labour"]
        yield "mean_productive_assets", t["assets"] / t["households"]
        for name in ("savings", "debt", "skill", "health", "motivation"):
            yield f"mean_{name}", t[name] / t["households"]
        yield "mean_land", t["land"] / t["households"]
        if t["with_children"] > 0.0:
            yield "mean_child_skill", t["child_skill"] / t["with_children"]
            mean = t["parent_skill"] / t["with_children"]
            spread = t["parent_square"] / t["with_children"] - mean * mean
            if spread > 1e-6:
                joint = (t["parent_child"] - mean * t["child_skill"]) / t["with_children"]
                yield "skill_persistence", joint / spread
        if t["relocated"] > 0.0:
            yield "mean_integration", t["integration"] / t["relocated"]
            yield "returned_share", t["returned"] / t["relocated"]

    def _of_ranks(self, s: int, ranks: Array, t: dict[str, float]) -> Iterator[tuple[str, float]]:
        """Yield what depends on the order of incomes, from the walk of the census."""
        yield "median_income", ranks[ranking.MEDIAN]
        yield "gini", ranks[ranking.GINI]
        # the mean of Yitzhaki's (1979) relative deprivation is the mean times the Gini
        yield "relative_deprivation", ranks[ranking.GINI] * t["income"] / t["persons"]
        yield "relative_deprivation_to_all", self.against_all[s]
        fifth, two_fifths, _, four_fifths, nine_tenths = ranks[ranking.CURVE :]
        if fifth > 0.0:
            yield "s80_s20", (1.0 - four_fifths) / fifth
        if two_fifths > 0.0:
            yield "palma", (1.0 - nine_tenths) / two_fifths

    def _falls(self) -> tuple[Array, Array]:
        """Return persons who fell this year by subset and cause: unregistered, registered."""
        falls, causes = self.model.flows.falls[self.observer.first_fall :], len(Cause)
        size = (len(self.observer.area_places), census.CELLS, causes)
        persons = np.zeros(size)
        if falls:
            joined = {key: np.concatenate([f[key] for f in falls]) for key in falls[0]}
            cell = 2 * joined["group"].astype(np.int64) + joined["registered"]
            spot = self.observer.area[joined["place"]] * census.CELLS + cell
            spot = spot * causes + joined["cause"]
            persons = np.bincount(spot, joined["persons"], persons.size).reshape(size)
        own = (REGISTERED_CELLS == 1)[None, :, None]
        return by_subset(np.where(own, 0.0, persons)), by_subset(np.where(own, persons, 0.0))

    def _of_falls(self, fell: Array, at_risk: Array) -> Iterator[tuple[str, float]]:
        """Yield yearly rates among those outside poverty at the start of the year."""
        for name, standing in (("relapse_rate", 1), ("new_poverty_rate", 0)):
            if at_risk[standing] > 0.0:
                yield name, fell[standing] / at_risk[standing]
        yield "persons_fallen", fell.sum()

    def _of_causes(self, persons: Array) -> Iterator[tuple[str, float]]:
        """Yield the share of each cause in the year's falls, by persons."""
        if persons.sum() > 0.0:
            for kind in Cause:
                yield f"falls_by_cause_{kind.name.lower()}", persons[kind] / persons.sum()

    def _of_events(self, s: int, t: dict[str, float]) -> Iterator[tuple[str, float]]:
        """Yield distress sales and separations; places count them by group, not by register."""
        rates = (("distress_sale_rate", t["households"]), ("job_separation_rate", t["waged"]))
        for (name, base), events in zip(rates, self.events, strict=True):
            if 1 <= s <= 6:
                yield name, float(events[:, s].sum()) / max(base, 1.0)
            elif s != 7:
                here = areas_of(SUBSETS[s][1])
                yield name, float(events[here, 0].sum()) / max(base, 1.0)

    def _of_everybody(self) -> Iterator[tuple[str, float]]:
        """Yield measures that exist for the whole only."""
        model, observer = self.model, self.observer
        yield "persons", float(self.sums[0, census.PERSONS])
        yield from between_parts(self.sums, self.place_sums[[0, 2]], observer.village_type)
        yield "opportunity_inequality", opportunity(self.areas)
        deep, other = self.sums[12, :2], self.sums[13, :2]
        if deep[0] > 0.0 and other[0] > 0.0:
            yield "income_gap_ratio", (deep[1] / deep[0]) / (other[1] / other[0])
        yield "national_median_income", self.median
        yield "bunching", self._bunching()
        yield "return_moves", model.flows.return_moves
        relocated = self.sums[0, census.N_RELOCATED]
        moves = model.flows.return_moves - observer.moves_before
        yield "return_move_rate", moves / max(relocated, 1.0)

    def _bunching(self) -> float:
        """Return the share of persons within a tenth above the line less those as far below."""
        line = self.model.world.lines.absolute
        above = self.persons[(self.income >= line) & (self.income < (1.0 + WINDOW) * line)]
        below = self.persons[(self.income < line) & (self.income >= (1.0 - WINDOW) * line)]
        return float(above.sum(dtype=float) - below.sum(dtype=float)) / float(self.sums[0, 0])

    def _of_convergence(self) -> Iterator[tuple[str, float]]:
        """Yield the slope of counties' yearly income growth on the log of their first income."""
        model, observer = self.model, self.observer
        county, count = model.places["county"], len(model.counties)
        persons, income = (np.bincount(county, part, count) for part in self.place_sums[:2])
        mean_income = income / np.maximum(persons, 1.0)
        if observer.first_county_income is None:
            observer.first_county_income = (model.year, mean_income)
            return
        first_year, first_income = observer.first_county_income
        years = model.year - first_year
        if years > 0 and count > 2 and np.ptp(first_income) > 0.0 and mean_income.min() > 0.0:
            first = np.log(first_income)
            growth = (np.log(mean_income) - first) / years
            yield "beta_convergence", float(np.polyfit(first, growth, 1)[0])

    def _of_notch(self) -> Iterator[tuple[str, float]]:
        """Yield what registration is worth to people who earn alike, and how it turns ranks.

        The notch is support a person of registered less unregistered households whose income
        before support lies within a quarter of the monitoring line.
        """
        near, policy = (census.STATISTICS.index(n) for n in ("near", "near_policy"))
        total = self.areas.sum(axis=0)
        persons, support = total[:, near], total[:, policy]
        own, other = REGISTERED_CELLS == 1, REGISTERED_CELLS == 0
        if persons[own].sum() <= 0.0 or persons[other].sum() <= 0.0:
            return
        mean = [support[k].sum() / persons[k].sum() for k in (own, other)]
        yield "notch", mean[0] - mean[1]
        if self.observer.panel is not None:
            yield "rank_reversal_share", self._reversals()

    def _reversals(self) -> float:
        """Return the share of pairs near the line in which support turns the order.

        Of an unregistered and a registered household, the first is richer before support and
        poorer after it. At most ``PAIRS`` households of each kind, evenly spaced, are paired.
        """
        h, line = self.model.households, self.model.world.lines.monitoring
        after = self.income.astype(np.float64)
        before = after - h["year_policy"] / h["members"]
        near = np.abs(before - line) < self.model.world.measurement.near * line
        kinds = []
        for standing in (True, False):
            rows = np.flatnonzero(near & (h.is_registered == standing))
            kinds.append(rows[:: max(1, len(rows) // PAIRS)])
        own, other = kinds
        if len(own) == 0 or len(other) == 0:
            return 0.0
        richer = before[other][:, None] > before[own]
        turned = richer & (after[other][:, None] < after[own])
        return float(turned.sum() / max(richer.sum(), 1))

    def _of_panel(self) -> Iterator[tuple[tuple[str, str], Iterator[tuple[str, float]]]]:
        """Yield chronic and transient poverty of every subset over the years so far.

        Chronic poverty is the squared gap of mean income over the years; transient is what the
        mean of yearly squared gaps exceeds it by (Jalan and Ravallion 1998).
        """
        observer, line = self.observer, self.model.world.lines.absolute
        if observer.panel is None:
            return
        income = np.maximum(self.income.astype(np.float64), 0.0)
        observer.panel[0] += income
        observer.panel[1] += np.maximum((line - income) / line, 0.0) ** 2
        observer.panel_years += 1
        if (years := observer.panel_years) < 2:
            return
        mean, squares = observer.panel / years
        chronic = np.maximum((line - mean) / line, 0.0) ** 2
        spot = observer.area[observer.place_of] * census.CELLS + self.cell_of
        size = (len(observer.area_places), census.CELLS)
        parts = [
            by_subset(np.bincount(spot, self.persons * x, size[0] * size[1]).reshape(size))
            for x in (chronic, squares)
        ]
        for s, subset in enumerate(SUBSETS):
            if (persons := self.sums[s, 0]) > 0.0:
                lasting, whole = parts[0][s] / persons, parts[1][s] / persons
                rows = (("chronic_poverty", lasting), ("transient_poverty", whole - lasting))
                yield subset, iter(rows)
