"""What the project asks for is bounded on both sides, and what it needs is in its packages."""

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = DECLARED["project"]
ASKED = [
    *DECLARED["build-system"]["requires"],
    *PROJECT["dependencies"],
    *(each for extra in PROJECT["optional-dependencies"].values() for each in extra),
]


@pytest.mark.parametrize("requirement", sorted(set(ASKED)))
def test_every_dependency_is_bounded(requirement):
    assert re.fullmatch(r"[\w.-]+(\[\w+\])?>=[\d.]+,<[\d.]+", requirement)


def test_one_package_is_asked_for_alike_everywhere():
    bounds = {}
    assert ASKED
    for requirement in ASKED:
        name, bound = re.match(r"([\w.-]+)(.*)", requirement).groups()
        assert bounds.setdefault(name, bound) == bound


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("engine", "py.typed"),
        ("tui", "py.typed"),
        ("tui", "app.tcss"),
        ("tui", "behind.tcss"),
        ("engine.presets", "article.toml"),
        ("engine.datasets", "index.toml"),
    ],
)
def test_what_is_read_at_run_time_lies_in_a_package(package, name):
    assert resources.files(package).joinpath(name).is_file()
