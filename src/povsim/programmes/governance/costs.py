"""Book what a rule costs to run."""

from typing import Any

from numpy.typing import NDArray

from povsim.programmes.base import Programme
from povsim.programmes.stage import Stage


def book_running_cost(programme: Programme, model: Stage, yearly: NDArray[Any]) -> None:
    """Book a month of administration, given yuan a year by place (rows), at the start's prices."""
    month = yearly * model.economy.level * programme.strength * model.rates.administration / 12.0
    model.treasury.entitle(programme.name, month, "administration", programme.numbers.county_share)
