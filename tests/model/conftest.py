"""Small models for the laws that every run must obey."""

from collections.abc import Callable

import pytest

from povsim.model import PovertyModel
from povsim.params import World
from povsim.programmes.scenario import ProgrammeUse, Scenario

ENTITLEMENTS = ("resident_pension", "dibao", "medical_insurance", "public_posts")
SHARES = {
    "hold": {"targeted_cash": 0.30, "direct_investment": 0.55, "matched_leverage": 0.15},
    "direct_transfers": {"targeted_cash": 1.0},
    "fiscal_leverage": {"matched_leverage": 1.0},
    "entitlements_only": {},
    "nothing": {},
}


def course(name: str, **more: float) -> Scenario:
    """Return a scenario with the four entitlements (unless ``nothing``) and its shares."""
    base = () if name == "nothing" else ENTITLEMENTS
    shares = {**SHARES[name], **more}
    uses = [ProgrammeUse(n) for n in base] + [ProgrammeUse(n, share=s) for n, s in shares.items()]
    return Scenario(name, {}, tuple(uses))


@pytest.fixture(scope="session")
def build() -> Callable[..., PovertyModel]:
    """Return a function that builds and runs a small model."""

    def run(
        name: str = "hold",
        months: int = 0,
        seed: int = 3,
        threads: int = 1,
        world: World | None = None,
        scenario: Scenario | None = None,
    ) -> PovertyModel:
        world = world or World(households=1500)
        model = PovertyModel(world, scenario or course(name), seed=seed, threads=threads)
        model.run_for(months)
        return model

    return run
