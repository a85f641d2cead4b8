"""Hypothesis draws the same examples every time; HYPOTHESIS_PROFILE=explore draws new ones.

What the program remembers of tests, and what it is told by the user's files, is in a folder of
their own.
"""

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

settings.register_profile("tests", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "tests"))

HOME = tempfile.mkdtemp(prefix="mle-tui-tests-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ |= {"XDG_STATE_HOME": HOME, "XDG_CONFIG_HOME": HOME}
