"""The house keeps its own rules."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ["lint-imports"],
        ["mypy"],
        ["ruff", "check", "src", "tests", "benchmarks"],
        ["ruff", "format", "--check", "src", "tests", "benchmarks"],
    ],
)
def test_the_house_is_in_order(command):
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_month_reads_on_one_screen_and_odd_tells_the_same_order():
    source = (ROOT / "src/povsim/model/poverty_model.py").read_text(encoding="utf-8")
    step = source.split("def step(self)")[1].split("@property")[0].splitlines()
    assert len(step) < 28
    called = [
        name
        for line in step
        for name in (
            "economy.advance",
            "programmes.rates",
            "bring_weather",
            "strike_households",
            "find_and_lose_jobs",
            "operate_industry",
            "produce_and_pay",
            "programmes.act",
            "spend_and_save",
            "invest(",
            "grow_and_wear",
            "record_welfare",
            "close_ledger",
            "observer.take",
        )
        if name in line
    ]
    odd = (ROOT / "docs/odd.md").read_text(encoding="utf-8").split("## 3.")[1]
    places = [odd.index("`" + name.rstrip("(")) for name in called]
    assert len(called) == 14
    assert places == sorted(places)


def test_no_file_outgrows_its_room():
    long = [p for p in (ROOT / "src").rglob("*.py") if len(p.read_text().splitlines()) > 450]
    assert not long
