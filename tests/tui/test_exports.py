"""Every export, read back by a reader of its own format, says what the run and the fit say."""

import csv
import io
import json
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from engine.experiments.experiment import Experiment
from engine.quoting import harmless
from engine.reports.dossier import Dossier, Quantity, Section, Span, Table
from engine.reports.report import document, report
from engine.runs.training import Training
from engine.tapes.tape import Tape
from tui.exports import EXPORTS, export_for
from tui.exports.findings import Findings, Sheet
from tui.exports.markdown import markdown_text
from tui.exports.page import html_text
from tui.exports.sheets import csv_text
from tui.findings import run_findings
from tui.snapshot import Snapshot
from tui.texts.written import written

HOSTILE = [
    '=HYPERLINK("http://example.com","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "<script>alert(1)</script>",
    "</code></pre><img src=x onerror=alert(1)>",
    "[/]",
    "[red]x[/red]",
    "\x1b]52;c;aGk=\x07",
    "a|b\nc",
    "```\n# x",
    "![x](http://example.com/x.png)",
    "<http://example.com>",
    "&lt;b&gt;",
    "*a* _b_ ~~c~~ $d$",
    "\u202egpj.exe",
    "\udcff",
    "]]>",
    "\x00",
]
VOID = {"meta", "path", "rect", "polyline", "img", "br"}


