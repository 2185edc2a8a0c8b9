"""Study visits to the coast (赴沿海学习)."""

from povsim.programmes.support_of_places import PlaceSupport
from povsim.programmes.world_view import WorldView


class StudyVisits(PlaceSupport):
    """Raise management a little with each visit."""

    def act(self, model: WorldView) -> None:
        """Send as many managers as the money pays for."""
        p, management = self.numbers, model.places["management"]
        covered = self.cover(model, p.households_per_visit, p.cost)
        management += covered * p.gain * (1.0 - management) / 12.0
