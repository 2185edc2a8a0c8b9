"""The exact baseline: a tiny record of what runs, studies, sweeps and searches give.

Every number that a run leaves is hashed by measure, and one value of each is kept to be read. On
the platform class that made the record (:func:`platform_class`) everything must be equal to the
bit; elsewhere the values must agree to ``TOLERANCE``. ``python -m tests.update_baseline`` prints
what moved and writes the record anew.
"""

import hashlib
import json
import platform
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

import povsim
from povsim.config import compose
from povsim.params import World
from povsim.study import RunSpec, run_many
from povsim.study.runs.spec import plain_scenario
from tests.composed import composed

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "cases.yaml").read_text("utf-8"))
SMALL = ["households=300", "years=2", "seeds=1", "size=classroom"]
STUDY = ["size=classroom", "households=300", "years=2", "seeds=2", "workers=1"]
TOLERANCE = 1e-6
"""Relative difference of values that another platform class may show."""
KEYS = {
    "runs": ["case", "table", "name"],
    "studies": ["case", "table", "name"],
    "requests": ["experiment", "arm"],
}
"""Columns that name a row of each file of the record."""


def platform_class():
    """Return what decides the last bit of a result: processor features, libraries, compilers."""
    simd = np.show_config(mode="dicts")["SIMD Extensions"]
    wide = [name for name in simd.get("found", []) if name.startswith("AVX512")]
    return {
        "machine": platform.machine(),
        "system": platform.system(),
        "libc": " ".join(platform.libc_ver()),
        "avx512": bool(wide),
        **{name: version(name) for name in ("numpy", "scipy", "numba", "llvmlite")},
    }


def made_on():
    """Return the platform class of the record."""
    return yaml.safe_load((HERE / "platform.yaml").read_text("utf-8"))


def digest(table):
    """Return a hash of a table: floats by their bits, whatever the type of the column."""
    told = hashlib.sha256()
    for name in sorted(table.columns):
        column = table[name]
        numeric = column.dtype.kind in "fiub"
        values = column.to_numpy(np.float64 if numeric else object)
        told.update(values.tobytes() if numeric else "\0".join(map(str, values)).encode())
    return told.hexdigest()[:12]


def by_name(case, table, frame, by, value, chosen=None):
    """Yield a row for every name in a table: one value to be read, and a hash of all of them."""
    for name, rows in frame.groupby(by, sort=True, observed=True):
        shown = rows if chosen is None else chosen(rows)
        name = "/".join(name) if isinstance(name, tuple) else name
        total = float(shown[value].iloc[-1] if chosen else shown[value].sum())
        yield case, table, name, total, len(rows), digest(rows)


def of_everybody(rows):
    """Return the rows of the whole population, or all rows if there are none."""
    whole = rows[(rows["group"] == "all") & (rows["region"] == "all")]
    return whole if len(whole) else rows


COLUMNS = ["case", "table", "name", "value", "rows", "digest"]


def specs():
    """Return the specification of every case of ``runs``."""
    found = {}
    for case, asked in CASES["runs"].items():
        if "arm" in asked:
            experiment, arm = asked["arm"]
            request = compose([f"experiment={experiment}", *SMALL])
            scenario = next(s for s in request.scenarios if s.name == arm)
            world = request.world_of(arm)
        else:
            added = [
                f"+scenario.programmes.{name}={json.dumps(settings).replace('"', '')}"
                for name, settings in asked.get("add", {}).items()
            ]
            request = compose([*asked["overrides"], *added, *SMALL])
            scenario, world = request.scenario, request.world
        found[case] = RunSpec(world, scenario, 7, 12 * request.years)
    return found


def runs(workers=1):
    """Return the rows of ``runs.csv``: measures, ledger and falls of every run."""
    wanted = specs()
    rows = []
    for case, out in zip(wanted, run_many(list(wanted.values()), workers), strict=True):
        assert out.status == "ok", (case, out.error)
        annual = out.annual.sort_values(["measure", "year", "group", "region"])
        rows += by_name(case, "annual", annual, "measure", "value", of_everybody)
        kind = ["programme", "source", "use"]
        ledger = out.ledger.sort_values([*kind, "year"])
        rows += by_name(case, "ledger", ledger, kind, "amount_yuan")
        if len(out.falls):
            falls = out.falls.sort_values(["kind", "cause", "month", "uid"])
            rows += by_name(case, "falls", falls, ["kind", "cause"], "persons")
    return pd.DataFrame(rows, columns=COLUMNS)


