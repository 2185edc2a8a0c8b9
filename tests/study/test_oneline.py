"""A comparison, a sweep and a search are one line of Python each."""

import copy
import gc
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import povsim
from povsim.machine.yaml_files import USER_FOLDER

SMALL = ["households=300", "years=1", "seeds=1", "workers=1"]


def test_a_sweep_returns_the_tables_of_its_files(tmp_path):
    vary = [{"name": "hazards.illness_rate", "low": 0.03, "high": 0.08}, "behaviour/trap"]
    found = povsim.sweep(["hold"], vary, "grid", overrides=[*SMALL, "levels=2"], folder=tmp_path)
    assert len(found.plan.design) == 6
    assert found.plan.design["hazards.illness_rate"].unique().tolist() == [0.03, 0.08]
    for name in ("points", "runs", "regret"):
        table = getattr(found, name).reset_index(drop=True)
        read = pd.read_csv(tmp_path / f"{name}.csv", keep_default_na=False, na_values=[""])
        assert list(read.columns) == list(table.columns)
        assert len(read) == len(table)
    assert set(found.annual["world"]) == {f"p{i}" for i in range(6)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sweep_writes_its_report(language, tmp_path):
    found = povsim.sweep(["hold"], ["behaviour/trap"], "grid", overrides=SMALL)
    page = found.report(tmp_path / "out", language)
    assert page == tmp_path / "out" / "report.html"
    assert found.plan.titles["behaviour/trap"][language] in page.read_text(encoding="utf-8")
    assert (tmp_path / "out" / "points.csv").is_file()
    assert not (tmp_path / "out" / "runs").exists()


def test_what_nobody_keeps_is_removed():
    found = povsim.sweep(["hold"], ["behaviour/trap"], "grid", overrides=SMALL)
    home = found.home
    assert found.annual["value"].notna().any()
    del found
    assert not home.exists()


def test_a_search_returns_its_tables_and_goes_on_where_it_was(tmp_path):
    words = ["search.points=4", "search.generations=1", "search.kept=1", "search.futures=2"]
    programmes = ["targeted_cash", "vocational_training"]
    found, again = (
        povsim.search(programmes, "hold", overrides=[*SMALL, *words], folder=tmp_path)
        for _ in range(2)
    )
    assert len(found.mixes) == 4
    assert found.mixes["front"].any()
    assert set(found.marginal["programme"]) == set(programmes)
    pd.testing.assert_frame_equal(found.mixes, again.mixes)
    pd.testing.assert_frame_equal(found.futures, again.futures)
    page = found.report(tmp_path / "page")
    assert "</html>" in page.read_text(encoding="utf-8")
    assert len(pd.read_csv(page.parent / "mixes.csv")) == 4


@pytest.mark.parametrize("folder", [None, "kept"])
def test_a_mistake_is_told_before_anything_is_made(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=r"nearest: hazards.illness_rate"):
        povsim.sweep(["hold"], ["hazards.ilness_rate"], folder=folder)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "names",
    [("hold", "cliff"), np.array(["hold", "cliff"]), pd.Series(["hold", "cliff"])],
)
def test_scenarios_may_be_named_in_any_kind_of_list(names):
    found = povsim.compare(names, overrides=(word for word in SMALL), quiet=None)
    assert found.experiment.scenarios == ("hold", "cliff")


def test_numbers_of_numpys_ask_for_the_same_study():
    one, seeds = np.int64(1), np.int32(2)
    found = povsim.compare(["hold"], seeds, one, SMALL[:1], workers=one, quiet=True)
    plain = povsim.compare(["hold"], 2, 1, SMALL[:1], workers=1, quiet=True)
    assert found.runs["run_id"].tolist() == plain.runs["run_id"].tolist()


def test_names_are_taken_whole(tmp_path, monkeypatch):
    names = ["坚持", "a b", "a,b", "it's"]
    (tmp_path / "scenarios").mkdir()
    for name in names:
        (tmp_path / "scenarios" / f"{name}.yaml").write_text("programmes: {dibao: {}}\n")
    monkeypatch.setenv(USER_FOLDER, str(tmp_path))
    assert povsim.compare(names, overrides=SMALL).experiment.scenarios == tuple(names)


def test_scenarios_are_compared_as_an_experiment_without_a_reference_says():
    found = povsim.compare(["hold", "cliff"], overrides=["experiment=replay", *SMALL])
    assert (found.experiment.name, found.experiment.reference) == ("replay", None)
    assert found.experiment.scenarios == ("hold", "cliff")


STUDIES = {
    "study": lambda: povsim.compare(["hold"], overrides=SMALL, quiet=True),
    "sweep": lambda: povsim.sweep(["hold"], ["behaviour/trap"], "grid", overrides=SMALL),
}


@pytest.mark.parametrize("make", STUDIES.values(), ids=STUDIES)
def test_a_pickle_takes_the_files_along(make, tmp_path):
    found = make()
    annual, text = found.annual, pickle.dumps(found)
    del found
    there = pickle.loads(text)
    pd.testing.assert_frame_equal(there.annual, annual)
    assert there.report(tmp_path / "out").is_file()


def test_copies_keep_the_files_until_the_last_of_them_is_gone():
    found = STUDIES["sweep"]()
    home, others = str(found.home), [copy.copy(found), copy.deepcopy(found)]
    del found
    assert Path(home).exists()
    others.clear()
    gc.collect()
    assert not Path(home).exists()
