"""Local experts (土专家、田秀才、新乡贤): knowledge that spreads from within."""

from povsim.programmes.support_of_places import PlaceSupport
from povsim.programmes.world_view import WorldView


class LocalExperts(PlaceSupport):
    """Let management spread logistically from what is already there."""

    def act(self, model: WorldView) -> None:
        """Pay local experts and let management grow."""
        p, management = self.numbers, model.places["management"]
        covered = self.cover(model, p.households_per_expert, p.cost)
        management += covered * p.spread * management * (1.0 - management) / 12.0
