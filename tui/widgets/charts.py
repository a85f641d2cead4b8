"""The two charts of a run."""

from __future__ import annotations

from rich.text import Text

from tui.pictures.strokes import BARS, DASHED, DOTTED, SOLID
from tui.snapshot import Snapshot
from tui.widgets.pane import Picture

__all__ = ["DensityChart", "LikelihoodChart"]


def legend(names: list[tuple[str, str, str]], width: int) -> str:
    """Name each curve beside its stroke in its colour, shortened where there is little room.

    The colour of bars is too pale for a name.
    """
    wide = sum(len(name) + 3 for name, *_ in names) <= width - 6
    told = []
    for name, stroke, color in names:
        mark, shown = f"[{color}]{stroke}", name if wide else name[:5]
        told.append(f"{mark}[/] {shown}" if stroke == BARS else f"{mark} {shown}[/]")
    return " ".join(told)


class LikelihoodChart(Picture, can_focus=True):
    """Log-likelihood of training and validation over the epochs."""

    BORDER_TITLE = "log-likelihood"
    tab = "train"
    at_once = ("log_axis", "per_observation", "branch")

    def tell(self, snapshot: Snapshot) -> None:
        """Say in the border what is drawn, and name each curve in its colour."""
        title = "gap to the best" if snapshot.log_axis else "log-likelihood"
        title += " / n" if snapshot.per_observation else ""
        names = [("train", SOLID, self.palette.train)]
        if snapshot.training.validation is not None:
            names.append(("validation", DASHED, self.palette.validation))
        if snapshot.ghosts:
            names.append(("ghosts", DOTTED, self.palette.ghost))
        self.caption(title, legend(names, self.size.width))

    def picture(self) -> Text:
        """Draw the chart at the pane's size."""
        if self.snapshot is None:
            return Text()
        from tui.pictures.run import log_likelihood  # noqa: PLC0415 - heavy: after the first paint

        return log_likelihood(self.snapshot, self.content_size, self.palette)


class DensityChart(Picture, can_focus=True):
    """Density over the histogram: the initial, the true and the present one."""

    BORDER_TITLE = "density"
    tab = "train"

    def tell(self, snapshot: Snapshot) -> None:
        """Name each curve in its colour."""
        names = [("start", DOTTED, self.palette.initial)]
        if snapshot.training.experiment.origin is not None:
            names.append(("true", DASHED, self.palette.true))
        names.append(("fit", SOLID, self.palette.fitted))
        self.caption(subtitle=legend(names, self.size.width))

    def picture(self) -> Text:
        """Draw the chart at the pane's size."""
        if self.snapshot is None:
            return Text()
        from tui.pictures.run import density  # noqa: PLC0415 - heavy: after the first paint

        return density(self.snapshot, self.content_size, self.palette)
