"""Early warning and response (防返贫监测预警与帮扶): clues, verification, packages, clearing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from povsim.codes import Cause, Flag, Registration
from povsim.programmes.base import Programme
from povsim.programmes.reaching import pay_rows, place_of, weight_of
from povsim.rng import Stream, uniform_block

if TYPE_CHECKING:
    from povsim.programmes.world_view import WorldView

Array = NDArray[Any]
UNSTABLE, EDGE, STRUCK = 1, 2, 3
"""Official categories: unstable lifted-out, edge, sudden severe difficulty."""
HELPED = int(Flag.HELPED)
DAYS_A_MONTH = 365.0 / 12.0
SUDDEN = 0.5
"""Loss, as a share of the line for the household, that counts as a sudden severe difficulty."""
THIN = 3.0
"""Savings, in months of usual income, under which such a loss is a risk."""
SCAN, OFFICER, REPORT, SEEN, PROUD, PLACED = range(6)
GRANTED = (Cause.WEATHER, Cause.PRICE, Cause.BUSINESS, Cause.ACCIDENT)
"""Causes that are answered with a grant of productive capital."""


class EarlyWarning(Programme):
    """Find households at risk before they fall, and help them in time."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.waiting: list[tuple[int, Array]] = []
        self.watched = np.zeros(0, dtype=bool)
        self.delays: list[float] = []
        self.new_cases = 0.0

    def act(self, model: WorldView) -> None:
        """Gather clues, verify what is due, help, and clear."""
        h = model.households
        if len(self.watched) == 0:
            self.watched = np.zeros(len(h), dtype=bool)
        risk, trailing = self.at_risk(model)
        self._run_offices(model)
        clues = self.clues(model, risk)
        self.waiting.append((model.month, clues))
        self._verify(model, risk, trailing)
        self._help(model, trailing)
        self._clear(model)
        self.watched |= h["monitoring"] > 0
        case = h["case"]
        case[case > 0] = np.minimum(case[case > 0] + 1, 250)

    def at_risk(self, model: WorldView) -> tuple[Array, Array]:
        """Return who is truly at risk, and 12-month income per person, yuan."""
        p, h = self.numbers, model.households
        line = model.world.lines.absolute
        trailing = h.income_per_person
        loss = h["cause_loss"] > SUDDEN * line * h["members"]
        thin = h["savings"] < THIN * h["usual_income"]
        low = trailing < (1.0 + p.risk_margin) * line
        return np.asarray(low | (loss & thin)), trailing

    def clues(self, model: WorldView, risk: Array) -> Array:
        """Return rows about whom a clue arrives this month and who have no case yet."""
        p, h = self.numbers, model.households
        new = np.zeros(len(h), dtype=bool)
        if p.scan_months >= 1.0 and model.month % int(p.scan_months) == 0:
            outside = h["registration"] == int(Registration.NONE)
            seen = ~outside | (self._draw(model, SEEN, 0) < p.coverage)
            new |= seen & self.flagged(model, risk)
        if p.officer_rate > 0.0:
            sudden = h["cause_loss"] > SUDDEN * model.world.lines.absolute * h["members"]
            presence = model.places.by_household(1.0 + model.places["help_team"])
            rate = p.officer_rate * presence / (1.0 + p.officer_households / p.workload_reference)
            new |= sudden & (self._draw(model, OFFICER) < 1.0 - np.exp(-rate / 12.0))
        proud = self._draw(model, PROUD, 0) < p.stigma
        reports = self._draw(model, REPORT) < 1.0 - np.exp(-p.report_rate / 12.0)
        new |= risk & reports & ~proud
        return np.flatnonzero(new & (h["case"] == 0))

    def flagged(self, model: WorldView, risk: Array) -> Array:
        """Return whom a scan flags: a normal signal, d' higher for those at risk, over a mark."""
        p = self.numbers
        mark = norm.isf(p.false_alarm_rate)
        chance = np.where(risk, norm.sf(mark - p.signal), p.false_alarm_rate)
        return np.asarray(self._draw(model, SCAN) < chance)

    def _draw(self, model: WorldView, number: int, month: int | None = None) -> Array:
        when = model.month if month is None else month
        uid = model.households["uid"]
        return uniform_block(model.seed, uid, when, Stream.WARNING, number)[:, 0]

    def _run_offices(self, model: WorldView) -> None:
        """Pay officers and the register."""
        p, level = self.numbers, model.economy.level
        cost = self.officers(model) * p.officer_cost + model.persons_represented * p.scan_cost
        paid = min(cost * model.rates.administration * level / 12.0, self.purse.available)
        model.treasury.spend(self.name, self.purse, paid, "administration")

    def officers(self, model: WorldView) -> float:
        """Return the village officers who watch the households."""
        if self.numbers.officer_rate <= 0.0:
            return 0.0
        households = float(model.places.rows @ model.treasury.place_weight)
        return households / float(self.numbers.officer_households)

    def _verify(self, model: WorldView, risk: Array, trailing: Array) -> None:
        """Enter verified cases, the poorest first, as far as each county's capacity goes."""
        p, h = self.numbers, model.households
        due_before = model.month - round(p.verification_days / DAYS_A_MONTH)
        due = [rows for month, rows in self.waiting if month <= due_before]
        self.waiting = [entry for entry in self.waiting if entry[0] > due_before]
        if not due:
            return
        rows = np.unique(np.concatenate(due))
        rows = rows[risk[rows] & (h["case"][rows] == 0)]
        rows = rows[np.lexsort((h["uid"][rows], trailing[rows]))]
        county = model.places["county"][place_of(model, rows)]
        households = model.treasury.by_county(np.asarray(model.places.rows, dtype=float))
        room = p.capacity * households / 1000.0
        used = np.zeros(len(room))
        weight = weight_of(model, rows)
        taken = np.zeros(len(rows), dtype=bool)
        for c in np.unique(county):
            mine = np.flatnonzero(county == c)
            taken[mine] = np.cumsum(weight[mine]) <= max(room[c], weight[mine[0]])
            used[c] = weight[mine][taken[mine]].sum()
        rows = rows[taken]
        registered = h["registration"][rows] == int(Registration.REGISTERED)
        low = trailing[rows] < (1.0 + p.risk_margin) * model.world.lines.absolute
        h["monitoring"][rows] = np.where(low, np.where(registered, UNSTABLE, EDGE), STRUCK)
        h["case"][rows] = 1
        self.new_cases += float(weight_of(model, rows).sum())
        h["flags"][rows] &= np.uint16(~HELPED & 0xFFFF)

    def _help(self, model: WorldView, trailing: Array) -> None:
        """Give each case whose delay is over its package, the poorest first."""
        p, h, treasury = self.numbers, model.households, model.treasury
        delay = round(p.response_days / DAYS_A_MONTH)
        ready = (h["case"] > delay) & ((h["flags"] & HELPED) == 0)
        rows = np.flatnonzero(ready)
        rows = rows[np.lexsort((h["uid"][rows], trailing[rows]))]
        worth = p.package * model.economy.level
        weight = weight_of(model, rows)
        count = int(np.searchsorted(np.cumsum(worth * weight), self.purse.available, side="right"))
        rows, weight = rows[:count], weight[:count]
        if count == 0:
            return
        cause = np.where(p.cause_specific >= 0.5, h["cause"][rows], int(Cause.OTHER))
        jobless = cause == int(Cause.JOB_LOSS)
        grant = np.isin(cause, [int(c) for c in GRANTED])
        paid = pay_rows(model, rows[~jobless & ~grant], np.full((~jobless & ~grant).sum(), worth))
        treasury.spend(self.name, self.purse, treasury.represented(paid), "received_by_households")
        h["productive_assets"][rows[grant]] += worth
        treasury.spend(self.name, self.purse, worth * float(weight[grant].sum()), "invested")
        self._place_workers(model, rows[jobless])
        treasury.spend(self.name, self.purse, worth * float(weight[jobless].sum()), "invested")
        h["flags"][rows] |= HELPED
        self.delays += [p.verification_days + p.response_days] * count

    def _place_workers(self, model: WorldView, rows: Array) -> None:
        """Find work away for a free worker of each household, with the success of the card."""
        h = model.households
        busy = h.wage_workers[rows]
        draw = self._draw(model, PLACED)[rows]
        placed = rows[(h["labour"][rows] > busy) & (draw < self.numbers.placement_success)]
        h["migrant_informal"][placed] += 1

    def _clear(self, model: WorldView) -> None:
        """Close cases that have been above the line for long enough."""
        h = model.households
        safe = (h["case"] > self.numbers.clear_months) & (
            h["months_above"] >= self.numbers.clear_months
        )
        h["monitoring"][safe] = 0
        h["case"][safe] = 0

    def yearly(self, model: WorldView) -> Iterator[tuple[str, float]]:
        """Yield how well risk was seen, and what it cost."""
        h = model.households
        persons = model.persons
        this_year = [f for f in model.falls if f["month"][0] // 12 == model.month // 12]
        uid = np.concatenate([f["uid"] for f in this_year] or [np.zeros(0, dtype=np.uint32)])
        seen = np.concatenate([f["monitored"] for f in this_year] or [np.zeros(0, dtype=bool)])
        weight = np.concatenate([f["persons"] for f in this_year] or [np.zeros(0)])
        safe = ~np.isin(h["uid"], uid)
        yield "monitored_share", float(persons[h["monitoring"] > 0].sum() / persons.sum())
        if weight.sum() > 0.0:
            yield "warning_true_positive_rate", float(weight[seen].sum() / weight.sum())
        watched = persons[safe & self.watched].sum()
        yield "warning_false_positive_rate", float(watched / max(persons[safe].sum(), 1.0))
        if self.delays:
            yield "warning_delay_days", float(np.mean(self.delays))
        open_cases = np.flatnonzero(h["case"] > 0)
        yield "warning_case_load", float(persons[open_cases].sum())
        yield "warning_cases", self.new_cases
        officers = self.officers(model)
        if officers > 0.0:
            yield "warning_officer_load", float(weight_of(model, open_cases).sum()) / officers
        self.watched = h["monitoring"] > 0
        self.delays, self.new_cases = [], 0.0
