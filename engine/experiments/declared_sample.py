"""What an experiment learns: which family, and from which sample, drawn or in a file."""

from dataclasses import dataclass

from engine.distributions import FAMILIES, Distribution
from engine.distributions.families import NUMBERS, family
from engine.fields import Bound, Choice, Text, Whole
from engine.samples.sample import GENERATORS
from engine.settings import setting
from engine.tables.dialect import AUTO, CHOICES, OTHERS

__all__ = ["SAMPLE", "DeclaredSample"]

SAMPLE = "distribution"


@dataclass(frozen=True)
class DeclaredSample:
    """The fields of an experiment that say where its sample is from, unchecked."""

    family: str = setting(
        Choice(lambda: tuple(FAMILIES)),
        "normal",
        label="family",
        meaning="the distribution whose parameters are learned",
        group=SAMPLE,
    )
    components: int = setting(
        Whole(2, 9),
        2,
        label="components",
        meaning="how many distributions a mixture mixes",
        group=SAMPLE,
    )
    trials: int = setting(
        Whole(1, 10**9), 10, label="trials", meaning="the trials of a binomial count", group=SAMPLE
    )
    data: str = setting(
        Text(),
        "",
        label="data",
        meaning="a file with the sample, or a bundled sample's name; none: draw one",
        group=SAMPLE,
    )
    column: str = setting(
        Text(), "", label="column", meaning="the column of the file to learn from", group=SAMPLE
    )
    weights: str = setting(
        Text(),
        "",
        label="weights",
        meaning="the column with each value's frequency",
        group=SAMPLE,
        rare=True,
    )
    event: str = setting(
        Text(),
        "",
        label="event",
        meaning="the column with 1 or true for observed, 0 or false for right-censored there",
        group=SAMPLE,
        rare=True,
    )
    lower: str = setting(
        Text(),
        "",
        label="lower",
        meaning="the column with lower ends of intervals, open where empty",
        group=SAMPLE,
        rare=True,
    )
    upper: str = setting(
        Text(),
        "",
        label="upper",
        meaning="the column with upper ends of intervals, open where empty",
        group=SAMPLE,
        rare=True,
    )
    truncate_below: float | None = setting(
        Bound(),
        None,
        label="trunc. <",
        meaning="nothing below this could have been observed",
        group=SAMPLE,
        rare=True,
    )
    truncate_above: float | None = setting(
        Bound(),
        None,
        label="trunc. >",
        meaning="nothing above this could have been observed",
        group=SAMPLE,
        rare=True,
    )
    delimiter: str = setting(
        Choice(lambda: CHOICES["delimiter"], OTHERS["delimiter"]),
        AUTO,
        label="delimiter",
        meaning="what divides the cells of a text file",
        group=SAMPLE,
        rare=True,
    )
    decimal: str = setting(
        Choice(lambda: CHOICES["decimal"], OTHERS["decimal"]),
        AUTO,
        label="decimal",
        meaning="the decimal mark of a text file",
        group=SAMPLE,
        rare=True,
    )
    encoding: str = setting(
        Choice(lambda: CHOICES["encoding"], OTHERS["encoding"]),
        AUTO,
        label="encoding",
        meaning="the encoding of a text file",
        group=SAMPLE,
        rare=True,
    )
    header: str = setting(
        Choice(lambda: CHOICES["header"], OTHERS["header"]),
        AUTO,
        label="header",
        meaning="whether the first row of a text file names the columns",
        group=SAMPLE,
        rare=True,
    )
    n: int = setting(
        Whole(2, 10**8), 100_000, label="n", meaning="how many values are drawn", group=SAMPLE
    )
    generator: str = setting(
        Choice(lambda: tuple(GENERATORS)),
        "legacy",
        label="generator",
        meaning="NumPy's generator: legacy is that of np.random.seed",
        group=SAMPLE,
    )
    seed: int = setting(
        Whole(0, 2**32 - 1), 42, label="seed", meaning="where the generator starts", group=SAMPLE
    )

    @property
    def distribution(self) -> type[Distribution]:
        """The family itself, made for its trials or components."""
        return family(self.family, {name: getattr(self, name) for name in NUMBERS})
