"""What a race of optimizers found, gathered for its exports."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

from engine.reports.dossier import Cell, Dossier, Quantity, Section, Table
from engine.runs.race import Race
from tui.exports.findings import Findings, Plot, Sheet
from tui.findings import step_sheet
from tui.palette import LIGHT
from tui.pictures.curve import Curve
from tui.pictures.race import per_column
from tui.race_place import LEAST
from tui.texts.race import document
from tui.texts.standings import MARKS

__all__ = ["race_findings"]

COLUMNS = 350
"""Stretches of the abscissa in which a lane is followed."""


def race_findings(race: Race, command: str) -> Findings:
    """Gather a race that is over; ``command`` repeats it."""
    told = document(race)
    lanes = told["lanes"]
    names = [p.name for p in race.likelihood.family.parameters()]
    again = f"This is of mle-tui {version('mle-tui')}. The race again:"
    sections = (
        Section("Standings", (_clock(told),), (_standings(lanes),)),
        Section("Estimates", tables=(_estimates(lanes, names),)),
        Section("How each ended", tuple(_ends(lanes))),
        Section("To reproduce the race", (again,), command=command),
    )
    return Findings(
        Dossier(f"Maximum likelihood: {race.experiment.family}, a race", sections),
        lambda: told,
        _sheet(lanes, names),
        lambda: (_gaps(race),),
        lambda: _steps(race, names),
    )


def _clock(told: Mapping[str, Any]) -> str:
    """Say what is counted, and where the maximum is."""
    return (
        f"All start from one place, on the same likelihood, and are timed by {told['clock']}. "
        f"Its maximum is {told['maximum_log_likelihood']:.6f}."
    )


def _standings(lanes: Sequence[Mapping[str, Any]]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            lane["optimizer"],
            Quantity(lane["learning_rate"], "share"),
            Quantity(lane["epochs"], "count"),
            Quantity(lane["evaluations"], "count"),
            Quantity(lane["seconds"], "seconds"),
            Quantity(lane["gap"], "share"),
        )
        for lane in lanes
    ]
    header = ("optimizer", "rate", "epochs", "evaluations", "time", "gap to the maximum")
    return Table(header, tuple(rows))


def _estimates(lanes: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Table:
    rows = (
        (lane["optimizer"], *(Quantity(lane["parameters"][name]) for name in names))
        for lane in lanes
    )
    return Table(("optimizer", *names), tuple(rows))


def _ends(lanes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for lane in lanes:
        if lane["stop"]:
            yield f"{lane['optimizer']}: {lane['stop']['reason']}"


def _sheet(lanes: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Sheet:
    """A row for each optimizer: what it spent, and where it came to."""
    told = ("optimizer", "learning_rate", "epochs", "evaluations", "seconds", "log_likelihood")
    rows = tuple(
        (
            *(lane[name] for name in (*told, "gap")),
            bool(lane["stop"] and lane["stop"]["converged"]),
            *(lane["parameters"][name] for name in names),
        )
        for lane in lanes
    )
    return Sheet((*told, "gap", "converged", *names), rows)


def _steps(race: Race, names: Sequence[str]) -> Sheet:
    """Return every step that is kept of each lane, the lanes one after the other."""
    sheets = {name: step_sheet(names, tape, len(tape) - 1) for name, tape in race.tapes.items()}
    header = next(iter(sheets.values())).header
    rows = ((name, *row) for name, sheet in sheets.items() for row in sheet.rows)
    return Sheet(("optimizer", *header), rows)


def _gaps(race: Race) -> Plot:
    """Draw each lane's gap to the maximum over what it has spent."""
    curves = []
    for name, color, mark in zip(race.tapes, LIGHT.lanes, MARKS, strict=False):
        spent, train = race.course(name)
        across = np.log10(np.maximum(spent, LEAST[race.clock]))
        gap = np.log10(race.gap(train))
        picked = per_column(across, COLUMNS)
        curves.append((name, Curve(across[picked], gap[picked], color, mark)))
    title = "Gap to the maximum, as a power of ten"
    return Plot(title, f"{race.clock}, as a power of ten", tuple(curves))
