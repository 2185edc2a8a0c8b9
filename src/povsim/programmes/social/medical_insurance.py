"""Basic medical insurance and assistance (基本医保、大病保险、医疗救助).

A county fund takes premiums and the fiscal subsidy, pays routine care and reimburses serious
illness; assistance pays part of what is left to registered and edge households. A fund in
deficit is bailed out, or cuts reimbursement.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from povsim.codes import Registration
from povsim.kernels.compiled import kernel
from povsim.kernels.rows import rows_of
from povsim.programmes.base import Programme
from povsim.programmes.rates import COVER, Rates
from povsim.programmes.stage import Stage
from povsim.programmes.stock import Stock

REGISTERED = int(Registration.REGISTERED)
NONE = int(Registration.NONE)


@kernel
def _reimburse(first, last, h, places, p, cover, out):
    """Pay part of this month's bills; what is left stays with the household.

    ``cover`` scales reimbursement by county. ``out`` sums the fund's and the assistance's part.
    """
    for place in range(first, last):
        by_fund = 0.0
        by_assistance = 0.0
        scale = cover[places.county[place]]
        for i in rows_of(places, place):
            bill = h.out_of_pocket[i]
            if bill <= 0.0:
                continue
            registered = h.registration[i] == REGISTERED
            share = 1.0 - (p.out_of_pocket_registered if registered else p.out_of_pocket_other)
            basic = max(min(bill, p.ceiling) - p.deductible, 0.0) * share * scale
            left = bill - basic
            catastrophic = max(0.0, left - p.catastrophic_threshold) * p.catastrophic_share * scale
            left -= catastrophic
            helped = 0.0
            if h.registration[i] != NONE:
                helped = min(
                    max(0.0, left - p.assistance_threshold) * p.assistance_share,
                    p.assistance_ceiling,
                )
            h.out_of_pocket[i] = left - helped
            by_fund += basic + catastrophic
            by_assistance += helped
        out[place, 0] = by_fund
        out[place, 1] = by_assistance


class MedicalInsurance(Programme):
    """Reimburse bills from a county fund that premiums and subsidies fill."""

    def modify(self, rates: Rates, model: Stage) -> None:
        """Tell the hazards what patients expect to pay; cheaper care is used more."""
        p = self.numbers
        rates.out_of_pocket_share[:] = p.out_of_pocket_other
        rates.out_of_pocket_share[REGISTERED] = p.out_of_pocket_registered

    def in_force(self, model: Stage) -> Any:
        """Return the card's numbers, moved towards those of a rule on cover, if there is one."""
        weight, *by_rule = model.rates.cover
        mixed = {
            name: float((1.0 - weight) * getattr(self.numbers, name) + number)
            for name, number in zip(COVER, by_rule, strict=True)
        }
        return self.numbers._replace(**mixed) if weight > 0.0 else self.numbers

    def act(self, model: Stage) -> None:
        """Collect premiums and subsidies, pay routine care and this month's bills."""
        p, treasury, fund = self.in_force(model), model.treasury, model.counties["medical_fund"]
        level = model.economy.level
        persons = model.persons_by_place
        subsidy = persons * p.subsidy * level * self.strength / 12.0
        premium = treasury.by_county(persons * p.premium * level / 12.0)
        routine = treasury.by_county(persons * p.routine_care * level / 12.0)
        treasury.entitle(self.name, subsidy, "fund_balance", p.county_share)
        treasury.ledger.move(self.name, "insurance_premium", "fund_balance", float(premium.sum()))
        fund += treasury.by_county(subsidy) + premium - routine
        if p.cut_when_in_deficit >= 0.5:
            cover = np.where(fund < 0.0, 1.0 - p.deficit_cut, 1.0)
        else:
            cover = np.ones(len(fund))
        paid = model.over_places(
            _reimburse, model.households.arrays, model.places.arrays, p, cover, width=2
        )
        serious = treasury.by_county(paid[:, 0])
        fund -= serious
        treasury.ledger.move(
            self.name, "medical_fund", "medical_providers", float((routine + serious).sum())
        )
        treasury.entitle(self.name, paid[:, 1], "medical_providers", p.county_share)
        if p.cut_when_in_deficit < 0.5:
            self._bail_out(model)

    def stocks(self, model: Stage) -> Iterator[Stock]:
        """Yield the fund of premiums too."""
        yield from super().stocks(model)
        yield self.fund(model, "medical_fund")

    def _bail_out(self, model: Stage) -> None:
        """Fill a fund that has run into deficit from the central budget."""
        fund = model.counties["medical_fund"]
        deficit = float(-np.minimum(fund, 0.0).sum())
        model.treasury.entitle_central(self.name, deficit, "fund_balance")
        np.maximum(fund, 0.0, out=fund)
