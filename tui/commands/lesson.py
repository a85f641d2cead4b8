"""``mle-tui lesson``: the lab with a lesson begun, or without a terminal the lesson's words."""

import click
from rich import box
from rich.table import Table
from rich.text import Text

from tui.configuration.config import settings_of
from tui.launch import has_screen, launch
from tui.lessons.catalogue import Lesson, lesson, lessons
from tui.lessons.prose import paragraphs
from tui.texts.printing import printer

__all__ = ["lesson_command"]


@click.command("lesson", short_help="Begin a lesson, or list them.")
@click.argument("name", required=False)
@click.option(
    "--lessons", "folder", metavar="FOLDER", default="", help="Lessons of your own (TOML files)."
)
@click.pass_context
def lesson_command(ctx: click.Context, name: str | None, folder: str) -> None:
    r"""Begin a lesson, by its name, its number or its file; without one, list them.

    Lessons of a folder stand after the program's own. MLE_TUI_LESSONS may name it as well.

    \b
    Examples:
      mle-tui lesson
      mle-tui lesson gradient
      mle-tui lesson 1 --lessons ~/course
      mle-tui lesson mine.toml
    """
    if name is None:
        _list(lessons(folder))
        return
    found = lesson(name, folder)
    if not has_screen():
        click.echo(_words(found))
        return
    ctx.exit(launch(asked=name, folder=folder, settings=settings_of(ctx.obj)))


def _list(found: tuple[Lesson, ...]) -> None:
    """Print the lessons in their order."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("no.", "name", "title", "about"):
        table.add_column(
            head, no_wrap=head != "about", justify="right" if head == "no." else "left"
        )
    for number, each in enumerate(found, 1):
        table.add_row(str(number), Text(each.name), Text(each.title), Text(each.about))
    printer().print(table)


def _words(found: Lesson) -> str:
    """A lesson's words and tasks as plain text."""
    parts = [found.title, *paragraphs(found.text)]
    parts += [f"{i}. {' '.join(task.do.split())}" for i, task in enumerate(found.tasks, 1)]
    return "\n\n".join([*parts, *found.references])
