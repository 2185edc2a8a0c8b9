"""Luck is a pure function of seed, identity, month and stream."""

import numpy as np
import pytest
from scipy import stats

from povsim.rng import Stream, normal, philox4x32, seed_key, uniform, uniform_block

ALL = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((ALL,) * 4, (ALL,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_its_published_answers(counter, key, words):
    assert tuple(int(w) for w in philox4x32(*counter, *key)) == words


def test_uniforms_are_uniform_and_neighbours_are_unrelated():
    people = np.arange(40_000, dtype=np.uint32)
    here = uniform_block(5, people, 7, Stream.ILLNESS)
    assert stats.kstest(here[:, 0], "uniform").pvalue > 0.01
    others = (
        here[1:, 0],
        uniform_block(5, people, 8, Stream.ILLNESS)[:-1, 0],
        uniform_block(5, people, 7, Stream.JOBS)[:-1, 0],
        uniform_block(6, people, 7, Stream.ILLNESS)[:-1, 0],
        here[:-1, 1],
    )
    for other in others:
        assert abs(np.corrcoef(here[:-1, 0], other)[0, 1]) < 0.02


def test_normals_follow_the_normal_law_into_the_tails():
    u = uniform_block(9, np.arange(40_000, dtype=np.uint32), 1, Stream.INCOME)[:, 0]
    z = np.array([normal(v) for v in u[:20_000]])
    assert stats.kstest(z, "norm").pvalue > 0.01
    tails = np.array([1e-9, 1e-4, 0.3, 0.5, 0.999, 1 - 1e-9])
    np.testing.assert_allclose([normal(v) for v in tails], stats.norm.ppf(tails), atol=1e-12)


def test_a_draw_does_not_depend_on_who_else_draws():
    few = uniform_block(3, np.array([17], dtype=np.uint32), 4, Stream.OFFERS)
    many = uniform_block(3, np.arange(100, dtype=np.uint32), 4, Stream.OFFERS)
    np.testing.assert_array_equal(few[0], many[17])


def test_streams_have_permanent_numbers():
    assert (Stream.ILLNESS, Stream.JOBS, Stream.INCOME, Stream.INITIAL) == (1, 2, 3, 1000)
    assert len({int(s) for s in Stream}) == len(Stream)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_an_impossible_seed_is_refused(seed):
    with pytest.raises(ValueError, match="seed"):
        seed_key(seed)


def test_a_uniform_is_never_zero_or_one():
    assert 0.0 < uniform(np.uint32(0)) < uniform(np.uint32(ALL)) < 1.0
