"""Counter-based luck: a draw is a pure function of seed, identity, month, stream and number.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as
1, 2, 3"). The counter is (identity, month, stream, draw), the key is the seed, so nobody's
draws depend on how many others drew, in which order, or on how many threads.
"""

import math
from enum import IntEnum
from typing import Any

import numpy as np
from numba import float64, njit, uint32, uint64
from numpy.typing import NDArray

MULTIPLIER_0 = uint64(0xD2511F53)
MULTIPLIER_1 = uint64(0xCD9E8D57)
WEYL_0 = uint32(0x9E3779B9)
WEYL_1 = uint32(0xBB67AE85)
HALF_WORD = uint64(32)
TWO_TO_MINUS_32 = 2.0**-32


class Stream(IntEnum):
    """One stream a decision; numbers are permanent, new streams are appended."""

    ILLNESS = 1
    """Serious illness and accidents of a household."""
    JOBS = 2
    """Loss of a job; arrival of an offer or of a search."""
    INCOME = 3
    """Lasting and passing income shocks."""
    OFFERS = 4
    """Kind of an offer and its acceptance."""
    WEATHER_REGION = 5
    """Weather common to a region."""
    WEATHER_COUNTY = 6
    """Weather common to a county."""
    WEATHER_PLACE = 7
    """Weather of a place, and the share lost."""
    PRICE = 8
    """Product prices."""
    MACRO = 9
    """Growth."""
    INDUSTRY_FAILURE = 10
    """Failure of village industry."""
    INVESTOR = 11
    """Willingness of investors."""
    TARGETING = 12
    """Error of assessments."""
    STIGMA = 13
    """Whether a household comes forward."""
    RETURN_MOVE = 14
    """Moves back from relocation sites."""
    PLACEMENT = 15
    """Order in which free places are offered."""
    SITE = 16
    """Events of relocation sites."""
    WARNING = 17
    """Signals of early warning."""
    INITIAL = 1000
    """The initial population, the only use of a NumPy generator."""


@njit(cache=True)
def philox4x32(c0, c1, c2, c3, k0, k1):  # type: ignore[no-untyped-def]
    """Return four 32-bit words for a counter and a key (Philox4x32, ten rounds).

    Parameters
    ----------
    c0, c1, c2, c3 : uint32
        Counter: identity, month, stream, draw.
    k0, k1 : uint32
        Key, see :func:`seed_key`.
    """
    a, b, c, d = uint32(c0), uint32(c1), uint32(c2), uint32(c3)
    key_0, key_1 = uint32(k0), uint32(k1)
    for _ in range(10):
        product_0 = MULTIPLIER_0 * uint64(a)
        product_1 = MULTIPLIER_1 * uint64(c)
        a, b, c, d = (
            uint32(uint32(product_1 >> HALF_WORD) ^ b ^ key_0),
            uint32(product_1),
            uint32(uint32(product_0 >> HALF_WORD) ^ d ^ key_1),
            uint32(product_0),
        )
        key_0 = uint32(key_0 + WEYL_0)
        key_1 = uint32(key_1 + WEYL_1)
    return a, b, c, d


def seed_key(seed: int) -> tuple[np.uint32, np.uint32]:
    """Return the key of a seed: its low and its high 32 bits."""
    if not 0 <= seed < 2**64:
        raise ValueError(f"seed={seed}: allowed is 0 to 2**64 - 1")
    return np.uint32(seed & 0xFFFFFFFF), np.uint32(seed >> 32)


@njit(cache=True)
def uniform(word):  # type: ignore[no-untyped-def]
    """Return a number in the open interval (0, 1) from one word."""
    return (float64(word) + 0.5) * TWO_TO_MINUS_32


@njit(cache=True)
def uniform2(high, low):  # type: ignore[no-untyped-def]
    """Return a number in (0, 1) with 53 random bits from two words."""
    bits = (uint64(high) << uint64(21)) ^ (uint64(low) >> uint64(11))
    return (float64(bits) + 0.5) * 2.0**-53


