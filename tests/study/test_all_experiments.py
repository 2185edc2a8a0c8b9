"""All pre-registered experiments run to their verdicts."""

import pytest

from povsim.config import compose
from povsim.machine import yaml_files
from povsim.study.comparison.experiment import Experiment
from povsim.study.comparison.study import run_study
from povsim.study.runs.spec import RunSpec

NAMES = sorted(yaml_files.files("experiments"))
SMALL = ["size=classroom", "households=400", "years=1", "seeds=1", "workers=1"]


@pytest.mark.parametrize("name", NAMES)
def test_an_experiment_runs_to_its_verdicts(name):
    study = run_study(compose([f"experiment={name}", *SMALL]))
    assert study.failed == 0, study.runs["error"].unique()
    assert set(study.verdicts["verdict"]) <= {"matched", "contradicted", "inconclusive"}
    assert len(study.verdicts) == len(study.experiment.hypotheses)
    measured = set(study.annual["measure"])
    for outcome in study.experiment.outcomes:
        assert outcome in measured or outcome.startswith("warning_"), outcome
    assert {h.measure for h in study.experiment.hypotheses} <= measured | {
        "warning_true_positive_rate"
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_two_arms_are_the_same_run(name):
    request = compose([f"experiment={name}", *SMALL])
    experiment = Experiment.from_mapping(name, request.experiment)
    dials = {arm: dial.start for arm, dial in experiment.dials.items()}
    runs = {}
    for s in request.scenarios:
        spec = RunSpec(request.world_of(s.name), s, 1, 12 * request.years)
        key = (spec.run_id(), dials.get(s.name))  # what is turned from elsewhere ends apart
        assert key not in runs, f"{s.name} is {runs[key]}"
        runs[key] = s.name
