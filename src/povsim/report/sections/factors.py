"""What decides a difference: the factor that moves it most, in words."""

from povsim.report.results.sweep import SweepResults
from povsim.study.sweeps.sensitivity import tornado as swings
from povsim.words.glossary import Glossary


def strongest(results: SweepResults, scenario: str, words: Glossary) -> str:
    """Return which factor moves a scenario's difference from the baseline most, and how far."""
    measure = results.primary
    top = swings(results.factors, results.design, results.differences(scenario)).iloc[0]
    ends = [words.choice(str(top["factor"]), str(top[end])) for end in ("low_value", "high_value")]
    named = isinstance(top["low_value"], str)
    return words.sentence(
        "sweep_strongest_choice" if named else "sweep_strongest",
        first_choice=ends[0],
        last_choice=ends[1],
        scenario=words.quoted(scenario),
        baseline=words.quoted(results.baseline),
        measure=words.inside(measure),
        factor=results.title(str(top["factor"]), words.language),
        first=words.change(measure, float(top["outcome_low"])),
        last=words.change(measure, float(top["outcome_high"])),
    )
