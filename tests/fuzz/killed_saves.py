"""Saves that are killed at any moment: what is there is the old file or the new one, whole.

python -m tests.fuzz.killed_saves 1000
"""

import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from tui.saving import save_over

LONGEST = 0.004
"""Seconds in which a save is over."""
DRAWN = random.Random(8)  # noqa: S311 - to draw moments


def text(number: int) -> str:
    """A text whose length and every line tell its number, several buffers long."""
    return f"{number}\n" * (5000 + number % 5000)


def killed(place: Path, number: int) -> bool:
    """Save in a process of its own, kill it after a while; whether it was still at work."""
    child = os.fork()
    if not child:
        save_over(place, text(number))
        os._exit(0)
    time.sleep(LONGEST * DRAWN.random())
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main(tries: int) -> int:
    """Kill so many saves; tell how many left the old file and how many the new one."""
    caught = renewed = number = 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "session.json"
        save_over(place, current := text(0))
        while caught < tries:
            number += 1
            was_caught = killed(place, number)
            found = place.read_text("utf-8")
            if found not in (current, text(number)) or not (was_caught or found == text(number)):
                print(f"Save {number} left {len(found)} characters.", file=sys.stderr)
                return 1
            caught += was_caught
            renewed += was_caught and found != current
            current = found
            for draft in place.parent.glob(".*"):
                draft.unlink()
    print(
        f"{tries} saves were killed of {number}: {renewed} had renewed the file, all left it whole."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
