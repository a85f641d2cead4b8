"""Take the pictures in this folder from the real program. Begin it with ``make screenshots``."""

import asyncio
import re
from pathlib import Path

from tui.app import Lab

HERE = Path(__file__).parent
SHOTS = {
    "lab-80x24": ((80, 24), "mle-dark", ["plus", "plus", "space"]),
    "lab-120x40": ((120, 40), "mle-dark", ["plus", "plus", "space", "n"]),
    "lab-200x50": ((200, 50), "mle-dark", ["plus", "plus", "space", "y"]),
    "start-120x40": ((120, 40), "mle-dark", []),
    "under-way-80x24": ((80, 24), "mle-dark", ["greater_than_sign", "n"]),
    "light-80x24": ((80, 24), "mle-light", ["plus", "plus", "space"]),
    "light-120x40": ((120, 40), "mle-light", ["plus", "plus", "space", "n"]),
    "light-200x50": ((200, 50), "mle-light", ["plus", "plus", "space", "y"]),
    "help-80x24": ((80, 24), "mle-dark", ["question_mark"]),
}
WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def take(name: str, size: tuple[int, int], theme: str, keys: list[str]) -> None:
    """Open the lab, press the keys, and save what it shows."""
    lab = Lab()
    async with lab.run_test(size=size) as pilot:
        while lab.session is None:
            await pilot.pause()
        lab.theme = theme
        for key in keys:
            await pilot.press(key)
            await lab.workers.wait_for_complete()
        await pilot.pause()
        picture = lab.export_screenshot(title=f"mle-tui at {size[0]}×{size[1]}")
    # fonts are the viewer's own: a picture should not call home
    picture = WEB_FONT.sub("", picture).replace("Fira Code", "DejaVu Sans Mono")
    picture = re.sub(r"terminal-\d+", f"terminal-{name}", picture)
    (HERE / f"{name}.svg").write_text(picture, "utf-8")


async def main() -> None:
    """Take every picture."""
    for name, (size, theme, keys) in SHOTS.items():
        await take(name, size, theme, keys)
        print(f"screenshots/{name}.svg")


if __name__ == "__main__":
    asyncio.run(main())
