"""The vim preset: time along h and l, lists and pages by j, k, ctrl+d, ctrl+u, g and G."""

from textual.widgets import Input

from tests.tui.conftest import opened, screen_text, settle
from tui.configuration.settings import Settings
from tui.keys.remap import changes_of
from tui.widgets.dossier import Page

VIM = Settings(preset="vim", keys=changes_of("vim"))


async def test_time_goes_along_h_and_l() -> None:
    async with opened(settings=VIM) as (lab, pilot):
        assert lab.session is not None
        await pilot.press("l", "l", "h", "ctrl+d")
        await settle(lab, pilot)
        assert lab.session.at == 1001
        await pilot.press("0")
        await settle(lab, pilot)
        assert lab.session.at == 0
        await pilot.press("dollar_sign")
        await settle(lab, pilot)
        assert lab.session.at == 1001


async def test_a_colon_opens_the_palette() -> None:
    async with opened(settings=VIM) as (lab, pilot):
        await pilot.press("colon")
        await pilot.pause()
        assert lab.screen.query(Input)
        await pilot.press(*"jk")
        assert lab.screen.query_one(Input).value == "jk"
        await pilot.press("escape")
        await settle(lab, pilot)


async def test_a_slash_opens_the_help_and_halving_has_another_key() -> None:
    async with opened(settings=VIM) as (lab, pilot):
        await pilot.press("backslash")
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.training.experiment.learning_rate == 0.05
        await pilot.press("slash")
        await pilot.pause()
        assert "Go on from here at half the rate" in screen_text(lab)


async def test_a_page_is_scrolled_by_its_letters() -> None:
    async with opened(settings=VIM) as (lab, pilot):
        await pilot.press("5")
        await settle(lab, pilot)
        page = lab.query_one(Page)
        page.focus()
        await pilot.press("j", "j")
        await settle(lab, pilot)
        assert page.scroll_target_y == 2
        await pilot.press("k")
        await settle(lab, pilot)
        assert page.scroll_target_y == 1
        await pilot.press("G")
        await settle(lab, pilot)
        assert page.scroll_target_y == page.max_scroll_y > 10
        await pilot.press("ctrl+u")
        await settle(lab, pilot)
        assert 0 < page.scroll_target_y < page.max_scroll_y
        await pilot.press("g")
        await settle(lab, pilot)
        assert page.scroll_target_y == 0


async def test_letters_are_text_in_a_field() -> None:
    async with opened(settings=VIM) as (lab, pilot):
        field = next(each for each in lab.query(Input) if each.value == "100000")
        field.focus()
        await pilot.press("end", "j", "k", "g", "G", "l")
        assert field.value == "100000jkgGl"


async def test_without_the_preset_letters_do_not_scroll() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("5")
        await settle(lab, pilot)
        page = lab.query_one(Page)
        page.focus()
        await pilot.press("j", "j")
        await settle(lab, pilot)
        assert page.scroll_target_y == 0
