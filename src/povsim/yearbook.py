"""The measures of one year: poverty, mobility, inequality, work, health, money, regions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from povsim import measures
from povsim.codes import Cause, CountyClass, Group, Region
from povsim.kernels import census

if TYPE_CHECKING:
    from povsim.observer import Observer

Array = NDArray[Any]
PANEL_ROWS = 200_000
"""Rows up to which yearly incomes are kept, for chronic and transient poverty."""
WINDOW = 0.1
"""Distance from the absolute line, as a share, within which bunching is counted."""
PAIRS = 500
"""Households of each standing that are compared pair by pair."""
REGISTERED_CELLS = np.arange(census.CELLS) % 2
CATASTROPHIC = 0.40
"""Share of the capacity to pay above which medical spending is catastrophic (WHO)."""
SHARES = (0.40, 0.50, 0.60)
SUBSETS = (
    ("all", "all"),
    *((group.name, "all") for group in Group),
    ("registered", "all"),
    *(("all", region.name.lower()) for region in Region),
    *(("all", county_class.name.lower()) for county_class in CountyClass),
)


class Yearbook:
    """The measures of one year, for every group and region."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.model = observer.model
        self.median = self._median()

    def write(self) -> None:
        """Record every measure of the year."""
        sums = self.sums = self._subset_sums()
        ranks = self._ranks(sums[:, 0])
        falls = self._falls()
        for s, (group, region) in enumerate(SUBSETS):
            if sums[s, 0] <= 0.0:
                continue
            totals = dict(zip(census.STATISTICS, sums[s], strict=True))
            self._record(group, region, self._of_people(totals))
            self._record(group, region, self._of_households(totals))
            self._record(group, region, self._of_falls(falls[s], self.observer.at_risk[s]))
            self._record(group, region, (("median_income", ranks[s, 0]), ("gini", ranks[s, 1])))
            # the mean of Yitzhaki's (1979) relative deprivation is the mean times the Gini
            deprivation = ranks[s, 1] * totals["income"] / totals["persons"]
            self._record(group, region, (("relative_deprivation", deprivation),))
        relapsed = sums[7, census.STATISTICS.index("ever_fallen")] / max(sums[7, 0], 1.0)
        for group in ("all", "registered"):
            self._record(group, "all", (("ever_relapsed_share", relapsed),))
        self._record("all", "all", self._of_everybody())
        self._record("all", "all", self._of_causes())
        self._record("all", "all", self._of_places())
        self._record("all", "all", self._of_notch())
        self._record("all", "all", self._of_panel())
        self._record("all", "all", self._of_money())
        for programme in self.model.programmes.programmes:
            self._record("all", "all", programme.yearly(self.model))

    def _record(self, group: str, region: str, values: Iterator[Any] | tuple[Any, ...]) -> None:
        year, rows = self.model.year, self.observer.rows
        rows.extend((year, group, region, measure, float(value)) for measure, value in values)

    def _median(self) -> float:
        """Return the national rural median: of the rows, or the published one on its path."""
        if self.model.world.population == "national":
            h = self.model.households
            income = h.year_income / h["members"]
            return float(measures.weighted_quantile(income, 0.5, weights=self.model.persons))
        return self.model.world.lines.national_median * self.model.economy.level

    def _subset_sums(self) -> Array:
        """Return every statistic of the census by subset, represented people, shape (15, n)."""
        model = self.model
        lines, production = model.world.lines, model.world.production
        frozen = lines.national_median
        marks = np.array(
            [
                lines.absolute,
                lines.monitoring,
                *(share * self.median for share in SHARES),
                *(share * frozen for share in SHARES),
                CATASTROPHIC,
                production.lasting_volatility,
                production.season_volatility / (1.0 - production.cost_share),
            ]
        )
        rows = len(model.households)
        self.income, self.persons = np.empty(rows, np.float32), np.empty(rows, np.float32)
        self.cell_of = np.empty(rows, np.uint8)
        width = len(census.STATISTICS)
        by_place = model.over_places(
            census.count,
            model.households.arrays,
            model.places.arrays,
            marks,
            model.world.consumption.school_cost,
            self.income,
            self.persons,
            self.cell_of,
            width=census.CELLS * width,
        )
        cells = (by_place * model.place_weight[:, None]).reshape(-1, census.CELLS, width)
        outside = cells[..., census.STATISTICS.index("outside")]
        self.outside = np.column_stack(
            [self._by_subset(np.where(k == REGISTERED_CELLS, outside, 0.0)) for k in (0, 1)]
        )
        self.cells = cells
        return self._by_subset(cells)

    def _by_subset(self, cells: Array) -> Array:
        """Add up cells, shape (places, cells, ...), by subset, shape (15, ...)."""
        observer = self.observer
        sums = np.zeros((len(SUBSETS), *cells.shape[2:]))
        total = cells.sum(axis=0)
        sums[0] = total.sum(axis=0)
        for group in Group:
            sums[1 + group] = total[2 * group] + total[2 * group + 1]
        sums[7] = total[1::2].sum(axis=0)
        everyone = cells.sum(axis=1)
        for region in Region:
            sums[8 + region] = everyone[observer.region == int(region)].sum(axis=0)
        for county_class in CountyClass:
            sums[12 + county_class] = everyone[observer.county_class == int(county_class)].sum(
                axis=0
            )
        return sums

    def _ranks(self, persons: Array) -> Array:
        """Return median and Gini of every subset, shape (15, 3)."""
        observer = self.observer
        out, self.lorenz = np.zeros((len(SUBSETS), 3)), np.zeros(2)
        census.rank(
            census.rising(self.income, self.model.runner.map),
            self.income,
            self.persons,
            self.cell_of,
            observer.region,
            observer.county_class,
            observer.place_of,
            persons,
            out,
            self.lorenz,
        )
        return out

    def _of_people(self, t: dict[str, float]) -> Iterator[tuple[str, float]]:
        """Yield incomes and poverty of a subset from its sums."""
        n = t["persons"]
        yield "mean_income", t["income"] / n
        for source in ("wage", "business", "property", "transfer"):
            yield f"income_{source}", t[source] / n
        yield "policy_income_share", t["policy"] / max(t["income"], 1.0)
        yield "mean_consumption", t["consumption"] / n
        yield "absolute_poverty_rate", t["poor"] / n
        yield "absolute_poverty_rate_after_expenses", t["poor_after_expenses"] / n
        yield "consumption_poverty_rate", t["poor_by_consumption"] / n
        yield "poverty_gap", t["gap"] / n
        yield "squared_poverty_gap", t["squared_gap"] / n
        yield "watts", t["watts"] / n
        for percent in (40, 50, 60):
            yield f"relative_poverty_rate_{percent}", t[f"relative_{percent}"] / n
            yield f"relative_poverty_rate_{percent}_frozen", t[f"frozen_{percent}"] / n
        yield "catastrophic_health_rate", t["catastrophic"] / n
        yield "below_monitoring_line_share", t["low"] / n
        yield "ever_fallen_share", t["ever_fallen"] / n
        yield "vulnerability_rate", t["vulnerable"] / n
        yield "multidimensional_headcount", t["deprived"] / n
        yield "multidimensional_m0", t["deprivation"] / n
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

    def _falls(self) -> Array:
        """Return persons who fell this year by subset and registration, shape (15, 2)."""
        recent = self.model.falls[self.observer.first_fall :]
        if not recent:
            return np.zeros((len(SUBSETS), 2))
        joined = {key: np.concatenate([f[key] for f in recent]) for key in recent[0]}
        return self.observer.by_subset(
            joined["group"], joined["registered"], joined["place"], joined["persons"]
        )

    def _of_falls(self, fell: Array, at_risk: Array) -> Iterator[tuple[str, float]]:
        """Yield yearly rates among those outside poverty at the start of the year."""
        for name, standing in (("relapse_rate", 1), ("new_poverty_rate", 0)):
            if at_risk[standing] > 0.0:
                yield name, fell[standing] / at_risk[standing]
        yield "persons_fallen", fell.sum()

    def _of_everybody(self) -> Iterator[tuple[str, float]]:
        """Yield measures that exist for the whole only."""
        model = self.model
        total, by_region = self.sums[0], self.sums[8:12]
        yield "theil", _theil(total)
        shares = by_region[:, FLOORED] / total[FLOORED]
        within = sum(share * _theil(part) for share, part in zip(shares, by_region, strict=True))
        yield "theil_between_regions", _theil(total) - within
        deep, other = self.sums[12, :2], self.sums[13, :2]
        if deep[0] > 0.0 and other[0] > 0.0:
            yield "income_gap_ratio", (deep[1] / deep[0]) / (other[1] / other[0])
        low, high = self.lorenz
        yield "s80_s20", (1.0 - high) / max(low, 1e-12)
        yield "national_median_income", self.median
        households = float(model.place_weight @ self.observer.rows_of_place)
        yield "distress_sale_rate", float(self.observer.sales.sum()) / households
        yield "bunching", self._bunching()
        yield "return_moves", model.return_moves
        waged = self.sums[0, census.STATISTICS.index("waged")]
        separations = float(model.place_weight @ self.observer.separations)
        yield "job_separation_rate", separations / max(waged, 1.0)
        relocated = self.sums[0, census.STATISTICS.index("relocated")]
        moves = model.return_moves - self.observer.moves_before
        yield "return_move_rate", moves / max(relocated, 1.0)

    def _bunching(self) -> float:
        """Return the share of persons within a tenth above the line less those as far below."""
        line = self.model.world.lines.absolute
        above = self.persons[(self.income >= line) & (self.income < (1.0 + WINDOW) * line)]
        below = self.persons[(self.income < line) & (self.income >= (1.0 - WINDOW) * line)]
        return float(above.sum(dtype=float) - below.sum(dtype=float)) / float(self.sums[0, 0])

    def _of_places(self) -> Iterator[tuple[str, float]]:
        """Yield opportunity and regional convergence, from sums by place and cell.

        Opportunity is the mean log deviation between types of circumstances: county class and
        standing in the register. Convergence is the slope of counties' yearly income growth on
        the log of their first income.
        """
        model, observer = self.model, self.observer
        persons, income = self.cells[..., 0], self.cells[..., 1]
        types = [
            (persons[here][:, own].sum(), income[here][:, own].sum())
            for code in CountyClass
            for here in [observer.county_class == int(code)]
            for own in (REGISTERED_CELLS == 0, REGISTERED_CELLS == 1)
        ]
        people, money = (np.array(part) for part in zip(*types, strict=True))
        there = (people > 0.0) & (money > 0.0)
        mean = money.sum() / people.sum()
        share = people[there] / people.sum()
        yield "opportunity_inequality", float(share @ np.log(mean / (money[there] / people[there])))
        county = model.places["county"]
        count = len(model.counties)
        total = np.bincount(county, income.sum(axis=1), count)
        mean_income = total / np.maximum(np.bincount(county, persons.sum(axis=1), count), 1.0)
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
        total = self.cells.sum(axis=0)
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
        near = np.abs(before - line) < census.NEAR * line
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

    def _of_panel(self) -> Iterator[tuple[str, float]]:
        """Yield chronic and transient poverty over the years so far (Jalan and Ravallion 1998).

        Chronic poverty is the squared gap of mean income over the years; transient is what the
        mean of yearly squared gaps exceeds it by.
        """
        panel = self.observer.panel
        if panel is None:
            return
        panel.append(self.income.copy())
        if len(panel) < 2:
            return
        line, weights = self.model.world.lines.absolute, self.persons.astype(np.float64)
        incomes = np.maximum(np.column_stack(panel).astype(np.float64), 0.0)
        parts = measures.chronic_transient(incomes, line, weights)
        yield "chronic_poverty", parts.chronic
        yield "transient_poverty", parts.transient

    def _of_causes(self) -> Iterator[tuple[str, float]]:
        """Yield the share of each cause in the year's falls, by persons."""
        recent = self.model.falls[self.observer.first_fall :]
        if not recent:
            return
        cause = np.concatenate([f["cause"] for f in recent])
        persons = np.concatenate([f["persons"] for f in recent])
        shares = np.bincount(cause, persons, len(Cause)) / persons.sum()
        for kind in Cause:
            yield f"falls_by_cause_{kind.name.lower()}", shares[kind]

    def _of_money(self) -> Iterator[tuple[str, float]]:
        """Yield fiscal cost, private money and funds of the year, yuan."""
        model, year, ledger = self.model, self.model.year, self.model.ledger
        private = ledger.year_total(year, source="private_investors")
        leverage = ledger.year_cost(year, "matched_leverage")
        yield "fiscal_cost", ledger.year_cost(year)
        yield "private_investment", private
        if leverage > 0.0:
            yield "leverage_ratio", private / leverage
        yield "medical_fund_balance", float(model.counties["medical_fund"].sum())
        yield "guarantee_losses", ledger.year_total(year, use="guarantee_loss")
        revenue = float(model.counties["own_revenue"].sum()) * model.economy.level
        if revenue > 0.0:
            yield "debt_to_revenue", float(model.counties["debt"].sum()) / revenue


PERSONS, FLOORED, ENTROPY = (census.STATISTICS.index(n) for n in ("persons", "floored", "entropy"))


def _theil(sums: Array) -> float:
    """Return Theil's T from the sums of a subset: E[x ln x] / mean - ln mean."""
    if sums[FLOORED] <= 0.0:
        return 0.0
    mean = sums[FLOORED] / sums[PERSONS]
    return float(sums[ENTROPY] / sums[FLOORED] - np.log(mean))
