"""Files and overrides become one frozen, checked request."""

import pickle
import re

import pytest

from povsim.config import compose, load_scenario
from povsim.errors import UserError
from povsim.machine import yaml_files
from povsim.params import World
from povsim.programmes.cards import load_card
from povsim.study.runs.provenance import plain
from tests.composed import composed

SCENARIOS = sorted(yaml_files.files("scenarios"))
EXPERIMENTS = sorted(yaml_files.files("experiments"))
SIZES = sorted(yaml_files.files("configs/size"))
POPULATIONS = sorted(yaml_files.files("configs/population"))

MINE = """\
title: {en: Mine, zh: 我的}
programmes:
  dibao: {take_up: 0.5}
  public_posts:
  targeted_cash: {share: 1.0, start: 2022-01, stop: 2023-07}
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "scenarios/mine.yaml": MINE,
        "configs/size/desk.yaml": "households: 700\nyears: 3\n",
        "configs/size/tiny.yaml": "households: 90\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def settings(request, name="dibao", arm=0):
    return next(u for u in request.scenarios[arm].programmes if u.name == name).settings


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_composes(name):
    request = composed(f"scenario={name}")
    assert request.experiment is None
    assert request.scenario == load_scenario(name)
    assert request.seeds == (1,)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_experiment_composes_with_its_baseline_first(name):
    request = composed(f"experiment={name}")
    assert request.scenario.name == request.resolved["experiment"]["baseline"]
    assert {"en", "zh"} <= set(request.scenario.title)


@pytest.mark.parametrize("name", SIZES)
def test_every_size_composes(name):
    request = composed(f"size={name}")
    assert request.size == name
    assert (
        request.world.households
        == yaml_files.read_yaml(yaml_files.find("configs/size", name, "size"))["households"]
    )


@pytest.mark.parametrize("name", POPULATIONS)
def test_every_population_composes(name):
    assert composed(f"population={name}").world.population == name


def test_without_overrides_the_world_is_the_declared_one():
    request = composed()
    assert request.world == World()
    assert request.resolved["choices"]["experiment"] == "leverage_vs_transfers"


@pytest.mark.parametrize("mode", ["none", "income_effect"])
def test_a_motivation_hypothesis_sets_the_mode(mode):
    assert composed(f"behaviour/motivation={mode}").world.capability.motivation_mode == mode


@pytest.mark.parametrize("trap", ["concave", "s_shaped", "geographic"])
def test_a_trap_hypothesis_sets_the_trap(trap):
    assert composed(f"behaviour/trap={trap}").world.production.trap == trap


def test_an_override_of_the_world_reaches_the_world():
    world = compose(["hazards.illness_rate=0.06", "lines={absolute: 4200}"]).world
    assert (world.hazards.illness_rate, world.lines.absolute) == (0.06, 4200.0)


def test_whole_numbers_and_fractions_are_the_same_world():
    assert repr(compose(["lines.absolute=4000"]).world) == repr(
        compose(["lines.absolute=4000.0"]).world
    )


def test_an_override_comes_before_the_size_and_the_size_before_the_experiment():
    own = compose(["size=classroom"])
    assert own.years == own.experiment["years"] == 10
    assert len(own.seeds) == 4 < own.experiment["seeds"]
    assert compose(["size=classroom", "years=3"]).years == 3
    assert len(compose(["size=classroom", "seeds=2"]).seeds) == 2


def test_seeds_count_on_from_the_first():
    assert compose(["seed=5", "seeds=3"]).seeds == (5, 6, 7)


def test_a_programme_has_all_numbers_of_its_card():
    card = load_card("dibao")
    assert dict(settings(compose(["scenario=hold"]))) == card.values()._asdict()


def test_a_programme_override_reaches_every_arm():
    request = compose(["programmes.dibao.take_up=0.31"])
    found = [settings(request, arm=arm)["take_up"] for arm in range(len(request.scenarios))]
    assert found == [0.31] * len(request.scenarios)


def test_a_scenarios_own_number_stands_over_the_card_and_an_override_over_both(folder):
    override = compose(["scenario=mine", "scenario.programmes.dibao.take_up=0.7"], folder)
    assert settings(compose(["scenario=mine"], folder))["take_up"] == 0.5
    assert settings(override)["take_up"] == 0.7
    with pytest.raises(UserError, match=r"with scenario=NAME, scenario.programmes.dibao.take_up"):
        compose(["scenario=mine", "programmes.dibao.take_up=0.9"], folder)


def test_a_mix_keeps_the_order_of_its_file(folder):
    names = [use.name for use in load_scenario("mine", folder).programmes]
    assert names == ["dibao", "public_posts", "targeted_cash"]


def test_dates_count_from_the_start_of_the_run(folder):
    use = load_scenario("mine", folder).programmes[-1]
    assert (use.start, use.stop) == (12, 30)


def test_a_programme_can_be_taken_out_and_added(folder):
    overrides = [
        "scenario=mine",
        "~scenario.programmes.dibao",
        "+scenario.programmes.resident_pension={benefit: 200}",
    ]
    request = compose(overrides, folder)
    names = [use.name for use in request.scenario.programmes]
    assert names == ["public_posts", "targeted_cash", "resident_pension"]
    assert settings(request, "resident_pension")["benefit"] == 200.0


def test_a_users_size_stands_beside_and_before_ours(folder):
    assert compose(["size=tiny"], folder).world.households == 90
    assert compose(["size=desk"], folder).world.households == 700
    assert compose(["size=desk"]).world.households == 20_000


def test_a_users_card_sets_the_numbers_of_every_arm(folder):
    own = yaml_files.find("configs/programmes", "dibao", "programme").read_text(encoding="utf-8")
    card = folder / "configs/programmes/dibao.yaml"
    card.parent.mkdir()
    card.write_text(own.replace("take_up: {value: 0.85", "take_up: {value: 0.44"), encoding="utf-8")
    assert settings(compose([], folder))["take_up"] == 0.44


def test_one_composition_leaves_no_trace_in_the_next(folder):
    before = compose(["scenario=hold"])
    compose(["scenario=mine", "hazards.illness_rate=0.09", "size=tiny"], folder)
    assert compose(["scenario=hold"]) == before


def test_scenarios_travel_to_other_processes():
    scenario = compose(["scenario=hold"]).scenario
    assert pickle.loads(pickle.dumps(scenario)) == scenario


WRONG = {
    "scenario=hodl": "nearest: hold",
    "experiment=leverage_vs_transfer": "nearest: leverage_vs_transfers",
    "size=dask": "allowed: classroom, desk, study; nearest: desk",
    "population=natonal": "nearest: national",
    "behaviour/trap=convex": "concave",
    "hazards.ilness_rate=1": "nearest: hazards.illness_rate",
    "hazard.illness_rate=1": "nearest: hazards",
    "illness_rate=1": "allowed: hazards.illness_rate",
    "seed.x=1": "seed",
    "hazards=3": "hazards.illness_rate=...",
    "hazards={ilness_rate: 0.1}": "nearest: hazards.illness_rate",
    "hazards.illness_rate={a: 1}": "one value",
    "hazards.illness_rate=abc": "a number in 1/year",
    "hazards.illness_rate=null": "a number in 1/year",
    "hazards.illness_rate=-0.1": "allowed: 0 to",
    "hazards.illness_rate=nan": "allowed: 0 to",
    "hazards.illness_rate=inf": "allowed: 0 to",
    "work.brought_home_share=1.2": "to 1 share",
    "production.trap=bent": "concave, s_shaped, geographic",
    "lines.absolute=-5": "yuan/person/year",
    "households=0": "a whole number, 1 or more",
    "households=-4": "a whole number, 1 or more",
    "households=2.5": "a whole number, 1 or more",
    "households=null": "a whole number, 1 or more",
    "seeds=0": "a whole number, 1 or more",
    "seeds=true": "a whole number, 1 or more",
    "seed=-1": "a whole number, 0 or more",
    "years=0": "a whole number, 1 to 60",
    "years='5'": "a whole number, 1 to 60",
    "workers=-2": "a whole number, 1 or more",
    "language=fr": "en, zh",
    "out=": "the name of a folder",
    "seed=range(3)": "run -m takes several",
    "scenario=hold,mixed": "run -m takes several",
    "programmes.dbao.take_up=0.3": "nearest: programmes.dibao",
    "programmes.dibao.takeup=0.3": "nearest: programmes.dibao.take_up",
    "programmes.dibao.take_up=3": "allowed: 0 to 1 share",
    "programmes.resident_pension.benefit=-1": "allowed: 0 to",
    "scenario.programmes.dibao.take_up=0.5": "choose one scenario first",
    "+novel=1": "can be added",
    "~hazards": "taken out",
    "~size": "can be chosen",
    "novel": "key=value is needed",
    "vary=[": "key=value is needed",
    "seed=1=2": "key=value is needed",
    "size@x=desk": "key=value is needed",
    "hydra.job.name=x": "nothing of hydra",
    "scenario=Hold": "nearest: hold",
    "scenario=hold.yaml": "nearest: hold",
    "scenario=hold，mixed": "nearest: mixed",
    "years=012": "a whole number, 1 to 60",
    "years=0x1F": "a whole number, 1 to 60",
    "experiment.scenarios=[hold,mixd]": "nearest: mixed",
    "experiment.baseline=hodl": "nearest: hold",
}


@pytest.mark.parametrize("override", WRONG)
def test_a_slip_gets_one_line_with_key_value_and_what_is_allowed(override):
    with pytest.raises(UserError) as caught:
        compose([override])
    message = str(caught.value)
    assert WRONG[override] in message
    assert "\n" not in message
    assert re.split("[.=]", override.lstrip("+~"))[0] in message


WRONG_IN_A_MIX = {
    "scenario.programmes.dibao.takeup=0.5": "nearest: take_up",
    "scenario.programmes.dbao.take_up=0.5": "nearest: dibao",
    "scenario.programmes.resident_pension.benefit=1": "+scenario.programmes.resident_pension={} adds",  # noqa: E501
    "+scenario.programmes.pension={}": "nearest: resident_pension",
    "scenario.programmes.dibao=3": "a mapping of settings",
    "scenario.programmes.dibao.share=0.5": "no such key share; allowed: payment_share, ",
    "scenario.programmes.targeted_cash.share=1.5": "0 to 1 of the discretionary envelope",
    "scenario.programmes.targeted_cash.share=null": "0 to 1 of the discretionary envelope",
    "+scenario.programmes.direct_investment={share: 0.2}": "sum of shares=1.2; allowed: 1 or less",
    "scenario.programmes.targeted_cash.stop=2021-05": "allowed: after 2022-01",
    "scenario.programmes.targeted_cash.start=2019-05": "allowed: 2021-01 or later",
    "scenario.programmes.targeted_cash.start=soon": "allowed: year-month",
    "scenario.name=other": "allowed: scenario.programmes",
    "experiment=leverage_vs_transfers": "not both",
}


@pytest.mark.parametrize("override", WRONG_IN_A_MIX)
def test_a_slip_in_a_mix_gets_one_line(override, folder):
    with pytest.raises(UserError) as caught:
        compose(["scenario=mine", override], folder)
    assert WRONG_IN_A_MIX[override] in str(caught.value)
    assert "\n" not in str(caught.value)


WRONG_FILES = {
    "programmes: {dbao: {}}": "programme=dbao; allowed: ",
    "programmes: {dibao: {takeup: 1}}": "setting=takeup",
    "programmes: {dibao: {take_up: 2}}": "dibao.take_up=2; allowed: 0 to 1 share",
    "programmes: {dibao: 3}": "programmes.dibao=3",
    "programmes: [dibao]": "a mapping of programmes to settings",
    "programme: {dibao: {}}": "key=programme; allowed: title, description, programmes",
    "title: Nothing else": "programmes=nothing",
    "programmes: {dibao: {}": "line",
    "programmes: {targeted_cash: {}}": "targeted_cash.share=nothing",
}


@pytest.mark.parametrize("text", WRONG_FILES)
def test_a_slip_in_a_scenario_file_is_told_with_the_scenario(text, folder):
    (folder / "scenarios/bad.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        compose(["scenario=bad"], folder)
    message = str(caught.value)
    assert WRONG_FILES[text] in message
    assert "bad" in message and "\n" not in message


def test_a_slip_in_a_size_file_is_told_with_the_file(folder):
    (folder / "configs/size/odd.yaml").write_text("houshold: 5\n", encoding="utf-8")
    with pytest.raises(
        UserError, match=r"odd\.yaml: houshold=5: no such key; .*nearest: households"
    ):
        compose(["size=odd"], folder)


@pytest.mark.parametrize("value", ["${hazards.accident_rate}", "${oc.env:HOME}", "${oc.decode:1}"])
def test_a_value_refers_to_nothing_else(value):
    with pytest.raises(UserError) as caught:
        compose([f"hazards.illness_rate={value}"])
    assert str(caught.value).startswith(f"hazards.illness_rate='{value}'; allowed: a number in")


def test_the_configuration_of_a_study_reads_back_as_it_is():
    tree = plain(compose(["experiment.title=cost ${oc.env:HOME}: no"]).resolved)
    again = yaml_files.parse_yaml(yaml_files.as_yaml(tree), "config.yaml")
    assert again == tree
    assert again["experiment"]["title"] == "cost ${oc.env:HOME}: no"
