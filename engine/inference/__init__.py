"""Inference: intervals, goodness of fit, influence, and what follows from a fit."""

__all__: list[str] = []
