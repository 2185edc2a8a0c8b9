"""Resident basic pension (城乡居民基本养老保险): a monthly benefit for every elder."""

from povsim.kernels.compiled import kernel
from povsim.kernels.rows import rows_of
from povsim.money.support import receive_transfer
from povsim.programmes.base import Programme
from povsim.programmes.stage import Stage


@kernel
def _pay(first, last, h, places, monthly, out):
    for place in range(first, last):
        paid = 0.0
        for i in rows_of(places, place):
            if h.elders[i] > 0:
                amount = monthly * h.elders[i]
                receive_transfer(h, i, amount)
                paid += amount
        out[place, 0] = paid


class ResidentPension(Programme):
    """Pay every elder the mean benefit, which grows with the economy."""

    def act(self, model: Stage) -> None:
        """Pay the month's pensions; the centre and the county share the cost."""
        p = self.numbers
        paid = model.over_places(
            _pay,
            model.households.arrays,
            model.places.arrays,
            p.benefit * model.economy.level * self.strength,
        )
        model.treasury.entitle(self.name, paid[:, 0], "received_by_households", p.county_share)
