"""Weather and prices: what reaches counties, villages and products."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from povsim.rng import Stream, uniform_block

Array = NDArray[Any]


def harvest_losses(
    seed: int,
    month: int,
    place_uid: Array,
    county_uid: Array,
    region: Array,
    rate: Array,
    p: Any,
) -> Array:
    """Return the share of the year's harvest lost in each place.

    A latent variable is the sum of a region's, a county's and a place's part (one-factor
    Gaussian copula at two levels); weather strikes where it falls below the quantile of the
    yearly rate. The loss share follows Beta(1, b) with the wanted mean.

    Parameters
    ----------
    place_uid, county_uid, region : ndarray, shape (places,)
        Identities that key the luck.
    rate : ndarray, shape (places,)
        Yearly chance of a strike.
    """
    regional = ndtri(
        uniform_block(seed, region.astype(np.uint32), month, Stream.WEATHER_REGION)[:, 0]
    )
    county = ndtri(uniform_block(seed, county_uid, month, Stream.WEATHER_COUNTY)[:, 0])
    draws = uniform_block(seed, place_uid, month, Stream.WEATHER_PLACE)
    own_share = max(0.0, 1.0 - p.weather_region_share - p.weather_county_share)
    latent = (
        np.sqrt(p.weather_region_share) * regional
        + np.sqrt(p.weather_county_share) * county
        + np.sqrt(own_share) * ndtri(draws[:, 0])
    )
    struck = latent < ndtri(np.clip(rate, 1e-12, 1 - 1e-12))
    return np.where(struck & (rate > 0), _loss_share(draws[:, 1], p), 0.0)


def _loss_share(draw: Array, p: Any) -> Array:
    """Return loss shares with mean ``weather_loss``: Beta(1, b) by its inverse."""
    mean = min(max(p.weather_loss, 1e-9), 1 - 1e-9)
    return np.asarray(1.0 - (1.0 - draw) ** (mean / (1.0 - mean)))


def advance_prices(seed: int, month: int, log_price: Array, excess_supply: Array, p: Any) -> Array:
    """Return next month's log price of each product.

    First-order autoregression at yearly persistence ``price_persistence`` whose resting point
    falls with excess supply, the homogeneity of village industry.
    """
    keep = p.price_persistence ** (1.0 / 12.0)
    innovation = p.price_volatility * np.sqrt((1.0 - keep**2) / (1.0 - p.price_persistence**2))
    products = np.arange(len(log_price), dtype=np.uint32)
    shock = ndtri(uniform_block(seed, products, month, Stream.PRICE)[:, 0])
    rest = -p.homogeneity_effect * excess_supply
    return np.asarray(rest + keep * (log_price - rest) + innovation * shock)
