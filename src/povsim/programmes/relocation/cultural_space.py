"""Cultural space (文化空间再造) at relocation sites."""

from povsim.programmes.one_by_one import PayAsUsed
from povsim.programmes.stocks import build_stock, households_of
from povsim.programmes.world_view import WorldView


class CulturalSpace(PayAsUsed):
    """Build and keep up cultural life, which wears without money."""

    def act(self, model: WorldView) -> None:
        """Let culture wear, then spend on it where households and need are."""
        p, places = self.numbers, model.places
        culture = places["culture"]
        culture *= 1.0 - p.fade / 12.0
        need = households_of(model) * (1.0 - culture) * places.is_site
        cost = p.building_cost * model.economy.level
        built = build_stock(model, "culture", self.usable(model), need, cost)
        self.pay_for(model, built, "invested")
