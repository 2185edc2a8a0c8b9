"""Every programme and rule moves what its mechanism says, on the same luck."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from povsim.config import compose
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
    world = world_of(tuple(lever.get("world") or ()))
    model = PovertyModel(world, scenario(name, lever, with_programme), seed=seed)
    model.run_for(12 * lever.get("years", 2))
    return model


@cache
def world_of(changes):
    return compose(["size=classroom", f"households={HOUSEHOLDS}", *changes]).world


def value(model, expect):
    """Return the variable of the mechanism in places, or a measure of the last year."""
    if "places" in expect:
        return float(model.places[expect["places"]].mean(dtype=float))
    table = model.annual
    rows = table[
        (table["year"] == table["year"].max())
        & (table["measure"] == expect["measure"])
        & (table["group"] == expect.get("group", "all"))
        & (table["region"] == expect.get("region", "all"))
    ]
    return float(rows["value"].iloc[0])


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
