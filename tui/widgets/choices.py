"""A list to choose several from, in which those that are not chosen have no cross."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import SelectionList

__all__ = ["Choices"]


class Choices(SelectionList[str]):
    """Textual's, which tells the chosen ones by colour alone."""

    def render_line(self, y: int) -> Strip:
        """Draw an entry behind its box."""
        line = super().render_line(y)
        at = self.scroll_offset.y + y
        if at >= self.option_count or self.get_option_at_index(at).value in self.selected:
            return line
        left, cross, *rest = line
        return Strip([left, Segment(" ", cross.style), *rest], line.cell_length)
