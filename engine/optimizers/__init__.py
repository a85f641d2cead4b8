"""The optimizers, one file each, and the registry that names them."""

from typing import Any

from engine.optimizers.base import Optimizer
from engine.optimizers.gradient_ascent import GradientAscent

__all__ = ["OPTIMIZERS", "GradientAscent", "Optimizer"]

OPTIMIZERS: dict[str, type[Optimizer[Any]]] = {o.name: o for o in (GradientAscent,)}
"""Every optimizer by name."""
