"""The fit in the lab, by the keys a user presses; its numbers are those of the headless twin."""

import json
import re

import pytest
from textual.events import Key
from textual.pilot import Pilot

from engine.experiments.experiment import Experiment
from engine.fits.fitting import fit
from engine.inference.profile_curve import cutoff
from engine.runs.training import Training
from engine.tables.observations import read_observations
from engine.tables.roles import Roles
from tests.tui.conftest import SIZES, opened, resized, screen_text, settle, told
from tui.app import Lab
from tui.commands.cli import run_command
from tui.configuration.settings import Settings
from tui.fit_view import CHARTS
from tui.tabs import TABS
from tui.texts import format as write
from tui.texts.fit import derived, goodness, span_text
from tui.widgets.estimates import Estimates
from tui.widgets.fit_chart import FitChart
from tui.widgets.intervals import IntervalChart
from tui.widgets.ranking import RankingPane

SETS = [
    ("ball-bearings", "weibull"),
    ("death-notices", "poisson-mixture"),
    ("old-faithful", "normal-mixture"),
    ("remissions", "weibull"),
]


def bundled(name: str, family: str) -> Training:
    """Set up a training on a bundled sample, with its weights and its censoring."""
    sample = read_observations(name, Roles())
    return Training(Experiment.of({"family": family, "data": name}), sample)


