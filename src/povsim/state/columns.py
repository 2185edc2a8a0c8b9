"""Declare the columns of every table of state: name, type, unit and meaning.

One declaration serves the arrays, the kernels, the documentation and the memory count. A column
that could be computed from others is not here (see :mod:`povsim.state.households` for those).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        Column name, a word of the field.
    dtype : str
        NumPy type code.
    unit : str
        Unit, as in :mod:`povsim.units`.
    meaning : str
        One line for the documentation.
    width : int
        Number of values a row (12 for the ring of monthly incomes).
    """

    name: str
    dtype: str
    unit: str
    meaning: str
    width: int = 1


HOUSEHOLD_COLUMNS: tuple[Column, ...] = (
    Column("uid", "u4", "index", "Permanent identity; keys the household's luck"),
    Column("members", "u1", "persons", "Household members"),
    Column("labour", "u1", "persons", "Members able to work"),
    Column("children", "u1", "persons", "Members of school age or younger"),
    Column("elders", "u1", "persons", "Members aged 60 or over"),
    Column("disabled", "u1", "persons", "Members disabled or chronically ill"),
    Column("head_age", "u1", "years", "Age of the head"),
    Column("schooling", "u1", "years", "Mean schooling of the working members"),
    Column("flags", "u2", "bits", "Yes-or-no traits, see Flag"),
    Column("registration", "u1", "code", "Standing in the poverty register"),
    Column("group", "u1", "code", "Primary target group G1-G4, GX, G0"),
    Column("monitoring", "u1", "code", "Category under early warning, 0 if none"),
    Column("case", "u1", "months", "Months since its case was opened, 0 if none"),
    Column("child_skill", "u1", "0.01", "Skill its children will start with, 1 = 100"),
    Column("network", "u1", "persons", "Kin and neighbours who work away"),
    Column("at_local", "u1", "persons", "Workers in local wage jobs and village industry"),
    Column("at_workshop", "u1", "persons", "Workers in poverty-alleviation workshops"),
    Column("migrant_informal", "u1", "persons", "Workers away without a contract"),
    Column("migrant_formal", "u1", "persons", "Workers away with a contract"),
    Column("at_public_post", "u1", "persons", "Workers in public-welfare posts"),
    Column("illness_months", "u1", "months", "Months that a worker is still kept ill"),
    Column("months_above", "u1", "months", "Months in a row at or above the line"),
    Column("months_below", "u1", "months", "Months in a row below the line"),
    Column(
        "spell",
        "u1",
        "code",
        "Outside, inside or just fallen into a spell of poverty, see Spell",
    ),
    Column("cause", "u1", "code", "Cause of the largest loss of the last year"),
    Column("cause_loss", "f4", "yuan/household", "That loss, fading over a year"),
    Column("land", "f4", "mu", "Farm land in use"),
    Column("productive_assets", "f4", "yuan/household", "Productive capital"),
    Column("savings", "f4", "yuan/household", "Liquid assets"),
    Column("debt", "f4", "yuan/household", "Loans outstanding"),
    Column("skill", "f4", "index", "Human capital, 1 = the rural mean of 2020"),
    Column("health", "f4", "index", "Health of the workers, 0-1"),
    Column("motivation", "f4", "index", "Motivation, 0-1"),
    Column("integration", "f4", "index", "Integration at a relocation site, 0-1"),
    Column(
        "pay_level",
        "f4",
        "index",
        "What multiplies the wage of its workers, agreed once a year",
    ),
    Column("wage_ability", "f4", "log points", "Fixed wage residual"),
    Column("own_ability", "f4", "log points", "Fixed farm and business residual"),
    Column("lasting_shock", "f4", "log points", "Persistent income shock"),
    Column(
        "season_factor",
        "f4",
        "index",
        "This year's passing shock to own production, mean 1",
    ),
    Column(
        "season_base",
        "f4",
        "yuan/household/year",
        "Yield of the season with one worker, set once a year",
    ),
    Column(
        "family_support",
        "u2",
        "yuan/household/month",
        "Private transfers, 2020 level",
    ),
    Column(
        "usual_income",
        "f4",
        "yuan/household/month",
        "Income the household counts on",
    ),
    Column(
        "month_income",
        "f4",
        "yuan/household",
        "Net income of the month so far",
    ),
    Column("month_policy", "f4", "yuan/household", "Income of the month from programmes"),
    Column(
        "out_of_pocket",
        "f4",
        "yuan/household",
        "Medical bill of the month left to pay",
    ),
    Column("year_wage", "f4", "yuan/household", "Wages since January"),
    Column(
        "year_business",
        "f4",
        "yuan/household",
        "Farm and business income since January",
    ),
    Column(
        "year_property",
        "f4",
        "yuan/household",
        "Property income since January",
    ),
    Column(
        "year_transfer",
        "f4",
        "yuan/household",
        "Transfers since January, policy included",
    ),
    Column("year_policy", "f4", "yuan/household", "Income from programmes since January"),
    Column("year_consumption", "f4", "yuan/household", "Consumption since January"),
    Column(
        "year_out_of_pocket",
        "f4",
        "yuan/household",
        "Own medical payments since January",
    ),
    Column(
        "income_history",
        "i2",
        "2 yuan/household",
        "Income after rigid expenses, last 12 months",
        12,
    ),
)

