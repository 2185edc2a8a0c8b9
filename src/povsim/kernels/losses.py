"""Remember the largest loss of the last year, so that a fall can name its cause."""

from numba import njit


@njit(cache=True, nogil=True)
def note_loss(h, i, loss, cause):  # type: ignore[no-untyped-def]
    """Keep ``loss`` (yuan) and ``cause`` for household ``i`` if it is the largest remembered."""
    if loss > h.cause_loss[i]:
        h.cause_loss[i] = loss
        h.cause[i] = cause