def headless(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:  # type: ignore[type-arg]
    assert run_command([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


async def to_fit(lab: Lab, pilot: Pilot[None]) -> None:
    await pilot.press("4")
    await settle(lab, pilot)


def words(text: str) -> str:
    """Text as words on one line."""
    return " ".join(re.sub("[│╭╮╰╯]", " ", text).split())


def summary(lab: Lab) -> str:
    """All that the estimates' pane has to tell, also what is scrolled out of view."""
    return str(lab.query_one("#summary").render())


async def test_the_screen_has_the_numbers_of_the_headless_twin(
    capsys: pytest.CaptureFixture[str],
) -> None:
    documents = [headless(capsys, "fit", name, "--family", family) for name, family in SETS]
    async with opened(bundled(*SETS[0]), (200, 50)) as (lab, pilot):
        for (name, family), document in zip(SETS, documents, strict=True):
            assert await lab.begin(Experiment.of({"family": family, "data": name}))
            await to_fit(lab, pilot)
            assert_shown(lab, document)


def assert_shown(lab: Lab, document: dict) -> None:  # type: ignore[type-arg]
    """Check that estimates, verdict, criteria and diagnoses are those of a document."""
    shown, text = words(screen_text(lab)), words(summary(lab))
    for parameter, each in document["estimates"].items():
        row = [parameter, write.parameter(each["value"])]
        row.append(write.parameter(each["standard_error"]))
        row += [span_text(each["wald"]), span_text(each["profile"])]
        assert " ".join(row) in shown
    assert document["verdict"] in shown
    assert f"log-likelihood {write.parameter(document['log_likelihood'])}" in text
    assert f"AICc {write.parameter(document['aicc'])}" in text
    assert " ".join(derived(document["derived"])) in text
    assert " ".join(goodness(document["goodness_of_fit"])) in text
    for each in document["diagnoses"]:
        assert f"{each['name']}: {each['finding']} {each['advice']}" in text


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Let few samples be drawn, where their number is not the point; and the headless flag."""
    monkeypatch.setattr("tui.analysis.REPLICATES", 99)
    return "--replicates", "99"


RESAMPLED = ("--p-values", "--intervals", "wald,profile,bootstrap")


async def test_samples_once_drawn_serve_another_level(
    few: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ("--family", "poisson", *RESAMPLED, *few)
    whole = headless(capsys, "fit", "horse-kicks", *flags)
    half = headless(capsys, "fit", "horse-kicks", *flags, "--level", "0.5")
    async with opened(bundled("horse-kicks", "poisson"), (200, 50)) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press("i")
        await settle(lab, pilot)
        assert lab.fit_view.analysis is not None
        drawn = lab.fit_view.analysis.drawn
        assert span_text(whole["estimates"]["mean"]["bootstrap"]) in summary(lab)
        assert words(" ".join(goodness(whole["goodness_of_fit"]))) in words(summary(lab))
        assert "by bootstrap p" in summary(lab)
        await pilot.press(*["percent_sign"] * 3)
        await settle(lab, pilot)
        assert lab.fit_view.level == 0.5
        assert lab.fit_view.analysis.drawn is drawn
        assert span_text(half["estimates"]["mean"]["bootstrap"]) in summary(lab)


async def test_bootstrap_and_p_values_are_those_of_the_headless_twin(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name, family = SETS[0]
    document = headless(capsys, "fit", name, "--family", family, *RESAMPLED)
    async with opened(bundled(name, family)) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press("i")
        await settle(lab, pilot)
        shown = screen_text(lab)
        for each in document["estimates"].values():
            assert span_text(each["bootstrap"]) in shown
        assert len(re.findall("bootstrap +[├●]", shown)) == len(document["estimates"])
        assert words(" ".join(goodness(document["goodness_of_fit"]))) in words(summary(lab))
        assert " (p " in summary(lab)
        known = lab.fit_view.analysis
        assert known is not None
        await pilot.press("i")
        await settle(lab, pilot)
        assert "i bootstrap too" in screen_text(lab)
        assert not re.findall("bootstrap +[├●]", screen_text(lab))
        await pilot.press("P", "i")
        await settle(lab, pilot)
        assert lab.fit_view.analysis is known


async def test_the_level_is_turned_by_a_key_and_everything_follows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = headless(capsys, "fit", "ball-bearings", "--family", "weibull", "--level", "0.99")
    async with opened(bundled("ball-bearings", "weibull"), (200, 50)) as (lab, pilot):
        await to_fit(lab, pilot)
        assert "95 % intervals" in screen_text(lab)
        await pilot.press("c", "percent_sign")
        await settle(lab, pilot)
        assert "99 % intervals" in screen_text(lab)
        assert "cdf in its 99 %" in screen_text(lab)
        assert "99 % wald" in summary(lab)
        for each in document["estimates"].values():
            assert span_text(each["wald"]) in summary(lab)
            assert span_text(each["profile"]) in summary(lab)
        await pilot.press("C", "C")
        await settle(lab, pilot)
        assert "99 %" in str(lab.query_one(FitChart).border_subtitle)
        await pilot.press("C")
        await settle(lab, pilot)
        low, high = document["estimates"]["shape"]["profile"]
        assert f"99 % {span_text([low, high])}" in screen_text(lab)
        await pilot.press("right")
        await settle(lab, pilot)
        assert f"the cutoff {cutoff(0.99):.4f}" in words(summary(lab))
        await pilot.press("5")
        await settle(lab, pilot)
        gathered = await lab.reported()
        assert gathered is not None
        assert gathered.fit is not None
        told_of = json.loads(json.dumps(gathered.fit.document()))
        assert told_of["estimates"] == document["estimates"]
        commands = [section.command for section in gathered.run.dossier.sections]
        assert any(command.endswith("--level 0.99") for command in commands)


async def test_the_level_begins_as_it_is_set() -> None:
    lab = Lab(bundled("horse-kicks", "poisson"))
    lab.settings = Settings(level=0.87)
    async with lab.run_test(size=(120, 40)) as pilot:
        await settle(lab, pilot)
        await to_fit(lab, pilot)
        assert "87 % intervals" in screen_text(lab)
        await pilot.press("percent_sign")
        await settle(lab, pilot)
        assert "90 % intervals" in screen_text(lab)


async def test_drawing_samples_can_be_left_off() -> None:
    async with opened(bundled("old-faithful", "normal-mixture")) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press("P")
        while "samples drawn" not in lab.fit_view.busy:
            await pilot.pause()
        await pilot.press("escape")
        await settle(lab, pilot)
        assert told(lab)[-1] == "Left off."
        assert lab.fit_view.busy == ""
        assert lab.fit_view.analysis is not None
        assert lab.fit_view.analysis.drawn is None


async def choose(pilot: Pilot[None], pane: RankingPane, family: str) -> None:
    """Go down to a family and press enter."""
    pane.take_focus()
    await pilot.press("ctrl+home")
    while pane.chosen != family:
        await pilot.press("down")
    await pilot.press("enter")


async def test_k_ranks_as_the_headless_twin_does_and_what_cannot_be_is_not_taken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = headless(capsys, "rank", "ball-bearings")
    async with opened(bundled("ball-bearings", "weibull"), (200, 50)) as (lab, pilot):
        await to_fit(lab, pilot)
        assert "k fits every family" in screen_text(lab)
        await pilot.press("k")
        await settle(lab, pilot)
        ranking = lab.fit_view.ranking
        assert ranking is not None
        assert [
            (each.fitted.likelihood.family.name, each.criterion, each.weight)
            for each in ranking.ranked
        ] == [(each["family"], each["aicc"], each["akaike_weight"]) for each in document["ranking"]]
        left_out = {each.family: each.reason for each in ranking.rejected}
        assert left_out.keys() == {each["family"] for each in document["rejected"]}
        for each in document["rejected"]:
            if "needs the number" not in each["reason"]:
                assert left_out[each["family"]] == each["reason"]
        shown = screen_text(lab)
        best = document["ranking"][0]
        assert re.search(rf"{best['family']} +{best['aicc']:.3f} +0.000 +0.153", shown)
        assert f"ranking · {len(document['ranking'])} families" in shown
        await pilot.press("ctrl+end")
        await pilot.pause()
        last = ranking.rejected[-1]
        assert re.search(rf"{last.family} +left out", screen_text(lab))
        assert words(last.reason) in words(str(lab.query_one("#of-family").render()))
        session = lab.session
        await choose(pilot, lab.query_one(RankingPane), "lomax")
        await settle(lab, pilot)
        assert "tail is not heavier than an exponential one" in told(lab)[-1]
        assert lab.session is session
        assert "weibull, n = 23" in screen_text(lab)


async def test_a_ranking_that_was_left_off_serves_as_far_as_it_came_and_can_be_begun_again() -> (
    None
):
    async with opened(bundled("remissions", "weibull")) as (lab, pilot):
        await to_fit(lab, pilot)
        session = lab.session
        assert session is not None
        await pilot.press("k")
        while not (lab.fit_view.ranking and lab.fit_view.ranking.ranked):
            await pilot.pause()
        assert lab.fit_view.ranking_busy
        await pilot.press("escape")
        await settle(lab, pilot)
        ranking = lab.fit_view.ranking
        assert not lab.fit_view.ranking_busy
        assert not ranking.complete
        assert f"{ranking.tried} of 43 families tried" in screen_text(lab)
        assert "k begins again" in screen_text(lab)
        await pilot.press("enter")
        await settle(lab, pilot)
        best = ranking.ranked[0].fitted
        assert lab.session is not None
        assert lab.session.training.family is best.likelihood.family
        assert lab.session.training.sample is session.training.sample
        assert lab.session.training.experiment.data == "remissions"
        assert f"{best.likelihood.family.name}, n = 21 · 12 censored" in screen_text(lab)
        assert f"{best.log_likelihood:.6f}" in summary(lab)
        assert lab.fit_view.ranking is ranking
        await pilot.press("u")
        await settle(lab, pilot)
        assert lab.session is session
        assert "weibull, n = 21" in screen_text(lab)
        await pilot.press("k")
        while lab.fit_view.ranking is ranking:
            await pilot.pause()
        assert lab.fit_view.ranking_busy
        await pilot.press("q")
    assert lab.return_code == 0


async def test_a_drawn_sample_keeps_its_family_and_others_are_looked_at() -> None:
    training = Training(Experiment.of({"family": "gamma", "n": 60}))
    async with opened(training) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press("k")
        await settle(lab, pilot)
        pane = lab.query_one(RankingPane)
        await choose(pilot, pane, "lognormal")
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.training is training
        assert "estimates · lognormal, not the lab's" in screen_text(lab)
        assert "lognormal, n = 60" in screen_text(lab)
        assert "as was drawn" in told(lab)[-1]
        await choose(pilot, pane, "beta")
        await settle(lab, pilot)
        assert "values lie outside the support of beta" in words(summary(lab))
        assert "values lie outside the support of beta" in words(screen_text(lab))
        await pilot.press("i")
        await settle(lab, pilot)
        assert told(lab)[-1].startswith("Without a maximum")
        await choose(pilot, pane, "gamma")
        await settle(lab, pilot)
        assert "gamma, n = 60" in screen_text(lab)


async def test_where_there_is_no_maximum_it_is_said() -> None:
    drawn = {"family": "normal", "n": 60, "seed": 3, "true": {"mean": 7.2, "variance": 7.84}}
    async with opened(Training(Experiment.of(drawn))) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press("k")
        await settle(lab, pilot)
        await choose(pilot, lab.query_one(RankingPane), "student-t")
        await settle(lab, pilot)
        assert "This is no maximum: the likelihood does not fall with df" in words(summary(lab))
        assert "maximum-at-the-boundary" in summary(lab)
        await pilot.press("P")
        await pilot.pause()
        assert told(lab)[-1].startswith("Without a maximum")
        await pilot.press("escape", "left")
        await pilot.pause()
        assert told(lab)[-1].startswith("There is no profile of")


async def test_what_the_settings_must_tell_first_is_not_taken() -> None:
    async with opened(bundled("horse-kicks", "poisson"), (200, 50)) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press("k")
        await settle(lab, pilot)
        await choose(pilot, lab.query_one(RankingPane), "binomial")
        await settle(lab, pilot)
        assert told(lab)[-1].startswith("a binomial needs the number of its trials")
        assert lab.session is not None
        assert lab.session.training.family.name == "poisson"


async def test_the_fit_is_made_once_for_its_tab_where_c_turns_through_every_chart() -> None:
    async with opened(bundled("ball-bearings", "weibull")) as (lab, pilot):
        assert TABS[3] == "fit"
        assert lab.analyses == {}
        await to_fit(lab, pilot)
        await pilot.press("1", "4")
        await settle(lab, pilot)
        assert len(lab.analyses) == 1
        pictures = []
        for chart in CHARTS:
            assert lab.fit_view.chart == chart
            pictures.append(lab.query_one(FitChart).picture().plain)
            assert pictures[-1].strip()
            await pilot.press("c")
            await pilot.pause()
        assert len(set(pictures)) == len(CHARTS)
        assert lab.fit_view.chart == CHARTS[0]
        await pilot.press("C")
        assert lab.fit_view.chart == "ellipse"
        await pilot.pause()
        assert "covariance of shape and scale · weibull" in screen_text(lab)
        assert "correlation 0.3" in screen_text(lab)


async def test_the_points_of_both_plots_stand_in_their_band() -> None:
    async with opened(bundled("ball-bearings", "weibull")) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press("c", "c")
        pictures = []
        for plot in ("QQ", "PP"):
            await settle(lab, pilot)
            assert f"{plot} plot in its 95 % band · weibull" in screen_text(lab)
            assert "pointwise; exact for a known law" in screen_text(lab)
            pictures.append(lab.query_one(FitChart).picture().plain)
            await pilot.press("c")
        await pilot.press("percent_sign", "C", "C")
        for plot, before in zip(("QQ", "PP"), pictures, strict=True):
            await settle(lab, pilot)
            assert f"{plot} plot in its 99 % band" in screen_text(lab)
            assert lab.query_one(FitChart).picture().plain != before
            await pilot.press("c")


async def test_where_there_is_no_band_it_is_said_why() -> None:
    async with opened(bundled("remissions", "weibull")) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press("c", "c")
        await settle(lab, pilot)
        assert "no band: censored observations have no ranks" in screen_text(lab)
        assert "QQ plot ·" in screen_text(lab)
        assert await lab.begin(Experiment.of({"family": "poisson", "data": "horse-kicks"}))
        await settle(lab, pilot)
        assert "no band: counts have none" in screen_text(lab)
        assert "QQ plot ·" in screen_text(lab)


async def test_a_parameter_is_chosen_and_nudged_and_the_rest_refit() -> None:
    async with opened(bundled("ball-bearings", "weibull")) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press("c", "c", "c", "c")
        await pilot.pause()
        assert "profile of shape · weibull" in screen_text(lab)
        assert "95 % 1.504146 … 2.791535" in screen_text(lab)
        await pilot.press("down")
        await pilot.pause()
        assert "profile of scale · weibull" in screen_text(lab)
        assert "95 % 65.699097 … 100.875406" in screen_text(lab)
        await pilot.press("up", "up")
        assert lab.fit_view.chosen == 1
        await pilot.press("down")
        assert lab.fit_view.chosen == 0
        await pilot.press("C", "C", "C", "C")
        await pilot.press("left", "left", "left")
        await settle(lab, pilot)
        fitted = lab.fit_view.analysis.fitted if lab.fit_view.analysis else None
        hand = lab.fit_view.hand
        assert fitted is not None
        assert hand is not None
        assert lab.fit_view.chart == "profile"
        assert fitted.standard_errors is not None
        value = fitted.parameters[0] - 0.3 * fitted.standard_errors[0]
        again = fit(fitted.likelihood.family, fitted.likelihood.sample, {"shape": value})
        assert hand.point.value == pytest.approx(value, rel=1e-12)
        assert len(hand.points) == 4
        shown = words(screen_text(lab))
        assert f"shape {value:.6f}: log-likelihood {again.log_likelihood:.6f}" in shown
        drop = fitted.log_likelihood - again.log_likelihood
        assert f"drop {drop:.4f}, within the cutoff {cutoff(0.95):.4f}" in shown
        assert f"refitted: scale {again.parameters[1]:.6f}" in shown
        assert f"By hand: shape {value:.6f}" in words(summary(lab))
        await pilot.press("right", "right", "right")
        await settle(lab, pilot)
        assert lab.fit_view.hand is not None
        assert lab.fit_view.hand.point.parameters == fitted.parameters
        assert len(lab.fit_view.hand.points) == 4
        await pilot.press("shift+right", "shift+right", "shift+right")
        await settle(lab, pilot)
        assert "beyond the cutoff 1.9207" in words(screen_text(lab))
        await pilot.press("escape")
        await settle(lab, pilot)
        assert lab.fit_view.hand is None
        assert "95 % 1.504146 … 2.791535" in screen_text(lab)


async def test_a_parameter_is_not_nudged_out_of_its_domain() -> None:
    async with opened(bundled("remissions", "exponential")) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press(*["shift+left"] * 4)
        await settle(lab, pilot)
        assert told(lab)[-1] == "rate must be a number above 0."
        assert lab.fit_view.hand is not None
        assert lab.fit_view.hand.point.value > 0


async def test_another_family_in_the_form_is_another_fit() -> None:
    async with opened(bundled("ball-bearings", "weibull")) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press("left")
        assert await lab.begin(Experiment.of({"family": "gamma", "data": "ball-bearings"}))
        await settle(lab, pilot)
        assert "gamma, n = 23" in screen_text(lab)
        assert lab.fit_view.hand is None
        assert lab.session is not None
        again = fit(lab.session.training.family, lab.session.training.sample)
        assert write.parameter(again.log_likelihood) in summary(lab)


async def test_a_parameter_at_a_kink_is_moved_by_hand() -> None:
    training = Training(Experiment.of({"family": "laplace", "data": "ball-bearings"}))
    async with opened(training) as (lab, pilot):
        await to_fit(lab, pilot)
        await pilot.press("left", "left")
        await settle(lab, pilot)
        hand, analysis = lab.fit_view.hand, lab.fit_view.analysis
        assert hand is not None
        assert analysis is not None
        assert analysis.fitted is not None
        assert analysis.fitted.standard_errors is None
        assert len(hand.points) == 3
        assert hand.point.value < analysis.fitted.parameters[0]
        assert hand.point.log_likelihood < analysis.fitted.log_likelihood


async def test_what_is_held_in_the_settings_is_held_in_the_fit() -> None:
    sample = read_observations("ball-bearings", Roles())
    held = {"family": "weibull", "data": "ball-bearings", "fixed": {"shape": 2.0}}
    async with opened(Training(Experiment.of(held), sample)) as (lab, pilot):
        await to_fit(lab, pilot)
        assert re.search("shape +2.000000 +fixed", screen_text(lab))
        assert re.search("shape +held", screen_text(lab))
        await pilot.press("left")
        await pilot.pause()
        assert told(lab)[-1] == "There is no profile of shape."


async def test_every_part_can_be_reached_at_every_size() -> None:
    async with opened(bundled("death-notices", "poisson-mixture"), SIZES[0]) as (lab, pilot):
        await to_fit(lab, pilot)
        for size in SIZES:
            await resized(lab, pilot, size)
            seen = set()
            for _ in range(3):
                for kind in (FitChart, IntervalChart, Estimates, RankingPane):
                    part = lab.query_one(kind)
                    if part.display and part.region.area:
                        assert lab.screen.region.contains_region(part.region)
                        assert part.region.height >= 6
                        seen.add(kind)
                await pilot.press("t")
                await pilot.pause()
            assert len(seen) == 4
            assert all(len(line) <= size[0] for line in screen_text(lab).split("\n"))


@pytest.mark.usefixtures("few")
async def test_where_it_is_narrow_keys_turn_to_what_they_are_about() -> None:
    async with opened(bundled("ball-bearings", "weibull"), (80, 24)) as (lab, pilot):
        await to_fit(lab, pilot)
        assert "estimates" in screen_text(lab)
        await pilot.press("i")
        await settle(lab, pilot)
        assert "95 % intervals" in screen_text(lab)
        assert not lab.fit_view.bootstrap
        await pilot.press("k")
        await settle(lab, pilot)
        assert "ranking · 29 families" in screen_text(lab)
        await pilot.press("P")
        await settle(lab, pilot)
        assert "estimates" in screen_text(lab)
        assert "(p " in summary(lab)


@pytest.mark.usefixtures("few")
async def test_p_values_that_were_asked_for_come_into_view() -> None:
    async with opened(bundled("ball-bearings", "normal"), (120, 40)) as (lab, pilot):
        await to_fit(lab, pilot)
        for _ in range(2):  # once they are drawn, and once they are there
            lab.query_one("Estimates").scroll_home(animate=False)
            await pilot.pause()
            assert "KS 0." not in screen_text(lab)
            await pilot.press("P")
            await settle(lab, pilot)
            assert "(p 0." in screen_text(lab)


async def test_a_key_typed_right_behind_that_of_the_tab_is_one_of_its_keys() -> None:
    async with opened(bundled("ball-bearings", "weibull")) as (lab, pilot):
        for key in "4k":
            lab.post_message(Key(key, key))
        while lab.current != "fit":
            await pilot.pause()
        await settle(lab, pilot)
        assert lab.page == "ranking"
        assert lab.fit_view.ranking is not None
