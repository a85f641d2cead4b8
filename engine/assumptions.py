"""What an experiment assumes of the fields that depend on its sample."""

from collections.abc import Mapping
from typing import Any

from engine.distributions import FAMILIES

__all__ = ["SAMPLE_DEPENDENT", "assumed"]

SAMPLE_DEPENDENT = ("true", "start", "coordinates")
"""Fields that make no sense any more when the family or the source of the sample changes."""


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
    names = (p.name for p in FAMILIES[family].parameters())
    true = dict(zip(names, FAMILIES[family].example, strict=True))
    return {"true": true, "start": {}, "coordinates": "standardized"}
