"""Early warning and response (防返贫监测预警与帮扶): clues, verification, packages, clearing."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from povsim.codes import Cause, Flag, Registration, Spell
from povsim.money.support import pay_rows
from povsim.programmes.base import Programme
from povsim.programmes.delivery.by_need import place_of, weight_of
from povsim.programmes.governance.early_warning.latent_risk import latent_risk, risk_index
from povsim.programmes.governance.early_warning.record import (
    MONTH_DAYS,
    Queue,
    Record,
    Scan,
    Tally,
)
from povsim.programmes.stage import Stage
from povsim.rng import Stream, WarningDraw, uniform_block

Array = NDArray[Any]
UNSTABLE, EDGE, STRUCK = 1, 2, 3
"""Official categories: unstable lifted-out (脱贫不稳定户), edge (边缘易致贫户), sudden severe
difficulty (突发严重困难户)."""
HELPED = int(Flag.HELPED)
GRANTED = (Cause.WEATHER, Cause.PRICE, Cause.BUSINESS, Cause.ACCIDENT)
"""Causes that are answered with a grant of productive capital."""


class EarlyWarning(Programme):
    """Find households at risk before they fall, and help them in time."""

    record: Record

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.queue = Queue()
        self.begun = False
        self.new_cases = 0.0

    def act(self, model: Stage) -> None:
        """Gather clues, verify what is due, help, and clear."""
        latent = latent_risk(model)
        if not self.begun:
            self.begun, self.record = True, Record(model, latent)
        self.record.note_falls(model)
        risk, trailing = self.at_risk(model)
        self._run_offices(model)
        clues = self.clues(model, risk, latent)
        self.record.note_clues(clues, model.month, latent)
        waiting = np.zeros(len(model.households), dtype=bool)
        waiting[self.queue.rows] = True
        clues = clues[~waiting[clues]]
        self.record.queued[clues] = model.month
        self.queue.add(clues, model.month)
        self._verify(model, risk, trailing)
        self._help(model, trailing)
        self._clear(model)
        case = model.households["case"]
        case[case > 0] = np.minimum(case[case > 0] + 1, 250)

    def at_risk(self, model: Stage) -> tuple[Array, Array]:
        """Return who is at risk by the official rules, and 12-month income per person, yuan."""
        p, h = self.numbers, model.households
        trailing = h.income_per_person
        thin = h["savings"] < p.thin_savings * h["usual_income"]
        low = trailing < (1.0 + p.risk_margin) * model.world.lines.absolute
        return np.asarray(low | (self._struck(model) & thin)), trailing

    def _struck(self, model: Stage) -> Array:
        """Return who has had a sudden severe loss within the year."""
        h, line = model.households, model.world.lines.absolute
        return np.asarray(h["cause_loss"] > self.numbers.sudden_loss * line * h["members"])

    def clues(self, model: Stage, risk: Array, latent: Array) -> Array:
        """Return rows about whom a clue arrives this month and who have no case yet."""
        p, h = self.numbers, model.households
        new = np.zeros(len(h), dtype=bool)
        if p.scan_months >= 1.0 and model.month % int(p.scan_months) == 0:
            new |= self._scan(model, latent)
        if p.officer_rate > 0.0:
            rate = self.noticing(model)
            noticed = self._draw(model, WarningDraw.OFFICER) < 1.0 - np.exp(-rate / 12.0)
            new |= self._struck(model) & noticed
        proud = self._draw(model, WarningDraw.PROUD, 0) < p.stigma
        reports = self._draw(model, WarningDraw.REPORT) < 1.0 - np.exp(-p.report_rate / 12.0)
        new |= risk & reports & ~proud
        return np.flatnonzero(new & (h["case"] == 0))

    def _scan(self, model: Stage, latent: Array) -> Array:
        """Return whom a scan flags, and keep its scores until their year has passed."""
        p, h = self.numbers, model.households
        outside = h["registration"] == int(Registration.NONE)
        seen = ~outside | (self._draw(model, WarningDraw.SEEN, 0) < p.coverage)
        index = risk_index(latent, seen, p.separation)
        above = seen & (h["spell"] == int(Spell.OUTSIDE))
        score = self.score(model, index).astype(np.float32)
        self.record.scan = Scan(model.month, score, above)
        return np.asarray(seen & self.flagged(model, index))

    def score(self, model: Stage, index: Array) -> Array:
        """Return the signal of a scan: d' times the index of latent risk, and unit noise."""
        return np.asarray(self.numbers.signal * index - ndtri(self._draw(model, WarningDraw.SCAN)))

    def flagged(self, model: Stage, index: Array) -> Array:
        """Return whose signal lies over the mark that the false alarm rate sets."""
        return np.asarray(self.score(model, index) > -ndtri(self.numbers.false_alarm_rate))

    def noticing(self, model: Stage) -> Array:
        """Return the yearly rate at which officers notice a sudden shock, by household.

        It falls with open cases per officer of the county, clues that wait included, and rises
        where a help team lives and where officials are supervised.
        """
        p, h, treasury = self.numbers, model.households, model.treasury
        busy = np.bincount(self.queue.rows, minlength=len(h)) + (h["case"] > 0)
        by_place = np.add.reduceat(busy.astype(np.float64), model.places["start"])
        households = treasury.by_county(np.asarray(model.places.rows, dtype=float))
        officers = np.maximum(households / p.officer_households, 1e-9)
        load = treasury.by_county(by_place) / officers
        rate = p.officer_rate / (1.0 + load[model.places["county"]] / p.workload_reference)
        rate = rate * (1.0 + p.team_gain * model.places["help_team"]) * model.rates.detection
        return np.asarray(model.places.by_household(rate))

    def _draw(self, model: Stage, draw: WarningDraw, month: int | None = None) -> Array:
        when = model.month if month is None else month
        uid = model.households["uid"]
        return uniform_block(model.seed, uid, when, Stream.WARNING, draw)[:, 0]

    def _officers(self, model: Stage) -> float:
        """Return the number of officers."""
        households = float(model.places.rows @ model.treasury.place_weight)
        return households / self.numbers.officer_households

    def _run_offices(self, model: Stage) -> None:
        """Pay officers and the register."""
        p = self.numbers
        officers = self._officers(model) if p.officer_rate > 0.0 else 0.0
        cost = officers * p.officer_cost + model.persons_represented * p.scan_cost
        self._administer(model, cost / 12.0)

    def _administer(self, model: Stage, cost: float) -> None:
        """Pay for offices as far as the purse goes."""
        level = model.economy.level
        paid = min(cost * model.rates.administration * level, self.purse.available)
        self._spend(model, paid, "administration")

    def _spend(self, model: Stage, amount: float, use: str) -> None:
        model.treasury.spend(self.name, self.purse, amount, use)
        self.record.tally.spent += amount

    def _verify(self, model: Stage, risk: Array, trailing: Array) -> None:
        """Check clues that are due, the poorest first; what a county cannot check waits."""
        h, queue = model.households, self.queue
        queue.keep(h["case"][queue.rows] == 0)
        lag = round(self.numbers.verification_days / MONTH_DAYS)
        due = np.flatnonzero(queue.months <= model.month - lag)
        due = due[np.lexsort((h["uid"][queue.rows[due]], trailing[queue.rows[due]]))]
        checked = due[self._within_capacity(model, queue.rows[due])]
        rows = queue.rows[checked]
        real = risk[rows]
        weight = weight_of(model, rows)
        tally = self.record.tally
        tally.checked += float(weight.sum())
        tally.unconfirmed += float(weight[~real].sum())
        self._administer(model, self.numbers.check_cost * float(weight.sum()))
        self._open(model, rows[real], trailing)
        kept = np.ones(len(queue.rows), dtype=bool)
        kept[checked] = False
        queue.keep(kept)

    def _within_capacity(self, model: Stage, rows: Array) -> Array:
        """Return which of these rows, in their order, each county can check this month."""
        county = model.places["county"][place_of(model, rows)]
        households = model.treasury.by_county(np.asarray(model.places.rows, dtype=float))
        room = self.numbers.capacity * households / 1000.0
        weight = weight_of(model, rows)
        taken = np.zeros(len(rows), dtype=bool)
        for c in np.unique(county):
            mine = np.flatnonzero(county == c)
            taken[mine] = np.cumsum(weight[mine]) <= max(room[c], weight[mine[0]])
        return taken

    def _open(self, model: Stage, rows: Array, trailing: Array) -> None:
        """Open cases in their categories."""
        h = model.households
        registered = h["registration"][rows] == int(Registration.REGISTERED)
        low = trailing[rows] < (1.0 + self.numbers.risk_margin) * model.world.lines.absolute
        h["monitoring"][rows] = np.where(low, np.where(registered, UNSTABLE, EDGE), STRUCK)
        h["case"][rows] = 1
        self.new_cases += float(weight_of(model, rows).sum())
        h["flags"][rows] &= np.uint16(~HELPED & 0xFFFF)

    def _help(self, model: Stage, trailing: Array) -> None:
        """Give each case whose delay is over its package, the poorest first."""
        p, h = self.numbers, model.households
        delay = round(p.response_days / MONTH_DAYS)
        rows = np.flatnonzero((h["case"] > delay) & ((h["flags"] & HELPED) == 0))
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
        self._spend(model, model.treasury.represented(paid), "received_by_households")
        h["productive_assets"][rows[grant]] += worth
        self._spend(model, worth * float(weight[grant].sum()), "invested")
        self._place_workers(model, rows[jobless])
        self._spend(model, worth * float(weight[jobless].sum()), "invested")
        h["flags"][rows] |= HELPED
        self.record.helped[rows] = model.month
        self.record.tally.helped += float(weight.sum())
        self.record.tally.delays.append((self.days_since_clue(model, rows), weight))

    def days_since_clue(self, model: Stage, rows: Array) -> Array:
        """Return days since the clue, or the days of procedure if those are not over, by row.

        Within the month in which a case is due it counts the days of procedure; waiting for
        capacity or money adds whole months.
        """
        p = self.numbers
        least = p.verification_days + p.response_days
        due = round(p.verification_days / MONTH_DAYS) + round(p.response_days / MONTH_DAYS)
        waited = model.month - self.record.queued[rows] - due
        return np.asarray(least + MONTH_DAYS * np.maximum(waited, 0))

    def _place_workers(self, model: Stage, rows: Array) -> None:
        """Find work away for a free worker of each household, with the success of the card."""
        h = model.households
        busy = h.wage_workers[rows]
        draw = self._draw(model, WarningDraw.PLACED)[rows]
        placed = rows[(h["labour"][rows] > busy) & (draw < self.numbers.placement_success)]
        h["migrant_informal"][placed] += 1

    def _clear(self, model: Stage) -> None:
        """Close cases that have been above the line for long enough."""
        h, p = model.households, self.numbers
        safe = (h["case"] > p.clear_months) & (h["months_above"] >= p.clear_months)
        h["monitoring"][safe] = 0
        h["case"][safe] = 0
        open_cases = np.flatnonzero(h["case"] > 0)
        self.record.tally.case_months += float(weight_of(model, open_cases).sum())

    def yearly(self, model: Stage) -> Iterator[tuple[str, float]]:
        """Yield how well risk was seen, how soon help came, and what it cost."""
        if not self.begun:
            return
        h, persons = model.households, model.persons
        yield "monitored_share", float(persons[h["monitoring"] > 0].sum() / persons.sum())
        yield "warning_case_load", float(persons[h["case"] > 0].sum())
        yield "warning_cases", self.new_cases
        if self.numbers.officer_rate > 0.0:
            yield "warning_officer_load", self._open_cases_per_officer(model)
        self.new_cases = 0.0
        yield from self.record.close_year(model, latent_risk(model))
        rows = self._waiting(model)
        yield from self.record.delays(self.days_since_clue(model, rows), weight_of(model, rows))
        yield from self._costs(model)
        self.record.tally = Tally()

    def _open_cases_per_officer(self, model: Stage) -> float:
        """Return households with an open case for each officer."""
        open_cases = np.flatnonzero(model.households["case"] > 0)
        return float(weight_of(model, open_cases).sum()) / max(self._officers(model), 1e-9)

    def _waiting(self, model: Stage) -> Array:
        """Return rows with a clue or a case whose procedure is over and no help yet."""
        p, h = self.numbers, model.households
        unhelped = (h["case"] > 0) & ((h["flags"] & HELPED) == 0)
        rows = np.concatenate([np.flatnonzero(unhelped), self.queue.rows])
        due = round(p.verification_days / MONTH_DAYS) + round(p.response_days / MONTH_DAYS)
        return np.asarray(rows[model.month - self.record.queued[rows] >= due])

    def _costs(self, model: Stage) -> Iterator[tuple[str, float]]:
        """Yield what false alarms and cases cost, yuan, and the hours of an officer."""
        p, tally, level = self.numbers, self.record.tally, model.economy.level
        yield "warning_false_alarm_cost", tally.unconfirmed * p.check_cost * level
        hours = tally.checked * p.check_hours + tally.case_months * p.case_hours
        yield "warning_officer_hours", hours / max(self._officers(model), 1e-9)
        if tally.helped > 0.0:
            yield "warning_cost_per_case", tally.spent / tally.helped
