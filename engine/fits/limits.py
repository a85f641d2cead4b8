"""Likelihoods that a family tends to and never reaches, as a parameter runs away with others."""

from engine.likelihoods.likelihood import Likelihood

__all__ = ["higher_limit"]


def higher_limit(likelihood: Likelihood, value: float) -> tuple[str, float] | None:
    """Parameter that runs away to the highest of them, and that one, unless ``value`` is higher."""
    if not likelihood.sample.plain:
        return None
    limits = likelihood.family.limits(likelihood.statistics)
    name, height = max(limits, key=lambda limit: limit[1], default=("", -float("inf")))
    return (name, height) if height >= value else None
