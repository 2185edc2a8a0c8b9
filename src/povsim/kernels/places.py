"""Run a kernel over all places, on one thread or several, with the same result."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray


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
        self.places = len(start)
        self.households = int(stop[-1]) if len(stop) else 0
        threads = max(1, min(threads, self.places))
        edges = np.linspace(0, self.households, threads + 1)
        cuts = np.searchsorted(stop, edges[1:-1], side="left") + 1
        bounds = [0, *(int(c) for c in cuts), self.places]
        self.ranges = [(a, b) for a, b in zip(bounds[:-1], bounds[1:], strict=True) if b > a]
        self.pool = ThreadPoolExecutor(len(self.ranges)) if len(self.ranges) > 1 else None

    def __call__(self, kernel: Callable[..., None], *arguments: Any) -> None:
        """Run ``kernel(first, last, *arguments)`` over all places."""
        if self.pool is None:
            kernel(0, self.places, *arguments)
            return
        waiting = [self.pool.submit(kernel, a, b, *arguments) for a, b in self.ranges]
        for done in waiting:
            done.result()
