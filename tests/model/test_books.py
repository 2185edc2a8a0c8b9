"""Funds, purses, industry capital and land agree with what is booked, whatever is combined."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from povsim.config import compose
from povsim.errors import UserError
from povsim.model import PovertyModel
from povsim.money.ledger import Ledger, LedgerError
from povsim.money.treasury import Treasury
from povsim.programmes.scenario_files import build_scenario, load_cards

CARDS = load_cards()
WORLD = compose(["size=classroom", "households=400"]).world


def model_of(programmes, seed=1):
    content = {"name": "mix", "title": {"en": "", "zh": ""}, "programmes": programmes}
    return PovertyModel(WORLD, build_scenario(content, CARDS), seed=seed)


@st.composite
def mixes(draw):
    """Any programmes in any order, with settings anywhere in their ranges."""
    names = draw(st.lists(st.sampled_from(sorted(CARDS)), min_size=3, max_size=20, unique=True))
    mix = {}
    for name in names:
        ranges = CARDS[name].parameters
        chosen = draw(st.lists(st.sampled_from(sorted(ranges)), max_size=4)) if ranges else []
        mix[name] = {
            key: draw(st.floats(ranges[key].low, ranges[key].high, allow_subnormal=False))
            for key in dict.fromkeys(chosen)
        }
        if CARDS[name].kind == "discretionary":
            mix[name]["share"] = draw(st.floats(0.0, 1.0)) / len(names)
    land = mix.get("land_quota_trading", {})
    if "village_share" in land:
        land["household_share"] = 0.4 * (1.0 - land["village_share"])
    elif "household_share" in land:
        land["village_share"] = 0.4 * (1.0 - land["household_share"])
    return mix


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(mixes(), st.integers(0, 99))
def test_stocks_agree_with_bookings_in_random_mixes_with_random_settings(mix, seed):
    model_of(mix, seed).run_for(14)


def test_stocks_agree_with_bookings_when_everything_runs_at_once():
    spenders = [name for name, card in CARDS.items() if card.kind == "discretionary"]
    model_of({n: {"share": 1 / len(spenders)} if n in spenders else {} for n in CARDS}).run_for(14)


MUTATIONS = [
    ("matched_leverage", "fund_balance"),
    ("matched_leverage", "invested"),
    ("credit_guarantee", "fund_balance"),
    ("credit_guarantee", "lent"),
    ("direct_investment", "invested"),
    ("micro_credit", "fund_balance"),
    ("medical_insurance", "medical_providers"),
    ("income_insurance", "fund_balance"),
    ("land_quota_trading", "county_budget"),
    ("land_quota_trading", "fund_balance"),
    ("enterprise_loans", "lent"),
]


@pytest.mark.parametrize(("name", "use"), MUTATIONS)
def test_a_booking_that_is_not_what_was_done_is_found_by_name(monkeypatch, name, use):
    true_move = Ledger.move

    def wrong(self, programme, source, kind, amount):
        wrong_one = programme == name and kind == use
        true_move(self, programme, source, kind, amount * (1.001 if wrong_one else 1.0))

    monkeypatch.setattr(Ledger, "move", wrong)
    share = {"share": 1.0} if CARDS[name].kind == "discretionary" else {}
    easy = {"hurdle_return": 0.0} if "hurdle_return" in CARDS[name].parameters else {}
    with pytest.raises(LedgerError, match=name):
        model_of({name: share | easy}).run_for(13)


def test_money_that_leaves_a_purse_without_a_booking_is_found_by_name(monkeypatch):
    def carry_half(self, programme, purse):
        self.ledger.move(programme, "central", "unspent", purse.fresh)
        purse.carried += 0.5 * purse.fresh
        purse.fresh = 0.0

    monkeypatch.setattr(Treasury, "carry_over", carry_half)
    with pytest.raises(LedgerError, match="matched_leverage: purse"):
        model_of({"matched_leverage": {"share": 1.0}}).run_for(1)


def test_two_guarantees_pay_for_their_own_capital_only():
    easy = {"share": 0.5, "hurdle_return": 0.0}
    model = model_of({"matched_leverage": easy, "credit_guarantee": easy})
    model.run_for(24)
    backed = sum(p.backed for p in model.programmes.programmes)
    assert backed.sum() > 0.0
    assert (backed <= model.places["industry_private"] * (1.0 + 1e-9)).all()


def test_more_than_all_revenue_cannot_be_given_away():
    with pytest.raises(UserError, match="at most 1"):
        model_of({"land_quota_trading": {"village_share": 1.0}})
