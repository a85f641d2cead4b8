"""Where a family's likelihood is not regular: what else than a smooth top its maximum may be.

A likelihood may have corners and kinks, rise towards another family and never reach it, or grow
without bound. By default a family knows of nothing of the kind. Cheng & Traylor, Non-Regular
Maximum Likelihood Problems, Journal of the Royal Statistical Society B 57, 1995.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.samples.sample import Sample

__all__ = ["Flaw", "NonRegular"]


class Flaw(NamedTuple):
    """Why a place is no estimate, however high the likelihood is there, and what to try instead.

    Both are in words, without a full stop.
    """

    finding: str
    advice: str

    def __str__(self) -> str:
        return f"{self.finding}; {self.advice}"


class NonRegular:
    """What a family knows of its likelihood where that is not regular."""

    corner: ClassVar[bool] = False
    """Whether the maximum is a kink or a corner of the likelihood, which the formula gives."""

    degenerate: ClassVar[str] = ""
    """What grows without bound where all values are equal, in words; empty if nothing does."""

    @classmethod
    def obstacle(cls, statistics: Any) -> str | None:
        """Why the likelihood of this sample has no maximum, in words, or None where it has."""
        if not cls.degenerate or np.ptp(statistics.values) > 0:
            return None
        return f"all values are equal, and {cls.degenerate}"

    @classmethod
    def corners(cls, sample: Sample) -> dict[str, float]:
        """Parameters that end the support, and the values seen that they would meet there."""
        return {}

    @classmethod
    def kinks(
        cls, statistics: Any, values: tuple[float, ...]
    ) -> tuple[str, NDArray[np.float64]] | None:
        """Parameter by which the likelihood has kinks, if one, and where these are, ascending.

        The others are as given.
        """
        return None

    @classmethod
    def limits(cls, statistics: Any) -> Sequence[tuple[str, float]]:
        """Log-likelihoods that a plain sample tends to as a parameter, named, runs away.

        Only those are needed to which no straight way leads, as others run away with it.
        """
        return ()

    @classmethod
    def flaw(cls, statistics: Any, values: tuple[float, ...]) -> Flaw | None:
        """Why parameters are no estimate, however high the likelihood is there."""
        return None

    @classmethod
    def stray(cls, statistics: Any, values: tuple[float, ...]) -> Flaw | None:
        """Why a search that came to no top may have ended where it did."""
        return None
