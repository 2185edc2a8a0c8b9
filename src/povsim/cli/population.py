"""``povsim describe population``: published target beside what a run starts from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from povsim.params import World
from povsim.study.limits import check_memory
from povsim.words.texts import command_words

SHOWN = ("lifted_counties", "national")
HELD = "lifted_counties"
"""The population whose first years are held against what was published for them."""
PUBLISHED = (
    ("F0331", "all", 2021),
    ("F0332", "all", 2022),
    ("F0380", "registered", 2021),
    ("F0381", "registered", 2022),
)
SEEDS = 8
RURAL_CPI = {2021: 1.007, 2022: 1.007 * 1.020}
"""Rural consumer prices over those of 2020 (NBS: 0.7 % in 2021, 2.0 % in 2022)."""


def describe_population(
    language: str, overrides: Sequence[str] = (), config_dir: str | None = None
) -> Iterator[str]:
    """Yield the comparison, misses first: of the two main populations, or of the one asked for."""
    from povsim.model import start_population
    from povsim.population.describe import describe

    for world, seed in _worlds(overrides, config_dir):
        check_memory(world.households)
        words = command_words(language)
        yield f"{world.population} ({world.households:,} {words['households_drawn']})"
        yield f"  {words['quantity']:<58}{words['target']:>12}{words['drawn']:>12}{words['error']:>9}  {words['source']}"  # noqa: E501
        table = describe(world, start_population(world, seed))
        yield from map(_line, table.to_dict("records"))
        if world.population == HELD:
            yield f"  {words['validation']}"
            yield from map(_line, _validation(world, seed))
        yield ""


def _worlds(overrides: Sequence[str], config_dir: str | None) -> Iterator[tuple[World, int]]:
    if overrides:
        from povsim.config import compose

        request = compose(["scenario=hold", *overrides], config_dir)
        yield request.world, request.seeds[0]
        return
    for name in SHOWN:
        yield replace(World(), population=name), 1


def _line(row: dict[Any, Any]) -> str:
    target, drawn = float(row["target"]), float(row["drawn"])
    digits = ",.4f" if target < 10 else ",.0f" if target > 1000 else ",.2f"
    name_and_unit = f"{row['quantity']}, {row['unit']}"
    source = f"{row['figure']} {str(row['source'])[:60]} ({row['confidence']})"
    error = f"{100 * float(row['error']):>+8.2f}%"
    return f"  {name_and_unit:<58}{target:>12{digits}}{drawn:>12{digits}}{error}  {source}"


def _validation(world: World, seed: int) -> Iterator[dict[Any, Any]]:
    """Yield mean incomes of 2021 and 2022 under hold beside those published; nothing is fitted.

    Growth has its own luck in every seed, so they are means over seeds.
    """
    import numpy as np

    from povsim.model import PovertyModel
    from povsim.population import facts
    from povsim.programmes.scenario_files import load_scenario

    hold, runs = load_scenario("hold"), []
    for luck in range(seed, seed + SEEDS):
        model = PovertyModel(world, hold, seed=luck)
        model.run_for(24)
        means = model.annual.query("measure == 'mean_income' and region == 'all'")
        runs.append(means.set_index(["group", "year"])["value"])
    for figure, group, year in PUBLISHED:
        fact = facts.facts()[figure]
        target, drawn = (
            fact.value / RURAL_CPI[year],
            float(np.mean([values[group, year] for values in runs])),
        )
        yield {
            "figure": figure,
            "quantity": f"mean income {year}, {group}",
            "unit": "2020 yuan/person/year",
            "target": target,
            "drawn": drawn,
            "error": drawn / target - 1.0,
            "source": fact.source,
            "confidence": fact.confidence,
        }
