"""The experiments that come with the program, one TOML file each."""

from importlib import resources

from engine.experiment import Experiment, InvalidExperiment

__all__ = ["preset", "presets"]


def presets() -> tuple[str, ...]:
    """Names of the experiments that come with the program."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


def preset(name: str) -> Experiment:
    """Read a preset by name; InvalidExperiment where there is none of that name."""
    if name not in presets():
        raise InvalidExperiment(
            {"preset": f"preset must be one of {', '.join(presets())}, not {name!a}."}
        )
    text = resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8")
    return Experiment.from_toml(text)
