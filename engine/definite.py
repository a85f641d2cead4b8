"""Symmetric positive definite matrices of a few rows, in plain floats.

A likelihood has two or three parameters, mostly, and a matrix that small is factored before
a library's routine for large ones has begun. Golub & Van Loan, Matrix Computations, chapters
3 and 4.
"""

import math
from collections.abc import Iterable, Sequence
from operator import mul

__all__ = ["factor", "inverse", "product", "solution"]

Rows = list[list[float]]


def factor(matrix: Sequence[Sequence[float]], least: float = 0.0) -> Rows | None:
    """Cholesky's lower triangle L, with L Lᵀ the matrix; only its own lower triangle is read.

    None where the matrix is not finite or a pivot is not above ``least``, so that it is not
    positive definite.
    """
    lower: Rows = []
    for i, entries in enumerate(matrix):
        row: list[float] = []
        for j in range(i):
            other = lower[j]
            row.append((entries[j] - product(row, other)) / other[j])
        pivot = entries[i] - product(row, row)
        if not least < pivot < math.inf:
            return None
        row.append(math.sqrt(pivot))
        lower.append(row)
    return lower


def solution(lower: Rows, right: Sequence[float]) -> list[float]:
    """Solve L Lᵀ x = b."""
    k = len(lower)
    x: list[float] = []
    for row, entry in zip(lower, right, strict=True):
        x.append((entry - product(row, x)) / row[-1])
    for i in range(k - 1, -1, -1):
        for j in range(i + 1, k):
            x[i] -= lower[j][i] * x[j]
        x[i] /= lower[i][i]
    return x


def inverse(matrix: Sequence[Sequence[float]]) -> Rows | None:
    """Inverse by Gauss-Jordan elimination; None where the matrix is not positive definite.

    Its pivots are the squares of those of Cholesky's, for none is exchanged (section 3.2).
    """
    rows = [list(row) for row in matrix]
    for k, first in enumerate(rows):
        pivot = first[k]
        if not 0.0 < pivot < math.inf:
            return None
        first[k] = 1.0
        first[:] = [entry / pivot for entry in first]
        for row in rows:
            if row is not first:
                share, row[k] = row[k], 0.0
                row[:] = [entry - share * other for entry, other in zip(row, first, strict=True)]
    return rows


def product(some: Iterable[float], others: Iterable[float]) -> float:
    """Sum of the products of entries, as many as the shorter one has."""
    total: float = sum(map(mul, some, others))
    return total
