"""A programme with a fund of its own is its file, its card and a line among the ledger's funds."""

import numpy as np
import pytest

from povsim.model import PovertyModel
from povsim.model.conservation import Books
from povsim.money import ledger
from povsim.money.ledger import Fund, LedgerError
from povsim.programmes.base import Programme
from povsim.programmes.cards import Card, Parameter
from povsim.programmes.delivery.by_category import MEMBERS, SPECIAL, pay_units
from povsim.programmes.scenario import ProgrammeUse, Scenario
from tests.programmes.test_cards import STILL

TEXT = {"en": "Mutual aid", "zh": "互助金"}


def number(value, unit):
    return Parameter(unit, 0.0, 1e4, "a number", "assumption", "assumption", value=value)


# the card
CARD = Card(
    name="mutual_aid",
    kind="entitlement",
    family="finance",
    title=TEXT,
    mechanism=TEXT,
    eligibility=TEXT,
    unit_cost=TEXT,
    source="assumption",
    paper=(),
    parameters={
        "subsidy": number(12.0, "yuan/person/year"),
        "aid": number(0.5, "yuan/person/month"),
    },
)


# the file
class MutualAid(Programme):
    """Fill a county fund with a subsidy per person, and aid registered and edge people from it."""

    def act(self, model):
        """Take the month's subsidy in, and pay the month's aid out."""
        treasury, fund = model.treasury, model.counties["mutual_aid_fund"]
        subsidy = model.persons_by_place * self.numbers.subsidy / 12.0
        treasury.entitle(self.name, subsidy, "fund_balance", 0.0)
        paid = pay_units(model, self.numbers.aid, MEMBERS, standings=SPECIAL)
        treasury.ledger.move(
            self.name, "mutual_aid_fund", "received_by_households", treasury.represented(paid)
        )
        fund += treasury.by_county(subsidy) - treasury.by_county(paid)

    def stocks(self, model):
        """Yield the fund of mutual aid too."""
        yield from super().stocks(model)
        yield self.fund(model, "mutual_aid_fund")


@pytest.fixture
def aided(monkeypatch):
    """Return a model in which mutual aid runs."""
    # the line in the ledger
    fund = Fund("Mutual-aid fund", "互助基金", "Fund of mutual aid")
    monkeypatch.setitem(ledger.FUNDS, "mutual_aid_fund", fund)
    monkeypatch.setattr(ledger, "SOURCES", (*ledger.SOURCES, "mutual_aid_fund"))
    population = Scenario("none", {}, ())
    model = PovertyModel(STILL, population, seed=1)
    model.programmes.programmes.append(MutualAid(CARD, ProgrammeUse("mutual_aid", card=CARD)))
    model.books = Books(model)
    return model


def test_a_new_fund_is_filled_and_pays_out_under_the_eyes_of_the_books(aided):
    aided.run_for(3)
    money = aided.counties["mutual_aid_fund"]
    assert (money > 0.0).all()
    assert money.sum() < 3.0 * aided.persons_represented * 12.0 / 12.0
    assert aided.households["month_policy"].max() > 0.0


def test_a_balance_is_told_only_if_its_measure_is_declared(aided, monkeypatch):
    fund = ledger.FUNDS["mutual_aid_fund"]._replace(balance="mutual_aid_fund_balance")
    monkeypatch.setitem(ledger.FUNDS, "mutual_aid_fund", fund)
    with pytest.raises(ValueError, match=r"mutual_aid_fund_balance .*not declared"):
        aided.run_for(12)


def test_accounts_call_a_new_fund_by_its_name(aided):
    assert ledger.fund_titles()["mutual_aid_fund"]["zh"] == "互助基金"


def test_money_that_a_new_fund_loses_unbooked_is_found_by_name(aided):
    true_act = MutualAid.act

    def leaking(model):
        true_act(aided.programmes.programmes[0], model)
        np.multiply(model.counties["mutual_aid_fund"], 0.9, out=model.counties["mutual_aid_fund"])

    aided.programmes.programmes[0].act = leaking
    with pytest.raises(LedgerError, match="mutual_aid: mutual_aid_fund changed"):
        aided.run_for(1)
