"""A histogram of a sample in which the place of one observation is lit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tui.widgets.pane import Drawing

if TYPE_CHECKING:
    from engine.samples.sample import Sample
    from tui.pictures.histogram import Bars

__all__ = ["LitHistogram"]


class LitHistogram(Drawing):
    """Bars over an axis; ``light`` moves the place."""

    _sample: tuple[Sample, bool] | None = None
    _bars: Bars | None = None
    _lit: tuple[float, float] | None = None

    def show(self, sample: Sample, *, whole: bool) -> None:
        """Show another sample; ``whole`` where its values are counts."""
        self._sample, self._bars = (sample, whole), None
        self.redraw()

    def light(self, low: float, high: float) -> None:
        """Light what lies between two values, which may be one or infinite."""
        self._lit = low, high
        self.redraw()

    def picture(self) -> Text:
        """Draw the bars that fit, which are counted once for a width."""
        from tui.pictures.histogram import bars, histogram  # noqa: PLC0415 - after the first paint

        size = self.content_size
        if self._sample is None or size.width < 1:
            return Text()
        if self._bars is None or len(self._bars.heights) != size.width:
            sample, whole = self._sample
            self._bars = bars(sample, size.width, whole=whole)
        return histogram(self._bars, self._lit, (size.width, size.height), self.palette)
