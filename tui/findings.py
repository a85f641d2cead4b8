"""What was found by a run and by a fit, gathered for the report and its exports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from engine.fits.fitted import Fit
from engine.quoting import quoted_path
from engine.reports.dossier import Dossier, Section
from engine.reports.fit_document import INTERVALS
from engine.reports.fit_dossier import fit_sections
from engine.reports.report import Report, document, report
from engine.reports.run_dossier import run_sections, run_title
from engine.runs.training import Training
from engine.samples.sample import Sample
from engine.tapes.tape import Tape
from tui.configuration.config import read_config
from tui.configuration.layers import EXPERIMENT
from tui.exports.findings import Findings, Plot, Sheet
from tui.palette import LIGHT
from tui.pictures.fit_plot import fit_plot
from tui.pictures.run import density_curves, likelihood_curves
from tui.snapshot import Snapshot
from tui.texts.command_line import run_line

__all__ = ["EVERY", "Asked", "fit_findings", "run_findings", "step_sheet"]

EVERY = 100
"""Epochs of a row in the document, as the command has it unless told otherwise."""
FINE = 160
"""How finely the histogram and the density are drawn."""


@dataclass(frozen=True)
class Asked:
    """What a fit was asked for: intervals of some kinds at a level, of a file's sample.

    ``command`` repeats it; both it and ``data`` are empty where the sample is from no file.
    """

    kinds: tuple[str, ...]
    level: float
    data: str
    command: str


RUN_HEADER = (
    "parameter",
    "symbol",
    "target",
    "sample_mle",
    "training_mle",
    "estimate",
    "initial",
    "error",
    "error_by_withheld_data",
    "error_by_stopping_early",
    "standard_error",
)


def run_findings(
    snapshot: Snapshot, beside: tuple[Section, ...] = (), every: int = EVERY
) -> Findings:
    """Gather what a run came to, up to the place shown, and other sections beside it.

    The document has a row for every so many epochs.
    """
    training, tape, at = snapshot.training, snapshot.tape, snapshot.at
    told = report(training, tape, at)
    sections = (*run_sections(training, told), *beside, *_reproduced(training))
    return Findings(
        Dossier(run_title(training), sections),
        lambda: document(training, tape, every, at),
        _run_estimates(told),
        lambda: _run_plots(snapshot),
        lambda: step_sheet(told.names, tape, at),
    )


def _reproduced(training: Training) -> tuple[Section, ...]:
    """Name the command that repeats the run."""
    sentences = [f"This is of mle-tui {version('mle-tui')}. The run again, from its start:"]
    if training.origin.epoch:
        sentences.append("It repeats these settings alone, without the run that they were left in.")
    line = run_line(training.experiment, read_config().table(EXPERIMENT))
    return (Section("To reproduce the run", tuple(sentences), command=line),)


def _run_estimates(told: Report) -> Sheet:
    nothing = (None,) * len(told.names)
    columns = (
        told.target,
        told.sample_mle,
        told.training_mle,
        told.estimate,
        told.initial,
        told.errors,
        told.withheld,
        told.early,
        told.standard_errors,
    )
    known = (values or nothing for values in columns)
    return Sheet(RUN_HEADER, tuple(zip(told.names, told.symbols, *known, strict=True)))


def _run_plots(snapshot: Snapshot) -> tuple[Plot, ...]:
    """Draw the charts of the run: log-likelihoods, any gap that is left of them, densities."""
    plain = replace(snapshot, log_axis=False, per_observation=False)
    gaps = likelihood_curves(replace(plain, log_axis=True), LIGHT)
    bars, curves = density_curves(plain, FINE, LIGHT)
    plots = [Plot("Log-likelihood", "epoch", tuple(likelihood_curves(plain, LIGHT)))]
    if any(curve.x.size for _, curve in gaps):
        plots.append(
            Plot("Gap to the best log-likelihood, as a power of ten", "epoch", tuple(gaps))
        )
    return (*plots, Plot("Density over the sample", "value", tuple(curves), bars))


def step_sheet(names: Sequence[str], tape: Tape, at: int) -> Sheet:
    """Return every step that is kept, with the log-likelihoods at its own parameters."""
    kept = tape.kept(0, at + 1).T
    epochs, train, validation, norm, rate, evaluations, *parameters = kept
    columns = (
        epochs.astype(int),
        train,
        validation,
        *parameters,
        norm,
        rate,
        evaluations.astype(int),
    )
    header = ("epoch", "train_log_likelihood", "validation_log_likelihood", *names)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return Sheet((*header, "gradient_norm", "learning_rate", "evaluations"), rows)


def fit_findings(
    fitted: Fit,
    sample: Sample,
    told: Mapping[str, Any],
    asked: Asked,
) -> Findings:
    """Gather what a fit came to; ``told`` is its document."""
    sentence = f"This is of mle-tui {version('mle-tui')}. The fit again:"
    again = Section("To reproduce the fit", (sentence,), command=asked.command)
    title = f"Maximum likelihood: {told['family']}"
    title += f" for {quoted_path(asked.data)}" if asked.data else ""
    return Findings(
        Dossier(
            title,
            (*fit_sections(told, asked.kinds, asked.level), *([again] if asked.command else [])),
        ),
        lambda: told,
        _fit_estimates(told),
        lambda: (_fit_plot(fitted, sample),),
    )


def _fit_estimates(told: Mapping[str, Any]) -> Sheet:
    ends = [f"{kind}_{end}" for kind in INTERVALS for end in ("low", "high")]
    rows = []
    for name, each in told["estimates"].items():
        spans = (each[kind] or (None, None) for kind in INTERVALS)
        limits = (end for span in spans for end in span)
        rows.append((name, each["value"], each["standard_error"], each["fixed"], *limits))
    return Sheet(("parameter", "value", "standard_error", "fixed", *ends), tuple(rows))


def _fit_plot(fitted: Fit, sample: Sample) -> Plot:
    plot = fit_plot(fitted, sample, FINE, LIGHT.fitted)
    return Plot("Density over the sample", "value", (("fit", plot.curve),), plot.bars)
