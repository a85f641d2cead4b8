"""Every lesson, done with the keys it asks for; what is wrong is told, what is right ticked off."""

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input, Select

from tests.tui.conftest import opened, screen_text, settle, told
from tui.app import Lab
from tui.lessons.catalogue import ORDER, InvalidLesson, lesson, lessons
from tui.lessons.condition import Condition, Value
from tui.lessons.course import Course
from tui.lessons.facts import words
from tui.lessons.prose import paragraphs
from tui.lessons.reading import read_lesson
from tui.pictures.charts import SMALLEST
from tui.screens.data import DataScreen
from tui.screens.files import FilesScreen
from tui.widgets.charts import DensityChart, LikelihoodChart
from tui.widgets.field import Field
from tui.widgets.lesson_strip import LessonStrip
from tui.widgets.terms import spread

Set = tuple[str, str]
"""A field of the form and what is entered there."""
Do = Sequence[str | Set]

FLAT_OUT = ("plus", "plus", "space")
RUN = ("space",)

WAYS: dict[str, list[tuple[Do, Do]]] = {
    "likelihood": [
        (["y"], ["d"]),
        (["left"], [*["shift+right"] * 2, *["right"] * 6]),
        (["right"], [*["shift+right"] * 2]),
    ],
    "logarithm": [(["y"], ["full_stop"]), (["comma"], FLAT_OUT), (["y"], ["n"])],
    "gradient": [
        (["left"], [*["right"] * 25]),
        (["full_stop"], FLAT_OUT),
        (["d", "right"], [*["shift+right"] * 2]),
    ],
    "step": [
        (["greater_than_sign"], ["r", "full_stop"]),
        (["full_stop"], ["r", *["asterisk"] * 3, "full_stop"]),
        (["full_stop"], ["r", "asterisk", "full_stop"]),
    ],
    "training": [
        (["full_stop"], FLAT_OUT),
        (["n"], ["y"]),
        (["less_than_sign"], ["less_than_sign"] * 5),
    ],
    "rates": [
        (["full_stop"], FLAT_OUT),
        ([("rates.mean", "0.01"), *RUN], [("rates.mean", "0.5"), *RUN]),
        ([("rates.variance", "0.1"), *RUN], [("rates.variance", "0.01"), *RUN]),
    ],
    "schedules": [
        (["full_stop"], FLAT_OUT),
        (["n"], ["y"]),
        ([("learning_rate", "3.0"), *RUN], [("schedule", "cosine"), *RUN]),
    ],
    "stopping": [
        (["full_stop"], FLAT_OUT),
        ([("patience", "3"), *RUN], [("patience", "50"), *RUN]),
        ([("validation", "0.1"), *RUN], [("validation", "0"), *RUN]),
    ],
    "seeds": [
        (["full_stop"], FLAT_OUT),
        ([("n", "200"), *RUN], [("seed", "7"), *RUN]),
        ([("n", "1000"), *RUN], [("n", "10000"), *RUN]),
    ],
    "coordinates": [
        (["y"], FLAT_OUT),
        (
            [("coordinates", "unconstrained")],
            [("learning_rate", "0.5"), ("coordinates", "written"), *RUN],
        ),
        ([("learning_rate", "0.4"), *RUN], [("coordinates", "unconstrained"), *RUN]),
    ],
    "families": [
        (["c"], ["k"]),
        (["down"], ["enter"]),
        (["full_stop"], ["1", *FLAT_OUT]),
    ],
    "data": [
        (["O", "escape"], ["O"]),
        (["2"], ["4"]),
        (["k"], ["v"]),
        (["escape", "5"], ["x"]),
    ],
}
"""For each task of each lesson something that is not it, then what it asks for."""


async def do(lab: Lab, pilot: Pilot[None], steps: Do) -> None:
    """Press keys and enter fields; wait until the lab is at rest, unless a screen is open."""
    for is_field, group in groupby(steps, lambda step: isinstance(step, tuple)):
        if is_field:
            for step in group:
                await enter(lab, pilot, *step)
        else:
            await pilot.press(*(step for step in group if isinstance(step, str)))
        if len(lab.screen_stack) == 1:
            await settle(lab, pilot)


async def enter(lab: Lab, pilot: Pilot[None], path: str, typed: str) -> None:
    """Give a field of the form another value, as typing or choosing does."""
    if not any(each.entry.path == path for each in lab.query(Field)):
        await pilot.press("a")
        await settle(lab, pilot)
    found = next(each for each in lab.query(Field) if each.entry.path == path)
    if entries := list(found.query(Input)):
        entries[0].focus()
        entries[0].value = typed
        await pilot.press("enter", "escape")
    else:
        found.query_one(Select).value = typed
    await settle(lab, pilot)


