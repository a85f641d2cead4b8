"""What a ranking of families found, gathered for its exports."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from engine.comparisons.ranking import CRITERIA, Ranked, Rejected, tied_counts
from engine.quoting import quoted
from engine.reports.dossier import Cell, Dossier, Quantity, Section, Table
from engine.reports.fit_document import INTERVALS
from engine.samples.histogram import histogram
from engine.samples.sample import Sample
from tui.exports.findings import Findings, Plot, Sheet
from tui.palette import LIGHT
from tui.pictures.curve import Curve
from tui.pictures.fit_plot import fit_plot
from tui.pictures.strokes import DASHED, DOTTED, SOLID
from tui.texts.fit import estimates_text

__all__ = ["rank_findings"]

FINE = 160
"""How finely the histogram and the densities are drawn."""
STROKES = (SOLID, DASHED, DOTTED)
"""Of the densities that are drawn, those of the best families."""


def rank_findings(
    ranking: Sequence[Ranked],
    rejected: Sequence[Rejected],
    sample: Sample,
    told: Mapping[str, Any],
    command: str,
) -> Findings:
    """Gather a ranking; ``told`` is what ``--json`` prints, ``command`` repeats it."""
    criterion = CRITERIA[told["criterion"]]
    sections = [
        Section("Ranking", _sentences(ranking, criterion), _ranked(ranking, criterion)),
        Section("Left out", tuple(f"{each.family}: {each.reason}" for each in rejected)),
        Section(
            "To reproduce the ranking",
            (f"This is of mle-tui {version('mle-tui')}. The ranking again:",),
            command=command,
        ),
    ]
    title = f"Families ranked by {criterion}"
    return Findings(
        Dossier(title, tuple(each for each in sections if each != Section("Left out"))),
        lambda: told,
        _estimates(told),
        lambda: (_densities(ranking, sample),),
    )


def _sentences(ranking: Sequence[Ranked], criterion: str) -> tuple[str, ...]:
    """Say which family is best, and by how much."""
    if not ranking:
        return ("No family could be fitted.",)
    name = ranking[0].fitted.likelihood.family.name
    sentence = f"The best of {len(ranking)} families is {quoted(name)}"
    if len(ranking) > 1:
        ahead = ranking[1].criterion - ranking[0].criterion
        second = quoted(ranking[1].fitted.likelihood.family.name)
        sentence += f", ahead of {second} by {ahead:.3f} in {criterion}"
    return (f"{sentence}. Weights are Akaike's, of these families and no others.",)


def _ranked(ranking: Sequence[Ranked], criterion: str) -> tuple[Table, ...]:
    """A row for each family: how good it is, and its estimates."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            each.fitted.likelihood.family.name,
            Quantity(each.criterion, "criterion"),
            Quantity(each.criterion - ranking[0].criterion, "criterion"),
            Quantity(each.weight, "share"),
            Quantity(each.fitted.log_likelihood, "criterion"),
            estimates_text(each.fitted),
        )
        for each in ranking
    )
    header = ("family", criterion, "difference", "weight", "log-likelihood", "estimates")
    return (Table(header, rows),) if rows else ()


def _estimates(told: Mapping[str, Any]) -> Sheet:
    """A row for each parameter of each family, in full."""
    criterion = told["criterion"]
    all_found = [found for each in told["ranking"] for found in each["estimates"].values()]
    kinds = [kind for kind in INTERVALS if kind == "wald" or any(f[kind] for f in all_found)]
    rows = []
    for each in told["ranking"]:
        ranked = each["family"], each[criterion], each["akaike_weight"], each["log_likelihood"]
        for name, found in each["estimates"].items():
            ends = [end for kind in kinds for end in found[kind] or (None, None)]
            rows.append((*ranked, name, found["value"], found["standard_error"], *ends))
    header = ("family", criterion, "akaike_weight", "log_likelihood", "parameter", "value")
    spans = [f"{kind}_{end}" for kind in kinds for end in ("low", "high")]
    return Sheet((*header, "standard_error", *spans), tuple(rows))


def _densities(ranking: Sequence[Ranked], sample: Sample) -> Plot:
    """Draw the densities of the best families over the sample."""
    bars = histogram(sample, 2 * FINE, whole=tied_counts(sample))
    curves: list[tuple[str, Curve]] = []
    for each, color, stroke in zip(ranking, LIGHT.lanes, STROKES, strict=False):
        plot = fit_plot(each.fitted, sample, FINE, color)
        bars = bars if curves else plot.bars
        curves.append((each.fitted.likelihood.family.name, replace(plot.curve, stroke=stroke)))
    return Plot("Densities of the best families over the sample", "value", tuple(curves), bars)
