"""Watch a run: a few numbers every month, every measure each December."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from povsim import measures
from povsim.codes import Cause, CountyClass, Flag, Group, Region, Spell
from povsim.kernels import consumption

if TYPE_CHECKING:
    from povsim.model import PovertyModel

Array = NDArray[Any]
DECEMBER = 11
GROUPS = (Group.G1, Group.G2, Group.G3, Group.G4, Group.GX, Group.G0)
CATASTROPHIC = 0.40
"""Share of the capacity to pay above which medical spending is catastrophic (WHO)."""


class Observer:
    """Collect measures of a model; the month's few go to the model, for its data collector."""

    def __init__(self, model: PovertyModel) -> None:
        self.model = model
        self.rows: list[tuple[int, str, str, str, float]] = []
        self.median_of_own_rows = model.world.population == "national"
        self.frozen_median: float | None = None
        self._seen_falls = 0
        self._masks = list(self._subsets())
        self._secure = model.households["spell"] == int(Spell.OUTSIDE)
        self._separations = 0.0
        self._sales = np.zeros(len(model.places))

    def _subsets(self) -> Iterator[tuple[str, str, Array | None]]:
        """Yield every group and region with its mask (None for everybody)."""
        model = self.model
        h, counties = model.households, model.counties
        rows = model.places["stop"] - model.places["start"]
        county = np.repeat(model.places["county"], rows)
        yield "all", "all", None
        for group in GROUPS:
            yield group.name, "all", h["group"] == int(group)
        yield "registered", "all", h.is_registered
        present = counties["region"][county]
        for region in Region:
            yield "all", region.name.lower(), present == int(region)
        classes = counties["county_class"][county]
        for county_class in CountyClass:
            yield "all", county_class.name.lower(), classes == int(county_class)

    def take(self, model: PovertyModel) -> None:
        """Take the month; in December take the year."""
        income = float(model.place_weight @ model.spent[:, consumption.INCOME])
        model.income_per_person = income / model.persons_represented
        recent = model.falls[self._seen_falls :]
        model.falls_persons = float(
            sum(f["persons"].sum() for f in recent if f["month"][0] == model.month)
        )
        self._sales += model.spent[:, consumption.SALES]
        if model.month_of_year == DECEMBER:
            YearBook(self).write()
            self._seen_falls = len(model.falls)
            self._secure = model.households["spell"] == int(Spell.OUTSIDE)
            self._sales[:] = 0.0

    def record(self, group: str, region: str, measure: str, value: float) -> None:
        """Add one number of the current year."""
        self.rows.append((self.model.year, group, region, measure, float(value)))

    def table(self) -> pd.DataFrame:
        """Return all yearly measures: ``year, group, region, measure, value``."""
        columns = ["year", "group", "region", "measure", "value"]
        return pd.DataFrame(self.rows, columns=columns)


