"""NO_COLOR to the letter on the wire, the terminal's own colours, and colours told apart."""

import re
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from tests.tui.conftest import opened, settle
from tests.tui.terminal import Terminal
from tui.abilities.coloring import wants_no_colors
from tui.palette import ANSI, DARK, LIGHT, OKABE_ITO, Palette
from tui.pictures.shades import _oklab
from tui.terminal.filters import Colorless, Sixteen
from tui.themes import ABOUT, THEMES, palette_of

SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
COLORED = re.compile(rb"(3|4|9|10)[0-9]$")
GROUND = Color.parse("#10151c")
SIGHTS = {
    "full": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""What linear light looks like without one kind of cones (Machado, Oliveira & Fernandes, 2009)."""


def colors(written: bytes) -> set[bytes]:
    """Sequences that set a foreground or a background, the terminal's own included."""
    parts = {codes: re.split(rb"[;:]", codes) for codes in SGR.findall(written)}
    return {codes for codes, each in parts.items() if any(map(COLORED.match, each))}


def test_without_colors_the_lab_writes_none(terminal: Callable[..., Terminal]) -> None:
    lab = terminal(environment={"NO_COLOR": "1", "LANG": "C.UTF-8"}, columns=120, lines=40)
    lab.wait_for(lambda text: "split seed" in text and "space runs" in text)
    lab.process.send("++ ")
    lab.wait_for(lambda text: "final report" in text and "0.01726031" in text)
    lab.process.send("2")
    lab.wait_for(lambda text: "arrows move start" in text)
    lab.process.send("3R")
    lab.wait_for(lambda text: text.count("converged at") >= 3)
    lab.process.send("4")
    lab.wait_for(lambda text: "std error" in text)
    lab.process.send("\t\t?")
    lab.wait_for(lambda text: "Leave off, or free what" in text)
    lab.process.send("\x1b")
    lab.wait_for(lambda text: "what do you want" not in text)
    lab.process.send("q")
    assert lab.wait_for_end() == 0
    assert colors(lab.written) == set()
    assert b"\x1b[1;7m 1 train" in lab.written or b"\x1b[7" in lab.written


def test_nor_do_the_commands(terminal: Callable[..., Terminal]) -> None:
    for arguments in (
        ("run",),
        ("fit", "ball-bearings", "--family", "weibull"),
        ("race", "--optimizers", "newton,lbfgs"),
    ):
        program = terminal(*arguments, environment={"NO_COLOR": "1", "LANG": "C.UTF-8"})
        program.wait_for_end()
        assert colors(program.written) == set()
        assert len(program.written) > 500


def test_an_empty_wish_for_no_colors_is_none(terminal: Callable[..., Terminal]) -> None:
    lab = terminal(environment={"NO_COLOR": "", "LANG": "C.UTF-8"})
    lab.wait_for(lambda text: "split seed" in text and "space runs" in text)
    lab.process.send("q")
    assert lab.wait_for_end() == 0
    assert colors(lab.written)
    assert wants_no_colors({"NO_COLOR": "0"})
    assert not wants_no_colors({})


@pytest.mark.parametrize("kind", [Colorless, Sixteen])
def test_what_a_background_says_is_said_in_reverse_and_clicks_stay(
    kind: type[Colorless | Sixteen],
) -> None:
    style = Style.parse("bold #ffffff on #56b4e9") + Style.from_meta({"@click": "app.help"})
    (told,) = kind(GROUND).apply([Segment("x", style)], GROUND)
    assert told.style is not None
    assert told.style.color is told.style.bgcolor is None
    assert told.style.reverse
    assert told.style.bold
    assert told.style.meta == {"@click": "app.help"}
    (told,) = kind(GROUND).apply([Segment("x", Style.parse("#ffffff on #161d26"))], GROUND)
    assert told.style is not None
    assert not told.style.reverse
    assert not told.style.dim


def test_greys_are_the_ink_of_the_terminal_and_faint_ones_dim() -> None:
    style = Sixteen(Color.parse("black")).other(Style.parse("#808080 on #000000"))
    assert style.color is not None
    assert style.color.is_default
    assert style.bgcolor is None
    assert style.dim
    assert Colorless(GROUND).other(Style.parse("#5b6b7f on #10151c")) == Style(dim=True)


@pytest.mark.parametrize(
    ("written", "number"), [("#ff0000", 1), ("#e69f00", 3), ("#56b4e9", 6), ("#3b4aff", 4)]
)
def test_hues_become_the_nearest_of_the_terminals_own(written: str, number: int) -> None:
    color = Sixteen(Color.parse("black")).other(Style.parse(written)).color
    assert color is not None
    assert color.number == number
    assert color.triplet is None


def test_what_has_no_style_keeps_none() -> None:
    assert Colorless(GROUND).apply([Segment("x")], GROUND) == [Segment("x")]


async def test_the_theme_of_sixteen_paints_nothing_else() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        lab.theme = "mle-ansi"
        await pilot.press("plus", "plus", "space")
        await settle(lab, pilot)
        found = set()
        for strip in lab.screen._compositor.render_strips():
            for _, style, _ in strip:
                if style is not None:
                    found |= {style.color, style.bgcolor} - {None}
        assert all(color.triplet is None for color in found)
        assert {color.number for color in found if not color.is_default} <= set(range(8))
        assert len(found) > 4


async def test_every_theme_is_in_the_palette_and_has_the_charts_follow() -> None:
    assert {theme.name for theme in THEMES} == set(ABOUT)
    async with opened(size=(80, 24)) as (lab, pilot):
        pane = lab.query_one("DensityChart")
        await pilot.press("ctrl+p", *"okabe", "enter")
        await settle(lab, pilot)
        assert lab.theme == "mle-okabe-ito"
        for theme in THEMES:
            lab.theme = theme.name
            assert pane.palette == palette_of(theme)  # type: ignore[attr-defined]
    assert palette_of(BUILTIN_THEMES["nord"]) == DARK
    assert palette_of(BUILTIN_THEMES["solarized-light"]) == LIGHT
    assert palette_of(BUILTIN_THEMES["ansi-dark"]) == ANSI


def together(palette: Palette) -> list[tuple[str, ...]]:
    """Colours that have to be told apart in one picture."""
    return [
        palette.lanes,
        (palette.train, palette.validation, palette.ghost),
        (palette.initial, palette.true, palette.fitted, palette.histogram),
        (palette.initial, palette.true, palette.here, palette.surface[-1]),
    ]


def seen(color: str, sight: NDArray[np.float64]) -> NDArray[np.float64]:
    rgb = np.array(Color.parse(color).rgb) / 255.0
    linear = np.where(rgb > 0.04045, ((rgb + 0.055) / 1.055) ** 2.4, rgb / 12.92)
    light = np.clip(sight @ linear, 0.0, 1.0)
    back = np.where(light > 0.0031308, 1.055 * light ** (1 / 2.4) - 0.055, 12.92 * light)
    return _oklab("#" + bytes(np.rint(255 * back).astype(np.uint8).tolist()).hex())


@pytest.mark.parametrize("sight", SIGHTS)
def test_eyes_of_any_kind_tell_the_colours_of_okabe_and_ito_apart(sight: str) -> None:
    for group in together(OKABE_ITO):
        for one, other in combinations(group, 2):
            far = np.linalg.norm(seen(one, SIGHTS[sight]) - seen(other, SIGHTS[sight]))
            assert far > 0.07, (one, other)
