"""Rows that are written as they come make the same document, in no more memory."""

import io
import json
import os
import tracemalloc
from pathlib import Path

import pytest

from engine.experiments.experiment import Experiment
from engine.reports.progress import row
from engine.reports.report import document, row_entry
from engine.runs.training import Training
from engine.tapes.tape import Tape
from tui.commands import json_rows
from tui.commands.json_rows import JsonRows


@pytest.mark.parametrize("rows", [0, 1, 2, 300])
def test_the_document_is_the_same_to_the_letter(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "MOST", 5000)
    training = Training(Experiment(n=50, epochs=300, patience=0, tolerance=0.0, near=0.0))
    tape = Tape(len(training.start))
    for block in training.blocks():
        tape.append(block)
    whole = document(training, tape, 1)
    whole["rows"] = whole["rows"][:rows]
    table, out = JsonRows(), io.StringIO()
    for each in whole["rows"]:
        table.add(each)
    table.close({**whole, "rows": []}, out)
    assert out.getvalue() == json.dumps(whole, indent=1, allow_nan=False) + "\n"
    assert len(whole["rows"]) == rows


def test_memory_does_not_grow_with_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "MOST", 10_000)
    training = Training(Experiment(n=50, epochs=3, patience=0))
    tape = Tape(len(training.start))
    tape.append(next(training.blocks()))
    entry = document(training, tape, 1)["rows"][0]
    assert entry == row_entry(row(tape, 1), training.family)
    tracemalloc.start()
    table = JsonRows()
    for _ in range(20_000):
        table.add(entry)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        table.close({"rows": []}, nowhere)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
