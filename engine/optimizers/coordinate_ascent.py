"""Coordinate ascent: one coordinate after the other, each by a step of Newton's method.

    zᵢ ← zᵢ + α gᵢ/|Jᵢᵢ|   for i = 1, …, k

with the gradient and the curvature J = −∇²ℓ(z)/n at where the coordinates before have led,
and α = 1, or less until the value rises enough. An epoch is a round through all coordinates.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.optimizers.line_search import HALF_OF_IT, Line, backtracking, moved

__all__ = ["CoordinateAscent"]


@final
@dataclass(frozen=True)
class CoordinateAscent(Optimizer[None]):
    """The direction leads to where a round of one-dimensional steps ends."""

    name = "coordinate-ascent"
    update = "zᵢ ← zᵢ + α gᵢ/|Jᵢᵢ|, one coordinate after the other, J = −∇²ℓ/n"
    reference = "Wright (2015), Coordinate descent algorithms, Math. Programming 151, 3–34"
    needs = ("value", "score", "curvature")
    rate = 1.0

    def step(
        self, coordinates: Coordinates, z: Sequence[float], gradient: Sequence[float], state: None
    ) -> tuple[Sequence[float], None, int]:
        """Go once round the coordinates."""
        here, slopes, evaluations = list(z), gradient, 0
        for i in range(len(here)):
            if i:
                slopes, evaluations = coordinates.score(*here), evaluations + 1
            with np.errstate(all="ignore"):
                bend = abs(float(coordinates.curvature(here)[i, i]))
            evaluations += 1
            along = [0.0] * len(here)
            along[i] = slopes[i] / bend if 0.0 < bend < math.inf else slopes[i]
            slope = [g if j == i else 0.0 for j, g in enumerate(slopes)]
            length, tries = backtracking(Line(coordinates, here, slope, along), enough=HALF_OF_IT)
            evaluations += tries
            if length:
                here = moved(here, length, along)
        return [a - b for a, b in zip(here, z, strict=True)], state, evaluations
