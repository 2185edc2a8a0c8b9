"""One grammar names a number wherever a number is named."""

import re
from pathlib import Path

import pytest

import povsim
from povsim.config import compose
from povsim.config.arm_grids import expand
from povsim.config.arms import changed_world
from povsim.config.composition import Composition
from povsim.config.levers import chosen_factors, known_factors, placed
from povsim.errors import UserError
from povsim.params import GROUPS, World
from povsim.programmes.cards import available
from povsim.programmes.lever import CHOICES, Lever, all_levers
from povsim.programmes.scenario import ProgrammeUse, Scenario, Transition
from povsim.programmes.scenario_files import load_cards
from povsim.study.comparison.dial import Dial

SOURCES = Path(povsim.__file__).parent
OF_THE_WORLD = ("hazards.illness_rate", "world.hazards.illness_rate")
OF_A_PROGRAMME = (
    "dibao.standard",
    "programmes.dibao.standard",
    "scenario.programmes.dibao.standard",
)
VALUES = dict.fromkeys(OF_THE_WORLD, 0.07) | dict.fromkeys(OF_A_PROGRAMME, 8000.0)


def arm():
    return World(), Scenario("arm", programmes=(ProgrammeUse("dibao"),))


def by_vary(text, value):
    composition = Composition()
    (factor,) = chosen_factors([text], known_factors(composition))
    return placed({factor.name: value}, "p0", {"arm": arm()})["arm"]


def by_csv(text, value, folder):
    from povsim.study.sweeps.csv_designs import from_csv

    (folder / "design.csv").write_text(f"{text}\n{value}\n")
    design, _ = from_csv(folder / "design.csv", known_factors(Composition()))
    return placed(design.to_dict("records")[0], "p0", {"arm": arm()})["arm"]


def by_dial(text, value):
    return Dial(text, 0.0, 9000.0).turned(*arm(), value)


def by_grid(text, value):
    grid = {"name": "a{x}", "title": {"en": "{x}", "zh": "{x}"}}
    grid |= {"over": {"x": {"set": text, "levels": {"one": value}}}}
    (made,) = expand({"scenarios": [], "grids": {"g": grid}}, "x")["arms"].values()
    world, scenario = arm()
    if "world" in made:
        return changed_world(world, made["world"], "arm"), scenario
    ((name, settings),) = made["programmes"].items()
    return world, Scenario("arm", programmes=(ProgrammeUse(name, settings=settings),))


def by_world_of_an_arm(text, value):
    return changed_world(World(), {text: value}, "arm"), arm()[1]


@pytest.mark.parametrize("place", [by_vary, by_dial, by_grid])
@pytest.mark.parametrize("text", [*OF_THE_WORLD, *OF_A_PROGRAMME])
def test_every_spelling_works_in_every_place(text, place):
    lever = Lever.parse(text)
    assert lever.get(*arm()) != VALUES[text]
    assert lever.get(*place(text, VALUES[text])) == VALUES[text]


@pytest.mark.parametrize("text", [*OF_THE_WORLD, *OF_A_PROGRAMME])
def test_every_spelling_works_in_a_design_of_ones_own(text, tmp_path):
    assert Lever.parse(text).get(*by_csv(text, VALUES[text], tmp_path)) == VALUES[text]


@pytest.mark.parametrize("text", OF_THE_WORLD)
def test_the_world_of_an_arm_takes_every_spelling_of_its_numbers(text):
    assert Lever.parse(text).get(*by_world_of_an_arm(text, 0.07)) == 0.07


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dibao.standard", "arm x: world=dibao; allowed: economy"),
        ("programmes.dibao.standard", "arm x: world=programmes; allowed: economy"),
        ("hazard.illness_rate", "arm x: world=hazard; .*nearest: hazards"),
        ("world.hazard.illness_rate", "arm x: world=hazard; .*nearest: hazards"),
        ("hazards.ilness_rate", "arm x: world=ilness_rate; .*nearest: illness_rate"),
        ("behaviour/crowding", "arm x: world=behaviour/crowding; allowed: economy"),
    ],
)
def test_what_is_no_number_of_the_world_is_told(text, told):
    with pytest.raises(UserError, match=told):
        changed_world(World(), {text: "out" if "/" in text else 1}, "x")


def test_a_choice_of_files_sets_all_of_its_numbers():
    world, _ = Lever.parse("stress").set(*arm(), "drought")
    assert world == compose(["scenario=hold", "stress=drought"]).world
    assert world == changed_world(World(), {"stress": "drought"}, "x")


def test_an_envelope_is_a_factor_on_the_money_of_the_arm():
    lever, (world, scenario) = Lever.parse("envelope"), arm()
    assert lever.get(world, scenario) == 1.0
    richer, same = lever.set(world, scenario, 2.0)
    before = world.fiscal.envelope_per_registered_person
    assert richer.fiscal.envelope_per_registered_person == 2.0 * before
    assert same == scenario


def test_the_start_of_a_transition_moves_only_what_is_withdrawn():
    cliff = ProgrammeUse("targeted_cash", share=1.0, transition=Transition("cliff", start=12.0))
    scenario = Scenario("arm", programmes=(ProgrammeUse("dibao"), cliff))
    lever = Lever.parse("transition_start")
    _, moved = lever.set(World(), scenario, 30.0)
    assert lever.get(World(), moved) == 30.0
    assert moved.programmes[0] == scenario.programmes[0]
    assert lever.get(*arm()) is None


def test_a_number_of_a_programme_moves_nothing_where_the_programme_is_not():
    world, scenario = arm()
    lever = Lever.parse("roads.cost")
    assert lever.set(world, scenario, 1.0) == (world, scenario)
    assert lever.get(world, scenario) is None


def test_every_lever_is_read_back_from_its_own_name_and_is_declared():
    cards = load_cards()
    for lever in all_levers(cards):
        assert Lever.parse(str(lever)) == lever
        assert lever.exists(cards)
        assert lever.declaration(cards) or lever.options()


def test_no_programme_has_the_name_of_a_group_of_numbers_or_files():
    assert not set(available()) & {*GROUPS, *CHOICES, "world", "programmes", "transition"}


def test_dotted_names_are_taken_apart_in_one_place():
    taking = re.compile(r"""partition\(['"]\.['"]\)|split\(['"]\.['"]""")
    found = {
        p.relative_to(SOURCES).as_posix()
        for p in SOURCES.rglob("*.py")
        if taking.search(p.read_text("utf-8"))
    }
    assert found == {"programmes/lever.py"}
