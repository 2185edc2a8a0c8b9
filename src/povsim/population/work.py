"""Give workers their jobs at the start: nearby, in workshops, away, in public posts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Registration
from povsim.population import facts
from povsim.population.blueprint import Blueprint
from povsim.population.layout import Layout

Array = NDArray[Any]
KINDS = ("at_local", "at_workshop", "migrant_informal", "migrant_formal")
ORDINARY_SPLIT = np.array([0.42, 0.00, 0.33, 0.25])
"""Jobs of wage workers who are not registered (assumption)."""
REGISTERED_SPLIT = np.array([0.36, 0.00, 0.50, 0.14])
"""The same for registered workers outside posts and workshops (assumption)."""
SITE_SPLIT = np.array([0.55, 0.00, 0.35, 0.10])
"""The same at relocation sites, where the land is gone (assumption)."""
FOREVER_OLD = 68.0


def draw_jobs(
    plan: Blueprint, layout: Layout, people: dict[str, Array], rng: np.random.Generator
) -> dict[str, Array]:
    """Draw workers by kind of job; together they never exceed the household's labour.

    ``chances``, shape (households, 4), is the chance of each kind of job of a worker.
    """
    place, labour = people["place"], people["labour"]
    n = len(place)
    registered = people["registration"] == int(Registration.REGISTERED)
    stratum = layout.stratum[place]
    site = (layout.kind[place] != 0) & (people["land"] <= 0.0)
    waged = np.array([s.numbers["wage_worker_share"] for s in plan.strata])[stratum].copy()
    people_of = people["members"].astype(float)
    if registered.any():
        weight = layout.weight[place]
        wanted = facts.value("F0682") / facts.value("F0541")
        persons = float(weight[registered] @ people_of[registered])
        workers = float(weight[registered] @ labour[registered])
        posts = min(facts.value("F0692") / facts.value("F0541") * persons / max(workers, 1.0), 0.5)
        waged[registered] = np.clip(wanted * persons / max(workers, 1.0) - posts, 0.05, 0.9)
        shops = facts.value("F0691") / 1000.0 / facts.value("F0541") * persons / max(workers, 1.0)
    else:
        posts = shops = 0.0
    waged = np.where(site, np.minimum(waged * 1.25, 0.95), waged)
    split = np.where(registered[:, None], REGISTERED_SPLIT, ORDINARY_SPLIT)
    split = np.where(site[:, None], SITE_SPLIT, split)
    split = split * waged[:, None]
    split[:, 1] += np.where(registered, shops, 0.0)
    jobs = {k: np.zeros(n, dtype=np.int64) for k in (*KINDS, "at_public_post")}
    edges = np.cumsum(split, axis=1)
    for unit in range(int(labour.max(initial=0))):
        has = labour > unit
        draw = rng.random(n)
        kind = (draw[:, None] >= edges).sum(axis=1)
        for k, name in enumerate(KINDS):
            jobs[name] += has & (kind == k)
        post = (
            has
            & registered
            & (kind == len(KINDS))
            & (
                rng.random(n)
                < posts / max(1.0 - edges[registered, -1].mean() if registered.any() else 1.0, 0.05)
            )
        )
        jobs["at_public_post"] += post
    jobs["chances"] = split
    return jobs
