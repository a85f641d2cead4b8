"""Comparing: the ranking of the families, and what samples like this one tell; both on demand."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from textual import on, work

from tui.abilities.analysing import Analysing
from tui.abilities.beginning import GROUP, Beginning
from tui.beside import beside
from tui.keys.in_use import keyed
from tui.messages import FamilyChosen

if TYPE_CHECKING:
    from engine.distributions import Distribution
    from engine.experiments.experiment import Experiment
    from engine.samples.sample import Sample
    from tui.abilities.analysing import Question
    from tui.analysis import Analysis
    from tui.contest import Ranking

    Field = tuple[Sample, tuple[tuple[str, int], ...]]

__all__ = ["Comparing"]

MOST_KEPT = 4
OFTEN = 0.1
"""Seconds between two tellings of how far it is."""


class Comparing(Analysing, Beginning):
    """Actions that compute for a while, tell how far they are, and can be left off."""

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.rankings: dict[Field, Ranking] = {}
        self._resampled: Question | None = None
        self._ranked: Field | None = None
        self._p_values_awaited = False

    def consider(self) -> None:
        """Leave off what is no longer asked for, and look at how the families stand."""
        if self._resampled is not None and self._resampled != self.question:
            self.leave_off("resample")
        super().consider()
        field = self.field()
        if self._ranked is not None and self._ranked != field:
            self.leave_off("rank")
        self.fit_view = replace(
            self.fit_view, ranking=self.rankings.get(field), ranking_busy=self._ranked is not None
        )

    def field(self) -> Field:
        """Sample for which families compete, and the numbers that they are made for.

        The trials of a binomial are told only by choosing one.
        """
        from engine.distributions.families import NUMBERS  # noqa: PLC0415 - heavy: after the first paint

        assert self.session is not None  # noqa: S101 - only what is shown is compared
        training = self.session.training
        told = {"components", training.family.known}
        experiment = training.experiment
        return training.sample, tuple((n, getattr(experiment, n)) for n in NUMBERS if n in told)

    def leave_off(self, group: str) -> None:
        """Stop one of the two."""
        self.workers.cancel_group(self, group)
        if group == "rank":
            self._ranked = None
        else:
            self._resampled = None
            self.fit_view = replace(self.fit_view, busy="")

    def action_free(self) -> None:
        """Stop what is computed on demand; else free the parameter that is held."""
        if self._ranked is None and self._resampled is None:
            super().action_free()
            return
        self.leave_off("rank")
        self.leave_off("resample")
        self.say("Left off.")
        self.show()

    def action_rank(self) -> None:
        """Show how the families stand, and have them fitted unless that is known."""
        if self.session is None:
            return
        if self.current != "fit":
            self.action_tab("fit")
        self.look(page="ranking")
        from tui.widgets.ranking import RankingPane  # noqa: PLC0415 - behind the first tab

        self.query_one(RankingPane).take_focus()
        field = self.field()
        known = self.rankings.get(field)
        if self._ranked is None and (known is None or not known.complete):
            self._ranked = field
            self.rank_families(field)

    @work(group="rank", exclusive=True)
    async def rank_families(self, field: Field) -> None:
        """Fit one family after the other, and show how they stand."""
        from tui.contest import Contest  # noqa: PLC0415 - heavy: after the first paint

        contest, ranking, told = Contest(field[0], dict(field[1])), None, 0.0
        try:
            while ranking is None or not ranking.complete:
                await self.respite()
                ranking = await beside(contest.go)
                self.rankings.pop(field, None)
                self.rankings[field] = ranking
                if monotonic() - told > OFTEN:
                    told = monotonic()
                    self.show()
            for old in list(self.rankings)[:-MOST_KEPT]:
                del self.rankings[old]
        finally:  # so that it can be asked for again, whatever broke
            if self._ranked is field:
                self._ranked = None
                self.show()

    @on(FamilyChosen)
    @work(group=GROUP, exclusive=True)
    async def adopt(self, message: FamilyChosen) -> None:
        """Make a family the lab's, on the same data; a sample that was drawn keeps its own."""
        from engine.distributions.families import family  # noqa: PLC0415 - heavy: after the first paint

        if (session := self.session) is None:
            return
        training = session.training
        try:
            wanted = family(message.name, dict(self.field()[1]))
        except ValueError as reason:
            self.say(f"{reason}: choose it in the settings, which then have it.", "warning")
            return
        if training.experiment.origin is None:
            await self.begin_with(training.experiment, message.name)
        else:
            self.look_at(wanted)

    def look_at(self, wanted: type[Distribution]) -> None:
        """Look at another family than the sample was drawn from, on this tab alone."""
        assert self.session is not None  # noqa: S101 - adopt() asks
        training = self.session.training
        drawn = training.family.name
        self._other = None if wanted.name == drawn else (training.sample, wanted)
        if self._other:
            self.say(f"{wanted.name}, on this tab: the run goes on with {drawn}, as was drawn.")
        else:
            self.say(f"{drawn}, which the sample was drawn from.")
        self.show()

    async def begin_with(self, experiment: Experiment, name: str) -> None:
        """Begin a new experiment with another family on the same data; undo brings the old back."""
        from tui.forms import revise  # noqa: PLC0415 - heavy: after the first paint

        if name == experiment.family:
            self.say(f"{name} is the lab's family.")
        elif await self.begin(revise(experiment, {"family": name})):
            self.say(f"{name} is the lab's family now; {keyed(self, '{undo}')} takes it back.")

    def action_intervals(self) -> None:
        """Show the intervals; then bootstrap intervals too, or not."""
        if self.known() is None:
            return
        if not self.query_one("IntervalChart").display:
            self.look(page="intervals")
        elif self.fit_view.bootstrap:
            self.look(bootstrap=False)
        elif self.ask_samples():
            self.look(bootstrap=True)

    def action_p_values(self) -> None:
        """Have p-values of the goodness of fit computed."""
        if self.known() is not None and self.ask_samples():
            self.look(page="estimates" if not self.query_one("Estimates").display else self.page)
            self._p_values_awaited = True
            self.reveal_p_values()

    def reveal_p_values(self) -> None:
        """Scroll down to the p-values that were asked for, once they are there."""
        known = self.fit_view.analysis
        if self._p_values_awaited and known is not None and known.drawn is not None:
            self._p_values_awaited = False
            self.call_after_refresh(self.query_one("Estimates").scroll_end, animate=False)

    @property
    def page(self) -> str:
        """Which of the panes that share a place is shown."""
        return self.fit_view.page

    def ask_samples(self) -> bool:
        """Have samples like this one drawn unless they are; say why where they cannot be."""
        known, question = self.fit_view.analysis, self.question
        if known is None or question is None or known.fitted is None or not known.fitted.converged:
            self.say("Without a maximum there is nothing to draw samples from.", "warning")
            return False
        if known.drawn is None and self._resampled is None:
            self._resampled = question
            self.resample(question, known)
        return True

    @work(group="resample", exclusive=True)
    async def resample(self, question: Question, analysis: Analysis) -> None:
        """Draw samples like this one, and fit them, a few at a time."""
        from tui.analysis import REPLICATES, Resampling, drawn  # noqa: PLC0415 - heavy

        resampling, told, more = Resampling(analysis), 0.0, True
        try:
            while more:
                await self.respite()
                more = await beside(resampling.draw)
                if monotonic() - told > OFTEN:
                    told = monotonic()
                    self.tell_busy(f"{len(resampling.found)} of {REPLICATES} samples drawn")
            newest = self.analyses.get(question, analysis)
            found = await beside(drawn, newest, resampling.found)
            newest = self.analyses.get(question, newest)  # profiles may have come meanwhile
            self.keep(question, replace(found, profiles=newest.profiles, curved=newest.curved))
        finally:  # so that it can be asked for again, whatever broke
            if self._resampled is question:
                self._resampled = None
                self.tell_busy("")
        self.reveal_p_values()
