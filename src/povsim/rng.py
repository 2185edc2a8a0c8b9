"""Draw luck by counter: every draw is a pure function of (seed, uid, month, stream, draw).

There is no generator and no state. Two runs with the same seed give a household the same
luck, whatever else happens and in whatever order or on however many threads it is computed.
The words come from Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random
numbers: as easy as 1, 2, 3", SC'11); a block gives four words of 32 bits.

Every draw below uses a fixed number of words and never rejects: none can shift another.
"""

import math
import secrets
from collections.abc import Sequence
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from numba import njit

from povsim.errors.given import seed_number


class Stream(IntEnum):
    """Number the decisions that need luck.

    The numbers are part of every published result: append, never renumber.
    """

    ILLNESS = 1
    """Illness of a household: strikes or not, size of the bill, months lost."""
    JOBS = 2
    """Separations from jobs."""
    INCOME = 3
    """Monthly noise of farm, business and other income."""
    OFFERS = 4
    """Arrival and choice of job offers."""
    WEATHER_REGION = 5
    """Weather shared by a region."""
    WEATHER_COUNTY = 6
    """Weather of a county, given its region's."""
    WEATHER_PLACE = 7
    """Weather of a village or site, given its county's."""
    PRICE = 8
    """Prices of farm products."""
    MACRO = 9
    """Growth of the national economy."""
    INDUSTRY_FAILURE = 10
    """Closure of a village industry."""
    INVESTOR = 11
    """Decisions of private investors."""
    TARGETING = 12
    """Errors of inclusion and exclusion in registers."""
    STIGMA = 13
    """Take-up of a benefit that carries stigma."""
    RETURN_MOVE = 14
    """Return of relocated households to their old village."""
    PLACEMENT = 15
    """Order in which rationed slots are offered."""
    SITE = 16
    """Reserved: nothing draws from it, and its number is given to nothing else."""
    WARNING = 17
    """Signals and verification of the early warning."""
    GENERATIONS = 18
    """A child comes of age, and the talent of the next."""
    HISTORY = 19
    """The years before the run: the seed of their luck, and errors of the edge list."""
    INITIAL = 1000
    """The initial population; the only stream that feeds a NumPy Generator."""


class TargetingDraw(IntEnum):
    """Number the draws of the targeting stream; as for streams: append, never renumber."""

    DIBAO = 0  # error of income when the list of dibao is renewed
    CASH_LIST = 1  # error of income when the list of targeted cash is renewed
    EDGE_REACH = 2  # once and for all: whether special support reaches an edge household
    NEED = 10  # error of income when those in need are lined up
    CHILD_SKILL = 11  # rounds the skill of children to whole hundredths
    COURSE = 12  # whether a course in the common language is passed
    ASPIRATION = 13  # once and for all: who is reached first
    REVIEW = 20  # error of the score when the register is reviewed
    TIES = 21  # once and for all: whether a household has ties to those who decide
    EDGE_LIST = 22  # error of income when edge households are registered
    INSURED = 30  # once and for all: who insures its income
    PLOT = 31  # once and for all: which landless households keep a plot at home
    LOAN = 32  # who asks for a micro-loan and whether it is granted
    FRAGILE_LAND = 33  # once and for all: whose land can be retired, and in which order
    REGION_REACH = 34  # once and for all: who outside the register is reached
    REGION_LIST = 35  # error of income of those who live outside the register


class InvestorDraw(IntEnum):
    """Number the draws of the investors' stream, one for each programme that draws them in."""

    MATCHED_LEVERAGE = 0
    CREDIT_GUARANTEE = 1


class WarningDraw(IntEnum):
    """Number the draws of the stream of early warning."""

    SCAN = 0  # noise of the signal
    OFFICER = 1  # whether an officer notices a sudden shock
    REPORT = 2  # whether a household reports itself
    SEEN = 3  # once and for all: whether scans see a household outside the register
    PROUD = 4  # once and for all: who never reports itself
    PLACED = 5  # whether a worker is found a place


MULTIPLIER_0 = np.uint64(0xD2511F53)
MULTIPLIER_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint64(0x9E3779B9)
WEYL_1 = np.uint64(0xBB67AE85)
LOW_WORD = np.uint64(0xFFFFFFFF)
WORD_BITS = np.uint64(32)
ROUNDS = 10

