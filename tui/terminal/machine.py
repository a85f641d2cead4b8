"""What the program runs on: versions, terminal, colours, locale, and where it keeps things."""

import locale
import os
import platform
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

from rich.console import Console

from engine.quoting import harmless
from tui.configuration.places import config_file, data_folder, log_file, project_file, state_folder
from tui.terminal.journal import versions

__all__ = ["Facts", "machine"]

Facts = dict[str, dict[str, str]]
"""Sections of names and values."""

DRAWN = "⣿█━…"
"""Characters that the charts and tables are drawn with."""


def machine() -> Facts:
    """Gather everything, section by section."""
    return {
        "versions": {**versions(), **_others(), "system": platform.platform()},
        "terminal": _terminal(),
        "colours": _colours(),
        "locale": _locale(),
        "paths": _paths(),
    }


def _others() -> dict[str, str]:
    return {name: version(name) for name in ("click", "platformdirs")}


def _terminal() -> dict[str, str]:
    size = shutil.get_terminal_size()
    streams = {"input": sys.stdin, "output": sys.stdout, "errors": sys.stderr}
    ttys = (name for name, stream in streams.items() if stream is not None and stream.isatty())
    return {
        "TERM": _variable("TERM"),
        "program": _variable("TERM_PROGRAM"),
        "size": f"{size.columns}x{size.lines}",
        "is a terminal": ", ".join(ttys) or "none of input, output, errors",
        "multiplexer": _first_set({"TMUX": "tmux", "STY": "screen", "ZELLIJ": "zellij"}) or "none",
        "over ssh": "yes" if _first_set({"SSH_CONNECTION": "yes", "SSH_TTY": "yes"}) else "no",
    }


def _colours() -> dict[str, str]:
    found = Console().color_system
    told = {"truecolor": "16 million", "256": "256", "standard": "16", "windows": "16"}
    return {
        "here": told.get(found or "", "none"),
        "COLORTERM": _variable("COLORTERM"),
        "NO_COLOR": _variable("NO_COLOR"),
    }


def _locale() -> dict[str, str]:
    named = next((n for n in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(n)), "")
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        DRAWN.encode(encoding)
        drawn = f"{DRAWN} can be written"
    except (LookupError, UnicodeEncodeError):
        drawn = "braille and lines cannot be written: --ascii"
    return {
        "locale": f"{_variable(named)}, from {named}" if named else "not set",
        "encoding": locale.getpreferredencoding(do_setlocale=False),
        "of the output": encoding,
        "charts": drawn,
    }


def _paths() -> dict[str, str]:
    places = {
        "configuration": config_file(),
        "of the project": project_file(),
        "state": state_folder(),
        "log": log_file(),
        "data": data_folder(),
    }
    return {name: f"{harmless(place)}{_condition(place)}" for name, place in places.items()}


def _condition(place: Path) -> str:
    """Say what there is at a place."""
    if os.path.lexists(place):
        return "" if os.access(place, os.R_OK) else " (cannot be read)"
    return " (not there)"


def _variable(name: str) -> str:
    """Return a variable of the environment, fit to be shown."""
    told = os.environ.get(name)
    return "not set" if told is None else harmless(told) or "empty"


def _first_set(names: dict[str, str]) -> str:
    return next((told for name, told in names.items() if os.environ.get(name)), "")
