"""The ledger: rows in order, their places, dropping and putting back, keeping what is left."""

from pathlib import Path

import numpy as np
import pytest
from textual.pilot import Pilot

from engine import Experiment, Training
from engine.datasets import datasets
from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.inference.influence import influence
from engine.samples.sample import Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles
from tests.tui.conftest import SIZES, opened, resized, screen_text, settle, told
from tui.app import Lab
from tui.ledger_order import columns
from tui.palette import DARK
from tui.pictures.histogram import bars, histogram
from tui.screens import ledger
from tui.screens.ledger import LedgerScreen
from tui.widgets.rows import RowTable


def of(family: str, name: str, **fields: object) -> Training:
    """A training on a bundled sample."""
    found = datasets()[name]
    values = {"family": family, "data": found.path, "column": found.column, **fields}
    return Training(Experiment.of(values))


async def ledger_of(lab: Lab, pilot: Pilot[None], *keys: str) -> LedgerScreen:
    """Open the ledger and press keys there."""
    await pilot.press("o")
    await settle(lab, pilot)
    for key in keys:
        await pilot.press(key)
        await settle(lab, pilot)
    screen = lab.screen
    assert isinstance(screen, LedgerScreen)
    return screen


def table_of(screen: LedgerScreen) -> list[int]:
    """Places of the rows, in their order."""
    return screen.query_one(RowTable).places.tolist()


async def test_the_row_that_pulls_most_stands_first_and_its_place_is_lit() -> None:
    async with opened(of("weibull", "ball-bearings")) as (lab, pilot):
        screen = await ledger_of(lab, pilot)
        assert screen.found is not None
        assert table_of(screen) == np.argsort(-screen.found.largest, kind="stable").tolist()
        shown = screen_text(lab)
        assert "ledger of weibull: 23 rows by |pull|" in shown
        assert "No. 23 (row 24) at 173.4 pulls scale up by 0.59 standard errors." in shown
        assert screen_text(lab).count("▲") == 1
        await pilot.press("down")
        await settle(lab, pilot)
        assert "No. 1 (row 2) at 17.88 pulls shape down by 0.39 standard errors." in screen_text(
            lab
        )


async def test_d_drops_and_refits_u_puts_back() -> None:
    async with opened(of("weibull", "ball-bearings")) as (lab, pilot):
        screen = await ledger_of(lab, pilot, "d", "down", "d")
        values = np.delete(screen.fitted.likelihood.sample.values, [22, 0])
        exact = fit(FAMILIES["weibull"], Sample(values))
        assert screen.less is not None
        assert screen.less.parameters == exact.parameters
        shown = screen_text(lab)
        assert "without 2" in shown
        assert "2.609303  +1.5432   +0.9052" in shown
        assert "dropped: 1, 23" in shown
        await pilot.press("d")
        await settle(lab, pilot)
        assert screen.dropped == [22, 0]
        await pilot.press("down", "u")
        await settle(lab, pilot)
        assert screen.dropped == [22]
        await pilot.press("u", "u")
        await settle(lab, pilot)
        assert screen.dropped == []
        assert screen.less is None
        assert "without" not in screen_text(lab)


async def test_keys_and_headers_sort_all_rows() -> None:
    async with opened(of("weibull", "ball-bearings")) as (lab, pilot):
        screen = await ledger_of(lab, pilot, "s")
        assert table_of(screen) == list(range(23))
        assert "by no." in screen_text(lab)
        await pilot.press("r")
        await settle(lab, pilot)
        assert table_of(screen) == list(range(22, -1, -1))
        await pilot.press("s", "s")
        await settle(lab, pilot)
        found = influence(screen.fitted).rows.log_likelihood
        assert table_of(screen) == np.argsort(found, kind="stable").tolist()
        await pilot.press("S")
        await settle(lab, pilot)
        assert screen.columns[screen.by].head == "value"
        await pilot.click(RowTable, offset=(22, 0))
        await settle(lab, pilot)
        assert screen.columns[screen.by].head == "log-lik."
        await pilot.click(RowTable, offset=(22, 0))
        await settle(lab, pilot)
        assert table_of(screen) == np.argsort(-found, kind="stable").tolist()


