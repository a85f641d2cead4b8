"""Symmetric positive definite matrices of a few rows, in plain floats.

A likelihood has two or three parameters, mostly, and a matrix that small is factored before
a library's routine for large ones has begun. Golub & Van Loan, Matrix Computations, section
4.2.
"""

import math
from collections.abc import Sequence

__all__ = ["factor", "inverse", "solution"]

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
            taken = sum(a * b for a, b in zip(row, other, strict=False))
            row.append((entries[j] - taken) / other[j])
        pivot = entries[i] - sum(a * a for a in row)
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
        x.append((entry - sum(a * b for a, b in zip(row, x, strict=False))) / row[-1])
    for i in range(k - 1, -1, -1):
        x[i] = (x[i] - sum(lower[j][i] * x[j] for j in range(i + 1, k))) / lower[i][i]
    return x


def inverse(lower: Rows) -> Rows:
    """Inverse of L Lᵀ, exactly symmetric."""
    k = len(lower)
    columns = [solution(lower, [float(i == j) for i in range(k)]) for j in range(k)]
    return [[columns[max(i, j)][min(i, j)] for j in range(k)] for i in range(k)]
