"""Pictures as Textual's strips, without the detour through a console's layout."""

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

__all__ = ["strips"]


def strips(picture: Text, base: Style) -> list[Strip]:
    """Cut a picture into lines. Its spans must follow each other, as ``cells`` joins them."""
    plain = picture.plain
    lines: list[list[Segment]] = [[]]
    at = 0

    def add(end: int, style: Style) -> None:
        """Add the text up to an end in a style."""
        for i, part in enumerate(plain[at:end].split("\n")):
            if i:
                lines.append([])
            if part:
                lines[-1].append(Segment(part, style))

    for span in picture.spans:
        if span.start > at:
            add(span.start, base)
        at = max(at, span.start)
        style = span.style if isinstance(span.style, Style) else Style.parse(span.style)
        add(span.end, base + style)
        at = span.end
    add(len(plain), base)
    return [Strip(line) for line in lines]
