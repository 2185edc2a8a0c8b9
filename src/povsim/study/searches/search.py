"""Search policy mixes: fronts under a budget, robustness over futures, the next yuan."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from povsim.errors import RunsFailedError, UserError, said
from povsim.params import World
from povsim.programmes.scenario import ProgrammeUse, Scenario
from povsim.study.comparison.effects import margin
from povsim.study.request import Request
from povsim.study.runs.executors import Executor
from povsim.study.runs.folders import copy_files, only_study_in
from povsim.study.runs.identity import Identity, identity_of
from povsim.study.runs.progress import one_bar
from povsim.study.runs.runner import outcome_of, run_missing
from povsim.study.runs.spec import Outcome, RunSpec, plain_scenario
from povsim.study.runs.store import Store, check_writable
from povsim.study.searches.pareto import nsga2, shares
from povsim.study.sweeps import designs
from povsim.study.sweeps.designs import Factor
from povsim.study.sweeps.discovery import Box, prim
from povsim.study.sweeps.regret import regret, satisficing

Array = NDArray[np.float64]
OBJECTIVES = ("ever_relapsed_share", "relative_poverty_rate_50", "fiscal_cost_pv")
"""What is to be low: people who ever fell back, relative poverty in the last year, outlay."""
BUDGET = "budget"
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


@dataclass(frozen=True)
class SearchPlan:
    """What is searched.

    Attributes
    ----------
    base : Scenario
        What every mix holds: entitlements and rules.
    uses : tuple of ProgrammeUse
        Discretionary programmes that share the budget.
    points, generations : int
        Mixes in a generation, and generations.
    kept : int
        Mixes of the front that are tried over the futures.
    futures : DataFrame
        Uncertain numbers, one row a future.
    factors : tuple of Factor
    titles : Mapping
        What factors are called.
    change : callable
        From a future, its label and a scenario to the world and scenario there.
    step : float
        Money on which the marginal yuan is measured, as a share of the support fund.
    """

    base: Scenario
    uses: tuple[ProgrammeUse, ...]
    points: int
    generations: int
    kept: int
    futures: pd.DataFrame = field(repr=False)
    factors: tuple[Factor, ...] = field(repr=False)
    titles: Mapping[str, Mapping[str, str]] = field(repr=False)
    change: Callable[[Mapping[str, Any], str, Scenario], tuple[World, Scenario]] = field(repr=False)
    step: float = 0.1

    @property
    def names(self) -> list[str]:
        """Programmes that share the budget."""
        return [use.name for use in self.uses]

    def content(self) -> str:
        """Return as text what decides the result beside worlds and seeds."""
        uses = plain_scenario(replace(self.base, programmes=self.uses))
        how = [self.points, self.generations, self.kept, self.step]
        return repr([uses, how]) + self.futures.to_csv(index=False)

    def mixes_at_most(self) -> int:
        """Return how many mixes and futures are run, if no mix comes twice."""
        tried = self.points * self.generations + self.kept * len(self.futures)
        return tried + 1 + len(self.uses)

    def mix(self, part: Sequence[float], budget: float, name: str) -> Scenario:
        """Return the scenario in which programmes have their shares of a part of the envelope."""
        chosen = tuple(
            replace(use, share=float(share * budget))
            for use, share in zip(self.uses, part, strict=True)
            if share > 0.0
        )
        return replace(self.base, name=name, programmes=(*self.base.programmes, *chosen))

    def with_more(self, mix: Scenario, name: str, added: float) -> Scenario:
        """Return a mix in which one programme gets money beside the envelope."""
        there = {use.name: use for use in mix.programmes}
        use = there.get(name) or next(u for u in self.uses if u.name == name)
        own = {**there, name: replace(use, added=added)}
        return replace(mix, name=f"more_{name}", programmes=tuple(own.values()))


@dataclass
class Search:
    """A finished search.

    Attributes
    ----------
    mixes : DataFrame
        Every mix that was run: shares, ``budget``, objectives, ``generation``, ``front``.
    futures : DataFrame
        ``mix, future, objective, value`` of the mixes kept.
    robustness : DataFrame
        By mix, worst regret in each objective and the share of futures in which it keeps what the
        mean mix reaches.
    marginal : DataFrame
        Falls averted per ten million yuan more, by programme and kind of county.
    boxes : dict of str to Box or None
        By mix kept, under which futures it fails.
    """

    plan: SearchPlan
    home: Path
    mixes: pd.DataFrame = field(repr=False)
    futures: pd.DataFrame = field(repr=False)
    robustness: pd.DataFrame = field(repr=False)
    marginal: pd.DataFrame = field(repr=False)
    boxes: dict[str, Box | None]
    manifest: dict[str, Any] = field(repr=False)

    def report(self, folder: str | Path, language: str = "en") -> Path:
        """Write the tables and the report into ``folder``; return the path of the page."""
        from povsim.report import write_search_report  # the floor above

        page: Path = write_search_report(copy_files(self.home, Path(folder)), language)
        return page


class Desk:
    """Runs mixes for a search, through the store, and reads their objectives."""

    def __init__(self, request: Request, folder: Path, quiet: bool) -> None:
        check_writable(folder)
        self.request, self.quiet = request, quiet
        self.store = Store(folder / "runs").open()
        self.executor = Executor(request.executor, request.workers, request.address)
        self.run_ids: dict[str, None] = {}
        self.runs = 0

    def outcomes(self, pairs: Sequence[tuple[World, Scenario]]) -> Iterator[list[Outcome]]:
        """Run pairs of world and scenario on all seeds; yield the outcomes of each pair by seed.

        Runs go seed by seed, so that a seed's population is drawn once for many mixes.

        Raises
        ------
        RunsFailedError
            If a run failed: an objective without a number cannot be searched.
        """
        months = 12 * self.request.years
        flat = [
            RunSpec(world, scenario, seed, months)
            for seed in self.request.seeds
            for world, scenario in pairs
        ]
        receipts = run_missing(flat, self.store, self.executor, self.quiet)
        self.run_ids |= dict.fromkeys(spec.run_id() for spec in flat)
        self.runs += len(flat)
        count = len(pairs)
        for i in range(count):
            found = [outcome_of(spec, self.store, receipts) for spec in flat[i::count]]
            for outcome in found:
                if outcome.status != "ok":
                    raise RunsFailedError(
                        said(
                            "run_failed",
                            scenario=outcome.scenario,
                            seed=outcome.seed,
                            error=outcome.error,
                            folder=self.store.folder,
                        )
                    )
            yield found

    def objectives(self, pairs: Sequence[tuple[World, Scenario]]) -> Array:
        """Return mean objectives, shape (pairs, objectives)."""
        return np.array(
            [np.mean([_objectives(o) for o in own], axis=0) for own in self.outcomes(pairs)]
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
    own = identity_of(request, "search", plan.content())
    with only_study_in(folder, own):
        return _run_search(request, plan, folder, quiet, own)


def _run_search(
    request: Request, plan: SearchPlan, folder: Path, quiet: bool, own: Identity
) -> Search:
    """Run a search in a folder that is held."""
    started = time.perf_counter()
    desk = Desk(request, folder, quiet)
    with one_bar(quiet, plan.mixes_at_most() * len(request.seeds)):
        mixes = find_front(desk, plan)
        front = chosen_mixes(mixes, plan)
        futures = try_futures(desk, plan, front)
        marginal = marginal_table(desk, plan, front.iloc[0])
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
    from povsim.study.searches.files import manifest_of_search, write_search

    search.manifest = manifest_of_search(
        search, request, desk, front, time.perf_counter() - started
    )
    search.manifest |= own
    write_search(search, request)
    return search


def find_front(desk: Desk, plan: SearchPlan) -> pd.DataFrame:
    """Return every mix that NSGA-II ran, with its objectives."""
    world, count = desk.request.world, len(plan.uses)

    def evaluate(x: Array) -> Array:
        return desk.objectives([(world, plan.mix(row[:-1], row[-1], "mix")) for row in x])

    return nsga2(
        evaluate,
        [0.0] * count + [LEAST_BUDGET],
        [1.0] * (count + 1),
        OBJECTIVES,
        (*plan.names, BUDGET),
        plan.points,
        plan.generations,
        desk.request.seeds[0],
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


def try_futures(desk: Desk, plan: SearchPlan, front: pd.DataFrame) -> pd.DataFrame:
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
        for label, values in zip(labels, desk.objectives(pairs), strict=True):
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


def marginal_table(desk: Desk, plan: SearchPlan, mix: "pd.Series[Any]") -> pd.DataFrame:
    """Return what ten million yuan more would do in each programme, by kind of county.

    On top of the mix, one programme gets ``step`` of the support fund more, beside the envelope;
    falls averted, of registered and other people over the whole run, are divided by the
    discounted cost of doing so.
    """
    world = desk.request.world
    part = mix[plan.names].astype(float).tolist()
    found = plan.mix(part, float(mix[BUDGET]), "as_found")
    more = plan.step * world.fiscal.envelope_per_registered_person
    richer = [plan.with_more(found, use.name, more) for use in plan.uses]
    base, *others = desk.outcomes([(world, scenario) for scenario in (found, *richer)])
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


def futures_of(factors: Sequence[Factor], count: int, seed: int) -> pd.DataFrame:
    """Return the futures: a Latin hypercube over what is uncertain."""
    return designs.latin_hypercube(factors, count, seed)