KEPT = ("at_public_post",)
"""Household columns that are empty unless a programme that keeps them runs."""

PLACE_COLUMNS: tuple[Column, ...] = (
    Column("uid", "u4", "index", "Permanent identity of the village or site"),
    Column("start", "i8", "index", "First household row"),
    Column("stop", "i8", "index", "One past the last household row"),
    Column("weight", "f8", "households", "Households that each row stands for"),
    Column("county", "i4", "index", "Row of the county"),
    Column("kind", "u1", "code", "Village, or village-, township-, county-town site"),
    Column("listed", "u1", "code", "1 if a listed (lifted-out) poor village"),
    Column("product", "u1", "code", "Main product sold, 0 to products-1"),
    Column("productivity", "f8", "index", "Farm productivity, 1 = mean"),
    Column("infrastructure", "f8", "index", "Roads, water and power, 0-1"),
    Column("services", "f8", "index", "Schools, clinics and care, 0-1"),
    Column("digital", "f8", "index", "Network coverage and use, 0-1"),
    Column("local_jobs", "f8", "persons", "Local wage jobs outside village industry"),
    Column("workshop_jobs", "f8", "persons", "Workshop places"),
    Column("industry_public", "f8", "yuan", "Capital of village industry from public money"),
    Column("industry_private", "f8", "yuan", "Capital of village industry from investors"),
    Column("management", "f8", "index", "Management capability of village industry, 0-1"),
    Column("industry_jobs", "f8", "persons", "Jobs that village industry offers"),
    Column("village_fund", "f8", "yuan", "Fund of the village collective"),
    Column("culture", "f8", "index", "Cultural space at a site, 0-1"),
    Column("living_cost", "f8", "yuan/household/year", "Extra cost of living in town"),
    Column("farmland", "f8", "share", "High-standard farmland"),
    Column("help_team", "f8", "share", "Presence of a resident help team, 0-1"),
    Column("weather_loss", "f8", "share", "Harvest share lost in the current year"),
    Column(
        "poor_job_share",
        "f8",
        "share",
        "Share of new local jobs kept for registered and edge",
    ),
)

COUNTY_COLUMNS: tuple[Column, ...] = (
    Column("uid", "u4", "index", "Permanent identity of the county"),
    Column("region", "u1", "code", "East, central, west, north-east"),
    Column("county_class", "u1", "code", "Deep-poverty, other lifted-out, ordinary"),
    Column("wage_level", "f8", "index", "Local wage level, 1 = mean"),
    Column("own_revenue", "f8", "yuan/year", "Own fiscal revenue for rural support"),
    Column("debt", "f8", "yuan", "Debt of the county"),
    Column("medical_fund", "f8", "yuan", "Balance of the medical insurance fund"),
    Column("land_quota", "f8", "mu", "Construction-land quota left to sell"),
    Column("mobilised", "f8", "years", "Mobilisation so far, intensity times time"),
)


def county_columns(funds: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns of counties: what is drawn, and the funds of programmes, empty at first.

    Parameters
    ----------
    funds : Mapping[str, str]
        What each fund is, by its name.
    """
    drawn = {column.name for column in COUNTY_COLUMNS}
    more = (Column(name, "f8", "yuan", what) for name, what in funds.items())
    return (*COUNTY_COLUMNS, *(column for column in more if column.name not in drawn))
