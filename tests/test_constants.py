"""Numbers that say something about the world are declared, not written into a module."""

import ast
from functools import cache
from pathlib import Path

import pytest

import povsim

ROOT = Path(povsim.__file__).parent
ROOMS = ("kernels", "programmes", "population", "yearbook", "model", "money", "state")
UNITS = "a unit, a code or a size of memory"
BOUNDS = "bounds what is stored or tabulated; reached by next to nobody"
RAKE = "a step of the rake, which ends at the published margins whatever its steps"
SAMPLE = "a size of the sample or of what is kept of it"
ALLOWED = {
    "kernels/motivation.py": {"Q80": "a quantile of the normal distribution"},
    "kernels/welfare.py": {"LARGEST": BOUNDS, "FADE": "a loss fades by a twelfth a month"},
    "kernels/earnings.py": {"OLDEST": BOUNDS},
    "kernels/consumption.py": {"TOTALS": UNITS},
    "kernels/generations.py": {"HIGHEST_START": BOUNDS, "LOWEST_START": BOUNDS},
    "kernels/work.py": {"LARGEST_NETWORK": BOUNDS},
    "kernels/luck.py": {"BINS": UNITS, "ROUNDING": UNITS},
    "kernels/ranks.py": {"SHARES": "quantiles of S80/S20, the Palma ratio and the median"},
    "kernels/hazards.py": {"REFERENCE_AGE": "where the rate is stated", "OLDEST": BOUNDS},
    "kernels/places.py": {"BLOCK": UNITS},
    "kernels/production.py": {
        "REFERENCE_SCHOOLING": "where productivity is stated",
        "CAPITAL_UNIT": UNITS,
        "S_SHAPED": UNITS,
        "GEOGRAPHIC": UNITS,
        "MOST_WORKERS": BOUNDS,
        "MOST_ELDERS": BOUNDS,
    },
    "programmes/governance/early_warning/record.py": {
        "YEAR": UNITS,
        "MONTH_DAYS": UNITS,
        "NEVER": "a month before all others: no clue yet",
    },
    "programmes/delivery/by_objective.py": {
        "MONTHS": UNITS,
        "IDLE": "puts households without a worker last",
    },
    "programmes/delivery/guarantees.py": {"JANUARY": UNITS},
    "programmes/mix.py": {"DECEMBER": UNITS},
    "programmes/governance/crash_projects.py": {"MONTHS": UNITS},
    "programmes/governance/cadre_objective.py": {"MONTHS": UNITS},
    "programmes/governance/fiscal_effort.py": {"JANUARY": UNITS},
    "programmes/finance/credit_guarantee.py": {"MOST_OVERHEADS": "keeps a price of use finite"},
    "programmes/governance/early_warning/latent_risk.py": {"LEAST": BOUNDS},
    "programmes/delivery/one_by_one.py": {"MOST_OVERHEADS": "keeps a price of use finite"},
    "programmes/delivery/by_need.py": {"HIGHEST_CHILD_SKILL": BOUNDS},
    "programmes/land/land_quota_trading.py": {"JANUARY": UNITS},
    "programmes/scenario_files.py": {"MOST_ADDED": "bounds what a user may type"},
    "programmes/relocation/business_income_guarantee.py": {"DECEMBER": UNITS},
    "population/incomes.py": {"STEPS": RAKE, "LAST": RAKE},
    "population/margins.py": {"STEPS": RAKE, "LAST": RAKE, "LIFT": RAKE},
    "population/layout.py": {"PLACES_PER_COUNTY": SAMPLE},
    "population/describe.py": {"MILLION": UNITS, "RISKY": "two readings of a published count"},
    "yearbook/observer.py": {"DECEMBER": UNITS},
    "yearbook/everybody.py": {"LEAST_COUNTIES": "a slope needs three points"},
    "yearbook/people.py": {"LEAST_SPREAD": BOUNDS},
    "yearbook/watch.py": {"SITE": UNITS},
    "yearbook/panel.py": {"PANEL_ROWS": SAMPLE},
    "yearbook/chronic.py": {"LEAST_YEARS": "what lasts takes two years to see"},
    "yearbook/lines.py": {"SHARES": "names relative lines, as the measures do"},
    "yearbook/targeting.py": {
        "PAIRS": SAMPLE,
        "WINDOW": "the tenth of the definition of bunching",
    },
    "model/past.py": {"YEARS": "lets luck settle before the start", "KEPT_ROWS": SAMPLE},
    "model/poverty_model.py": {
        "EVERY_YEAR": UNITS,
        "MONTHS": "ten years, as configs/config.yaml says",
    },
    "model/phases.py": {"SCHOOL_ENDS": "a month of the calendar"},
    "money/ledger.py": {"TOLERANCE": "of the last digit of a sum"},
}
"""Names that were looked at, with the reason why each is no number of the world."""
REVIEWED = (
    ("kernels/welfare.py", "record_month", {250}, BOUNDS),
    ("kernels/generations.py", "come_of_age", {0.01, 100.0}, UNITS),
    ("kernels/census.py", "_add_household", {0.01}, UNITS),
    ("kernels/census.py", "count", {0.01}, UNITS),
    ("kernels/hazards.py", "strike", {256, 60, 0.05}, BOUNDS),
    ("kernels/ranks.py", "", {31, 0xFFFFFFFF}, UNITS),
    ("kernels/ranks.py", "rising", {32}, UNITS),
    ("kernels/luck.py", "", {26}, UNITS),
    ("kernels/capability.py", "grow_and_wear", {0.1, 3.0, 0.05}, BOUNDS),
    ("kernels/production.py", "place_productivity", {0.1}, BOUNDS),
    ("programmes/rates.py", "ordinary_rates", {0.25}, "no rule scores by it until one sets it"),
    ("programmes/scenario.py", "Transition", {36.0}, "what a scenario that says nothing means"),
    (
        "programmes/scenario_files.py",
        "_transition",
        {3.0, 5.0, 50.0, 100.0},
        "what a scenario that says nothing means, and bounds of what a user may type",
    ),
    ("programmes/cooperation/talent_exchange.py", "TalentExchange.act", {1000.0}, UNITS),
    ("programmes/delivery/by_need.py", "raise_child_skill", {100.0}, UNITS),
    ("programmes/delivery/by_objective.py", "_index", {3.0}, "the other three parts of the index"),
    ("programmes/land/farmland_consolidation.py", "FarmlandConsolidation.act", {0.01}, BOUNDS),
    ("programmes/relocation/land_kept_at_home.py", "LandKeptAtHome.act", {0xFFFF}, UNITS),
    ("programmes/governance/early_warning/programme.py", "EarlyWarning.act", {250}, BOUNDS),
    (
        "programmes/governance/early_warning/programme.py",
        "EarlyWarning._within_capacity",
        {1000.0},
        UNITS,
    ),
    ("programmes/governance/early_warning/programme.py", "EarlyWarning._open", {0xFFFF}, UNITS),
    ("programmes/governance/early_warning/latent_risk.py", "risk_index", {1e-4}, BOUNDS),
    ("programmes/governance/early_warning/latent_risk.py", "_below", {0.02}, BOUNDS),
    ("population/work.py", "draw_jobs", {0.05, 0.9, 0.95}, BOUNDS),
    ("population/work.py", "draw_jobs", {1000.0}, UNITS),
    ("population/incomes.py", "usual_target", {0.85}, "falls out: traits are standardised"),
    ("population/incomes.py", "settle", {0.7}, RAKE),
    ("population/incomes.py", "_rake", {0.8, 1.25}, RAKE),
    ("population/draw.py", "_dibao", {500.0}, BOUNDS),
    ("population/draw.py", "_apply", {1e-3, 0.05, 20, 0.2, 30}, BOUNDS),
    ("population/draw.py", "_apply", {100.0, 255, 32767, 65535}, UNITS),
    ("population/draw.py", "_places", {0.05, 0.95}, BOUNDS),
    ("population/layout.py", "rows_per_place", {400, 25, 200}, SAMPLE),
    (
        "population/people.py",
        "tilt",
        {3.0, 3.5, 60},
        "of a bisection that ends at the mean",
    ),
    ("population/people.py", "draw_people", {22, 95}, BOUNDS),
    ("population/people.py", "_abilities", {16, 0.2, 0.3, 0.4}, BOUNDS),
    ("population/people.py", "_registered", {0.95}, BOUNDS),
    ("population/people.py", "_elders", {0.95}, BOUNDS),
    ("population/people.py", "_elders", {100.0}, UNITS),
    ("population/describe.py", "_incomes", {124, 240}, "identities of published figures"),
    ("population/describe.py", "_risk", {100}, UNITS),
    ("population/describe.py", "start_chances", {3.0}, "a mean of three kinds of jobs"),
    ("population/describe.py", "start_chances", {100}, UNITS),
    ("population/describe.py", "_people", {100}, UNITS),
    (
        "population/describe.py",
        "_sites",
        {0.8},
        "only compared with (docs/odd.md)",
    ),
    ("population/margins.py", "_Rake.__init__", {500.0, 1.2}, BOUNDS),
    ("population/margins.py", "_Rake.move_sources", {0.6, 0.7, 1.4, 0.2, 4.0, 50.0}, RAKE),
    ("population/margins.py", "_Rake.move_levels", {0.6}, RAKE),
    ("population/margins.py", "_Rake._towards", {0.8, 1.25}, RAKE),
    ("population/margins.py", "_Rake._fill", {0.8, 1.25}, RAKE),
    ("population/margins.py", "_apply", {0.25}, BOUNDS),
    ("population/margins.py", "_apply", {32767, 65535}, UNITS),
    ("population/margins.py", "_take_off_common_luck", {0.2}, BOUNDS),
    ("yearbook/people.py", "_poverty", {40, 50, 60}, "in the names of measures"),
    ("model/past.py", "own_luck", {32}, UNITS),
    ("model/phases.py", "bring_weather", {0.95}, BOUNDS),
    ("model/conservation.py", "", {64.0}, "rounding of a sum, in last digits"),
)
"""Numbers inside functions that were looked at: path, function, numbers, why none is declared."""
ARITHMETIC = (0, 1, 2, 12, 0.5)
"""Nothing, one, a pair, the months of a year, a half: no test can tell what these say."""
PLAIN = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.Tuple, ast.operator, ast.unaryop)