async def open_faithful(lab: Lab, pilot: Pilot[None]) -> None:
    """Choose a bundled sample and its column."""
    while not isinstance(lab.screen, FilesScreen):
        await pilot.pause()
    await pilot.press(*"old-faithful", "enter")
    while not isinstance(lab.screen, DataScreen) or lab.screen.verdict is None:
        await pilot.pause()
    await pilot.press("enter")
    await settle(lab, pilot)


def strip(lab: Lab) -> str:
    return str(lab.screen_stack[0].query_one(LessonStrip).render())


def course_of(lab: Lab) -> Course:
    assert lab.course is not None
    return lab.course


def test_there_is_a_way_through_every_lesson() -> None:
    assert tuple(WAYS) == ORDER
    assert [len(way) for way in WAYS.values()] == [len(each.tasks) for each in lessons()]


def test_no_formula_is_wider_than_a_page_beside_the_list_at_80_columns() -> None:
    blocks = [(each.name, block) for each in lessons() for block in paragraphs(each.text)]
    formulas = [(name, block) for name, block in blocks if block.startswith(" ")]
    assert formulas
    for name, block in formulas:
        assert max(map(cell_len, block.split("\n"))) <= 37, (name, block)


@pytest.mark.parametrize("name", ORDER)
async def test_a_lesson_sees_what_is_done(name: str) -> None:
    async with opened(size=(120, 40)) as (lab, pilot):
        await lab.open_lesson(name)
        await settle(lab, pilot)
        for place, (wrong, right) in enumerate(WAYS[name]):
            course = course_of(lab)
            assert course.place == place
            assert "○" in strip(lab)
            await do(lab, pilot, wrong)
            assert not course.progress.done, (place, "wrong")
            assert course.progress.lacking
            await do(lab, pilot, right)
            if right == ["O"]:
                await open_faithful(lab, pilot)
            assert course.progress.done, (place, course.progress, told(lab)[-2:])
            assert "✓" in strip(lab)
            if len(lab.screen_stack) > 1:
                await do(lab, pilot, ["escape"])
            if not course.last:
                await do(lab, pilot, ["N"])
        assert lab.tasks_done[name] == len(WAYS[name])


async def test_a_lesson_hides_and_lights_panes_until_it_is_left() -> None:
    async with opened() as (lab, pilot):
        await lab.open_lesson("likelihood")
        await settle(lab, pilot)
        shown = screen_text(lab)
        assert "product so far" in shown
        assert "progress" not in shown
        await pilot.press("6", "escape")
        await settle(lab, pilot)
        await pilot.press("1")
        await settle(lab, pilot)
        assert lab.course is None
        shown = screen_text(lab)
        assert "product so far" not in shown
        assert "progress" in shown


async def test_what_is_lacking_is_told_and_a_second_call_skips_it() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("N")
        await settle(lab, pilot)
        assert course_of(lab).lesson.name == "likelihood"
        await pilot.press("N")
        await settle(lab, pilot)
        assert "“drive”: not yet" in told(lab)[-1]
        assert course_of(lab).place == 0
        await pilot.press("N")
        await settle(lab, pilot)
        assert course_of(lab).place == 1
        assert not lab.tasks_done


async def test_the_list_ticks_lessons_off_and_begins_the_one_under_the_cursor() -> None:
    async with opened() as (lab, pilot):
        lab.tasks_done["likelihood"] = 3
        await pilot.press("6")
        await settle(lab, pilot)
        shown = screen_text(lab)
        assert "✓  1 What a likelihood is" in shown
        assert "ℓ(μ) = log f(x₁; μ) + …" in shown
        await pilot.press("j", "down", "k", "enter")
        await settle(lab, pilot)
        assert course_of(lab).lesson.name == "logarithm"


MINE = """
title = "Mine"
text = "Press a key."
[experiment]
n = 100
[[tasks]]
do = "Press `y`."
done = "Yes."
when = { log_axis = true, "start.mean" = "<= 0.5" }
"""


