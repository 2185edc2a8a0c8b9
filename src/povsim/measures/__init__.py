"""Measures of poverty, inequality, mobility and vulnerability: NumPy on values and person weights.

Useful without the simulator: ``measures.gini(survey["income"], survey["weight"])``. A person is
poor when income < line, strictly. One contract holds for every function; where one departs from
it, and what it does with zero and negative incomes, stands in its docstring.

- What is taken: lists, arrays, pandas Series, nullable ones too, with one number a row and as
  many rows in every argument; a table where people answer for several periods or indicators.
  True and False are taken where the answer is yes or no, and as weights, which then select
  people. Texts, dates and complex numbers are no numbers.
- What is missing: None, NaN, ``pandas.NA``, NaT and masked values are refused, never left out or
  guessed, and so are infinite ones; in rows of weight zero too, and as a line, a share or
  another single number.
- Weights: how many persons a row stands for, in any unit. A row of weight zero does not exist:
  it is in no group, at no rank, and no condition looks at it. Negative weights are refused, and
  so are weights that are all zero.
- Labels: Series, and tables where a table is taken, are put into the order of the first of them
  by their labels. Labels that differ are refused, and so are labels that stand twice, unless in
  the same order. A list or an array beside a Series goes by position.
- Results: Python floats and NumPy arrays; one value a row in the order of the first argument.
  Inputs are never changed.
- Mistakes: ValueError that begins with the name of the argument: another shape, nothing in it,
  out of bounds, an option that is none or does not go with another, people for whom the measure
  is not defined. Where no float holds a sum it begins with the name of the function.
"""

from povsim.measures.decomposition import (
    TheilParts,
    fgt_decomposition,
    theil_decomposition,
)
from povsim.measures.deprivation import (
    yitzhaki_deprivation,
)
from povsim.measures.health import (
    catastrophic_health_share,
    concentration_index,
)
from povsim.measures.inequality import (
    GiniBoundWarning,
    atkinson,
    generalized_entropy,
    gini,
    herfindahl,
    lorenz,
    lorenz_asymmetry,
    mean_log_deviation,
    palma,
    rosenbluth,
    s80_s20,
    theil,
    weighted_median,
    weighted_quantile,
    wolfson,
)
from povsim.measures.lines import (
    oecd_equivalent_adults,
    relative_line,
    societal_line,
    weakly_relative_line,
)
from povsim.measures.mobility import (
    ChronicTransient,
    chronic_transient,
    transition_matrix,
    transition_probability,
)
from povsim.measures.multidimensional import (
    AlkireFoster,
    alkire_foster,
)
from povsim.measures.poverty import (
    fgt,
    headcount_ratio,
    poverty_gap,
    sen,
    sen_shorrocks_thon,
    squared_poverty_gap,
    watts,
)
from povsim.measures.signal import (
    WarningRates,
    auc_of_signal,
    signal_of_auc,
    true_positive_rate,
    warning_rates,
)
from povsim.measures.survival import (
    Curve,
    kaplan_meier,
    nelson_aalen,
)
from povsim.measures.vulnerability import (
    risk_line,
    vulnerability_line,
    vulnerability_rate,
)

__all__ = [
    "AlkireFoster",
    "ChronicTransient",
    "Curve",
    "GiniBoundWarning",
    "TheilParts",
    "WarningRates",
    "alkire_foster",
    "atkinson",
    "auc_of_signal",
    "catastrophic_health_share",
    "chronic_transient",
    "concentration_index",
    "fgt",
    "fgt_decomposition",
    "generalized_entropy",
    "gini",
    "headcount_ratio",
    "herfindahl",
    "kaplan_meier",
    "lorenz",
    "lorenz_asymmetry",
    "mean_log_deviation",
    "nelson_aalen",
    "oecd_equivalent_adults",
    "palma",
    "poverty_gap",
    "relative_line",
    "risk_line",
    "rosenbluth",
    "s80_s20",
    "sen",
    "sen_shorrocks_thon",
    "signal_of_auc",
    "societal_line",
    "squared_poverty_gap",
    "theil",
    "theil_decomposition",
    "transition_matrix",
    "transition_probability",
    "true_positive_rate",
    "vulnerability_line",
    "vulnerability_rate",
    "warning_rates",
    "watts",
    "weakly_relative_line",
    "weighted_median",
    "weighted_quantile",
    "wolfson",
    "yitzhaki_deprivation",
]
