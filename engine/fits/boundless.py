"""Why a likelihood may not fall as parameters run away, where no simpler family explains it."""

from collections.abc import Sequence

import numpy as np

from engine.distributions.nonregular import Flaw
from engine.samples.sample import Sample

__all__ = ["boundless", "remote"]

REMOTE = 1e6
"""Distance from 0, in interquartile ranges, at which scales and shapes lose their digits."""


def boundless(sample: Sample, names: Sequence[str]) -> Flaw:
    """Say why a sample does not determine parameters that ran away, and what to try."""
    some = " and ".join(names)
    one = "one of them" if names[1:] else "it"
    if _one_sided(sample):
        return Flaw(
            "every observation is a bound on the same side, so that the likelihood does not fall "
            f"with {some}",
            f"observe some values, or hold {one} at a known value",
        )
    if (origin := remote(sample)) is not None:
        return Flaw(
            f"so far from 0 against the values' spread doubles do not hold what determines {some}",
            f"subtract a number near {origin:.6g} from all values, or fit a family with a location",
        )
    return Flaw(
        f"the likelihood does not fall with {some}",
        f"hold {one} at a known value, or fit another family",
    )


def remote(sample: Sample) -> float | None:
    """Where the middle of a sample is that is very far from 0, in units of its spread."""
    if not sample.values.size:
        return None
    low, middle, high = sample.pilot.quantiles(0.25, 0.5, 0.75)
    return middle if abs(middle) > REMOTE * (high - low) > 0.0 else None


def _one_sided(sample: Sample) -> bool:
    """Whether nothing was observed but that all values are above bounds, or all below."""
    hidden = sample.censored
    if hidden is None or sample.values.size:
        return False
    return bool(np.isposinf(hidden.high).all() or np.isneginf(hidden.low).all())