@cache
def sources():
    """Return the statements of every module that may say something about the world, by path."""
    paths = [p for room in ROOMS for p in (ROOT / room).rglob("*.py")]
    texts = {p.relative_to(ROOT).as_posix(): p.read_text("utf-8") for p in paths}
    return {path: ast.parse(text).body for path, text in texts.items()}


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_numeric(value):
    """Return whether an expression is made of plain numbers alone."""
    parts = list(ast.walk(value))
    constants = [part.value for part in parts if isinstance(part, ast.Constant)]
    whole = len(constants) > 0 and all(map(is_number, constants))
    return whole and all(isinstance(part, (*PLAIN, ast.expr_context)) for part in parts)


def names_a_number(node):
    return isinstance(node, ast.Assign | ast.AnnAssign) and node.value and is_numeric(node.value)


def module_numbers(statements):
    """Yield the names of numbers at the level of a module."""
    for node in filter(names_a_number, statements):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def literals(statements):
    """Yield function and number wherever a number may say something about the world."""
    for node in statements:
        if not names_a_number(node):
            yield from _literals(node, "")


def _literals(node, function, in_brackets=False):
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = f"{function}.{node.name}".lstrip(".")
    if isinstance(node, ast.Constant) and is_number(node.value):
        if not (says_nothing(node.value) or (in_brackets and isinstance(node.value, int))):
            yield function, node.value
    for child in ast.iter_child_nodes(node):
        place = isinstance(node, ast.Subscript) and child is node.slice
        yield from _literals(child, function, in_brackets or place)


