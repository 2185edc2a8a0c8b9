"""What decides a run travels with it: another process needs no folder of the user's."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from povsim.config import compose, load_scenario
from povsim.machine import yaml_files
from povsim.machine.yaml_files import USER_FOLDER
from povsim.params import World
from povsim.population.blueprint import blueprint
from povsim.programmes.cards import load_card
from povsim.programmes.mix import Mix
from povsim.programmes.scenario import BEFORE_2021, ProgrammeUse, Scenario
from povsim.study.runs.spec import RunSpec, run_one

CARD, POPULATION = "configs/programmes/dibao.yaml", "configs/population/classroom.yaml"


def changed(folder, name, old, new):
    """Write a file of the project into a user's folder, with something else in it."""
    text = (yaml_files.own_folder() / name).read_text("utf-8")
    assert old in text
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """Return a user's folder with a card of one's own."""
    changed(tmp_path, CARD, "take_up: {value: 0.85", "take_up: {value: 0.44")
    return tmp_path


def spec_of(request):
    return RunSpec(request.world, request.scenario, 1, 12)


def test_a_users_card_is_part_of_the_run_and_of_its_hash(folder):
    own, users = (spec_of(compose(["scenario=hold"], where)) for where in (None, folder))
    assert own.run_id() != users.run_id()
    there = pickle.loads(pickle.dumps(users))
    assert there == users and there.run_id() == users.run_id()
    dibao = next(p for p in Mix(there.scenario).programmes if p.name == "dibao")
    assert dibao.numbers.take_up == dibao.card.parameters["take_up"].value == 0.44


def test_the_years_before_a_run_know_the_users_card_though_the_scenario_has_none(folder):
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "bare.yaml").write_text("programmes: {resident_pension: {}}\n")
    scenario = load_scenario("bare", folder)
    before = {card.name: card for card in scenario.before}
    assert list(before) == list(BEFORE_2021)
    assert before["dibao"].parameters["take_up"].value == 0.44
    plain = replace(scenario, before=tuple(map(load_card, BEFORE_2021)))
    ids = {RunSpec(World(), s, 1, 12).run_id() for s in (scenario, plain)}
    assert len(ids) == 2


def test_a_use_that_names_a_programme_alone_has_the_card_of_that_name():
    use = ProgrammeUse("dibao")
    assert use.card == load_card("dibao")
    assert pickle.loads(pickle.dumps(use)) == use


def test_a_population_of_ones_own_travels_as_text(folder, monkeypatch):
    changed(folder, POPULATION, "site_rows: 3.0", "site_rows: 5.0")
    own = blueprint("classroom")
    monkeypatch.setenv(USER_FOLDER, str(folder))
    asked = RunSpec(World(population="classroom"), Scenario("x"), 1, 12)
    monkeypatch.delenv(USER_FOLDER)
    there = pickle.loads(pickle.dumps(asked))
    assert there.run_id() == asked.run_id()
    assert blueprint("classroom", there.world.population_text) == replace(own, site_rows=5.0)
    composed = compose(["scenario=hold", "population=classroom"], folder).world
    assert composed.population_text == there.world.population_text


@pytest.mark.parametrize("kind", [np.int64, np.uint32, float])
def test_a_number_of_another_kind_is_the_same_run(kind):
    plain = RunSpec(World(households=300), Scenario("x"), 3, 12)
    other = RunSpec(World(households=300), Scenario("x"), kind(3), kind(12))
    assert (other, other.run_id()) == (plain, plain.run_id())
    world = World(households=np.int64(300))
    assert RunSpec(world, Scenario("x"), 3, 12).run_id() == plain.run_id()


@pytest.mark.parametrize("seed", [True, 1.5, -1, "3", float("nan"), 2**64, None])
def test_a_run_of_what_is_no_seed_fails_and_says_so(seed):
    outcome = run_one(RunSpec(World(), Scenario("x"), seed, 12))
    assert outcome.status == "failed"
    assert "; allowed: a whole number from 0 to 2**64 - 1" in outcome.error
