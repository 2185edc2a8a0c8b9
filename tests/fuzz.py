"""Valid files of users, changed at random: each is run or refused in one line, never worse.

``python -m tests.fuzz --files 2000 --designs 500`` tries many; the suite tries a few. What is run
has to be what the file declares: every arm compared, and unlike its scenario only where it says.
"""

import argparse
import copy
import io
import random
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import yaml

from povsim.cli import INTERRUPTED, TERMINATED, main
from povsim.config import compose
from povsim.config.arm_grids import expand
from povsim.errors import UserError
from povsim.machine.yaml_files import read_yaml
from povsim.programmes.scenario_files import load_scenario

SECONDS = 5.0
"""Longest that reading a file may take."""
PAGES = ("povsim.cli.run._show", "povsim.report.write_sweep_report")
"""What draws pages, which takes longer than all else."""
LONGEST = 120.0
"""Longest that a whole command may take on a slow machine."""
PAGES_DRAWN = 0.1
"""Share of the trials in which pages are drawn."""
SMALL = ["households=40", "years=1", "seeds=1", "workers=1", "max_seeds=2", "precision=0.5"]
SCENARIO = """\
title: {en: Mine, zh: 我的情景}
description: {en: A mix of my own., zh: 自拟组合。}
paper: [T5-01]
transition: {shape: linear, start: 2021-06, years: 2, programmes: [targeted_cash]}
programmes:
  resident_pension: {}
  dibao: {standard: 6000, take_up: 0.9}
  public_posts:
  targeted_cash: {share: 0.4, start: 2021-03}
  direct_investment: {share: 0.5, stop: 2021-10, transition: step, announced: false}
"""
EXPERIMENT = """\
title: {en: Mine, zh: 我的实验}
question: {en: Which one, zh: 哪一个}
paper: [T5-01]
baseline: hold
reference: entitlements_only
scenarios: [hold, cash, later, richer]
equal_cost: envelope
years: 1
seeds: 2
horizons: [1]
fill: targeted_cash
outcomes: [relapse_rate, mean_income]
arms:
  cash:
    scenario: entitlements_only
    title: {en: Cash, zh: 现金}
    programmes: {targeted_cash: {share: 1.0}}
  later:
    scenario: hold
    transition: {shape: cliff, start: 2021-06}
    programmes: {matched_leverage: null}
  richer: {scenario: hold, world: {economy.growth: 0.06}}
hypotheses:
  - id: first
    statement: {en: Cash lowers relapse., zh: 现金降低返贫率。}
    measure: relapse_rate
    scenario: cash
    versus: hold
    year: 1
    expected: "<"
    falsifier: interval_above_zero
"""
GRIDS = """\
title: A grid
question: {en: How much, zh: 多少}
baseline: hold
scenarios: [hold]
grids:
  amounts:
    name: "a{amount}_{how}"
    title: {en: "{amount}, {how}", zh: "{amount}，{how}"}
    scenario: entitlements_only
    programmes: {targeted_cash: {share: 0.5}}
    fill: direct_investment
    without: [a0_9_posts]
    over:
      amount: {set: dibao.take_up, levels: [0.5, 0.9]}
      how:
        levels:
          plain: {title: {en: plain, zh: 原样}}
          posts: {title: {en: no posts, zh: 无岗位}, programmes: {public_posts: null}}
"""
DESIGN = """\
hazards.illness_rate,work.local_separation
0.03,0.1
0.05,0.2
"""
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2.5, 1e300, float("nan"), float("inf"), 2021, 10**30),
    *("", "no", "null", "2021", "~", "x", "我的", "$", "$x$", "${oc.env:HOME}", "${years}", "{}"),
    *(
        "[bold]",
        "a: b",
        "hold",
        "cash",
        "dibao",
        "dibaoo",
        "2021-13",
        "2031-01",
        "<b>",
        "%s",
        "{x}",
    ),
    *("a b", "a,b", "a/b", "..", "a@b", "all", "G1", ">", "=", "targeted_cash", "\\", "\n", "\x00"),
    *([], {}, [None], ["hold"], ["hold", "hold"], {"en": "x"}, {"cn": "x"}, {"a": {"b": {}}}, [[]]),
)
Mutation = Callable[[random.Random, str], bytes]


