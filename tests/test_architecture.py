"""The engine stands alone, every module says what it is for and offers, and files stay short."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import engine

ROOT = Path(__file__).parent.parent
MODULES = ["engine", *(m.name for m in pkgutil.walk_packages(engine.__path__, "engine."))]
SOURCES = sorted(path for package in ("engine", "tui") for path in (ROOT / package).rglob("*.py"))
SCREEN = ["textual", "rich", "plotext", "click", "tui"]
SLOW = ["scipy.stats", "scipy.optimize"]
LONGEST = 250


def order(name):
    """Constants first, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def loaded_after(statement):
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stderr == ""
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def loaded():
    return loaded_after("import " + ", ".join(MODULES))


@pytest.mark.parametrize("name", SCREEN + SLOW)
def test_importing_the_engine_loads_no_screen_and_nothing_slow(loaded, name):
    assert "engine.runs.training" in loaded
    assert name not in loaded


def test_a_run_and_its_report_load_no_screen_and_nothing_slow():
    run = "from engine import *\nfrom engine.reports.report import report\n"
    run += "t = Training(Experiment(n=100)); b = Tape(2)\n"
    run += "for block in t.blocks(): b.append(block)\nreport(t, b)"
    assert not loaded_after(run) & set(SCREEN + SLOW)


def test_reading_the_configuration_loads_neither_the_numbers_nor_the_screen():
    loaded = loaded_after("from tui.configuration.config import read_config; read_config()")
    assert not loaded & {"numpy", "scipy", *SCREEN[:-1]}


def test_a_name_that_the_engine_does_not_offer_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = engine.nothing


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_is_for(name):
    text = importlib.import_module(name).__doc__
    assert text
    assert text.splitlines()[0].endswith((".", ":"))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_offers_what_it_lists_in_order(name):
    module = importlib.import_module(name)
    assert module.__all__ == sorted(set(module.__all__), key=order)
    assert [offered for offered in module.__all__ if not hasattr(module, offered)] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_lists_its_public_classes_and_functions(name):
    module = importlib.import_module(name)
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    public = {n.name for n in tree.body if isinstance(n, kinds) and not n.name.startswith("_")}
    assert public <= set(module.__all__)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_long(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("package", ["engine", "tui"])
def test_packages_are_typed(package):
    assert (ROOT / package / "py.typed").is_file()


def test_nothing_heavy_is_imported_before_the_first_paint():
    loaded = loaded_after(
        "import tui.__main__, tui.configuration.config, tui.terminal.journal, tui.app"
    )
    heavy = {"numpy", "scipy", "plotext", "click", "engine.experiments.experiment"}
    assert not loaded & (heavy | {"textual.widgets._data_table"})
