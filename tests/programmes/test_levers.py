"""Every programme and rule moves what its mechanism says, on the same luck."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from povsim.config import compose
from povsim.config.grammar import beneath
from povsim.model import PovertyModel
from povsim.programmes.cards import load_card
from povsim.programmes.scenario_files import build_scenario, load_cards

HERE = Path(__file__).parent / "levers"
CARDS = load_cards()
LEVERS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in HERE.glob("*.yaml")}
SEEDS = (1, 2, 3, 4)
HOUSEHOLDS = 1500
BASE = ("resident_pension", "dibao", "medical_insurance", "public_posts")


def scenario(name, lever, with_programme):
    programmes = {key: {} for key in BASE if key != name} | (lever.get("beside") or {})
    if with_programme:
        share = {"share": 0.5} if load_card(name).kind == "discretionary" else {}
        programmes[name] = share | (lever.get("settings") or {})
    content = {"name": "lever", "title": {"en": "", "zh": ""}, "programmes": programmes}
    return build_scenario(content, CARDS)


def finished(name, lever, with_programme, seed):
    """Return what a run leaves; levers that stand on the same ground share its run."""
    changes = tuple(lever.get("world") or ())
    return run(Course(scenario(name, lever, with_programme)), changes, seed, lever.get("years", 2))


class Course:
    """A scenario that is told from others by what it does."""

    def __init__(self, scenario):
        self.scenario = scenario

    def __eq__(self, other):
        return repr(self.scenario) == repr(other.scenario)

    def __hash__(self):
        return hash(repr(self.scenario))


@cache
def run(course, changes, seed, years):
    """Return the last year's measures and the means of the places' columns after a run."""
    model = PovertyModel(world_of(changes), course.scenario, seed=seed)
    model.run_for(12 * years)
    places = {name: float(model.places[name].mean(dtype=float)) for name in model.places.columns}
    table = model.annual
    last = table[table["year"] == table["year"].max()]
    return last.set_index(["measure", "group", "region"])["value"].to_dict(), places


@cache
def world_of(changes):
    return compose(beneath(["size=classroom", f"households={HOUSEHOLDS}"], changes)).world


def value(left, expect):
    """Return the variable of the mechanism in places, or a measure of the last year."""
    measures, places = left
    if "places" in expect:
        return places[expect["places"]]
    return measures[expect["measure"], expect.get("group", "all"), expect.get("region", "all")]


CASES = [(name, lever) for name, lever in sorted(LEVERS.items())]
CASES += [(name, lever["also"]) for name, lever in sorted(LEVERS.items()) if "also" in lever]


@pytest.mark.parametrize(("name", "lever"), CASES)
def test_a_lever_moves_what_its_mechanism_says(name, lever):
    pairs = [[finished(name, lever, flag, seed) for flag in (False, True)] for seed in SEEDS]
    for expect in lever["expect"]:
        moved = [value(with_it, expect) - value(without, expect) for without, with_it in pairs]
        mean = sum(moved) / len(moved)
        assert mean != 0.0, f"{expect} does not move"
        assert (mean > 0.0) == (expect["expected"] == ">"), f"{expect}: {moved}"


def test_every_programme_has_a_lever_test():
    assert set(CARDS) == set(LEVERS)
