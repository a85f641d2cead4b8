"""The doctor: what a fit is worth, what was found about it, and what a key does about that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.keys.screen_keys import screen_bindings
from tui.screens.look import Look

if TYPE_CHECKING:
    from engine.comparisons.remedy import Remedy
    from engine.fits.diagnosis import Diagnosis
    from engine.fits.fitting import Fit

__all__ = ["DoctorScreen", "Run"]

LEAVE = "esc leaves"
KEYS = "↑ ↓ or a digit chooses · enter applies it to the lab · esc leaves"

Run = Callable[["Fit"], "Sequence[tuple[Diagnosis, tuple[Remedy, ...]]]"]
"""Gives the diagnoses of the lab's run on the fit's sample, with their fixes."""


class DoctorScreen(Look["Remedy | None"]):
    """The verdict with its evidence, the diagnoses with their fixes, and what the chosen one does.

    Gives the fix that is to be applied to the lab.
    """

    keys_place: ClassVar[str] = "doctor"
    BINDINGS: ClassVar[list[BindingType]] = [
        *screen_bindings("doctor"),
        *(Binding(str(digit), f"choose({digit})", f"choose {digit}") for digit in range(1, 10)),
    ]

    DEFAULT_CSS = """
    DoctorScreen {
        #evidence { height: auto; max-height: 50%; }
        OptionList { height: auto; max-height: 50%; margin: 1 0 0 0; }
        OptionList, OptionList:focus { padding: 0; border: none; background: $surface; }
        #change { height: 1fr; min-height: 4; border-top: solid $primary-darken-1; }
        #change { scrollbar-size: 1 1; }
    }
    DoctorScreen.-low OptionList, DoctorScreen.-fits OptionList { margin: 0; }
    """

    def __init__(
        self, asking: Callable[[], Awaitable[Fit]], run: Run, place: Sequence[float] | None
    ) -> None:
        super().__init__(asking)
        self.run_diagnoses = run
        self.place = place
        self.fitted: Fit | None = None
        self.remedies: list[Remedy | None] = []
        self.fits: dict[int, Fit | str] = {}
        """The fit after each fix that was looked at, or why there is none."""

    def compose(self) -> ComposeResult:
        """Lay the verdict over the diagnoses and what the chosen fix does."""
        with Vertical(id="look") as box:
            box.border_title = "doctor"
            box.border_subtitle = KEYS
            yield Static(id="evidence")
            yield OptionList()
            yield Static(id="told")
            with VerticalScroll(id="change", can_focus=False):
                yield Static(id="sides")

    async def open(self, fitted: Fit) -> None:
        """Show the verdict, the diagnoses and their fixes."""
        from engine.comparisons.remedy import remedies  # noqa: PLC0415
        from engine.fits.diagnosis import diagnoses  # noqa: PLC0415 - heavy: after the first paint
        from tui.texts.before_after import evidence  # noqa: PLC0415

        def examine() -> tuple[Text, list[tuple[Diagnosis, tuple[Remedy, ...]]]]:
            """Gather evidence, diagnoses and fixes."""
            found = [(each, remedies(fitted, each)) for each in diagnoses(fitted)]
            return evidence(fitted, self.place), [*found, *self.run_diagnoses(fitted)]

        told, found = await self.beside(examine)
        self.fitted = fitted
        family = fitted.likelihood.family.name
        self.query_one("#look").border_title = f"doctor: the fit of {family}"
        self.query_one("#evidence", Static).update(told)
        options = self.query_one(OptionList)
        for diagnosis, fixes in found:
            for place, fix in enumerate(fixes or (None,)):
                self.remedies.append(fix)
                options.add_option(Option(self.prompt(diagnosis, fix, first=place == 0)))
        if self.remedies:
            options.highlighted = 0
            options.focus()
        else:
            options.display = False
            self.query_one("#look").border_subtitle = LEAVE
            self.say_here("No diagnosis: there is nothing to mend.")
            self.show()

    def prompt(self, diagnosis: Diagnosis, fix: Remedy | None, *, first: bool) -> Content:
        """Write a diagnosis once, with what to do about it, and each of its fixes."""
        number = len(self.remedies)
        head = f"{diagnosis.name}: {diagnosis.finding} {diagnosis.advice}\n" if first else ""
        told = fix.action if fix else "no key mends this"
        return Content.assemble((head, "dim"), f"{number}  ", (told, "bold" if fix else "italic"))

    @on(OptionList.OptionHighlighted)
    def look(self) -> None:
        """Show what the fix does, once it is known."""
        self.show()
        self.try_it(self.query_one(OptionList).highlighted or 0)

    @work(group="try", exclusive=True)
    async def try_it(self, index: int) -> None:
        """Fit as a fix says, beside the event loop."""
        from engine.fits.fitting import NoFit  # noqa: PLC0415 - heavy: after the first paint

        remedy = self.remedies[index]
        if remedy is None or index in self.fits:
            return
        try:
            self.fits[index] = await self.beside(remedy.fit)
        except NoFit as reason:
            self.fits[index] = f"With this there is no maximum: {reason}."
        self.show()

    def show(self) -> None:
        """Show the fit before, and beside it the one after the chosen fix."""
        from tui.texts.before_after import before_after  # noqa: PLC0415 - after the first paint

        assert self.fitted is not None  # noqa: S101 - shown only once it is there
        index = self.query_one(OptionList).highlighted
        remedy = None if index is None else self.remedies[index]
        after = None if index is None else self.fits.get(index)
        sides = self.query_one("#sides", Static)
        if isinstance(after, str):
            self.say_here(after)
            after = None
        elif remedy is not None:
            self.say_here(self.told(remedy, after))
        elif index is not None:
            self.say_here("")
        sides.update(before_after(self.fitted, after))

    def told(self, remedy: Remedy, after: Fit | None) -> str:
        """The verdict after a fix, and why its log-likelihood cannot be compared."""
        if after is None:
            return "Fitting …"
        apart = f"Do not compare log-likelihoods: {remedy.apart}." if remedy.apart else ""
        return " ".join(filter(None, (f"After: {after.verdict}", apart)))

    def action_choose(self, digit: int) -> None:
        """Stand on a fix by its number."""
        if digit <= len(self.remedies):
            self.query_one(OptionList).highlighted = digit - 1

    @on(OptionList.OptionSelected)
    def take(self) -> None:
        """Give the chosen fix, unless nothing can be done with it."""
        index = self.query_one(OptionList).highlighted or 0
        remedy = self.remedies[index]
        if remedy is not None and not isinstance(self.fits.get(index), str):
            self.dismiss(remedy)
