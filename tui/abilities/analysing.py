"""Analysing: the fit of the lab's sample, how it is looked at, and what is computed for it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual import work

from tui.abilities.base import Bench
from tui.beside import beside
from tui.fit_view import CHARTS, PAGES, FitView, next_level

if TYPE_CHECKING:
    from engine.distributions import Distribution
    from engine.samples.sample import Sample
    from tui.analysis import Analysis
    from tui.snapshot import Snapshot

    Question = tuple[Sample, type[Distribution], tuple[tuple[str, float], ...], float]

__all__ = ["Analysing"]

MOST_KEPT = 16
"""Analyses that are kept for when they are asked for again."""


class Analysing(Bench):
    """The state of the fit's tab. What is asked for is computed beside the event loop."""

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fit_view = FitView()
        self.analyses: dict[Question, Analysis] = {}
        self._asked: Question | None = None
        self._broken: Question | None = None
        self._other: tuple[Sample, type[Distribution]] | None = None

    def on_mount(self) -> None:
        """Take the level of the intervals from the settings."""
        self.fit_view = replace(self.fit_view, level=self.settings.level)

    @property
    def question(self) -> Question | None:
        """What the tab is about: a sample, a family, parameters that are held, and a level."""
        if self.session is None:
            return None
        training = self.session.training
        if self._other is not None and self._other[0] is training.sample:
            return (*self._other, (), self.fit_view.level)
        fixed = tuple(sorted(training.experiment.fixed.items()))
        return training.sample, training.family, fixed, self.fit_view.level

    def snapshot(self) -> Snapshot | None:
        """Freeze this moment, with what the fit's tab shows."""
        found = super().snapshot()
        return found and replace(found, fit=self.fit_view)

    def show(self) -> None:
        """Have what the tab is about analysed before everything is shown."""
        if self.session is not None and self.current == "fit":
            self.consider()
        super().show()

    def consider(self) -> None:
        """Look at what is known of the question; have it analysed where that is not all."""
        question, session = self.question, self.session
        assert question is not None and session is not None  # noqa: S101, PT018 - show() asks
        if question != self._asked:
            self._asked = question
            self.fit_view = replace(self.fit_view, hand=None, busy="", chosen=0)
            known = self.analyses.get(question)
            if known is None or not (known.curved or known.fitted is None):
                self.analyse(question)
        self.fit_view = replace(
            self.fit_view,
            analysis=self.analyses.get(question),
            lab=session.training.family.name,
        )

    @work(group="analyse", exclusive=True)
    async def analyse(self, question: Question) -> None:
        """Fit, then add profiles; what breaks is tried again once it is asked for."""
        try:
            await self._analyse(question)
        except Exception:
            self._broken = question
            self.tell_busy("")
            raise

    async def _analyse(self, question: Question) -> None:
        """Show each as it comes."""
        await asyncio.to_thread(import_module, "tui.pictures.fit")
        from tui.analysis import at_level, begun, curves, profiled  # noqa: PLC0415 - heavy: after the first paint

        self.tell_busy("fitting")
        sample, family, fixed, level = question
        analysis = self.analyses.get(question)
        if analysis is None:
            if (other := self.at_another_level(question)) is not None:
                analysis = await beside(at_level, other, level)
            else:
                analysis = await beside(begun, sample, family, dict(fixed), level)
            self.keep(question, analysis)
        if not analysis.complete:
            self.tell_busy("profiling")
            analysis = await beside(profiled, analysis)
            self.keep(question, analysis)
        self.tell_busy("")
        if analysis.fitted is not None:
            found = await beside(curves, analysis)
            newest = self.analyses.get(question, analysis)  # samples may have been drawn meanwhile
            self.keep(question, replace(newest, profiles=found, curved=True))
            self.show()

    def at_another_level(self, question: Question) -> Analysis | None:
        """Return the newest analysis of the same fit, whose intervals have another level."""
        asked = question[:-1]
        same = (known for other, known in self.analyses.items() if other[:-1] == asked)
        return max(same, key=lambda known: known.complete, default=None)

    def keep(self, question: Question, analysis: Analysis) -> None:
        """Keep an analysis, of many only the newest, which also keeps its sample from others."""
        self.analyses.pop(question, None)
        self.analyses[question] = analysis
        for old in list(self.analyses)[:-MOST_KEPT]:
            del self.analyses[old]

    def tell_busy(self, what: str) -> None:
        """Show what is being computed, and what is known by now."""
        self.fit_view = replace(self.fit_view, busy=what)
        self.show()

    def known(self) -> Analysis | None:
        """Go to the tab, and return what is known there; say so where it is not all there yet."""
        if self.current != "fit":
            self.action_tab("fit")
        known = self.fit_view.analysis
        if known is None or not known.complete:
            again = self._broken is not None and self._broken == self.question
            if again:
                self._asked = self._broken = None
                self.show()
            self.say(f"The fit is {'being made again' if again else 'still being made'}.")
            return None
        return known

    def look(self, **changes: Any) -> None:
        """Look at it otherwise."""
        self.fit_view = replace(self.fit_view, **changes)
        self.show()

    def action_chart(self, change: int) -> None:
        """Turn to another chart."""
        at = (CHARTS.index(self.fit_view.chart) + change) % len(CHARTS)
        self.look(chart=CHARTS[at])

    def action_level(self) -> None:
        """Turn to the next level of all intervals, of the band and of the ellipse."""
        self.look(level=next_level(self.fit_view.level))

    def action_page(self) -> None:
        """Turn to the next of the panes that share a place."""
        self.look(page=PAGES[(PAGES.index(self.fit_view.page) + 1) % len(PAGES)])

    def action_parameter(self, change: int) -> None:
        """Look at another parameter, and free the one that is held."""
        if (known := self.known()) is not None:
            chosen = (self.fit_view.chosen + change) % len(known.names)
            self.look(chosen=chosen, hand=self.fit_view.hand if len(known.names) == 1 else None)

    async def action_hold_at(self, errors: float) -> None:
        """Hold the chosen parameter, so many standard errors further, and refit the others."""
        if (known := self.known()) is None:
            return
        place = self.fit_view.chosen
        if known.fitted is not None and not known.curved:
            self.say("The profiles are being made.")
            return
        if not known.profiles or not known.profiles[place]:
            self.say(f"There is no profile of {known.names[place]}.", severity="warning")
            return
        from tui.hand_profile import held, moved  # noqa: PLC0415 - heavy: after the first paint

        hand = self.fit_view.hand or held(known, place)
        found = await beside(moved, known, hand, errors)
        if found is None:
            domain = known.family.parameters()[place].domain
            self.say(f"{known.names[place]} must be {domain.description}.", severity="warning")
        self.look(hand=found or hand, chart="profile")

    def action_free(self) -> None:
        """Free the parameter that is held, and let the arrows choose one."""
        if self.current == "fit":
            self.query_one("FitChart").focus()
        self.look(hand=None)
