"""What a row of a tape holds: a step's numbers, then its parameters."""

__all__ = [
    "COLUMNS",
    "EPOCH",
    "EVALUATIONS",
    "GRADIENT_NORM",
    "LEARNING_RATE",
    "PARAMETERS",
    "TRAIN",
    "VALIDATION",
]

COLUMNS = ("epoch", "train", "validation", "gradient_norm", "learning_rate", "evaluations")
"""Names of those before the parameters; ``validation`` is NaN where nothing is withheld."""
EPOCH, TRAIN, VALIDATION, GRADIENT_NORM, LEARNING_RATE, EVALUATIONS = range(len(COLUMNS))
PARAMETERS = slice(len(COLUMNS), None)
