"""Reports: what a run or a fit comes to, as plain values for the screen and every export."""

__all__: list[str] = []
