"""The program in a real pseudo-terminal, as a user runs it."""

import os
import signal
import sys
from collections.abc import Callable, Iterator

import pexpect
import pyte
import pytest

ARTICLE = ("7.202707", "7.854133", "7.218075", "7.836873", "0.01536817", "0.01726031")


class Terminal:
    """A program in a pseudo-terminal, with the screen it has painted."""

    def __init__(self, *arguments: str, columns: int = 80, lines: int = 24) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.written = b""
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.process = pexpect.spawn(
            sys.executable,
            ["-m", "tui", *arguments],
            dimensions=(lines, columns),
            env=environment,
            timeout=60,
        )

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def wait_for(self, seen: Callable[[str], bool]) -> str:
        """Read what the program writes until its screen is as wanted."""
        while not seen(self.text):
            self._read()
        return self.text

    def wait_for_end(self) -> int:
        """Read to the end; return the exit status, negative for a signal."""
        try:
            while True:
                self._read()
        except pexpect.EOF:
            self.process.close()
        status = self.process.exitstatus
        return -self.process.signalstatus if status is None else status

    def _read(self) -> None:
        chunk = self.process.read_nonblocking(65536, timeout=60)
        self.written += chunk
        # pyte knows neither the keyboard protocol's nor synchronised output's sequences
        for private in (b"\x1b[>1u", b"\x1b[<u", b"\x1b[?2026$p", b"\x1b[?2048$p"):
            chunk = chunk.replace(private, b"")
        self.stream.feed(chunk)


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Start programs that are gone when the test is over."""
    started: list[Terminal] = []

    def start(*arguments: str, **size: int) -> Terminal:
        started.append(Terminal(*arguments, **size))
        return started[-1]

    yield start
    for each in started:
        each.process.close(force=True)


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


def test_interrupting_a_headless_run_exits_with_130(terminal: Callable[..., Terminal]) -> None:
    long = ("--epochs", "1000000000", "--patience", "0", "--tolerance", "0")
    run = terminal("run", *long, "--learning-rate", "1e-9", "--report-every", "1000")
    run.wait_for(lambda text: "1000 " in text)
    run.process.kill(signal.SIGINT)
    assert run.wait_for_end() == 130
    assert b"Traceback" not in run.written
