"""Comparing fits: families ranked, remedies tried, published maxima reproduced."""

__all__: list[str] = []
