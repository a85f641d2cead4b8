"""Hypothesis draws the same examples every time; HYPOTHESIS_PROFILE=explore draws new ones.

With HYPOTHESIS_PROFILE=fuzz it draws very many.
"""

import os

from hypothesis import settings

settings.register_profile("tests", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.register_profile("fuzz", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "tests"))
