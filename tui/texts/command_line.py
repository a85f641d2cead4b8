"""Command lines that reproduce what is shown, to be pasted into a shell."""

import re
import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import click

from engine.experiments.assumptions import assumed
from engine.experiments.experiment import Experiment
from engine.experiments.provenance import READ_AS

__all__ = ["fit_line", "run_line", "typed_line"]

PROGRAM = "mle-tui"


def run_line(experiment: Experiment, told_otherwise: Collection[str] = ()) -> str:
    """Run an experiment: a flag for every field that is not assumed anyway.

    Fields of which a configuration tells otherwise have theirs too.
    """
    wanted, article = experiment.to_mapping(), Experiment().to_mapping()
    plain = {name: v for name, v in wanted.items() if not isinstance(v, Mapping)}
    told = {name: v for name, v in plain.items() if v != article[name]}
    base = {**article, **assumed(told)}
    words = [PROGRAM, "run"]
    for name, value in wanted.items():
        if value != base[name] or name in told_otherwise:
            words += _flag(name, _laid_over(base[name], value))
    return _line(words)


def _laid_over(base: Any, value: Any) -> Any:
    """Pairs of a table that another does not have; an empty one first where it must be cleared."""
    if not isinstance(value, Mapping):
        return value
    if base.keys() - value.keys():
        return ["", *({name: number} for name, number in value.items())]
    return [{n: number} for n, number in value.items() if base.get(n) != number]


def fit_line(experiment: Experiment, *more: str) -> str:
    """Fit an experiment's family to its file, with more flags; empty for a sample drawn."""
    if not experiment.data:
        return ""
    wanted, usual = experiment.to_mapping(), Experiment().to_mapping()
    words = [PROGRAM, "fit", _place(experiment.data)]
    for name in ("family", *READ_AS):
        asked = name in ("family", experiment.distribution.known)
        if asked or wanted[name] != usual[name]:
            words += _flag(name, wanted[name])
    words += _flag("fix", [{name: value} for name, value in experiment.fixed.items()])
    return _line([*words, *more])


def typed_line(ctx: click.Context, *, without: Sequence[str]) -> str:
    """Repeat a command as it was called, without some of its options."""
    words = [PROGRAM, ctx.command.name or ""]
    for param in ctx.command.params:
        name = param.name or ""
        if name not in ctx.params:
            continue  # it is about the terminal, not about what is computed
        value = ctx.params[name]
        if isinstance(param, click.Argument):
            words.append(_place(value))
        elif name not in without and value != param.get_default(ctx) and value not in (None, ()):
            option = param.opts[0].lstrip("-")
            words += [f"--{option}"] if value is True else _flag(option, value)
    return _line(words)


def _flag(name: str, value: Any) -> Iterator[str]:
    """A flag and its value, or one for each of several."""
    for each in value if isinstance(value, list | tuple) else [value]:
        yield f"--{name.replace('_', '-')}"
        yield _text(each)


def _text(value: Any) -> str:
    """A value as its flag is typed."""
    if isinstance(value, Mapping):
        return ",".join(f"{name}={_text(number)}" for name, number in value.items())
    return repr(value) if isinstance(value, float) else str(value)


def _place(name: str) -> str:
    """The name of a file that is not taken for an option."""
    return f"./{name}" if name.startswith("-") and name != "-" else name


def _line(words: Sequence[str]) -> str:
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    """Quote a word for the shell, one that is not printable with escapes (POSIX 2024, 2.2.4)."""
    if word.isprintable():
        return shlex.quote(word)
    parts = re.split(r"([ -&(-\[\]-~]+)", word)
    escaped = (
        part
        if i % 2
        else "".join(f"\\x{byte:02x}" for byte in part.encode("utf-8", "surrogateescape"))
        for i, part in enumerate(parts)
    )
    return f"$'{''.join(escaped)}'"
