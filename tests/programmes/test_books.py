"""Funds are held against their bookings, but for the rounding of a large balance."""

import pytest

from povsim.model.conservation import Books, holdings_of
from povsim.money.ledger import LedgerError
from tests.programmes.test_cards import under

BALANCE = 1e11


def with_fund(change):
    """Return books of a large guarantee fund, and a model in which it changed unbooked."""
    model = under()
    model.counties["guarantee_fund"][0] = BALANCE
    books = Books(model)
    model.counties["guarantee_fund"][0] += change
    return books, model


def test_the_rounding_of_a_large_balance_is_no_missing_money():
    books, model = with_fund(3e-5)
    books.check_stocks(model, holdings_of(model))


def test_a_fen_that_is_not_booked_is_found():
    books, model = with_fund(0.01)
    with pytest.raises(LedgerError, match="guarantee_fund"):
        books.check_stocks(model, holdings_of(model))
