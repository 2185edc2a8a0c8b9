"""Results are what they were: nothing moves without being seen."""

import pytest

from povsim.params import GROUPS, World, options
from povsim.programmes.cards import available
from tests import baseline

EXACT = baseline.made_on() == baseline.platform_class()


@pytest.mark.parametrize("name", ["requests", "runs", "studies"])
def test_nothing_has_moved(name):
    lines = baseline.moved(name, getattr(baseline, name)(), exact=EXACT)
    assert not lines, "\n".join([*lines, "python -m tests.update_baseline shows and records it"])


def test_a_moved_number_is_seen():
    record = baseline.recorded("runs")
    other = record.copy()
    other.loc[3, ["value", "digest"]] = [other.loc[3, "value"] * 1.001 + 1e-3, "0"]
    name = str(record.loc[3, "name"])
    assert name in "".join(baseline.moved("runs", other, exact=True))
    assert name in "".join(baseline.moved("runs", other, exact=False))
    assert not baseline.moved("runs", record)


def test_the_record_uses_every_programme_and_every_structural_switch():
    found = baseline.specs().values()
    used = {use.name for spec in found for use in spec.scenario.programmes}
    assert used == set(available())
    for group in GROUPS:
        for name, choices in options(getattr(World(), group)).items():
            taken = {getattr(getattr(spec.world, group), name) for spec in found}
            assert taken == set(choices), f"{group}.{name}"
