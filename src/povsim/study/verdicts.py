"""Hold the expected signs against what came out."""

import math

import pandas as pd

from povsim.study.effects import contrast
from povsim.study.experiment import Experiment, Hypothesis
from povsim.study.panel import Panel, as_panel

VERDICTS = [
    "hypothesis",
    "expected",
    "observed",
    "verdict",
    "difference",
    "ci_low",
    "ci_high",
    "measure",
    "group",
    "region",
    "year",
    "scenario",
    "versus",
    "statement_en",
    "statement_zh",
]


def verdicts(annual: pd.DataFrame | Panel, experiment: Experiment, first_year: int) -> pd.DataFrame:
    """Return one row a hypothesis: matched, contradicted or inconclusive.

    A sign is observed when the 95 % interval of the paired difference excludes zero; a
    hypothesis whose year was not run is inconclusive.
    """
    panel = as_panel(annual)
    rows = [_verdict(panel, h, first_year) for h in experiment.hypotheses]
    return pd.DataFrame(rows, columns=VERDICTS)


def _verdict(annual: Panel, h: Hypothesis, first_year: int) -> dict[str, object]:
    year = first_year + h.year - 1
    d = contrast(annual, h.terms(), first_year)
    observed = sign(d["difference"], d["ci_low"], d["ci_high"])
    verdict = "inconclusive"
    if observed != "?":
        verdict = "matched" if observed == h.expected else "contradicted"
    return {
        "hypothesis": h.id,
        "expected": h.expected,
        "observed": observed,
        "verdict": verdict,
        "difference": d["difference"],
        "ci_low": d["ci_low"],
        "ci_high": d["ci_high"],
        "measure": h.measure,
        "group": h.group,
        "region": h.region,
        "year": year,
        "scenario": h.scenario or " ".join(f"{w:+g} {arm}" for arm, w in h.contrast.items()),
        "versus": h.versus,
        "statement_en": h.statement.get("en", ""),
        "statement_zh": h.statement.get("zh", ""),
    }


def sign(difference: float, low: float, high: float) -> str:
    """Return ``<``, ``>``, ``=`` (exactly zero) or ``?`` (the interval holds zero)."""
    if math.isnan(difference):
        return "?"
    if difference == low == high == 0.0:
        return "="
    if high < 0.0:
        return "<"
    return ">" if low > 0.0 else "?"
