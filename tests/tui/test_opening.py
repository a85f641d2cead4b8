"""Opening data: from a key to a loaded column, and back without a trace."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, Label, OptionList, Static

from engine.fits.fitting import fit
from engine.tables.observations import read_observations
from engine.tables.roles import Roles
from tests.tui.conftest import SIZES, opened, screen_text, settle, told
from tui.app import Lab
from tui.browsing import offers
from tui.commands import lab as lab_command
from tui.commands.cli import run_command
from tui.preview import Preview, looked_at, tried
from tui.screens.data import DataScreen
from tui.screens.files import FilesScreen

CLINIC = (
    "patient;height;weight;healed;hours;failed\n"
    "anna;1,72;65,5;1;10,5;1\n"
    "bert;1,80;;0;20,0;0\n"
    "carl;NA;81,25;1;13,5;1\n"
    "dora;1,65;n.v.;1;17,25;1\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "clinic.csv").write_text(CLINIC, "utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "deep.tsv").write_text("x\ty\n1.5\t2\n2.5\t3\n", "utf-8")
    (tmp_path / "notes.md").write_text("no table", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def preview(lab: Lab, pilot: Pilot[None]) -> DataScreen:
    """Wait until a table has been looked at."""
    await pilot.pause()
    while not isinstance(lab.screen, DataScreen):
        await pilot.pause()
    screen = lab.screen
    while not screen.query("#refusal"):  # it is still being laid out
        await pilot.pause()
    while screen.verdict is None and not refusal(screen):
        await pilot.pause()
    await pilot.pause()
    return screen


async def listed(lab: Lab, pilot: Pilot[None], count: Callable[[int], bool]) -> FilesScreen:
    """Wait until so many things are offered."""
    await pilot.pause()
    while not isinstance(lab.screen, FilesScreen) or not count(len(lab.screen.offered)):
        await pilot.pause()
    return lab.screen


def refusal(screen: DataScreen) -> str:
    return str(screen.query_one("#refusal", Label).render())


def words(screen: DataScreen) -> str:
    return str(screen.query_one("#told", Static).render())


async def to_clinic(lab: Lab, pilot: Pilot[None]) -> DataScreen:
    await pilot.press("O")
    await listed(lab, pilot, bool)
    await pilot.press(*"clinic", "enter")
    return await preview(lab, pilot)


async def test_from_the_key_to_a_loaded_column(folder: Path) -> None:
    async with opened() as (lab, pilot):
        screen = await to_clinic(lab, pilot)
        assert screen.at == "height"
        assert "1 missing: row 4" in words(screen)
        assert "Begins with normal" in words(screen)
        await pilot.press("enter")
        await settle(lab, pilot)
        assert lab.session is not None
        experiment = lab.session.training.experiment
        assert (experiment.data, experiment.column) == ("clinic.csv", "height")
        assert lab.session.training.sample.values.tolist() == [1.72, 1.80, 1.65]
        assert any("left out: row 4." in each for each in told(lab))
        await pilot.press("u")
        await settle(lab, pilot)
        assert lab.session.training.experiment.data == ""


async def test_of_a_long_table_the_first_rows_are_shown_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{i},{i % 7}.5,{'word' if i == 900 else i}\n" for i in range(1000))
    (folder / "long.csv").write_text(f"a,b,c\n{rows}", "utf-8")
    monkeypatch.setattr("engine.tables.text_table.GLIMPSE", 2000)
    rest = Event()

    def in_time(name: str) -> Preview:
        rest.wait()
        return looked_at(name)

    monkeypatch.setattr("tui.screens.data.looked_at", in_time)
    async with opened() as (lab, pilot):
        await pilot.press("O", *"long")
        await listed(lab, pilot, lambda count: count == 1)
        await pilot.press("enter")
        while not isinstance(lab.screen, DataScreen) or lab.screen.preview is None:
            await pilot.pause()
        screen = lab.screen
        await pilot.pause()
        read = screen.preview.first
        assert 0 < read < 1000
        assert f"That is of the first {read:,} rows; reading on …" in words(screen)
        await pilot.press("down", "c", "enter")
        assert dict(screen.preview.chosen) == {"column": "b"}
        assert screen.verdict is None
        rest.set()
        while lab.screen is screen:
            await pilot.pause()
        assert screen.preview.first == 0
        assert [(each.n, each.kind) for each in screen.preview.columns] == [
            (1000, "whole"),
            (1000, "number"),
            (999, "mixed"),
        ]
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.training.experiment.column == "b"
        assert lab.session.training.sample.n == 1000


async def test_the_table_shows_every_column_with_its_type_and_fits_every_size(folder: Path) -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        await to_clinic(lab, pilot)
        lines = screen_text(lab).splitlines()
        row = next(line for line in lines if "● height " in line)
        assert row[row.index("●") :].split()[:9] == [
            *("●", "height", "number", "3", "1"),
            *("1.65", "1.685", "1.72", "1.76"),
        ]
        assert any("weight" in line and "mixed" in line for line in lines)
        assert any("patient" in line and "text" in line for line in lines)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert lab.size == size
            text = screen_text(lab)
            assert "enter loads" in text
            assert "Begins with normal" in text
            assert "height" in text


async def test_a_column_with_text_among_its_numbers_is_told_with_its_rows(folder: Path) -> None:
    async with opened() as (lab, pilot):
        screen = await to_clinic(lab, pilot)
        await pilot.press("down")
        await pilot.pause()
        assert "1 missing: row 3" in words(screen)
        assert "1 no number: row 5 'n.v.'" in words(screen)
        await pilot.press("c")
        await preview(lab, pilot)
        assert "row 5, column 'weight': 'n.v.' is not a finite number" in refusal(screen)
        await pilot.press("enter")
        await pilot.pause()
        assert lab.screen is screen


async def test_censored_times_are_loaded_with_their_event(folder: Path) -> None:
    async with opened() as (lab, pilot):
        screen = await to_clinic(lab, pilot)
        await pilot.press("down", "down", "down", "c", "down", "e")
        await preview(lab, pilot)
        assert dict(screen.preview.chosen) == {"column": "hours", "event": "failed"}  # type: ignore[union-attr]
        assert "1 of them censored" in words(screen)
        await pilot.press("tab", *"5.5", "enter")
        await settle(lab, pilot)
        assert lab.session is not None
        experiment = lab.session.training.experiment
        assert (experiment.event, experiment.truncate_below) == ("failed", 5.5)
        sample = read_observations("clinic.csv", Roles("hours", event="failed", below=5.5))
        assert lab.session.training.sample_mle == pytest.approx(
            fit(lab.session.training.family, sample).parameters
        )


async def test_a_truncation_that_is_none_is_refused(folder: Path) -> None:
    async with opened() as (lab, pilot):
        screen = await to_clinic(lab, pilot)
        await pilot.press("tab", "x", "enter")
        await pilot.pause()
        assert "must be a number, or nothing, not 'x'" in refusal(screen)
        assert lab.screen is screen
        await pilot.press("backspace", "9")
        await preview(lab, pilot)
        assert "outside the truncation's range" in refusal(screen)


async def test_bounds_take_the_place_of_a_value(folder: Path) -> None:
    async with opened() as (lab, pilot):
        screen = await to_clinic(lab, pilot)
        await pilot.press("l")
        await preview(lab, pilot)
        assert dict(screen.preview.chosen) == {"lower": "height"}  # type: ignore[union-attr]
        assert "--lower and --upper go together" in refusal(screen)
        await pilot.press("l")
        await preview(lab, pilot)
        assert "Choose the column" in refusal(screen)


async def test_a_bundled_sample_comes_with_its_roles(folder: Path) -> None:
    async with opened() as (lab, pilot):
        await pilot.press("O", *"red-m")
        await listed(lab, pilot, lambda count: count == 1)
        await pilot.press("enter")
        screen = await preview(lab, pilot)
        assert "150 observations by their weights" in words(screen)
        await pilot.press("enter")
        await settle(lab, pilot)
        assert lab.session is not None
        experiment = lab.session.training.experiment
        assert (experiment.family, experiment.weights) == ("poisson", "leaves")
        assert lab.session.training.sample_mle == pytest.approx((172 / 150,))


@pytest.mark.parametrize("deep", [False, True])
async def test_escape_leaves_everything_as_it_was(folder: Path, *, deep: bool) -> None:
    async with opened() as (lab, pilot):
        await pilot.press("greater_than_sign")
        await settle(lab, pilot)
        before = lab.session
        if deep:
            await to_clinic(lab, pilot)
        else:
            await pilot.press("O")
            await listed(lab, pilot, bool)
        await pilot.press("escape")
        await settle(lab, pilot)
        assert len(lab.screen_stack) == 1
        assert lab.session is before
        assert before is not None
        assert before.at == 1000


async def test_a_path_is_completed_folder_by_folder(folder: Path) -> None:
    async with opened() as (lab, pilot):
        await pilot.press("O", *"mor")
        screen = await listed(lab, pilot, lambda count: count == 1)
        await pilot.press("tab")
        while [each.name for each in screen.offered] != ["more/deep.tsv"]:
            await pilot.pause()
        assert screen.query_one(Input).value == "more/"
        await pilot.press("enter")
        assert (await preview(lab, pilot)).source == "more/deep.tsv"


async def test_what_is_not_there_is_said(folder: Path) -> None:
    async with opened() as (lab, pilot):
        await pilot.press("O", *"zzz")
        await listed(lab, pilot, lambda count: count == 0)
        await pilot.pause()
        assert "no such file" in screen_text(lab)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(lab.screen, FilesScreen)


async def test_a_file_that_is_no_table_is_one_sentence(folder: Path) -> None:
    async with opened() as (lab, pilot):
        await pilot.press("O", *"notes.md")
        await listed(lab, pilot, lambda count: count == 1)
        await pilot.press("enter")
        screen = await preview(lab, pilot)
        assert "has a header and no rows below it that hold anything." in refusal(screen)
        await pilot.press("enter", "w", "escape")
        await settle(lab, pilot)
        assert len(lab.screen_stack) == 1


def test_a_folder_of_nobody_has_nothing(folder: Path) -> None:
    assert list(offers("~nobody-of-this-name/")) == []


def test_hidden_files_other_kinds_and_pipes_are_not_offered(folder: Path) -> None:
    (folder / ".hidden.csv").write_text("x\n1\n", "utf-8")
    names = [each.name for each in offers("")]
    assert names[:2] == ["clinic.csv", "more/"]
    assert "ball-bearings" in names
    assert [each.name for each in offers(".h")] == [".hidden.csv"]
    assert offers("no/such/folder/") == []
    assert offers("\0/") == []


async def test_hostile_names_harm_nothing(folder: Path) -> None:
    bad = "\x1b[31m[/]\u202e"
    (folder / "\x1b[31m[bold]\u202e.csv").write_text(f"{bad},b{bad}\n1,x\n2,{bad}\n", "utf-8")
    async with opened() as (lab, pilot):
        await pilot.press("O")
        screen = await listed(lab, pilot, bool)
        at = next(i for i, each in enumerate(screen.offered) if each.name.startswith("\x1b"))
        for _ in range(at):
            await pilot.press("down")
        assert screen.query_one(OptionList).highlighted == at
        assert "\x1b" not in screen_text(lab)
        await pilot.press("enter")
        await preview(lab, pilot)
        assert lab.screen.query_one(DataTable).row_count == 2
        text = screen_text(lab)
        assert "\x1b" not in text
        assert "\u202e" not in text
        await pilot.press("enter")
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.training.sample.values.tolist() == [1.0, 2.0]


async def test_a_file_with_several_columns_is_offered_when_the_lab_opens(folder: Path) -> None:
    lab = Lab(offered="clinic.csv")
    async with lab.run_test(size=(120, 40)) as pilot:
        await preview(lab, pilot)
        await pilot.press("enter")
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.training.experiment.column == "height"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("a\n1\n2\n", False),
        ("a,b\n1,x\n2,y\n", False),
        ("a,b\n1,3\n2,4\n", True),
        ("a,b\n1,TRUE\n2,\n", True),
    ],
)
def test_the_lab_asks_which_column_is_what(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, *, asked: bool
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    opened_with: list[str] = []

    def launch(*_: object, offered: str = "", **__: object) -> int:
        opened_with.append(offered)
        return 0

    monkeypatch.setattr(lab_command, "launch", launch)
    monkeypatch.setattr(lab_command, "has_screen", lambda: True)
    assert run_command([str(path)]) == 0
    assert opened_with == [str(path) if asked else ""]


def test_censored_rows_are_counted_as_rows(tmp_path: Path) -> None:
    path = tmp_path / "seen.csv"
    path.write_text("v,w,e\n5,100,1\n7,100,0\n6,50,1\n4,3,1\n", "utf-8")
    shown = replace(looked_at(str(path)), chosen={"column": "v", "weights": "w", "event": "e"})
    assert tried(shown).count == "4 rows, 1 of them censored, 253 observations by their weights."
