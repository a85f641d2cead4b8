"""The report's tab, played with keys: read, scrolled, copied, and written to files."""

import csv
import io
import json
import shlex
from pathlib import Path

import pytest
from textual.widgets import OptionList

from engine.experiments.experiment import Experiment
from engine.fits.fitting import NoFit
from engine.reports.report import report
from engine.runs.training import Training
from tests.tui.conftest import SIZES, opened, resized, run_flat_out, screen_text, settle, told
from tui.app import Lab
from tui.commands.cli import run_command
from tui.exports import EXPORTS
from tui.messages import ExperimentChanged
from tui.texts.written import written
from tui.widgets.dossier import Page

SECTIONS = ("1 Training duration", "2 Target distribution", "3 Sample MLE", "4 Estimate")
SMALL = {"n": 500, "epochs": 200, "optimizer": "adam"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def small() -> Training:
    return Training(Experiment.of(SMALL))


async def chosen(lab: Lab, pilot: object, place: int) -> None:
    """Open the menu and take an entry."""
    await pilot.press("x")  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]
    await pilot.press(*["down"] * place, "enter")  # type: ignore[attr-defined]
    await settle(lab, pilot)  # type: ignore[arg-type]


def page_text(lab: Lab) -> str:
    """All of the page, also what is not in view."""
    dossier = lab.query_one(Page).dossier
    assert dossier is not None
    parts = [dossier.title]
    for section in dossier.sections:
        parts += [section.title, *section.sentences, section.command]
        for table in section.tables:
            parts += [*table.header, *(written(cell) for row in table.rows for cell in row)]
    return "\n".join(parts)


def page_lines(lab: Lab) -> list[str]:
    """The page as it is drawn, from its top to its end."""
    return [line.text for line in lab.query_one(Page).lines]


async def test_the_six_sections_are_there_and_more_below_at_every_size() -> None:
    async with opened(small(), size=SIZES[0]) as (lab, pilot):
        await run_flat_out(lab, pilot)
        await pilot.press("5")
        await settle(lab, pilot)
        assert lab.session is not None
        found = report(lab.session.training, lab.session.tape)
        heights = {}
        for size in SIZES:
            await resized(lab, pilot, size)
            await pilot.press("home")
            await pilot.pause()
            page = lab.query_one(Page)
            assert lab.screen.region.contains_region(page.region)
            assert max(map(len, page_lines(lab))) <= page.size.width <= size[0]
            heights[size[0]] = len(page_lines(lab))
            shown = screen_text(lab)
            assert "final report" in shown
            for title in SECTIONS:
                assert title in shown
            for value in (*found.estimate, *(found.sample_mle or ())):
                assert f"{value:.6f}" in shown
            await pilot.press("end")
            await pilot.pause()
            assert "mle-tui run --n 500" in " ".join(screen_text(lab).split())
            assert lab.session.at == 200
        assert heights[80] > heights[200]
        for title in ("The maximum", "Goodness of fit", "The price of early stopping"):
            assert title in page_text(lab)


async def test_it_goes_along_with_the_run_and_back_and_to_its_end() -> None:
    async with opened(small()) as (lab, pilot):
        await pilot.press("5")
        await settle(lab, pilot)
        assert "report so far" in screen_text(lab)
        assert "this is epoch 0 of at most 200" in page_text(lab)
        await pilot.press("full_stop", "full_stop")
        await settle(lab, pilot)
        assert "this is epoch 2 of at most 200" in page_text(lab)
        await pilot.press("comma")
        await settle(lab, pilot)
        assert "this is epoch 1 of at most 200" in page_text(lab)
        await pilot.press("z")
        await settle(lab, pilot)
        assert lab.query_one(Page).region.width > 110
        assert "report so far" in screen_text(lab)
        await run_flat_out(lab, pilot)
        assert "final report" in screen_text(lab)
        assert "4 Estimate so far" not in page_text(lab)


