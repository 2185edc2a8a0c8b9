"""Every programme and rule moves what its mechanism says, on the same luck."""

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
BASE = ("resident_pension", "dibao", "medical_insurance", "public_posts")


def scenario(name, lever, with_programme):
    programmes = {key: {} for key in BASE if key != name} | (lever.get("beside") or {})
    if with_programme:
        share = {"share": 0.5} if load_card(name).kind == "discretionary" else {}
        programmes[name] = share | (lever.get("settings") or {})
    content = {"name": "lever", "title": {"en": "", "zh": ""}, "programmes": programmes}
    return build_scenario(content, CARDS)


def annual(name, lever, with_programme):
    world = compose(["size=classroom", *(lever.get("world") or [])]).world
    model = PovertyModel(world, scenario(name, lever, with_programme), seed=lever.get("seed", 1))
    model.run_for(12 * lever.get("years", 2))
    table = model.annual
    return table[table["year"] == table["year"].max()]


def value(table, measure, group="all", region="all"):
    rows = table[
        (table["measure"] == measure) & (table["group"] == group) & (table["region"] == region)
    ]
    return float(rows["value"].iloc[0])


@pytest.mark.parametrize("name", sorted(LEVERS))
def test_a_lever_moves_what_its_mechanism_says(name):
    lever = LEVERS[name]
    without, with_it = (annual(name, lever, flag) for flag in (False, True))
    for expect in lever["expect"]:
        key = (expect["measure"], expect.get("group", "all"), expect.get("region", "all"))
        before, after = value(without, *key), value(with_it, *key)
        assert after != before, f"{key} does not move"
        assert (after > before) == (expect["expected"] == ">"), f"{key}: {before} to {after}"


def test_every_programme_has_a_lever_test():
    assert set(CARDS) == set(LEVERS)
