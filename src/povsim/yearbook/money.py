"""The year's money: fiscal cost, dependence, debt, private investment, funds."""

from collections.abc import Iterator

from povsim.money.ledger import FUNDS
from povsim.yearbook.watch import Watch

EXTERNAL = ("central", "provincial", "eastern_partner")
"""Sources of a county's money that are not its own."""


def money_of_the_year(watch: Watch) -> Iterator[tuple[str, float]]:
    """Yield fiscal cost, private money and funds of the year, yuan, and their ratios."""
    model = watch.model
    for name, fund in FUNDS.items():
        if fund.balance:
            yield fund.balance, float(model.counties[name].sum())
    yield "guarantee_losses", model.ledger.year_total(model.year, use="guarantee_loss")
    yield from _fiscal(watch)
    yield from _debt(watch)
    yield from _private(watch)


def _fiscal(watch: Watch) -> Iterator[tuple[str, float]]:
    """Yield fiscal cost, the share of administration in outlay, and dependence on others.

    Outlay is what was spent, money carried over included; dependence is money from above and
    from eastern partners over that and the counties' own revenue.
    """
    model, year, ledger = watch.model, watch.model.year, watch.model.ledger
    cost = ledger.year_cost(year)
    yield "fiscal_cost", cost
    outlay = cost - ledger.year_total(year, use="unspent")
    outlay += ledger.year_total(year, source="carried_over")
    if outlay > 0.0:
        yield "administration_share", ledger.year_total(year, use="administration") / outlay
    external = sum(ledger.year_total(year, source=source) for source in EXTERNAL)
    own = float(model.counties["own_revenue"].sum()) * model.economy.level
    if external + own > 0.0:
        yield "dependency_ratio", external / (external + own)


def _debt(watch: Watch) -> Iterator[tuple[str, float]]:
    """Yield debt over own revenue, and years until it reaches the cap at the year's pace."""
    model, debt = watch.model, watch.debt()
    revenue = float(model.counties["own_revenue"].sum()) * model.economy.level
    grown = debt - watch.debt_before
    if revenue <= 0.0:
        return
    yield "debt_to_revenue", debt / revenue
    m = model.world.measurement
    room = max(m.debt_cap * revenue - debt, 0.0)
    years = min(room / grown, m.farthest) if grown > 0.0 else m.farthest
    yield "years_to_debt_cap", years if room > 0.0 else 0.0


def _private(watch: Watch) -> Iterator[tuple[str, float]]:
    """Yield private money that was drawn and displaced, and what is left of it beyond its base.

    The base comes without any programme. Direct public investment displaces part of it, or draws
    more where crowding is inward; leverage books only what it adds.
    """
    year, ledger = watch.model.year, watch.model.ledger
    drawn = ledger.year_total(year, source="private_investors")
    displaced = min(watch.displaced, watch.base_private)  # sums of months round
    yield "private_investment", drawn
    yield "private_displaced", displaced
    leverage = ledger.year_cost(year, "matched_leverage")
    if leverage > 0.0:
        yield "leverage_ratio", drawn / leverage
    direct = ledger.year_total(year, use="invested", programme="direct_investment")
    if direct > 0.0:
        yield "crowding_out_rate", displaced / direct
    base = watch.base_private
    beyond = drawn - displaced
    if base + beyond > 0.0:
        yield "additional_private_share", beyond / (base + beyond)
