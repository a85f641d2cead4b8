"""Where the platform keeps a user's configuration, state and data."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

__all__ = ["config_file", "data_folder", "log_file", "project_file", "state_folder"]

NAME = "mle-tui"


def config_file() -> Path:
    """The user's configuration, where ``MLE_TUI_CONFIG`` names no other file."""
    told = os.environ.get("MLE_TUI_CONFIG")
    return Path(told) if told else Path(_dirs().user_config_dir) / "config.toml"


def project_file() -> Path:
    """The working directory's, where ``MLE_TUI_PROJECT`` names no other file."""
    return Path(os.environ.get("MLE_TUI_PROJECT") or f"{NAME}.toml")


def state_folder() -> Path:
    """The folder of what the program remembers."""
    return Path(_dirs().user_state_dir)


def log_file() -> Path:
    """The log."""
    return state_folder() / f"{NAME}.log"


def data_folder() -> Path:
    """The folder of what the user may add to the program."""
    return Path(_dirs().user_data_dir)


def _dirs() -> PlatformDirs:
    return PlatformDirs(NAME, appauthor=False)
