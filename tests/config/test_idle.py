"""Nothing that is asked for is left undone in silence: it is refused, or said beside results."""

import pytest

from povsim.config import compose
from povsim.config.plans import compose_search, compose_sweep
from povsim.errors import UserError

EXPERIMENT = """\
title: {en: Mine, zh: 我的}
question: {en: q, zh: 问}
baseline: hold
scenarios: [hold, cash]
arms:
  cash: {scenario: entitlements_only, programmes: {targeted_cash: {share: 1.0}}}
"""
CASH = "  cash: {scenario: entitlements_only, programmes: {targeted_cash: {share: 1.0}}}\n"


@pytest.fixture
def mine(tmp_path):
    """Return a function that composes the experiment with one piece of its text replaced."""
    (tmp_path / "experiments").mkdir()

    def composed(old="", new="", overrides=()):
        text = EXPERIMENT.replace(old, new) if old else EXPERIMENT
        assert not old or text != EXPERIMENT
        (tmp_path / "experiments" / "mine.yaml").write_text(text, encoding="utf-8")
        return compose(["experiment=mine", "households=50", *overrides], tmp_path)

    return composed


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "programmes: {targeted_cash: {share: 1.0}}",
            "programmes: {dibaoo: null}",
            "arm cash: scenario's programme=dibaoo; allowed: resident_pension, dibao, .*; "
            "nearest: dibao",
        ),
        (
            "programmes: {targeted_cash: {share: 1.0}}",
            "programmes: {early_warning: null}",
            "scenario's programme=early_warning; allowed: resident_pension",
        ),
        (
            "programmes: {targeted_cash: {share: 1.0}}",
            "programmes: {dibaoo: {standard: 5000}}",
            "programme=dibaoo; .*nearest: dibao",
        ),
        (
            "programmes: {targeted_cash: {share: 1.0}}",
            "programmes: {targeted_cash: {start: 2022-01}}",
            "targeted_cash.share=nothing",
        ),
        ("programmes: {targeted_cash: {share: 1.0}}", "programmes: [dibao]", "allowed: a mapping"),
        (CASH, CASH.replace("cash:", "hold:"), "arm=hold; allowed: a name that no scenario has"),
        (CASH, "  cash: {scenario: entitlements_only, taken_back: [dibao]}\n", "key=taken_back"),
        (
            CASH,
            CASH + CASH.replace("cash:", "hold:"),
            "arm=hold; allowed: a name that no scenario has",
        ),
        (CASH, CASH + CASH.replace("cash:", "csh:"), "arms=csh; allowed: an arm that is compared"),
        ("[hold, cash]", "[hold, cas]", r"arms=cash; .*\(now hold, cas\)"),
        ("[hold, cash]", "[hold, cash, cash]", "scenarios=cash; allowed: each name once"),
        ("arms:", "outcomes: [mean_income, mean_income]\narms:", "outcomes=mean_income; .* once"),
        (
            "arms:",
            "dials: {cash: {dial: none}}\narms:",
            "allowed: only with equal_cost=present_value",
        ),
    ],
)
def test_what_a_file_declares_for_nothing_is_refused(old, new, told, mine):
    with pytest.raises(UserError, match=told):
        mine(old, new)


GRID = """\
grids:
  amounts:
    name: "a{amount}"
    title: {en: "{amount}", zh: "{amount}"}
    scenario: entitlements_only
    programmes: {targeted_cash: {share: 1.0}}
    over:
      amount: {set: SET, levels: [0.1, 0.2]}
arms:
"""


def test_a_grid_sets_numbers_of_programmes_that_its_scenario_or_it_has(mine):
    with pytest.raises(UserError, match="scenario's programme=audit; allowed: resident_pension"):
        mine("arms:\n", GRID.replace("SET", "audit.audit_probability"))
    request = mine("arms:\n", GRID.replace("SET", "dibao.take_up"))
    assert [s.name for s in request.scenarios] == ["hold", "cash", "a0_1", "a0_2"]
    assert [u.settings["take_up"] for s in request.scenarios[2:] for u in s.programmes[1:2]] == [
        0.1,
        0.2,
    ]


def test_a_level_may_take_out_what_its_grid_puts_in(mine):
    levels = "{with: {}, without: {programmes: {targeted_cash: null}}}"
    grid = GRID.replace("{set: SET, levels: [0.1, 0.2]}", f"{{levels: {levels}}}")
    arms = {s.name: [u.name for u in s.programmes] for s in mine("arms:\n", grid).scenarios}
    assert "targeted_cash" in arms["awith"]
    assert "targeted_cash" not in arms["awithout"]


@pytest.mark.parametrize("odd", ["programmes: []", "programmes: {dibao: []}", "world: []"])
def test_an_empty_list_is_no_mapping(odd, mine):
    grid = GRID.replace("{set: SET, levels: [0.1, 0.2]}", f"{{levels: {{a: {{{odd}}}}}}}")
    with pytest.raises(UserError, match=r"=\[\]; allowed: a mapping"):
        mine("arms:\n", grid)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("scenarios: [hold, cash]", "scenarios: [hold, [cash]]", "allowed: the name of a scenario"),
        ("scenarios: [hold, cash]", "scenarios: hold", "scenarios=hold; allowed: a list"),
        ("scenarios: [hold, cash]", "scenarios: [hold, cash, cash]", "scenarios=cash; .* once"),
        ("arms:", "hypotheses: [x]\narms:", "hypothesis 1=x; allowed: a mapping"),
        (
            "arms:",
            "hypotheses: [{effect: {grid: amounts, amount: 3}}]\narms:",
            "amount=3; .*numbers",
        ),
        (
            "arms:",
            "hypotheses: [{effect: {grid: amounts, amount: {0_1: x}}}]\narms:",
            "levels to numbers",
        ),
    ],
)
def test_shapes_are_told_beside_a_grid_too(old, new, told, mine):
    text = EXPERIMENT.replace("arms:\n", GRID.replace("SET", "dibao.take_up")).replace(old, new)
    with pytest.raises(UserError, match=told):
        mine(EXPERIMENT, text)


