"""Finding: every action of the lab in the palette, by its name, its key or plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from textual.actions import ActionParseResult
from textual.app import SystemCommand
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.types import IgnoreReturnCallbackType
from textual.widgets import OptionList

from tui.abilities.coloring import Colored
from tui.keys.in_use import keys_of
from tui.keys.keymap import PLACES
from tui.keys.words import WORDS, Wanted
from tui.themes import ABOUT

__all__ = ["Finding"]

COLORS = "colors colours palette look contrast"


class Offer(NamedTuple):
    """A line of the palette: its title, what it means, more words for it, and what it does."""

    title: str
    meaning: str
    words: str
    call: IgnoreReturnCallbackType


class Actions(Provider):
    """What the palette searches."""

    async def discover(self) -> Hits:
        """List everything, in the order of the table."""
        for offer in self._offers():
            yield DiscoveryHit(Content(offer.title), offer.call, offer.title, offer.meaning)

    async def search(self, query: str) -> Hits:
        """List what has every word of a query, and what is nearly called so."""
        wanted = Wanted(query)
        for offer in self._offers():
            score = wanted.match(offer.title, f"{offer.meaning} {offer.words}")
            if best := score or 0.1 * wanted.nearly(offer.title):
                yield Hit(best, Content(offer.title), offer.call, offer.title, offer.meaning)

    def _offers(self) -> Iterable[Offer]:
        return self.app.offers() if isinstance(self.app, Finding) else ()


def _unlaid(node: DOMNode | None) -> bool:
    """Whether a list, or the palette's, has no room yet in which it could be paged through."""
    asked = node.query(CommandList) if isinstance(node, CommandPalette) else (node,)
    return any(isinstance(e, OptionList) and not e.scrollable_content_region for e in asked)


class Finding(Colored):
    """An app whose palette offers every action of the table, and the themes."""

    COMMANDS = {Actions}  # noqa: RUF012 - typed by Textual

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action, but not a page of a list before its layout, on which Textual fails."""
        if "page_" in str(action) and _unlaid(default_namespace):
            return False
        return await super().run_action(action, default_namespace, namespaces)

    def offers(self) -> Iterator[Offer]:
        """Offer every action of the table, and the themes, Textual's as well."""
        for key in keys_of(self):
            where = f", {PLACES[key.place]}" if key.place else ""
            title = f"{key.label.capitalize()} ({key.shown}{where})"
            words = f"{key.shown} {WORDS.get(key.action, '')}"
            yield Offer(title, key.meaning, words, partial(self.run_action, key.action))
        for name, about in ABOUT.items():
            yield Offer(f"Theme {name}", about, COLORS, partial(setattr, self, "theme", name))
        yield Offer("Themes", "Choose a theme of Textual's", COLORS, self.action_change_theme)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the same to whatever else asks."""
        del screen
        for offer in self.offers():
            yield SystemCommand(offer.title, offer.meaning, offer.call)
