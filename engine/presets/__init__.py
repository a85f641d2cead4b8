"""The experiments that come with the program, one TOML file each."""

from importlib import resources

from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.quoting import quoted

__all__ = ["about", "preset", "presets"]


def presets() -> tuple[str, ...]:
    """Names of the experiments that come with the program."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


def preset(name: str) -> Experiment:
    """Read a preset by name; InvalidExperiment where there is none of that name."""
    return Experiment.from_toml(_text(name))


def about(name: str) -> str:
    """Return what a preset shows, which is the comment at its beginning."""
    lines = _text(name).partition("\n\n")[0].splitlines()
    return " ".join(line.removeprefix("#").strip() for line in lines)


def _text(name: str) -> str:
    if name not in presets():
        raise InvalidExperiment(
            {"preset": f"preset must be one of {', '.join(presets())}, not {quoted(name)}."}
        )
    return resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8")
