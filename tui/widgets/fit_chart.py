"""The chart of the fit's tab."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rich.text import Text
from textual.reactive import reactive

from tui.fit_view import FitView
from tui.keys.in_use import keyed
from tui.keys.keymap import bindings
from tui.pictures.strokes import BARS, DASHED, DOTTED, SOLID
from tui.texts.format import percent
from tui.widgets.charts import legend
from tui.widgets.guarded import guarding
from tui.widgets.pane import Drawing

if TYPE_CHECKING:
    from tui.analysis import Analysis

__all__ = ["FitChart"]

TITLES = {
    "density": "density over histogram",
    "cdf": "cdf",
    "qq": "QQ plot",
    "pp": "PP plot",
    "profile": "profile",
    "ellipse": "covariance",
}
NEXT = "· {fit-chart} next chart"
TALL = 14
"""Rows of a chart from which what is told below it may take three."""


class FitChart(Drawing, can_focus=True):
    """One of the charts; arrows choose a parameter, and hold and move it by hand."""

    place = "fit"
    BINDINGS = [*bindings("fit"), *bindings("profile")]  # noqa: RUF012 - typed by Textual
    BORDER_TITLE = "fit"

    view: reactive[FitView | None] = reactive(None, repaint=False)

    @guarding
    def watch_view(self, view: FitView | None) -> None:
        """Say in the border what is drawn."""
        if view is not None:
            self.caption(self._title(view), self._subtitle(view))
            self.redraw()

    def on_resize(self) -> None:
        """Say as much as there is room for now."""
        self.watch_view(self.view)

    def picture(self) -> Text:
        """Draw the chart at the pane's size, with what there is to tell of it below."""
        view, (width, height) = self.view, self.content_size
        if view is None or view.analysis is None:
            return Text()
        if view.analysis.fitted is None:
            return _wrapped(view.analysis.refusal, width, height)
        from tui.pictures.fit import chart  # noqa: PLC0415 - heavy: after the first paint

        turns = keyed(self.app, "{fit-chart} turns on.")
        told = _wrapped(_told(view, view.analysis, turns), width, 3 if height >= TALL else 2)
        rows = len(told.plain.split("\n")) if told else 0
        picture = chart(view, (width, height - rows), self.palette)
        return Text("\n", end="", no_wrap=True).join([picture, told]) if rows else picture

    def _title(self, view: FitView) -> str:
        """Name the chart, the family, and the parameters that are looked at."""
        if view.analysis is None:
            return "fit"
        family, names = view.analysis.family.name, view.analysis.names
        band = view.analysis.steps.band
        rank = f" in its {percent(view.level)} band" if view.analysis.band else ""
        subject = {
            "qq": rank,
            "pp": rank,
            "cdf": f" in its {percent(view.level)} {band}" if band else "",
            "profile": f" of {names[view.chosen]}",
            "ellipse": " of " + " and ".join(names[place] for place in sorted(set(view.pair))),
        }.get(view.chart, "")
        return f"{TITLES[view.chart]}{subject} · {family}"

    def _subtitle(self, view: FitView) -> str:
        """Name each curve in its colour, or what is computed."""
        if view.busy:
            return f"{view.busy} …"
        palette, level = self.palette, percent(view.level)
        band = view.analysis.steps.band if view.analysis else ""
        curves = {
            "density": [("seen", BARS, palette.histogram), ("fit", SOLID, palette.fitted)],
            "cdf": [("seen", SOLID, palette.train), ("fit", DASHED, palette.fitted)],
            "qq": [("seen", "•", palette.train), ("fit", SOLID, palette.fitted)],
            "pp": [("seen", "•", palette.train), ("fit", SOLID, palette.fitted)],
            "profile": [("profile", SOLID, palette.train), ("Wald", DOTTED, palette.ghost)],
            "ellipse": [
                (level, SOLID, palette.train),
                ("50 %", DOTTED, palette.ghost),
            ],
        }.get(view.chart, [])
        hint = keyed(self.app, NEXT)
        if view.chart == "profile" and view.hand:
            curves, hint = [], keyed(self.app, f"by hand · {{fit-leave-off}} frees {NEXT}")
        by_rank = view.analysis is not None and view.analysis.band is not None
        if (view.chart == "cdf" and band) or (view.chart in ("qq", "pp") and by_rank):
            curves.insert(1, ("band", DOTTED, palette.ghost))
        return f"{legend(curves, self.size.width - len(hint) - 3)} {hint}".strip()


def _wrapped(text: str, width: int, rows: int) -> Text:
    """A sentence in so many rows at most, with an ellipsis where it needs more."""
    lines = textwrap.wrap(text, max(width, 20), max_lines=max(rows, 1), placeholder=" …")
    return Text("\n".join(lines), end="", no_wrap=True)


def _told(view: FitView, analysis: Analysis, turns: str) -> str:
    """What there is to tell of the chart in words."""
    if view.chart == "profile":
        return _profile_told(view, analysis, turns)
    if view.chart == "ellipse" and analysis.fitted is not None:
        from engine.inference.ellipse import correlation  # noqa: PLC0415 - heavy: after the first paint

        pair = view.pair
        found = correlation(analysis.fitted, pair) if pair[0] != pair[1] else None
        if found is None:
            return f"There are no two parameters with standard errors. {turns}"
        return f"correlation {found:.4f}; ↑ ↓ choose others"
    if view.chart in ("qq", "pp"):
        return _band_told(analysis)
    return ""


def _band_told(analysis: Analysis) -> str:
    """What the band of a QQ or a PP plot means, or why there is none."""
    from engine.inference.order_band import missing  # noqa: PLC0415 - heavy: after the first paint

    if reason := missing(analysis.family, analysis.sample):
        return f"no band: {reason}"
    return "pointwise; exact for a known law, wide for a fit"


def _profile_told(view: FitView, analysis: Analysis, turns: str) -> str:
    """Log-likelihood, drop and the other estimates at the point that is held, or the interval."""
    from tui.texts.fit import span_text  # noqa: PLC0415 - heavy: after the first paint
    from tui.texts.hand import hand_told  # noqa: PLC0415

    name = analysis.names[view.chosen]
    if not analysis.curved:
        return "The profiles are being made."
    if not analysis.profiles or not analysis.profiles[view.chosen]:
        return f"There is no profile of {name}. {turns}"
    if view.hand is None:
        span = span_text(analysis.told["estimates"][name]["profile"])
        return f"{percent(view.level)} {span}; ↑ ↓ choose, ← → hold and move by hand"
    return hand_told(analysis, view.hand)