def nodes(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything inside a tree."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in inside:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from nodes(value, (*path, key))


def changed_tree(luck: random.Random, text: str) -> bytes:
    """Return the text with a few entries replaced, dropped, renamed, doubled or swapped."""
    tree = yaml.safe_load(text)
    for _ in range(luck.choice([1, 1, 1, 2, 3])):
        paths = list(nodes(tree))
        if not paths:
            break
        *way, key = luck.choice(paths)
        holder = at(tree, way)
        act = luck.choice(
            ["replace", "replace", "replace", "drop", "rename", "double", "swap", "add"]
        )
        if act == "replace":
            holder[key] = copy.deepcopy(luck.choice(ODD))
        elif act == "drop":
            del holder[key]
        elif act in ("rename", "double") and isinstance(holder, dict):
            value = holder[key] if act == "double" else holder.pop(key)
            holder[misspelt(luck, key)] = copy.deepcopy(value)
        elif act == "double" and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        elif act == "swap":
            holder[key] = copy.deepcopy(at(tree, luck.choice(paths)))
        elif act == "add" and isinstance(holder, dict):
            holder[luck.choice(["x", "no", 2021, "hold", "cash", "world", "share", "title"])] = (
                luck.choice(ODD)
            )
    dumped = yaml.safe_dump(tree, allow_unicode=True, sort_keys=luck.random() < 0.1)
    return dumped.encode()


def at(tree: Any, path: Any) -> Any:
    """Return what stands at a path."""
    for key in path:
        tree = tree[key]
    return tree


def misspelt(luck: random.Random, key: Any) -> Any:
    """Return a key with two letters swapped, one doubled, or in capitals."""
    word = str(key)
    i = luck.randrange(max(1, len(word) - 1))
    return luck.choice(
        [
            word[:i] + word[i + 1 : i + 2] + word[i : i + 1] + word[i + 2 :],
            word + word[-1:],
            word.upper(),
            f" {word}",
        ]
    )


def changed_text(luck: random.Random, text: str) -> bytes:
    """Return the text cut, with characters or lines put in, doubled or taken out, or recoded."""
    i, lines = luck.randrange(len(text)), text.splitlines(keepends=True)
    j = luck.randrange(len(lines))
    piece = luck.choice(
        [
            "\t",
            "\x00",
            "：",
            "，",
            "{",
            "]",
            "&a ",
            "*a ",
            "!!python/object:x ",
            "---\n",
            "'",
            '"',
            "#",
            "- ",
            "? ",
            "<<: ",
            "|\n",
            "é",
            "\ufeff",
            "\r",
        ]
    )
    made: Callable[[], bytes] = luck.choice(
        [
            lambda: text[:i].encode(),
            lambda: (text[:i] + piece + text[i:]).encode(),
            lambda: (text[:i] + text[i + 1 :]).encode(),
            lambda: "".join([*lines[:j], lines[j], *lines[j:]]).encode(),
            lambda: "".join([*lines[:j], *lines[j + 1 :]]).encode(),
            lambda: text.replace("\n", "\r\n").encode(),
            lambda: text.encode("gb18030"),
            lambda: text.encode("utf-16"),
            lambda: text.encode("utf-8-sig"),
            lambda: luck.randbytes(60),
            lambda: (bomb() + text).encode(),
            lambda: ("[" * 3000 + text).encode(),
        ]
    )
    return made()


def bomb() -> str:
    """Return aliases that stand for a thousand million words."""
    rows = [f"b{k}: &b{k} [{', '.join([f'*b{k - 1}'] * 9)}]\n" for k in range(1, 9)]
    return "b0: &b0 [x, x]\n" + "".join(rows) + "description: *b8\n"


def changed_design(luck: random.Random, text: str) -> bytes:
    """Return a table of points with cells, separators, columns or encodings changed."""
    rows = [line.split(",") for line in text.strip().split("\n")]
    for _ in range(luck.choice([1, 1, 2])):
        row = luck.choice(rows)
        cell = luck.randrange(len(row))
        odd = [
            "",
            " ",
            "x",
            "nan",
            "inf",
            "1e400",
            "-1",
            "0,5",
            "5%",
            "1 000",
            "我的",
            "9" * 400,
            '"',
            "=1+1",
        ]
        odd += [
            "point",
            "stress",
            "hazards.ilness_rate",
            "hazards.illness_rate",
            "programmes.dibao.take_up",
        ]
        act = luck.choice(["change", "change", "append", "drop"])
        if act == "append":
            row.append("1")
        elif act == "drop":
            row.pop(cell)
        else:
            row[cell] = luck.choice(odd)
        if not row:
            row.append("")
    between, end = (
        luck.choice([",", ",", ",", ";", "\t", "|", ", "]),
        luck.choice(["\n", "\n", "\r\n", "\n\n"]),
    )
    made = end.join(between.join(row) for row in rows)
    return made.encode(luck.choice(["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16"]))


class HangError(Exception):
    """Raised when reading or running takes too long."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise :class:`HangError` in whatever takes longer."""

    def stop(*_: object) -> None:
        raise HangError(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def tried(words: list[str], folder: Path, page: bool) -> tuple[int, str]:
    """Return exit code and error text of a command, or raise what got through."""
    out, err = io.StringIO(), io.StringIO()
    with ExitStack() as inside:
        for place in () if page else PAGES:
            inside.enter_context(patch(place))
        for one in (chdir(folder), redirect_stdout(out), redirect_stderr(err), within(LONGEST)):
            inside.enter_context(one)
        code = main(words)
    return code, err.getvalue()


@dataclass(frozen=True)
class Trial:
    """What was tried, with which exit code it ended, and what is wrong with that, if anything."""

    what: str
    code: int | None
    fault: str = ""


def ended(what: str, words: list[str], folder: Path, page: bool) -> Trial:
    """Return how a command ended; ``page`` says whether its page is drawn, too."""
    before = {p for p in folder.rglob("*") if p.is_file()}
    try:
        code, told = tried(words, folder, page)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever gets through is the finding
        return Trial(what, None, shown(error))
    if code in (INTERRUPTED, TERMINATED):
        raise KeyboardInterrupt  # whoever stops a trial means all of them
    fault, lines = "", told.strip().splitlines()
    if code == 2 and len(lines) != 1:
        fault = f"exit code 2 with {len(lines)} lines: {told}"
    elif code == 2 and {p for p in folder.rglob("*") if p.is_file()} - before:
        fault = f"refused, and something was written: {told}"
    elif code not in (0, 2):
        fault = f"exit code {code}: {told}"
    return Trial(f"{what}\n{told}", code, fault)


def shown(error: BaseException) -> str:
    """Return the end of a traceback."""
    return "".join(traceback.format_exception(error)[-4:])


def undeclared(folder: Path, name: str) -> str:
    """Return how the arms of an experiment are not what its file declares; empty if they are."""
    text = expand(read_yaml(folder / "experiments" / f"{name}.yaml"), name)
    request = compose([f"experiment={name}", *SMALL], folder)
    arms = {s.name: s for s in request.scenarios}
    for arm, own in (text.get("arms") or {}).items():
        if str(arm) not in arms:
            return f"arm {arm} is not compared"
        base = load_scenario(str(own.get("scenario", arm)), folder)
        touched = set(own.get("programmes") or ()) | {own.get("fill", text.get("fill"))}
        moved = own.get("transition") or {}
        touched |= set(moved.get("programmes") or ())
        uses = {u.name: u for u in base.programmes}, {u.name: u for u in arms[str(arm)].programmes}
        if moved and not moved.get("programmes"):
            touched |= {
                u.name for side in uses for u in side.values() if u.card.kind == "discretionary"
            }
        for one in {**uses[0], **uses[1]}:
            if one not in touched and uses[0].get(one) != uses[1].get(one):
                return f"arm {arm} differs in {one}, which it does not name"
        if not own.get("world") and request.world_of(str(arm)) != request.world:
            return f"the world of arm {arm} differs"
    return ""


def one_file(luck: random.Random, folder: Path) -> Trial:
    """Write one changed file and try it."""
    files = [("scenario", SCENARIO), ("experiment", EXPERIMENT), ("experiment", GRIDS)]
    kind, text = luck.choice(files)
    change = luck.choice([changed_tree, changed_tree, changed_tree, changed_text])
    content = change(luck, text)
    path = folder / f"{kind}s" / "mine.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    what = f"{kind}:\n{content.decode('utf-8', 'replace')[:3000]}"
    words = [f"{kind}=mine", *SMALL, f"language={luck.choice(['en', 'zh'])}"]
    try:
        with within(SECONDS):
            compose(words, folder)
        fault = undeclared(folder, "mine") if kind == "experiment" else ""
    except UserError:
        fault = ""
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        fault = shown(error)
    if fault:
        return Trial(what, None, fault)
    run = ["run", *words, "--config-dir", str(folder), "--out", "out"]
    return ended(what, run, folder, luck.random() < PAGES_DRAWN)


def one_design(luck: random.Random, folder: Path) -> Trial:
    """Write one changed design and try it."""
    content = changed_design(luck, DESIGN)
    (folder / "mine.csv").write_bytes(content)
    words = ["sweep", "design=mine.csv", "experiment=leverage_vs_transfers", *SMALL[:4]]
    what = f"design:\n{content.decode('utf-8', 'replace')}"
    return ended(what, [*words, "--out", "out"], folder, luck.random() < PAGES_DRAWN)


def trials(files: int, designs: int, seed: int = 0) -> Iterator[Trial]:
    """Try changed files and designs, each with luck of its own."""
    for k in range(files + designs):
        with TemporaryDirectory() as name:
            luck = random.Random(f"{seed}-{k}")
            yield (one_file if k < files else one_design)(luck, Path(name))


def run(argv: list[str]) -> int:
    """Try many and print what is wrong; return 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--designs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--all", action="store_true", help="print what is right, too")
    asked = parser.parse_args(argv)
    counted: Counter[str] = Counter()
    for k, trial in enumerate(trials(asked.files, asked.designs, asked.seed)):
        counted["fault" if trial.fault else f"exit code {trial.code}"] += 1
        if trial.fault or asked.all:
            print(f"--- {k}: {trial.what}\n>>> {trial.fault}\n", flush=True)
    print(dict(counted))
    return int(counted["fault"] > 0)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
