"""How kernels are compiled: cached, free of the interpreter lock, IEEE division, no fast math.

Fast math stays off: results are promised to be equal bit for bit.
"""

from numba import njit

kernel = njit(cache=True, nogil=True, error_model="numpy")
inlined = njit(cache=True, inline="always", error_model="numpy")