async def test_an_old_report_says_that_it_is_old() -> None:
    async with opened(small()) as (lab, pilot):
        await run_flat_out(lab, pilot)
        await pilot.press("5")
        await settle(lab, pilot)
        before = page_text(lab)
        lab.post_message(ExperimentChanged(Experiment.of({**SMALL, "seed": 7})))
        await settle(lab, pilot)
        assert "stale: settings have changed" in screen_text(lab)
        assert lab.query_one(Page).has_class("-old")
        assert page_text(lab) == before
        await pilot.press("full_stop")
        await settle(lab, pilot)
        assert not lab.query_one(Page).has_class("-old")
        assert "--seed 7" in page_text(lab)


async def test_every_entry_of_the_menu_writes_its_file_and_c_copies_it_too(folder: Path) -> None:
    async with opened(small()) as (lab, pilot):
        await run_flat_out(lab, pilot)
        await pilot.press("5", "x")
        await pilot.pause()
        assert lab.screen.query_one(OptionList).option_count == len(EXPORTS) + 1
        await pilot.press("escape")
        await settle(lab, pilot)
        assert list(folder.iterdir()) == []
        for i, each in enumerate(EXPORTS):
            await chosen(lab, pilot, i)
            assert told(lab)[-1] == f"Saved {folder / f'report-1{each.suffix}'}"
        await chosen(lab, pilot, len(EXPORTS))
        assert told(lab)[-1] == f"Saved {folder / 'fit-1.json'}"
        await chosen(lab, pilot, 0)
        await pilot.press("c")
        await settle(lab, pilot)
        assert str(folder / "report-3.md") in told(lab)[-1]
    names = {*(f"report-1{each.suffix}" for each in EXPORTS), "fit-1.json"}
    names |= {"report-2.md", "report-3.md"}
    assert {path.name for path in folder.iterdir()} == names
    text = (folder / "report-1.md").read_text("utf-8")
    assert text.startswith("# Maximum likelihood: normal by adam")
    assert lab.clipboard == text
    for number in (2, 3):
        assert (folder / f"report-{number}.md").read_text("utf-8") == text


