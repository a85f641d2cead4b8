"""Only ASCII where it is asked for or the locale demands it, on the wire and cell for cell."""

import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from engine.distributions import FAMILIES
from engine.optimizers import OPTIMIZERS
from tests.tui.conftest import opened, screen_text
from tests.tui.terminal import Terminal
from tui.configuration.config import read_config
from tui.pictures.strokes import DASHED, DOTTED, SOLID
from tui.terminal.ascii import in_ascii, wants_ascii
from tui.terminal.dots import drawn
from tui.texts.spelling import in_letters, spelled
from tui.texts.standings import MARKS, SIGNS


def beyond_ascii(written: bytes) -> bytes:
    return bytes(byte for byte in written if byte >= 0x80)


def test_where_the_locale_is_c_the_lab_writes_only_ascii(
    terminal: Callable[..., Terminal],
) -> None:
    lab = terminal(environment={"LANG": "C"}, columns=120, lines=40)
    lab.wait_for(lambda text: "split seed" in text and "space runs" in text)
    assert "start s2" in lab.text
    lab.process.send("++ ")
    lab.wait_for(lambda text: "final report" in text and "0.01726031" in text)
    lab.process.send("2")
    lab.wait_for(lambda text: "arrows move start | g next" in text)
    lab.process.send("3R")
    lab.wait_for(lambda text: text.count("converged at") >= 3)
    lab.process.send("4")
    lab.wait_for(lambda text: "std error" in text)
    lab.process.send("?")
    lab.wait_for(lambda text: "Leave off, or free what" in text)
    lab.process.send("\x1b")
    lab.wait_for(lambda text: "what do you want to do?" not in text)
    lab.process.send("\x10")
    lab.wait_for(lambda text: "Search for commands~" in text)
    lab.process.send("colour")
    lab.wait_for(lambda text: ">> colour" in text and "Okabe and Ito" in text)
    lab.process.send("\x1b")
    lab.wait_for(lambda text: "Okabe and Ito" not in text)
    lab.process.send("q")
    assert lab.wait_for_end() == 0
    assert beyond_ascii(lab.written) == b""


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("run", "--ascii"), {"LANG": "C.UTF-8"}),
        (("fit", "ball-bearings", "--family", "weibull"), {"LC_ALL": "C"}),
        (("list", "families"), {"MLE_TUI_ASCII": "1"}),
        (("race", "--optimizers", "newton,lbfgs"), {"LANG": "POSIX"}),
        (("run", "--start", "µ=1"), {"LC_ALL": "C"}),
        (("--help",), {"LC_ALL": "C"}),
    ],
    ids=["run", "fit", "list", "race", "fault", "help"],
)
def test_so_do_the_commands(
    terminal: Callable[..., Terminal], arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    program = terminal(*arguments, environment=environment)
    program.wait_for_end()
    assert beyond_ascii(program.written) == b""
    assert b"Traceback" not in program.written
    assert len(program.written) > 60


def test_a_terminal_with_utf8_is_given_all_of_it(terminal: Callable[..., Terminal]) -> None:
    program = terminal("list", "families", environment={"LANG": "C.UTF-8"}, columns=200)
    program.wait_for_end()
    assert "σ²".encode() in program.written


@pytest.mark.parametrize(("locale", "named"), [("C", r"'n\xf6pe.csv'"), ("C.UTF-8", "'nöpe.csv'")])
def test_a_name_is_escaped_and_not_another_s(locale: str, named: str, tmp_path: Path) -> None:
    data = tmp_path / "nöpe.csv"
    for content, told in ((None, "cannot be read"), ("x\n1\nNA\n2\n5\n", "left out: row 3")):
        if content:
            data.write_text(content, "utf-8")
        for command in (["run", "--data"], ["rank"]):
            done = subprocess.run(
                [sys.executable, "-m", "tui", *command, data.name],
                capture_output=True,
                check=False,
                cwd=tmp_path,
                env={**os.environ, "LC_ALL": locale},
            )
            assert named.encode() in done.stderr
            assert told.encode() in done.stderr


def test_json_is_the_same_in_any_locale() -> None:
    command = [sys.executable, "-m", "tui", "list", "families", "--json"]
    written = [
        subprocess.run(
            command, capture_output=True, check=True, env={**os.environ, "LC_ALL": locale}
        ).stdout
        for locale in ("C", "C.UTF-8")
    ]
    assert written[0] == written[1]
    assert rb"\u03c3\u00b2" in written[0]


@given(st.characters(exclude_categories=["Cs", "Cc"]))
def test_a_replacement_is_ascii_and_as_wide(character: str) -> None:
    plain = in_ascii(character)
    assert plain.isascii()
    assert plain.isprintable()
    assert len(plain) == cell_len(character)


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_what_is_ascii_stays(text: str) -> None:
    assert in_ascii(text) == text


def test_every_shape_that_is_drawn_with_has_a_replacement() -> None:
    shapes = [chr(code) for code in (*range(0x2500, 0x25A0), *range(0x2801, 0x2900))]
    assert [unicodedata.name(each) for each in shapes if in_ascii(each) in "? "] == []


@pytest.mark.parametrize(
    "marks",
    [MARKS, "◇○✚●", [*SIGNS.values()], [SOLID, DASHED, DOTTED], "┳╋▲■●", "←→↑↓", "│─┃━┼"],
)
def test_what_is_told_apart_stays_apart(marks: str) -> None:
    assert len({in_ascii(mark) for mark in marks}) == len(marks)


@pytest.mark.parametrize(
    ("dots", "looks"),
    [
        (0, " "),
        (0xFF, "#"),
        (0x47, "|"),
        (0xB8, "|"),
        (0xC0, "_"),
        (0x08, "'"),
        (0x40, "."),
        (0x09, "'"),
        (0x12, "-"),
        (0x14, "/"),
        (0x22, "\\"),
        (0x60, "/"),
    ],
)
def test_dots_become_what_looks_like_them(dots: int, looks: str) -> None:
    assert drawn(dots) == looks


@pytest.mark.parametrize(
    ("environment", "demanded"),
    [
        ({}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "en_GB.utf8"}, False),
        ({"LANG": "en_GB.ISO-8859-1"}, True),
        ({"LANG": "C", "LC_ALL": "en_GB.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_CTYPE": "C"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": ""}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LC_CTYPE": "C.UTF-8"}, False),
    ],
)
def test_the_configuration_goes_before_the_locale(
    environment: dict[str, str], demanded: bool
) -> None:
    assert wants_ascii(None, environment) is demanded
    assert wants_ascii(True, environment) is True
    assert wants_ascii(False, environment) is False


