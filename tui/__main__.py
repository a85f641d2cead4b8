"""The command: straight to the lab where that is all that is asked, else through the parser."""

import sys

__all__ = ["main"]


def main() -> int:
    """Run ``mle-tui``; return its exit status."""
    if len(sys.argv) == 1 and sys.stdout.isatty() and sys.stdin.isatty():
        from tui.app import Lab  # noqa: PLC0415 - the parser costs time before the first paint

        lab = Lab()
        lab.run()
        return lab.return_code or 0
    from tui.cli import run_command  # noqa: PLC0415

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
