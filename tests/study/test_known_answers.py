"""Functions whose answer is known, through the very path of ``povsim sweep`` and ``search``.

Only the simulation is replaced: designs, worlds, run files, tables and indices are the real ones.
"""

from functools import partial

import numpy as np
import pytest

import povsim
from povsim.config.composition import Composition
from povsim.config.levers import known_factors
from povsim.study.runs import bench
from povsim.study.runs.runner import run_missing
from povsim.study.searches.search import OBJECTIVES
from tests.study import stubs

NAMES = ["hazards.illness_rate", "hazards.accident_rate", "hazards.weather_rate"]
ARMS = ["hold", "direct_transfers"]
FACTORS = [known_factors(Composition(None))[name] for name in NAMES]


def units_of(spec):
    hazards = spec.world.hazards
    return np.array([f.unit(getattr(hazards, f.name.partition(".")[2])) for f in FACTORS])


def functions(spec):
    """Ishigami's function, a linear one, and a box in which the second arm does worse."""
    u = units_of(spec)
    a, b, c = np.pi * (2.0 * u - 1.0)
    ishigami = np.sin(a) + 7.0 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)
    planted = 1.0 if u[0] < 0.4 and u[1] > 0.5 else -1.0
    worse = planted if spec.scenario.name == "direct_transfers" else 0.0
    return stubs.outcome(
        spec, {"relapse_rate": ishigami + worse, "gini": u @ [1.0, 2.0, 4.0], "fiscal_cost": 1.0}
    )


@pytest.fixture(scope="module")
def swept():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench, "run_missing", partial(run_missing, runner=functions))
        yield povsim.sweep(
            ARMS,
            NAMES,
            design="sobol",
            n=256,
            seeds=1,
            years=1,
            overrides=["experiment.outcomes=[relapse_rate,gini]", "households=300"],
            workers=1,
            quiet=True,
        )


def indices(swept, measure, index):
    s = swept.sensitivity
    rows = s[(s["measure"] == measure) & (s["scenario"] == "hold") & (s["index"] == index)]
    return rows.set_index("factor")["value"].reindex(NAMES).to_numpy()


def test_ishigamis_function_has_its_indices(swept):
    assert indices(swept, "relapse_rate", "S1") == pytest.approx([0.3139, 0.4424, 0.0], abs=0.09)
    assert indices(swept, "relapse_rate", "ST") == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.09)


def test_a_linear_model_has_squared_weights_as_shares(swept):
    shares = np.array([1.0, 4.0, 16.0]) / 21.0
    assert indices(swept, "gini", "S1") == pytest.approx(shares, abs=0.04)
    assert indices(swept, "gini", "ST") == pytest.approx(shares, abs=0.04)


def test_the_planted_box_is_where_the_arm_fails(swept):
    box = swept.boxes["direct_transfers"]
    (_, first), (second, _) = (box.limits[name] for name in NAMES[:2])
    assert FACTORS[0].unit(first) == pytest.approx(0.4, abs=0.05)
    assert FACTORS[1].unit(second) == pytest.approx(0.5, abs=0.05)
    assert NAMES[2] not in box.limits
    assert box.density > 0.95


def test_points_tell_the_difference_at_each_point(swept):
    rows = swept.points.query("measure == 'relapse_rate' and scenario == 'direct_transfers'")
    unit = np.column_stack([[f.unit(v) for v in swept.plan.design[f.name]] for f in FACTORS])
    expected = np.where((unit[:, 0] < 0.4) & (unit[:, 1] > 0.5), 1.0, -1.0)
    np.testing.assert_allclose(rows["difference"], expected)


def test_a_failed_point_is_a_row_and_is_left_out_of_boxes(monkeypatch):
    def some_fail(spec):
        return stubs.fails(spec) if spec.world.name == "p03" else functions(spec)

    monkeypatch.setattr(bench, "run_missing", partial(run_missing, runner=some_fail))
    words = ["experiment.outcomes=[relapse_rate]", "households=300"]
    found = povsim.sweep(ARMS, NAMES, n=24, seeds=1, years=1, overrides=words, workers=1)
    assert found.failed == 2
    assert found.points.query("point == 'p03'")["difference"].isna().all()
    assert set(found.sensitivity["n"]) == {23}


def mixed(spec):
    """Cash is all that lowers relapse, training all that lowers relative poverty."""
    share = {use.name: use.share for use in spec.scenario.programmes}
    cash, training = share.get("targeted_cash", 0.0), share.get("vocational_training", 0.0)
    done = stubs.outcome(spec, {OBJECTIVES[0]: 1.0 - cash, OBJECTIVES[1]: 1.0 - training})
    done.fiscal_cost_pv = sum(share.values())
    return done


def test_the_search_finds_the_front_on_which_no_money_is_wasted(monkeypatch):
    monkeypatch.setattr(bench, "run_missing", partial(run_missing, runner=mixed))
    words = ["search.points=24", "search.generations=20", "search.kept=2", "search.futures=2"]
    words += ["vary=[hazards.illness_rate]", "households=300"]
    found = povsim.search(
        ["targeted_cash", "vocational_training", "early_warning"],
        seeds=1,
        years=1,
        overrides=words,
        workers=1,
    )
    mixes = found.mixes
    wasted = mixes[list(OBJECTIVES)].sum(axis=1) - 2.0  # what early warning costs, 0 on the front
    last = mixes["generation"] == mixes["generation"].max()
    assert wasted.min() >= -1e-9
    assert wasted[mixes["generation"] == 1].mean() > 0.15
    assert wasted[last & mixes["front"]].mean() < 0.06
    assert mixes[mixes["front"]]["targeted_cash"].agg(np.ptp) > 0.7


def test_a_search_with_a_failed_run_is_told_in_one_line(monkeypatch):
    from povsim.errors import RunsFailedError

    monkeypatch.setattr(bench, "run_missing", partial(run_missing, runner=stubs.fails))
    with pytest.raises(RunsFailedError, match=r"mix, seed 1: ValueError: no; a traceback is in"):
        povsim.search(seeds=1, years=1, overrides=["households=300"], workers=1, quiet=True)
