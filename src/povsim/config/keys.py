"""The keys of a run that are no numbers of the world: what each means, and what it may be.

Their defaults stand in ``configs/config.yaml``, which users read and copy, and nowhere else; a
test holds that file and this one against each other.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from povsim.codes import LANGUAGES
from povsim.errors import UserError, said
from povsim.errors.given import is_number, seed_number, whole_number
from povsim.machine import yaml_files
from povsim.machine.text_files import path_of
from povsim.programmes.lever import CHOICES, words_of
from povsim.study.limits import within

Check = Callable[[str, Any], Any]
"""From key and value to the value as it is used; raises UserError if it is not allowed."""
MOST_YEARS = 60
"""Longest run, years: two working lives; no source says what rural China is like after that."""
MANY = ("sweep", "search")
"""Commands that run many points."""
CHECKS = ("structures", "stress", "sign_map", "uncertainties")
"""Sweeps that may follow a run of an experiment, to see whether its answer holds."""
BY_NAME = ("population",)
"""Groups of files of which a key names one, without setting other keys."""
RUN_GROUPS = ("experiment", "scenario")
"""Groups of which one is run; their files make up a node of their own."""
FOLDERS = {
    **{
        group: f"configs/{group}" for group in ("size", "population", *CHOICES, "sweep", "executor")
    },
    "experiment": "experiments",
    "scenario": "scenarios",
}
"""Folder of the files that a key chooses from; those in ``configs`` may set any other key."""


@dataclass(frozen=True)
class Key:
    """One key.

    Attributes
    ----------
    name : str
        As an override writes it.
    en, zh : str
        What it means.
    check : callable
        What it may be.
    verbs : tuple of str
        Commands in which it does something.
    """

    name: str
    en: str
    zh: str
    check: Check = lambda key, value: value
    verbs: tuple[str, ...] = ("run", *MANY)

    def of(self, tree: Mapping[str, Any]) -> Any:
        """Return the key's value in a composed configuration, checked."""
        value: Any = tree
        for word in words_of(self.name):
            value = value[word]
        return within(self.name, self.check(self.name, value))


def whole(low: int = 1, high: float = math.inf) -> Check:
    """Allow whole numbers of at least ``low`` and at most ``high``."""
    return lambda key, value: whole_number(key, value, low, high)


def or_null(check: Check) -> Check:
    """Allow null beside what ``check`` allows."""
    return lambda key, value: None if value is None else check(key, value)


def _seed(key: str, value: Any) -> int:
    return seed_number(whole_number(key, value), key)


def _precision(key: str, value: Any) -> float:
    if not is_number(value) or not 0.0 < value < 1.0:
        raise UserError(key, repr(value), said("share_open"))
    return float(value)


def _checks(key: str, asked: Any) -> tuple[str, ...]:
    """Return the names of checks that are asked for."""
    if asked in (None, "none"):
        return ()
    if asked == "all":
        return CHECKS
    names = asked if isinstance(asked, list) else [asked]
    for name in names:
        if name not in CHECKS:
            raise UserError(key, name, [*CHECKS, "all"])
    return tuple(map(str, names))


def _language(key: str, language: Any) -> str:
    if language not in LANGUAGES:
        raise UserError(key, language, LANGUAGES)
    return str(language)


def _folder(key: str, out: Any) -> Path:
    if not isinstance(out, str | int) or not str(out):
        raise UserError(key, repr(out), said("name_of_folder"))
    return path_of(str(out))


def _executor(key: str, kind: Any) -> str:
    kinds = list(yaml_files.files(FOLDERS["executor"]))
    if kind not in kinds:
        raise UserError(key, kind, kinds)
    return str(kind)


KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key("size", "how much is run: households and seeds", "运行规模：户数与种子数"),
        Key("population", "population that is drawn", "所抽取的人口"),
        Key("stress", "bad years that strike every arm", "各方案共同遭遇的冲击"),
        Key(
            "sweep",
            "what povsim sweep varies, and by which design",
            "povsim sweep 改变哪些参数、按何种设计",
            verbs=MANY,
        ),
        Key("executor", "where runs are run", "运行方式"),
        Key("experiment", "comparison that is run", "所运行的实验"),
        Key(
            "scenario",
            "single scenario that is run in place of an experiment",
            "代替实验、单独运行的情景",
        ),
        Key("behaviour/motivation", "account of what support does to work", "扶持影响劳动的假说"),
        Key("behaviour/trap", "account of poverty traps", "贫困陷阱的假说"),
        Key("behaviour/crowding", "account of crowding in and out", "挤入与挤出的假说"),
        Key("behaviour/expectations", "what households expect of policy", "农户对政策的预期"),
        Key(
            "executor.kind",
            "processes, serial or dask",
            "processes、serial 或 dask",
            _executor,
        ),
        Key(
            "executor.address",
            "address of a running Dask scheduler",
            "运行中的 Dask 调度器地址",
            or_null(lambda key, value: str(value)),
        ),
        Key("seed", "first seed; 0 or more", "首个随机种子；0 或以上", _seed),
        Key(
            "seeds",
            "number of seeds; if null, as size or experiment say",
            "种子数；未给出时按规模或实验",
            or_null(whole()),
        ),
        Key(
            "years",
            f"length of a run, 1 to {MOST_YEARS} years; if null, as the experiment says",
            f"模拟年数，1至{MOST_YEARS}；未给出时按实验",
            or_null(whole(1, MOST_YEARS)),
        ),
        Key("households", "households drawn", "抽取户数", whole()),
        Key(
            "workers",
            "processes; if null, one for each core",
            "进程数；未给出时每核一个",
            or_null(whole()),
        ),
        Key(
            "design",
            "design of a sweep: grid, lhs, sobol, morris or a CSV file",
            "设计：grid、lhs、sobol、morris 或 CSV 文件",
            verbs=("sweep",),
        ),
        Key(
            "n",
            "points of lhs, base of sobol (a power of two), trajectories of morris",
            "lhs 点数、sobol 基数（2的幂）、morris 轨迹数",
            whole(),
            verbs=("sweep",),
        ),
        Key(
            "levels",
            "levels of grid and morris; 2 or more",
            "grid 与 morris 的水平数；2 或以上",
            whole(2),
            verbs=("sweep",),
        ),
        Key(
            "vary",
            "what a sweep varies: names, or {name, low, high}",
            "所改变的参数：名称，或 {name, low, high}",
            verbs=MANY,
        ),
        Key("search", "what povsim search searches", "povsim search 的设定", verbs=("search",)),
        Key(
            "search.programmes",
            "programmes that share the budget",
            "分享预算的政策项目",
            verbs=("search",),
        ),
        Key(
            "search.points",
            "mixes in a generation; 4 or more",
            "每代组合数；4 或以上",
            whole(4),
            verbs=("search",),
        ),
        Key("search.generations", "generations", "代数", whole(), verbs=("search",)),
        Key(
            "search.kept",
            "mixes of the front that are tried over futures",
            "前沿上接受未来检验的组合数",
            whole(),
            verbs=("search",),
        ),
        Key(
            "search.futures",
            "uncertain futures; 2 or more",
            "不确定未来数；2 或以上",
            whole(2),
            verbs=("search",),
        ),
        Key(
            "checks",
            f"sweeps after a run: {', '.join(CHECKS)}, or all",
            f"运行后的稳健性检验：{'、'.join(CHECKS)} 或 all",
            _checks,
            verbs=("run",),
        ),
        Key(
            "checks_households",
            "households drawn in a check",
            "检验中的户数",
            whole(),
            verbs=("run",),
        ),
        Key(
            "checks_seeds",
            "seeds of a check; 2 or more",
            "检验的种子数；2 或以上",
            whole(2),
            verbs=("run",),
        ),
        Key(
            "precision",
            "half width of intervals, as a share, until which seeds are added",
            "区间半宽（比例），未达到前增加种子",
            or_null(_precision),
        ),
        Key(
            "max_seeds",
            "most seeds that precision may add up to",
            "精度要求下的种子数上限",
            whole(2),
            verbs=("run",),
        ),
        Key("language", "language of what people read: en or zh", "输出语言：en 或 zh", _language),
        Key(
            "out",
            "folder of the results; if null, outputs/<experiment>/<time>",
            "结果文件夹；未给出时为 outputs/<实验>/<时间>",
            or_null(_folder),
        ),
    )
}