def test_a_lecturers_lesson_stands_after_the_others(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(MINE, "utf-8")
    found = lessons(str(tmp_path))
    assert [each.name for each in found] == [*ORDER, "mine"]
    assert found[-1].experiment.n == 100
    assert lesson("mine", str(tmp_path)) == lesson("13", str(tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('title = "Mine"', "", "title is missing"),
        ("log_axis = true", "gap = []", "tasks[1].when.gap is empty"),
        ('title = "Mine"', "title = 3", "title must be a text"),
        ('title = "Mine"', 'title = "\\u001b[2J"', "title holds characters that cannot be printed"),
        ('title = "Mine"', 'title = "Mine"\nsong = 1', "'song' is not a field"),
        ('title = "Mine"', 'title = "Mine"\ntab = "music"', "tab must be one of train"),
        ('title = "Mine"', 'title = "Mine"\nhide = ["sun"]', "hide[1] must be one of form"),
        ("n = 100", "n = 'many'", "n must be"),
        ("n = 100", "preset = 'none'", "preset must be one of"),
        ("log_axis = true", "colour = 1", "tasks[1].when: 'colour' is not a fact"),
        ("log_axis = true", '"did.sing" = 1', "tasks[1].when: 'sing' is not an action"),
        ("log_axis = true", 'gap = "<= few"', "gap is compared by <= with what is not a number"),
        ("log_axis = true", "gap = [[1]]", "gap must be a number, a word, true or false"),
        ('done = "Yes."', "", "tasks[1].done is missing"),
        ('done = "Yes."', 'done = "Yes."\nhints = [1]', "tasks[1].hints[1] must be a table"),
        ("[[tasks]]", "[tasks]", "tasks is missing"),
        ("[[tasks]]", "[[tasks", "is not TOML"),
    ],
)
def test_a_faulty_lesson_is_refused_in_a_sentence(old: str, new: str, fault: str) -> None:
    with pytest.raises(InvalidLesson, match=re.escape(fault)) as raised:
        read_lesson("mine", MINE.replace(old, new))
    assert str(raised.value).isprintable()


@pytest.mark.parametrize(
    ("written", "value", "met"),
    [
        (1, 1.0, True),
        (True, True, True),
        ("adam", "adam", True),
        ("!= adam", "adam", False),
        ("!= ", "", False),
        ("!= ", "file.csv", True),
        ("<= 1", 1.0, True),
        ("> 1", 1.0, False),
        (">= 1", "text", False),
        ("< 1", None, False),
    ],
)
def test_conditions(written: object, value: Value | None, *, met: bool) -> None:
    assert Condition.of("fact", written).met(value) is met


def test_a_rate_is_told_as_the_rate_of_its_parameter() -> None:
    assert words("rates.mean") == "rate of the mean"
    assert words("parameter.mean") == "mean"
    assert words("start.log_mean") == "log mean of the start"


def test_a_fact_may_be_held_between_two_bounds() -> None:
    lesson = read_lesson("mine", MINE.replace("log_axis = true", 'gap = [">= 1.8", "<= 2.2"]'))
    below, above, start = lesson.tasks[0].when
    assert (below.operator, below.bound, above.operator, above.bound) == (">=", 1.8, "<=", 2.2)
    assert below.fact == above.fact == "gap" != start.fact


def test_rows_of_many_terms_begin_and_end_with_the_sample() -> None:
    assert spread(5, 6) == [0, 1, 2, 3, 4]
    for count in (7, 8, 9, 20, 400, 20_000):
        for rows in range(1, 7):
            places = spread(count, rows)
            assert places == sorted(set(places))
            assert len(places) == rows
            assert places[0] == 0
            assert places[-1] == (count - 1 if rows > 1 else 0)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_what_a_lesson_shows_has_room(size: tuple[int, int]) -> None:
    async with opened(size=size) as (lab, pilot):
        for name in ("likelihood", "step", "training", "schedules", "data"):
            assert await lab.open_lesson(name)
            await settle(lab, pilot)
            hidden, seen = lab.course.lesson.hide if lab.course else (), set()
            for keys in (("full_stop",), ("plus", "plus", "space")):
                await pilot.press(*keys)
                await settle(lab, pilot)
                charts = [
                    chart
                    for chart in (*lab.query(LikelihoodChart), *lab.query(DensityChart))
                    if chart.size.height
                ]
                seen |= {type(chart) for chart in charts}
                assert all(chart.size.height >= SMALLEST[1] for chart in charts), (name, keys)
                lower = lab.query_one("#lower")
                assert charts or lower.size.height > 5, (name, keys)
                panes = [pane for pane in lower.children if pane.size.height]
                assert panes or not lower.size.height, (name, keys)
            assert (LikelihoodChart in seen) != ("likelihood" in hidden)
            assert DensityChart in seen
