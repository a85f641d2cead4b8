"""A profile by hand in words."""

from engine.inference.profile_curve import cutoff
from tui.analysis import Analysis
from tui.fit_view import Hand
from tui.texts import format as write

__all__ = ["hand_told"]


def hand_told(analysis: Analysis, hand: Hand) -> str:
    """Tell where the parameter is held, how good that is, and what the others are there."""
    assert analysis.fitted is not None  # noqa: S101 - only a fit has profiles
    name, point = analysis.names[hand.place], hand.point
    drop, most = analysis.fitted.log_likelihood - point.log_likelihood, cutoff(analysis.level)
    side = "within" if drop <= most else "beyond"
    told = f"{name} {write.parameter(point.value)}: log-likelihood {point.log_likelihood:.6f}, "
    told += f"drop {drop:.4f}, {side} the cutoff {most:.4f}"
    pairs = enumerate(zip(analysis.names, point.parameters, strict=True))
    others = [f"{n} {write.parameter(value)}" for i, (n, value) in pairs if i != hand.place]
    return f"{told}; refitted: {', '.join(others)}" if others else told
