"""Teachers and doctors (专业技术人员培养): services that come with a lag."""

from collections import deque

import numpy as np

from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.places import households_of
from povsim.programmes.stage import Stage


class StaffTraining(PayAsUsed):
    """Pay for staff now; services rise when they are trained."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.coming: deque[tuple[int, np.ndarray]] = deque()

    def act(self, model: Stage) -> None:
        """Train where services lack, and let those who are ready begin."""
        p, services = self.numbers, model.places["services"]
        while self.coming and self.coming[0][0] <= model.month:
            services += self.coming.popleft()[1]
            np.minimum(services, 1.0, out=services)
        expected = services + sum((gain for _, gain in self.coming), np.zeros(len(services)))
        full = np.maximum(1.0 - expected, 0.0) * households_of(model) * p.cost * model.economy.level
        money = self.usable(model)
        if money <= 0.0 or full.sum() <= 0.0:
            return
        spent = np.minimum(money * full / full.sum(), full)
        self.pay_for(model, float(spent.sum()), "invested")
        gain = spent / (households_of(model) * p.cost * model.economy.level)
        self.coming.append((model.month + int(p.lag), gain))
