"""Other people's arithmetic decides: published values and closed forms."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from povsim import measures as m

X = np.array([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261], dtype=float)
LINE = 4000


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (m.gini(X), 0.46209113),
        (m.atkinson(X, 0.5), 0.1796591),
        (m.atkinson(X, 1), 0.3518250598),
        (m.theil(X), 0.3623412423),
        (m.mean_log_deviation(X), 0.4335946495),
        (m.headcount_ratio(X, LINE), 0.4),
        (m.poverty_gap(X, LINE), 0.202825),
        (m.squared_poverty_gap(X, LINE), 0.13209324375),
        (m.watts(X, LINE), 0.3650089293),
        (m.sen(X, LINE), 0.26328125),
        (m.sen_shorrocks_thon(X, LINE), 0.3487025),
        (m.herfindahl(X), 0.1840812),
        (m.rosenbluth(X), 0.1859051),
    ],
)
def test_the_small_vector_has_its_published_values(value, expected):
    assert value == pytest.approx(expected, rel=1e-6)


def test_published_values_of_other_small_vectors():
    tens = np.arange(10, 60, 10.0)
    assert m.atkinson(tens, 0.5) == pytest.approx(0.06315, abs=5e-6)
    assert m.atkinson(tens, 1) == pytest.approx(0.1316096, abs=1e-7)
    assert m.wolfson([6, 6, 8, 8, 10, 10, 12, 12]) == pytest.approx(1 / 12)
    assert m.wolfson(np.arange(2, 17, 2)) == pytest.approx(11 / 72)
    assert m.gini([0] * 99 + [100]) == pytest.approx(0.99)
    assert m.gini([5, 5, 5]) == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize(
    ("x", "gini", "asymmetry"),
    [([50 / 9] * 9 + [50], 0.4444444, 1.46), ([2.0] * 5 + [18.0] * 5, 0.4444444, 0.74)],
)
def test_lorenz_asymmetry_tells_two_distributions_of_one_gini_apart(x, gini, asymmetry):
    assert m.gini(x, bias_corrected=True) == pytest.approx(gini, abs=1e-6)
    assert m.lorenz_asymmetry(x) == pytest.approx(asymmetry, abs=1e-9)


def test_all_inequality_is_between_regions_when_each_region_is_equal():
    parts = m.theil_decomposition([0, 0, 0, 10, 10, 10], [0, 0, 0, 1, 1, 1])
    assert parts.between == pytest.approx(np.log(2))
    assert parts.within == 0.0
    assert parts.total == pytest.approx(m.theil([0, 0, 0, 10, 10, 10]))


def test_alkire_and_fosters_example():
    rows = np.array([(13.1, 14, 4, 1), (15.2, 7, 5, 0), (12.5, 10, 1, 0), (20, 11, 3, 1)])
    cut = np.array([13, 12, 3, 1])
    lacks = rows < cut
    gaps = np.where(lacks, (cut - rows) / cut, 0)
    result = m.alkire_foster(lacks, [1, 1, 1, 1], 2, gaps=gaps)
    assert (result.H, result.A, result.M0) == (0.5, 0.75, 0.375)
    assert pytest.approx(0.2055, abs=5e-5) == result.M1
    assert pytest.approx(0.1655, abs=5e-5) == result.M2


@pytest.mark.parametrize("sigma", [0.5, 0.7, 0.9])
def test_a_lognormal_distribution_has_its_closed_forms(sigma):
    n = 400_000
    mu, z = 9.0, 6000.0
    x = np.exp(mu + sigma * norm.ppf((np.arange(n) + 0.5) / n))
    d, mean = (np.log(z) - mu) / sigma, np.exp(mu + sigma**2 / 2)
    gap = norm.cdf(d) - mean / z * norm.cdf(d - sigma)
    squared = (
        norm.cdf(d)
        - 2 * mean / z * norm.cdf(d - sigma)
        + (mean**2 * np.exp(sigma**2) / z**2 * norm.cdf(d - 2 * sigma))
    )
    close = {"rel": 2e-4}
    assert m.headcount_ratio(x, z) == pytest.approx(norm.cdf(d), abs=1e-5)
    assert m.poverty_gap(x, z) == pytest.approx(gap, **close)
    assert m.squared_poverty_gap(x, z) == pytest.approx(squared, **close)
    assert m.watts(x, z) == pytest.approx(
        (np.log(z) - mu) * norm.cdf(d) + sigma * norm.pdf(d), **close
    )
    assert m.gini(x) == pytest.approx(2 * norm.cdf(sigma / np.sqrt(2)) - 1, rel=1e-3)
    assert m.mean_log_deviation(x) == pytest.approx(sigma**2 / 2, rel=1e-3)
    assert m.theil(x) == pytest.approx(sigma**2 / 2, rel=2e-3)
    assert m.atkinson(x, 2) == pytest.approx(1 - np.exp(-(sigma**2)), rel=1e-3)
    ratio = norm.cdf(sigma - norm.ppf(0.8)) / norm.cdf(norm.ppf(0.2) - sigma)
    assert m.s80_s20(x) == pytest.approx(ratio, rel=1e-3)
    at_half = m.headcount_ratio(x, m.relative_line(x, 0.5))
    assert at_half == pytest.approx(norm.cdf(np.log(0.5) / sigma), abs=1e-5)


@pytest.mark.parametrize(
    ("sigma", "below_60", "below_40", "gini"),
    [
        (0.5, 0.15347, 0.03343, 0.27633),
        (0.7, 0.23277, 0.09527, 0.37938),
        (0.9, 0.28516, 0.15432, 0.47548),
    ],
)
def test_shares_under_the_median_do_not_depend_on_the_mean(sigma, below_60, below_40, gini):
    for mu in (7.0, 10.0):
        x = np.exp(mu + sigma * norm.ppf((np.arange(200_000) + 0.5) / 200_000))
        assert m.headcount_ratio(x, m.relative_line(x, 0.6)) == pytest.approx(below_60, abs=2e-5)
        assert m.headcount_ratio(x, m.relative_line(x, 0.4)) == pytest.approx(below_40, abs=2e-5)
        assert m.gini(x) == pytest.approx(gini, abs=3e-4)


def test_pareto_and_uniform_gini():
    u = (np.arange(2_000_000) + 0.5) / 2_000_000
    assert m.gini((1 - u) ** (-1 / 3)) == pytest.approx(1 / 5, abs=2e-3)
    assert m.gini(u) == pytest.approx(1 / 3, abs=1e-6)


def test_two_period_transition_of_log_income_matches_simulation():
    rng = np.random.default_rng(1)
    first = rng.standard_normal(400_000)
    second = 0.6 * first + 0.8 * rng.standard_normal(400_000)
    z = -0.8
    simulated = (second[first >= z] < z).mean()
    exact = m.transition_probability(0.0, 1.0, 0.6, float(np.exp(z)))
    assert exact == pytest.approx(simulated, abs=0.002)


def test_the_vulnerability_line_has_the_risk_that_was_asked_for():
    line, risk = 0.5, 0.2
    v = np.log(m.vulnerability_line(0.0, 1.0, 0.7, line, risk))
    rng = np.random.default_rng(2)
    first = rng.standard_normal(600_000)
    second = 0.7 * first + np.sqrt(1 - 0.49) * rng.standard_normal(600_000)
    now = (first >= np.log(line)) & (first <= v)
    assert (second[now] < np.log(line)).mean() == pytest.approx(risk, abs=0.004)


def test_the_line_of_empirical_risk_is_that_of_the_bivariate_normal():
    line, risk, persistence = 0.5, 0.2, 0.7
    first = np.random.default_rng(2).standard_normal(600_000)
    spread = np.sqrt(1 - persistence**2)
    chance = norm.cdf((np.log(line) - persistence * first) / spread)
    found = m.risk_line(np.exp(first), chance, line, risk)
    assert found == pytest.approx(m.vulnerability_line(0.0, 1.0, persistence, line, risk), rel=0.01)


def test_there_is_no_line_where_nobody_is_at_risk():
    assert np.isnan(m.risk_line([1.0, 2.0, 3.0], [0.0, 0.1, 0.0], 0.5, 0.2))


@pytest.mark.parametrize(("auc", "strength"), [(0.706, 0.7661), (0.80, 1.1902), (0.90, 1.8124)])
def test_signal_strength_and_auc(auc, strength):
    assert m.signal_of_auc(auc) == pytest.approx(strength, abs=1e-4)
    assert m.auc_of_signal(strength) == pytest.approx(auc, abs=1e-4)


def test_a_two_state_chain_has_its_survival_and_hazard():
    h, years, n = 0.08, 6, 200_000
    rng = np.random.default_rng(3)
    fall = rng.geometric(h, n)
    durations, events = np.minimum(fall, years), fall <= years
    assert 1 - m.kaplan_meier(durations, events).values[-1] == pytest.approx(
        1 - (1 - h) ** years, abs=0.003
    )
    assert m.nelson_aalen(durations, events).values[-1] == pytest.approx(years * h, abs=0.004)


def test_deprivation_averages_to_mean_times_gini():
    assert m.yitzhaki_deprivation(X).mean() == pytest.approx(X.mean() * m.gini(X))


def test_chronic_and_transient_poverty_add_up():
    panel = np.array([[2.0, 8.0], [1.0, 1.0], [6.0, 7.0]])
    parts = m.chronic_transient(panel, 4.0)
    assert parts.total == pytest.approx(parts.chronic + parts.transient)
    assert parts.chronic == pytest.approx((3 / 4) ** 2 / 3)


def test_concentration_over_its_own_rank_is_the_gini():
    assert m.concentration_index(X, X) == pytest.approx(m.gini(X))


def test_catastrophic_spending_and_warning_rates():
    assert m.catastrophic_health_share([50, 10], [100, 100]) == 0.5
    rates = m.warning_rates([1, 1, 0, 0], [1, 0, 1, 0])
    assert (rates.true_positive, rates.false_positive, rates.precision) == (0.5, 0.5, 0.5)


def test_quintile_ratio_in_its_three_forms():
    x = np.arange(1.0, 11.0)
    assert m.s80_s20(x) == pytest.approx(19 / 3)
    assert m.s80_s20(x, method="laeken") == pytest.approx(19 / 3)
    assert m.s80_s20(x, method="means") == pytest.approx(19 / 3)
    assert m.palma(x) == pytest.approx(1.0)


def test_lines_and_scales():
    assert m.societal_line(10.0) == pytest.approx(6.3)
    assert m.weakly_relative_line([2.0, 4.0, 6.0], 3.0, 0.5) == 3.0
    assert m.oecd_equivalent_adults([2], [1])[0] == pytest.approx(1.8)


def test_people_of_one_rank_share_its_middle():
    for shares in ([0, 10], [10, 0]):
        assert m.concentration_index(shares, [1, 1]) == 0.0
    # ranks 1/3, 1/3 and 5/6 by hand: 2 / (3 * 3) * (-2 / 3 - 1 / 3 + 3 * 5 / 6)
    assert m.concentration_index([1, 2, 6], [1, 1, 2]) == pytest.approx(1 / 3)
    assert m.concentration_index([1.5, 6], [1, 2], [2, 1]) == pytest.approx(1 / 3)


def test_who_is_at_the_line_is_never_poor_over_time():
    assert m.chronic_transient([[1, 3], [5, 5]], 2, alpha=0) == (0.25, 0.0, 0.25)
    at_the_line = [[0.1, 0.1, 0.1], [0.3, 0.3, 0.3]]
    assert m.chronic_transient(at_the_line, 0.1, alpha=0) == (0.0, 0.0, 0.0)
    assert m.chronic_transient(at_the_line[1:], 0.3, alpha=0) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("x", [[0, 0, 3], [-4.0, 1.0, 0.5, 9.0], [-3, -1, -1, 0.5], X - 3000])
def test_sens_index_is_the_rank_weighted_gap_whatever_the_sign(x):
    """Sen (1976) with ranks of a large population: 2 / (q n z) sum g_i (q + 1/2 - i)."""
    z = 2.0
    gaps = z - np.sort(np.array(x, dtype=float))
    gaps = gaps[gaps > 0]
    q, i = len(gaps), np.arange(1, len(gaps) + 1)
    expected = 2 / (q * len(x) * z) * np.sum(gaps * (q + 0.5 - i))
    assert m.sen(x, z) == pytest.approx(expected)


def test_the_poor_without_any_income_have_sens_index_of_their_share():
    assert m.sen([0, 0, 3], 2) == pytest.approx(2 / 3)


def test_a_floor_is_used_by_every_index_that_offers_one():
    golden = (1 + np.sqrt(5)) / 2
    options = {"zero": "censor", "floor": 1.0}
    assert m.atkinson([0.0, 5.0], 0.5, **options) == pytest.approx(1 - golden**2 / 3)
    by_hand = (np.log(1 / 3) / 3 + np.log(5 / 3) * 5 / 3) / 2
    assert m.theil([-1.0, 5.0], **options) == pytest.approx(by_hand)
    assert m.generalized_entropy([-1.0, 5.0], 1, **options) == pytest.approx(by_hand)
    half_squared_variation = (2 / 3) ** 2 / 2
    assert m.generalized_entropy([-1.0, 5.0], 2, **options) == pytest.approx(half_squared_variation)


@pytest.mark.parametrize("step", [1e-6, -1e-6, 1e-10, -1e-10])
def test_families_of_indices_have_no_gap_where_their_formula_changes(step):
    for alpha in (0, 1):
        near = m.generalized_entropy(X, alpha + step)
        assert near == pytest.approx(m.generalized_entropy(X, alpha), rel=1e-5)
    assert m.atkinson(X, 1 + step) == pytest.approx(0.3518250598, rel=1e-5)


def test_great_aversion_looks_at_the_poorest_alone():
    assert m.atkinson(X, 1000.0) == pytest.approx(1 - 541 / X.mean(), abs=1e-3)


def test_zeros_and_their_rows_count_for_nothing_without_weight():
    x, w = [-1.0, 0.0, 1.0, 5.0], [0, 0, 1, 1]
    golden = (1 + np.sqrt(5)) / 2
    assert m.atkinson(x, 0.5, w) == pytest.approx(1 - golden**2 / 3)
    assert m.mean_log_deviation(x, w) == pytest.approx(np.log(3 / np.sqrt(5)))
    assert m.watts(x, 2.0, w) == pytest.approx(np.log(2) / 2)
    assert m.gini([0, 0, 1, 3], w, bias_corrected=True) == pytest.approx(0.5)


def test_left_truncation_counts_only_who_is_watched():
    # at 2 three are watched, at 4 the two who are left and the one who came at 3
    times = {"durations": [2, 4, 5, 6], "events": [1, 1, 0, 0], "entry": [0, 0, 1, 3]}
    np.testing.assert_allclose(m.nelson_aalen(**times).values, [1 / 3, 1 / 3 + 1 / 3])
    np.testing.assert_allclose(m.kaplan_meier(**times).values, [2 / 3, 4 / 9])


def test_a_row_of_a_state_that_nobody_was_in_is_zero():
    matrix = m.transition_matrix([0, 0, 2, 2], [0, 2, 2, 2], 3, [1, 3, 1, 0])
    np.testing.assert_allclose(matrix, [[0.25, 0, 0.75], [0, 0, 0], [0, 0, 1]])


def test_equal_numbers_are_symmetric_though_their_mean_is_rounded():
    assert m.lorenz_asymmetry([0.1, 0.1, 0.1]) == pytest.approx(1.0)


@pytest.mark.parametrize("z", [-3.0, 2.0, 8.0])
@pytest.mark.parametrize("persistence", [0.6, -0.3])
def test_transitions_far_from_the_mean_are_those_of_the_integral(z, persistence):
    own = np.sqrt(1 - persistence**2)

    def falls(y):
        return norm.pdf(y) * norm.cdf((z - persistence * y) / own)

    expected = quad(falls, z, z + 12, epsabs=0, epsrel=1e-11)[0] / norm.sf(z)
    found = m.transition_probability(9.0, 0.5, persistence, float(np.exp(9 + 0.5 * z)))
    assert found == pytest.approx(expected, rel=1e-9)


def test_people_of_one_income_are_passed_together():
    for chances in ([0.0, 1.0, 0.0], [0.0, 0.0, 1.0]):
        assert m.risk_line([1.0, 2.0, 2.0], chances, 0.5, 0.3) == 2.0
        assert np.isnan(m.risk_line([1.0, 2.0, 2.0], chances, 0.5, 0.4))
    assert m.risk_line([1.0, 2.0], [0.1, 0.1], 0.5, 0.1, [3, 4]) == 2.0
