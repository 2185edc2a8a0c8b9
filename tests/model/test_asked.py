"""What cannot be run is told before anything is drawn."""

import pytest

import povsim
from povsim.errors import UserError
from povsim.model import PovertyModel

SMALL = ["scenario=hold", "households=300"]


@pytest.mark.parametrize("seed", [-1, 1.5])
def test_a_seed_that_is_none_is_told(seed):
    with pytest.raises(ValueError, match=f"seed={seed}; allowed: a whole number from 0"):
        PovertyModel.from_config(SMALL, seed=seed)


@pytest.mark.parametrize("months", [-3, 0.5])
def test_months_that_cannot_be_run_are_told(months):
    model = PovertyModel.from_config(SMALL)
    with pytest.raises(ValueError, match=r"allowed: a whole number of months, 0 or more"):
        model.run_for(months)
    assert model.month == 0


@pytest.mark.parametrize(
    ("names", "told"), [([], "baseline first"), (["hold", "hold"], "hold is twice")]
)
@pytest.mark.parametrize("ask", [povsim.compare, povsim.sweep])
def test_a_comparison_of_nothing_or_of_the_same_is_told(ask, names, told):
    with pytest.raises(UserError, match=told):
        ask(names, years=1)
