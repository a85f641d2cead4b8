"""Keys that a user has changed: read, checked, and shown wherever keys are shown."""

from typing import Any, TypeVar

import pytest
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from tests.tui.conftest import opened, screen_text, settle, told
from tui.app import Lab
from tui.configuration.settings import Settings
from tui.keys.in_use import keyed
from tui.keys.names import KeyList, named, written
from tui.keys.remap import ALL, IDS, changes_of, faults_of, remapped
from tui.keys.screen_keys import WHERE
from tui.keys.vim import CHANGES, STAND_INS
from tui.screens.exports import ExportScreen
from tui.screens.files import FilesScreen
from tui.screens.help import HelpScreen
from tui.screens.ledger import LedgerScreen

NAMES = """
run step back leap leap-back restart newest faster slower train surface race-pane fit report-pane
branch double-the-rate halve-the-rate drive race undo log-axis per-observation ledger lens doctor
table-report all-settings sidebar maximise open-data screenshot capsule write-experiment help
palette suspend stop quit surface-grip surface-left surface-right surface-up surface-down
surface-closer surface-wider surface-region surface-whole-path surface-axes surface-hold-profile
drive-less drive-more drive-one-less drive-one-more drive-ten-less drive-ten-more drive-previous
drive-next drive-hold-free drive-leave race-mute race-lanes race-clock fit-chart fit-chart-before
fit-pane fit-rank fit-intervals fit-p-values fit-leave-off profile-previous profile-next
profile-hold-less profile-hold-more profile-hold-lower profile-hold-higher report-export
report-copy lessons next-task lessons-next lessons-previous lessons-leave
look-leave ledger-leave ledger-keep ledger-drop ledger-put-back ledger-sort ledger-sort-before
ledger-reverse lens-next lens-previous lens-copy lens-up lens-down doctor-leave data-load data-value
data-weights data-event data-lower data-upper files-next files-previous files-complete lanes-race
exports-leave help-close help-up help-down help-page-up help-page-down
"""
"""What configurations call the actions. A name may come, but none may change or go."""


def test_actions_keep_the_names_that_configurations_know() -> None:
    assert set(NAMES.split()) <= set(IDS)
    assert len(IDS) == len(ALL)


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        ("a", "a", "a"),
        ("R", "R", "R"),
        ("shift+r", "R", "R"),
        ("ctrl+D", "ctrl+d", "ctrl+d"),
        ("/", "slash", "/"),
        ("slash", "slash", "/"),
        (":", "colon", ":"),
        ("+", "plus", "+"),
        ("ctrl++", "ctrl+plus", "ctrl++"),
        ("-", "minus", "-"),
        (" space ", "space", "space"),
        ("PageUp", "pageup", "pgup"),
        ("pgup", "pageup", "pgup"),
        ("shift+left", "shift+left", "⇧←"),
        ("shift+ctrl+left", "ctrl+shift+left", "ctrl+⇧←"),
        ("F5", "f5", "f5"),
        ("ä", "ä", "ä"),
        ("€", "euro_sign", "€"),
        ("tab", "tab", "tab"),
    ],
)
def test_a_key_is_known_by_what_one_writes(text: str, key: str, shown: str) -> None:
    assert named(text) == key
    assert written(key) == shown
    assert named(key) == key


@pytest.mark.parametrize(
    "text",
    ["", " ", "ctrl+", "+a", "hyper+x", "ctrl+ctrl+a", "foo", "<any>", "\x1b", "\x00", "shift+1"],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="holds "):
        named(text)


@pytest.mark.parametrize("key", ALL, ids=lambda key: key.id)
def test_the_table_shows_its_keys_as_they_are_written(key: object) -> None:
    keys = key.keys  # type: ignore[attr-defined]
    assert KeyList().check(keys.split(",")) == keys
    assert written(keys) == key.shown  # type: ignore[attr-defined]


