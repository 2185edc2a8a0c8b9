"""Run one, run many, pair them, hold costs and expectations against the outcome."""

from povsim.study.experiment import Experiment, Hypothesis
from povsim.study.futures import branching_futures, vulnerability
from povsim.study.runner import run_many
from povsim.study.spec import Outcome, RunSpec, run_one
from povsim.study.study import Study, compare, output_folder, run_study

__all__ = [
    "Experiment",
    "Hypothesis",
    "Outcome",
    "RunSpec",
    "Study",
    "branching_futures",
    "compare",
    "output_folder",
    "run_many",
    "run_one",
    "run_study",
    "vulnerability",
]
