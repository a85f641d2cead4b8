"""Look for what breaks a reader or a fit, for as long as is asked: ``make fuzz ARGS=300``.

First the properties of the tests with very many examples, then every edge of the grid, then,
where atheris is installed, each reader for so many seconds, guided by the code it reaches.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROPERTIES = ("tests/test_parsers.py", "tests/engine/test_edges.py", "tests/engine/test_toml.py")
SECONDS = 60


def main() -> int:
    """Run all three; return 0 where nothing was found."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    sys.path.insert(0, str(ROOT))
    from tests.fuzz.grid import grid  # noqa: PLC0415 - behind the path
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415

    many = {**os.environ, "HYPOTHESIS_PROFILE": "fuzz"}
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *PROPERTIES], cwd=ROOT, env=many, check=False
    ).returncode
    found |= grid()
    if importlib.util.find_spec("atheris") is None:
        sys.stderr.write("atheris is not installed, so the properties alone were fuzzed.\n")
        return found
    for name in TARGETS:
        sys.stdout.write(f"Fuzzing {name} for {seconds} seconds.\n")
        sys.stdout.flush()
        found |= guided(name, seconds)
    return int(found != 0)


def guided(name: str, seconds: int) -> int:
    """Fuzz a reader; what breaks it is kept in the folder ``build/fuzz``."""
    kept = ROOT / "build" / "fuzz"
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        flags = [f"-max_total_time={seconds}", "-rss_limit_mb=2048", "-timeout=20"]
        flags += [f"-artifact_prefix={kept}/{name}-", "-print_final_stats=0", "-verbosity=0"]
        done = subprocess.run(
            [sys.executable, HERE / "guided.py", name, *flags, corpus], cwd=ROOT, check=False
        )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
