"""Study visits to the coast (赴沿海学习)."""

from povsim.programmes.delivery.places import PlaceSupport
from povsim.programmes.stage import Stage


class StudyVisits(PlaceSupport):
    """Raise management a little with each visit."""

    def act(self, model: Stage) -> None:
        """Send as many managers as the money pays for."""
        p, management = self.numbers, model.places["management"]
        covered = self.cover(model, p.households_per_visit, p.cost)
        management += covered * p.gain * (1.0 - management) / 12.0
