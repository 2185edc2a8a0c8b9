"""Business-income guarantee (经营性收入保障计划) for relocated households."""

import numpy as np

from povsim.kernels.production import normal_output, own_labour
from povsim.money.support import pay_rows
from povsim.params.declare import as_tuple
from povsim.programmes.base import Programme
from povsim.programmes.delivery.residents import at_site, own_workers
from povsim.programmes.stage import Stage

DECEMBER = 11


class BusinessIncomeGuarantee(Programme):
    """In December, pay part of what own income fell short of the guaranteed share."""

    def act(self, model: Stage) -> None:
        """Compare the year's own income with that of a normal year, and top it up."""
        if model.month_of_year != DECEMBER:
            return
        p, h = self.numbers, model.households
        rows = at_site(model)
        production = as_tuple(model.world.production)
        labour = own_labour(own_workers(model, rows), h["elders"][rows], production)
        normal = model.economy.level * np.array(
            [
                normal_output(base, capital, workers, production)
                for base, capital, workers in zip(
                    h["season_base"][rows].astype(float),
                    h["productive_assets"][rows].astype(float),
                    labour,
                    strict=True,
                )
            ]
        )
        gap = np.maximum(p.floor_share * normal - h["year_business"][rows], 0.0)
        due = self.strength * np.minimum(p.cover * gap, p.cap * model.economy.level)
        paid = pay_rows(model, rows, due)
        model.treasury.entitle(self.name, paid, "received_by_households", p.county_share)