class Page(HTMLParser):
    """Collects tags, texts and the cells of every row; every tag that opens must close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.rows: list[list[str]] = []
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def ended() -> Snapshot:
    experiment = Experiment.of({"n": 500, "epochs": 40, "optimizer": "momentum"})
    training = Training(experiment)
    tape = Tape(2)
    for block in training.blocks():
        tape.append(block)
    return Snapshot(training, tape, len(tape) - 1)


@pytest.fixture(scope="module")
def found(ended: Snapshot) -> Findings:
    return run_findings(ended)


def exported(found: Findings, suffix: str) -> str:
    export = export_for(f"x{suffix}")
    assert export is not None
    assert export.suffix == suffix
    return export.write(found)


def rows_of_markdown(text: str) -> list[list[str]]:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    rows: list[list[str]] = []
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            rows.append([])
        if before.type in ("th_open", "td_open"):
            assert {child.type for child in token.children or []} <= {"text", "text_special"}
            rows[-1].append("".join(child.content for child in token.children or []))
    return rows


def test_the_document_is_that_of_the_command(ended: Snapshot, found: Findings) -> None:
    told = json.loads(exported(found, ".json"))
    assert told == json.loads(json.dumps(document(ended.training, ended.tape, 100)))


def test_the_estimates_are_in_full(ended: Snapshot, found: Findings) -> None:
    told = report(ended.training, ended.tape, ended.at)
    rows = list(csv.DictReader(io.StringIO(exported(found, ".csv"), newline="")))
    assert [row["parameter"] for row in rows] == ["mean", "variance"]
    for column, values in (
        ("target", told.target),
        ("sample_mle", told.sample_mle),
        ("estimate", told.estimate),
        ("initial", told.initial),
        ("error", told.errors),
        ("standard_error", told.standard_errors),
    ):
        assert tuple(float(row[column]) for row in rows) == values


def test_the_tape_has_every_step_in_full(ended: Snapshot, found: Findings) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(found, ".tape.csv"), newline="")))
    assert len(rows) == len(ended.tape) == 41
    for i, row in enumerate(rows):
        step = ended.tape[i]
        assert int(row["epoch"]) == i
        assert (float(row["mean"]), float(row["variance"])) == step.parameters
        assert float(row["train_log_likelihood"]) == step.train
        assert float(row["validation_log_likelihood"]) == step.validation
        assert float(row["gradient_norm"]) == step.gradient_norm
        assert float(row["learning_rate"]) == step.learning_rate
        assert int(row["evaluations"]) == step.evaluations


def test_markdown_and_page_have_the_same_tables(found: Findings) -> None:
    tables = [table for section in found.dossier.sections for table in section.tables]
    wanted = [
        [written(cell) for cell in row] for table in tables for row in (table.header, *table.rows)
    ]
    assert rows_of_markdown(exported(found, ".md")) == wanted
    page = Page(exported(found, ".html"))
    assert page.rows == wanted
    told = " ".join(page.text)
    for section in found.dossier.sections:
        assert section.title in told
        assert all(sentence in told for sentence in section.sentences)
        assert section.command in told


def test_the_page_stands_alone_and_runs_nothing(found: Findings) -> None:
    text = exported(found, ".html")
    page = Page(text)
    assert text.startswith("<!DOCTYPE html>")
    assert page.tags.count("svg") == 1
    assert page.tags.count("polyline") >= 7
    assert text.count(" id=") == 1
    assert not {"script", "img", "link", "iframe", "a"} & set(page.tags)
    assert not {name for name in page.attributes if name.startswith("on")}
    assert not {"src", "href"} & page.attributes
    assert "prefers-color-scheme: dark" in text


def test_the_charts_are_drawn_where_the_numbers_are(ended: Snapshot, found: Findings) -> None:
    root = ET.fromstring(exported(found, ".svg"))  # noqa: S314 - our own
    space = {"s": "http://www.w3.org/2000/svg"}
    groups = root.findall("s:g", space)
    assert len(groups) == 3
    lines = groups[0].findall("s:g/s:polyline", space)
    assert len(lines) == 2
    points = [tuple(map(float, pair.split(","))) for pair in lines[0].attrib["points"].split()]
    train = ended.tape.column("train")
    assert len(points) == len(train)
    heights = [-y for _, y in points]
    spread = (heights[-1] - heights[0]) / (train[-1] - train[0])
    for height, value in zip(heights, train, strict=True):
        assert height - heights[0] == pytest.approx(spread * (value - train[0]), abs=0.02)
    assert all(0 <= x <= 800 and 0 <= y <= 350 for x, y in points)
    assert groups[2].findall("s:path", space)
    assert len(groups[2].findall("s:g/s:polyline", space)) == 3


@pytest.mark.parametrize("name", ["x.txt", "x", "md", ""])
def test_an_unknown_ending_has_no_format(name: str) -> None:
    assert export_for(name) is None


def test_the_longest_ending_decides() -> None:
    assert [(e := export_for(f"a{each.suffix.upper()}")) and e.suffix for each in EXPORTS] == [
        each.suffix for each in EXPORTS
    ]


def dossier(text: str) -> Dossier:
    table = Table(("", text), ((text, Quantity(-1.5)), ("x", Span(None, 2.0))))
    return Dossier(text, (Section(text, (text,), (table,), text),))


TEXTS = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=30), st.text("=+-@|`<>&[]\\*_#\n\t1.", max_size=12)
)


@given(TEXTS)
def test_no_text_is_markup_in_markdown(text: str) -> None:
    made = markdown_text(dossier(text))
    assert all(c.isprintable() or c == "\n" for c in made)
    plain = harmless(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(made)
    inline = [token for token in tokens if token.type == "inline"]
    for token in inline:
        assert {child.type for child in token.children or []} <= {"text", "text_special"}
        content = "".join(child.content for child in token.children or [])
        assert content in (plain.strip(), "", "-1.500000", "x", "— … 2.000000")
    fences = [token for token in tokens if token.type == "fence"]
    assert [token.content for token in fences] == ([f"{plain}\n"] if plain else [])
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings == ["h1", "h2"]


@given(TEXTS)
def test_no_text_is_markup_on_the_page(text: str) -> None:
    made = html_text(dossier(text), ())
    assert all(c.isprintable() or c == "\n" for c in made)
    page = Page(made)
    assert set(page.tags) <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "section", "p"),
        *("div", "table", "thead", "tbody", "tr", "th", "td", "pre", "code"),
    }
    assert page.rows[1][0] == harmless(text)


@given(TEXTS)
def test_no_text_is_a_formula_in_a_sheet(text: str) -> None:
    made = csv_text(Sheet((text,), ((text,), (-1.5,), (None,), (True,))))
    head, again, number, *rest = csv.reader(io.StringIO(made, newline=""))
    assert head == again
    cell = (head or [""])[0]
    assert not cell.lstrip(" ").startswith(tuple("=+-@\t\r"))
    assert cell.removeprefix("'") == harmless(text).removeprefix("'")
    assert all(c.isprintable() for c in cell)
    assert float(number[0]) == -1.5
    assert rest[-1] == ["true"]


@given(st.floats(allow_nan=False))
def test_numbers_stay_numbers_to_the_last_bit(number: float) -> None:
    made = csv_text(Sheet(("x",), ((number,),)))
    assert float(list(csv.reader(io.StringIO(made, newline="")))[1][0]) == number
