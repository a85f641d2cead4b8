"""A dossier as Markdown, with tables as GitHub has them."""

import re
from collections.abc import Iterator

from engine.quoting import harmless
from engine.reports.dossier import Dossier, Section, Table
from tui.texts.written import numeric, written

__all__ = ["markdown_text"]

SPECIAL = re.compile(
    r"[\\`*\[\]<>|~&$#!]|(?<!\w)_|_(?!\w)|(?<=\w)@|://|^[-+=](?!\d)|^\d+[.)](?=\s|$)"
)
"""What could begin markup, an entity, a link or a list."""


def markdown_text(told: Dossier) -> str:
    """Write the title, and each section with its sentences and tables."""
    lines = [f"# {_escaped(told.title)}", ""]
    for section in told.sections:
        lines += _section(section)
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(section: Section) -> Iterator[str]:
    yield from (f"## {_escaped(section.title)}", "")
    for sentence in section.sentences:
        yield from (_escaped(sentence), "")
    for table in section.tables:
        yield from _table(table)
        yield ""
    if section.command:
        command = harmless(section.command)
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", command)), default=0))
        yield from (f"{fence}sh", command, fence, "")


def _table(table: Table) -> Iterator[str]:
    yield _row([_escaped(head) for head in table.header])
    first = table.rows[0] if table.rows else table.header
    yield _row(["---:" if numeric(cell) else "---" for cell in first])
    for row in table.rows:
        yield _row([_escaped(written(cell)) for cell in row])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Put a backslash before what could be taken for markup, and let no control character by."""
    return SPECIAL.sub(_mark, harmless(text))


def _mark(found: re.Match[str]) -> str:
    text = found[0]
    if text == "://":
        return r"\://"
    return text[:-1] + "\\" + text[-1]
