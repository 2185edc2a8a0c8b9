"""The economics, compiled.

A kernel handles the places ``first:last``; each place is one contiguous slice of households, so
kernels run side by side on several threads, and results do not depend on how many there are.
Kernels take arrays and scalars only. Totals go into ``out``, one row a place.
"""
