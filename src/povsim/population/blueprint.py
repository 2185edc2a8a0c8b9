"""The blueprint of a population: its strata, and the numbers behind them, from a YAML file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from povsim.errors import UserError, said
from povsim.machine import yaml_files
from povsim.machine.by_language import by_language

COUNTY_CLASSES = ("deep_poverty", "other_lifted", "ordinary")
REGIONS = ("east", "central", "west", "northeast")


@dataclass(frozen=True)
class Stratum:
    """One class of counties.

    Attributes
    ----------
    name : str
        County class.
    rows, households : float
        Share of the rows drawn, and share of the households represented.
    numbers : Mapping[str, float]
        Shares and means of the class, by name.
    regions : tuple of float
        Shares of the four regions.
    """

    name: str
    rows: float
    households: float
    numbers: Mapping[str, float]
    regions: tuple[float, ...]


@dataclass(frozen=True)
class Blueprint:
    """Everything that a population file says.

    Attributes
    ----------
    name : str
    households : float
        Households represented.
    strata : tuple of Stratum
    targets : Mapping[str, Any]
        Margins to which incomes are raked, as identities of published figures or numbers.
    site_rows : float
        Share of rows at relocation sites over their share of households (oversampling).
    """

    name: str
    title: Mapping[str, str]
    households: float
    strata: tuple[Stratum, ...]
    targets: Mapping[str, Any]
    site_rows: float


def blueprint(name: str, text: str = "") -> Blueprint:
    """Return the blueprint of a population.

    Parameters
    ----------
    text : str
        What its file says, if the run brings it along; else the file is read.

    Raises
    ------
    UserError
        If there is no such population.
    """
    if not text:
        text = yaml_files.read_text(yaml_files.find("configs/population", name, "population"))
    return _blueprint(name, text)


@cache
def _blueprint(name: str, content: str) -> Blueprint:
    place = f"population {name}"
    text = yaml_files.parse_yaml(content, place)
    try:
        return _read(name, text, by_language("title", text.get("title"), place, name))
    except KeyError as error:
        raise UserError(said("missing", key=error.args[0]), place=place) from None
    except UserError:
        raise
    except (AttributeError, TypeError, ValueError):
        raise UserError(said("like_our_populations"), place=place) from None


def _read(name: str, text: Mapping[str, Any], title: Mapping[str, str]) -> Blueprint:
    strata = []
    for key, stratum in text["strata"].items():
        numbers = {k: float(v["value"]) for k, v in stratum["numbers"].items()}
        regions = tuple(float(stratum["regions"].get(r, 0.0)) for r in REGIONS)
        total = float(stratum["households"])
        strata.append(Stratum(key, float(stratum.get("rows", total)), total, numbers, regions))
    return Blueprint(
        name,
        title,
        float(text["households"]["value"]),
        tuple(strata),
        text["targets"],
        float(text.get("site_rows", 1.0)),
    )
