"""The program in a real pseudo-terminal, as a user runs it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.optimizers import OPTIMIZERS
from tests.tui.terminal import Terminal

ARTICLE = ("7.202707", "7.854133", "7.218075", "7.836873", "0.01536817", "0.01726031")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_lab_runs_to_its_report_and_leaves_the_terminal_whole(
    terminal: Callable[..., Terminal], size: tuple[int, int]
) -> None:
    lab = terminal(columns=size[0], lines=size[1])
    lab.wait_for(lambda text: "split seed" in text and "space runs" in text)
    lab.process.send("++ ")
    shown = lab.wait_for(lambda text: "final report" in text and "0.01726031" in text)
    assert [digits for digits in ARTICLE if digits not in shown] == []
    lab.process.send("q")
    assert lab.wait_for_end() == 0
    for switched_on, switched_off in (
        (b"\x1b[?1049h", b"\x1b[?1049l"),
        (b"\x1b[?25l", b"\x1b[?25h"),
    ):
        assert lab.written.rindex(switched_off) > lab.written.rindex(switched_on)


def test_the_lab_opens_on_own_data(terminal: Callable[..., Terminal], tmp_path: object) -> None:
    path = os.path.join(str(tmp_path), "heights.csv")  # noqa: PTH118
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("height\n1.5\n2.5\n7.5\n")
    lab = terminal(path)
    lab.wait_for(lambda text: "split seed" in text and "space runs" in text)
    lab.process.send("++ ")
    lab.wait_for(lambda text: "final report" in text and "3.833333" in text)
    lab.process.send("q")
    assert lab.wait_for_end() == 0


def test_the_lab_reads_data_from_standard_input_and_keys_from_the_terminal(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    path = tmp_path / "heights.csv"
    path.write_text("who,height\na,1.5\nb,2.5\nc,7.5\n", "utf-8")
    lab = terminal("-", fed=path)
    lab.wait_for(lambda text: "split seed" in text and "space runs" in text)
    lab.process.send("++ ")
    lab.wait_for(lambda text: "final report" in text and "3.833333" in text)
    lab.process.send("q")
    assert lab.wait_for_end() == 0


def test_the_lab_offers_the_columns_of_standard_input(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("a;b\n1,5;1\n2,5;2\n7,5;4\n", "utf-8")
    lab = terminal("-", fed=path)
    lab.wait_for(lambda text: "enter loads" in text and "Begins with" in text)
    lab.process.send("\r")
    lab.wait_for(lambda text: "gamma" in text and "data       -" in text)
    lab.process.send("q")
    assert lab.wait_for_end() == 0


def test_interrupting_a_headless_run_exits_with_130(terminal: Callable[..., Terminal]) -> None:
    long = ("--epochs", "1000000000", "--patience", "0", "--tolerance", "0")
    run = terminal("run", *long, "--learning-rate", "1e-9", "--report-every", "1000")
    run.wait_for(lambda text: "1000 " in text)
    run.process.kill(signal.SIGINT)
    assert run.wait_for_end() == 130
    assert b"Traceback" not in run.written


def test_a_whole_session_replays_to_the_same_digits(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    lab = terminal(columns=120, lines=40, folder=tmp_path)
    lab.wait_for(lambda text: "split seed" in text and "space runs" in text)
    lab.process.send(" ")
    lab.wait_for(lambda text: "running" in text and " 20 " in text)
    lab.process.send(" ")
    lab.wait_for(lambda text: "paused" in text)
    lab.process.send(",,")
    down = list(OPTIMIZERS).index("newton") - list(OPTIMIZERS).index("gradient-ascent")
    lab.process.send("b")
    lab.wait_for(lambda text: "go on from here with" in text)
    lab.process.send("\x1b[B" * down)
    lab.wait_for(lambda text: "observed information" in text)
    lab.process.send("\r")
    lab.wait_for(lambda text: "normal · newton 1" in text)
    lab.process.send("++ ")
    lab.wait_for(lambda text: "final report" in text and "stopped" in text)
    lab.process.send("r")
    lab.wait_for(lambda text: "· 0/10,000" in text)
    lab.process.send("R")
    lab.wait_for(lambda text: text.count("converged at") >= 4)
    lab.process.send("w")
    lab.wait_for(lambda text: "capsule-1.json" in text)
    again = subprocess.run(
        [sys.executable, "-m", "tui", "replay", "capsule-1.json", "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert again.returncode == 0, again.stderr
    document = json.loads(again.stdout)
    assert document["same_digits"] is True
    last = document["branches"][-1]
    assert last["changes"]["optimizer"] == "newton"
    assert last["stop"]["converged"] is True
    told = ["final report", "Std. errors", *(f"{v:.6f}" for v in last["parameters"].values())]
    lab.process.send("1")
    lab.process.send("\x1b[F")
    lab.wait_for(lambda text: all(each in text for each in told))
    lab.process.send("q")
    assert lab.wait_for_end() == 0
    assert len(document["race"]["lanes"]) >= 5
