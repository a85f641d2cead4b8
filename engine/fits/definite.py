"""Symmetric positive definite matrices of a few rows, in plain floats.

A likelihood has two or three parameters, mostly, and a matrix that small is factored before
a library's routine for large ones has begun. Golub & Van Loan, Matrix Computations, section
4.2.
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
    """Invert by the sweep operator, one pivot after the other; exactly symmetric if the matrix is.

    None where the matrix is not finite or not positive definite: the pivots are those of
    ``factor``, squared. Goodnight, A Tutorial on the SWEEP Operator, The American Statistician
    33, 1979.
    """
    rows = [list(row) for row in matrix]
    for k, swept in enumerate(rows):
        pivot = swept[k]
        if not 0.0 < pivot < math.inf:
            return None
        swept[k] = 1.0
        for i, row in enumerate(rows):
            if i != k:
                mine, row[k] = row[k], 0.0
                rows[i] = [a - mine * b / pivot for a, b in zip(row, swept, strict=True)]
        rows[k] = [entry / pivot for entry in swept]
    return rows


def product(some: Iterable[float], others: Iterable[float]) -> float:
    """Sum of the products of entries, as many as the shorter one has."""
    total: float = sum(map(mul, some, others))
    return total
