"""Walk the households of a place inside a kernel."""

import numpy as np

from povsim.kernels.compiled import kernel


@kernel
def rows_of(places, place):
    """Return the rows of a place as an unsigned range: no index needs a check of its sign."""
    return range(np.uint64(places.start[place]), np.uint64(places.stop[place]))


@kernel
def widest(places, first, last):
    """Return the households of the largest place, for work space."""
    most = 1
    for place in range(first, last):
        most = max(most, places.stop[place] - places.start[place])
    return most
