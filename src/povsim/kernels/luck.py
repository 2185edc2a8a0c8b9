"""Draw the luck of a whole place at once, which compilers turn into vector instructions."""

import math

import numpy as np

from povsim.kernels.compiled import kernel
from povsim.rng import (
    LARGEST_NORMAL,
    LOW_WORD,
    MULTIPLIER_0,
    MULTIPLIER_1,
    ROUNDS,
    WEYL_0,
    WEYL_1,
    WORD_BITS,
    normal,
)

BINS = 64
BIN_SHIFT = np.uint32(26)
ROUNDING = 1e-9


@kernel
def least_factors(spread):
    """Return, for each sixty-fourth of the uniform draw, the least lognormal factor it can give.

    An income that is not below a limit even times this factor need not have its noise computed.
    """
    least = np.empty(BINS)
    least[0] = math.exp(-spread * LARGEST_NORMAL)
    for k in range(1, BINS):
        least[k] = math.exp(spread * normal(k / BINS)) * (1.0 - ROUNDING)
    return least


@kernel
def may_be_below(income, limit, word, least):
    """Return whether noise drawn from ``word`` can bring ``income`` below ``limit``."""
    return income * least[word >> BIN_SHIFT] < limit


@kernel
def draw_place(uid, month, stream, draw, k0, k1, one, two):
    """Fill the first two random words of every household of a place.

    The words are those of :func:`povsim.rng.philox4x32` for each household alone, whose rounds
    are written out here because compilers vectorise no call; a kernel that needs the other two
    words in a rare event draws them again.

    Parameters
    ----------
    uid : ndarray of uint32
        Identities of the place's households.
    one, two : ndarray of uint32, shape (at least that many,)
        Filled with the words.
    """
    for j in range(len(uid)):
        a, b = np.uint64(uid[j]), np.uint64(month) & LOW_WORD
        c, d = np.uint64(stream) & LOW_WORD, np.uint64(draw) & LOW_WORD
        key_0, key_1 = np.uint64(k0) & LOW_WORD, np.uint64(k1) & LOW_WORD
        for _ in range(ROUNDS):
            product_0, product_1 = MULTIPLIER_0 * a, MULTIPLIER_1 * c
            a = (product_1 >> WORD_BITS) ^ b ^ key_0
            c = (product_0 >> WORD_BITS) ^ d ^ key_1
            b, d = product_1 & LOW_WORD, product_0 & LOW_WORD
            key_0, key_1 = (key_0 + WEYL_0) & LOW_WORD, (key_1 + WEYL_1) & LOW_WORD
        one[j], two[j] = np.uint32(a), np.uint32(b)