# Coefficients of AS 241, highest power first: |u - 1/2| <= 0.425, then the shoulders, then the
# tails beyond exp(-25).
CENTRE_ABOVE = (
    2.5090809287301226727e3,
    3.3430575583588128105e4,
    6.7265770927008700853e4,
    4.5921953931549871457e4,
    1.3731693765509461125e4,
    1.9715909503065514427e3,
    1.3314166789178437745e2,
    3.3871328727963666080e0,
)
CENTRE_BELOW = (
    5.2264952788528545610e3,
    2.8729085735721942674e4,
    3.9307895800092710610e4,
    2.1213794301586595867e4,
    5.3941960214247511077e3,
    6.8718700749205790830e2,
    4.2313330701600911252e1,
    1.0,
)
SHOULDER_ABOVE = (
    7.74545014278341407640e-4,
    2.27238449892691845833e-2,
    2.41780725177450611770e-1,
    1.27045825245236838258e0,
    3.64784832476320460504e0,
    5.76949722146069140550e0,
    4.63033784615654529590e0,
    1.42343711074968357734e0,
)
SHOULDER_BELOW = (
    1.05075007164441684324e-9,
    5.47593808499534494600e-4,
    1.51986665636164571966e-2,
    1.48103976427480074590e-1,
    6.89767334985100004550e-1,
    1.67638483018380384940e0,
    2.05319162663775882187e0,
    1.0,
)
TAIL_ABOVE = (
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    1.24266094738807843860e-3,
    2.65321895265761230930e-2,
    2.96560571828504891230e-1,
    1.78482653991729133580e0,
    5.46378491116411436990e0,
    6.65790464350110377720e0,
)
TAIL_BELOW = (
    2.04426310338993978564e-15,
    1.42151175831644588870e-7,
    1.84631831751005468180e-5,
    7.86869131145613259100e-4,
    1.48753612908506148525e-2,
    1.36929880922735805310e-1,
    5.99832206555887937690e-1,
    1.0,
)


def seed_key(seed: int) -> tuple[int, int]:
    """Split a seed of up to 64 bits into the two key words of Philox.

    Parameters
    ----------
    seed : int
        From 0 to 2**64 - 1.

    Returns
    -------
    tuple of int
        Low and high 32 bits.

    Raises
    ------
    UserError
        If the seed is no whole number, is negative or does not fit 64 bits.
    """
    seed = seed_number(seed)
    return seed & 0xFFFFFFFF, seed >> 32


def fresh_seed() -> int:
    """Return a seed that nobody has chosen, short enough to be typed."""
    return secrets.randbits(32)


@njit(cache=True, nogil=True)
def philox4x32(c0, c1, c2, c3, k0, k1):
    """Return the four 32-bit words of one Philox4x32-10 block.

    Parameters
    ----------
    c0, c1, c2, c3 : uint32 or int
        Counter: uid, month, stream, draw. Only the low 32 bits count.
    k0, k1 : uint32 or int
        Key, from :func:`seed_key`.

    Returns
    -------
    tuple of uint32
        ``(r0, r1, r2, r3)``.

    Notes
    -----
    All words are kept below 2**32 by masks, so that loops over draws become vector multiplies;
    all arithmetic is in uint64: numba would turn a mix of uint32 and int64
    into signed, and a mix of uint64 and int64 into floating point, arithmetic.
    """
    a = np.uint64(c0) & LOW_WORD
    b = np.uint64(c1) & LOW_WORD
    c = np.uint64(c2) & LOW_WORD
    d = np.uint64(c3) & LOW_WORD
    key_0 = np.uint64(k0) & LOW_WORD
    key_1 = np.uint64(k1) & LOW_WORD
    for _ in range(ROUNDS):
        product_0 = MULTIPLIER_0 * a
        product_1 = MULTIPLIER_1 * c
        a = (product_1 >> WORD_BITS) ^ b ^ key_0
        c = (product_0 >> WORD_BITS) ^ d ^ key_1
        b = product_1 & LOW_WORD
        d = product_0 & LOW_WORD
        key_0 = (key_0 + WEYL_0) & LOW_WORD
        key_1 = (key_1 + WEYL_1) & LOW_WORD
    return np.uint32(a), np.uint32(b), np.uint32(c), np.uint32(d)


