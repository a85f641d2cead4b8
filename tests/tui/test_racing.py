"""A race moves a place along its lanes, and nothing is shown of them that lies beyond."""

from dataclasses import replace

import pytest

from engine.experiments.experiment import Experiment
from tui.begin_race import begin_race
from tui.pace import FLAT_OUT, Pace
from tui.palette import DARK, LIGHT
from tui.pictures.lanes import default_lanes, lanes_for_map
from tui.pictures.race import race_chart
from tui.racing import LabRace
from tui.session import begin
from tui.texts.standings import standings

GAMMA = Experiment.of({"family": "gamma", "n": 500, "epochs": 400})


async def begun(experiment: Experiment, clock: str = "evaluations") -> LabRace:
    session = await begin(experiment, None)
    return await begin_race(session, 0, default_lanes(experiment.optimizer), clock)


async def raced(experiment: Experiment) -> LabRace:
    """A race at its end."""
    race = await begun(experiment)
    async for _ in race.play(lambda: FLAT_OUT):
        pass
    return race


async def test_standings_put_the_least_gap_first_and_tell_lanes_apart() -> None:
    race = await raced(Experiment())
    rows = standings(race, LIGHT)
    assert [row.name for row in rows[:3]] == ["lbfgs", "newton", "barzilai-borwein"]
    assert rows[-1].name == "gradient-ascent"
    assert len({row.mark for row in rows}) == len({row.color for row in rows}) == 6
    paths = lanes_for_map(race, LIGHT)
    assert [color for _, _, color, _ in paths] == list(LIGHT.lanes)
    for name, _, _, path in paths:
        assert path.shape == (race.steps(name), 2)


async def test_no_lane_is_said_to_have_spent_more_than_there_was() -> None:
    race = await raced(GAMMA)
    await race.restart()
    await race.move(1)
    assert race.position == 2
    assert {row.evaluations for row in standings(race, DARK)} <= {1, 2}
    assert all(race.spent(name) <= 2 for name in race.names)


@pytest.mark.parametrize(("clock", "limit"), [("evaluations", 90), ("seconds", 1e-3)])
async def test_at_a_pace_a_race_comes_to_its_end(clock: str, limit: float) -> None:
    race = await begun(replace(GAMMA, **{clock: limit}), clock)
    places = [race.position async for _ in race.play(lambda: Pace("quick", 0.2))]
    assert race.clock == clock
    assert race.finished
    assert not race.running
    assert places == sorted(places)


async def test_a_lane_may_grow_while_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = Experiment(epochs=10**7, patience=0, tolerance=0, learning_rate=1e-4)
    race = await begun(endless)
    race.position = 1e9
    counted = LabRace.steps

    def growing(self: LabRace, name: str) -> int:
        steps = counted(self, name)
        self.race.advance()
        return steps

    monkeypatch.setattr(LabRace, "steps", growing)
    assert race_chart(race, (60, 20), DARK).plain.strip()
