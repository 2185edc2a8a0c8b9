"""Search policy mixes: fronts under a budget, robustness over futures, the next yuan."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from povsim.errors import RunsFailedError, UserError, said
from povsim.params import World
from povsim.study.comparison.effects import margin
from povsim.study.limits import check_size
from povsim.study.request import Request
from povsim.study.runs.bench import Arm, Bench
from povsim.study.runs.folders import only_study_in
from povsim.study.runs.identity import Identity, identity_of, note_identity
from povsim.study.runs.progress import one_bar
from povsim.study.runs.spec import Outcome
from povsim.study.searches.files import Search, manifest_of_search, write_search
from povsim.study.searches.pareto import nsga2, shares
from povsim.study.searches.plan import BUDGET, OBJECTIVES, SearchPlan
from povsim.study.sweeps.discovery import Box, prim
from povsim.study.sweeps.regret import regret, satisficing

__all__ = ["OBJECTIVES", "Search", "SearchPlan", "run_search"]

Array = NDArray[np.float64]
LEAST_SHARE = 0.03
"""Share under which a programme is left out of a mix; it would be money without a purpose."""
TEN_MILLION = 1e7
MARGINAL = [
    "programme",
    "region",
    "falls_averted",
    "ci_low",
    "ci_high",
    "extra_cost_pv",
    "n_seeds",
]
REGIONS = ("all", "deep_poverty", "other_lifted", "ordinary")
FUTURES = ["mix", "future", "objective", "value"]


def outcomes(bench: Bench, arms: Sequence[Arm]) -> Iterator[list[Outcome]]:
    """Run arms on all seeds; yield the outcomes of each by seed.

    Raises
    ------
    RunsFailedError
        If a run failed: an objective without a number cannot be searched.
    """
    for found in bench.outcomes(arms):
        for outcome in found:
            if outcome.status != "ok":
                raise RunsFailedError(
                    said(
                        "run_failed",
                        scenario=outcome.scenario,
                        seed=outcome.seed,
                        error=outcome.error,
                        folder=bench.store.folder,
                    )
                )
        yield found


def objectives(bench: Bench, arms: Sequence[Arm]) -> Array:
    """Return mean objectives over seeds, shape (arms, objectives)."""
    return np.array(
        [np.mean([_objectives(o) for o in own], axis=0) for own in outcomes(bench, arms)]
    )


def _objectives(outcome: Outcome) -> list[float]:
    a = outcome.annual
    last = a[(a["group"] == "all") & (a["region"] == "all") & (a["year"] == a["year"].max())]
    values = last.set_index("measure")["value"]
    return [float(values[OBJECTIVES[0]]), float(values[OBJECTIVES[1]]), outcome.fiscal_cost_pv]


def feasible(x: Array) -> Array:
    """Return mixes whose shares sum to one and are none or worth having; the budget stays."""
    part = shares(x[:, :-1])
    part = shares(np.where(part < LEAST_SHARE, 0.0, part))
    return np.column_stack([np.round(part, 3), np.round(x[:, -1], 2)])


def run_search(request: Request, plan: SearchPlan, folder: Path, quiet: bool = True) -> Search:
    """Search mixes, try the best over futures, and see what more money would do.

    Every run is kept in ``folder``, so that a search that was stopped goes on where it was.
    """
    if request.precision is not None:
        raise UserError("precision", request.precision, said("null_in_search"))
    check_size(request, folder, mixes=plan.mixes_at_most(), seeds=len(request.seeds))
    own = identity_of(request, "search", plan.content())
    with only_study_in(folder, own):
        return _run_search(request, plan, folder, quiet, own)


def _run_search(
    request: Request, plan: SearchPlan, folder: Path, quiet: bool, own: Identity
) -> Search:
    """Run a search in a folder that is held."""
    started = time.perf_counter()
    bench = Bench(request, folder, quiet)
    note_identity(folder, own)
    with one_bar(quiet, plan.mixes_at_most() * len(request.seeds)):
        mixes = find_front(bench, plan, request.world)
        front = chosen_mixes(mixes, plan)
        futures = try_futures(bench, plan, front)
        marginal = marginal_table(bench, plan, front.iloc[0], request.world)
    search = Search(
        plan=plan,
        home=folder,
        mixes=mixes,
        futures=futures,
        robustness=robustness_table(futures),
        marginal=marginal,
        boxes=failing_futures(plan, futures),
        manifest={},
    )
    seconds = time.perf_counter() - started
    search.manifest = manifest_of_search(search, request, bench, front, seconds)
    search.manifest |= own
    write_search(search, request)
    return search


def find_front(bench: Bench, plan: SearchPlan, world: World) -> pd.DataFrame:
    """Return every mix that NSGA-II ran, with its objectives."""
    count = len(plan.uses)

    def evaluate(x: Array) -> Array:
        return objectives(bench, [(world, plan.mix(row[:-1], row[-1], "mix")) for row in x])

    return nsga2(
        evaluate,
        [0.0] * count + [LEAST_BUDGET],
        [1.0] * (count + 1),
        OBJECTIVES,
        (*plan.names, BUDGET),
        plan.points,
        plan.generations,
        bench.seeds[0],
        feasible,
    )


LEAST_BUDGET = 0.2
"""Smallest part of the envelope that a mix may use."""


def chosen_mixes(mixes: pd.DataFrame, plan: SearchPlan) -> pd.DataFrame:
    """Return the mixes of the front to look at closely: a spread of them, lowest relapse first."""
    front = mixes[mixes["front"]].drop_duplicates([*plan.names, BUDGET])
    front = front.sort_values([OBJECTIVES[0], OBJECTIVES[1]], kind="stable", ignore_index=True)
    keep = np.unique(np.linspace(0, len(front) - 1, min(plan.kept, len(front))).round().astype(int))
    chosen = front.iloc[keep].reset_index(drop=True)
    chosen.insert(0, "mix", [f"mix_{i + 1}" for i in range(len(chosen))])
    return chosen


def try_futures(bench: Bench, plan: SearchPlan, front: pd.DataFrame) -> pd.DataFrame:
    """Return the objectives of mixes in every future."""
    labels = [f"f{i:03d}" for i in range(len(plan.futures))]
    points = plan.futures.to_dict("records")
    rows = []
    for _, mix in front.iterrows():
        name = str(mix["mix"])
        scenario = plan.mix(mix[plan.names].astype(float).tolist(), float(mix[BUDGET]), name)
        pairs = [
            plan.change({str(k): v for k, v in point.items()}, label, scenario)
            for label, point in zip(labels, points, strict=True)
        ]
        for label, values in zip(labels, objectives(bench, pairs), strict=True):
            rows += [(name, label, o, float(v)) for o, v in zip(OBJECTIVES, values, strict=True)]
    return pd.DataFrame(rows, columns=FUTURES)


def _wide(futures: pd.DataFrame, objective: str) -> pd.DataFrame:
    own = futures[futures["objective"] == objective]
    return own.pivot_table(index="mix", columns="future", values="value", sort=False)


def robustness_table(futures: pd.DataFrame) -> pd.DataFrame:
    """Return worst regrets, and the share of futures in which a mix keeps all limits.

    Limits are the medians over all mixes and futures of relapse and relative poverty: a mix
    satisfices where it does no worse than the middle in both.
    """
    tables = {o: _wide(futures, o) for o in OBJECTIVES[:2]}
    limits = {o: ("<=", float(np.median(t.to_numpy()))) for o, t in tables.items()}
    kept = satisficing(tables, limits).set_index("policy")
    out = pd.DataFrame({f"worst_regret_{o}": regret(t).max(axis=1) for o, t in tables.items()})
    out = out.join(kept.rename(columns={"share": "satisficing_share"}))
    for objective, (_, bound) in limits.items():
        out[f"limit_{objective}"] = bound
    return out.rename_axis("mix").reset_index()


def failing_futures(plan: SearchPlan, futures: pd.DataFrame) -> dict[str, Box | None]:
    """Return, by mix, in which futures relapse is in the worst third of all mixes and futures."""
    table = _wide(futures, OBJECTIVES[0])
    bound = float(np.quantile(table.to_numpy(), WORST))
    return {
        str(name): prim(plan.futures, row.to_numpy() > bound, least_mass=LEAST_BOX)
        for name, row in table.iterrows()
    }


WORST = 2.0 / 3.0
LEAST_BOX = 0.1


def marginal_table(
    bench: Bench, plan: SearchPlan, mix: "pd.Series[Any]", world: World
) -> pd.DataFrame:
    """Return what ten million yuan more would do in each programme, by kind of county.

    On top of the mix, one programme gets ``step`` of the support fund more, beside the envelope;
    falls averted, of registered and other people over the whole run, are divided by the
    discounted cost of doing so.
    """
    part = mix[plan.names].astype(float).tolist()
    found = plan.mix(part, float(mix[BUDGET]), "as_found")
    more = plan.step * world.fiscal.envelope_per_registered_person
    richer = [plan.with_more(found, use.name, more) for use in plan.uses]
    base, *others = outcomes(bench, [(world, scenario) for scenario in (found, *richer)])
    rows = []
    for name, own in zip(plan.names, others, strict=True):
        cost = np.array(
            [o.fiscal_cost_pv - b.fiscal_cost_pv for o, b in zip(own, base, strict=True)]
        )
        for region in REGIONS:
            fewer = np.array(
                [_fallen(b, region) - _fallen(o, region) for o, b in zip(own, base, strict=True)]
            )
            each = TEN_MILLION * fewer / cost.mean() if cost.mean() > 0.0 else fewer * np.nan
            n = len(each)
            error = each.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan
            reach = float(margin(np.array([error]), np.array([n]))[0])
            mean = float(each.mean())
            rows.append((name, region, mean, mean - reach, mean + reach, float(cost.mean()), n))
    table = pd.DataFrame(rows, columns=MARGINAL)
    order = table[table["region"] == "all"].set_index("programme")["falls_averted"]
    rank = table["programme"].map(order.rank(ascending=False, method="first"))
    return table.assign(rank=rank).sort_values("rank", kind="stable", ignore_index=True)[MARGINAL]


def _fallen(outcome: Outcome, region: str) -> float:
    """Return persons who fell in a kind of county over the whole run."""
    a = outcome.annual
    here = (a["measure"] == "persons_fallen") & (a["group"] == "all") & (a["region"] == region)
    return float(a.loc[here, "value"].sum())
