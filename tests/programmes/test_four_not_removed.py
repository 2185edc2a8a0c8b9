"""Four things not removed: each, taken away alone, worsens what its mechanism moves."""

from functools import cache

import pytest

from povsim.config import compose
from povsim.model import PovertyModel

FOUR = ("responsibility", "help_teams", "supervision")


@cache
def run(without="", months=24):
    """Return a model with all of them but one, and warning beside."""
    kept = [f"+scenario.programmes.{name}={{}}" for name in FOUR if name != without]
    request = compose(
        [
            "scenario=hold",
            "size=classroom",
            "households=1500",
            "scenario.programmes.targeted_cash.share=0.2",
            "+scenario.programmes.early_warning={share: 0.1}",
            *kept,
        ]
    )
    model = PovertyModel(request.world, request.scenario, seed=4)
    model.run_for(months)
    return model


def booked(model, use):
    table = model.ledger.table()
    return table["amount_yuan"][(table["use"] == use) & (table["source"] != "county")].sum()


def warning(model):
    return next(p for p in model.programmes.programmes if p.name == "early_warning")


def late(model):
    return 1.0 - model.rates.reaching("social")


def test_ordinary_diligence_leaves_money_late():
    request = compose(["scenario=hold", "size=classroom", "households=600"])
    model = PovertyModel(request.world, request.scenario, seed=4)
    model.run_for(2)
    assert late(model) == pytest.approx(1.0 - model.world.fiscal.delivery)
    waiting = sum(p.purse.available for p in model.programmes.programmes if p.discretionary)
    rest = model.programmes.envelope(model) - model.treasury.entitlements
    assert waiting > 0.2 * rest


def test_without_responsibility_more_money_is_late():
    assert late(run("responsibility")) > 1.2 * late(run())


def test_without_help_teams_money_is_late_and_management_learns_less():
    assert late(run("help_teams")) > late(run())
    management = [run(w).places["management"].mean() for w in ("help_teams", "")]
    assert management[0] < management[1]


def test_without_supervision_more_leaks():
    assert booked(run("supervision"), "leakage") > 1.1 * booked(run(), "leakage")


@pytest.mark.parametrize("dial", ["help_teams", "supervision"])
def test_without_help_teams_or_supervision_officers_notice_less(dial):
    models = [run(dial, months=2), run(months=2)]
    assert (
        warning(models[0]).noticing(models[0]).mean()
        < warning(models[1]).noticing(models[1]).mean()
    )


def test_without_policy_registered_people_live_less_on_it():
    shares = []
    for scenario in ("hold", "cliff"):
        request = compose([f"scenario={scenario}", "size=classroom", "households=600"])
        model = PovertyModel(request.world, request.scenario, seed=4)
        model.run_for(60)
        a = model.annual
        of = a["measure"].eq("policy_income_share") & a["group"].eq("registered")
        shares.append(a[of & a["year"].eq(2025)]["value"].iloc[0])
    assert shares[1] < 0.9 * shares[0]


def test_money_that_is_late_in_december_lapses_in_part():
    request = compose(["scenario=hold", "size=classroom", "households=600"])
    models = []
    for lapse in (0.0, 1.0):
        world = compose(
            ["scenario=hold", "size=classroom", "households=600", f"fiscal.lapse={lapse}"]
        ).world
        models.append(PovertyModel(world, request.scenario, seed=4))
        models[-1].run_for(12)
    carried = [
        sum(p.purse.available for p in m.programmes.programmes if p.discretionary) for m in models
    ]
    lost = booked(models[1], "leakage") - booked(models[0], "leakage")
    assert lost > 0.0
    assert carried[0] - carried[1] == pytest.approx(lost, rel=1e-3)
