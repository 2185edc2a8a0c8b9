"""Give workers their jobs at the start: nearby, in workshops, away, in public posts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Registration
from povsim.params.start import StartWork
from povsim.population import facts
from povsim.population.blueprint import Blueprint
from povsim.population.layout import Layout

Array = NDArray[Any]
KINDS = ("at_local", "at_workshop", "migrant_informal", "migrant_formal")


def draw_jobs(
    p: StartWork,
    plan: Blueprint,
    layout: Layout,
    people: dict[str, Array],
    rng: np.random.Generator,
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
    waged = np.where(site, np.minimum(waged * p.waged_at_sites, 0.95), waged)
    ordinary = _split(p.local, p.informal, p.formal)
    poor = _split(p.registered_local, p.registered_informal, p.registered_formal)
    landless = _split(p.site_local, p.site_informal, p.site_formal)
    split = np.where(registered[:, None], poor, ordinary)
    split = np.where(site[:, None], landless, split)
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


def _split(local: float, informal: float, formal: float) -> Array:
    """Return the parts of ``KINDS`` outside workshops; they sum to one."""
    parts = np.array([local, 0.0, informal, formal])
    return parts / parts.sum()