async def test_files_say_what_the_commands_print(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = folder / "lives.csv"
    data.write_text("life,=b|<i>[/]\n" + "\n".join(f"{3 + i * i},x" for i in range(30)) + "\n")
    experiment = {"data": "lives.csv", "column": "life", "family": "gamma", "optimizer": "newton"}
    async with opened(Training(Experiment.of(experiment))) as (lab, pilot):
        await run_flat_out(lab, pilot)
        await pilot.press("5")
        await settle(lab, pilot)
        assert "mle-tui fit lives.csv --family gamma --column life" in page_text(lab)
        for place in (2, 3, 4, len(EXPORTS)):
            await chosen(lab, pilot, place)
    flags = [f"--{name}={value}" for name, value in experiment.items()]
    assert run_command(["run", *flags, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    kept = json.loads((folder / "report-1.json").read_text())
    for document in (printed, kept):
        del document["report"]["duration_seconds"]
    assert kept == printed
    rows = list(csv.DictReader(io.StringIO((folder / "report-1.csv").read_text())))
    estimate = printed["report"]["estimate"]
    assert {row["parameter"]: float(row["estimate"]) for row in rows} == estimate
    tape = list(csv.DictReader(io.StringIO((folder / "report-1.tape.csv").read_text())))
    assert {name: float(tape[-1][name]) for name in estimate} == estimate
    assert run_command(["fit", "lives.csv", "--family=gamma", "--column=life", "--json"]) == 0
    fitted = json.loads(capsys.readouterr().out)
    assert json.loads((folder / "fit-1.json").read_text()) == fitted


async def test_what_the_fit_s_tab_has_drawn_is_reported_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    experiment = {"data": "ball-bearings", "family": "rayleigh", "optimizer": "newton"}
    async with opened(Training(Experiment.of(experiment))) as (lab, pilot):
        await run_flat_out(lab, pilot)
        await pilot.press("4")
        await settle(lab, pilot)
        await pilot.press("P")
        await settle(lab, pilot)
        await pilot.press("5")
        await settle(lab, pilot)
        page = page_text(lab)
        assert "95 % bootstrap" in page
        await chosen(lab, pilot, len(EXPORTS))
    line = next(line for line in page.splitlines() if line.startswith("mle-tui fit"))
    assert line.endswith("--intervals wald,profile,bootstrap --p-values")
    assert run_command([*shlex.split(line)[1:], "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((folder / "fit-1.json").read_text("utf-8"))
    assert f"{printed['goodness_of_fit']['p_values']['ad']:.2g}" in page


async def test_a_folder_that_is_gone_is_told(folder: Path) -> None:
    async with opened(small()) as (lab, pilot):
        await pilot.press("5")
        await settle(lab, pilot)
        folder.rmdir()
        await pilot.press("c")
        await chosen(lab, pilot, 1)
        assert "report.md cannot be written: No such file or directory." in told(lab)
        assert "report.html cannot be written: No such file or directory." in told(lab)


async def test_hostile_names_are_text_on_the_page(folder: Path) -> None:
    name, column = "[b]<x>\x1b]52;c;aGk=\x07.csv", "=1|[/]\x1b[31m"
    (folder / name).write_text(f'"{column}"\n3\n5\n7\n18\n43\n', "utf-8")
    experiment = {"data": name, "column": column, "family": "gamma", "optimizer": "newton"}
    async with opened(Training(Experiment.of(experiment)), size=(120, 80)) as (lab, pilot):
        await run_flat_out(lab, pilot)
        await pilot.press("5")
        await settle(lab, pilot)
        shown = "\n".join(page_lines(lab))
        assert "\x1b" not in shown
        assert r"[b]<x>\x1b]52;c;aGk=\x07.csv" in shown
        assert r"=1|[/]\x1b[31m" in shown


async def test_a_sample_without_a_fit_says_why(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise NoFit("there are 2 different values")

    monkeypatch.setattr("tui.gathering.fit", refused)
    async with opened(small()) as (lab, pilot):
        await pilot.press("5")
        await settle(lab, pilot)
        assert "The sample has no fit: there are 2 different values" in page_text(lab)
        await chosen(lab, pilot, len(EXPORTS))
        assert "no fit to write" in told(lab)[-1]
    assert list(folder.iterdir()) == []


async def test_many_parameters_stand_below_each_other_and_nothing_is_cut() -> None:
    experiment = {"family": "normal-mixture", "components": 3, "n": 300, "epochs": 5}
    training = Training(Experiment.of(experiment))
    async with opened(training, size=(80, 24)) as (lab, pilot):
        await run_flat_out(lab, pilot)
        await pilot.press("5")
        await settle(lab, pilot)
        lines = page_lines(lab)
        assert lab.session is not None
        for value in report(lab.session.training, lab.session.tape).estimate:
            assert any(f"{value:.6f}" in line for line in lines)
        whole = "".join("".join(lines).split())
        missing = [part for part in page_text(lab).split() if part not in whole]
        assert missing == []


def words(text: str) -> str:
    """Text with single spaces."""
    return " ".join(text.split())


async def test_parameters_far_from_zero_have_the_digits_that_can_be_known(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    far = folder / "far.csv"
    far.write_text("x\n1700000000000.5\n1700000000003\n1700000000007\n1700000000009.5\n", "utf-8")
    fields = {"data": str(far), "family": "normal", "validation": 0.0, "optimizer": "newton"}
    async with opened(Training(Experiment.of(fields)), size=(80, 24)) as (lab, pilot):
        await run_flat_out(lab, pilot)
        assert "4 Estimate 1700000000005.0" in words(screen_text(lab))
        await pilot.press("5")
        await settle(lab, pilot)
        assert "4 Estimate 1700000000005.0" in words(screen_text(lab))
    asked = ["run", "--data", str(far), "--family", "normal", "--validation", "0"]
    assert run_command([*asked, "--optimizer", "newton"]) == 0
    assert "4 Estimate 1700000000005.0" in words(capsys.readouterr().out)
