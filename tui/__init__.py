"""The terminal laboratory: a Textual app and a headless command on one engine."""
