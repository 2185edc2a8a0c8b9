"""Remember the largest loss of the last year, so that a fall can name its cause."""

from povsim.kernels.compiled import inlined


@inlined
def note_loss(largest, cause, i, loss, code):
    """Keep ``loss`` (yuan) and its cause for household ``i`` if it is the largest remembered."""
    if loss > largest[i]:
        largest[i] = loss
        cause[i] = code
