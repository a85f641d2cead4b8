"""The command: straight to the lab where that is all that is asked, else through the parser."""

import os
import sys

from tui.ascii import keep_to_ascii, wants_ascii

__all__ = ["main"]

INTERRUPTED, PIPE_CLOSED = 130, 141


def main() -> int:
    """Run ``mle-tui``; return its exit status."""
    try:
        from tui.config import read_config  # noqa: PLC0415 - no parser: it costs time

        config = read_config()
        asked = {"on": True, "off": False}.get("" if config.faults else config.settings.ascii)
        if wants_ascii(asked, os.environ, sys.stdout.encoding):
            keep_to_ascii()
        if len(sys.argv) == 1 and sys.stdout.isatty() and sys.stdin.isatty():
            from tui.journal import begin_log, tell_ended  # noqa: PLC0415
            from tui.launch import launch  # noqa: PLC0415

            if not config.faults:
                begin_log(config.settings.log_level, "lab")
                return tell_ended(launch(settings=config.settings))
        from tui.cli import run_command  # noqa: PLC0415

        status = run_command(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return status


if __name__ == "__main__":
    sys.exit(main())