def test_a_list_of_keys_is_read_from_a_string_or_a_list() -> None:
    assert KeyList().parse("f, ctrl+f ,f") == "f,ctrl+f"
    assert KeyList().check(["?", "f1"]) == "question_mark,f1"
    assert KeyList().parse(",") == "comma"


def test_the_vim_preset_gives_no_key_to_two_actions() -> None:
    assert faults_of(changes_of("vim"), {}) == {}
    assert set(CHANGES) <= set(IDS)
    for place in WHERE:
        keys = [k for key in remapped(CHANGES) if key.place == place for k in key.keys.split(",")]
        assert len(keys) == len(set(keys))


def test_stand_ins_are_keys() -> None:
    assert [named(key) for pair in STAND_INS.items() for key in pair]


async def test_a_changed_key_acts_and_the_old_one_does_not() -> None:
    told = Settings(keys={"step": "f5", "back": "ctrl+b,f6"})
    async with opened(settings=told) as (lab, pilot):
        assert lab.session is not None
        await pilot.press("full_stop")
        await settle(lab, pilot)
        assert lab.session.at == 0
        await pilot.press("f5", "f5", "f5")
        await settle(lab, pilot)
        assert lab.session.at == 3
        await pilot.press("ctrl+b", "f6")
        await settle(lab, pilot)
        assert lab.session.at == 1


async def test_two_actions_change_places() -> None:
    told = Settings(keys={"step": "comma", "back": "full_stop"})
    async with opened(settings=told) as (lab, pilot):
        assert lab.session is not None
        await pilot.press("comma", "comma", "full_stop")
        await settle(lab, pilot)
        assert lab.session.at == 1


async def test_a_changed_key_of_a_place_acts_there() -> None:
    told = Settings(tab="surface", keys={"surface-axes": "f5", "surface-left": "f6"})
    async with opened(settings=told) as (lab, pilot):
        await settle(lab, pilot)
        keys = lab.screen.active_bindings
        assert keys["f6"].binding.action == "app.pull(-1,0)"
        assert "left" not in {
            key for key, each in keys.items() if each.binding.action.startswith("app.pull")
        }


async def test_help_footer_palette_tabs_and_hints_show_changed_keys() -> None:
    changed = Settings(
        keys={"run": "f9", "quit": "ctrl+w", "help": "f1", "train": "f5", "race": "f8"}
    )
    async with opened(settings=changed, size=(120, 40)) as (lab, pilot):
        shown = screen_text(lab)
        assert "f9 runs" in shown
        assert "f5 train" in shown
        foot = shown.splitlines()[-1]
        assert " ".join(foot.split()) == "f9 run . step b branch f8 race f1 help ctrl+w quit"
        titles = {command.title for command in lab.get_system_commands(lab.screen)}
        assert {"Run (f9)", "Quit (ctrl+w)", "Train (f5)"} <= titles
        await pilot.press("3")
        await settle(lab, pilot)
        assert "f8 races up to six optimizers" in screen_text(lab)
        await pilot.press("f1")
        await pilot.pause()
        line = next(x for x in screen_text(lab).splitlines() if "Run, or pause the run" in x)
        assert "f9" in line


async def test_what_is_said_in_passing_names_the_changed_key() -> None:
    changed = {"undo": "f5", "race": "f8", "next-task": "f9"}
    async with opened(settings=Settings(keys=changed)) as (lab, pilot):
        await pilot.press("3", "m")
        assert told(lab)[-1] == "There is no race yet; f8 starts one."
        await pilot.press("asterisk")
        await settle(lab, pilot)
        assert told(lab)[-1].endswith("; f5 takes it back.")
        await pilot.press("f5")
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.training.experiment.learning_rate == 0.1
        await pilot.press("f9", "f9")
        await settle(lab, pilot)
        assert told(lab)[-1].endswith(". f9 again skips it.")


def test_without_changes_texts_have_the_keys_of_the_table() -> None:
    assert keyed(None, "{run} runs, {race-lanes} chooses") == "space runs, e chooses"


