"""What an experiment assumes of the fields that depend on its sample."""

from collections.abc import Mapping
from typing import Any

from engine.distributions import FAMILIES

__all__ = ["SAMPLE_DEPENDENT", "SOURCES", "assumed"]

SAMPLE_DEPENDENT = ("true", "start", "coordinates")
"""Fields that make no sense any more when one of the following changes."""

SOURCES = ("family", "components", "trials", "data")
"""Fields that say what is learned, and from what."""


def assumed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields that a mapping need not give, as its family and its data suggest.

    A user's own data have no true parameters, and nothing is withheld from their fit unless
    asked. A start guessed from the sample, and coordinates in standard errors, suit data of
    any scale and any family. The article's own choices hold for its own family.
    """
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
    names = (p.name for p in made.parameters())
    true = dict(zip(names, made.example, strict=True))
    return {"true": true, "start": {}, "coordinates": "standardized"}
