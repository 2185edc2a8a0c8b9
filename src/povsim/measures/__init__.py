"""Measures of poverty, inequality, mobility and vulnerability: NumPy on values and person weights.

Useful without the simulator. Every measure takes ``values`` and optional person ``weights``, and
raises ValueError, naming the argument, on empty or non-finite input, negative weights and shapes
that differ. A person is poor when income < line, strictly.
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