def says_nothing(value):
    """Return whether a number is arithmetic, a code, or there to keep a quotient finite."""
    is_code = isinstance(value, int) and value < 10
    return is_code or value in ARITHMETIC or value <= 1e-6


def names():
    """Return the names of numbers of every module, by path."""
    return {path: set(module_numbers(body)) for path, body in sources().items()}


def numbers():
    """Return the numbers inside functions, by path and function."""
    return {(path, *pair) for path, body in sources().items() for pair in literals(body)}


def reviewed():
    """Return the numbers inside functions that were looked at."""
    return {(path, function, n) for path, function, own, _ in REVIEWED for n in own}


def test_named_numbers_are_declared_or_reviewed():
    undeclared = {path: own - set(ALLOWED.get(path, {})) for path, own in names().items()}
    assert {path: own for path, own in undeclared.items() if own} == {}


def test_numbers_inside_functions_are_declared_or_reviewed():
    assert numbers() - reviewed() == set()


def test_the_review_names_nothing_that_is_gone():
    there = names()
    gone = {path: set(own) - there.get(path, set()) for path, own in ALLOWED.items()}
    assert {path: own for path, own in gone.items() if own} == {}
    assert reviewed() - numbers() == set()


def test_a_number_written_into_a_module_is_seen():
    source = "SHARE = 0.3\nFALL: float = -2 / 3\nNAME = 'x'\nBOTH = (1, 2)\n"
    assert list(module_numbers(ast.parse(source).body)) == ["SHARE", "FALL", "BOTH"]


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("return 0.35 * income", [0.35]),
        ("return rng.normal(50, 1.5)", [50, 1.5]),
        ("h.health[i] = min(h.health[i], 0.9)", [0.9]),
        ("return sums[11] / 12", []),
        ("return max(half * 0.5, 1e-9)", []),
    ],
)
def test_a_number_written_into_a_function_is_seen(line, seen):
    source = f"class Programme:\n    def act(self, income):\n        {line}\n"
    assert list(literals(ast.parse(source).body)) == [("Programme.act", number) for number in seen]


def test_a_number_may_be_seen_outside_functions_too():
    source = "SPLIT = np.array([0.42, 0.58])\n"
    assert list(literals(ast.parse(source).body)) == [("", 0.42), ("", 0.58)]
