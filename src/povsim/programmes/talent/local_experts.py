"""Local experts (土专家、田秀才、新乡贤): knowledge that spreads from within."""

from povsim.programmes.delivery.places import PlaceSupport
from povsim.programmes.stage import Stage


class LocalExperts(PlaceSupport):
    """Let management spread logistically from what is already there."""

    def act(self, model: Stage) -> None:
        """Pay local experts and let management grow."""
        p, management = self.numbers, model.places["management"]
        covered = self.cover(model, p.households_per_expert, p.cost)
        management += covered * p.spread * management * (1.0 - management) / 12.0
