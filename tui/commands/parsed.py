"""What is given to a flag, read as the setting behind it reads its text."""

from typing import Any

import click
from click.shell_completion import CompletionItem

from engine.fields import Choice, Kind
from tui.commands.completing import complete_data, starting

__all__ = ["Parsed"]


class Parsed(click.ParamType[Any]):
    """Text that a kind of setting understands."""

    def __init__(self, name: str, kind: Kind) -> None:
        self.name = name
        self.kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Parse, or fail with the kind's reason."""
        if not isinstance(value, str):
            return value
        try:
            return self.kind.parse(value)
        except ValueError as reason:
            option = param.opts[0] if param else self.name
            raise click.UsageError(f"{option} {reason}.", ctx) from None

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the names that there are."""
        if self.name == "data":
            return complete_data(ctx, param, incomplete)
        return starting(self.kind.options(), incomplete) if isinstance(self.kind, Choice) else []
