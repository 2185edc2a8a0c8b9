"""One number for all luck under two names: povsim's ``seed`` and Mesa's ``rng``."""

import inspect
from collections.abc import Callable
from typing import Any

from povsim.errors import UserError, said
from povsim.errors.given import seed_number
from povsim.rng import fresh_seed


class _Unsaid(int):
    """A number of its own type, so that a seed of 1 can be told from none."""


UNSAID = _Unsaid(1)
"""The seed where nobody gives one."""


def agreed(**names: Any) -> int:
    """Return the seed that all names for it stand for.

    None asks for another one every time, as everywhere in Mesa; ``model.seed`` says which it is.

    Raises
    ------
    UserError
        If one is no seed, or two are given and differ.
    """
    given = {
        name: seed_number(value, name)
        for name, value in names.items()
        if value is not None and value is not UNSAID
    }
    if not given:
        return fresh_seed() if None in names.values() else int(UNSAID)
    first, seed = next(iter(given.items()))
    for name, other in given.items():
        if other != seed:
            raise UserError(name, other, said("same_seed", name=first, seed=seed))
    return seed


def seen_by_mesa[Made: Callable[..., Any]](make: Made) -> Made:
    """Leave ``seed`` out of the signature that a function shows; it is taken all the same.

    Where Mesa's ``batch_run`` sees it, it lays its own ``rng`` over seeds that are asked for as a
    parameter.
    """
    whole = inspect.signature(make)
    shown = [p for p in whole.parameters.values() if p.name != "seed"]
    vars(make)["__signature__"] = whole.replace(parameters=shown)
    return make
