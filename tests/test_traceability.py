"""Every claim of the paper has a lever, code and an experiment, and they exist."""

import re
from fnmatch import fnmatch
from functools import cache

import pytest

from povsim.codes import Flag
from povsim.machine import yaml_files
from povsim.machine.yaml_files import files
from povsim.measures.catalogue import GROUPS as NAMED_GROUPS
from povsim.measures.catalogue import REGIONS, measures
from povsim.params import GROUPS, World
from povsim.population.facts import facts
from povsim.programmes.scenario_files import TRANSITION, load_cards, scenario_names, setting_names
from povsim.study.comparison.experiment import KEYS as EXPERIMENT_KEYS
from povsim.study.comparison.experiment import Experiment
from tests.composed import composed

ROOT = yaml_files.own_folder()
IDS = [
    "A-01",
    "A-02",
    "I-00",
    "I-01",
    "I-02",
    "I-03",
    "I-04",
    "I-05",
    "I-06",
    "I-07",
    "I-08",
    "I-09",
    "I-10",
    "I-11",
    "I-12",
    "C0",
    "C1-00",
    "C1-01",
    "C1-02",
    "C1-03",
    "C1-04",
    "C1-05",
    "C1-06",
    "C1-07",
    "C1-08",
    "C1-09",
    "C1-10",
    "C1-11",
    "C2-01",
    "C2-02",
    "C2-03",
    "C2-04",
    "C2-05",
    "C2-06",
    "C3-01",
    "C3-02",
    "C3-03",
    "C3-04",
    "C3-05",
    "C3-06",
    "C3-07",
    "C4-01",
    "C4-02",
    "C4-03",
    "C4-04",
    "C4-05",
    "C4-06",
    "T1-01",
    "T1-02",
    "T1-03",
    "T1-04a",
    "T1-04b",
    "T1-04c",
    "G1",
    "G2",
    "G3",
    "G4",
    "T2-01",
    "T2-02",
    "T2-03",
    "T2-04",
    "T2-05",
    "T3-01",
    "T3-02",
    "T3-03",
    "T3-04",
    "T4-01",
    "T4-02",
    "T4-03",
    "T4-04",
    "T5-01",
    "T5-02",
    "T5-03",
    "T5-04a",
    "T5-04b",
    "T5-04c",
    "T5-04d",
    "T5-04e",
    "T5-05",
    "T5-06",
    "T5-07",
    "R0",
    "R1-0",
    "R1-1a",
    "R1-1b",
    "R1-1c",
    "R1-1d",
    "R1-1e",
    "R1-1f",
    "R1-1g",
    "R1-2a",
    "R1-2b",
    "R1-2c",
    "R1-3a",
    "R1-3b",
    "R1-3c",
    "R2-0",
    "R2-1a",
    "R2-1b",
    "R2-1c",
    "R2-1d",
    "R2-1e",
    "R2-2a",
    "R2-2b",
    "R2-2c",
    "R2-2d",
    "R2-2e",
    "R2-2f",
    "R2-3a",
    "R2-3b",
    "R2-3c",
    "R2-3d",
    "R2-3e",
    "R2-3f",
    "R3-0",
    "R3-1",
    "R3-2",
    "R3-3",
    "R4-1",
    "R4-2",
    "R4-3",
    "R4-4",
    "R4-5",
    "R4-6",
    "R5-1a",
    "R5-1b",
    "R5-1c",
    "R5-1d",
    "R5-2",
    "R6-1",
    "R6-2",
    "R6-3",
    "R6-4",
    "R6-5",
    "R7-0",
    "R7-a",
    "R7-b",
    "R7-c",
    "R7-d",
    "R7-e",
    "N0",
    "N1",
    "N2",
    "N3",
    "N4",
    "N5",
    "N6",
    "N7",
    "N8",
    "N9",
]
LINES = (ROOT / "docs" / "paper.md").read_text("utf-8").splitlines()
CELLS = [[c.strip() for c in line.strip("|").split("|")] for line in LINES if line.startswith("| ")]
ROWS = {cells[0]: cells for cells in CELLS if cells[0] in IDS}
EXPERIMENTS = sorted(path.stem for path in (ROOT / "experiments").glob("*.yaml"))
CARDS = load_cards()


def quoted(text):
    return re.findall(r"`([^`]+)`", text)


def test_every_claim_has_a_row_and_no_row_is_empty():
    assert set(ROWS) == set(IDS)
    assert all(len(cells) == 6 and all(cells[1:5]) for cells in ROWS.values())


