"""Hypothesis draws at its own pace; in CI it draws the same examples every time."""

import os

from hypothesis import settings

settings.register_profile("tests", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("tests")
