"""What each function of povsim.measures takes, by which the contract is tested for all of them."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

AMOUNT, YES_NO, STATE, GROUP, WEIGHT = "amount", "yes or no", "state", "group", "weight"
PANEL, LACKS, GAPS, INDICATORS = "panel", "lacks", "gaps", "indicators"
NUMBER, OPTION = "number", "option"
TABLES = (PANEL, LACKS, GAPS)
ROWS = (AMOUNT, YES_NO, STATE, GROUP, WEIGHT, *TABLES)
"""Kinds of arguments with one row a person."""
KINDS = {
    "adults": AMOUNT,
    "after": STATE,
    "before": STATE,
    "bias_corrected": OPTION,
    "capacity_to_pay": AMOUNT,
    "children": AMOUNT,
    "deprived": LACKS,
    "durations": AMOUNT,
    "entry": AMOUNT,
    "events": YES_NO,
    "fell": YES_NO,
    "flagged": YES_NO,
    "floor": OPTION,
    "gaps": GAPS,
    "groups": GROUP,
    "income": AMOUNT,
    "indicator_weights": INDICATORS,
    "method": OPTION,
    "out_of_pocket": AMOUNT,
    "panel": PANEL,
    "probability": AMOUNT,
    "rank_by": AMOUNT,
    "weights": WEIGHT,
    "x": AMOUNT,
    "zero": OPTION,
}
"""Kind of an argument by its name; one number where it is not here."""
ANYTHING, SHARE = (-3, 12), (0, 1)


@dataclass(frozen=True)
class Contract:
    """How a function is called, and what its results do.

    Attributes
    ----------
    call : dict
        A valid call, by the name of the argument.
    bad : dict
        By argument, values out of its bounds: those of a single number, or of one row.
    span : dict
        By argument, least and most that rows may have; zero and negative amounts if absent.
    money : tuple of str
        Arguments in yuan.
    degree : int or None
        Power of the unit of money in the result; None where the question makes no sense.
    apart : dict
        Rules that do not hold and why, in words of the docstring.
    truths : tuple of str
        Arguments that take True and False, besides those that are yes or no, and weights.
    """

    call: dict
    bad: dict = field(default_factory=dict)
    span: dict = field(default_factory=dict)
    money: tuple = ("x",)
    degree: int | None = 0
    apart: dict = field(default_factory=dict)
    truths: tuple = ()

    def kind(self, name):
        """Return the kind of an argument; a line may be one a row."""
        each = name == "line" and isinstance(self.call[name], list)
        return AMOUNT if each else KINDS.get(name, NUMBER)

    def takes_truths(self, name):
        """Return whether an argument takes True and False."""
        return name in self.truths or self.kind(name) in (YES_NO, STATE, WEIGHT, LACKS, INDICATORS)

    def rows(self):
        """Return the arguments with one row a person."""
        return [name for name in self.call if self.kind(name) in ROWS]


X, W = [4.0, 1.0, 2.5, 6.0, 2.5], [2.0, 1.0, 3.0, 1.0, 2.0]
LINES, GROUPS = [3.0, 2.0, 4.0, 3.5, 2.5], ["a", "b", "a", "c", "b"]
CHANCES = [0.5, 0.75, 0.25, 0.0, 0.5]


def on_x(least=-3, bad=None, degree=0, **more):
    """Return the contract of a function of ``x`` and ``weights``."""
    return Contract(
        {"x": X, "weights": W, **more}, bad or {}, {"x": (least, 12)}, ("x", "floor"), degree
    )


def unweighted(reason):
    """Return the contract of a function of ``x`` alone, and why it takes no weights."""
    return Contract({"x": X}, {"x": [-1.0]}, {"x": (0, 12)}, apart={"weights": reason})


def on_line(line=3.0, bad=None, least=-3, **more):
    """Return the contract of a function of ``x`` and ``line``."""
    bad = {"line": [0.0, -1.0], **(bad or {})}
    span = {"x": (least, 12), "line": (0.5, 8)}
    call = {"x": X, "line": line, "weights": W, **more}
    return Contract(call, bad, span, ("x", "line", "floor"))


POWER, LOGS = {"alpha": [-0.1, -1]}, {"zero": ["drop", "limit"], "floor": [1.0]}
CENSORED = {"zero": "censor", "floor": 0.5}
BAD_FLOOR = {"floor": [0, -1.0, None]}
LAW = {"mean": 0.0, "spread": 1.0, "persistence": 0.7, "line": 0.5}
BAD_LAW = {"spread": [0, -1.0], "persistence": [1, -1, 1.5], "line": [0, -1, 1e300]}
WATCHED = Contract(
    {"durations": [1.0, 3.0, 3.0, 4.0, 5.0], "events": [1, 0, 1, 1, 0], "weights": W}
    | {"entry": [0.0, -1.0, 1.0, 0.5, 2.0]},
    {"events": [2, 0.5, -1], "entry": [9.0]},
    {"durations": (1, 6), "entry": (-2, 0.5)},
    degree=None,
)
UNITS = "as it counts units: two equal ones are less concentrated than one"
WHOLE = "as it changes when the whole population is repeated"
POINTS = "one point a row that counts, so that a repeated row adds a point to the same line"
HOUSEHOLD = "as each household has its own scale"
NOT_ASKED = "how many persons a row stands for, not how many were asked"
CONTRACTS = {
    "alkire_foster": Contract(
        {
            "deprived": [[1, 0, 1], [0, 0, 0], [1, 1, 0], [0, 1, 0], [1, 1, 1]],
            "indicator_weights": [1.0, 2.0, 1.0],
            "k": 2,
            "weights": W,
            "gaps": [[0.5, 0, 1], [0, 0, 0], [0.25, 1, 0], [0, 0.5, 0], [0.5, 0.5, 0.75]],
        },
        {"k": [0, -1, 4.01], "deprived": [2, 0.5, -1], "gaps": [-0.5, 1.5]},
        degree=None,
    ),
    "atkinson": on_x(0, {"epsilon": [-0.1], "x": [-1.0], **LOGS}, epsilon=0.5),
    "atkinson of 1": on_x(0.5, {"x": [0.0, -1.0]}, epsilon=1),
    "atkinson of 3": on_x(0.5, {"x": [0.0, -1.0]}, epsilon=3),
    "atkinson censored": on_x(bad=BAD_FLOOR, epsilon=0.5, **CENSORED),
    "auc_of_signal": Contract({"strength": 1.0}),
    "catastrophic_health_share": Contract(
        {"out_of_pocket": [3.0, 0.5, 2.5, 1.0, 0.0], "capacity_to_pay": X, "threshold": 0.4}
        | {"weights": W},
        {"threshold": [-0.1, 40]},
        money=("out_of_pocket", "capacity_to_pay"),
    ),
    "chronic_transient": Contract(
        {"panel": [[1.0, 5.0], [2.0, 2.0], [4.0, 2.5], [6.0, 7.0], [3.0, -1.0]], "line": 3.0}
        | {"weights": W, "alpha": 2},
        {"line": [0, -1], **POWER},
        money=("panel", "line"),
    ),
    "concentration_index": Contract(
        {"x": X, "rank_by": [1.0, 2.0, 2.0, 3.0, 1.0], "weights": W}, truths=("x",)
    ),
    "fgt": on_line(bad=POWER, alpha=1.5),
    "fgt with a line each": on_line(LINES, POWER, alpha=0),
    "fgt_decomposition": on_line(bad=POWER, alpha=1, groups=GROUPS),
    "fgt_decomposition with a line each": on_line(LINES, alpha=2, groups=GROUPS),
    "generalized_entropy": on_x(0, {"x": [-1.0], **LOGS}, alpha=0.75),
    "generalized_entropy of -1": on_x(0.5, {"x": [0.0, -1.0]}, alpha=-1),
    "generalized_entropy of 1": on_x(0, {"x": [-1.0]}, alpha=1),
    "generalized_entropy of 2": on_x(alpha=2),
    "generalized_entropy censored": on_x(bad=BAD_FLOOR, alpha=1, **CENSORED),
    "gini": on_x(bad={"bias_corrected": ["no", 1, None]}, bias_corrected=False),
    "gini corrected": Contract(
        {"x": X, "weights": W, "bias_corrected": True}, apart={"repetition": NOT_ASKED}
    ),
    "headcount_ratio": on_line(),
    "headcount_ratio with a line each": on_line(LINES),
    "herfindahl": unweighted(UNITS),
    "kaplan_meier": WATCHED,
    "lorenz": Contract({"x": X, "weights": W}, apart={"repetition": POINTS}),
    "lorenz_asymmetry": unweighted(WHOLE),
    "mean_log_deviation": on_x(0.5, {"x": [0.0, -1.0], **LOGS}),
    "mean_log_deviation censored": on_x(bad=BAD_FLOOR, **CENSORED),
    "nelson_aalen": WATCHED,
    "oecd_equivalent_adults": Contract(
        {"adults": [1, 2, 2, 3, 1], "children": [0, 1, 2, 0, 3]},
        {"adults": [-1], "children": [-0.5]},
        {"adults": (1, 4), "children": (0, 4)},
        degree=None,
        apart={"weights": HOUSEHOLD},
    ),
    "palma": on_x(),
    "poverty_gap": on_line(),
    "poverty_gap with a line each": on_line(LINES),
    "relative_line": on_x(bad={"share": [0, -0.5]}, degree=1, share=0.6),
    "risk_line": Contract(
        {"income": X, "probability": CHANCES, "line": 2.0, "risk": 0.25, "weights": W},
        {"line": [0, -1], "risk": [-0.1, 1.1], "probability": [-0.25, 1.25]},
        {"probability": SHARE},
        ("income", "line"),
        degree=1,
    ),
    "rosenbluth": unweighted(UNITS),
    "s80_s20": on_x(bad={"method": ["quintile", None]}, method="split"),
    "s80_s20 of laeken": on_x(method="laeken"),
    "s80_s20 of means": on_x(method="means"),
    "sen": on_line(),
    "sen_shorrocks_thon": on_line(),
    "signal_of_auc": Contract({"auc": 0.7}, {"auc": [0, 1, -0.1, 1.1]}),
    "societal_line": Contract(
        {"median": 8.0, "absolute": 3.0, "constant": 1.3, "share": 0.5},
        {"median": [-1.0], "absolute": [0, -1], "constant": [-1], "share": [0, -1]},
        money=("median", "absolute", "constant"),
        degree=1,
    ),
    "squared_poverty_gap": on_line(),
    "squared_poverty_gap with a line each": on_line(LINES),
    "theil": on_x(0, {"x": [-1.0], "zero": ["drop", None], "floor": [1.0]}),
    "theil without zeros": on_x(0.5, {"x": [0.0]}, zero="raise"),
    "theil censored": on_x(bad=BAD_FLOOR, **CENSORED),
    "theil_decomposition": on_x(0, {"x": [-1.0]}, groups=GROUPS),
    "transition_matrix": Contract(
        {"before": [0, 1, 2, 1, 0], "after": [1, 1, 0, 2, 0], "states": 4, "weights": W},
        {"states": [0, -1, 1.5, 2.0], "before": [-1, 0.5, 4], "after": [-1, 1.5, 4]},
        degree=None,
    ),
    "transition_probability": Contract(LAW, BAD_LAW),
    "true_positive_rate": Contract(
        {"strength": 1.0, "false_positive_rate": 0.1}, {"false_positive_rate": [-0.1, 1.1]}
    ),
    "vulnerability_line": Contract({**LAW, "risk": 0.2}, {**BAD_LAW, "risk": [0, 1, 1e-12]}),
    "vulnerability_rate": Contract(
        {"probability": CHANCES, "threshold": 0.5, "weights": W},
        {"probability": [-0.25, 1.25], "threshold": [-0.1, 1.1]},
        {"probability": SHARE},
        degree=None,
    ),
    "warning_rates": Contract(
        {"flagged": [1, 0, 1, 0, 1], "fell": [1, 0, 0, 1, 1], "weights": W},
        {"flagged": [2, 0.5, -1], "fell": [2, 0.5, -1]},
        degree=None,
    ),
    "watts": on_line(bad={"x": [0.0, -1.0], **LOGS}, least=0.5),
    "watts with a line each": on_line(LINES, least=0.5),
    "watts censored": on_line(bad={"floor": [0, -1.0, None, 3.0]}, **CENSORED),
    "weakly_relative_line": Contract(
        {"x": X, "absolute": 1.0, "constant": 0.5, "share": 0.5, "weights": W},
        {"absolute": [0], "constant": [-1], "share": [0]},
        money=("x", "absolute", "constant"),
        degree=1,
    ),
    "weighted_median": on_x(degree=1),
    "weighted_quantile": on_x(bad={"q": [-0.1, 1.1]}, degree=1, q=0.3),
    "wolfson": on_x(),
    "yitzhaki_deprivation": on_x(degree=1),
}
"""By function; words after its name tell another way to call it."""


def array_of(rows):
    return np.array(rows, dtype=object if isinstance(rows[0], str) else None)


def pd_of(rows, index=None):
    return (pd.DataFrame if isinstance(rows[0], list) else pd.Series)(rows, index=index)


def amounts(luck, least, most, size):
    """Return amounts that float32 holds exactly, with many ties."""
    step = 0.25 if (least, most) == SHARE else 0.5
    return luck.integers(int(least / step), int(most / step), size, endpoint=True) * step


def people_of(contract, luck):
    """Return a call with the answers of people who are drawn, and how many they are.

    NumPy draws, as that is ten times as fast as a strategy for each answer.
    """
    call, n = dict(contract.call), int(luck.integers(2, 7))
    for name in contract.rows():
        kind = contract.kind(name)
        size = (n, len(call[name][0])) if kind in TABLES else n
        drawn = {
            AMOUNT: lambda s, name=name: amounts(luck, *contract.span.get(name, ANYTHING), s),
            PANEL: lambda s: amounts(luck, *ANYTHING, s),
            GAPS: lambda s: amounts(luck, *SHARE, s),
            LACKS: lambda s: luck.integers(0, 2, s),
            YES_NO: lambda s: luck.integers(0, 2, s),
            STATE: lambda s: luck.integers(0, 4, s),
            GROUP: lambda s: luck.choice(list("abc"), s),
            WEIGHT: lambda s: luck.integers(1, 5, s).astype(float),
        }[kind](size)
        call[name] = drawn.tolist()
    return call, n
