"""The schedules, one file each, and the registry that names them."""

from engine.schedules.base import Schedule
from engine.schedules.constant import Constant
from engine.schedules.cosine import Cosine
from engine.schedules.exponential import Exponential
from engine.schedules.inverse_time import InverseTime
from engine.schedules.one_cycle import OneCycle
from engine.schedules.plateau import Plateau
from engine.schedules.step_decay import StepDecay
from engine.schedules.warm_up_cosine import WarmUpCosine

__all__ = [
    "SCHEDULES",
    "Constant",
    "Cosine",
    "Exponential",
    "InverseTime",
    "OneCycle",
    "Plateau",
    "Schedule",
    "StepDecay",
    "WarmUpCosine",
]

SCHEDULES: dict[str, type[Schedule]] = {
    schedule.name: schedule
    for schedule in (
        Constant,
        StepDecay,
        Exponential,
        InverseTime,
        Cosine,
        WarmUpCosine,
        OneCycle,
        Plateau,
    )
}
"""Every schedule by name; each is built from the learning rate and the budget."""
