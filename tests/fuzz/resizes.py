"""A terminal whose size changes all the time while a run goes flat out.

python -m tests.fuzz.resizes 2000
"""

import random
import sys
import tempfile
from pathlib import Path

import pexpect
import pyte

from tests.tui.terminal import Terminal
from tests.tui.test_departure import endless

LARGEST = (300, 100)
DRAWN = random.Random(8)  # noqa: S311 - to draw sizes
FIRST = ((1, 1), (300, 1), (1, 100), (300, 100), (2, 2), (59, 19), (60, 20))
TABS, EVERY = 5, 25
AT_ONCE = 0.03
"""Seconds for which the lab may write between two sizes."""


def resized(lab: Terminal, columns: int, lines: int) -> None:
    """Change the size, and read what the lab writes meanwhile."""
    lab.process.setwinsize(lines, columns)
    try:
        while True:
            lab.written += lab.process.read_nonblocking(1 << 16, timeout=AT_ONCE * DRAWN.random())
    except pexpect.TIMEOUT:
        pass
    except pexpect.EOF:
        print(lab.written[-3000:].decode(errors="replace"), file=sys.stderr)
        raise


def main(times: int) -> int:
    """Change the size so many times, on every tab; then pause, step, and leave."""
    with tempfile.TemporaryDirectory() as folder:
        lab = Terminal(endless(Path(folder)), environment={"XDG_STATE_HOME": folder})
        lab.wait_for(lambda text: "split seed" in text and "space runs" in text)
        lab.process.send("++ ")
        lab.wait_for(lambda text: "running" in text and "flat out" in text)
        for number in range(times):
            if number % EVERY == EVERY - 1:
                lab.process.send(str(number // EVERY % TABS + 1))
            drawn = (DRAWN.randint(1, most) for most in LARGEST)
            resized(lab, *(FIRST[number] if number < len(FIRST) else drawn))
        lab.process.send("1")
        lab.screen = pyte.Screen(80, 24)
        lab.stream = pyte.ByteStream(lab.screen)
        lab.process.setwinsize(24, 80)
        lab.wait_for(lambda text: "running" in text and "log-likelihood" in text)
        lab.process.send(" ")
        lab.wait_for(lambda text: "paused" in text)
        lab.process.send("q")
        status = lab.wait_for_end()
    if status or b"Traceback" in lab.written:
        print(f"The lab ended with {status}.", file=sys.stderr)
        return 1
    print(f"{times} sizes, {len(lab.written):,} bytes, and it still answers.")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
