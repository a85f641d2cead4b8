"""The lab: the form on the left, the run on the right, and the keys that drive it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App, ComposeResult, SystemCommand
from textual.containers import Container, Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Footer, Static

from tui.keymap import KEYS, bindings
from tui.messages import ExperimentChanged
from tui.pace import PACES, STAGE
from tui.saving import save_new
from tui.snapshot import Snapshot
from tui.themes import THEMES
from tui.widgets.charts import DensityChart, LikelihoodChart
from tui.widgets.form import ExperimentForm
from tui.widgets.pane import Pane
from tui.widgets.progress import ProgressTable
from tui.widgets.report import ReportPane
from tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from engine.experiment import Experiment
    from engine.training import Training
    from tui.session import Session

__all__ = ["Lab"]


class Lab(App[None]):
    """The laboratory. Without a training it opens on the article's experiment.

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

    def __init__(self, training: Training | None = None) -> None:
        super().__init__()
        self.training = training
        self.session: Session | None = None
        self.pace = STAGE
        self.log_axis = False
        self.per_observation = False
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def compose(self) -> ComposeResult:
        """Lay out the lab."""
        with Horizontal(id="body"):
            yield ExperimentForm()
            with Vertical(id="stage"):
                with Container(id="charts"):
                    yield LikelihoodChart()
                    yield DensityChart()
                with Container(id="lower"):
                    yield ProgressTable()
                    yield ReportPane()
        yield StatusLine()
        yield Footer(show_command_palette=False)
        yield Static("mle-tui needs 60×20 cells", id="too-small")

    def on_mount(self) -> None:
        """Open once the frame of the lab is painted."""
        self.call_after_refresh(self.open)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every action of the table in the palette, and Textual's choice of themes."""
        for key in KEYS:
            yield SystemCommand(
                f"{key.label.capitalize()} ({key.shown})",
                key.meaning,
                partial(self.run_action, key.action),
            )
        for theme in THEMES:
            choose = partial(setattr, self, "theme", theme.name)
            yield SystemCommand(f"Theme {theme.name}", "Change the colours", choose)
        yield SystemCommand("Themes", "Choose a theme of Textual's", self.action_change_theme)

    @work(exclusive=True, group="open")
    async def open(self) -> None:
        """Import the engine, set up the training and show its start."""
        await asyncio.to_thread(import_module, "tui.pictures")
        if self.training is None:
            from engine.presets import preset  # noqa: PLC0415 - heavy: after the first paint

            await self.begin(preset("article"))
        else:
            await self.begin(self.training.experiment)

    async def begin(self, experiment: Experiment) -> bool:
        """Start over with an experiment and return whether it could be; say why not."""
        from engine.experiment import InvalidExperiment  # noqa: PLC0415 - after the first paint
        from engine.files import UnreadableData  # noqa: PLC0415
        from tui.session import begin  # noqa: PLC0415

        try:
            session = await begin(experiment, self.training)
        except (InvalidExperiment, UnreadableData) as fault:
            self.say(str(fault), severity="error")
            return False
        self.halt()
        self.training, self.session = session.training, session
        form = self.query_one(ExperimentForm)
        if not form.shows(experiment):
            await form.fill(experiment)
        self.show()
        return True

    def show(self) -> None:
        """Give every pane a snapshot of this moment."""
        if (session := self.session) is None:
            return
        snapshot = Snapshot(
            training=session.training,
            tape=session.tape,
            at=session.at,
            running=session.running,
            pace=self.pace,
            rate=session.rate,
            log_axis=self.log_axis,
            per_observation=self.per_observation,
        )
        for pane in self.screen_stack[0].query(Pane):
            pane.snapshot = snapshot

    def halt(self) -> None:
        """Let a run that goes on come to rest."""
        if self.session:
            self.session.running = False

    def say(self, text: str, severity: str = "information") -> None:
        """Tell something in passing, as it is."""
        self.notify(text, severity=severity, markup=False)  # type: ignore[arg-type]

    @on(ExperimentChanged)
    async def take_over(self, message: ExperimentChanged) -> None:
        """Begin the experiment that the form describes."""
        if await self.begin(message.experiment):
            self.say("Another experiment: back at the start.")

    @work(group="play")
    async def play(self, session: Session) -> None:
        """Let the run go on, and show it as it goes."""
        async for _ in session.play(lambda: self.pace):
            self.screen_stack[0].set_class(session.finished, "-report")
            self.show()

    def action_run(self) -> None:
        """Run or pause; from the end, begin again."""
        if (session := self.session) is None or session.running:
            self.halt()
            return
        if session.finished:
            session.at = 0
        self.play(session)

    async def action_move(self, epochs: int) -> None:
        """Pause and move by so many epochs."""
        if self.session:
            self.halt()
            await self.session.move(epochs)
            self.screen_stack[0].set_class(self.session.finished, "-report")
            self.show()

    async def action_leap(self, tenths: int) -> None:
        """Pause and move by tenths of the run so far, or of the budget while it is not known."""
        if self.session:
            tape = self.session.tape
            whole = len(tape) - 1 if tape.stop else self.session.training.experiment.epochs
            await self.action_move(tenths * max(round(whole / 10), 1))

    async def action_restart(self) -> None:
        """Go back to the start and wait there."""
        if self.session:
            await self.action_move(-len(self.session.tape))

    def action_pace(self, change: int) -> None:
        """Take the next faster or slower pace."""
        self.pace = PACES[min(max(PACES.index(self.pace) + change, 0), len(PACES) - 1)]
        self.show()

    def action_switch(self, view: str) -> None:
        """Switch the logarithmic axis, or log-likelihoods per observation, on or off."""
        setattr(self, view, not getattr(self, view))
        self.show()

    async def action_everything(self) -> None:
        """Show every setting, or only those that matter at first."""
        form = self.query_one(ExperimentForm)
        form.everything = not form.everything
        if self.session:
            await form.fill(self.session.training.experiment)

    def action_turn(self) -> None:
        """Where table and report share a place, show the other one."""
        self.screen_stack[0].toggle_class("-report")

    def action_sidebar(self) -> None:
        """Hide or show the form."""
        self.screen_stack[0].toggle_class("-other-sidebar")

    def action_interrupt(self) -> None:
        """Pause a run that goes on; otherwise leave, as a shell command would."""
        if self.session and self.session.running:
            self.halt()
        else:
            self.exit(return_code=130)

    def action_help(self) -> None:
        """Show what the keys do."""
        from tui.screens.help import HelpScreen  # noqa: PLC0415 - only when it is asked for

        self.push_screen(HelpScreen())

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Save a picture of the screen in the current folder."""
        self.save(filename or "mle-tui", ".svg", self.export_screenshot(), path or ".")

    def action_write(self) -> None:
        """Save the experiment in the current folder, to be opened or run again."""
        if self.session:
            self.save("experiment", ".toml", self.session.training.experiment.to_toml())

    def save(self, stem: str, suffix: str, text: str, folder: str = ".") -> None:
        """Save a new file and say where; on a fault say which."""
        try:
            self.say(f"Saved {save_new(stem, suffix, text, folder)}")
        except OSError as fault:
            self.say(f"{stem}{suffix} cannot be written: {fault.strerror}.", severity="error")
