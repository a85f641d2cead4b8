"""The optimizers, one file each, and the registry that names them."""

from typing import Any

from engine.optimizers.adadelta import Adadelta
from engine.optimizers.adagrad import AdaGrad
from engine.optimizers.adam import Adam
from engine.optimizers.amsgrad import AMSGrad
from engine.optimizers.barzilai_borwein import BarzilaiBorwein
from engine.optimizers.base import Optimizer
from engine.optimizers.bfgs import BFGS
from engine.optimizers.conjugate_gradient import ConjugateGradient
from engine.optimizers.coordinate_ascent import CoordinateAscent
from engine.optimizers.em import EM
from engine.optimizers.fisher_scoring import FisherScoring
from engine.optimizers.gradient_ascent import GradientAscent
from engine.optimizers.lbfgs import LBFGS
from engine.optimizers.lion import Lion
from engine.optimizers.momentum import Momentum
from engine.optimizers.nadam import Nadam
from engine.optimizers.nelder_mead import NelderMead
from engine.optimizers.nesterov import Nesterov
from engine.optimizers.newton import Newton
from engine.optimizers.rmsprop import RMSProp
from engine.optimizers.rprop import Rprop

__all__ = [
    "BFGS",
    "EM",
    "LBFGS",
    "OPTIMIZERS",
    "AMSGrad",
    "AdaGrad",
    "Adadelta",
    "Adam",
    "BarzilaiBorwein",
    "ConjugateGradient",
    "CoordinateAscent",
    "FisherScoring",
    "GradientAscent",
    "Lion",
    "Momentum",
    "Nadam",
    "NelderMead",
    "Nesterov",
    "Newton",
    "Optimizer",
    "RMSProp",
    "Rprop",
]

OPTIMIZERS: dict[str, type[Optimizer[Any]]] = {
    optimizer.name: optimizer
    for optimizer in (
        GradientAscent,
        Momentum,
        Nesterov,
        AdaGrad,
        RMSProp,
        Adadelta,
        Adam,
        AMSGrad,
        Nadam,
        Lion,
        Rprop,
        ConjugateGradient,
        BarzilaiBorwein,
        BFGS,
        LBFGS,
        Newton,
        FisherScoring,
        CoordinateAscent,
        NelderMead,
        EM,
    )
}
"""Every optimizer by name."""
