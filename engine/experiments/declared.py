"""Everything that determines a run, each field declared once with what it may hold and means."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.experiments.declared_sample import SAMPLE, DeclaredSample
from engine.fields import Choice, Number, PerName, Whole
from engine.likelihoods.coordinates import COORDINATES
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.settings import setting

__all__ = ["Declared"]

ASCENT, STOPPING = "optimizer", "stopping"


@dataclass(frozen=True)
class Declared(DeclaredSample):
    """The fields of an experiment, unchecked; the defaults are the article's."""

    optimizer: str = setting(
        Choice(lambda: tuple(OPTIMIZERS)),
        "gradient-ascent",
        label="method",
        meaning="the rule that turns a gradient into a direction",
        group=ASCENT,
    )
    learning_rate: float = setting(
        Number(0, 1e6, open_low=True),
        0.1,
        label="rate",
        meaning="how far to go along the direction; one rate for all parameters",
        group=ASCENT,
    )
    schedule: str = setting(
        Choice(lambda: tuple(SCHEDULES)),
        "constant",
        label="schedule",
        meaning="how the rate changes with the epochs",
        group=ASCENT,
    )
    batch: int = setting(
        Whole(0, 10**8),
        0,
        label="batch",
        meaning="values in a mini-batch, of which an epoch takes all in turn; 0: no batches",
        group=ASCENT,
        rare=True,
    )
    noise: float = setting(
        Number(0, 1e6),
        0.0,
        label="noise",
        meaning="standard deviation of noise on the first gradient, which fades with the epochs",
        group=ASCENT,
        rare=True,
    )
    clip: float = setting(
        Number(0, 1e6),
        0.0,
        label="clip",
        meaning="the greatest length of a gradient, longer ones are shortened; 0: no limit",
        group=ASCENT,
        rare=True,
    )
    average_from: int = setting(
        Whole(0, 10**9),
        0,
        label="average",
        meaning="the epoch from which the iterates are averaged; 0: never",
        group=ASCENT,
        rare=True,
    )
    coordinates: str = setting(
        Choice(lambda: tuple(COORDINATES)),
        "written",
        label="coords",
        meaning="ascend in the parameters as written and clamped, unconstrained, or standardized",
        group=ASCENT,
    )
    epochs: int = setting(
        Whole(1, 10**9), 10_000, label="epochs", meaning="the budget of updates", group=STOPPING
    )
    evaluations: int = setting(
        Whole(0, 10**12),
        0,
        label="evals",
        meaning="the budget of likelihood evaluations; 0: no limit",
        group=STOPPING,
        rare=True,
    )
    seconds: float = setting(
        Number(0, 1e7),
        0.0,
        label="seconds",
        meaning="the budget of seconds, which no two runs spend alike; 0: no limit",
        group=STOPPING,
        rare=True,
    )
    near: float = setting(
        Number(0, 1.0),
        1e-6,
        label="near",
        meaning="stop this many standard errors from the maximum, by the score",
        group=STOPPING,
        rare=True,
    )
    steady: float = setting(
        Number(0, 1.0),
        0.0,
        label="steady",
        meaning="stop when the log-likelihood changes by less than this, relatively; 0: never",
        group=STOPPING,
        rare=True,
    )
    tolerance: float = setting(
        Number(0),
        1e-8,
        label="tolerance",
        meaning="stop when the validation log-likelihood fails to rise and is this close to best",
        group=STOPPING,
    )
    patience: int = setting(
        Whole(0, 10**9),
        50,
        label="patience",
        meaning="stop after this many epochs without a better validation log-likelihood; 0: never",
        group=STOPPING,
    )
    validation: float = setting(
        Number(0, 0.9),
        0.2,
        label="validation",
        meaning="the fraction of the sample that is withheld from training to judge it",
        group=STOPPING,
    )
    split_seed: int = setting(
        Whole(0, 2**32 - 1),
        42,
        label="split seed",
        meaning="where the permutation that splits the sample starts",
        group=STOPPING,
    )
    true: Mapping[str, float] = setting(
        PerName(),
        {"mean": 7.2, "variance": 7.84},
        label="true",
        meaning="the parameters that the sample is drawn from",
        group=SAMPLE,
    )
    start: Mapping[str, float] = setting(
        PerName(),
        {"mean": 0.0, "variance": 1.0},
        label="start",
        meaning="the parameters that ascent begins at; none: guess them from the data",
        group=ASCENT,
    )
    rates: Mapping[str, float] = setting(
        PerName(),
        {},
        label="rate",
        meaning="learning rates of their own for some parameters",
        group=ASCENT,
        rare=True,
    )
    fixed: Mapping[str, float] = setting(
        PerName(),
        {},
        label="hold",
        meaning="the value that a parameter is held at while the others are learned",
        group=ASCENT,
        rare=True,
    )
    settings: Mapping[str, float] = setting(
        PerName(), {}, label="settings", meaning="the optimizer's own settings", group=ASCENT
    )
    schedule_settings: Mapping[str, float] = setting(
        PerName(), {}, label="schedule", meaning="the schedule's own settings", group=ASCENT
    )
