"""Numbers that say something about the world are declared, not written into a module."""

import ast
from pathlib import Path

import povsim

ROOT = Path(povsim.__file__).parent
DRAWS = "names a draw of a stream, or a place in a row"
UNITS = "a unit, a code or a size of memory"
BOUNDS = "bounds what is stored or tabulated; reached by next to nobody"
ALLOWED = {
    "kernels/motivation.py": {"Q80": "a quantile of the normal distribution"},
    "kernels/welfare.py": {"LARGEST": BOUNDS, "FADE": "a loss fades by a twelfth a month"},
    "kernels/earnings.py": {"OLDEST": BOUNDS},
    "kernels/consumption.py": {"TOTALS": UNITS},
    "kernels/generations.py": {"HIGHEST_START": BOUNDS, "LOWEST_START": BOUNDS},
    "kernels/work.py": {"LARGEST_NETWORK": BOUNDS, "SEPARATIONS": UNITS},
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
    "programmes/social/targeted_cash.py": {"DRAW": DRAWS, "REACHED": DRAWS},
    "programmes/governance/register_review.py": {"DRAW": DRAWS, "TIES": DRAWS},
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
    "programmes/governance/edge_coverage.py": {"DRAW": DRAWS},
    "programmes/governance/fiscal_effort.py": {"JANUARY": UNITS},
    "programmes/capability/language_training.py": {"PASSED": DRAWS},
    "programmes/capability/aspiration_programme.py": {"TURN": DRAWS},
    "programmes/finance/micro_credit.py": {"ASKING": DRAWS},
    "programmes/finance/credit_guarantee.py": {"MOST_OVERHEADS": "keeps a price of use finite"},
    "programmes/governance/early_warning/latent_risk.py": {"LEAST": BOUNDS},
    "programmes/delivery/one_by_one.py": {"MOST_OVERHEADS": "keeps a price of use finite"},
    "programmes/delivery/by_need.py": {
        "REACHED": DRAWS,
        "ASSESSED": DRAWS,
        "ROUNDED": DRAWS,
        "HIGHEST_CHILD_SKILL": BOUNDS,
    },
    "programmes/land/land_quota_trading.py": {"JANUARY": UNITS},
    "programmes/scenario_files.py": {"MOST_ADDED": "bounds what a user may type"},
    "programmes/regional/regional_units.py": {"REACHED": DRAWS, "SEEN": DRAWS},
    "programmes/regional/eco_compensation.py": {"ELIGIBLE": DRAWS},
    "programmes/relocation/business_income_guarantee.py": {"DECEMBER": UNITS},
    "programmes/relocation/income_insurance.py": {"INSURED": DRAWS},
    "programmes/relocation/land_kept_at_home.py": {"KEPT": DRAWS},
}
"""Names that were looked at, with the reason why each is no number of the world."""
PLAIN = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.Tuple, ast.operator, ast.unaryop)


def is_numeric(value):
    """Return whether an expression is made of plain numbers alone."""
    parts = list(ast.walk(value))
    constants = [part.value for part in parts if isinstance(part, ast.Constant)]
    numbers = [c for c in constants if isinstance(c, int | float) and not isinstance(c, bool)]
    whole = len(numbers) == len(constants) > 0
    return whole and all(isinstance(part, (*PLAIN, ast.expr_context)) for part in parts)


def module_numbers(path):
    """Yield the names of numbers at the level of a module."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and is_numeric(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def found():
    """Return the names of numbers of every module of kernels and programmes."""
    paths = [p for room in ("kernels", "programmes") for p in (ROOT / room).rglob("*.py")]
    return {p.relative_to(ROOT).as_posix(): set(module_numbers(p)) for p in paths}


def test_numbers_in_kernels_and_programmes_are_declared_or_reviewed():
    told = {path: set(ALLOWED.get(path, {})) for path in found()}
    undeclared = {path: names - told[path] for path, names in found().items()}
    assert {path: names for path, names in undeclared.items() if names} == {}


def test_the_review_names_nothing_that_is_gone():
    there = found()
    gone = {path: set(names) - there.get(path, set()) for path, names in ALLOWED.items()}
    assert {path: names for path, names in gone.items() if names} == {}


def test_a_number_written_into_a_module_is_seen(tmp_path):
    module = tmp_path / "m.py"
    module.write_text("SHARE = 0.3\nFALL: float = -2 / 3\nNAME = 'x'\nBOTH = (1, 2)\n")
    assert list(module_numbers(module)) == ["SHARE", "FALL", "BOTH"]