def test_all_code_that_rows_name_exists():
    code = {name for cells in ROWS.values() for name in quoted(cells[3])}
    assert [name for name in code if not (ROOT / "src" / "povsim" / name).is_file()] == []


def test_all_experiments_that_rows_name_exist_and_all_are_named():
    named = {name for cells in ROWS.values() for name in quoted(cells[4])}
    assert named == set(EXPERIMENTS)


def what_is(key):
    """Return what a key of a row names, nothing if it names nothing."""
    name, _, choice = key.partition("=")
    group, _, own = name.partition(".")
    if group in CARDS and (not own or own in setting_names(CARDS[group])):
        return "programme"
    if group in GROUPS and (not own or own in vars(getattr(World(), group))):
        return "world"
    if name in TRANSITION:
        return "transition"
    if name in ("population", "behaviour/crowding"):
        return "configuration" if not choice or choice in files(f"configs/{name}") else ""
    known = [
        *measures(),
        *NAMED_GROUPS,
        *REGIONS,
        *EXPERIMENT_KEYS,
        *scenario_names(),
        *Flag.__members__,
    ]
    return "name" if any(fnmatch(one, name) for one in known) else ""


def setting(key, scenario, world):
    """Return what an arm sets a lever to."""
    name = key.partition("=")[0]
    group, _, own = name.partition(".")
    if group in GROUPS:
        return vars(getattr(world, group)).get(own) if own else repr(getattr(world, group))
    if name in TRANSITION:
        return [repr(use.transition) for use in scenario.programmes]
    for use in scenario.programmes:
        if use.name == group:
            return use.settings.get(own, repr(use)) if own else repr(use)
    return None


@cache
def arms_of(experiment):
    request = composed(f"experiment={experiment}")
    return [(scenario, request.world_of(scenario.name)) for scenario in request.scenarios]


def is_tried(key, experiments):
    """Return whether two arms of one of the experiments set a lever differently."""
    for name in experiments:
        values = {repr(setting(key, *arm)) for arm in arms_of(name)}
        if len(values) > 1:
            return True
    return False


@pytest.mark.parametrize("claim", IDS)
def test_every_key_of_a_row_resolves(claim):
    assert [key for key in quoted(ROWS[claim][2]) if not what_is(key)] == []


@pytest.mark.parametrize("claim", IDS)
def test_every_lever_of_a_row_is_tried_in_an_experiment_it_names(claim):
    row = ROWS[claim]
    if row[5].startswith(("coarse", "measure only")):
        return
    levers = [key for key in quoted(row[2]) if what_is(key) in ("programme", "world", "transition")]
    assert [key for key in levers if not is_tried(key, quoted(row[4]))] == []


def test_no_two_rows_say_the_same():
    said = [tuple(row[1:4]) for row in ROWS.values()]
    assert [row for row in said if said.count(row) > 1] == []


def test_every_programme_is_in_an_arm_of_an_experiment():
    used = {use.name for name in EXPERIMENTS for arm, _ in arms_of(name) for use in arm.programmes}
    assert set(CARDS) - used == set()


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_arms_of_an_envelope_spend_all_of_it(name):
    experiment = composed(f"experiment={name}").experiment
    if experiment["equal_cost"] == "envelope":
        shares = {
            arm.name: round(sum(use.share for use in arm.programmes), 9)
            for arm, _ in arms_of(name)
            if arm.name != experiment.get("reference")
        }
        assert set(shares.values()) == {1.0}, shares


def test_every_programme_carries_a_claim_of_the_paper():
    for card in CARDS.values():
        assert card.paper, card.name
        assert set(card.paper) <= set(IDS), card.name


def test_there_are_at_least_forty_programmes_and_twenty_five_experiments():
    assert len(CARDS) >= 40
    assert len(EXPERIMENTS) == 25


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_an_experiment_is_complete_and_its_arms_differ(name):
    request = composed(f"experiment={name}")
    experiment = Experiment.from_mapping(name, request.experiment)
    assert experiment.hypotheses
    assert all(
        h.falsifier and h.statement["en"] and h.statement["zh"] for h in experiment.hypotheses
    )
    assert set(experiment.paper) <= set(IDS)
    arms = {
        scenario.name: (repr(scenario.programmes), repr(request.world_of(scenario.name)))
        for scenario in request.scenarios
    }
    assert len(set(arms.values())) == len(arms)


def test_the_projects_own_figures_are_read_with_their_sources():
    assert all(fact.source and fact.confidence for fact in facts().values())
