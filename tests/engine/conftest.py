"""The article's numbers, and its experiment run once for all tests that look at it."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine import Tape, Training, preset
from engine.reports.report import document

from .helpers import record


@pytest.fixture(scope="session")
def article() -> dict[str, Any]:
    """What the article prints."""
    path = Path(__file__).parent.parent / "data" / "article.json"
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="session")
def training() -> Training:
    """The article's experiment."""
    return Training(preset("article"))


@pytest.fixture(scope="session")
def tape(training: Training) -> Tape:
    """Every step of the article's run."""
    return record(training)


@pytest.fixture(scope="session")
def finished(training: Training, tape: Tape) -> dict[str, Any]:
    """The article's run as scripts see it."""
    return document(training, tape, 100)
