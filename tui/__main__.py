"""The command: straight to the lab where that is all that is asked, else through the parser."""

import os
import sys

from tui.departure import Ended, end_on_signals
from tui.launch import has_screen, launch, let_answers_be_painted
from tui.terminal.ascii import keep_to_ascii, wants_ascii
from tui.terminal.streams import PipeClosed, Unwritable, watch_streams

__all__ = ["main"]

REFUSED, INTERRUPTED, PIPE_CLOSED = 2, 130, 141


def main() -> int:
    """Run ``mle-tui``; return its exit status."""
    try:
        watch_streams()
        return _run()
    except Unwritable as fault:
        print(f"mle-tui: {fault}", file=sys.stderr)
        _fall_silent()  # what is still buffered would fail once more
        return REFUSED


def _run() -> int:
    let_answers_be_painted()
    from tui.configuration.config import read_config  # noqa: PLC0415 - no parser: it costs time

    config = read_config()
    if wants_ascii(config.ascii, os.environ, sys.stdout.encoding):
        keep_to_ascii()
    try:
        if len(sys.argv) == 1 and has_screen() and sys.stdin.isatty():
            from tui.terminal.journal import begin_log, tell_ended  # noqa: PLC0415 - before the first paint

            if not config.faults:
                begin_log(config.settings.log_level, "lab")
                return tell_ended(launch(settings=config.settings))
        from tui.commands.cli import run_command  # noqa: PLC0415

        end_on_signals()
        status = run_command(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except Ended as end:
        _fall_silent()  # what is still to be written may have nowhere to go
        return end.status
    except PipeClosed:
        _fall_silent()
        return PIPE_CLOSED
    return status


def _fall_silent() -> None:
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
