"""The lab's widgets, one idea each: attributes go down, messages come up."""
