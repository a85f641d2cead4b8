"""The lab's main screen, and those over it."""