async def test_a_hundred_thousand_rows_are_all_there_and_written_only_in_view() -> None:
    async with opened() as (lab, pilot):
        screen = await ledger_of(lab, pilot)
        assert screen.found is not None
        assert "ledger of normal: 100,000 rows by |pull|" in screen_text(lab)
        largest = screen.found.largest
        assert largest[table_of(screen)].tolist() == sorted(largest.tolist(), reverse=True)
        await pilot.press("end")
        await settle(lab, pilot)
        table = screen.query_one(RowTable)
        assert table.place == int(np.argsort(-largest, kind="stable")[-1])
        assert f"{table.place + 1:,}" in screen_text(lab)
        await pilot.press("pageup", "home", "pagedown", "up")
        await settle(lab, pilot)
        assert table.cursor == table.scrollable_content_region.height - 3
        await pilot.press("s", "s")
        await settle(lab, pilot)
        assert table.cursor == 0
        values = screen.fitted.likelihood.sample.values
        assert values[table_of(screen)].tolist() == sorted(values.tolist(), reverse=True)


async def test_a_click_stands_on_a_row() -> None:
    async with opened(of("weibull", "ball-bearings")) as (lab, pilot):
        screen = await ledger_of(lab, pilot)
        await pilot.click(RowTable, offset=(8, 4))
        await settle(lab, pilot)
        assert screen.query_one(RowTable).cursor == 3
        assert "No. 21 (row 22) at 127.92" in screen_text(lab)
        await pilot.click(RowTable, offset=(100, 0))
        await pilot.click(RowTable, offset=(8, 25))
        await settle(lab, pilot)
        assert screen.query_one(RowTable).cursor == 3


async def test_columns_that_do_not_fit_are_scrolled_to() -> None:
    async with opened(of("normal-mixture", "old-faithful"), size=(60, 20)) as (lab, pilot):
        await ledger_of(lab, pilot)
        assert "|pull|▼" not in screen_text(lab)
        await pilot.press(*["right"] * 60)
        await settle(lab, pilot)
        assert "|pull|▼" in screen_text(lab)


async def test_enter_begins_anew_on_a_file_of_what_is_left_and_undo_brings_all_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = of("gamma", "ball-bearings")
    monkeypatch.chdir(tmp_path)
    async with opened(training) as (lab, pilot):
        await ledger_of(lab, pilot, "d")
        await pilot.press("enter")
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.training.sample.n == 22
        assert lab.session.training.family is FAMILIES["gamma"]
        assert sorted(lab.session.training.sample.values) == sorted(training.sample.values[:-1])
        assert lab.session.training.experiment.data == str(tmp_path / "ledger-1.csv")
        assert "Without 1 row" in told(lab)[-1]
        await pilot.press("u")
        await settle(lab, pilot)
        assert lab.session.training.sample.n == 23


async def test_leaving_without_dropping_changes_nothing() -> None:
    async with opened() as (lab, pilot):
        session = lab.session
        for leave in ("enter", "escape", "o", "q"):
            await pilot.press("o")
            await settle(lab, pilot)
            await pilot.press(leave)
            await settle(lab, pilot)
            assert len(lab.screen_stack) == 1
            assert lab.session is session


