"""The two charts of a run."""

from __future__ import annotations

from rich.text import Text

from tui.snapshot import Snapshot
from tui.widgets.pane import Pane

__all__ = ["DensityChart", "LikelihoodChart"]


class LikelihoodChart(Pane, can_focus=True):
    """Log-likelihood of training and validation over the epochs."""

    BORDER_TITLE = "log-likelihood"
    tab = "train"

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Say in the border what is drawn, and name each curve in its colour."""
        if snapshot is None:
            return
        title = "gap to the best" if snapshot.log_axis else "log-likelihood"
        self.border_title = f"{title} / n" if snapshot.per_observation else title
        curves = [f"[{self.palette.train}]━ train[/]"]
        if snapshot.training.validation is not None:
            curves.append(f"[{self.palette.validation}]━ validation[/]")
        if snapshot.ghosts:
            curves.append(f"[{self.palette.ghost}]━ other branches[/]")
        self.border_subtitle = " ".join(curves)

    def render(self) -> Text:
        """Draw the chart at the pane's size."""
        if self.snapshot is None:
            return Text()
        from tui.pictures import log_likelihood  # noqa: PLC0415 - heavy: after the first paint

        return log_likelihood(self.snapshot, self.content_size, self.palette)


class DensityChart(Pane, can_focus=True):
    """Density over the histogram: the initial, the true and the present one."""

    BORDER_TITLE = "density"
    tab = "train"

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Name each curve in its colour."""
        if snapshot is None:
            return
        curves = [f"[{self.palette.initial}]━ start[/]"]
        if snapshot.training.experiment.origin is not None:
            curves.append(f"[{self.palette.true}]━ true[/]")
        curves.append(f"[{self.palette.fitted}]━ fit[/]")
        self.border_subtitle = " ".join(curves)

    def render(self) -> Text:
        """Draw the chart at the pane's size."""
        if self.snapshot is None:
            return Text()
        from tui.pictures import density  # noqa: PLC0415 - heavy: after the first paint

        return density(self.snapshot, self.content_size, self.palette)
