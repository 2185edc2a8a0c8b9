"""Months and years of a run, and the transition clock of programmes."""

import math

from povsim.errors import UserError, said

FIRST_YEAR = 2021
"""Calendar year of month 0; the population is drawn as of the December before."""
MONTHS = 12
SHAPES = ("hold", "cliff", "linear", "step", "logistic")


def year_of(month: int) -> int:
    """Return the calendar year of a month counted from the start."""
    return FIRST_YEAR + month // MONTHS


def month_index(date: str, earliest: int = 0) -> int:
    """Return the month counted from the start for a date such as ``2022-01``.

    Raises
    ------
    UserError
        If the date is not year-month, or lies before month ``earliest``.
    """
    parts = str(date).split("-")
    if len(parts) != 2 or not all(p.isdigit() for p in parts) or not 1 <= int(parts[1]) <= MONTHS:
        rule = said("year_month", example=f"{FIRST_YEAR}-01")
        raise UserError(said("date", date=date), None, rule)
    index = (int(parts[0]) - FIRST_YEAR) * MONTHS + int(parts[1]) - 1
    if index < earliest:
        rule = said("date_or_later", date=date_of(earliest))
        raise UserError(said("date", date=date), None, rule)
    return index


def date_of(month: int) -> str:
    """Return the date of a month counted from the start, such as ``2022-01``."""
    return f"{year_of(month)}-{month % MONTHS + 1:02d}"


def intensity(month: float, shape: str, start: float, length: float, steps: int = 3) -> float:
    """Return the share of a programme's first strength that is left in a month.

    Parameters
    ----------
    month, start, length : float
        Now, the first month of the change, months until it is complete.
    shape : str
        ``hold`` keeps 1; ``cliff`` drops to 0 at ``start`` (within a month in
        proportion); ``linear`` falls evenly; ``step`` falls in equal steps; ``logistic`` falls
        in an S, half way at the middle.
    """
    if shape not in SHAPES:
        raise UserError(said("shape", shape=shape), None, SHAPES, sought=shape)
    if shape == "hold" or month < math.floor(start):
        return 1.0
    if shape == "cliff":
        return min(max(start - month, 0.0), 1.0)
    if month < start:
        return 1.0
    if month >= start + length or length <= 0:
        return 0.0
    done = (month - start) / length
    if shape == "linear":
        return 1.0 - done
    if shape == "step":
        return 1.0 - (math.floor(done * steps) + 1) / (steps + 1)
    return 1.0 / (1.0 + math.exp(10.0 * (done - 0.5)))
