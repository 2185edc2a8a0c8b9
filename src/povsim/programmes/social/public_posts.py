"""Public-welfare posts (公益性岗位): part-time paid posts for registered and edge households."""

import numpy as np

from povsim.codes import Registration
from povsim.kernels.compiled import kernel
from povsim.kernels.rows import rows_of
from povsim.money.support import receive_wage
from povsim.programmes.base import Programme
from povsim.programmes.delivery.by_need import in_review
from povsim.programmes.stage import Stage

NONE = int(Registration.NONE)


@kernel
def _review(first, last, h, places, quota, out):
    """Bring the posts of each place to its quota.

    Posts above it end, highest usual income a person first, then highest identity; free ones
    are filled, lowest income first, then lowest identity.
    """
    for place in range(first, last):
        start, stop = places.start[place], places.stop[place]
        free = quota[place]
        for i in range(start, stop):
            free -= h.at_public_post[i]
        while free < 0.0:
            chosen = -1
            highest = 0.0
            for i in range(start, stop):
                if h.at_public_post[i] == 0:
                    continue
                means = h.usual_income[i] / h.members[i]
                if chosen < 0 or means > highest or (means == highest and h.uid[i] > h.uid[chosen]):
                    chosen = i
                    highest = means
            if chosen < 0:
                break
            h.at_public_post[chosen] -= 1
            free += 1.0
        while free >= 1.0:
            chosen = -1
            lowest = 0.0
            for i in range(start, stop):
                if h.registration[i] == NONE or h.at_public_post[i] > 0:
                    continue
                waged = (
                    h.at_local[i] + h.at_workshop[i] + h.migrant_informal[i] + h.migrant_formal[i]
                )
                if h.labour[i] <= waged:
                    continue
                need = h.usual_income[i] / h.members[i]
                if chosen < 0 or need < lowest or (need == lowest and h.uid[i] < h.uid[chosen]):
                    chosen = i
                    lowest = need
            if chosen < 0:
                break
            h.at_public_post[chosen] += 1
            free -= 1.0
        out[place, 0] = free


@kernel
def _pay(first, last, h, places, monthly, out):
    for place in range(first, last):
        paid = 0.0
        for i in rows_of(places, place):
            if h.at_public_post[i] > 0:
                amount = monthly * h.at_public_post[i]
                receive_wage(h, i, amount)
                paid += amount
        out[place, 0] = paid


class PublicPosts(Programme):
    """Give posts to registered and edge households with a free worker, and pay them.

    Without the programme there are no posts: the mix ends them (see ``keeps``).
    """

    keeps = ("at_public_post",)
    begun: bool = False

    def quota(self, model: Stage) -> np.ndarray:
        """Return posts by place: a share of registered persons, remainders by largest fraction."""
        wanted = model.registered_by_place * self.numbers.posts_per_registered_person
        posts = np.floor(wanted)
        rest = round(float(wanted.sum() - posts.sum()))
        order = np.lexsort((model.places["uid"], -(wanted - posts)))
        posts[order[:rest]] += 1.0
        return posts

    def act(self, model: Stage) -> None:
        """Bring posts to the quota at the start and in the month of review, then pay them."""
        p, arrays, places = self.numbers, model.households.arrays, model.places.arrays
        if not self.begun or in_review(model):
            model.over_places(_review, arrays, places, self.quota(model))
            self.begun = True
        paid = model.over_places(
            _pay, arrays, places, p.monthly_pay * model.economy.level * self.strength
        )[:, 0]
        model.treasury.entitle(self.name, paid, "received_by_households", p.county_share)
