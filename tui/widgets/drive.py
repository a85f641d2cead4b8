"""The parameters in one line, to be moved by hand, held and freed."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive

from tui.keys.keymap import bindings
from tui.texts import format as write
from tui.widgets.pane import Picture

__all__ = ["DriveBar"]


class DriveBar(Picture, can_focus=True):
    """Each parameter's value, the chosen one marked, the held ones under lock; the likelihood."""

    place = "drive"
    BINDINGS = bindings("drive")

    chosen: reactive[int] = reactive(0)

    def toggle(self) -> None:
        """Come with the focus, or go and give it back."""
        self.display = not self.display
        self.screen.set_focus(self if self.display else None)

    def choose(self, change: int) -> None:
        """Choose the parameter so many further, around the ends."""
        if self.snapshot is not None:
            self.chosen = (self.chosen + change) % len(self.snapshot.training.start)

    def picture(self) -> Text:
        """Write the parameters from the chosen one's place on, as many as there is room for."""
        if self.snapshot is None:
            return Text()
        snapshot, palette = self.snapshot, self.palette
        step, fixed = snapshot.tape[snapshot.at], snapshot.training.experiment.fixed
        parameters = snapshot.training.family.parameters()
        chosen = min(self.chosen, len(parameters) - 1)
        parts = [Text(f" log-likelihood {write.likelihood(step.train)} ", palette.train)]
        for i, (parameter, value) in enumerate(zip(parameters, step.parameters, strict=True)):
            lock = "▪" if parameter.name in fixed else "◦"
            told = f" {lock} {parameter.symbol} {write.parameter(value, 5)} "
            parts.append(Text(told, "reverse bold" if i == chosen else ""))
        while sum(part.cell_len for part in parts) > self.size.width and chosen > 0:
            del parts[1]
            chosen -= 1
        return Text.assemble(*parts, no_wrap=True, overflow="ellipsis", end="")
