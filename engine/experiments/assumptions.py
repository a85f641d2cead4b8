"""What an experiment assumes of the fields that depend on its sample."""

from collections.abc import Mapping
from typing import Any

from engine.distributions import FAMILIES
from engine.optimizers import OPTIMIZERS
from engine.tables.dialect import CHOICES
from engine.tables.roles import ROLES

__all__ = ["assumed", "outdated"]

SAMPLE_DEPENDENT = ("true", "start", "rates", "fixed", "coordinates")
OF_THE_FILE = ("column", *ROLES, *CHOICES)

DEPENDENT: dict[str, tuple[str, ...]] = {
    "family": SAMPLE_DEPENDENT,
    "components": SAMPLE_DEPENDENT,
    "trials": SAMPLE_DEPENDENT,
    "data": (*SAMPLE_DEPENDENT, *OF_THE_FILE),
    **dict.fromkeys(("column", *ROLES), SAMPLE_DEPENDENT),
    "optimizer": ("learning_rate", "settings"),
    "schedule": ("schedule_settings",),
}
"""Fields that make no sense any more when another one changes."""


def outdated(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """Fields that are to be assumed anew, because of what changes from one mapping to another."""
    changed = (name for name in DEPENDENT if name in after and after[name] != before.get(name))
    return {dependent for name in changed for dependent in DEPENDENT[name]}


def assumed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields that a mapping need not give, as its family and its data suggest.

    A user's own data have no true parameters, and nothing is withheld from their fit unless
    asked. A start guessed from the sample, and coordinates in standard errors, suit data of
    any scale and any family. The article's own choices hold for its own family. An optimizer
    has a learning rate that suits it.
    """
    optimizer = OPTIMIZERS.get(str(values.get("optimizer")))
    rate = {} if optimizer is None else {"learning_rate": optimizer.rate}
    return {**rate, **_of_the_sample(values)}


def _of_the_sample(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that the family and the data suggest."""
    family = values.get("family", "normal")
    if values.get("data"):
        return {"true": {}, "start": {}, "coordinates": "standardized", "validation": 0.0}
    if family == "normal" or not isinstance(family, str) or family not in FAMILIES:
        return {}
    made = FAMILIES[family]
    if made.known in values:
        try:
            made = made.knowing(values[made.known])
        except (TypeError, ValueError):
            return {}  # the experiment itself says what is wrong with the number
    names = made.names()
    true = dict(zip(names, made.example, strict=True))
    return {"true": true, "start": {}, "coordinates": "standardized"}
