"""``mle-tui completion``: the script by which a shell completes commands, flags and names."""

import click
from click.shell_completion import get_completion_class

__all__ = ["completion_command"]

SHELLS = ("bash", "zsh", "fish")
PROGRAM, VARIABLE = "mle-tui", "_MLE_TUI_COMPLETE"


@click.command("completion", short_help="Print the script for a shell's completion.")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion_command(ctx: click.Context, /, shell: str) -> None:
    r"""Print the script that completes mle-tui in a shell.

    Commands, flags, families, optimizers, presets and bundled samples are completed, and the
    names of files. Write it where your shell looks for such scripts, or have bash or zsh read it
    from their own file by eval "$(mle-tui completion bash)".

    \b
    Examples:
      mle-tui completion bash > ~/.local/share/bash-completion/completions/mle-tui
      mle-tui completion zsh > "${fpath[1]}/_mle-tui"
      mle-tui completion fish > ~/.config/fish/completions/mle-tui.fish
    """
    complete = get_completion_class(shell)
    if complete is None:
        raise click.UsageError(f"{shell} is not known.")
    click.echo(complete(ctx.find_root().command, {}, PROGRAM, VARIABLE).source())
