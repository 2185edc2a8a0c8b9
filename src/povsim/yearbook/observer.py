"""Watch a run: events every month, every measure each December."""

import pandas as pd

from povsim.programmes.stage import Stage
from povsim.yearbook.everybody import county_incomes
from povsim.yearbook.watch import Watch
from povsim.yearbook.yearbook import Yearbook

DECEMBER = 11


class Observer(Watch):
    """Collect measures of a model: what is watched, and what has been recorded."""

    def __init__(self, model: Stage) -> None:
        super().__init__(model)
        self.rows: list[tuple[int, str, str, str, float]] = []

    def take(self, model: Stage) -> None:
        """Take the month; in December take the year."""
        self.gather()
        if model.month_of_year == DECEMBER:
            self._take_year(model)

    def _take_year(self, model: Stage) -> None:
        """Count the year and record its measures, then set what the next year starts from."""
        yearbook = Yearbook(self)
        if self.panel is not None:
            self.panel.add(yearbook.count.income, model.world.lines.absolute)
        self.rows += yearbook.rows()
        self.first_fall = len(model.flows.falls)
        fixed = model.cohort is None
        self.at_risk = yearbook.count.outside() if fixed else self.persons_at_risk()
        self.moves_before = model.flows.return_moves
        self.debt_before = self.debt()
        if self.first_county_income is None:
            self.first_county_income = (model.year, county_incomes(self, yearbook.count))
        self.start_year()

    def table(self) -> pd.DataFrame:
        """Return all yearly measures: ``year, group, region, measure, value``."""
        columns = ["year", "group", "region", "measure", "value"]
        return pd.DataFrame(self.rows, columns=columns)
