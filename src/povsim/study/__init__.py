"""Run one, run many, pair them, hold costs and expectations against the outcome."""

from povsim.study.experiment import Experiment, Hypothesis
from povsim.study.futures import branching_futures, vulnerability
from povsim.study.oneline import compare
from povsim.study.runner import run_many
from povsim.study.search import Search, run_search
from povsim.study.spec import Outcome, RunSpec, run_one
from povsim.study.study import Study, output_folder, run_study
from povsim.study.sweep import Sweep, run_sweep

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
