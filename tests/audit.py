"""Ask whether anything that is installed has a known vulnerability; ``make audit`` runs it."""

import json
import subprocess
import sys

FOUND, UNKNOWN = 1, 2


def main() -> int:
    """Return 0 where nothing is known, 1 where something is, 2 where nobody could be asked."""
    audit = [sys.executable, "-m", "pip_audit", "--local", "--skip-editable", "--format", "json"]
    done = subprocess.run(
        [*audit, "--progress-spinner", "off"], capture_output=True, text=True, check=False
    )
    try:
        listed = json.loads(done.stdout)["dependencies"]
    except ValueError:
        sys.stderr.write("The vulnerability service cannot be reached, so nothing was audited.\n")
        return UNKNOWN
    asked = [each for each in listed if "skip_reason" not in each]
    flawed = [each for each in asked if each["vulns"]]
    for each in flawed:
        known = ", ".join(flaw["id"] for flaw in each["vulns"])
        sys.stdout.write(f"{each['name']} {each['version']}: {known}.\n")
    skipped = len(listed) - len(asked)
    if skipped:
        sys.stderr.write(f"{skipped} of {len(listed)} packages are unknown to the service.\n")
    if not asked:
        sys.stderr.write("So nothing was audited.\n")
        return UNKNOWN
    if not flawed:
        sys.stdout.write(f"None of the {len(asked)} packages has a known vulnerability.\n")
    return FOUND if flawed else 0


if __name__ == "__main__":
    sys.exit(main())
