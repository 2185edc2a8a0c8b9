"""Every yuan of a programme moves through here, from a source to a use."""

from collections import defaultdict
from functools import partial
from typing import NamedTuple

import pandas as pd

FISCAL_SOURCES = frozenset({"central", "provincial", "county", "bonds"})
"""Sources that are fiscal cost; private money is shown and never counted."""


class Fund(NamedTuple):
    """A fund of the counties.

    Attributes
    ----------
    en, zh : str
        What accounts call it.
    meaning : str
        What stands in its column of counties.
    balance : str
        Yearly measure of what it holds; none if empty.
    """

    en: str
    zh: str
    meaning: str
    balance: str = ""


FUNDS = {
    "medical_fund": Fund(
        "Medical fund", "医保基金", "Balance of the medical insurance fund", "medical_fund_balance"
    ),
    "income_fund": Fund(
        "Income-insurance fund",
        "收入保险基金",
        "Fund of income insurance",
        "income_insurance_fund_balance",
    ),
    "risk_fund": Fund(
        "Risk fund", "风险补偿金", "Fund against losses on micro-credit", "risk_fund_balance"
    ),
    "guarantee_fund": Fund(
        "Guarantee fund", "担保基金", "Balance of the guarantee fund", "guarantee_fund_balance"
    ),
}
"""Funds by name; each is a source, and a column of counties."""
SOURCES = (
    *sorted(FISCAL_SOURCES),
    "eastern_partner",
    "insurance_premium",
    "bank",
    "private_investors",
    "land_quota_buyers",
    *FUNDS,
    "land_fund",
    "carried_over",
)
USES = (
    "received_by_households",
    "invested",
    "subsidies",
    "county_budget",
    "medical_providers",
    "administration",
    "leakage",
    "fund_balance",
    "guarantee_loss",
    "lent",
    "rents_and_dividends",
    "interest",
    "unspent",
)
TOLERANCE = 1e-6


def fund_titles() -> dict[str, dict[str, str]]:
    """Return what accounts call each fund, by its name and by language."""
    return {name: {"en": fund.en, "zh": fund.zh} for name, fund in FUNDS.items()}


def fund_meanings() -> dict[str, str]:
    """Return what each fund of the counties is, by its name."""
    return {name: fund.meaning for name, fund in FUNDS.items()}


class LedgerError(RuntimeError):
    """Money was made or lost."""


class Move(NamedTuple):
    """One kind of movement."""

    programme: str
    source: str
    use: str


class Ledger:
    """Double-entry account of a run, in yuan of 2020 of the people represented.

    Attributes
    ----------
    received : float
        Yuan that programmes paid to households this month.
    received_by : dict of str to float
        The same by programme.
    cost_pv, spent_pv : float
        Discounted fiscal outlay so far: as appropriated, and as spent.
    """

    def __init__(self, discount_rate: float, start_year: int) -> None:
        self.discount_rate = discount_rate
        self.start_year = start_year
        self.received = 0.0
        self.received_by: dict[str, float] = defaultdict(float)
        self.cost_pv = 0.0
        self.spent_pv = 0.0
        self._month: dict[Move, float] = defaultdict(float)
        self._years: dict[int, dict[Move, float]] = defaultdict(partial(defaultdict, float))

    def move(self, programme: str, source: str, use: str, amount: float) -> None:
        """Record that ``amount`` yuan went from ``source`` to ``use`` through ``programme``."""
        if source not in SOURCES or use not in USES:
            raise LedgerError(f"{programme}: no account {source!r} or {use!r}")
        if not 0.0 <= amount < float("inf"):
            raise LedgerError(f"{programme}: {source} to {use} of {amount} yuan is not an amount")
        if amount > 0.0:
            self._month[Move(programme, source, use)] += amount
        if use == "received_by_households":
            self.received += amount
            self.received_by[programme] += amount

    def booked(
        self, programme: str | None = None, source: str | None = None, use: str | None = None
    ) -> float:
        """Return this month's yuan of a programme, a source and a use, where named."""
        return sum(
            amount
            for kind, amount in self._month.items()
            if programme in (None, kind.programme)
            and source in (None, kind.source)
            and use in (None, kind.use)
        )

    def fiscal_cost(self) -> float:
        """Return this month's fiscal outlay, yuan."""
        return sum(v for m, v in self._month.items() if m.source in FISCAL_SOURCES)

    def spending(self) -> float:
        """Return this month's fiscal money that left the treasury, yuan.

        Money set aside counts when it is spent, not when it is appropriated.
        """
        return sum(
            v
            for m, v in self._month.items()
            if m.source == "carried_over" or (m.source in FISCAL_SOURCES and m.use != "unspent")
        )

    def close(
        self,
        month: int,
        booked_by_households: float,
        change: float,
        flows: float,
        turnover: float = 0.0,
    ) -> None:
        """Close the month, or raise LedgerError if money was made or lost.

        Parameters
        ----------
        booked_by_households : float
            Programme income that households booked, yuan.
        change : float
            Change of households' savings less debt, yuan.
        flows : float
            What that change must be: income less spending, purchases and services, yuan.
        turnover : float
            Income of the month, yuan; errors are judged against what was turned over.
        """
        scale = max(abs(self.received), 1.0)
        if abs(booked_by_households - self.received) > TOLERANCE * scale:
            acting = ", ".join(dict.fromkeys(m.programme for m in self._month)) or "none"
            raise LedgerError(
                f"month {month}: programmes ({acting}) paid {self.received:.2f} yuan but households"
                f" booked {booked_by_households:.2f}"
            )
        if abs(change - flows) > TOLERANCE * max(abs(flows), abs(change), scale, turnover):
            raise LedgerError(
                f"month {month}: households' savings less debt changed by {change:.2f} yuan but"
                f" their flows sum to {flows:.2f}"
            )
        discount = (1.0 + self.discount_rate) ** ((month + 0.5) / 12.0)
        self.cost_pv += self.fiscal_cost() / discount
        self.spent_pv += self.spending() / discount
        year = self._years[self.start_year + month // 12]
        for kind, amount in self._month.items():
            year[kind] += amount
        self._month.clear()
        self.received = 0.0
        self.received_by.clear()

    def year_total(
        self,
        year: int,
        source: str | None = None,
        use: str | None = None,
        programme: str | None = None,
    ) -> float:
        """Return the yuan of a closed year, of one source, use or programme if named."""
        wanted = Move(*(name or "" for name in (programme, source, use)))
        return sum(
            amount
            for kind, amount in self._years[year].items()
            if all(w in ("", k) for w, k in zip(wanted, kind, strict=True))
        )

    def year_cost(self, year: int, programme: str | None = None) -> float:
        """Return the fiscal cost of a closed year, of one programme if named, yuan."""
        return sum(
            amount
            for kind, amount in self._years[year].items()
            if kind.source in FISCAL_SOURCES and programme in (None, kind.programme)
        )

    def table(self) -> pd.DataFrame:
        """Return all closed years: ``year, programme, source, use, amount_yuan``."""
        rows = [
            (year, *kind, amount)
            for year, kinds in self._years.items()
            for kind, amount in kinds.items()
        ]
        columns = ["year", "programme", "source", "use", "amount_yuan"]
        return pd.DataFrame(rows, columns=columns).sort_values(columns[:4], ignore_index=True)
