"""How kernels are compiled: cached, free of the interpreter lock, IEEE division, no fast math.

Fast math stays off: results are promised to be equal bit for bit.
"""

from numba import njit

kernel = njit(cache=True, nogil=True, error_model="numpy")
inlined = njit(cache=True, inline="always", error_model="numpy")
"""In a hot loop give it columns, not the record of all columns: where the compiler cannot see
through the branches it counts references of every column at every call, at thirty times the cost.
"""
