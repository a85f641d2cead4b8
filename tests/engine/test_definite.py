"""Small positive definite matrices in plain floats, beside NumPy's."""

import numpy as np
import pytest

from engine.fits.definite import factor, inverse, solution


def definite(k, seed):
    root = np.random.default_rng(seed).normal(size=(k, k + 2))
    return root @ root.T


@pytest.mark.parametrize("k", range(1, 7))
@pytest.mark.parametrize("seed", range(5))
def test_factor_solution_and_inverse_are_those_of_numpy(k, seed):
    matrix, right = definite(k, seed), np.arange(1.0, k + 1.0)
    lower = factor(matrix.tolist())
    for i, row in enumerate(np.linalg.cholesky(matrix).tolist()):
        assert lower[i] == pytest.approx(row[: i + 1], rel=1e-9, abs=1e-12)
    assert solution(lower, right.tolist()) == pytest.approx(np.linalg.solve(matrix, right))
    found = np.array(inverse(matrix.tolist()))
    assert found == pytest.approx(np.linalg.inv(matrix))
    assert (found == found.T).all()


@pytest.mark.parametrize(
    "matrix",
    [
        [[0.0]],
        [[-1.0]],
        [[np.nan]],
        [[np.inf]],
        [[1.0, 1.0], [1.0, 1.0]],
        [[1.0, 2.0], [2.0, 1.0]],
        [[1.0, np.nan], [np.nan, 1.0]],
        [[1.0, np.inf], [np.inf, 1.0]],
    ],
)
def test_what_is_not_positive_definite_has_no_factor_and_no_inverse(matrix):
    assert factor(matrix) is None
    assert inverse(matrix) is None


def test_a_pivot_may_be_asked_to_be_larger():
    assert factor([[1.0, 0.0], [0.0, 1e-15]]) is not None
    assert factor([[1.0, 0.0], [0.0, 1e-15]], 1e-14) is None


def test_without_rows_there_is_nothing_to_do():
    assert factor([]) == solution([], []) == inverse([]) == []
