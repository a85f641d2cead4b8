"""Pictures of a likelihood: over two parameters, along one, and the window on them."""

__all__: list[str] = []
