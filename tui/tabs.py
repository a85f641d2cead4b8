"""The tabs of the lab, in the order of their digits."""

__all__ = ["TABS"]

TABS = ("train", "surface", "race", "fit", "report", "lessons")
