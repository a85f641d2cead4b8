"""A user's defaults of the experiment, under what is asked for."""

from collections.abc import Mapping
from typing import Any

from engine.experiments.assumptions import outdated
from engine.experiments.experiment import Experiment

__all__ = ["begun", "under"]


def under(base: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return defaults with a mapping of fields over them; what no longer fits it goes."""
    stale = outdated({**Experiment().to_mapping(), **defaults}, base)
    return {**{name: v for name, v in defaults.items() if name not in stale}, **base}


def begun(base: Mapping[str, Any], defaults: Mapping[str, Any]) -> Experiment:
    """Return the experiment of a mapping of fields over a user's defaults.

    InvalidExperiment where they do not fit together.
    """
    return Experiment.of(under(base, defaults))
