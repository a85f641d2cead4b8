"""Nothing that is read can run: no code is made of text, no object unpickled, no shell asked."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for package in ("engine", "tui") for path in (ROOT / package).rglob("*.py"))
RUNS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
"""Built-in functions that make code of text, or stop to be told."""
MODULES = {
    "code",
    "codeop",
    "commands",
    "ctypes",
    "dill",
    "joblib",
    "marshal",
    "pickle",
    "pty",
    "runpy",
    "shelve",
    "subprocess",
    "xml.dom",
    "xml.sax",
    "yaml",
}
"""Modules that run something else, or bring objects to life."""
CALLS = {
    ("os", "system"),
    ("os", "popen"),
    ("os", "execv"),
    ("os", "execvp"),
    ("os", "spawnv"),
    ("os", "startfile"),
    ("np", "load"),
    ("np", "loadtxt"),
    ("np", "genfromtxt"),
    ("np", "fromfile"),
    ("asyncio", "create_subprocess_exec"),
    ("asyncio", "create_subprocess_shell"),
}
"""Functions that do so, or that open addresses and unpack archives of themselves."""


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def forbidden(tree):
    for line, name in imported(tree):
        if name in MODULES or name.partition(".")[0] in MODULES:
            yield line, name
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in RUNS:
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if (node.value.id, node.attr) in CALLS:
                yield node.lineno, f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.keyword) and node.arg in {"shell", "allow_pickle"}:
            yield node.value.lineno, node.arg


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_runs_what_it_reads(path):
    assert list(forbidden(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        "eval('1')",
        "import pickle",
        "from subprocess import run",
        "os.system('ls')",
        "run('ls', shell=True)",
        "np.load('x', allow_pickle=True)",
        "__import__('os')",
    ],
)
def test_what_is_forbidden_is_found(code):
    assert list(forbidden(ast.parse(code)))
