"""The log-likelihood over two parameters, from coarse to fine, and its regions.

A likelihood region holds the parameters whose likelihood is at least a share of the highest:

    {θ : log L(θ) ≥ log L(θ̂) − c}

For the log-likelihood ratio of d parameters has about half a chi-squared distribution with
d degrees of freedom, c as half its quantile makes it a confidence region. With two
parameters that is −log(1 − p). Pawitan, In All Likelihood, sections 2.6, 3.4 and 3.5; Cole,
Chu & Greenland, Maximum Likelihood, Profile Likelihood, and Penalized Likelihood: A Primer,
American Journal of Epidemiology 179, 2014.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import scipy
from numpy.typing import NDArray

from engine.likelihoods.likelihood import Likelihood
from engine.surfaces.axis import Axis
from engine.surfaces.grid import refined
from engine.surfaces.nuisance import profiled

__all__ = ["DROPS", "LEVELS", "Surface", "drawn", "drops", "uphill"]

Array = NDArray[np.float64]
Integers = NDArray[np.intp]

LEVELS = (0.68, 0.95, 0.99)
DROPS = tuple(-math.log1p(-level) for level in LEVELS)
"""How far below the maximum the boundaries of two parameters' likelihood regions lie."""

BLUR = 1e-2
"""Error of a log-likelihood that no picture shows."""

LEVEL = 1e-4
"""Rise of a log-likelihood from one side of a window to the other that is as good as none."""


def drops(parameters: int) -> tuple[float, ...]:
    """Half the chi-squared quantiles at ``LEVELS``, with as many degrees of freedom."""
    return tuple(float(scipy.special.gammaincinv(parameters / 2.0, level)) for level in LEVELS)


def drawn(likelihood: Likelihood, *points: Sequence[float]) -> Likelihood:
    """Return the likelihood to draw: of nodes, where no picture can tell the two apart.

    What a fit asks of nodes is a thousand times as strict (``Likelihood.standing_in``).
    """
    nodes = likelihood.condensed
    if nodes is likelihood:
        return likelihood
    gaps = [abs(likelihood.value(point) - nodes.value(point)) for point in points]
    return nodes if all(gap <= BLUR for gap in gaps) else likelihood


def uphill(
    likelihood: Likelihood, axes: tuple[Axis, Axis], at: Sequence[float]
) -> tuple[float, float] | None:
    """Where the gradient by the parameters as written leads, in fractions of the window.

    None where it is not finite, or leads nowhere that the window shows. It is the direction of
    a step of plain gradient ascent, and at right angles to the contours only where both axes
    have the same scale.
    """
    try:
        score = likelihood.score(at)
    except ArithmeticError:
        return None
    slopes = [float(score[axis.place]) for axis in axes]
    speeds = [axis.speed(at[axis.place]) for axis in axes]
    if all(abs(slope) < LEVEL * speed for slope, speed in zip(slopes, speeds, strict=True)):
        return None
    across, up = (slope * speed for slope, speed in zip(slopes, speeds, strict=True))
    length = math.hypot(across, up)
    return (across / length, up / length) if length < math.inf else None


class Surface:
    """The log-likelihood over the windows of two axes, the horizontal one first.

    The other parameters are held as they are ``at`` a point or, where ``profiled``, maximised
    in every cell.
    """

    def __init__(
        self,
        likelihood: Likelihood,
        axes: tuple[Axis, Axis],
        at: Sequence[float],
        profiled: bool = False,
    ) -> None:
        self.likelihood = drawn(likelihood, at)
        self.axes = axes
        self.at = tuple(map(float, at))
        self.profiled = profiled and len(self.at) > len(axes)

    def refined(self, columns: int, rows: int) -> Iterator[Array]:
        """Yield the log-likelihood at the centres of cells, shape (rows, columns), ever finer.

        The first row is at the high end of the vertical axis. The first grid comes soon, and
        interpolates between few cells; more are computed until, in the last, all are.
        Between grids there is little work, so that one may stop in good time. Cells without
        a log-likelihood are −∞.
        """
        horizontal, vertical = self.axes
        x, y = horizontal.values(columns), vertical.values(rows)[::-1]
        compute = self._profile if self.profiled else self._hold
        across = horizontal.position(self.at[horizontal.place]) * columns
        down = (1.0 - vertical.position(self.at[vertical.place])) * rows
        first = min(max(down, 0.0), rows - 1.0), min(max(across, 0.0), columns - 1.0)

        def values(cells: Integers, begun: Array) -> tuple[Array, Array]:
            """Heights of cells, and where the other parameters came to rest."""
            begun[:, horizontal.place], begun[:, vertical.place] = x[cells[:, 1]], y[cells[:, 0]]
            return compute(begun)

        return refined(values, (rows, columns), first, np.array(self.at))

    def _hold(self, points: Array) -> tuple[Array, Array]:
        """Log-likelihoods at points, shape (m, k)."""
        values = self.likelihood.values(points)
        return np.where(np.isfinite(values), values, -np.inf), points

    def _profile(self, points: Array) -> tuple[Array, Array]:
        """The same with the other parameters maximised, and the points where they are."""
        places = [axis.place for axis in self.axes]
        found = [
            profiled(self.likelihood, {i: point[i] for i in places}, (point, self.at))
            for point in points.tolist()
        ]
        return np.array([value for value, _ in found]), np.array([at for _, at in found])
