"""Hazards of the first fall by scenario, from the person-spell table."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from povsim.study.runs.gather import KINDS, Digest

SPELLS = [
    "scenario",
    "kind",
    "month",
    "at_risk_persons",
    "fell_persons",
    "hazard",
    "cumulative_hazard",
    "ever_fallen_share",
]


def hazards(outcomes: Sequence[Digest]) -> pd.DataFrame:
    """Return hazards of the first fall by scenario, kind and month, persons over all seeds.

    At risk are persons outside poverty at the start who have not fallen yet. The cumulative
    hazard is Nelson's and Aalen's, the ever-fallen share one less Kaplan's and Meier's curve
    (see :mod:`povsim.measures`). Months are counted from 0.
    """
    rows = []
    for scenario in dict.fromkeys(o.scenario for o in outcomes):
        runs = [o for o in outcomes if o.scenario == scenario and o.status == "ok"]
        for kind in KINDS:
            start = sum(o.at_risk.get(kind, 0.0) for o in runs)
            if start > 0.0:
                rows.append(_curve(runs, scenario, kind, start))
    return pd.concat(rows, ignore_index=True)[SPELLS] if rows else pd.DataFrame(columns=SPELLS)


def _curve(runs: Sequence[Digest], scenario: str, kind: str, start: float) -> pd.DataFrame:
    """Return one curve, a row for every month."""
    months = max(o.months for o in runs)
    fell = np.zeros(months)
    for o in runs:
        fell[: o.months] += o.first_falls[kind]
    at_risk = start - np.concatenate([[0.0], np.cumsum(fell)[:-1]])
    hazard = fell / at_risk
    return pd.DataFrame(
        {
            "scenario": scenario,
            "kind": kind,
            "month": np.arange(months),
            "at_risk_persons": at_risk,
            "fell_persons": fell,
            "hazard": hazard,
            "cumulative_hazard": np.cumsum(hazard),
            "ever_fallen_share": 1.0 - np.cumprod(1.0 - hazard),
        }
    )
