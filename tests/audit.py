"""Ask whether anything that is installed has a known vulnerability; ``make audit`` runs it."""

import subprocess
import sys

FOUND, UNREACHED = 1, 2
UNREACHABLE = ("ConnectionError", "Max retries", "ServiceError", "timed out", "Connection refused")


def main() -> int:
    """Return 0 where nothing is known, 1 where something is, 2 where nobody could be asked."""
    audit = [sys.executable, "-m", "pip_audit", "--local", "--skip-editable"]
    done = subprocess.run(
        [*audit, "--progress-spinner", "off"], capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        sys.stdout.write("Nothing that is installed has a known vulnerability.\n")
        return 0
    if any(word in done.stderr for word in UNREACHABLE):
        sys.stderr.write("The vulnerability service cannot be reached, so nothing was audited.\n")
        return UNREACHED
    sys.stdout.write(done.stdout)
    sys.stderr.write(done.stderr)
    return FOUND


if __name__ == "__main__":
    sys.exit(main())
