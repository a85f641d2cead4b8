"""Exports: what was found, written as Markdown, HTML, JSON, CSV or SVG, a format a file."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from tui.exports.findings import Findings
from tui.exports.markdown import markdown_text
from tui.exports.page import html_text
from tui.exports.sheets import csv_text
from tui.exports.svg import svg_text

__all__ = ["EXPORTS", "Export", "export_for"]


@dataclass(frozen=True)
class Export:
    """A format: how its files end, what is in them, and how it is written."""

    suffix: str
    meaning: str
    write: Callable[[Findings], str]
    stepwise: bool = False
    """Whether it needs something that was learned step by step."""


def _document(found: Findings) -> str:
    return json.dumps(found.document(), indent=1, allow_nan=False) + "\n"


def _steps(found: Findings) -> str:
    if found.steps is None:
        raise ValueError("there are no steps")
    return csv_text(found.steps())


EXPORTS = (
    Export(".md", "Markdown: the report, to paste", lambda found: markdown_text(found.dossier)),
    Export(
        ".html",
        "HTML: the report with its charts, for a browser",
        lambda found: html_text(found.dossier, found.plots()),
    ),
    Export(".json", "JSON: everything in full, as --json prints it", _document),
    Export(".csv", "CSV: the estimates", lambda found: csv_text(found.estimates)),
    Export(".tape.csv", "CSV: the tape, every step that it keeps", _steps, stepwise=True),
    Export(".svg", "SVG: the charts", lambda found: svg_text(found.plots())),
)
"""Formats, in the order in which they are offered."""


def export_for(name: str) -> Export | None:
    """Return the format that a file's name asks for by its end, the longest that fits."""
    fitting = [each for each in EXPORTS if name.lower().endswith(each.suffix)]
    return max(fitting, key=lambda each: len(each.suffix), default=None)