async def test_weights_and_bounds_have_their_columns_and_go_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sample = read_observations("remissions", Roles())
    experiment = Experiment.of({"family": "weibull", "data": "remissions"})
    async with opened(Training(experiment, sample)) as (lab, pilot):
        screen = await ledger_of(lab, pilot, "s", "r")
        place = table_of(screen)[0]
        assert place == sample.n - 1
        assert "> " in screen.columns[1].cell(place)
        await pilot.press("d")
        await settle(lab, pilot)
        assert screen.less is not None
        assert screen.less.likelihood.sample.n == sample.n - 1
        await pilot.press("enter")
        await settle(lab, pilot)
        assert "Without 1 row" in told(lab)[-1]
        assert lab.training is not None
        assert lab.training.sample.n == sample.n - 1
        assert lab.training.experiment.lower == "lower"
        assert lab.training.experiment.upper == "upper"
    weighted = read_observations("horse-kicks", Roles())
    async with opened(Training(Experiment.of({"family": "poisson", "data": "x"}), weighted)) as (
        lab,
        pilot,
    ):
        await ledger_of(lab, pilot)
        assert "weight" in screen_text(lab)


async def test_a_corner_has_no_pulls_and_is_refitted() -> None:
    async with opened(of("uniform", "ball-bearings")) as (lab, pilot):
        screen = await ledger_of(lab, pilot, "s", "r", "d")
        assert "a corner holds this estimate" in " ".join(screen_text(lab).split())
        assert screen.less is not None
        assert screen.less.parameters[1] == 128.04
        assert "nan" not in screen_text(lab)


async def test_dropping_what_cannot_be_spared_is_told() -> None:
    sample = Sample(np.array([1.0, 2.0, 2.5]))
    experiment = Experiment.of({"family": "gamma", "data": "x"})
    async with opened(Training(experiment, sample)) as (lab, pilot):
        await ledger_of(lab, pilot, "d", "down", "d")
        assert "2 parameters need at least as many rows, not 1" in screen_text(lab)


async def test_a_sample_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "LARGEST", 10)
    async with opened() as (lab, pilot):
        await ledger_of(lab, pilot, "d", "u", "s", "r")
        assert "The ledger holds 10 rows; this sample has 100,000." in screen_text(lab)
        await pilot.press("enter")
        await settle(lab, pilot)
        assert len(lab.screen_stack) == 1


async def test_table_and_estimates_are_whole_at_every_size() -> None:
    async with opened(of("normal-mixture", "old-faithful"), size=SIZES[0]) as (lab, pilot):
        screen = await ledger_of(lab, pilot, "d")
        for size in SIZES:
            await resized(lab, pilot, size)
            for each in (screen.query_one(RowTable), screen.query_one("#estimates")):
                assert screen.region.contains_region(each.region)
                assert each.region.area > 0
            assert "variance_2" in screen_text(lab)


def test_values_far_from_0_are_told_apart() -> None:
    far = 1.7e12 + np.array([3.25, 40.5, 41.0, 44.5, 61.75, 80.0])
    fitted = fit(FAMILIES["normal"], Sample(far))
    value = columns(fitted, influence(fitted))[1]
    written = [value.cell(i) for i in range(far.size)]
    assert [float(each) for each in written] == pytest.approx(far.tolist(), rel=1e-13)
    assert len(set(written)) == far.size
    assert max(map(len, written)) < value.width


def test_lit_columns_are_those_of_the_value() -> None:
    sample = Sample(np.array([0.0, 1.0, 1.0, 2.0, 10.0]))
    found = bars(sample, 20, whole=True)
    assert len(found.heights) == 20
    shown = histogram(found, (10.0, 10.0), (20, 6), DARK).plain.split("\n")
    assert shown[-2].rstrip("▲") == "─" * shown[-2].count("─")
    assert "▲" in shown[-2]
    assert histogram(found, (50.0, 50.0), (20, 6), DARK).plain.split("\n")[-2][-1] == "▶"
    assert histogram(found, (-50.0, -50.0), (20, 6), DARK).plain.split("\n")[-2][0] == "◀"
    upper = histogram(found, (5.0, np.inf), (20, 6), DARK).plain.split("\n")[-2]
    assert upper.endswith("▲▲▲")
