"""The profile by hand: a parameter is held and moved, and the others are fitted again."""

from engine.inference.profile_curve import profile_peak, profile_point
from engine.inference.profile_excess import error_of
from tui.analysis import Analysis
from tui.fit_view import Hand

__all__ = ["held", "moved"]

FINE = 10
"""Places that a standard error has."""


def held(analysis: Analysis, place: int) -> Hand:
    """Return a hand that holds a parameter at its estimate."""
    assert analysis.fitted is not None  # noqa: S101 - only a fit has profiles
    point = profile_peak(analysis.fitted, place)
    return Hand(place, point, (point,))


def moved(analysis: Analysis, hand: Hand, errors: float) -> Hand | None:
    """Move by standard errors, to a whole number of their tenths from the estimate.

    None where the parameter cannot have such a value, or the likelihood has none there.
    """
    fitted = analysis.fitted
    assert fitted is not None  # noqa: S101 - only a fit has profiles
    best, tenth = fitted.parameters[hand.place], error_of(fitted, hand.place) / FINE
    steps = round((hand.point.value - best) / tenth) + round(errors * FINE)
    if steps == 0:
        return hand.moved(held(analysis, hand.place).point)
    nearest = hand.point.parameters
    point = profile_point(fitted, hand.place, best + steps * tenth, nearest)
    return None if point is None else hand.moved(point)
