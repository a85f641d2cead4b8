"""The terminal: opening it and leaving it, its line, what it can show, and what it runs on."""
