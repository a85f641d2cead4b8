"""What is painted, and when: changed lines alone, and the answer to a key before all else."""

import asyncio
import os
import subprocess
import sys

import pytest
from rich.text import Text
from textual.app import App, ComposeResult
from textual.events import Key
from textual.geometry import Region
from textual.screen import Screen

from tests.tui.conftest import opened, run_flat_out, settle
from tui.abilities.base import HOPS, Bench
from tui.widgets.charts import DensityChart, LikelihoodChart
from tui.widgets.growing_table import GrowingTable
from tui.widgets.pane import Drawing, Pane
from tui.widgets.status import StatusLine

pytestmark = pytest.mark.painted


class Lines(Drawing):
    """A drawing of given lines."""

    lines = ("one", "two", "three")

    def picture(self) -> Text:
        return Text("\n".join(self.lines))


class Gallery(App[None]):
    def compose(self) -> ComposeResult:
        yield Lines()


async def test_only_lines_that_changed_are_painted() -> None:
    app = Gallery()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        drawing = app.query_one(Lines)
        drawing._exchange_repaint_regions()
        drawing.redraw()
        assert list(drawing._exchange_repaint_regions()) == []
        drawing.lines = ("one", "TWO", "three")
        drawing.redraw()
        assert list(drawing._exchange_repaint_regions()) == [Region(0, 1, 20, 1)]
        await pilot.pause()
        assert [drawing.render_line(y).text.strip() for y in range(3)] == ["one", "TWO", "three"]


async def test_what_a_key_changes_is_shown_before_the_other_panes() -> None:
    async with opened() as (lab, pilot):
        await run_flat_out(lab, pilot)
        chart, density = lab.query_one(LikelihoodChart), lab.query_one(DensityChart)
        before = density.snapshot
        lab.action_switch("log_axis")
        assert chart.snapshot is not None
        assert chart.snapshot.log_axis
        assert density.snapshot is before
        await settle(lab, pilot)
        assert density.snapshot is not None
        assert density.snapshot.log_axis


async def test_a_step_is_told_at_once_and_reaches_every_pane() -> None:
    async with opened() as (lab, pilot):
        status, density = lab.query_one(StatusLine), lab.query_one(DensityChart)
        await lab.action_move(3)
        assert status.snapshot is not None
        assert status.snapshot.at == 3
        await settle(lab, pilot)
        assert density.snapshot is not None
        assert density.snapshot.at == 3


async def test_what_is_drawn_by_itself_rests_while_a_key_is_answered() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("f3")
        waiting = asyncio.ensure_future(lab.respite())
        await asyncio.sleep(0)
        assert not waiting.done()
        await waiting


async def test_it_rests_from_the_moment_a_key_is_read() -> None:
    async with opened() as (lab, _):
        taking = lab._post_message(Key("f3", None))
        waiting = asyncio.ensure_future(lab.respite())
        for _ in range(2 * HOPS):
            await asyncio.sleep(0)
        assert not waiting.done()
        assert await taking
        await waiting


async def test_what_a_key_changes_is_painted_before_another_pane_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with opened() as (lab, pilot):
        happened: list[str] = []
        paint, draw = Screen._compositor_refresh, Bench._draw

        def painting(screen: Screen[None]) -> None:
            happened.append("paint")
            paint(screen)

        def drawing(bench: Bench, pane: Pane) -> None:
            happened.append("draw")
            draw(bench, pane)

        monkeypatch.setattr(Screen, "_compositor_refresh", painting)
        monkeypatch.setattr(Bench, "_draw", drawing)
        lab.action_switch("log_axis")
        await settle(lab, pilot)
        assert happened[:2] == ["paint", "draw"]


async def test_a_new_row_lays_out_nothing_but_a_scrollbar(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened() as (lab, pilot):
        await pilot.press("greater_than_sign", "greater_than_sign")
        await settle(lab, pilot)
        laid_out = 0
        true = Screen._refresh_layout

        def noting(screen: Screen[None], *how: object, **more: object) -> None:
            nonlocal laid_out
            laid_out += 1
            true(screen, *how, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(Screen, "_refresh_layout", noting)
        table = lab.query_one(GrowingTable)
        before = table.row_count
        await pilot.press("greater_than_sign")
        await settle(lab, pilot)
        assert table.row_count > before
        assert laid_out == 0
        assert table.max_scroll_y == table.row_count + 1 - table.size.height


@pytest.mark.parametrize("words", ["", "--version"])
def test_textual_is_told_of_prompt_paints_before_it_is_imported(words: str) -> None:
    code = f"import sys; sys.argv = ['mle-tui', *{words.split()!r}]\n"
    code += "import tui.__main__ as program\nassert 'textual' not in sys.modules\n"
    code += "program.launch = lambda **_: 0\nprogram.main()\n"
    code += "from textual.constants import MAX_FPS\nprint(MAX_FPS)"
    environment = {k: v for k, v in os.environ.items() if k != "TEXTUAL_FPS"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.split()[-1] == "1000"
