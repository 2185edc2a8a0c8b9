"""Describe the keys that ``povsim run`` takes and that are no numbers of the world."""

from collections.abc import Iterator
from functools import cache

from povsim.machine import yaml_files
from povsim.words.texts import command_words

GROUPS = {
    "size": "configs/size",
    "population": "configs/population",
    "stress": "configs/stress",
    "sweep": "configs/sweep",
    "executor": "configs/executor",
    "experiment": "experiments",
    "scenario": "scenarios",
    "behaviour/motivation": "configs/behaviour/motivation",
    "behaviour/trap": "configs/behaviour/trap",
    "behaviour/crowding": "configs/behaviour/crowding",
    "behaviour/expectations": "configs/behaviour/expectations",
}
"""Folder of the files that a key chooses from."""
MEANINGS = {
    "size": ("how much is run: households and seeds", "运行规模：户数与种子数"),
    "population": ("population that is drawn", "所抽取的人口"),
    "stress": ("bad years that strike every arm", "各方案共同遭遇的冲击"),
    "sweep": (
        "what povsim sweep varies, and by which design",
        "povsim sweep 改变哪些参数、按何种设计",
    ),
    "executor": ("where runs are run", "运行方式"),
    "experiment": ("comparison that is run", "所运行的实验"),
    "scenario": (
        "single scenario that is run in place of an experiment",
        "代替实验、单独运行的情景",
    ),
    "behaviour/motivation": ("account of what support does to work", "扶持影响劳动的假说"),
    "behaviour/trap": ("account of poverty traps", "贫困陷阱的假说"),
    "behaviour/crowding": ("account of crowding in and out", "挤入与挤出的假说"),
    "behaviour/expectations": ("what households expect of policy", "农户对政策的预期"),
    "executor.kind": ("processes, serial or dask", "processes、serial 或 dask"),
    "executor.address": ("address of a running Dask scheduler", "运行中的 Dask 调度器地址"),
    "seed": ("first seed; 0 or more", "首个随机种子；0 或以上"),
    "seeds": (
        "number of seeds; if null, as size or experiment say",
        "种子数；未给出时按规模或实验",
    ),
    "years": (
        "length of a run, 1 to 60 years; if null, as the experiment says",
        "模拟年数，1至60；未给出时按实验",
    ),
    "households": ("households drawn", "抽取户数"),
    "workers": ("processes; if null, one for each core", "进程数；未给出时每核一个"),
    "design": (
        "design of a sweep: grid, lhs, sobol, morris or a CSV file",
        "设计：grid、lhs、sobol、morris 或 CSV 文件",
    ),
    "n": (
        "points of lhs, base of sobol (a power of two), trajectories of morris",
        "lhs 点数、sobol 基数（2的幂）、morris 轨迹数",
    ),
    "levels": ("levels of grid and morris; 2 or more", "grid 与 morris 的水平数；2 或以上"),
    "vary": (
        "what a sweep varies: names, or {name, low, high}",
        "所改变的参数：名称，或 {name, low, high}",
    ),
    "search": ("what povsim search searches", "povsim search 的设定"),
    "search.programmes": ("programmes that share the budget", "分享预算的政策项目"),
    "search.points": ("mixes in a generation; 4 or more", "每代组合数；4 或以上"),
    "search.generations": ("generations", "代数"),
    "search.kept": ("mixes of the front that are tried over futures", "前沿上接受未来检验的组合数"),
    "search.futures": ("uncertain futures; 2 or more", "不确定未来数；2 或以上"),
    "checks": (
        "sweeps after a run: structures, stress, sign_map, uncertainties, or all",
        "运行后的稳健性检验：structures、stress、sign_map、uncertainties 或 all",
    ),
    "checks_households": ("households drawn in a check", "检验中的户数"),
    "checks_seeds": ("seeds of a check; 2 or more", "检验的种子数；2 或以上"),
    "precision": (
        "half width of intervals, as a share, until which seeds are added",
        "区间半宽（比例），未达到前增加种子",
    ),
    "max_seeds": ("most seeds that precision may add up to", "精度要求下的种子数上限"),
    "language": ("language of what people read: en or zh", "输出语言：en 或 zh"),
    "out": (
        "folder of the results; if null, outputs/<experiment>/<time>",
        "结果文件夹；未给出时为 outputs/<实验>/<时间>",
    ),
}


@cache
def _defaults() -> dict[str, object]:
    """Return the values of the primary configuration, by key."""
    primary = yaml_files.read_yaml(yaml_files.own_folder() / "configs" / "config.yaml")
    chosen = [one for one in primary.pop("defaults") if isinstance(one, dict)]
    values = {str(key): value for one in chosen for key, value in one.items()}
    values |= {key: value for key, value in primary.items() if key not in values}
    inner = {
        f"{key}.{name}": value
        for key, own in primary.items()
        if isinstance(own, dict)
        for name, value in own.items()
    }
    return values | inner


def setting_names() -> tuple[str, ...]:
    """Return the keys, as an override writes them."""
    return tuple(_defaults())


def describe_setting(name: str, language: str) -> Iterator[str]:
    """Write a key with its default, what it means and what it may be."""
    words, value = command_words(language), _defaults()[name]
    yield f"{words['setting']} {name}"
    shown = ", ".join(map(str, value)) if isinstance(value, list) else value
    if not isinstance(shown, dict):
        yield f"    {name} = {'null' if shown is None else shown}"
    yield f"        {MEANINGS[name][language == 'zh']}"
    if name in GROUPS:
        yield f"        {words['options']}: {', '.join(yaml_files.files(GROUPS[name]))}"
