"""The lens: the same fit in the conventions of textbooks, R, SciPy and Stan, with its code."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from rich import box
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tui.keys.in_use import keyed
from tui.keys.screen_keys import screen_bindings
from tui.screens.look import Look
from tui.texts import format as write

if TYPE_CHECKING:
    from engine.conventions import Spelled, Told
    from engine.fits.fitting import Fit

__all__ = ["LensScreen"]

KEYS = (
    "{lens-previous} {lens-next} convention · {lens-up} {lens-down} scroll "
    "· {lens-copy} copies and saves the code · esc leaves"
)
LEXERS = {"r": "r", "scipy": "python", "stan": "stan", "textbook": "text"}


class LensScreen(Look[None]):
    """A table of the parameters over the code; ``keep`` takes the code and a file's ending."""

    keys_place: ClassVar[str] = "lens"
    BINDINGS: ClassVar[list[BindingType]] = screen_bindings("lens")

    DEFAULT_CSS = """
    LensScreen {
        #which { height: 1; }
        #parameters { height: auto; max-height: 60%; margin: 1 0 0 0; }
        #code { height: 1fr; border-top: solid $primary-darken-1; scrollbar-size: 1 1; }
    }
    LensScreen.-low #parameters { margin: 0; }
    """

    fitted: Fit | None = None
    shown: Told | None = None
    convention = "textbook"

    def __init__(
        self, asking: Callable[[], Awaitable[Fit]], keep: Callable[[str, str], None]
    ) -> None:
        super().__init__(asking)
        self.keep = keep

    def compose(self) -> ComposeResult:
        """Lay the conventions' names over the table and the code."""
        with Vertical(id="look") as box:
            box.border_title = "lens"
            box.border_subtitle = keyed(self.app, KEYS)
            yield Static(id="which")
            yield Static(id="parameters")
            yield Static(id="told")
            with VerticalScroll(id="code", can_focus=False):
                yield Static(id="text")

    async def open(self, fitted: Fit) -> None:
        """Show the fit in the first convention."""
        self.fitted = fitted
        self.query_one("#look").border_title = f"lens on {fitted.likelihood.family.name}"
        self.look()

    def look(self) -> None:
        """Show the fit in the convention of the moment."""
        from engine.conventions import CONVENTIONS, told  # noqa: PLC0415 - after the first paint

        if self.fitted is None:
            return
        self.shown = told(self.fitted, self.convention)
        names = Text(no_wrap=True)
        for key, name in CONVENTIONS.items():
            here = key == self.convention
            names.append(f"▸ {name} " if here else f"  {name} ", "bold reverse" if here else "")
        self.query_one("#which", Static).update(names)
        table = self.query_one("#parameters", Static)
        table.update(self.table(self.shown.parameters))
        table.display = bool(self.shown.parameters)
        self.say_here(" ".join(filter(None, (self.shown.note, self.warning()))))
        self.query_one("#text", Static).update(
            Syntax(
                self.shown.code.rstrip("\n"),
                LEXERS[self.convention],
                theme="ansi_dark" if self.app.current_theme.dark else "ansi_light",
                background_color="default",
                word_wrap=True,
            )
        )
        self.query_one("#code", VerticalScroll).scroll_home(animate=False)

    def warning(self) -> str:
        """The verdict, where the fit is no maximum."""
        assert self.fitted is not None  # noqa: S101 - it is shown
        return "" if self.fitted.converged else self.fitted.verdict

    def table(self, parameters: tuple[Spelled, ...]) -> Table:
        """Name, formula in the family's symbols, value and standard error."""
        assert self.fitted is not None  # noqa: S101 - it is shown
        symbols = {p.name: p.symbol for p in self.fitted.likelihood.family.parameters()}
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
        for head, side in (
            ("parameter", "left"),
            ("symbol", "left"),
            ("value", "right"),
            ("standard error", "right"),
        ):
            table.add_column(head, justify=side, no_wrap=True, overflow="ellipsis")  # type: ignore[arg-type]
        for each in parameters:
            told = re.sub(r"\w+", lambda m: symbols.get(m[0], m[0]), each.formula)
            error = each.standard_error
            beside = "fixed" if each.fixed else write.parameter(error)
            value = write.parameter(each.value, error=error)
            table.add_row(*map(Text, (each.name, told, value, beside)))
        return table

    def action_turn(self, change: int) -> None:
        """Take the next convention, or the one before."""
        from engine.conventions import CONVENTIONS  # noqa: PLC0415 - after the first paint

        names = list(CONVENTIONS)
        self.convention = names[(names.index(self.convention) + change) % len(names)]
        self.look()

    def action_copy(self) -> None:
        """Put the code on the clipboard, and in a file for terminals that have none."""
        if self.shown is not None and self.shown.code:
            self.keep(self.shown.code, self.shown.suffix)

    def action_scroll(self, lines: int) -> None:
        """Scroll the code."""
        self.query_one("#code", VerticalScroll).scroll_relative(y=lines, animate=False)
