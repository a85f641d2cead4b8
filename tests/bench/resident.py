"""Memory that ``mle-tui fit`` takes at its most for a file of very many values.

Run as a script, it writes such a file, fits it and prints the resident megabytes; the number of
values can be told.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

VALUES, BLOCK = 10**8, 10**6
FAMILIES = ("normal", "gamma", "student-t")
MOST = 300
DIGITS = 8


def write(path: Path, n: int) -> None:
    """Write gamma variates with six decimals, one a line, by their digits."""
    powers = 10 ** np.arange(DIGITS - 1, -1, -1)
    with path.open("wb") as file:
        file.write(b"x\n")
        for begin in range(0, n, BLOCK):
            x = np.random.default_rng(begin).gamma(3.0, 2.0, min(BLOCK, n - begin))
            whole = np.clip(np.rint(1e6 * x), 1, 10**DIGITS - 1).astype(np.int64)
            text = np.full((x.size, DIGITS + 2), ord("."), np.uint8)
            figures = whole[:, np.newaxis] // powers % 10 + ord("0")
            text[:, :2], text[:, 3:-1] = figures[:, :2], figures[:, 2:]
            text[:, -1] = ord("\n")
            file.write(text.tobytes())


def table(n: int = VALUES) -> None:
    """Print the most that each fit has of resident memory, a process each."""
    print(f"fitting a file of {n:,} values, resident memory at its most, MB")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        write(path, n)
        for family in FAMILIES:
            began, most = time.perf_counter(), _fit(path, family)
            seconds = time.perf_counter() - began
            print(f"  {family:<12}{most:>6,.0f} in {seconds:,.0f} s (at most {MOST})")


def _fit(path: Path, family: str) -> float:
    """Fit in a process of its own, which tells its peak."""
    command = [sys.executable, __file__, "fit", str(path), "--family", family, "--json"]
    run = subprocess.run(command, capture_output=True, check=True, text=True)
    return float(run.stderr.split()[-1])


def peak() -> float:
    """Most that this process has had resident, in MB; not what its parent had."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(each for each in status.read_text("utf-8").splitlines() if "VmHWM" in each)
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    if sys.argv[1:2] == ["fit"]:
        sys.path.insert(0, str(Path(__file__).parents[2]))
        from tui.__main__ import main

        status = main()
        print(f"\n{peak()}", file=sys.stderr)
        sys.exit(status)
    table(*(int(float(each)) for each in sys.argv[1:]))
