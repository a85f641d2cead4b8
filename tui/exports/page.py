"""A dossier as a page of HTML: self-contained, without scripts, in light colours or dark ones."""

from collections.abc import Iterator
from html import escape

from engine.quoting import harmless
from engine.reports.dossier import Dossier, Section, Table
from tui.exports.findings import Plot
from tui.exports.svg import svg_text
from tui.texts.written import numeric, written

__all__ = ["html_text"]

STYLE = """
:root { color-scheme: light dark; --text: #1f2328; --faint: #59636e; --line: #d1d9e0;
  --ground: #fbfcfd; --code: #eef1f4; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --faint: #9198a1;
  --line: #3d444d; --ground: #10151c; --code: #1b222b; } }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .9rem; border-bottom: 1px solid var(--line); text-align: left; }
th { color: var(--faint); font-weight: 600; } tbody th { color: inherit; font-weight: 400; }
.number { text-align: right; white-space: nowrap; }
pre { background: var(--code); padding: .8rem 1rem; overflow-x: auto; }
svg { max-width: 100%; height: auto; }
"""
NUMBER = ' class="number"'
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_text(told: Dossier, plots: tuple[Plot, ...]) -> str:
    """Write the title, the charts, and each section with its sentences and tables."""
    title = _text(told.title)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{title}</h1>",
            svg_text(plots).rstrip("\n") if plots else "",
            *(line for section in told.sections for line in _section(section)),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _section(section: Section) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{_text(section.title)}</h2>"
    for sentence in section.sentences:
        yield f"<p>{_text(sentence)}</p>"
    for table in section.tables:
        yield from _table(table)
    if section.command:
        yield f"<pre><code>{_text(section.command)}</code></pre>"
    yield "</section>"


def _table(table: Table) -> Iterator[str]:
    """Write a table whose first column says what each row is."""
    numbers = [numeric(cell) for cell in table.rows[0]] if table.rows else []
    heads = (
        f'<th scope="col"{NUMBER if number else ""}>{_text(head)}</th>' if head else "<td></td>"
        for head, number in zip(table.header, numbers, strict=False)
    )
    yield '<div class="wide"><table>'
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for first, *cells in table.rows:
        rest = "".join(
            f"<td{NUMBER if numeric(cell) else ''}>{_text(written(cell))}</td>" for cell in cells
        )
        yield f'<tr><th scope="row">{_text(written(first))}</th>{rest}</tr>'
    yield "</tbody>"
    yield "</table></div>"


def _text(text: str) -> str:
    return escape(harmless(text))
