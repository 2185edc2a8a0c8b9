"""The answer says what the numbers say: who leads, who loses, and what cannot be told."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from povsim.report import print_summary
from povsim.report.results.claims import Claim, claim, clause
from povsim.report.results.study import read
from povsim.report.results.trials import Trial, survival
from povsim.report.sections.answer import details, lead
from povsim.words.glossary import Glossary


@pytest.fixture(scope="module")
def results(finished):
    return read(finished.folder)


def with_values(results, by_arm):
    """Return results in which relapse in the last year is these values, seed by seed."""
    annual, effects, year = results.annual.copy(), results.effects.copy(), results.years[-1]
    here = annual["measure"].eq("relapse_rate") & annual["year"].eq(year)
    here &= annual["group"].eq("all") & annual["region"].eq("all")
    whole = effects["measure"].eq("relapse_rate") & effects["year"].eq(year)
    whole &= effects["group"].eq("all") & effects["region"].eq("all")
    for arm, values in by_arm.items():
        annual.loc[here & annual["scenario"].eq(arm), "value"] = values
        effects.loc[whole & effects["scenario"].eq(arm), "value"] = np.mean(values)
    return dataclasses.replace(results, annual=annual, effects=effects)


CLEAR = {
    "hold": [0.05, 0.06, 0.07],
    "direct_transfers": [0.01, 0.02, 0.03],
    "fiscal_leverage": [0.09, 0.10, 0.111],
    "mixed": [0.01, 0.03, 0.02],
}


def test_the_best_arm_is_held_against_the_worst_that_it_clearly_beats(results):
    found = claim(with_values(results, CLEAR), "relapse_rate", results.years[-1])
    assert (found.best, found.other) == ("direct_transfers", "fiscal_leverage")
    assert found.clear
    assert found.like == ("mixed",)
    assert found.difference == pytest.approx(-0.0803, abs=1e-4)


def test_arms_whose_intervals_hold_zero_cannot_be_told_apart(results):
    noisy = {arm: list(np.roll([0.01, 0.05, 0.09], i)) for i, arm in enumerate(CLEAR)}
    noisy["mixed"] = [0.05, 0.011, 0.08]
    found = claim(with_values(results, noisy), "relapse_rate", results.years[-1])
    assert not found.clear
    words = Glossary("en", results.titles)
    assert "cannot be told apart" in clause(found, words)
    assert "includes zero" in clause(found, words)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_lead_is_a_short_paragraph_without_missing_words(results, language):
    words = Glossary(language, results.titles)
    text = lead(results, words, words.sentence("unchecked"))
    ends = text.count("。") if language == "zh" else text.count(". ") + 1
    assert 3 <= ends <= 6
    assert "{" not in text
    assert words.quoted("hold") in text


def trial(differences, low=None, high=None):
    made = Claim("relapse_rate", 2030, "direct_transfers", "hold", 0.01, -0.02, -0.03, -0.01)
    table = pd.DataFrame(
        {
            "difference": differences,
            "ci_low": low or [d - 0.001 for d in differences],
            "ci_high": high or [d + 0.001 for d in differences],
        }
    )
    return Trial(made, table)


def test_a_headline_that_keeps_its_sign_everywhere_survives(results):
    words = Glossary("en", results.titles)
    assert "keeps its sign in all 3 structural alternatives" in survival(
        trial([-0.1, -0.2, -0.3]), words
    )


def test_a_headline_that_is_reversed_somewhere_is_said_not_to_survive(results):
    words = Glossary("en", results.titles)
    said = survival(trial([-0.1, 0.2, -0.0005]), words)
    assert "does not survive" in said
    assert "holds in 2 of 3 alternatives (clearly in 1) and is clearly reversed in 1" in said


@pytest.mark.parametrize(("residual", "told"), [(0.004, False), (-0.006, True)])
def test_costs_that_are_not_equal_are_said_to_be(residual, told, finished, capsys):
    results = read(finished.folder)
    arm = results.others[0]
    results.manifest["cost_residual"] = {arm: residual}
    print_summary(results, "en")
    assert ("Costs are not equal" in " ".join(capsys.readouterr().out.split())) is told
    assert (
        any("differs by up to 0.60%" in s for s in details(results, Glossary("en", results.titles)))
        is told
    )
