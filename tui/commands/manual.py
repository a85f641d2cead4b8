"""What the help of the command tells beside its flags and commands."""

__all__ = ["EPILOG"]

EPILOG = """\b
Examples:
  mle-tui
  mle-tui heights.csv --column height
  mle-tui --theme mle-light --no-mouse ball-bearings
  mle-tui run --preset article --export report.html
  mle-tui fit ball-bearings --family weibull

\b
Files:
  mle-tui.toml        settings of the working directory; see mle-tui config
  mle-tui config path prints where your own settings are
  mle-tui doctor      tells where the log is

\b
Environment:
  MLE_TUI_THEME, MLE_TUI_PACE, MLE_TUI_EXPERIMENT_OPTIMIZER, …
                      any setting of mle-tui config show
  MLE_TUI_CONFIG      another file with your own settings
  MLE_TUI_PROJECT     another file than mle-tui.toml

\b
Exit status:
  0 converged, or nothing was to be; 1 not converged; 2 what was asked for cannot be
  130, 143, 129       interrupted, terminated, hung up
"""
