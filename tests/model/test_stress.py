"""Bad years strike what they should, when they should, and leave everybody's luck alone."""

import numpy as np
import pytest

from povsim.params import World
from povsim.params.stress import Stress
from povsim.state.economy import Economy

BEGINS = 12


def with_stress(**numbers):
    return World(households=1500, stress=Stress(start=1.0, years=1.0, **numbers))


def cases(build, months, **numbers):
    """Return the ill households month by month under bad years."""
    model = build("hold", months=1, world=with_stress(**numbers))
    ill = [model.households["out_of_pocket"] > 0.0]
    for _ in range(months - 1):
        model.run_for(1)
        ill.append(model.households["out_of_pocket"] > 0.0)
    return ill


def test_bad_years_begin_and_end_when_they_should():
    economy = Economy(World(stress=Stress(start=1.5, years=2.0)))
    assert [m for m in range(60) if economy.in_bad_years(m)] == list(range(18, 42))


def test_without_bad_years_the_months_before_them_are_the_same(build):
    plain = build("hold", months=BEGINS, world=with_stress())
    bad = build("hold", months=BEGINS, world=with_stress(growth_loss=0.05, illness_factor=3.0))
    for name in plain.households.columns:
        np.testing.assert_array_equal(plain.households[name], bad.households[name], err_msg=name)


def test_a_downturn_takes_its_points_off_growth_and_gives_none_back(build):
    plain = build("hold", months=36, world=with_stress())
    bad = build("hold", months=36, world=with_stress(growth_loss=0.04))
    assert np.log(plain.economy.level / bad.economy.level) == pytest.approx(0.04)
    assert bad.economy.growth == plain.economy.growth


def test_a_downturn_costs_jobs(build):
    plain = build("hold", months=24, world=with_stress())
    bad = build("hold", months=24, world=with_stress(growth_loss=0.04))
    rate = "measure == 'job_separation_rate' and year == 2022"
    lost = [float(m.annual.query(rate)["value"].iloc[0]) for m in (plain, bad)]
    assert lost[1] > 1.2 * lost[0]


def test_an_epidemic_makes_others_ill_beside_those_who_would_have_been(build):
    plain = cases(build, 18)
    bad = cases(build, 18, illness_factor=2.0)
    first = BEGINS
    assert np.all(bad[first][plain[first]])
    assert sum(x.sum() for x in bad[first:]) > 1.5 * sum(x.sum() for x in plain[first:])


def test_a_drought_strikes_more_places(build):
    plain = build("hold", months=20, world=with_stress())
    dry = build("hold", months=20, world=with_stress(weather_factor=4.0))
    struck = [(m.places["weather_loss"] > 0.0).sum() for m in (plain, dry)]
    assert struck[1] > 2 * struck[0]