def test_an_arm_that_a_grid_leaves_out_has_to_be_one_of_its_arms(mine):
    grid = GRID.replace("SET", "dibao.take_up").replace(
        "    over:", "    without: [a0_3]\n    over:"
    )
    with pytest.raises(UserError, match="without=a0_3; allowed: a0_1, a0_2"):
        mine("arms:\n", grid)


def test_the_transition_of_an_arm_comes_before_that_of_its_scenario(mine):
    arm = "  cash: {scenario: cliff, transition: {shape: linear, years: 4}}\n"
    uses = mine(CASH, arm).scenarios[1].programmes
    changing = {u.transition.shape for u in uses if u.share > 0}
    assert changing == {"linear"}


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        (["households=60", "households=70"], "households=70; .* households=60 is given, too"),
        (["households=60", "households=60"], "one value; households=60"),
        (
            ["hazards.illness_rate=0.1", "hazards={illness_rate: 0.2}"],
            "hazards=0.2; allowed: one value; hazards.illness_rate=0.1",
        ),
        (["scenario=hold", "scenario=cliff"], "scenario=cliff; .* scenario=hold is given"),
        (
            ["scenario=hold", "~scenario.programmes.dibao", "scenario.programmes.dibao.take_up=1"],
            "~scenario.programmes.dibao is given",
        ),
        (
            [
                "scenario=hold",
                "programmes.dibao.take_up=0.5",
                "scenario.programmes.dibao.take_up=0.6",
            ],
            "one value; programmes.dibao.take_up=0.5 is given",
        ),
        (["hydra.run.dir=x"], "hydra.run.dir=x; allowed: nothing of hydra"),
        (["hydra/launcher=joblib"], "nothing of hydra"),
        (["+hydra.job.chdir=true"], "nothing of hydra"),
        (["n=8"], "n=8; allowed: only with povsim sweep"),
        (["design=sobol"], "only with povsim sweep"),
        (["vary=[hazards.illness_rate]"], "only with povsim sweep, povsim search"),
        (["search.points=8"], "only with povsim search"),
        (["max_seeds=8"], "max_seeds=8; allowed: only with precision"),
        (["checks_seeds=8"], "only with checks"),
        (["size=classroom", "experiment.seeds=3"], "none beside seeds=4, which comes first"),
        (
            ["scenario=entitlements_only", "programmes.early_warning.signal=1"],
            "a number of a programme in these scenarios",
        ),
    ],
)
def test_an_override_that_does_nothing_is_refused(overrides, told):
    with pytest.raises(UserError, match=told):
        compose(overrides)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["levels=3"], "levels=3; allowed: only with design=grid, design=morris"),
        (["design=grid", "n=8"], "n=8; allowed: only with design=lhs, design=sobol, design=morris"),
        (["checks=all"], "only with povsim run"),
    ],
)
def test_a_sweep_refuses_what_its_design_does_not_read(words, told):
    with pytest.raises(UserError, match=told):
        compose_sweep(["vary=[hazards.illness_rate]", *words])


def test_a_search_refuses_what_it_does_not_read():
    with pytest.raises(UserError, match="n=8; allowed: only with povsim sweep"):
        compose_search(["n=8"])


def test_dates_outside_of_the_run_are_said():
    request = compose(["scenario=hold", "scenario.programmes.dibao.start=2024-01", "years=2"])
    (note,) = request.notes
    assert note.told("en") == (
        "Nothing comes of these within the run, which ends in 2022-12: "
        "Minimum living guarantee (dibao) in “Support as in 2021”, from 2024-01 on."
    )
    assert "自2024-01起的" in note.told("zh")
    assert not compose(
        ["scenario=hold", "scenario.programmes.dibao.start=2022-12", "years=2"]
    ).notes


def test_bad_years_after_the_run_are_said():
    (note,) = compose(["scenario=hold", "stress=downturn", "stress.start=5", "years=5"]).notes
    assert "bad years after 5 years" in note.told("en")


HYPOTHESIS = """\
hypotheses:
  - {id: a, statement: s, measure: relapse_rate, scenario: cash, versus: hold, year: 1,
     expected: "<", falsifier: f}
arms:
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("year: 1", "year: abc", "hypothesis 1: year='abc'; allowed: a whole number, 1 or more"),
        ("year: 1", "year: 1.5", "year=1.5; allowed: a whole number"),
        ("year: 1", "year: 1, versus_year: 0", "versus_year=0; allowed: a whole number"),
        ("id: a", "id: [a]", "id=.*; allowed: one value"),
        ("year: 1", "year: 1, contrast: {hold: x}", "contrast.hold=x; allowed: a number"),
        ("year: 1", "year: 1, contrast: [hold]", "contrast=.*; allowed: a mapping of names"),
        ("arms:", "horizons: [a]\narms:", "horizons='a'; allowed: a whole number, 1 or more"),
        ("arms:", "dials: {cash: 3}\narms:", "dials.cash=3; allowed: a mapping of settings"),
        ("arms:", "reference: [hold]\narms:", "reference=.*; allowed: the name of a scenario"),
    ],
)
def test_a_value_of_another_kind_is_told_with_its_place(old, new, told, mine):
    with pytest.raises(UserError, match=told):
        mine("arms:\n", HYPOTHESIS.replace(old, new))
