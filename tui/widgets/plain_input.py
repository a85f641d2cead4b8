"""An input that may hold anything, and writes only what is printable to the terminal."""

from rich.segment import Segment
from textual.events import Key
from textual.strip import Strip
from textual.widgets import Input

__all__ = ["PlainInput"]

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class PlainInput(Input):
    """An input whose value stays as it is, whatever a file's name or a column's has in it."""

    async def _on_key(self, event: Key) -> None:
        """Edit at once: on its way through the lab, a key would come behind the next ones."""
        own = {} if event.is_printable else self._bindings.key_to_bindings
        for binding in own.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return

    def render_line(self, y: int) -> Strip:
        """Draw the line, with a mark for every character that is not printable."""
        strip = super().render_line(y)
        if strip.text.isprintable():
            return strip
        return Strip([Segment(_plain(text), style) for text, style, _ in strip])


def _plain(text: str) -> str:
    return "".join(each if each.isprintable() else REPLACEMENT for each in text)
