"""Numbers that say something about the world are declared, not written into a module."""

import ast
import enum
from pathlib import Path

import pytest

import povsim
from povsim import rng

ROOT = Path(povsim.__file__).parent
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
    "kernels/census.py": {"CELLS": UNITS},
    "kernels/ranks.py": {
        "SHARES": "the quantiles of S80/S20, of the Palma ratio and of the median",
        "SUBSETS": UNITS,
    },
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


DRAWN_BY = {"uniform_block": 4, "draw_place": 3, "philox4x32": 3, "words": 5}
"""Functions that draw, and where among their arguments the number of the draw stands."""
NUMBERED = {"TARGETING": "TargetingDraw", "INVESTOR": "InvestorDraw", "WARNING": "WarningDraw"}
"""Streams with several draws, and what numbers them."""


def own_draws(source):
    """Yield draws whose number is written on the spot although their stream has a list."""
    tree = ast.parse(source)
    plain = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and is_numeric(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        place = DRAWN_BY.get(getattr(call.func, "id", ""))
        if place is None or len(call.args) < 3:
            continue
        stream = ast.unparse(call.args[place - 1]).rpartition(".")[2].rstrip(")")
        draw = call.args[place] if len(call.args) > place else ast.Constant(0)
        on_the_spot = is_numeric(draw) and (stream in NUMBERED or ast.unparse(draw) != "0")
        if on_the_spot or ast.unparse(draw) in plain:
            yield ast.unparse(call)


def test_no_module_numbers_a_draw_of_its_own():
    paths = [p for p in ROOT.rglob("*.py") if p.name != "rng.py"]
    assert {p: own for p in paths if (own := list(own_draws(p.read_text("utf-8"))))} == {}


def test_a_draw_that_is_numbered_on_the_spot_is_seen():
    block = "uniform_block(seed, uid, 0, Stream.TARGETING, {})"
    assert list(own_draws("SEEN = 7\n" + block.format("SEEN")))
    assert list(own_draws(block.format(3)))
    assert list(own_draws("uniform_block(seed, uid, 0, Stream.TARGETING)"))
    assert not list(own_draws(block.format("TargetingDraw.NEED")))


@pytest.mark.parametrize("name", NUMBERED.values())
def test_every_draw_of_a_stream_has_a_number_of_its_own(name):
    assert enum.verify(enum.UNIQUE)(getattr(rng, name))
