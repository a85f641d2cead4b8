"""The families, one file each, and the registry that names them."""

from engine.distributions.base import Distribution, Parameter
from engine.distributions.exponential import Exponential
from engine.distributions.gamma import Gamma
from engine.distributions.normal import Normal

__all__ = ["FAMILIES", "Distribution", "Parameter"]

FAMILIES: dict[str, type[Distribution]] = {
    family.name: family
    for family in (
        Normal,
        Exponential,
        Gamma,
    )
}
"""Every family by its contract name."""
