"""Hold the expected signs against what came out."""

import math
from collections.abc import Mapping

import pandas as pd

from povsim.study.comparison.effects import contrast
from povsim.study.comparison.experiment import Experiment, Hypothesis
from povsim.study.runs.panel import Panel, as_panel

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

UNSEEN = "?"
"""Observed where the interval decides nothing."""


def verdicts(annual: pd.DataFrame | Panel, experiment: Experiment, first_year: int) -> pd.DataFrame:
    """Return one row a hypothesis: matched, contradicted or inconclusive.

    A sign is observed when the 95 % interval of the paired difference excludes zero. Under ``=``
    with a margin, equality is observed when the 90 % interval lies within the margin (two
    one-sided tests at 5 %), and its contrary when that interval lies wholly outside. Where a sign
    was expected and there is no difference at all (nobody is poor under either arm), no falsifier
    is met: ``observed`` is ``=``, the verdict inconclusive. A hypothesis whose year was not run is
    inconclusive, and ``observed`` says so.
    """
    panel = as_panel(annual)
    rows = [_verdict(panel, h, first_year) for h in experiment.hypotheses]
    return pd.DataFrame(rows, columns=VERDICTS)


def _verdict(annual: Panel, h: Hypothesis, first_year: int) -> dict[str, object]:
    year = first_year + h.year - 1
    d = contrast(annual, h.terms(), first_year)
    observed = not_run(annual, h, first_year)
    verdict = "inconclusive"
    if not observed:
        observed = _observed(h, d)
        if observed == h.expected:
            verdict = "matched"
        elif observed in ("<", ">"):
            verdict = "contradicted"
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


def _observed(h: Hypothesis, d: Mapping[str, float]) -> str:
    if h.margin > 0.0:
        return equivalent(d["difference"], d["reach"], h.margin)
    return sign(d["difference"], d["ci_low"], d["ci_high"])


def not_run(annual: Panel, h: Hypothesis, first_year: int) -> str:
    """Return why a hypothesis cannot be judged by what was run, or nothing."""
    years = annual.years()
    asked = max(term.year for term in h.terms())
    last = years[-1] - first_year + 1 if years else 0
    return f"not run (year {asked}, the run ends in year {last})" if asked > last else ""


def equivalent(difference: float, reach: float, margin: float) -> str:
    """Return ``=`` within the margin, ``<`` or ``>`` wholly outside it, else ``?``.

    ``reach`` is half the 90 % interval: the interval lies within the margin exactly when both
    one-sided tests at 5 % reject a difference as large as the margin.
    """
    if math.isnan(difference) or math.isnan(reach):
        return UNSEEN
    low, high = difference - reach, difference + reach
    if -margin <= low and high <= margin:
        return "="
    if high < -margin:
        return "<"
    return ">" if low > margin else UNSEEN


def sign(difference: float, low: float, high: float) -> str:
    """Return ``<``, ``>``, ``=`` (exactly zero) or ``?`` (the interval holds zero)."""
    if math.isnan(difference):
        return UNSEEN
    if difference == low == high == 0.0:
        return "="
    if high < 0.0:
        return "<"
    return ">" if low > 0.0 else UNSEEN