def studies():
    """Return the rows of ``studies.csv``: tables of small studies, sweeps and searches."""
    rows = []
    for case, (what, *asked) in CASES["studies"].items():
        study = povsim.compare(_named(what), overrides=[*asked, *STUDY], quiet=True)
        effects = study.effects.sort_values(["measure", "year", "group", "region", "scenario"])
        shown = effects[effects["scenario"] != effects["baseline"]]
        rows += by_name(case, "effects", shown, "measure", "difference", of_everybody)
        rows += by_name(case, "precision", study.precision, "measure", "difference")
        rows += by_name(case, "hazards", study.hazards, "kind", "hazard")
        rows.append(_whole(case, "verdicts", study.verdicts))
        if len(study.matching):
            rows += by_name(case, "matching", study.matching, "arm", "value")
    for case, (what, *asked) in CASES["sweeps"].items():
        swept = povsim.sweep(_named(what), overrides=[*asked, *STUDY], quiet=True)
        rows += by_name(case, "points", swept.points, ["scenario", "measure"], "value")
        rows += [_whole(case, "sensitivity", swept.sensitivity)] if len(swept.sensitivity) else []
    for case, asked in CASES["searches"].items():
        found = povsim.search(overrides=[*asked, *STUDY], quiet=True)
        for name in ("mixes", "futures", "robustness", "marginal"):
            rows.append(_whole(case, name, getattr(found, name)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _named(what):
    return what.removeprefix("what=")


def _whole(case, name, table):
    """Return one row for a whole table: the sum of its last column of numbers, and its hash."""
    numbers = table.select_dtypes("number")
    total = float(numbers.iloc[:, -1].sum()) if numbers.shape[1] else float(len(table))
    return case, name, "all", total, len(table), digest(table)


def requests():
    """Return the rows of ``requests.csv``: what every arm of every experiment asks for."""
    from povsim.programmes.scenario_files import scenario_names

    rows = []
    for name in scenario_names():
        request = composed(f"scenario={name}")
        rows.append(("", name, *_asked(request.scenario, request.world)))
    for name in experiment_names():
        request = composed(f"experiment={name}")
        for scenario in request.scenarios:
            rows.append((name, scenario.name, *_asked(scenario, request.world_of(scenario.name))))
    return pd.DataFrame(rows, columns=["experiment", "arm", "programmes", "world"])


def experiment_names():
    """Return the names of all experiments."""
    return sorted(p.stem for p in (HERE.parents[1] / "experiments").glob("*.yaml"))


def _asked(scenario, world):
    """Return hashes of a scenario's content, titles left out, and of what its world changes."""
    text = json.dumps([scenario.name, plain_scenario(scenario)])
    own = {
        f"{group}.{name}": value
        for group, numbers in asdict(world).items()
        if isinstance(numbers, dict)
        for name, value in numbers.items()
        if value != _usual()[group][name]
    }
    own |= {"population": world.population, "households": world.households}
    told = json.dumps(own, sort_keys=True)
    return tuple(hashlib.sha256(t.encode()).hexdigest()[:12] for t in (text, told))


@cache
def _usual():
    return asdict(World())


def recorded(name):
    """Return a file of the record."""
    return pd.read_csv(
        HERE / f"{name}.csv",
        keep_default_na=False,
        na_values={"value": [""]},
        dtype={"digest": str},
    )


def moved(name, new, exact=True):
    """Return the lines that say what moved against the record."""
    keys = KEYS[name]
    old, new = recorded(name).set_index(keys), new.set_index(keys)
    lines = [f"- {' '.join(map(str, key))}" for key in old.index.difference(new.index)]
    lines += [f"+ {' '.join(map(str, key))}" for key in new.index.difference(old.index)]
    for key in new.index.intersection(old.index):
        before, after = old.loc[key], new.loc[key]
        told = " ".join(str(part) for part in key if part)
        if name == "requests":
            parts = [p for p in ("programmes", "world") if before[p] != after[p]]
            if parts:
                lines.append(f"~ {told}: {' and '.join(parts)} asked for otherwise")
            continue
        a, b = float(before["value"]), float(after["value"])
        apart = abs(a - b) > TOLERANCE * max(abs(a), abs(b)) if np.isfinite(a) else np.isfinite(b)
        if exact and before["digest"] != after["digest"]:
            shown = f"{a!r} -> {b!r}" if a != b else "other groups, regions or years"
            lines.append(f"~ {told}: {shown}")
        elif not exact and apart:
            lines.append(f"~ {told}: {a!r} -> {b!r}")
    return lines