@njit(cache=True)
def _tail(r):  # type: ignore[no-untyped-def]
    """Return the upper quantile at ``r`` = sqrt(-ln p) (AS 241, outer ranges)."""
    if r <= 5.0:
        r -= 1.6
        num = (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r
            + 2.41780725177450611770e-1) * r + 1.27045825245236838258) * r
            + 3.64784832476320460504) * r + 5.76949722146069140550) * r
            + 4.63033784615654529590) * r + 1.42343711074968357734)
        den = (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r
            + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r
            + 6.89767334985100004550e-1) * r + 1.67638483018380384940) * r
            + 2.05319162663775882187) * r + 1.0)
        return num / den
    r -= 5.0
    num = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
        + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2) * r
        + 2.96560571828504891230e-1) * r + 1.78482653991729133580) * r
        + 5.46378491116411436990) * r + 6.65790464350110377720)
    den = (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r
        + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r
        + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
        + 5.99832206555887937690e-1) * r + 1.0)
    return num / den


@njit(cache=True)
def normal(u):  # type: ignore[no-untyped-def]
    """Return a standard normal number from one uniform, without rejection.

    Inverse distribution function by Wichura (1988), algorithm AS 241 (PPND16), accurate to
    about sixteen digits.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        num = (((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r
            + 6.7265770927008700853e4) * r + 4.5921953931549871457e4) * r
            + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
            + 1.3314166789178437745e2) * r + 3.3871328727963666080)
        den = (((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r
            + 3.9307895800092710610e4) * r + 2.1213794301586595867e4) * r
            + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
            + 4.2313330701600911252e1) * r + 1.0)
        return q * num / den
    value = _tail(math.sqrt(-math.log(min(u, 1.0 - u))))
    return -value if q < 0.0 else value


@njit(cache=True)
def exponential(u, rate):  # type: ignore[no-untyped-def]
    """Return an exponential waiting time at ``rate`` from one uniform."""
    return -math.log1p(-u) / rate


@njit(cache=True)
def lognormal(u, mu, sigma):  # type: ignore[no-untyped-def]
    """Return a lognormal number with log mean ``mu`` and log standard deviation ``sigma``."""
    return math.exp(mu + sigma * normal(u))


@njit(cache=True)
def beta_like(u, mean):  # type: ignore[no-untyped-def]
    """Return a share in (0, 1) with the given mean from one uniform.

    Beta(1, (1 - m) / m) up to a mean of one half and Beta(m / (1 - m), 1) above it: the two
    beta laws whose inverse is closed, so that no draw is ever rejected.
    """
    if mean <= 0.5:
        return 1.0 - (1.0 - u) ** (mean / (1.0 - mean))
    return u ** ((1.0 - mean) / mean)


@njit(cache=True)
def geometric(u, p):  # type: ignore[no-untyped-def]
    """Return the number of trials to the first success, 1 or more, success chance ``p``."""
    if p >= 1.0:
        return 1
    return 1 + int(math.log(1.0 - u) / math.log(1.0 - p))


@njit(cache=True)
def integer(word, n):  # type: ignore[no-untyped-def]
    """Return an integer in 0 .. n-1 from one word; no value is favoured by more than n/2**32."""
    return int((uint64(word) * uint64(n)) >> HALF_WORD)


@njit(cache=True, nogil=True)
def _fill(k0, k1, identity, month, stream, draw, out):  # type: ignore[no-untyped-def]
    for i in range(len(identity)):
        words = philox4x32(identity[i], month, stream, draw, k0, k1)
        for j in range(4):
            out[i, j] = uniform(words[j])


def uniform_block(
    seed: int, identity: NDArray[Any], month: int, stream: int, draw: int = 0
) -> NDArray[np.float64]:
    """Return four uniforms for each identity, shape (len(identity), 4)."""
    out = np.empty((len(identity), 4))
    k0, k1 = seed_key(seed)
    _fill(k0, k1, np.asarray(identity, dtype=np.uint32), month, int(stream), draw, out)
    return out
