"""Record of early warning: clues, help and falls by household, and what the year says of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Spell
from povsim.programmes.governance.early_warning.latent_risk import area_under_curve
from povsim.programmes.stage import Stage

Array = NDArray[Any]
NEVER = -10_000
YEAR = 12
MONTH_DAYS = 365.0 / 12.0


class Matrix(NamedTuple):
    """Persons by whether they were warned of and whether they fell."""

    hits: float
    misses: float
    false_alarms: float
    quiet: float


class Queue:
    """Clues that wait to be verified: rows of households and the months of their clues."""

    def __init__(self) -> None:
        self.rows = np.zeros(0, dtype=np.int64)
        self.months = np.zeros(0, dtype=np.int32)

    def add(self, rows: Array, month: int) -> None:
        """Append clues of this month."""
        self.rows = np.concatenate([self.rows, rows])
        self.months = np.concatenate([self.months, np.full(len(rows), month, dtype=np.int32)])

    def keep(self, kept: Array) -> None:
        """Keep only these entries."""
        self.rows, self.months = self.rows[kept], self.months[kept]


@dataclass
class Tally:
    """What offices did in the year, in households represented, and what it cost, yuan."""

    checked: float = 0.0
    unconfirmed: float = 0.0
    helped: float = 0.0
    case_months: float = 0.0
    spent: float = 0.0
    leads: list[tuple[float, float]] = field(default_factory=list)
    delays: list[tuple[Array, Array]] = field(default_factory=list)


@dataclass
class Scan:
    """Scores of one scan, kept until the next twelve months have shown who falls."""

    month: int
    score: Array
    among: Array


class Record:
    """Months of clues, help and falls, one entry a household; kept only where warning runs.

    Attributes
    ----------
    clue, queued, helped, fell : ndarray of int
        Month of the first clue of the last twelve months, of the clue that was or is in the
        queue, of the last help, of the last fall.
    risk : ndarray
        Latent risk when the clue came, 0-1.
    start_risk, outside : ndarray
        Latent risk, and who was outside poverty, when the year began.
    matrix : Matrix or None
        Confusion of the year that was closed last.
    """

    def __init__(self, model: Stage, risk: Array) -> None:
        h, n = model.households, len(model.households)
        self.clue, self.queued, self.helped, self.fell = (
            np.full(n, NEVER, dtype=np.int32) for _ in range(4)
        )
        self.risk = np.zeros(n, dtype=np.float32)
        self.start_risk = risk.astype(np.float32)
        self.outside = h["spell"] == int(Spell.OUTSIDE)
        self.before: tuple[Array, Array] | None = None
        self.scan: Scan | None = None
        self.last_scan: Scan | None = None
        self.tally = Tally()
        self.matrix: Matrix | None = None
        self.read = len(model.flows.falls)
        self.order = np.argsort(h["uid"])
        self.sorted_uid = h["uid"][self.order]

    def note_clues(self, rows: Array, month: int, risk: Array) -> None:
        """Stamp the month of a clue unless one of the last twelve months stands."""
        new = rows[self.clue[rows] < month - YEAR]
        self.clue[new] = month
        self.risk[new] = risk[new]

    def note_falls(self, model: Stage) -> None:
        """Read falls that were recorded since the last call, with the lead of their clues."""
        for fall in model.flows.falls[self.read :]:
            rows = self.order[np.searchsorted(self.sorted_uid, fall["uid"])]
            month = int(fall["month"][0])
            self.fell[rows] = month
            lead = month - self.clue[rows]
            warned = (lead > 0) & (lead <= YEAR)
            self.tally.leads += list(
                zip(lead[warned].tolist(), fall["persons"][warned].tolist(), strict=True)
            )
        self.read = len(model.flows.falls)

    def close_year(self, model: Stage, risk: Array) -> Iterator[tuple[str, float]]:
        """Yield how well warning saw, and begin the next year."""
        self.note_falls(model)
        first = model.month - YEAR + 1
        persons = model.persons.astype(np.float64)
        fell = self.outside & (self.fell >= first)
        lead = self.fell - self.clue
        foreseen = fell & (lead > 0) & (lead <= YEAR)
        if persons[fell].sum() > 0.0:
            share = persons[foreseen].sum() / persons[fell].sum()
            yield "warning_true_positive_rate", float(share)
        if self.tally.leads:
            leads, weight = np.array(self.tally.leads).T
            yield "warning_lead_months", float(leads @ weight / weight.sum())
        if self.before is not None:
            yield from self._of_last_clues(persons, fell, foreseen, first)
        yield from self._of_scan(persons)
        self.before = (self.clue.copy(), self.risk.copy())
        self.last_scan, self.scan = self.scan, None
        self.outside = model.households["spell"] == int(Spell.OUTSIDE)
        self.start_risk = risk.astype(np.float32)

    def _of_last_clues(
        self, persons: Array, fell: Array, foreseen: Array, first: int
    ) -> Iterator[tuple[str, float]]:
        """Yield false alarms and falls pre-empted, from the clues of the year before."""
        clue, risk = self.before if self.before is not None else (self.clue, self.risk)
        warned = (clue >= first - YEAR) & (clue < first)
        quiet = self.outside & ~fell
        self.matrix = Matrix(
            *(float(persons[of].sum()) for of in (foreseen, fell & ~foreseen)),
            *(float(persons[quiet & of].sum()) for of in (warned, ~warned)),
        )
        alarms = self.matrix.false_alarms
        yield "warning_false_positive_rate", alarms / max(alarms + self.matrix.quiet, 1e-9)
        unwarned = self.outside & ~warned & (self.clue < first - YEAR)
        scale = (persons[unwarned & fell].sum()) / max(
            float(persons[unwarned] @ self.start_risk[unwarned]), 1e-9
        )
        in_time = (
            warned & (self.helped >= clue) & ~((self.fell >= clue) & (self.fell < self.helped))
        )
        after = in_time & (self.fell > clue) & (self.fell <= clue + YEAR)
        expected = min(scale, 1.0) * float(persons[in_time] @ risk[in_time])
        avoided = max(expected - float(persons[after].sum()), 0.0)
        yield "warning_preempted_share", avoided / max(avoided + persons[fell].sum(), 1e-9)

    def _of_scan(self, persons: Array) -> Iterator[tuple[str, float]]:
        """Yield the area under the curve of last year's scan against the falls since."""
        scan = self.last_scan
        if scan is None:
            return
        fell = (self.fell > scan.month) & (self.fell <= scan.month + YEAR)
        area = area_under_curve(scan.score[scan.among], fell[scan.among], persons[scan.among])
        if np.isfinite(area):
            yield "warning_auc", area

    def delays(self, waiting: Array, weight: Array) -> Iterator[tuple[str, float]]:
        """Yield mean days from clue to help, and the share of clues and cases not yet helped.

        Those who still wait count with their wait so far, so that a short purse or a long queue
        cannot hide: the mean is a lower bound while anybody waits.

        Parameters
        ----------
        waiting : ndarray
            Days so far of those who wait.
        weight : ndarray
            Households that they stand for.
        """
        days = np.concatenate([*(d for d, _ in self.tally.delays), waiting])
        all_weight = np.concatenate([*(w for _, w in self.tally.delays), weight])
        if all_weight.sum() > 0.0:
            yield "warning_delay_days", float(days @ all_weight / all_weight.sum())
            yield "warning_waiting_share", float(weight.sum() / all_weight.sum())
