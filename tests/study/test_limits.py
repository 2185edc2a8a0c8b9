"""What could never be finished is refused before the first run; what is merely large is not."""

import pytest

from povsim.cli import main
from povsim.config import compose
from povsim.config.keys import KEYS
from povsim.errors import UserError
from povsim.machine import resources
from povsim.study import limits
from povsim.study.limits import MOST, check_memory, check_room, check_size
from povsim.study.runs import runner

GB = 10**9
HOLD = ["run", "scenario=hold"]
GRID = ["sweep", "design=grid"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([*HOLD, "households=1e12"], "at most 1,000,000,000 households"),
        ([*HOLD, "seeds=1000000000"], "at most 100,000 seeds"),
        ([*HOLD, "workers=100000"], "at most 1,024 processes"),
        ([*HOLD, "years=100000"], "1 to 60"),
        ([*HOLD, "precision=0.01", "max_seeds=1000000000"], "at most 100,000 seeds"),
        ([*HOLD, "seeds=100000", "years=60"], "fewer seeds, years or arms"),
        ([*HOLD, "households=9e8"], "allowed: at most 33,928,571 households in a process"),
        ([*HOLD, "-m", "seeds=2,1000000000"], "at most 100,000 seeds"),
        ([*HOLD, "households=1" + "0" * 400], "a number of at most 308 digits"),
        ([*HOLD, "households=1" + "0" * 5000], "a number of at most 308 digits"),
        ([*HOLD, "households=1" + "0" * 300], "at most 1,000,000,000 households"),
        ([*HOLD, "checks=all", "checks_households=1e12"], "at most 1,000,000,000 households"),
        ([*HOLD, "checks=all", "checks_seeds=1e9"], "at most 100,000 seeds"),
        (["sweep", "n=1000000000"], "at most 200,000 points"),
        (["sweep", "design=sobol", "n=1073741824"], "at most 200,000 points"),
        (["sweep", "design=sobol", "n=131072"], "n=131,072 × points="),
        (["sweep", "design=morris", "n=1000000000"], "at most 200,000 points"),
        ([*GRID, "levels=1000000000"], "at most 1,000 levels"),
        ([*GRID, "levels=1000"], ": points=10^"),
        (["sweep", "n=20000", "seeds=64"], "points=20,000 × arms=4 × seeds=64: runs=5,120,000"),
        (["search", "search.points=1000000000"], "at most 10,000 mixes"),
        (["search", "search.points=9999", "search.generations=9999"], "at most 1,000,000 runs"),
        (["search", "search.futures=1000000000"], "at most 10,000 futures"),
        (["describe", "population", "households=1e9"], "households in a process"),
        (["describe", "vulnerability", "futures=1000000000"], "at most 10,000 futures"),
    ],
)
def test_an_absurd_size_is_refused_in_one_line(words, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(runner, "execute", None)
    monkeypatch.setattr(resources, "memory", lambda: 24 * GB)
    assert main(words) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and told in lines[0]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [("1e4", 10_000), ("1_000", 1_000), ("10000.0", 10_000), ("65000000", 65_000_000)],
)
def test_a_whole_number_is_one_however_it_is_written(text, number):
    assert compose(["scenario=hold", f"households={text}"]).world.households == number


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1, 0, 2.5, 10**400, "200", True])
def test_what_is_no_number_of_households_is_refused(value):
    with pytest.raises(UserError):
        KEYS["households"].of({"households": value})


@pytest.mark.parametrize(
    ("households", "workers", "runs", "fits"),
    [
        (65_000_000, 1, 1, True),
        (65_000_000, 2, 2, False),
        (20_000, 64, 10_000, True),
        (20_000, 1_000, 10_000, False),
        (20_000, 1_000, 10, True),
    ],
)
def test_runs_side_by_side_have_to_fit_into_memory(households, workers, runs, fits, monkeypatch):
    monkeypatch.setattr(resources, "memory", lambda: 64 * GB)
    if fits:
        check_memory(households, workers, runs)
        return
    with pytest.raises(UserError, match="processes"):
        check_memory(households, workers, runs)


def test_a_refusal_says_what_fits_and_it_does(monkeypatch):
    monkeypatch.setattr(resources, "memory", lambda: 24 * GB)
    with pytest.raises(UserError, match="8 processes, or these on 3") as refused:
        check_memory(10_000_000, 8, 8)
    fit = int(str(refused.value).split("at most ")[1].split(" ")[0].replace(",", ""))
    check_memory(fit, 8, 8)
    check_memory(10_000_000, 3, 8)
    with pytest.raises(UserError):
        check_memory(fit + 1, 8, 8)


def test_runs_that_are_there_need_no_room_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "room", lambda _: 10 * limits.RUN_ON_DISK)
    with pytest.raises(UserError, match=r"runs=100; allowed: at most \d runs; these need about"):
        check_room(tmp_path, 100, 10)
    (tmp_path / "runs").mkdir()
    for i in range(100):
        (tmp_path / "runs" / f"{i}.run").touch()
    check_room(tmp_path, 100, 10)


def test_thousands_of_runs_are_ordinary_and_nobody_asks_a_machine_that_does_not_say(monkeypatch):
    request = compose(["scenario=hold", "workers=8"])
    check_size(request, None, points=4096 * 22, arms=1, seeds=8)
    monkeypatch.setattr(resources, "memory", lambda: None)
    check_memory(10**12)


def test_limits_are_told_with_unit_and_reason_in_both_languages():
    for limit in MOST.values():
        assert {*limit.unit} == {*limit.reason} == {"en", "zh"}
