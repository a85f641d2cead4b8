"""Hypothesis draws the same examples every time; HYPOTHESIS_PROFILE=explore draws new ones.

With HYPOTHESIS_PROFILE=fuzz it draws very many. No test reads or writes what the user who runs
it has set or kept.
"""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("tests", deadline=None, derandomize=True, max_examples=30)
settings.register_profile("explore", deadline=None)
settings.register_profile("fuzz", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "tests"))


def pytest_xdist_auto_num_workers() -> int:
    """Keep two workers for every core: a lab waits for a third of its time."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_finish() -> None:
    """Keep the collector from going through ten thousand tests whenever it looks for rubbish."""
    gc.freeze()


PLACES = ("CONFIG", "STATE", "DATA", "CACHE")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the tests a home of their own, in which nothing is set."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("MLE_TUI_")]:
            patch.delenv(name)
        patch.setenv("HOME", str(folder))
        for place in PLACES:
            patch.setenv(f"XDG_{place}_HOME", str(folder / place.lower()))
        patch.setenv("MLE_TUI_CONFIG", str(folder / "config.toml"))
        patch.setenv("MLE_TUI_PROJECT", str(folder / "project.toml"))
        yield folder
