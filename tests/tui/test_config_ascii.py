"""Plain ASCII by the configuration: on, off, or as the locale has it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tui.configuration.config import read_config, settings_of


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's file, which is not there yet."""
    monkeypatch.setenv("MLE_TUI_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path / "config.toml"


def printed() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "list", "optimizers"], capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")


def test_a_file_turns_ascii_on(user: Path) -> None:
    assert not printed().isascii()
    user.write_text('ascii = "on"\n', "utf-8")
    assert printed().isascii()


def test_the_environment_goes_before_the_file(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user.write_text('ascii = "on"\n', "utf-8")
    monkeypatch.setenv("MLE_TUI_ASCII", "off")
    assert not printed().isascii()


@pytest.mark.parametrize(
    ("told", "wanted"), [("1", True), ("yes", True), ("0", False), ("off", False), ("auto", None)]
)
@pytest.mark.usefixtures("user")
def test_every_word_that_the_variable_knows_is_well(
    told: str, wanted: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLE_TUI_ASCII", told)
    assert read_config().ascii is wanted
    assert settings_of().ascii == {True: "on", False: "off", None: "auto"}[wanted]


def test_a_fault_elsewhere_does_not_take_it_away(user: Path) -> None:
    user.write_text('ascii = "on"\nmouse = 3\n', "utf-8")
    assert read_config().ascii is True
