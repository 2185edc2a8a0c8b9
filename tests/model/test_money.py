"""Every yuan comes from somewhere and goes somewhere."""

import numpy as np
import pytest

from povsim.money.ledger import Ledger, LedgerError
from povsim.programmes.base import Programme
from tests.model.conftest import SHARES


@pytest.mark.parametrize("name", sorted(SHARES))
def test_no_money_is_made_or_lost_in_any_scenario(build, name):
    model = build(name, 26)  # close_ledger raises if it is
    assert model.month == 26


def test_a_programme_that_pays_outside_the_ledger_is_named(build):
    model = build("hold", 1)

    class Smuggler(Programme):
        def act(self, model):
            model.households["month_income"][:] += np.float32(100)
            model.households["month_policy"][:] += np.float32(100)

    base = model.programmes.programmes[0]
    model.programmes.programmes.append(Smuggler(base.card, base.use))
    with pytest.raises(LedgerError, match="resident_pension"):
        model.step()


def test_every_arm_costs_the_same(build):
    costs = [build(n, 36).ledger.cost_pv for n in ("hold", "direct_transfers", "fiscal_leverage")]
    assert np.ptp(costs) / costs[0] < 0.005


def test_the_ledger_refuses_an_unknown_account_and_a_negative_amount():
    ledger = Ledger(0.04, 2021)
    with pytest.raises(LedgerError, match="no account"):
        ledger.move("dibao", "moon", "invested", 1.0)
    with pytest.raises(LedgerError, match="not an amount"):
        ledger.move("dibao", "central", "invested", -1.0)


def test_private_money_is_shown_but_is_no_fiscal_cost():
    ledger = Ledger(0.04, 2021)
    ledger.move("matched_leverage", "private_investors", "invested", 70.0)
    ledger.move("matched_leverage", "central", "invested", 30.0)
    ledger.close(0, 0.0, 0.0, 0.0)
    assert ledger.year_cost(2021) == 30.0
    assert ledger.year_total(2021) == 100.0
