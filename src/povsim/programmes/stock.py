"""What a programme holds, and which bookings of a month move it."""

from typing import NamedTuple


class Booked(NamedTuple):
    """The bookings of a programme, a source and a use, where named."""

    programme: str | None = None
    source: str | None = None
    use: str | None = None


class Stock(NamedTuple):
    """Money, or what is worth money, that a programme holds.

    Attributes
    ----------
    name : str
        What it is. A fund of the ledger belongs to all who fill it; any other to one programme.
    held : float
        What is there now, represented yuan, or units of ``price``.
    into, out : Booked or None
        Bookings that raise it and that lower it.
    price : float
        Yuan a unit.
    counted_anew : bool
        Whether it starts from nothing every month.
    at_most : bool
        Whether bookings may exceed the change: part of them goes elsewhere.
    """

    name: str
    held: float
    into: Booked | None = None
    out: Booked | None = None
    price: float = 1.0
    counted_anew: bool = False
    at_most: bool = False
