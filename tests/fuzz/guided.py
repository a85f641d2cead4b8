"""Fuzz one reader, guided by what of the engine its inputs reach: ``guided.py TARGET [FLAGS]``."""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))
with atheris.instrument_imports(include=["engine"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Begin with the seeds of the target, and hand libFuzzer's flags on."""
    name, *flags = sys.argv[1:]
    atheris.Setup([sys.argv[0], *flags], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
