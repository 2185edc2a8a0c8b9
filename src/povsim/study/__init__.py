"""Run one, run many, pair them, hold costs and expectations against the outcome."""

import warnings
from typing import Any

from povsim.study.comparison.experiment import Experiment, Hypothesis
from povsim.study.comparison.study import Study, output_folder, run_study
from povsim.study.futures import branching_futures, vulnerability
from povsim.study.runs.runner import run_many
from povsim.study.runs.spec import Outcome, RunSpec, run_one
from povsim.study.searches.search import Search, run_search
from povsim.study.sweeps.sweep import Sweep, run_sweep

__all__ = [
    "Experiment",
    "Hypothesis",
    "Outcome",
    "RunSpec",
    "Search",
    "Study",
    "Sweep",
    "branching_futures",
    "compare",
    "output_folder",
    "run_many",
    "run_one",
    "run_search",
    "run_study",
    "run_sweep",
    "vulnerability",
]


def __getattr__(name: str) -> Any:
    """Return what has moved, and say where to."""
    if name == "compare":
        import povsim

        warnings.warn("povsim.study.compare is povsim.compare", DeprecationWarning, stacklevel=2)
        return povsim.compare
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
