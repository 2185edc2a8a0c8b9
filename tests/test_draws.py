"""Every draw of a stream with several has its number from the one list."""

import ast
import enum
from pathlib import Path

import pytest

import povsim
from povsim import rng
from tests.test_constants import is_numeric

ROOT = Path(povsim.__file__).parent
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
