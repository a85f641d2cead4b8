"""What is printed on a narrow terminal breaks at words; in a pipe no line is broken."""

import os

import pytest
from rich.text import Text

from tui.commands.cli import run_command

COMMANDS = {
    "fit": ("fit", "ball-bearings", "--family", "weibull"),
    "rank": ("rank", "red-mites"),
    "race": ("race", "--epochs", "300", "--n", "1000"),
    "run": ("run", "--epochs", "300", "--n", "1000"),
}


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def lines(name: str, columns: int, *, on_a_terminal: bool) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("TTY_COMPATIBLE", "1" if on_a_terminal else "0")
        run_command(COMMANDS[name])
        return [Text.from_ansi(line).plain.rstrip() for line in capsys.readouterr().out.split("\n")]

    return lines


@pytest.mark.parametrize("name", COMMANDS)
def test_no_line_is_wider_than_a_terminal_of_80_columns(printed, name: str) -> None:
    lines = printed(name, 80, on_a_terminal=True)
    assert max(map(len, lines)) <= 80
    whole = printed(name, 80, on_a_terminal=False)
    assert max(map(len, whole)) > 80


@pytest.mark.parametrize(("columns", "widest"), [(0, 80), (99999999, 500)])
def test_a_width_that_is_none_is_not_taken_at_its_word(
    printed, monkeypatch: pytest.MonkeyPatch, columns: int, widest: int
) -> None:
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((80, 24)))
    lines = printed("run", columns, on_a_terminal=True)
    assert any(lines)
    assert max(map(len, lines)) <= widest


def test_intervals_stand_below_estimates_where_there_is_no_room_beside_them(printed) -> None:
    narrow = [" ".join(line.split()) for line in printed("fit", 80, on_a_terminal=True)]
    place = narrow.index("shape 2.102059 0.328687")
    wald, profile = "1.457844 … 2.746274", "1.504146 … 2.791535"
    assert narrow[place + 1 : place + 3] == [f"95 % wald {wald}", f"95 % profile {profile}"]
    wide = [" ".join(line.split()) for line in printed("fit", 120, on_a_terminal=True)]
    assert f"{narrow[place]} {wald} {profile}" in wide


def test_families_left_out_for_one_reason_are_named_together(printed) -> None:
    told = [line for line in printed("rank", 80, on_a_terminal=False) if "are tied whole" in line]
    assert len(told) == 1
    assert told[0].startswith("normal, logistic, ")


def test_no_gap_is_said_to_be_nothing(printed) -> None:
    told = " ".join(printed("race", 80, on_a_terminal=False))
    assert " <" in told
    assert "0.00e+00" not in told
