"""The configuration: what can be set, where it is written, and which of its layers has its way."""
