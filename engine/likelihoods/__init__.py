"""The likelihood of a sample under a family, censored and truncated ones too."""

__all__: list[str] = []
