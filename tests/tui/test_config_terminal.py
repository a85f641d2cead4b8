"""The configuration in a real pseudo-terminal: what a user sets is what the lab does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal

MOUSE = b"\x1b[?1000h"


def test_the_mouse_is_not_listened_to_where_it_is_not_wanted(
    terminal: Callable[..., Terminal],
) -> None:
    lab = terminal("--no-mouse", columns=120, lines=40)
    lab.wait_for(lambda text: "space runs" in text and "0/10,000" in text)
    lab.process.send("q")
    assert lab.wait_for_end() == 0
    assert MOUSE not in lab.written


def test_the_lab_is_as_the_project_sets_it(
    terminal: Callable[..., Terminal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MLE_TUI_PROJECT")
    told = 'pace = "flat-out"\n[experiment]\nepochs = 50\n[keys]\nrun = "f5"\n'
    (tmp_path / "mle-tui.toml").write_text(told, "utf-8")
    lab = terminal(columns=120, lines=40, folder=tmp_path)
    lab.wait_for(lambda text: "f5 runs" in text and "f5 run " in text)
    lab.process.send("\x1b[15~")
    lab.wait_for(lambda text: "stopped" in text and "50/50" in text)
    lab.process.send("q")
    assert lab.wait_for_end() == 0
    assert MOUSE in lab.written


def test_a_fault_is_told_before_the_screen_is_taken(
    terminal: Callable[..., Terminal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "c.toml"
    file.write_text("pace = 3\n[keys]\nrun = 'q'\n", "utf-8")
    monkeypatch.setenv("MLE_TUI_CONFIG", str(file))
    lab = terminal(columns=120)
    assert lab.wait_for_end() == 2
    assert b"\x1b[?1049h" not in lab.written
    assert b"pace must be one of stage, brisk, flat-out" in lab.written
    assert b"keys.run is 'q', which is the key of quit too (anywhere in the lab)." in lab.written
    assert b"Traceback" not in lab.written
