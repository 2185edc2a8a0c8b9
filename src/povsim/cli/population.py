"""``povsim describe population``: published target beside what was drawn."""

from collections.abc import Iterator
from dataclasses import replace

from povsim.cli.words import WORDS
from povsim.params import World

SHOWN = ("lifted_counties", "national")
ROWS = 40_000


def describe_population(language: str) -> Iterator[str]:
    """Yield the lines of the comparison for the two main populations, misses first."""
    from povsim.model import start_population
    from povsim.population.describe import describe

    words = WORDS[language]
    for name in SHOWN:
        world = replace(World(), population=name, households=ROWS)
        table = describe(world, start_population(world, 1))
        yield f"{name} ({ROWS:,} {words['households_drawn']})"
        yield f"  {words['quantity']:<58}{words['target']:>12}{words['drawn']:>12}{words['error']:>9}  {words['source']}"  # noqa: E501
        for row in table.to_dict("records"):
            target, drawn = float(row["target"]), float(row["drawn"])
            digits = ",.4f" if target < 10 else ",.0f" if target > 1000 else ",.2f"
            name_and_unit = f"{row['quantity']}, {row['unit']}"
            source = f"{row['figure']} {str(row['source'])[:60]} ({row['confidence']})"
            yield (
                f"  {name_and_unit:<58}{target:>12{digits}}{drawn:>12{digits}}"
                f"{100 * float(row['error']):>+8.2f}%  {source}"
            )
        yield ""