@pytest.mark.parametrize(
    ("told", "wanted"),
    [("0", False), ("1", True), ("", None), ("auto", None), ("off", False), ("on", True)],
)
def test_the_variable_is_one_of_the_configuration(
    told: str, wanted: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLE_TUI_ASCII", told)
    assert read_config().ascii is wanted


def test_an_encoding_without_more_characters_demands_it_too() -> None:
    assert wants_ascii(None, {"LANG": "en_GB.UTF-8"}, "ascii")
    assert wants_ascii(None, {}, "iso8859-1")
    assert not wants_ascii(None, {}, "UTF-8")


@pytest.mark.parametrize(
    ("formula", "letters"),
    [
        ("z ← z + η g", "z <- z + eta g"),
        ("σ²", "sigma^2"),
        ("−½ log(2πσ²) ± 10⁻¹²", "−1/2 log(2 pi sigma^2) +- 10^-12"),
        ("β₁ = λⱼᵀ", "beta_1 = lambda_j^T"),
        ("plain, 0 <= x", "plain, 0 <= x"),
    ],
)
def test_formulas_are_spelled_out_where_they_may_grow(formula: str, letters: str) -> None:
    assert in_letters(formula) == letters
    assert spelled(formula) == formula


def test_every_formula_can_be_written() -> None:
    texts = [optimizer.update for optimizer in OPTIMIZERS.values()]
    texts += [p.symbol for each in FAMILIES.values() for p in each.parameters()]
    texts += [p.meaning for each in FAMILIES.values() for p in each.parameters()]
    assert [text for text in texts if "?" in in_ascii(in_letters(text))] == []
    assert [text for text in texts if "?" in in_ascii(text)] == []


async def test_what_is_chosen_has_a_cross_and_nothing_else_has() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        await pilot.press("3", "e")
        await pilot.pause()
        shown = screen_text(lab)
        assert shown.count("▐X▌") == 6
        assert "▐X▌ adam " in shown
        assert "▐ ▌ nesterov" in shown


def test_a_configuration_decides_before_the_locale(tmp_path: Path) -> None:
    project = tmp_path / "mle-tui.toml"
    project.write_text('ascii = "on"\n', "utf-8")
    inherited = {
        k: v for k, v in os.environ.items() if k[:4] not in ("LC_A", "LC_C", "LANG", "MLE_")
    }
    command = [sys.executable, "-m", "tui", "list", "families"]
    environment = {**inherited, "MLE_TUI_PROJECT": str(project)}
    written = subprocess.run(command, capture_output=True, check=True, env=environment).stdout
    assert b"variance sigma^2" in written
    assert beyond_ascii(written) == b""
