"""A fit in words and numbers for the lab: the estimates, what follows from them, the verdict."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.text import Text

from tui.analysis import Analysis
from tui.fit_view import FitView
from tui.palette import Palette
from tui.texts import format as write
from tui.texts.fit import criteria, derived, estimate_cells, filled, goodness
from tui.texts.hand import hand_told

__all__ = ["summary"]

APART = 2


def summary(
    view: FitView, analysis: Analysis, width: int, palette: Palette, rank: str = "k"
) -> Text:
    """Write all there is to tell of a fit, or why there is none; lines may be longer.

    ``rank`` is the key that ranks.
    """
    if analysis.fitted is None:
        return Text(f"{analysis.refusal} {rank} ranks the families that can hold the data.")
    told = analysis.told
    good = palette.true if told["converged"] else palette.validation
    lines = [_headline(analysis)]
    if view.hand is not None:
        lines.append(Text(f"By hand: {hand_told(analysis, view.hand)}.", palette.fitted))
    lines += _estimates(analysis, view.chosen, width, palette)
    lines += [Text(told["verdict"], f"bold {good}"), Text()]
    lines.append(Text(filled(criteria(told), width)))
    if follows := derived(told["derived"]):
        lines.append(Text(filled(follows, width), palette.axis))
    unknown = ["No measure of the goodness of fit is determined by these data."]
    lines.append(Text(filled(goodness(told["goodness_of_fit"]) or unknown, width)))
    if (drawn := analysis.drawn) is not None and drawn.failed:
        none = "" if drawn.enough(len(drawn.found)) else "; the others are too few to go by"
        lines.append(
            Text(f"{drawn.failed} of {drawn.asked} samples gave no maximum and are left out{none}.")
        )
    lines += [Text(), *_evidence(told)]
    for each in told["diagnoses"]:
        name = (f"{each['name']}: ", f"bold {palette.validation}")
        lines.append(Text.assemble(name, f"{each['finding']} {each['advice']}"))
    return Text("\n").join(lines)


def _headline(analysis: Analysis) -> Text:
    """The family and how much there is of what."""
    told, cut = analysis.told, analysis.sample.truncation
    parts = [f"{told['family']}, n = {told['weight_total']:,.10g}"]
    if told["weight_total"] != told["n"]:
        parts.append(f"{told['n']:,} rows")
    if told["censored"]:
        parts.append(f"{told['censored']:,} censored")
    if cut is not None:
        parts.append(f"truncated to {cut[0]:g} … {cut[1]:g}")
    return Text(" · ".join(parts), "bold")


def _estimates(analysis: Analysis, chosen: int, width: int, palette: Palette) -> list[Text]:
    """A table with a column for each kind of interval, or where it is too wide, a line for each."""
    estimates: Mapping[str, Any] = analysis.told["estimates"]
    kinds = analysis.kinds
    heads = [
        "parameter",
        "estimate",
        "std error",
        *(f"{write.percent(analysis.level)} {kind}" for kind in kinds),
    ]
    rows = [[name, *estimate_cells(each, kinds)] for name, each in estimates.items()]
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    wide = sum(widths) + APART * (len(widths) - 1) <= width
    shown = widths if wide else widths[:3]
    lines = [Text(_row(heads, shown), f"bold {palette.axis}")]
    for i, row in enumerate(rows):
        lines.append(Text(_row(row, shown), "bold" if i == chosen else ""))
        if not wide:
            spans = zip(kinds, row[3:], strict=True)
            lines += [Text(f"  {kind:<10}{span}", palette.axis) for kind, span in spans]
    return lines


def _row(cells: list[str], widths: list[int]) -> str:
    """Cells in columns, the first to the left and the others to the right."""
    first, *rest = (
        cell.rjust(w) if i else cell.ljust(w)
        for i, (cell, w) in enumerate(zip(cells, widths, strict=False))
    )
    return (" " * APART).join([first, *rest])


def _evidence(told: Mapping[str, Any]) -> Iterator[Text]:
    """What the verdict rests on."""
    evidence = told["evidence"]
    score = told["score_in_standard_errors"]
    parts = [] if score is None else [f"score {score:.1g} standard errors"]
    if evidence["curvature"]:
        least = evidence["curvature"][0]
        parts.append(f"least curvature {least:.3g} of 1 (near 0: a ridge)")
    starts = evidence["starts"]
    parts.append(f"{starts} {'start' if starts == 1 else 'starts'}")
    hills = len(evidence["hills"])
    parts.append(f"{hills} lower {'hill' if hills == 1 else 'hills'}")
    parts.append(f"{told['evaluations']} evaluations")
    yield Text(f"Evidence: {', '.join(parts)}.", "dim")
