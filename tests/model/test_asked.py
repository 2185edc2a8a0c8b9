"""What cannot be run is told before anything is drawn."""

import re
from pathlib import Path

import numpy as np
import pytest

import povsim
from povsim.errors import UserError
from povsim.model import PovertyModel

SMALL = ["scenario=hold", "households=300"]


@pytest.mark.parametrize("seed", [-1, 1.5, True, float("nan"), 2**64])
def test_a_seed_that_is_none_is_told(seed):
    with pytest.raises(ValueError, match=f"seed={seed}; allowed: a whole number from 0"):
        PovertyModel.from_config(SMALL, seed=seed)


@pytest.mark.parametrize("months", [-3, 0.5, True, "3", None, float("nan"), float("inf")])
def test_months_that_cannot_be_run_are_told(months):
    model = PovertyModel.from_config(SMALL)
    with pytest.raises(ValueError, match=r"allowed: a whole number of months, 0 or more"):
        model.run_for(months)
    assert model.month == 0


@pytest.mark.parametrize("months", [0, 1.0, np.int64(1), np.float64(1.0)])
def test_a_whole_number_of_any_kind_is_run(months, recwarn):
    model = PovertyModel.from_config(SMALL)
    model.run_for(months)
    assert model.month == months
    assert not recwarn.list


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], "baseline first"),
        (["hold", "hold"], "hold is twice"),
        ({"hold"}, "scenarios={'hold'}; allowed: an experiment, or a list"),
        (None, "scenarios=None; allowed: an experiment, or a list"),
        (Path("hold"), "allowed: an experiment, or a list"),
        ([Path("hold")], "allowed: an experiment, or a list"),
        (["hold", "clif"], "nearest: cliff"),
        ("credits", "nearest: credit"),
    ],
)
@pytest.mark.parametrize("ask", [povsim.compare, povsim.sweep])
def test_a_comparison_of_nothing_or_of_the_same_is_told(ask, names, told):
    with pytest.raises(UserError, match=told):
        ask(names, years=1)


@pytest.mark.parametrize(
    ("what", "asked", "told"),
    [
        ("credit", {"overrides": ["experiment=leverage_tools"]}, "argument what"),
        (["hold"], {"overrides": ["scenario=cliff"]}, "scenario=cliff; allowed: in the argument"),
        (["hold"], {"overrides": ["experiment.scenarios=[cliff]"]}, "argument what"),
        (["hold"], {"seeds": 2, "overrides": ["seeds=1"]}, "seeds=1; allowed: in the argument"),
        (["hold"], {"overrides": ["checks=all"]}, "povsim run"),
        (["hold"], {"overrides": ["out=here"]}, "out=here; allowed: in "),
        (["hold"], {"overrides": "seed=1"}, "overrides='seed=1'; allowed: a list"),
        (["hold"], {"overrides": {"seed": 1}}, "allowed: a list of overrides"),
        (["hold"], {"overrides": None}, "allowed: a list of overrides"),
        (["hold"], {"overrides": [3]}, "overrides=3; allowed: a list of overrides"),
        (["hold"], {"seeds": "3"}, "seeds='3'; allowed: a whole number, 1 or more"),
        (["hold"], {"years": True}, "years=True; allowed: a whole number, 1 to 60"),
        (["hold"], {"workers": np.int64(-1)}, "workers=-1; allowed: a whole number"),
        (["hold"], {"seeds": 2, "overrides": [f"seed={2**64 - 1}"]}, f"seed={2**64}; allowed"),
    ],
)
@pytest.mark.parametrize("ask", [povsim.compare, povsim.sweep])
def test_what_contradicts_itself_is_told(ask, what, asked, told):
    with pytest.raises(UserError, match=re.escape(told)):
        ask(what, **asked)


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: povsim.sweep(["hold"], "hazards.illness_rate"), "allowed: a list of parameters"),
        (lambda: povsim.sweep(["hold"], ["x"], overrides=["vary=[y]"]), "vary=[y]; allowed: in"),
        (lambda: povsim.sweep(["hold"], n=True), "n=True; allowed: a whole number"),
        (lambda: povsim.search("targeted_cash"), "allowed: a list of two or more"),
        (lambda: povsim.search(scenario="hold", overrides=["scenario=cliff"]), "argument scenario"),
    ],
)
def test_what_a_sweep_or_a_search_cannot_take_is_told(ask, told):
    with pytest.raises(UserError, match=re.escape(told)):
        ask()
