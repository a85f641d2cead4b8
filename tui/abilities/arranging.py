"""Arranging: what is shown beside what, how large, in which units; and help."""

from __future__ import annotations

from tui.abilities.base import Bench
from tui.widgets.pane import Placed

__all__ = ["Arranging"]


class Arranging(Bench):
    """Actions that change what is seen of the lab, and nothing else."""

    def action_switch(self, view: str) -> None:
        """Switch the logarithmic axis, or log-likelihoods per observation, on or off."""
        setattr(self, view, not getattr(self, view))
        self.show()

    def action_turn(self) -> None:
        """Where table and report share a place, show the other one."""
        self.turned = not self.turned
        self.show()

    def action_sidebar(self) -> None:
        """Hide or show the form."""
        self.screen_stack[0].toggle_class("-other-sidebar")

    def action_maximise(self) -> None:
        """Give the pane with the focus, or the first of the tab, all the room; or take it back."""
        screen = self.screen_stack[0]
        if screen.maximized:
            screen.minimize()
            return
        shown = self.drawings()
        focused = next((each for each in shown if each.has_focus), None)
        if chosen := focused or next(iter(shown), None):
            screen.maximize(chosen, container=False)
        self.show()

    def drawings(self) -> list[Placed]:
        """Charts, pages and lists of the tab that can have the focus."""
        parts = self.query_one(f"#{self.current}").query("*")
        return [each for each in parts if isinstance(each, Placed) and each.focusable]

    def action_help(self) -> None:
        """Show what the keys do."""
        from tui.screens.help import HelpScreen  # noqa: PLC0415 - only when it is asked for

        within = self.screen.focused.ancestors_with_self if self.screen.focused else ()
        places = (getattr(each, "place", "") for each in within)
        place = getattr(self.screen, "keys_place", "") or next(filter(None, places), "")
        self.push_screen(HelpScreen(place))
