"""The main screen renders and writes what has changed, and what stands there is what should."""

import pytest
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Footer, Label

from tests.tui.conftest import opened, settle
from tui.app import Lab
from tui.screens.main import NearCompositor
from tui.widgets.charts import DensityChart, LikelihoodChart

pytestmark = pytest.mark.painted


def compositor(lab: Lab) -> NearCompositor:
    found = lab.screen_stack[0]._compositor
    assert isinstance(found, NearCompositor)
    return found


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[Widget]:
    """Every widget that is rendered from now on."""
    seen: list[Widget] = []
    true = Widget.render_lines

    def noting(widget: Widget, crop: Region) -> object:
        seen.append(widget)
        return true(widget, crop)

    monkeypatch.setattr(Widget, "render_lines", noting)
    return seen


async def test_a_word_that_changes_is_all_that_is_rendered_and_written(
    rendered: list[Widget],
) -> None:
    async with opened() as (lab, _):
        label = lab.query_one("#state", Label)
        label.update("elsewhere", layout=False)
        rendered.clear()
        near = compositor(lab)
        near.update_widgets({label})
        update = near.render_update(screen_stack=[])
        assert set(rendered) == {label}
        assert update is not None
        assert [y for y, *_ in update.spans] == [label.region.y]  # type: ignore[attr-defined]


async def test_what_stands_there_is_not_written_again() -> None:
    async with opened() as (lab, pilot):
        near = compositor(lab)
        for widget in (lab.query_one(Footer), lab.query_one(DensityChart)):
            widget.refresh()
            await pilot.pause()
            widget.refresh()
            near.update_widgets({widget})
            assert near.render_update(screen_stack=[]) is None
        lab.screen_stack[0].refresh()
        await pilot.pause()
        chart = lab.query_one(LikelihoodChart)
        chart.refresh()
        near.update_widgets({chart})
        assert near.render_update(screen_stack=[]) is not None  # all was painted over


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_believed_to_stand_there_is_what_is_to_be_seen(
    size: tuple[int, int],
) -> None:
    async with opened(size=size) as (lab, pilot):
        near = compositor(lab)
        for keys in (
            ("full_stop", "full_stop", "greater_than_sign", "y"),
            ("n", "t", "less_than_sign", "y"),
            ("left_square_bracket", "d", "right", "right"),
            ("2", "pageup", "1", "escape"),
            ("left_square_bracket", "question_mark", "escape"),
            ("z", "greater_than_sign", "z", "comma"),
            ("plus", "plus", "space"),
        ):
            await pilot.press(*keys)
            await settle(lab, pilot)
            if near._layout is not near.cuts:
                continue
            whole = near._render_chops(near.size.region, lambda _: True)
            for y, standing in enumerate(near._standing):
                for x, strip in standing.items():
                    assert strip == whole[y][x], (keys, x, y)
        assert any(near._standing)
