"""Support that reaches households: the one way in which a programme's money is received."""

from povsim.kernels.compiled import inlined


@inlined
def receive_transfer(h, i, amount):
    """Book ``amount`` yuan of a programme as transfer income of household ``i``."""
    h.month_income[i] += amount
    h.month_policy[i] += amount
    h.year_transfer[i] += amount
    h.year_policy[i] += amount


@inlined
def receive_wage(h, i, amount):
    """Book ``amount`` yuan of a programme as wage income of household ``i``."""
    h.month_income[i] += amount
    h.month_policy[i] += amount
    h.year_wage[i] += amount
    h.year_policy[i] += amount
