"""Mean and variance of mixtures: those of the components, and how far these lie apart.

McLachlan & Peel, Finite Mixture Models, section 1.
"""

from engine.distributions.base import Distribution

__all__ = ["normal_mixture", "poisson_mixture"]

Pair = tuple[float, float]


def normal_mixture(member: Distribution) -> Pair:
    """Σ wᵢμᵢ and Σ wᵢ (σᵢ² + (μᵢ − mean)²)."""
    return _mixture(_each(member, "weight"), _each(member, "mean"), _each(member, "variance"))


def poisson_mixture(member: Distribution) -> Pair:
    """Σ wᵢμᵢ and Σ wᵢ (μᵢ + (μᵢ − mean)²)."""
    means = _each(member, "mean")
    return _mixture(_each(member, "weight"), means, means)


def _mixture(weights: list[float], means: list[float], variances: list[float]) -> Pair:
    mean = sum(w * m for w, m in zip(weights, means, strict=True))
    terms = zip(weights, means, variances, strict=True)
    return mean, sum(w * (v + (m - mean) * (m - mean)) for w, m, v in terms)


def _each(member: Distribution, kind: str) -> list[float]:
    """What is named kind_1, kind_2, …, in this order, the last weight included."""
    names = member.names()
    table = dict(zip(names, member.values(), strict=True)) | member.implied()
    chosen = [name for name in table if name.startswith(f"{kind}_")]
    return [table[name] for name in sorted(chosen, key=lambda name: int(name.split("_")[-1]))]
