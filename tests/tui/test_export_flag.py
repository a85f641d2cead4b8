"""``--export`` on the command line: new files only, and the same numbers as everywhere."""

import csv
import errno
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from tui.commands.cli import cli, run_command
from tui.exports.findings import Plot
from tui.exports.svg import svg_text
from tui.pictures.curve import Curve

RUN = ["run", "--n", "300", "--epochs", "30"]
FIT = ["fit", "ball-bearings", "--family", "weibull"]
RANK = ["rank", "ball-bearings"]
RACE = ["race", "--optimizers", "newton,momentum", "--n", "300", "--epochs", "200"]
ENDS = (".md", ".html", ".json", ".csv", ".svg")


def exports(ends: tuple[str, ...]) -> list[str]:
    return [word for end in ends for word in ("--export", f"out{end}")]


@pytest.mark.parametrize("command", [RUN, FIT, RANK, RACE], ids=lambda words: words[0])
def test_the_exported_document_is_the_printed_one(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "told.json"
    run_command([*command, "--json", "--export", str(place)])
    printed, narration = capsys.readouterr()
    told = json.loads(place.read_text("utf-8"))
    assert told == json.loads(printed)
    assert "Wrote '" in narration


@pytest.mark.parametrize("command", [RUN, FIT, RANK, RACE], ids=lambda words: words[0])
def test_what_was_found_is_printed_where_a_file_cannot_be_written(
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full(*_: object) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tui.commands.export_flags.save_as", full)
    assert run_command([*command, "--json", "--export", str(tmp_path / "told.json")]) == 2
    printed, narration = capsys.readouterr()
    assert json.loads(printed)
    assert "No space left on device" in narration


def test_a_ranking_s_estimates_as_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_command([*RANK, "--criterion", "bic", *exports(ENDS)]) == 0
    ranking = json.loads(Path("out.json").read_text("utf-8"))["ranking"]
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(each, *pair) for each in ranking for pair in each["estimates"].items()]
    assert len(rows) == len(told)
    for row, (each, name, estimate) in zip(rows, told, strict=True):
        assert (row["family"], row["parameter"]) == (each["family"], name)
        assert float(row["bic"]) == each["bic"]
        assert float(row["akaike_weight"]) == each["akaike_weight"]
        assert float(row["value"]) == estimate["value"]
        error = estimate["standard_error"]
        assert row["standard_error"] == ("" if error is None else repr(error))
    page, chart = Path("out.html").read_text("utf-8"), Path("out.svg").read_text("utf-8")
    report = Path("out.md").read_text("utf-8")
    assert f"The best of {len(ranking)} families is '{ranking[0]['family']}'" in report
    assert "mle-tui rank ball-bearings --criterion bic\n" in report
    assert "Left out" in page
    texts = ET.fromstring(chart).itertext()  # noqa: S314 - it is our own
    assert [text[2:] for text in texts if text[:1] in ("━", "╍", "┈")] == [
        each["family"] for each in ranking[:3]
    ]


def test_a_ranking_without_any_family_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.csv").write_text("x\n3\n", "utf-8")
    assert run_command(["rank", "one.csv", *exports(ENDS)]) == 1
    assert "No family could be fitted." in Path("out.md").read_text("utf-8")
    assert len(Path("out.csv").read_text("utf-8").splitlines()) == 1
    ET.fromstring(Path("out.svg").read_text("utf-8"))  # noqa: S314 - it is our own


@pytest.mark.parametrize("clock", ["evaluations", "seconds"])
def test_the_lanes_of_a_race_are_exported(
    clock: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run_command([*RACE, "--clock", clock, *exports((*ENDS, ".tape.csv"))])
    lanes = json.loads(Path("out.json").read_text("utf-8"))["lanes"]
    names = [lane["optimizer"] for lane in lanes]
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, lane in zip(rows, lanes, strict=True):
        assert row["optimizer"] == lane["optimizer"]
        assert float(row["gap"]) == lane["gap"]
        assert row["converged"] == str(lane["stop"]["converged"]).lower()
        assert {name: float(row[name]) for name in lane["parameters"]} == lane["parameters"]
    with Path("out.tape.csv").open(encoding="utf-8", newline="") as file:
        steps = list(csv.DictReader(file))
    for lane in lanes:
        own = [row for row in steps if row["optimizer"] == lane["optimizer"]]
        assert [int(row["epoch"]) for row in own] == list(range(lane["epochs"] + 1))
        assert int(own[-1]["evaluations"]) == lane["evaluations"]
    chart = ET.fromstring(Path("out.svg").read_text("utf-8"))  # noqa: S314 - it is our own
    legend = [text[2:] for text in chart.itertext() if text[:2] in ("● ", "▲ ")]
    assert legend == names
    report = Path("out.md").read_text("utf-8")
    assert all(lane["stop"]["reason"].split(":")[0] in report for lane in lanes)
    assert "--optimizers newton,momentum" in Path("out.html").read_text("utf-8")


def test_rows_are_as_often_as_asked(tmp_path: Path) -> None:
    place = tmp_path / "told.json"
    run_command([*RUN, "--report-every", "10", "--export", str(place)])
    told = json.loads(place.read_text("utf-8"))
    assert [row["epoch"] for row in told["rows"]] == [10, 20, 30]


def test_a_fit_s_estimates_as_csv(tmp_path: Path) -> None:
    sheet, document = tmp_path / "e.csv", tmp_path / "e.json"
    assert run_command([*FIT, "--export", str(sheet), "--export", str(document)]) == 0
    told = json.loads(document.read_text("utf-8"))["estimates"]
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["parameter"] for row in rows] == list(told)
    for row in rows:
        each = told[row["parameter"]]
        assert float(row["value"]) == each["value"]
        assert float(row["standard_error"]) == each["standard_error"]
        assert row["fixed"] == "false"
        for kind in ("wald", "profile"):
            assert [float(row[f"{kind}_{end}"]) for end in ("low", "high")] == each[kind]
        assert row["bootstrap_low"] == ""


def test_a_file_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "lives.csv"
    data.write_text("life\n3\n5\n7\n18\n", "utf-8")
    command = ["fit", str(data), "--family", "exponential", "--export", str(data)]
    assert run_command(command) == 2
    assert "exists; it is not written over" in capsys.readouterr().err
    assert data.read_text("utf-8").startswith("life\n")


def test_a_link_to_nowhere_is_not_written_through(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = tmp_path / "told.md"
    link.symlink_to(tmp_path / "nowhere.md")
    assert run_command([*FIT, "--export", str(link)]) == 2
    assert "exists; it is not written over" in capsys.readouterr().err
    assert not (tmp_path / "nowhere.md").exists()


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["x.txt"], "must end in one of .md, .html, .json, .csv, .tape.csv, .svg"),
        (["x.tape.csv"], "a fit has no steps to write"),
        (["missing/x.md"], "there is no such folder"),
        (["x.md", "x.md"], "names a file twice"),
        (["\x1b[31m.txt"], r"'\x1b[31m.txt' must end in"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_computed(
    names: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    flags = [word for name in names for word in ("--export", name)]
    assert run_command([*FIT, *flags]) == 2
    printed, told = capsys.readouterr()
    assert printed == ""
    assert sentence in told
    assert "\x1b" not in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["run", "rank", "race"])
def test_hostile_names_of_files_and_columns_are_text_everywhere(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    column = "=HYPERLINK(1)<script>|[/]\x1b]52;c;aGk=\x07"
    name = "-<script>|[b]\x1b]52;c;aGk=\x07.csv"
    Path(name).write_text(f'"{column}"\n3\n5\n7\n18\n43\n', "utf-8")
    asked = ["--column", column]
    of_run = ["--data", name, *asked, "--family", "gamma", "--n", "9", "--validation", "0"]
    words = {
        "run": [*of_run, "--optimizer", "newton"],
        "race": ["--optimizers", "newton", *of_run],
        "rank": [f"./{name}", *asked],
    }
    ends = (*ENDS, ".tape.csv") if command != "rank" else ENDS
    assert run_command([command, *words[command], *exports(ends)]) == 0
    for end in ends:
        text = (tmp_path / f"out{end}").read_text("utf-8")
        assert "\x1b" not in text
        assert "\x07" not in text
        assert end == ".json" or "<script" not in text.replace("\\<script", "").split("```")[0]
    told = json.loads(Path("out.json").read_text("utf-8"))
    assert command == "rank" or told["experiment"]["data"] == name


def test_a_fit_as_text_draws_the_density(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(FIT) == 0
    printed = capsys.readouterr().out
    assert "density over the sample   ━ fitted" in printed
    assert "█" in printed
    assert any("⠀" < c <= "⣿" for c in printed)
    assert max(map(len, printed.partition("weibull, n")[0].splitlines())) <= 80


@pytest.mark.parametrize("name", [None, *cli.apart])
def test_help_has_each_example_on_a_line_of_its_own(
    name: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command([*([name] if name else []), "--help"]) == 0
    printed = capsys.readouterr().out
    assert "\\b" not in printed
    if name != "lab":
        examples = (
            printed.partition("Examples:\n")[2].lstrip("\n").partition("\n\n")[0].splitlines()
        )
        assert len(examples) >= 2
        assert all(line.strip().startswith("mle-tui") for line in examples)


@pytest.mark.parametrize("end", [".html", ".svg"])
def test_a_run_that_begins_at_its_maximum_has_a_dot_and_no_gap(
    end: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / f"told{end}"
    words = ["--data", "ball-bearings", "--family", "lognormal", "--export", str(place)]
    assert run_command(["run", *words]) == 0
    assert "Wrote '" in capsys.readouterr().err
    drawn = place.read_text("utf-8")
    assert drawn.count("<circle") == 1
    assert "Gap to the best" not in drawn


def test_no_label_of_an_axis_begins_outside_the_picture() -> None:
    x = np.arange(3.0)
    plot = Plot("flat", "epoch", (("train", Curve(x, -5306.526660 + 1e-5 * x, "#000")),))
    texts = ET.fromstring(svg_text((plot,))).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314 - it is our own
    labels = [each for each in texts if each.get("text-anchor") == "end"]
    assert min(float(each.get("x", 0)) - 7.0 * len(each.text or "") for each in labels) >= 0
    assert max(len(each.text or "") for each in labels) > 10
