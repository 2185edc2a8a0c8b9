"""Workers may die, be stopped or be of another version: nothing is lost, nothing is hidden."""

import multiprocessing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povsim.config import compose
from povsim.study import RunSpec, run_many
from povsim.study.runs import executors
from povsim.study.runs.executors import LARGEST_BATCH, Executor, batches
from tests.study import stubs


def specs_of(seeds, arms=2):
    request = compose(["households=300", "years=1", "workers=1"])
    return [RunSpec(request.world, s, seed, 12) for seed in seeds for s in request.scenarios[:arms]]


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=40),
    st.integers(1, 5),
)
def test_batches_hold_every_run_once_in_order_and_one_population_each(seeds, workers):
    specs = [RunSpec(None, None, seed, 12) for seed in seeds]
    made = batches(specs, workers)
    assert [id(s) for batch in made for s in batch] == [id(s) for s in specs]
    for batch in made:
        assert 1 <= len(batch) <= LARGEST_BATCH
        assert len({s.seed for s in batch}) == 1


def test_what_is_left_over_is_shared_between_the_workers():
    specs = [RunSpec(None, None, seed, 12) for seed in (1, 2, 3) for _ in range(4)]
    assert [len(b) for b in batches(specs, 2)] == [4, 4, 2, 2]


def test_a_run_that_kills_its_worker_is_a_row_and_the_others_finish(tmp_path):
    specs = specs_of(range(1, 7))
    found = run_many(specs, workers=2, folder=tmp_path, runner=stubs.seed_three_dies)
    assert [o.status for o in found] == ["failed" if s.seed == 3 else "ok" for s in specs]
    assert all("worker died" in o.error for o in found if o.status == "failed")


def test_a_worker_that_dies_once_loses_nothing(tmp_path):
    mark = stubs.mark_of(multiprocessing.current_process())
    mark.unlink(missing_ok=True)
    specs = specs_of(range(1, 7))
    found = run_many(specs, workers=2, folder=tmp_path, runner=stubs.seed_three_dies_once)
    assert {o.status for o in found} == {"ok"}
    mark.unlink()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_worker_of_another_version_is_told(tmp_path, workers):
    found = run_many(specs_of([1]), workers, tmp_path, runner=stubs.of_other_code)
    assert all("another version of povsim" in o.error for o in found)
    assert not list(tmp_path.glob("*.run"))


def test_a_cluster_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr(executors, "CONNECT_SECONDS", 1)
    with pytest.raises(ValueError, match=r"executor.address=tcp://127.0.0.1:9.*running Dask"):
        run_many(specs_of([1]), executor=Executor("dask", 1, "tcp://127.0.0.1:9"))


def test_the_hash_follows_the_users_own_cards_but_no_title(tmp_path, monkeypatch):
    from povsim.machine.yaml_files import USER_FOLDER

    spec = specs_of([1], arms=1)[0]
    renamed = replace(spec.scenario, title={"en": "Another title"})
    assert RunSpec(spec.world, renamed, 1, 12).run_id() == spec.run_id()
    use = replace(spec.scenario.programmes[0], added=5.0)
    richer = replace(spec.scenario, programmes=(use, *spec.scenario.programmes[1:]))
    assert RunSpec(spec.world, richer, 1, 12).run_id() != spec.run_id()
    folder = tmp_path / "configs" / "programmes"
    folder.mkdir(parents=True)
    (folder / "dibao.yaml").write_text("changed: 1\n")
    monkeypatch.setenv(USER_FOLDER, str(tmp_path))
    assert RunSpec(spec.world, spec.scenario, 1, 12).run_id() != spec.run_id()
