"""What a relapse averted and a yuan of poverty gap closed cost, by hand."""

import numpy as np
import pandas as pd
import pytest

from povsim.study.comparison.cost import averted
from povsim.study.runs.gather import Digest
from povsim.study.runs.panel import Panel

COST = {"floor": 100.0, "cash": 160.0, "jobs": 180.0}
GAP = {"floor": 50.0, "cash": 20.0, "jobs": 10.0}


def finished(arm, seed):
    falls = {"relapse": np.full(24, {"floor": 3.0, "cash": 2.0, "jobs": 1.0}[arm])}
    return Digest(f"{arm}{seed}", arm, "w", seed, months=24, falls=falls)


def test_costs_are_ratios_of_what_was_spent_and_achieved_since_the_start():
    runs = [finished(arm, seed) for arm in COST for seed in (1, 2)]
    rows = [
        {"scenario": arm, "world": "w", "seed": seed, "year": year, "measure": measure}
        | {"group": "all", "region": "all", "value": of[arm]}
        for arm in COST
        for seed in (1, 2)
        for year in (2021, 2022)
        for measure, of in (("fiscal_cost", COST), ("poverty_gap_yuan", GAP))
    ]
    panel = Panel.from_frame(pd.DataFrame(rows))
    table = averted(runs, panel, "floor", ["cash", "jobs"], "cash")
    found = table[table["year"] == 2022].set_index(["measure", "scenario"])["value"]
    assert found["cost_per_gap_yuan", "cash"] == pytest.approx(60 / 30)
    assert found["cost_per_gap_yuan", "jobs"] == pytest.approx(80 / 40)
    assert found["cost_per_relapse_averted", "cash"] == pytest.approx(120 / 24)
    assert found["cost_per_relapse_averted", "jobs"] == pytest.approx(160 / 48)
