"""The commands: what is asked for, checked, and handed to the lab or the headless run."""
