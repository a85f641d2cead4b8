"""Pictures: pure functions from numbers, a size and a palette to styled cells."""
