"""Other words for what the keys do, by which the palette and the help find it as well."""

from dataclasses import dataclass

__all__ = ["WORDS", "Wanted"]

WORDS = {
    "run": "start play begin train stop hold",
    "move(1)": "next epoch ahead single",
    "move(-1)": "previous epoch backward",
    "leap(1)": "jump skip ahead fast",
    "leap(-1)": "jump skip rewind",
    "restart": "reset begin again rewind first",
    "newest": "last latest end live",
    "pace(1)": "speed up quicker accelerate",
    "pace(-1)": "speed down slow",
    "tab('train')": "training curves density learning",
    "tab('surface')": "map contour landscape hill",
    "tab('race')": "compare standings",
    "tab('fit')": "estimate mle standard errors",
    "tab('report')": "results export page",
    "tab('lessons')": "teach learn tutorial course student",
    "next_task": "lesson teach learn tutorial course onward",
    "leave_lesson": "stop tutorial course end",
    "branch": "fork change switch optimizer what if",
    "rate(2.0)": "learning step bigger larger increase",
    "rate(0.5)": "learning step smaller decrease reduce",
    "drive": "manual hand arrows fix freeze",
    "race": "compare contest optimizers start",
    "undo": "revert back mistake",
    "switch('log_axis')": "scale logarithmic logarithm y",
    "switch('per_observation')": "average mean n normalise normalize",
    "ledger": "data points outliers influence leverage rows",
    "lens": "code convention parametrization copy python",
    "doctor": "diagnosis problem check repair trust",
    "turn": "switch swap results",
    "everything": "more options advanced form fields",
    "sidebar": "form panel menu",
    "maximise": "zoom full screen fullscreen bigger enlarge maximize",
    "open_data": "load csv parquet import dataset",
    "screenshot": "image photo export",
    "capsule": "save session record share keep reproduce",
    "write": "save export settings configuration",
    "help": "shortcuts bindings manual what",
    "command_palette": "search commands",
    "suspend_process": "shell job",
    "interrupt": "cancel halt abort",
    "quit": "exit close end bye",
    "grip": "drag what arrows",
    "zoom(1)": "in nearer magnify",
    "zoom(-1)": "out farther",
    "axes": "variables other parameters",
    "others": "nuisance marginal",
    "arm": "hide silence show",
    "lanes": "pick select competitors",
    "clock": "time x axis",
    "chart(1)": "plot qq pp cdf profile ellipse",
    "chart(-1)": "plot previous",
    "rank": "compare families best aic bic model selection",
    "level": "confidence coverage percent alpha significance",
    "intervals": "confidence bootstrap uncertainty",
    "p_values": "test goodness significance",
    "export": "save markdown html pdf",
    "copy_report": "clipboard paste",
}
"""By action."""
FILLERS = frozenset(
    ["a", "an", "and", "i", "is", "it", "me", "my", "of", "on", "take", "the", "this", "to", "with"]
)
"""Words that say nothing of what is wanted."""


@dataclass(frozen=True)
class Wanted:
    """What is typed to find something by."""

    query: str

    def match(self, title: str, more: str) -> float:
        """How well a title, or less so what else is told of it, has every word; 0 if it has not.

        A word counts from its beginning on; within a word it counts least.
        """
        asked = self.query.casefold().split()
        asked = [word for word in asked if word not in FILLERS] or asked
        scores = [max(3.0 * _has(title, word), 2.0 * _has(more, word)) for word in asked]
        return sum(scores) / (3.0 * len(scores)) if scores and all(scores) else 0.0

    def nearly(self, title: str) -> bool:
        """Whether a title has the letters in their order, for what is typed in haste."""
        left = iter(title.casefold())
        return all(letter in left for letter in self.query.casefold().replace(" ", ""))


def _has(text: str, word: str) -> float:
    folded = text.casefold()
    if any(each.strip("():,;.").startswith(word) for each in folded.split()):
        return 1.0
    return 0.3 if word in folded else 0.0
