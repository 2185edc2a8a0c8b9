"""Branching futures: the same household under other luck from today on."""

from copy import deepcopy
from typing import Any

import numpy as np
import pandas as pd

from povsim.model import PovertyModel
from povsim.rng import seed_key


def branching_futures(model: PovertyModel, futures: int = 30, months: int = 24) -> pd.DataFrame:
    """Return how often each household falls, over futures that differ in luck only.

    The model is copied as it stands, and each copy lives on under a seed of its own. The share of
    futures in which a household falls is its vulnerability, without a regression and with every
    mechanism of the model in it (compare ``vulnerability_rate``, which is a formula).

    Parameters
    ----------
    model : PovertyModel
        Stays as it is.
    futures : int
        Copies; the standard error of a share is at most 0.5 / sqrt(futures).
    months : int
        How far ahead.

    Returns
    -------
    DataFrame
        ``uid, group, registered, persons, income, chance``: yearly income per person in yuan,
        share of futures with at least one fall. Households inside a spell are left out.

    Raises
    ------
    ValueError
        If there is no future or no month.
    """
    for name, number in (("futures", futures), ("months", months)):
        if number < 1:
            raise ValueError(f"{name}={number}: allowed is 1 or more")
    h = model.households
    order = np.argsort(h["uid"])
    fell = np.zeros(len(h))
    for future in range(futures):
        branch = deepcopy(model)
        give_luck(branch, model.seed + 1_000_003 * (future + 1))
        branch.falls.clear()
        branch.observer.first_fall = 0
        branch.run_for(months)
        uids = [np.unique(f["uid"]) for f in branch.falls]
        if uids:
            at = np.searchsorted(h["uid"], np.unique(np.concatenate(uids)), sorter=order)
            fell[order[at]] += 1.0
    table: dict[str, Any] = {
        "uid": h["uid"].copy(),
        "group": h["group"].copy(),
        "registered": h.is_registered,
        "persons": model.persons,
        "income": h.year_income / h["members"],
        "chance": fell / futures,
    }
    outside = h["spell"] == 0
    return pd.DataFrame({name: column[outside] for name, column in table.items()})


def give_luck(model: PovertyModel, seed: int) -> None:
    """Let a model live on under another seed."""
    model.seed, model.key = seed, seed_key(seed)
    model.economy.seed = seed
