"""What the model adds up of itself: wealth of households, supply of products, falls."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from povsim.codes import Cause, Group
from povsim.kernels import capital, consumption, earnings, industry
from povsim.programmes.stage import Stage
from povsim.state.flows import Supply

Array = NDArray[Any]
FALLS = ["uid", "month", "kind", "cause", "group", "persons"]


def net_wealth(model: Stage) -> float:
    """Return savings less debt of all households, represented yuan."""
    h, start = model.households, model.places["start"]
    savings = np.add.reduceat(h["savings"], start, dtype=np.float64)
    debt = np.add.reduceat(h["debt"], start, dtype=np.float64)
    return float(np.dot(savings - debt, model.place_weight))


def close_month(model: Stage) -> float:
    """Hold the change of households' wealth against all flows; return wealth, represented yuan.

    Raises
    ------
    LedgerError
        If money was made or lost.
    """
    c, totals = consumption, model.place_weight @ model.flows.spent
    wealth = net_wealth(model)
    flows = (
        totals[c.INCOME]
        - totals[c.SPENT]
        - totals[c.MEDICAL]
        - totals[c.SCHOOL]
        - totals[c.INTEREST]
        + totals[c.SOLD]
        + totals[c.FORGIVEN]
        - model.treasury.represented(model.flows.invested[:, capital.BOUGHT])
        + model.treasury.wealth_flows
    )
    income = float(abs(totals[c.INCOME]))
    change = wealth - model.flows.wealth
    model.ledger.close(model.month, float(totals[c.POLICY]), change, float(flows), income)
    return wealth


def excess_supply(model: Stage) -> Array:
    """Return the log of each product's supply over demand, which grows with the economy.

    Supply is own production of the first month, growing with the economy, and the value that
    village industry adds; there is none to tell before a first month.
    """
    first = model.flows.first_supply
    if first is None:
        return np.zeros(len(model.economy.log_price))
    now = first.own + by_product(model, model.flows.industry_value) / model.economy.level
    return np.asarray(np.log(np.maximum(now, 1.0) / np.maximum(first.whole, 1.0)))


def supply(model: Stage) -> Supply:
    """Return the month's supply of each product, yuan a year, shape (products,)."""
    own = by_product(model, 12.0 * np.maximum(model.flows.earned[:, earnings.OWN], 0.0))
    return Supply(own, own + by_product(model, model.flows.industry_value))


def by_product(model: Stage, by_place: Array) -> Array:
    """Return represented sums by the main product of places, shape (products,)."""
    products = len(model.economy.log_price)
    return np.bincount(model.places["product"], by_place * model.place_weight, products)


def typical_capital(model: Stage) -> float:
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
