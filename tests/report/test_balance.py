"""Costs and liabilities stand beside benefits, and are those of the tables."""

import pandas as pd
import pytest

from povsim.money.ledger import FISCAL_SOURCES
from povsim.report.results.study import money, read
from povsim.report.sections.money import balance, ledger
from povsim.words.glossary import Glossary

WORDS = Glossary("en")


@pytest.fixture(scope="module")
def results(finished):
    return read(finished.folder)


@pytest.fixture(scope="module")
def rows(results):
    grid = balance(results, Glossary("en", results.titles))
    return {line.name: line.cells for line in grid.lines}


def test_outlay_is_the_mean_of_the_runs(results, rows):
    mine = results.runs[results.runs["scenario"] == results.arms[1]]
    shown = rows["Fiscal outlay"][1].text
    assert shown == WORDS.value("fiscal_cost", mine["fiscal_cost_pv"].mean())


def test_guarantee_losses_are_those_of_the_ledger(results, rows):
    arm = results.arms.index("fiscal_leverage")
    table = results.ledger[results.ledger["scenario"] == "fiscal_leverage"]
    lost = table.loc[table["use"] == "guarantee_loss", "amount_yuan"].sum() / 3
    shown = rows["Guarantee losses, whole period"][arm].text
    assert shown == WORDS.value("guarantee_losses", lost)


def test_relapses_averted_are_paired_with_the_reference(results, rows):
    fell = results.relapses
    fewer = (fell["entitlements_only"] - fell["direct_transfers"]).mean()
    cell = rows["Relapses averted, whole period"][results.arms.index("direct_transfers")]
    assert cell.text == WORDS.persons(fewer)
    assert "…" in cell.small


def test_the_baseline_is_not_held_against_itself(results, rows):
    year = results.years[-1]
    lifted = rows[f"Out of relative poverty, {year}"]
    assert lifted[results.arms.index(results.baseline)].text == "–"
    assert all(
        cell.text != "–" for s, cell in zip(results.arms, lifted, strict=True) if s != "hold"
    )


def test_the_ledger_names_a_programme_once_and_adds_up(results):
    grid = ledger(results, Glossary("en", results.titles))
    blocks = [line for line in grid.lines if line.of]
    assert sum(line.rows for line in blocks) == len(grid.lines)
    assert len({line.of for line in blocks}) == len(blocks)
    fiscal = [line for line in grid.lines if line.kind != "private"]
    shown = sum(float(line.cells[1].text.replace(",", "")) for line in fiscal)
    total = float(grid.foot[0].cells[0].text.replace(",", ""))
    assert shown == pytest.approx(total, abs=0.05 * (len(fiscal) + 1))


def test_money_carried_over_counts_where_it_was_used(results):
    table, raw = money(results), results.ledger
    seeds = raw.groupby("scenario")["seed"].nunique()
    late = raw[raw["source"] == "carried_over"].groupby("scenario")["amount_yuan"].sum() / seeds
    kept = raw[raw["use"] == "unspent"].groupby("scenario")["amount_yuan"].sum() / seeds
    told = table[table["use"] == "unspent"].groupby("scenario")["yuan"].sum()
    assert late["fiscal_leverage"] > 0.0
    assert told["fiscal_leverage"] == pytest.approx((kept - late)["fiscal_leverage"])
    central = table[table["source"].isin(FISCAL_SOURCES)].groupby("scenario")["yuan"].sum()
    fiscal = raw[raw["source"].isin(FISCAL_SOURCES)].groupby("scenario")["amount_yuan"].sum()
    pd.testing.assert_series_equal(central, fiscal / seeds, check_names=False)
