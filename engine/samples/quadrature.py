"""Gauss rules for discrete measures: many weighted points replaced by three with six moments.

Stieltjes' procedure gives the recurrence of the orthogonal polynomials, the roots of the
third are the nodes, and Christoffel's numbers the weights (Golub & Welsch, Calculation of
Gauss Quadrature Rules, 1969; Gautschi, Orthogonal Polynomials, section 2.2).
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["gauss_rules"]

Array = NDArray[np.float64]

NEGLIGIBLE = 1e-9
"""Squared distance from two points below which a third node would be rounding."""

THIRDS = 2.0 * np.pi / 3.0 * np.arange(3.0)


def gauss_rules(points: Array, weights: Array) -> tuple[Array, Array]:
    """Nodes and weights, shape (m, 3), of the measures in the rows of two (m, p) arrays.

    Each rule has its measure's moments up to the fifth. A measure of fewer than three
    points, up to rounding, gives NaN.
    """
    total = weights.sum(axis=1, keepdims=True)
    centre = np.sum(weights * points, axis=1, keepdims=True) / total
    with np.errstate(all="ignore"):
        x = points - centre
        unit = np.sqrt(np.sum(weights * x * x, axis=1, keepdims=True) / total)
        x = x / unit
        shares = weights / total
        second = np.sum(shares * x * x * x, axis=1, keepdims=True)
        quadratic = (x - second) * x - 1.0
        squared = shares * quadratic * quadratic
        size = np.sum(squared, axis=1, keepdims=True)
        size = np.where(size > NEGLIGIBLE, size, np.nan)
        third = np.sum(squared * x, axis=1, keepdims=True) / size
        nodes = _roots(second, third, size)
        quadratic = (nodes - second) * nodes - 1.0
        christoffel = 1.0 / (1.0 + nodes**2 + quadratic**2 / size)
    return centre + unit * nodes, total * christoffel


def _roots(second: Array, third: Array, size: Array) -> Array:
    """Eigenvalues of the Jacobi matrix [[0, 1, 0], [1, a, √c], [0, √c, b]], by cosines.

    They are the roots of x³ − (a + b) x² + (a b − c − 1) x + b.
    """
    shift = (second + third) / 3.0
    linear = second * third - 1.0 - size
    p = np.sqrt(np.maximum(shift * shift - linear / 3.0, 0.0))
    q = shift**3 - shift * linear / 2.0 - third / 2.0
    angle = np.arccos(np.clip(q / p**3, -1.0, 1.0))
    roots: Array = shift + 2.0 * p * np.cos(angle / 3.0 - THIRDS)
    return roots
