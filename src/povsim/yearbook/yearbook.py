"""The measures of one year: poverty, mobility, inequality, work, health, by group and region."""

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from povsim.kernels import census
from povsim.measures.catalogue import refuse_undeclared, told_for
from povsim.yearbook.chronic import of_panel
from povsim.yearbook.count import count_year
from povsim.yearbook.everybody import of_convergence, of_everybody
from povsim.yearbook.falls import falls_of_the_year, of_causes, of_events, of_falls
from povsim.yearbook.money import money_of_the_year
from povsim.yearbook.parts import CROSSED, PARTS, row_of
from povsim.yearbook.people import of_households, of_people
from povsim.yearbook.ranks import of_ranks, rank_year
from povsim.yearbook.targeting import of_notch
from povsim.yearbook.watch import Watch

AT = census.AT
Values = Iterable[tuple[str, float]]
Row = tuple[str, str, str, float]
"""Group, region, measure and value."""
UNTOUCHED = {"land_retired": 0.0, "fragile_land_farmed_share": 1.0}
"""What is recorded of programmes that a scenario does not have."""


class Yearbook:
    """The measures of one year, for every part of the population."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.model = watch.model
        self.count = count_year(watch)

    @property
    def median(self) -> float:
        """National rural median of income a person, yuan a year."""
        return self.count.median

    def rows(self) -> Iterator[tuple[int, str, str, str, float]]:
        """Yield year, group, region, measure and value; refuse a measure that is not declared."""
        year = self.model.year
        for group, region, measure, value in self._rows():
            refuse_undeclared(measure, group, region)
            yield year, group, region, measure, float(value)

    def _rows(self) -> Iterator[Row]:
        """Yield the measures of each part, then those of the whole."""
        watch, line = self.watch, self.model.world.lines.absolute
        yield from self._of_parts(line)
        yield from of_panel(watch, self.count, line)
        own = self.count.sums[row_of("registered")]
        relapsed = own[AT.ever_fallen] / max(own[AT.persons], 1.0)
        for group in ("all", "registered"):
            yield group, "all", "ever_relapsed_share", relapsed
        whole = chain(
            of_everybody(watch, self.count),
            of_convergence(watch, self.count),
            of_notch(watch, self.count),
            money_of_the_year(watch),
            self._of_programmes(),
        )
        yield from _of("all", "all", whole)

    def _of_parts(self, line: float) -> Iterator[Row]:
        """Yield what sums, falls, events and ranks say of every part in which somebody lives."""
        sums, risk = self.count.sums, self.watch.at_risk
        ranks = rank_year(self.watch, self.count)
        causes = falls_of_the_year(self.watch)
        events = self.watch.events_by_area()
        fell = np.column_stack([c.sum(axis=1) for c in causes])
        for s, (group, region) in enumerate(PARTS):
            if sums[s, AT.persons] <= 0.0:
                continue
            t = dict(zip(AT._fields, sums[s], strict=True))
            people = _of(group, region, (*of_people(t, line), *of_falls(fell[s], risk[s])))
            if (group, region) in CROSSED:
                told = told_for(group, region)
                yield from (row for row in people if row[2] in told)
                continue
            yield from people
            yield from _of(group, region, of_households(t))
            yield from _of(group, region, of_ranks(ranks, s, t))
            yield from _of(group, region, of_causes(causes[0][s] + causes[1][s]))
            yield from _of(group, region, of_events(group, region, events, t))

    def _of_programmes(self) -> Iterator[tuple[str, float]]:
        """Yield what programmes tell of their own work."""
        told = [row for p in self.model.programmes.programmes for row in p.yearly(self.model)]
        yield from told
        names = {name for name, _ in told}
        yield from (row for row in UNTOUCHED.items() if row[0] not in names)


def _of(group: str, region: str, values: Values) -> Iterator[Row]:
    """Yield measures with the part of the population that they are of."""
    return ((group, region, measure, value) for measure, value in values)
