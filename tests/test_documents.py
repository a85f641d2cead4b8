"""What the documents show is true of the program."""

import re
from pathlib import Path

import pytest

from engine.distributions import FAMILIES
from engine.optimizers import OPTIMIZERS
from tui.configuration.config import read_config
from tui.lessons.facts import FACTS
from tui.lessons.reading import read_lesson

ROOT = Path(__file__).parent.parent
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def test_the_lesson_of_the_guide_is_one() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", CONTRIBUTING, re.DOTALL)
    assert len(read_lesson("guide", text).tasks) == 2


def test_the_settings_of_the_readme_are_valid(tmp_path, monkeypatch):
    (text,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "config.toml").write_text(text, "utf-8")
    monkeypatch.setenv("MLE_TUI_CONFIG", str(tmp_path / "config.toml"))
    read = read_config()
    assert read.faults == ()
    assert read.settings.theme == "mle-light"
    assert read.settings.keys["race"] == "ctrl+r"
    assert read.settings.keys["halve-the-rate"] == "backslash"


def test_the_guide_tells_every_fact() -> None:
    told = set(re.findall(r"`([a-z_]+)`", CONTRIBUTING))
    assert FACTS.keys() - told == set()


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_files_that_are_named_exist(text: str) -> None:
    named = re.findall(r"`((?:engine|tests|tui|screenshots)/[\w./-]+)`", text)
    named += re.findall(r"\]\(((?!http)[\w./-]+)\)", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    ("count", "word"),
    [(len(FAMILIES), "Forty-three families"), (len(OPTIMIZERS), "Twenty optimizers")],
)
def test_counts_are_right(count: int, word: str) -> None:
    assert word in README
    assert count == {"Forty-three families": 43, "Twenty optimizers": 20}[word]
