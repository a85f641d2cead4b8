"""Flags that give numbers to names: each name once."""

from collections.abc import Sequence

import click

from engine.quoting import quoted

__all__ = ["named_once"]


def named_once(
    ctx: click.Context, param: click.Parameter, pairs: Sequence[dict[str, float]]
) -> Sequence[dict[str, float]]:
    """Return what a repeatable flag was given; UsageError where it names something twice."""
    names = [name for each in pairs for name in each]
    for i, name in enumerate(names):
        if name in names[:i]:
            raise click.UsageError(f"{param.opts[0]} names {quoted(name)} twice.", ctx)
    return pairs
