"""TOML: the standard library reads it, and for scalars and tables of them this writes it."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

__all__ = ["dumps", "loads"]

Value = str | int | float
PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
DEEP = re.compile(rf"(?<![\w.-])(?:{PART}[ \t]*+\.[ \t]*+){{200}}")
"""A name of so many parts; one of thousands would take minutes to read."""


def loads(text: str) -> dict[str, Any]:
    """Read a document; ValueError in words where it is none, at whatever depth or length."""
    if any(DEEP.search(line) for line in text.splitlines() if line[:1] != "#"):
        raise ValueError("it is nested too deeply")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:
        raise ValueError("a number in it has too many digits") from None


def dumps(values: Mapping[str, Value | Mapping[str, Value] | None]) -> str:
    """Write scalars, and tables of scalars behind them; ``tomllib`` reads the same back.

    None is left out, for TOML has no word for it.
    """
    scalars = {k: v for k, v in values.items() if v is not None and not isinstance(v, Mapping)}
    lines = [f"{_key(key)} = {_scalar(value)}" for key, value in scalars.items()]
    for name, table in values.items():
        if isinstance(table, Mapping):
            lines += ["", f"[{_key(name)}]"]
            lines += [f"{_key(key)} = {_scalar(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else _scalar(name)


def _scalar(value: Value) -> str:
    """Write JSON's strings and Python's numbers, which are TOML's, with no character hidden."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        valid = value.encode("utf-8", "replace").decode()
        return "".join(map(_printable, json.dumps(valid, ensure_ascii=False)))
    return repr(value)


def _printable(character: str) -> str:
    return character if character.isprintable() else f"\\U{ord(character):08x}"
