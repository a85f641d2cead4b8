"""Ask whether anything that is installed has a known vulnerability; ``make audit`` runs it.

PyPI is asked first, then OSV about what PyPI does not tell of. Whatever nobody told of is named.
"""

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable
from typing import Any

__all__ = ["audit", "main"]

FOUND, UNKNOWN = 1, 2
SERVICES = {"pypi": "PyPI", "osv": "OSV"}
Answer = list[dict[str, Any]]
"""What a service tells of each package: known vulnerabilities, or why it was skipped."""


def main() -> int:
    """Return 0 where nothing is known, 1 where something is, 2 where nobody could be asked."""
    return audit(ask)


def ask(service: str) -> Answer | None:
    """Ask a service about every installed package; None where it cannot be reached."""
    command = [sys.executable, "-m", "pip_audit", "--local", "--skip-editable"]
    command += ["--format", "json", "--progress-spinner", "off", "--vulnerability-service", service]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        listed: Answer = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return None
    return listed


def audit(asking: Callable[[str], Answer | None]) -> int:
    """Ask the services in turn until every package is told of, and write what is known."""
    told: dict[str, dict[str, Any]] = {}
    untold: set[str] = set()
    for service, name in SERVICES.items():
        listed = asking(service)
        if listed is None:
            sys.stderr.write(f"{name} cannot be reached.\n")
            continue
        told |= {each["name"]: each for each in listed if "skip_reason" not in each}
        untold = {each["name"] for each in listed} - set(told)
        if untold:
            sys.stderr.write(f"{name} does not tell of {len(untold)} of {len(listed)} packages.\n")
        else:
            break
    flawed = [each for each in told.values() if each["vulns"]]
    for each in flawed:
        known = ", ".join(flaw["id"] for flaw in each["vulns"])
        sys.stdout.write(f"{each['name']} {each['version']}: {known}.\n")
    if not told:
        sys.stderr.write("So nothing was audited.\n")
        return UNKNOWN
    if untold:
        names = textwrap.fill(", ".join(sorted(untold)), 100)
        sys.stderr.write(f"Not audited, as nobody tells of them:\n{names}.\n")
    if not flawed:
        sys.stdout.write(f"None of the {len(told)} packages asked about has a known flaw.\n")
    return FOUND if flawed else 0


if __name__ == "__main__":
    sys.exit(main())
