"""Everything that there is can be described in both languages."""

import pytest

from povsim.cli import main
from povsim.programmes.cards import available


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_programme_is_described(language, capsys):
    for name in available():
        assert main(["describe", name, "--language", language]) == 0
        assert f"programmes.{name}." in capsys.readouterr().out
