"""Keeping: pictures, experiments and capsules, saved beside what is there already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tui.abilities.base import Bench
from tui.pictures.portrait import portrait
from tui.saving import save_new

__all__ = ["Keeping"]


class Keeping(Bench):
    """Actions that write files in the current folder."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Save a picture of the screen in the current folder."""
        self.save(filename or "mle-tui", ".svg", portrait(self), path or ".")

    async def action_capsule(self) -> None:
        """Save what replays this session, and put the same as one line on the clipboard."""
        if self.session:
            self.halt()
            race = self.race
            if race and race.session is self.session:
                capsule = await self.session.capsule(race.names, (race.branch, race.epoch))
            else:
                capsule = await self.session.capsule()
            self.copy_to_clipboard(capsule.to_line())
            self.save("capsule", ".json", capsule.to_text())

    def action_write(self) -> None:
        """Save the experiment in the current folder, to be opened or run again."""
        if self.session:
            self.save("experiment", ".toml", self.session.training.experiment.to_toml())

    def save(self, stem: str, suffix: str, text: str, folder: str = ".") -> None:
        """Save a new file and say where; on a fault say which."""
        with self.telling(f"{stem}{suffix}"):
            self.say(f"Saved {save_new(stem, suffix, text, folder)}")

    @contextmanager
    def telling(self, name: str) -> Iterator[None]:
        """Say which file cannot be written, and why, where that is so."""
        try:
            yield
        except OSError as fault:
            self.say(f"{name} cannot be written: {fault.strerror}.", severity="error")
