"""First paint, memory and work at rest, beside apps that people use, each in its own environment.

Posting (an HTTP client) and Toolong (a viewer of logs) are built with Textual as the lab is. What
cannot be installed, or ends by itself, is left out.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path

import pexpect
from first_paint import MINIMAL

HERE = Path(__file__).parent
KEPT = HERE.parents[1] / "build" / "neighbours"
SIZE = (40, 120)
ROUNDS = 5
BOUNDS = {"posting": ["tree-sitter<0.26"]}
"""What an app needs and does not ask for: with later ones posting's Textual crashes."""
REST = 2.0
"""Seconds for which an app is left alone before it is looked at, and while it is."""


def environment(package: str) -> Path | None:
    """Install a package and what it needs, apart, once; return where its programs are."""
    place = KEPT / package
    programs = place / "bin"
    if not (programs / package).exists() and not (programs / "tl").exists():
        shutil.rmtree(place, ignore_errors=True)
        venv.create(place, with_pip=True)
        pip = [
            programs / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            package,
            *BOUNDS.get(package, ()),
        ]
        if subprocess.run(pip, check=False, capture_output=True).returncode:
            return None
    return programs


def looked_at(command: list[str], mark: bytes) -> tuple[float, float, float]:
    """Seconds to a mark, then megabytes resident and the share of a processor taken at rest."""
    inherited = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    began = time.perf_counter()
    process = pexpect.spawn(
        command[0], command[1:], dimensions=SIZE, env=inherited, timeout=60, cwd=KEPT
    )
    written = b""
    while mark not in written:
        written += process.read_nonblocking(65536, timeout=60)
    painted = time.perf_counter() - began
    idle(process, REST)
    before = spent(process.pid)
    idle(process, REST)
    work = (spent(process.pid) - before) / REST
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    process.close(force=True)
    return painted, int(resident.split()[1]) / 1024, work


def idle(process: pexpect.spawn, seconds: float) -> None:
    """Read what comes for a while."""
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        try:
            process.read_nonblocking(65536, timeout=left)
        except pexpect.TIMEOUT:
            return


def spent(process: int) -> float:
    """Seconds of a processor that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def table() -> None:
    """Print what each needs, in turn, and the lab's ratios."""
    KEPT.mkdir(parents=True, exist_ok=True)
    log = KEPT / "some.log"
    log.write_text("a line to be seen\n" * 200, "utf-8")
    apps = {
        "a minimal Textual app": ([sys.executable, "-c", MINIMAL], b"painted"),
        "mle-tui": ([str(Path(sys.executable).with_name("mle-tui"))], b"log-likelihood"),
    }
    for package, program, given, mark in (
        ("posting", "posting", [], b"Collection"),
        ("toolong", "tl", [str(log)], b"a line"),
    ):
        if (programs := environment(package)) is None:
            print(f"  {package} cannot be installed and is left out")
        else:
            apps[package] = ([str(programs / program), *given], mark)
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in apps}
    for _ in range(ROUNDS):
        for name in list(found):
            try:
                found[name].append(looked_at(*apps[name]))
            except pexpect.EOF:
                print(f"  {name} ended by itself and is left out")
                del found[name]
    print(f"first paint in ms, MB resident and share of a processor at rest, median of {ROUNDS}")
    middle = {
        name: [statistics.median(each) for each in zip(*rows, strict=True)]
        for name, rows in found.items()
    }
    for name, (painted, resident, work) in middle.items():
        print(f"  {name:<28}{1e3 * painted:>8,.0f}{resident:>8,.0f}{100 * work:>8.1f} %")
    ours, minimal = middle["mle-tui"][0], middle["a minimal Textual app"][0]
    print(f"  first paint {ours / minimal:.2f} times the minimal app's (at most 1.6)", end="")
    if "posting" in middle:
        print(f", posting's {middle['posting'][0] / ours:.1f} times ours (at least 2)", end="")
    print()


if __name__ == "__main__":
    table()
