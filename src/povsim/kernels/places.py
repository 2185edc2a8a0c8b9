"""Run a kernel over all places, on one thread or several, with the same result."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 64_000
"""Households of a block: enough work for a call to cost nothing beside it (measured)."""

Call = Callable[[int, int], None]
"""A kernel with all its arguments but the first place and the one past the last."""


def _run(block: tuple[int, int], calls: Sequence[Call]) -> None:
    for call in calls:
        call(*block)


class PlaceRunner:
    """Split the places into equal shares of households and run kernels on them.

    Kernels release the interpreter lock and write sums to one row a place, so threads share
    nothing and the sums, added in place order, do not depend on their number.

    Parameters
    ----------
    start, stop : ndarray, shape (places,)
        Slices of households.
    threads : int
        Threads to use.
    """

    def __init__(self, start: NDArray[Any], stop: NDArray[Any], threads: int = 1) -> None:
        self.start, self.stop, self.threads = start, stop, threads
        self.places = len(start)
        self.households = int(stop[-1]) if len(stop) else 0
        threads = max(1, min(threads, self.places))
        edges = np.linspace(0, self.households, threads + 1)
        cuts = np.searchsorted(stop, edges[1:-1], side="left") + 1
        bounds = [0, *(int(c) for c in cuts), self.places]
        self.ranges = [(a, b) for a, b in zip(bounds[:-1], bounds[1:], strict=True) if b > a]
        self.pool = ThreadPoolExecutor(len(self.ranges)) if len(self.ranges) > 1 else None

    def __reduce__(self) -> tuple[object, ...]:
        """Copy and pickle without the threads: every runner has its own."""
        return (PlaceRunner, (self.start, self.stop, self.threads))

    def together(self, calls: Sequence[Call]) -> None:
        """Run several kernels one after another on each block of places.

        The result is that of running each kernel over all places in turn, as long as no kernel
        reads another's sums.
        """
        blocks = [block for bounds in self.ranges for block in self._blocks(*bounds)]
        if self.pool is None or len(blocks) == 1:
            for block in blocks:
                _run(block, calls)
            return
        left = iter(blocks)  # threads take the next block when they are done with one

        def work() -> None:
            for block in left:
                _run(block, calls)

        for done in [self.pool.submit(work) for _ in self.ranges]:
            done.result()

    def _blocks(self, first: int, last: int) -> list[tuple[int, int]]:
        """Cut places ``first:last`` into blocks of about ``BLOCK`` households."""
        rows = int(self.stop[last - 1] - self.start[first])
        count = max(1, round(rows / BLOCK))
        edges = np.linspace(first, last, count + 1).astype(int)
        return [(int(a), int(b)) for a, b in zip(edges[:-1], edges[1:], strict=True) if b > a]

    @property
    def map(self) -> Callable[..., Any]:
        """``map``, on the threads of the runner if it has any."""
        return map if self.pool is None else self.pool.map

    def __call__(self, call: Call) -> None:
        """Run ``call(first, last)`` over all places."""
        if self.pool is None:
            call(0, self.places)
            return
        waiting = [self.pool.submit(call, a, b) for a, b in self.ranges]
        for done in waiting:
            done.result()
