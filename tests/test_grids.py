"""A grid of a few lines stands for many arms, and an effect for a contrast over them."""

import pytest

from povsim.config.arm_grids import expand
from povsim.errors import UserError

GRID = {
    "name": "d{signal}_{speed}",
    "title": {"en": "Signal {signal}, {speed}", "zh": "信号{signal}，{speed}"},
    "scenario": "entitlements_only",
    "programmes": {"early_warning": {"share": 0.2}},
    "over": {
        "signal": {"set": "early_warning.signal", "levels": [0, 0.77]},
        "speed": {
            "levels": {
                "slow": {
                    "title": {"en": "slow", "zh": "慢"},
                    "programmes": {"early_warning": {"response_days": 180}},
                },
                "fast": {"title": {"en": "fast", "zh": "快"}},
            }
        },
    },
}
TEXT = {"scenarios": ["hold"], "grids": {"warning": GRID}}


def test_every_combination_is_an_arm_with_its_settings_and_titles():
    out = expand(TEXT, "x")
    assert out["scenarios"] == ["hold", "d0_slow", "d0_fast", "d0_77_slow", "d0_77_fast"]
    arm = out["arms"]["d0_77_slow"]
    assert arm["programmes"]["early_warning"] == {
        "share": 0.2,
        "signal": 0.77,
        "response_days": 180,
    }
    assert arm["title"] == {"en": "Signal 0.77, slow", "zh": "信号0.77，慢"}
    assert "grids" not in out


def test_an_effect_is_averaged_over_what_it_does_not_name():
    effect = {"grid": "warning", "signal": {"0": -1, "0_77": 1}}
    (h,) = expand(TEXT | {"hypotheses": [{"id": "a", "effect": effect}]}, "x")["hypotheses"]
    assert h["contrast"] == {
        "d0_slow": -0.5,
        "d0_fast": -0.5,
        "d0_77_slow": 0.5,
        "d0_77_fast": 0.5,
    }


def test_the_weights_of_two_factors_are_multiplied():
    effect = {"grid": "warning", "signal": {"0": -1, "0_77": 1}, "speed": {"slow": 1, "fast": -1}}
    (h,) = expand(TEXT | {"hypotheses": [{"id": "a", "effect": effect}]}, "x")["hypotheses"]
    assert h["contrast"] == {"d0_slow": -1, "d0_fast": 1, "d0_77_slow": 1, "d0_77_fast": -1}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "d{signal}"}, "a name of its own"),
        ({"name": "d{sgnal}_{speed}"}, "placeholder"),
        ({"ovr": {}}, "nearest: over"),
        ({"over": {"signal": {"levels": [1]}}}, "no key to set"),
    ],
)
def test_a_wrong_grid_is_told(change, told):
    with pytest.raises(UserError, match=told):
        expand({"scenarios": [], "grids": {"g": GRID | change}}, "x")
