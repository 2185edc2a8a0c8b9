"""The envelope: what all governments give for rural support in a month.

It depends on the people and the economy only, so it is the same in every arm.
"""

from povsim.params.economy import Fiscal


def month_envelope(p: Fiscal, registered: float, persons: float, size: float) -> float:
    """Return the month's envelope for entitlements and programmes together, yuan.

    Parameters
    ----------
    registered, persons : float
        Registered persons, and all persons, represented.
    size : float
        Size of the envelope, 1 at the start.
    """
    yearly = p.envelope_per_registered_person * registered + p.entitlements_per_person * persons
    return float(yearly * size / 12.0)


def envelope_size(p: Fiscal, month: int, level: float) -> float:
    """Return the size of the envelope in a month: its own yearly growth, and the economy's level.

    Parameters
    ----------
    month : int
        Counted from the start of the run.
    level : float
        Level of the economy, as in :class:`povsim.state.economy.Economy`.
    """
    return float((1.0 + p.envelope_growth) ** (month / 12.0) * level)
