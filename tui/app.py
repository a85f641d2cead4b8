"""The lab: the form on the left, the panes on the right, and the keys that play them."""

from __future__ import annotations

import asyncio
import gc
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, Footer, Static

from engine.refusal import Refusal
from tui.abilities.arranging import Arranging
from tui.abilities.comparing import Comparing
from tui.abilities.enduring import Enduring
from tui.abilities.habits import Habits
from tui.abilities.looking import Looking
from tui.abilities.opening import Opening
from tui.abilities.racing import Racing
from tui.abilities.reporting import Reporting
from tui.abilities.surfacing import Surfacing
from tui.abilities.suspending import Suspending
from tui.abilities.teaching import Teaching
from tui.keys.keymap import bindings
from tui.messages import Edited, Explained
from tui.screens.main import MainScreen
from tui.texts.spelling import spelled
from tui.widgets.charts import DensityChart, LikelihoodChart
from tui.widgets.drive import DriveBar
from tui.widgets.form import ExperimentForm
from tui.widgets.lesson_strip import LessonStrip
from tui.widgets.progress import ProgressTable
from tui.widgets.report import ReportPane
from tui.widgets.status import StatusLine
from tui.widgets.tabs import TabLine
from tui.widgets.terms import TermsPane

if TYPE_CHECKING:
    from engine.capsules.capsule import Capsule
    from engine.runs.training import Training

__all__ = ["Lab"]

BEHIND = Path(__file__).with_name("behind.tcss")
"""How everything but the first tab looks."""

RARELY = 1000
"""Collections of what is young for a full one, which holds up keys for 15 ms."""


class Lab(
    Enduring,
    Suspending,
    Habits,
    Teaching,
    Arranging,
    Comparing,
    Racing,
    Surfacing,
    Looking,
    Reporting,
    Opening,
):
    """The laboratory, on a training, or a session that a capsule recorded.

    Without either it opens on the article's experiment, and with data that are offered on a
    choice among their columns over it; a lesson that is asked for, of the program's own or of
    a folder, begins at once.

    The engine is imported after the first paint, so that the screen is there at once.
    """

    TITLE = "mle-tui"
    CSS_PATH = "app.tcss"
    BINDINGS = bindings()
    AUTO_FOCUS = None
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - typed by Textual
        (0, "-tiny"),
        (60, "-slim"),
        (76, "-narrow"),
        (120, "-wide"),
        (160, "-broad"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-low"), (24, "-fits"), (32, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        training: Training | None = None,
        capsule: Capsule | None = None,
        *,
        offered: str = "",
        asked: str = "",
        folder: str = "",
    ) -> None:
        super().__init__(training, capsule)
        self.offered, self.asked, self.folder = offered, asked, folder

    def compose(self) -> ComposeResult:
        """Lay out the lab."""
        with Horizontal(id="body"):
            yield ExperimentForm()
            with Vertical(id="stage"):
                yield TabLine()
                with ContentSwitcher(initial="train"), Vertical(id="train"):
                    with Container(id="charts"):
                        yield LikelihoodChart()
                        yield DensityChart()
                    with Container(id="lower"):
                        yield ProgressTable()
                        yield ReportPane()
                        yield TermsPane()
                yield DriveBar()
                yield Static(id="explained")
        yield LessonStrip()
        yield StatusLine()
        yield Footer(show_command_palette=False)
        yield Static("mle-tui needs 60×20 cells", id="too-small")

    def get_default_screen(self) -> MainScreen:
        """Return the screen that the lab is on."""
        return MainScreen()

    def on_mount(self) -> None:
        """Open once the frame of the lab is painted."""
        self.query_one(TabLine).choose(self.current)
        self.call_after_refresh(self.open)

    @work(exclusive=True, group="open")
    async def open(self) -> None:
        """Import the engine, set up the training and show its start."""
        await self._open()
        if not self.is_headless:
            gc.enable()
            gc.freeze()  # a full collection looks at what is there by now for 50 ms, each time
            gc.set_threshold(*gc.get_threshold()[:2], RARELY)

    async def _open(self) -> None:
        from tui.widgets.behind import tabs_behind  # noqa: PLC0415 - after the first paint

        self.stylesheet.read(BEHIND)
        self.stylesheet.parse()  # else the first of what is mounted has none of its rules
        await self.query_one(ContentSwitcher).mount(*tabs_behind())
        if self.settings.tab != self.current:
            self.action_tab(self.settings.tab)
        await asyncio.to_thread(import_module, "tui.pictures.run")
        if self.recorded is not None:
            await self.reopen(self.recorded)
        elif self.asked and await self.open_lesson(self.asked):
            pass
        elif self.training is None:
            from tui.configuration.defaults import begun  # noqa: PLC0415 - heavy: after the first paint

            await self.begin(begun({}, self.settings.experiment))
        else:
            await self.begin(self.training.experiment)
        if self.greeting:
            self.say(self.greeting, severity="warning")
        if self.offered:
            self.offer(self.offered)
        elif self.eager:
            await self.action_run()

    async def reopen(self, capsule: Capsule) -> None:
        """Bring a recorded session back; where it cannot be, say why and begin its experiment.

        Where that cannot be either, begin the article's.
        """
        from engine.capsules.replay import differences  # noqa: PLC0415 - after the first paint
        from engine.files import UnreadableData  # noqa: PLC0415
        from engine.presets import preset  # noqa: PLC0415
        from tui.begin_race import raced_again  # noqa: PLC0415
        from tui.session import replayed  # noqa: PLC0415

        try:
            session = await replayed(capsule)
        except Refusal as fault:
            self.say(str(fault), severity="error")
            lost = isinstance(fault, UnreadableData)
            if lost or not await self.begin(capsule.experiment):
                await self.begin(preset("article"))
            return
        self.training, self.session = session.training, session
        await self.query_one(ExperimentForm).fill(session.training.experiment)
        self.race = await raced_again(session, capsule)
        for sentence in (await asyncio.to_thread(differences, capsule, session.journey))[:1]:
            self.say(f"{sentence} The data have changed since, or the program.", "warning")
        self.show()

    @on(Edited)
    def mark_edited(self, message: Edited) -> None:
        """Let what is shown look old while the form says something else."""
        if not self.screen_stack:
            return  # the lab is closing
        self.screen_stack[0].query_one("#stage").set_class(message.pending, "-edited")

    @on(Explained)
    def explain(self, message: Explained) -> None:
        """Tell about the setting that has the focus."""
        if not self.screen_stack:
            return  # the lab is closing
        told = self.query_one("#explained", Static)
        told.display = bool(message.text)
        self.query_one("#stage").set_class(told.display, "-explained")
        told.update(Content(spelled(message.text)))

    def action_tab(self, name: str) -> None:
        """Show another part of the lab, with the focus where its keys are."""
        if not self.query(f"#{name}"):
            return  # the lab is still opening
        self.current = name
        self.query_one(ContentSwitcher).current = name
        self.query_one(TabLine).choose(name)
        self.screen_stack[0].set_class(name == "lessons", "-lessons")
        # at once, so that a key typed behind that of the tab is one of its keys
        self.screen.set_focus(next((each for each in self.drawings() if each.place), None))
        self.show()

    async def action_everything(self) -> None:
        """Show every setting, or only those that matter at first."""
        form = self.query_one(ExperimentForm)
        form.everything = not form.everything
        if self.session:
            await form.fill(self.session.training.experiment)
