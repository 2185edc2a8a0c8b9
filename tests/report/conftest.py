"""One small study, small sweeps beside it, and a search written by hand: run once."""

import json
import shutil
from functools import cache

import pandas as pd
import pytest

from povsim.config import compose
from povsim.config.plans import compose_sweep
from povsim.report import write_report, write_search_report, write_sweep_report
from povsim.study import run_study
from povsim.study.sweeps.sweep import run_sweep

WRITERS = {"checked": write_report, "sweep": write_sweep_report, "searched": write_search_report}
TINY = ["households=600", "years=2", "seeds=3", "workers=1"]
SMALLEST = ["households=300", "years=1", "seeds=2", "workers=1", "executor=serial"]


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """Return a small finished study of the flagship experiment, with its files."""
    folder = tmp_path_factory.mktemp("study") / "out"
    return run_study(compose(TINY), folder)


@pytest.fixture(scope="session")
def sweeps(tmp_path_factory):
    """Return folders of small finished sweeps by the name that a study gives them."""
    home = tmp_path_factory.mktemp("sweeps")
    plane = ["sweep=sign_map", "levels=2"]
    asked = {
        "sign_map": plane,
        "structures": ["sweep=structures", "vary=[behaviour/trap]"],
        "stress": ["sweep=stress"],
    }
    folders = {name: home / name for name in asked}
    for name, more in asked.items():
        request, plan = compose_sweep([*SMALLEST, *more])
        run_sweep(request, plan, folders[name])
        shutil.rmtree(folders[name] / "runs")
    return {**folders, "uncertainties": folders["sign_map"]}


@pytest.fixture(scope="session")
def pages():
    """Return a function that draws the page of a folder when it is first asked for."""

    @cache
    def drawn(kind, folder, language):
        return WRITERS[kind](folder, language).read_text(encoding="utf-8")

    return drawn


@pytest.fixture
def copied(finished, tmp_path):
    """Return a copy of the finished study's files that a test may change."""
    return _copy_files(finished.folder, tmp_path)


def _copy_files(source, target):
    for file in source.iterdir():
        if file.is_file():
            shutil.copyfile(file, target / file.name)
    return target


def belongs_to(sweep, parent):
    """Write into a sweep's manifest which study it checks."""
    file = sweep / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8")) | {"parent": parent, "files": {}}
    file.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.fixture(scope="session")
def checked(finished, sweeps, tmp_path_factory):
    """Return a copy of the finished study with all companion sweeps."""
    home = _copy_files(finished.folder, tmp_path_factory.mktemp("checked"))
    for name, folder in sweeps.items():
        shutil.copytree(folder, home / "checks" / name)
        belongs_to(home / "checks" / name, finished.manifest["configuration"])
    return home


@pytest.fixture(scope="session")
def searched(tmp_path_factory):
    """Return the folder of a search that has the tables of a finished one."""
    home = tmp_path_factory.mktemp("search")
    names = ["targeted_cash", "matched_leverage"]
    mixes = pd.DataFrame(
        {
            names[0]: [0.9, 0.2],
            names[1]: [0.1, 0.8],
            "budget": [1.0, 0.6],
            "ever_relapsed_share": [0.02, 0.05],
            "relative_poverty_rate_50": [0.25, 0.3],
            "fiscal_cost_pv": [2e12, 1.5e12],
            "generation": [1, 1],
            "front": [True, True],
        }
    )
    chosen = [{"mix": f"mix_{i + 1}", **row} for i, row in enumerate(mixes.to_dict("records"))]
    robustness = pd.DataFrame(
        {
            "mix": ["mix_1", "mix_2"],
            "worst_regret_ever_relapsed_share": [0.0, 0.03],
            "worst_regret_relative_poverty_rate_50": [0.0, 0.05],
            "satisficing_share": [0.8, 0.2],
            "ci_low": [0.5, 0.1],
            "ci_high": [0.9, 0.4],
            "limit_ever_relapsed_share": [0.04, 0.04],
            "limit_relative_poverty_rate_50": [0.28, 0.28],
        }
    )
    marginal = pd.DataFrame(
        [
            (name, region, value, -200.0, 300.0)
            for name, value in zip(names, (60.0, 20.0), strict=True)
            for region in ("all", "deep_poverty", "other_lifted", "ordinary")
        ],
        columns=["programme", "region", "falls_averted", "ci_low", "ci_high"],
    )
    title = {"en": "Part wasted", "zh": "浪费比例"}
    factor = {"name": "programmes.matched_leverage.waste_share", "low": 0.05, "high": 0.35}
    manifest = {
        "programmes": {n: {"en": n.replace("_", " "), "zh": f"项目{n}"} for n in names},
        "mixes": 2, "runs": 8, "futures": 6, "seeds": [1, 2], "households": 300, "years": 2,
        "chosen": chosen, "factors": [{**factor, "title": title}], "experiment": "search",
        "command": "povsim search", "content_hash": "0", "code_version": "0", "git": "",
        "versions": {"povsim": "0"}, "python": "3", "machine": "none", "wall_seconds": 1.0,
    }  # fmt: skip
    tables = {"mixes": mixes, "robustness": robustness, "marginal": marginal}
    tables["futures"] = pd.DataFrame({"future": [0]})
    for name, table in tables.items():
        table.to_csv(home / f"{name}.csv", index=False)
    (home / "failures.json").write_text("{}", encoding="utf-8")
    (home / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return home
