"""Build what is published, look whether it holds what it needs and no more, and try it out.

``make package`` runs it. The wheel is built from the source archive, and installed in an
environment of its own.
"""

import json
import os
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("engine", "tui")
SOURCE = (*PACKAGES, "tests", "screenshots")
BESIDE = {"CHANGELOG.md", "LICENSE", "Makefile", "README.md", "pyproject.toml", "PKG-INFO"}
BESIDE |= {".gitignore", "CONTRIBUTING.md"}
OF_THE_SOURCE = ("tests/test_documents.py", "tests/test_packaging.py", "tests/test_architecture.py")
"""Tests of what lies beside each other, which have to pass in the source archive too."""
NEEDED = ("engine/presets/article.toml", "engine/datasets/index.toml")
NEEDED += ("tui/app.tcss", "tui/behind.tcss")
NEEDED += ("engine/datasets/ball-bearings.csv", "engine/py.typed", "tui/py.typed")


def tracked(folders: tuple[str, ...]) -> set[str]:
    """Files of these folders that belong to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--", *folders],  # noqa: S607 - whichever git there is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(listed.stdout.splitlines())


def difference(found: set[str], wanted: set[str]) -> list[str]:
    """Say what is missing and what is too much."""
    missing = [f"{name} is missing" for name in sorted(wanted - found)]
    return missing + [f"{name} does not belong there" for name in sorted(found - wanted)]


def wheel_faults(path: Path) -> list[str]:
    """Compare a wheel with the two packages."""
    names = set(zipfile.ZipFile(path).namelist())
    about = {name for name in names if name.split("/")[0].endswith(".dist-info")}
    told = {name.split("/", 1)[1] for name in about}
    about_faults = difference(
        told, {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
    )
    lacking = [f"{name} is not among the files" for name in NEEDED if name not in names]
    return difference(names - about, tracked(PACKAGES)) + about_faults + lacking


def source_faults(path: Path) -> list[str]:
    """Compare a source archive with the packages, their tests, and what is beside them."""
    with tarfile.open(path) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    return difference(names, tracked(SOURCE) | BESIDE)


def unpacked(path: Path, folder: Path) -> list[str]:
    """Unpack a source archive where nothing else is, and run tests of its files."""
    with tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
    (root,) = folder.iterdir()
    command = [sys.executable, "-m", "pytest", "-q", *OF_THE_SOURCE]
    surroundings = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=surroundings, check=False)
    return ["tests of the source archive fail"] if done.returncode else []


def tried(wheel: Path, folder: Path) -> list[str]:
    """Install a wheel where nothing else is, and use it."""
    venv.create(folder / "venv", with_pip=True)
    scripts = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    quietly = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([scripts / "python", *quietly, wheel], check=True, cwd=folder)

    def ran(*arguments: str) -> str:
        done = subprocess.run(
            [scripts / "mle-tui", *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    faults = []
    if wheel.name.split("-")[1] not in ran("--version"):
        faults.append("--version tells another version than the wheel's name")
    told = json.loads(ran("fit", "ball-bearings", "--family", "weibull", "--json"))
    if not told["converged"] or round(told["estimates"]["shape"]["value"], 4) != 2.1021:
        faults.append("the fit of the ball bearings is another one")
    checked = json.loads(ran("doctor", "--json"))
    if not checked["self_test"] or not all(each["agrees"] for each in checked["self_test"]):
        faults.append("the self-test of mle-tui doctor does not agree")
    if "0.01536817" not in ran():
        faults.append("the article's run has other digits")
    if "article" not in ran("list", "presets"):
        faults.append("the presets are not listed")
    return faults


def main() -> int:
    """Build into ``dist``, check both, and return 0 where all is well."""
    place = ROOT / "dist"
    for old in place.glob("mle_tui-*"):
        old.unlink()
    subprocess.run([sys.executable, "-m", "build", "--outdir", place, ROOT], check=True)
    (wheel,), (source,) = place.glob("*.whl"), place.glob("*.tar.gz")
    faults = wheel_faults(wheel) + source_faults(source)
    with tempfile.TemporaryDirectory() as folder:
        faults += tried(wheel, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        faults += unpacked(source, Path(folder))
    for fault in faults:
        sys.stderr.write(f"{fault}.\n")
    if not faults:
        sys.stdout.write(f"{wheel.name} and {source.name} hold what they need, and run.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
