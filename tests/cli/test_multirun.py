"""The jobs of a multirun: every combination, each on its own."""

import pytest

from povsim.cli import main, run
from povsim.cli.multirun import combinations
from povsim.errors import RunsFailedError, UserError


@pytest.mark.parametrize(
    ("overrides", "jobs"),
    [
        ([], [[]]),
        (["seed=1", "years=2"], [["seed=1", "years=2"]]),
        (["scenario=hold,cliff"], [["scenario=hold"], ["scenario=cliff"]]),
        (["seed=range(2)"], [["seed=0"], ["seed=1"]]),
        (["seed=choice(3,1)"], [["seed=3"], ["seed=1"]]),
        (["seed=sort(3,1)"], [["seed=1"], ["seed=3"]]),
        (["seed=tag(a,choice(1,2))"], [["seed=1"], ["seed=2"]]),
        (["checks=[stress],[sign_map]"], [["checks=[stress]"], ["checks=[sign_map]"]]),
        (["size=glob([d*,s*])"], [["size='desk'"], ["size='study'"]]),
        (["~scenario.programmes.dibao"], [["~scenario.programmes.dibao"]]),
        (
            ["scenario='a b','坚持'", "seed=1,2"],
            [[f"scenario='{n}'", f"seed={s}"] for n in ("a b", "坚持") for s in (1, 2)],
        ),
    ],
)
def test_every_combination_is_a_job(overrides, jobs):
    assert combinations(overrides) == jobs


def test_a_shuffle_has_all_values():
    assert sorted(combinations(["seed=shuffle(range(4))"])) == [[f"seed={i}"] for i in range(4)]


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        (["hazards.illness_rate=interval(0,1)"], "povsim sweep takes what lies between"),
        (["seed=range(0)"], "seed=range(0); allowed: at least one value"),
        (["size=glob(x*)"], "size=glob(x*); allowed: classroom, desk, study"),
        (["seed=glob(*)"], "seed=glob(*); allowed: size, population"),
        (["seed=1,2", "seed=3"], "seed=1,2; allowed: each key once"),
        (["seed=choice()"], "key=value is needed"),
        (["seed=1,2", "hydra.sweep.dir=x"], "hydra.sweep.dir=x; allowed: nothing of hydra"),
        (["seed=1,2", "hydra/launcher=joblib"], "allowed: nothing of hydra"),
        (["seed=1,2", "--out", "x"], "out=x; allowed: one folder for each study"),
    ],
)
def test_what_cannot_be_run_is_one_line(overrides, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["run", "-m", *overrides]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert told in line
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("problem", [UserError("x", 1, "0"), RunsFailedError("gone")])
def test_a_job_that_cannot_go_on_leaves_the_others_alone(problem, monkeypatch, capsys):
    done = []

    def study(request, config_dir):
        if request.seeds[0] == 1:
            raise problem
        done.append(request.seeds[0])
        return 0

    monkeypatch.setattr(run, "_run_one", study)
    assert main(["run", "-m", "seed=range(3)"]) == 1
    assert done == [0, 2]
    assert capsys.readouterr().err == f"povsim: seed=1: {problem}\n"