@njit(cache=True, nogil=True)
def words(k0, k1, uid, month, stream, draw):
    """Return the four words of draw ``draw`` of ``stream`` for ``uid`` in ``month``."""
    return philox4x32(uid, month, stream, draw, k0, k1)


@njit(cache=True, nogil=True)
def uniform(word):
    """Return a uniform draw in the open interval (0, 1) from one word: (word + 1/2) / 2**32."""
    return (np.float64(word) + 0.5) * 2.0**-32


@njit(cache=True, nogil=True)
def _ratio(numerator, denominator, r):
    """Return the ratio of two polynomials in ``r``, highest power first, by Horner's rule."""
    above = numerator[0]
    below = denominator[0]
    for power in range(1, 8):
        above = above * r + numerator[power]
        below = below * r + denominator[power]
    return above / below


@njit(cache=True, nogil=True)
def normal(u):
    """Return the standard normal draw of one uniform draw: its quantile.

    Parameters
    ----------
    u : float
        Uniform draw in the open interval (0, 1).

    Returns
    -------
    float
        Quantile, with a relative error of about 1e-16. One word reaches 6.3 standard deviations.

    Notes
    -----
    Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution",
    Applied Statistics 37(3), PPND16. One uniform gives one normal, without rejection.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(CENTRE_ABOVE, CENTRE_BELOW, 0.180625 - q * q)
    tail = u if q < 0.0 else 1.0 - u
    r = math.sqrt(-math.log(tail))
    if r <= 5.0:
        size = _ratio(SHOULDER_ABOVE, SHOULDER_BELOW, r - 1.6)
    else:
        size = _ratio(TAIL_ABOVE, TAIL_BELOW, r - 5.0)
    return -size if q < 0.0 else size


LARGEST_NORMAL = 6.5
"""Bound on the size of any normal draw from one word: the 2**-33 quantile is -6.34."""


@njit(cache=True, nogil=True)
def lognormal(u, mu, sigma):
    """Return a lognormal draw whose logarithm has mean ``mu`` and standard deviation ``sigma``."""
    return math.exp(mu + sigma * normal(u))


@njit(cache=True, nogil=True)
def exponential(u, rate):
    """Return an exponential waiting time with mean ``1 / rate``: -ln(u) / rate."""
    return -math.log(u) / rate


@njit(cache=True, nogil=True)
def geometric(u, p):
    """Return the number of trials up to the first success, 1, 2, ..., with chance ``p`` each.

    Inverse of the distribution function: 1 + floor(ln(u) / ln(1 - p)), for 0 < p <= 1.
    """
    if p >= 1.0:
        return 1
    return 1 + int(math.log(u) / math.log1p(-p))


@njit(cache=True, nogil=True)
def integer(word, n):
    """Return a whole number from 0 to ``n - 1`` from one word, for 1 <= n <= 2**32.

    Multiply and shift (Lemire 2019, "Fast random integer generation in an interval") without
    his rejection step, which would use a varying number of words. The chance of each number is
    off by less than 2**-32, a relative bias below n / 2**32.
    """
    return np.int64((np.uint64(word) * np.uint64(n)) >> WORD_BITS)


@njit(cache=True, nogil=True)
def _fill_block(out, uids, month, stream, draw, k0, k1):
    """Write the four uniform draws of each uid into the rows of ``out``."""
    for row in range(uids.size):
        block = philox4x32(uids[row], month, stream, draw, k0, k1)
        for column in range(4):
            out[row, column] = uniform(block[column])


def uniform_block(
    seed: int,
    uids: npt.NDArray[np.integer] | Sequence[int],
    month: int,
    stream: int,
    draw: int = 0,
) -> npt.NDArray[np.float64]:
    """Return four uniform draws for each uid.

    Parameters
    ----------
    seed : int
        Seed of the run, 0 to 2**64 - 1.
    uids : array of int, shape (n,)
        Permanent identities; they key the luck.
    month : int
        Month since the start of the run.
    stream : Stream
        The decision that the draws serve.
    draw : int
        Number of the block, when one decision needs more than four draws a month.

    Returns
    -------
    ndarray of float64, shape (n, 4)
        Draws in the open interval (0, 1).
    """
    k0, k1 = seed_key(seed)
    keys = np.ascontiguousarray(uids, dtype=np.uint32)
    out = np.empty((keys.size, 4))
    _fill_block(out, keys, int(month), int(stream), int(draw), k0, k1)
    return out