class YearBook:
    """The measures of one year, for every group and region."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.model = observer.model
        h = self.model.households
        members = h["members"].astype(np.float64)
        income = h.year_income / members
        order = np.argsort(income, kind="stable")
        self.order = order
        self.income = income[order]
        self.persons = h.persons[order]
        self.consumption = (h["year_consumption"] / members)[order]
        self.medical = (h["year_out_of_pocket"] / members)[order]
        school = h["children"] * self.model.world.consumption.school_cost / members
        self.net_income = self.income - self.medical - school[order]
        self.policy = (h["year_policy"] / members)[order]
        self.sources = {
            name: (h[f"year_{name}"] / members)[order]
            for name in ("wage", "business", "property", "transfer")
        }
        self.fell = self._fallen_rows()[order]
        self.secure = observer._secure[order]  # noqa: SLF001
        self.registered = h.is_registered[order]

    def _fallen_rows(self) -> Array:
        """Return which rows fell during the year."""
        fallen = np.zeros(len(self.model.households), dtype=bool)
        uid = self.model.households["uid"]
        recent = self.model.falls[self.observer._seen_falls :]  # noqa: SLF001
        if recent:
            fallen = np.isin(uid, np.concatenate([f["uid"] for f in recent]))
        return fallen

    def write(self) -> None:
        """Record every measure."""
        self.median = self._median()
        for group, region, mask in self.observer._masks:  # noqa: SLF001
            rows = slice(None) if mask is None else np.flatnonzero(mask[self.order])
            if mask is not None and len(rows) == 0:
                continue
            for measure, value in self._of_people(rows):
                self.observer.record(group, region, measure, value)
            for measure, value in self._of_work(mask):
                self.observer.record(group, region, measure, value)
        for measure, value in self._of_everybody():
            self.observer.record("all", "all", measure, value)

    def _median(self) -> float:
        """Return the national rural median: of the rows, or the published one on its path."""
        observer = self.observer
        if observer.median_of_own_rows:
            median = float(measures.weighted_quantile(self.income, 0.5, weights=self.persons))
        else:
            median = self.model.world.lines.national_median * self.model.economy.level
        if observer.frozen_median is None:
            observer.frozen_median = self.model.world.lines.national_median
        return median

    def _of_people(self, rows: Any) -> Iterator[tuple[str, float]]:
        """Yield poverty, inequality and income of some rows."""
        income, w = self.income[rows], self.persons[rows]
        line = self.model.world.lines.absolute
        total = w.sum()
        yield from self._falls(rows)
        yield "absolute_poverty_rate", _share(income < line, w)
        yield "absolute_poverty_rate_after_expenses", _share(self.net_income[rows] < line, w)
        yield "consumption_poverty_rate", _share(self.consumption[rows] < line, w)
        yield "poverty_gap", float(measures.fgt(income, line, 1, weights=w))
        yield "squared_poverty_gap", float(measures.fgt(income, line, 2, weights=w))
        yield "watts", float(measures.watts(np.maximum(income, WATTS_FLOOR), line, weights=w))
        for percent in (40, 50, 60):
            share = percent / 100.0
            yield f"relative_poverty_rate_{percent}", _share(income < share * self.median, w)
            frozen = share * (self.observer.frozen_median or 0.0)
            yield f"relative_poverty_rate_{percent}_frozen", _share(income < frozen, w)
        own_median = float(measures.weighted_quantile(income, 0.5, weights=w))
        yield "median_income", own_median
        yield "relative_poverty_rate_50_own_median", _share(income < 0.5 * own_median, w)
        yield "gini", float(measures.gini(np.maximum(income, 0.0), weights=w))
        yield "mean_income", float(np.dot(income, w) / total)
        for name, values in self.sources.items():
            yield f"income_{name}", float(np.dot(values[rows], w) / total)
        mean = max(float(np.dot(income, w)), 1e-9)
        yield "policy_income_share", float(np.dot(self.policy[rows], w)) / mean
        yield "mean_consumption", float(np.dot(self.consumption[rows], w) / total)
        capacity = np.maximum(self.consumption[rows] + self.medical[rows], 1.0)
        yield "catastrophic_health_rate", _share(self.medical[rows] > CATASTROPHIC * capacity, w)

    def _falls(self, rows: Any) -> Iterator[tuple[str, float]]:
        """Yield yearly rates of relapse (registered) and new poverty (others)."""
        w, fell, secure = self.persons[rows], self.fell[rows], self.secure[rows]
        registered = self.registered[rows]
        for name, kind in (("relapse_rate", registered), ("new_poverty_rate", ~registered)):
            at_risk = kind & (secure | fell)
            if at_risk.any():
                yield name, _share(fell[at_risk], w[at_risk])

    def _of_work(self, mask: Array | None) -> Iterator[tuple[str, float]]:
        """Yield work, wealth and capability of some households (in row order)."""
        h = self.model.households
        rows: Any = slice(None) if mask is None else mask
        w = h["weight"][rows].astype(np.float64)
        persons = w * h["members"][rows]
        labour = np.dot(w, h["labour"][rows])
        if labour > 0:
            yield "employment_rate", float(np.dot(w, h.wage_workers[rows]) / labour)
        ever = (h["flags"][rows] & int(Flag.EVER_FELL)) != 0
        yield "ever_fallen_share", _share(ever, persons)
        registered = h.is_registered[rows]
        if registered.any():
            yield "ever_relapsed_share", _share(ever[registered], persons[registered])
        total = w.sum()
        for measure, column in MEANS:
            yield measure, float(np.dot(w, h[column][rows]) / total)
        line = self.model.world.lines.monitoring
        low = h.income_per_person[rows] < line
        yield "below_monitoring_line_share", _share(low, persons)

    def _of_everybody(self) -> Iterator[tuple[str, float]]:
        """Yield measures that exist for the whole only."""
        model, w, income = self.model, self.persons, self.income
        positive = np.maximum(income, WATTS_FLOOR)
        yield "theil", float(measures.theil(positive, weights=w))
        county = np.repeat(model.places["county"], model.places["stop"] - model.places["start"])
        region = model.counties["region"][county][self.order]
        parts = measures.theil_decomposition(positive, region, weights=w)
        yield "theil_between_regions", float(parts.between)
        yield "s80_s20", float(measures.s80_s20(positive, weights=w))
        yield "national_median_income", self.median
        yield "return_moves", model.return_moves
        yield "distress_sale_rate", self._sale_rate()
        yield from self._of_causes()
        yield from self._of_money()
        sites = (model.households["flags"] & int(Flag.RELOCATED)) != 0
        if sites.any():
            h = model.households
            weight = h["weight"][sites].astype(np.float64)
            yield "mean_integration", float(np.dot(weight, h["integration"][sites]) / weight.sum())
            back = (h["flags"][sites] & int(Flag.RETURNED)) != 0
            yield "returned_share", _share(back, weight)

    def _sale_rate(self) -> float:
        """Return distress sales a household and year."""
        households = float(self.model.households["weight"].sum(dtype=np.float64))
        return float(self.observer._sales.sum()) / households  # noqa: SLF001

    def _of_causes(self) -> Iterator[tuple[str, float]]:
        """Yield the share of each cause in the year's falls, by persons."""
        recent = self.model.falls[self.observer._seen_falls :]  # noqa: SLF001
        if not recent:
            return
        cause = np.concatenate([f["cause"] for f in recent])
        persons = np.concatenate([f["persons"] for f in recent])
        for kind in Cause:
            yield f"falls_by_cause_{kind.name.lower()}", _share(cause == int(kind), persons)
        yield "persons_fallen", float(persons.sum())

    def _of_money(self) -> Iterator[tuple[str, float]]:
        """Yield fiscal cost, private money and funds of the year, yuan."""
        model, year = self.model, self.model.year
        ledger = model.ledger
        cost = ledger.year_cost(year)
        private = ledger.year_total(year, source="private_investors")
        leverage = ledger.year_cost(year, "matched_leverage")
        yield "fiscal_cost", cost
        yield "private_investment", private
        if leverage > 0.0:
            yield "leverage_ratio", private / leverage
        yield "medical_fund_balance", float(model.counties["medical_fund"].sum())
        yield "guarantee_losses", ledger.year_total(year, use="guarantee_loss")
        revenue = float(model.counties["own_revenue"].sum()) * model.economy.level
        if revenue > 0.0:
            yield "debt_to_revenue", float(model.counties["debt"].sum()) / revenue


MEANS = (
    ("mean_productive_assets", "productive_assets"),
    ("mean_savings", "savings"),
    ("mean_debt", "debt"),
    ("mean_skill", "skill"),
    ("mean_health", "health"),
    ("mean_motivation", "motivation"),
)
WATTS_FLOOR = 100.0
"""Yuan to which incomes are raised where a measure takes logs (losses of a bad year)."""


def _share(condition: Array, weights: Array) -> float:
    """Return the weighted share for which a condition holds."""
    total = float(weights.sum())
    return float(weights[condition].sum()) / total if total > 0.0 else 0.0

