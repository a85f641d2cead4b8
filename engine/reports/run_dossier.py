"""The dossier of a run: the article's six sections, and what it left out."""

from collections.abc import Iterator

from engine.quoting import quoted, quoted_path
from engine.reports.dossier import Cell, Kind, Quantity, Section, Table
from engine.reports.price import Price
from engine.reports.report import Report
from engine.runs.training import Training

__all__ = ["run_sections", "run_title"]

MOST_COLUMNS = 4
"""Parameters from which on each has a row instead of a column."""

Values = tuple[float, ...] | None


def run_title(training: Training) -> str:
    """Name the family and the optimizer."""
    experiment = training.experiment
    return f"Maximum likelihood: {experiment.family} by {experiment.optimizer}"


def run_sections(training: Training, told: Report) -> tuple[Section, ...]:
    """Return what a run came to, where and why it stopped, the price of that, and its sample."""
    return (
        Section("Results", _implied(told), (_duration(told), _parameters(told))),
        _stop(training, told),
        Section(
            "The price of early stopping",
            (told.price.sentence or "The maximum is not known, so neither is the distance to it.",),
            (_price(told.price),),
        ),
        _sample(training, told),
    )


def _implied(told: Report) -> tuple[str, ...]:
    """What follows from the estimate."""
    return tuple(f"The estimate's {name} is {value:.6f}." for name, value in told.implied.items())


def _stop(training: Training, told: Report) -> Section:
    """Where and why it stopped, or where it stands."""
    if told.stop:
        sentences = [told.stop.reason]
    else:
        most = training.experiment.epochs
        sentences = [
            f"The run has not ended: this is epoch {told.last.epoch:,} of at most {most:,}."
        ]
    if training.origin.epoch:
        sentences.append(
            f"Up to epoch {training.origin.epoch:,} this was another run, which this one left "
            "under other settings or by hand; a capsule replays both."
        )
    last = told.last
    rows: list[tuple[Cell, ...]] = [
        ("Epochs", Quantity(last.epoch, "count")),
        ("Likelihood evaluations", Quantity(last.evaluations, "count")),
        ("Epoch of the estimate", Quantity(told.estimate_epoch, "count")),
        (
            "Log-likelihood of what was trained on",
            Quantity(told.train_log_likelihood, "likelihood"),
        ),
        (
            "Log-likelihood of what was withheld",
            Quantity(told.validation_log_likelihood, "likelihood"),
        ),
        ("Gradient norm at the last step", Quantity(last.gradient_norm)),
        ("Learning rate at the last step", Quantity(last.learning_rate)),
    ]
    title = "Where and why it stopped" if told.stop else "Where it stands"
    return Section(title, tuple(sentences), (Table(("", "value"), tuple(rows)),))


def _duration(told: Report) -> Table:
    return Table(("", "time"), (("1 Training duration", Quantity(told.seconds, "seconds")),))


def _parameters(told: Report) -> Table:
    """Parameters across, or down where they are many."""
    heads = (f"{name} {symbol}" for name, symbol in zip(told.names, told.symbols, strict=True))
    table = Table(("", *heads), tuple(_rows(told)))
    return table if len(told.names) <= MOST_COLUMNS else table.turned


def _rows(told: Report) -> Iterator[tuple[Cell, ...]]:
    estimate = "4 Estimate" if told.stop else "4 Estimate so far"
    rows: tuple[tuple[str, Values, Kind], ...] = (
        ("2 Target distribution", told.target, "parameter"),
        ("3 Sample MLE", told.sample_mle, "parameter"),
        (estimate, told.estimate, "parameter"),
        ("5 Initial parameters", told.initial, "parameter"),
        ("6 Estimation errors", told.errors, "error"),
        ("… by withheld data", told.withheld, "error"),
        ("… by stopping early", told.early, "error"),
        ("Standard errors", told.standard_errors, "error"),
    )
    none: tuple[float | None, ...] = (None,) * len(told.names)
    for title, values, kind in rows:
        known = zip(values or none, told.standard_errors or none, strict=True)
        yield title, *(Quantity(value, kind, error) for value, error in known)


def _price(told: Price) -> Table:
    return Table(
        ("below the maximum of", "standard errors", "log-likelihood"),
        (
            (
                "what was trained on",
                Quantity(told.training_distance),
                Quantity(told.training_gap),
            ),
            ("the whole sample", Quantity(told.whole_distance), Quantity(told.whole_gap)),
        ),
    )


def _sample(training: Training, told: Report) -> Section:
    """Where the sample is from, and how much of it was trained on."""
    experiment = training.experiment
    if experiment.data:
        source = f"The sample was read from {quoted_path(experiment.data)}"
        source += f", column {quoted(experiment.column)}." if experiment.column else "."
    else:
        source = (
            f"The sample was drawn from the target distribution with NumPy's generator "
            f"{experiment.generator}, seed {experiment.seed}."
        )
    sizes = (("Trained on", told.train_n), ("Withheld for validation", told.validation_n))
    rows = tuple((title, Quantity(number, "count")) for title, number in sizes)
    return Section("The sample", (source, *training.notes), (Table(("", "observations"), rows),))
