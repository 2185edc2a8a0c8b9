"""Money for relocation sites goes to the type of site that is named."""

import pytest

from povsim.codes import PlaceKind
from povsim.params import World
from povsim.programmes.scenario import ProgrammeUse
from tests.programmes.test_cards import under


@pytest.mark.parametrize(
    ("name", "stock"), [("site_services", "services"), ("cultural_space", "culture")]
)
@pytest.mark.parametrize("sites", [0, 1, 2])
def test_only_sites_that_are_named_are_built_up(name, stock, sites):
    use = ProgrammeUse(name, share=1.0, settings={"sites": float(sites)})
    model = under(use, world=World(population="classroom", households=3000))
    before = model.places[stock].copy()
    for _ in range(3):
        model.step()
    town = model.places["kind"] >= int(PlaceKind.TOWNSHIP_SITE)
    named = model.places.is_site & {0: town | ~town, 1: ~town, 2: town}[sites]
    built = model.places[stock] > before + 1e-6
    assert named.any()
    assert built[named].all()
    assert not built[~named].any()
