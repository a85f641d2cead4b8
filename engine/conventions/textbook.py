"""The textbook's parameters: those of the family, and others that textbooks use beside them."""

import inspect
import textwrap

from engine.conventions.formula import Formula, exponential, inverse, root
from engine.distributions.base import Distribution

__all__ = ["ALSO", "written_density"]


def _ratio(above: str, below: str) -> Formula:
    return Formula(f"{above} / {below}", (above, below), lambda a, b: a / b)


ALSO: dict[str, dict[str, Formula]] = {
    "normal": {"standard deviation": root("variance"), "precision": inverse("variance")},
    "exponential": {"mean": inverse("rate")},
    "gamma": {"scale": inverse("rate"), "mean": _ratio("shape", "rate")},
    "lognormal": {"median": exponential("log_mean")},
    "inverse-gaussian": {"dispersion": inverse("shape")},
    "nakagami": {"root mean square": root("spread")},
    "half-normal": {"precision": Formula("1 / scale²", ("scale",), lambda s: s**-2)},
    "geometric": {
        "mean": Formula("(1 − probability) / probability", ("probability",), lambda p: 1 / p - 1)
    },
    "negative-binomial": {
        "probability": Formula("size / (size + mean)", ("size", "mean"), lambda n, m: n / (n + m)),
        "dispersion": inverse("size"),
    },
    "beta": {
        "mean": Formula("alpha / (alpha + beta)", ("alpha", "beta"), lambda a, b: a / (a + b)),
        "precision": Formula("alpha + beta", ("alpha", "beta"), lambda a, b: a + b),
    },
    "beta-binomial": {
        "mean probability": Formula(
            "alpha / (alpha + beta)", ("alpha", "beta"), lambda a, b: a / (a + b)
        ),
    },
    "gompertz": {
        "hazard at 0": Formula("shape · rate", ("shape", "rate"), lambda shape, rate: shape * rate)
    },
}
"""Other parameters in use, by the family."""


def written_density(family: type[Distribution]) -> str:
    """The density as the family's own page writes it, with its domain."""
    for made in family.__mro__:
        module = inspect.getmodule(made)
        blocks = ((module and module.__doc__) or "").split("\n\n")
        found = [block for block in blocks if block.startswith("    ")]
        if found:
            return textwrap.dedent(found[0])
    return ""
