"""What sums say of a part of the population: incomes, poverty, work, wealth, capability."""

from collections.abc import Iterator, Mapping

from povsim.yearbook.parts import theil

Values = Iterator[tuple[str, float]]
Totals = Mapping[str, float]
SOURCES = ("wage", "business", "property", "transfer")
LEAST_SPREAD = 1e-6
"""Variance of parents' skill under which no slope on it is told."""


def of_people(t: Totals, line: float) -> Values:
    """Yield incomes, poverty and targeting of a part.

    Parameters
    ----------
    t : Mapping
        Sums of the census by name, represented people.
    line : float
        Absolute line, yuan a person and year.
    """
    yield from _incomes(t)
    yield from _poverty(t, line)
    yield "theil", theil(t["persons"], t["floored"], t["entropy"])
    yield "income_diversification", _diversification(t)
    if t["helped"] > 0.0:
        yield "targeting_inclusion_error", 1.0 - t["needy_helped"] / t["helped"]
    if t["needy"] > 0.0:
        yield "targeting_exclusion_error", 1.0 - t["needy_helped"] / t["needy"]


def _incomes(t: Totals) -> Values:
    """Yield incomes and consumption, yuan a person and year."""
    n = t["persons"]
    yield "mean_income", t["income"] / n
    for source in SOURCES:
        yield f"income_{source}", t[source] / n
    yield "policy_income_share", t["policy"] / max(t["income"], 1.0)
    yield "mean_consumption", t["consumption"] / n


def _poverty(t: Totals, line: float) -> Values:
    """Yield poverty under every line, today's and next year's."""
    n = t["persons"]
    yield "absolute_poverty_rate", t["poor"] / n
    yield "absolute_poverty_rate_after_expenses", t["poor_after_expenses"] / n
    yield "consumption_poverty_rate", t["poor_by_consumption"] / n
    yield "poverty_gap", t["gap"] / n
    yield "poverty_gap_yuan", t["gap"] * line
    yield "squared_poverty_gap", t["squared_gap"] / n
    yield "watts", t["watts"] / n
    for percent in (40, 50, 60):
        yield f"relative_poverty_rate_{percent}", t[f"relative_{percent}"] / n
        yield f"relative_poverty_rate_{percent}_frozen", t[f"frozen_{percent}"] / n
    yield "weakly_relative_poverty_rate", t["weakly_relative"] / n
    yield "catastrophic_health_rate", t["catastrophic"] / n
    yield "below_monitoring_line_share", t["low"] / n
    yield "ever_fallen_share", t["ever_fallen"] / n
    yield "vulnerability_rate", t["vulnerable"] / n
    yield "expected_poverty_rate", t["chance"] / n
    yield "multidimensional_headcount", t["deprived"] / n
    yield "multidimensional_m0", t["deprivation"] / n


def _diversification(t: Totals) -> float:
    """Return one less the sum of squared shares of the four sources; losses count as none."""
    shares = [max(t[source], 0.0) for source in SOURCES]
    whole = max(sum(shares), 1.0)
    return 1.0 - sum((share / whole) ** 2 for share in shares)


def of_households(t: Totals) -> Values:
    """Yield work, wealth and capability of a part; wealth in yuan or mu a household."""
    if t["labour"] > 0.0:
        yield "employment_rate", t["waged"] / t["labour"]
    yield "mean_productive_assets", t["assets"] / t["households"]
    for name in ("savings", "debt", "skill", "health", "motivation"):
        yield f"mean_{name}", t[name] / t["households"]
    yield "mean_land", t["land"] / t["households"]
    yield from _of_children(t)
    if t["relocated"] > 0.0:
        yield "mean_integration", t["integration"] / t["relocated"]
        yield "returned_share", t["returned"] / t["relocated"]


def _of_children(t: Totals) -> Values:
    """Yield what children start with, and its slope on their parents' skill."""
    if t["with_children"] <= 0.0:
        return
    yield "mean_child_skill", t["child_skill"] / t["with_children"]
    mean = t["parent_skill"] / t["with_children"]
    spread = t["parent_square"] / t["with_children"] - mean * mean
    if spread > LEAST_SPREAD:
        joint = (t["parent_child"] - mean * t["child_skill"]) / t["with_children"]
        yield "skill_persistence", joint / spread