async def test_the_footer_shows_a_binding_that_is_not_of_the_table_as_before() -> None:
    async with opened() as (lab, _):
        assert lab.get_key_display(Binding("ctrl+x", "nothing")) == "^x"


@pytest.mark.parametrize(
    ("id_", "keys", "reason"),
    [
        ("ledger-drop", "q", "which is the key of look-leave too"),
        ("look-leave", "c", "which is the key of lens-copy too"),
        ("ledger-sort", "d", "which is the key of ledger-drop too (on the ledger)"),
        ("doctor-leave", "7", "a digit that chooses there"),
        ("files-next", "j", "which is typed there"),
        ("help-close", "slash", "which is typed there"),
        ("data-load", "escape", "a key that leaves where one is"),
    ],
)
def test_a_screens_key_that_is_not_free_is_refused(id_: str, keys: str, reason: str) -> None:
    assert reason in faults_of({id_: keys}, {})[id_]


def test_a_screen_may_have_a_key_of_the_lab_or_of_another_screen() -> None:
    changes = {"ledger-drop": "space", "files-complete": "tab,ctrl+n", "lens-copy": "d"}
    assert faults_of(changes, {}) == {}


Shown = TypeVar("Shown", bound=Screen[Any])


async def shown(lab: Lab, pilot: Pilot[None], kind: type[Shown], *keys: str) -> Shown:
    """Press keys and wait until a screen of a kind lies over the lab."""
    await pilot.press(*keys)
    while not isinstance(lab.screen, kind):
        await pilot.pause()
    await pilot.pause()
    return lab.screen


async def test_a_screen_takes_changed_keys_and_shows_them() -> None:
    told = Settings(keys={"help-close": "f2", "help-down": "ctrl+n", "exports-leave": "x"})
    async with opened(settings=told) as (lab, pilot):
        await pilot.press("question_mark")
        await pilot.pause()
        assert "ctrl+n scroll" in screen_text(lab)
        listed = lab.screen.query_one(VerticalScroll)
        await pilot.press("down", "f1")
        await pilot.pause()
        assert listed.scroll_y == 0
        await pilot.press("ctrl+n", "ctrl+n")
        await pilot.pause()
        assert listed.scroll_y == 2
        await pilot.press("f2")
        await pilot.pause()
        assert not isinstance(lab.screen, HelpScreen)
        await pilot.press("5")
        await shown(lab, pilot, ExportScreen, "x")
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(lab.screen, ExportScreen)
        await pilot.press("x")
        await pilot.pause()
        assert not isinstance(lab.screen, ExportScreen)


async def test_a_key_before_those_of_a_field_can_be_changed_and_escape_always_leaves() -> None:
    told = Settings(keys={"files-next": "ctrl+n", "files-complete": "ctrl+t"})
    async with opened(settings=told) as (lab, pilot):
        files = await shown(lab, pilot, FilesScreen, "O")
        assert "ctrl+n choose · ctrl+t completes" in screen_text(lab)
        await pilot.press(*"old-f")
        while len(files.offered) != 1:
            await pilot.pause()
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert files.query_one(Input).value == "old-faithful"
        await pilot.press("escape")
        await pilot.pause()
        assert len(lab.screen_stack) == 1


async def test_the_ledger_drops_by_another_key() -> None:
    told = Settings(keys={"ledger-drop": "x", "look-leave": "f3"})
    async with opened(settings=told) as (lab, pilot):
        ledger = await shown(lab, pilot, LedgerScreen, "o")
        while ledger.found is None:
            await pilot.pause()
        assert "x drops" in screen_text(lab)
        await pilot.press("d")
        await pilot.pause()
        assert not ledger.dropped
        await pilot.press("x")
        await pilot.pause()
        assert len(ledger.dropped) == 1
        await pilot.press("q")
        await pilot.pause()
        assert lab.screen is ledger
        await pilot.press("f3")
        await pilot.pause()
        assert lab.screen is not ledger
