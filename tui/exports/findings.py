"""Findings: everything that an export may need of what was computed, rounded nowhere."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.reports.dossier import Dossier
from tui.pictures.curve import Curve

__all__ = ["Findings", "Plot", "Sheet"]

Value = str | float | int | bool | None


@dataclass(frozen=True, eq=False)
class Plot:
    """Named curves, over a histogram's heights and edges where there is one.

    ``across`` says what the abscissa is.
    """

    title: str
    across: str
    curves: tuple[tuple[str, Curve], ...]
    bars: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None


@dataclass(frozen=True)
class Sheet:
    """Names of columns, and rows of plain values."""

    header: tuple[str, ...]
    rows: Iterable[tuple[Value, ...]]


@dataclass(frozen=True)
class Findings:
    """The dossier, the document that scripts rely on, sheets and plots.

    Those that cost something are made when they are asked for. There are no ``steps`` where
    nothing was learned step by step.
    """

    dossier: Dossier
    document: Callable[[], Mapping[str, Any]]
    estimates: Sheet
    plots: Callable[[], tuple[Plot, ...]]
    steps: Callable[[], Sheet] | None = None
