"""What the model adds up of itself: wealth of households, supply of products, falls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from povsim.codes import Cause, Group
from povsim.kernels import consumption, industry

if TYPE_CHECKING:
    from povsim.model import PovertyModel

Array = NDArray[Any]
FALLS = ["uid", "month", "kind", "cause", "group", "persons"]


def net_wealth(model: PovertyModel) -> float:
    """Return savings less debt of all households, represented yuan."""
    h, start = model.households, model.places["start"]
    savings = np.add.reduceat(h["savings"], start, dtype=np.float64)
    debt = np.add.reduceat(h["debt"], start, dtype=np.float64)
    return float(np.dot(savings - debt, model.place_weight))


def close_month(model: PovertyModel, before: float) -> float:
    """Hold the change of households' wealth against all flows; return wealth, represented yuan.

    Raises
    ------
    LedgerError
        If money was made or lost.
    """
    c, totals = consumption, model.place_weight @ model.spent
    wealth = net_wealth(model)
    flows = (
        totals[c.INCOME]
        - totals[c.SPENT]
        - totals[c.MEDICAL]
        - totals[c.SCHOOL]
        - totals[c.INTEREST]
        + totals[c.SOLD]
        + totals[c.FORGIVEN]
        - model.treasury.represented(model.invested[:, 0])
        + model.treasury.wealth_flows
    )
    income = float(abs(totals[c.INCOME]))
    model.ledger.close(model.month, float(totals[c.POLICY]), wealth - before, float(flows), income)
    return wealth


def excess_supply(model: PovertyModel) -> Array:
    """Return the log of each product's supply over demand, which grows with the economy.

    Supply is own production of the first month, growing with the economy, and the value that
    village industry adds.
    """
    products = len(model.economy.log_price)
    if model.month == 0:
        return np.zeros(products)

    def total(by_place: Array) -> Array:
        return np.bincount(model.places["product"], by_place * model.place_weight, products)

    if model.month == 1:
        model.own_supply = total(12.0 * np.maximum(model.earned[:, 1], 0.0))
        model.first_supply = model.own_supply + total(model.industry_value)
    supply = model.own_supply + total(model.industry_value) / model.economy.level
    return np.asarray(np.log(np.maximum(supply, 1.0) / np.maximum(model.first_supply, 1.0)))


def typical_capital(model: PovertyModel) -> float:
    """Return the capital per household at which industry is stated, from the start's places."""
    places, p = model.places, model.industry_numbers
    level = np.ones(len(places))
    yields = industry.productivity(places["management"], places["infrastructure"], level, p)
    capital = places.industry_capital
    return industry.typical_capital(capital, places.rows, model.place_weight, yields, p)


def fall_table(falls: list[dict[str, Array]]) -> pd.DataFrame:
    """Return every fall: ``uid, month, kind, cause, group, persons``."""
    if not falls:
        return pd.DataFrame(columns=FALLS)
    joined = {key: np.concatenate([f[key] for f in falls]) for key in falls[0]}
    kind = np.where(joined["registered"], "relapse", "new_poverty")
    cause = np.array([c.name.lower() for c in Cause])[joined["cause"]]
    group = np.array([g.name for g in Group])[joined["group"]]
    table = {**joined, "kind": kind, "cause": cause, "group": group}
    return pd.DataFrame({name: table[name] for name in FALLS})
