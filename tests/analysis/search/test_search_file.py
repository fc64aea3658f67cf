"""Search files: what is read, and that every mistake ends in one message."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import ExperimentError
from analysis.search.plan import DEFAULT_CONSTRAINTS, DEFAULT_OBJECTIVES
from analysis.search.search_file import SHIPPED, find_search
from tests.analysis.search.made_searches import TINY, made_file


def test_that_the_shipped_searches_are_read() -> None:
    names = [path.stem for path in SHIPPED.glob("*.toml")]
    assert "robust_policies" in names
    for name in names:
        plan = find_search(name)
        assert plan.levers
        assert plan.worlds


def test_what_a_search_is_without_objectives(tmp_path: Path) -> None:
    text = TINY[: TINY.index("[[objective]]")]
    plan = find_search(made_file(tmp_path, text))
    assert plan.objectives == DEFAULT_OBJECTIVES
    assert plan.constraints == DEFAULT_CONSTRAINTS
    assert (plan.population, plan.generations, plan.check.worlds, plan.check.seed) == (48, 36, 64, 2)


def test_that_worlds_can_be_draws(tmp_path: Path) -> None:
    (tmp_path / "draws.csv").write_text("work.complexity,behaviour.temperature\n0.2,0.3\n0.4,0.2\n", encoding="utf-8")
    text = TINY.replace('[[world]]\npath = "work.complexity"\n', "").replace(
        "seed = 1\n", 'seed = 1\ndraws = "draws.csv"\n'
    )
    plan = find_search(made_file(tmp_path, text))
    assert plan.draws == ((0.2, 0.3), (0.4, 0.2))
    assert [factor.path for factor in plan.worlds] == ["work.complexity", "behaviour.temperature"]


DRAWS = {
    "work.complexity;behaviour.temperature\r\n0,2;0,3\r\n\r\n0,4;0,2\r\n": ((0.2, 0.3), (0.4, 0.2)),
    "sep=;\nwork.complexity;behaviour.temperature\n0.2;0.3\n0.4;0.2\n": ((0.2, 0.3), (0.4, 0.2)),
    "work.complexity,behaviour.temperature,,\n0.2,0.3,,\n0.4,0.2,,\n": ((0.2, 0.3), (0.4, 0.2)),
    'work.complexity,behaviour.temperature\n0.2,"0.3\n0.4,0.2\n': "line 2, column 2: a quote",
    "work.complexity,behaviour.temperature\n\n0.2,1.3e9\n0.4,0.2\n": r"line 3, column 2 \(behaviour.temp",
    "work.complexity,work.complexitty\n0.2,0.3\n0.4,0.2\n": "line 1, column 2: .*did you mean",
    "work.complexity\n0.2\n": "has fewer than 2 draws",
}


@pytest.mark.parametrize("content", DRAWS)
def test_that_draws_are_read_as_spreadsheets_write_them(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "draws.csv").write_text(content, encoding="utf-8", newline="")
    world = '[[world]]\npath = "work.complexity"\n'
    text = TINY.replace(world, "").replace("seed = 1\n", 'seed = 1\ndraws = "~/draws.csv"\n')
    expected = DRAWS[content]
    if isinstance(expected, tuple):
        assert find_search(made_file(tmp_path, text)).draws == expected
        return
    with pytest.raises(ExperimentError, match=expected):
        find_search(made_file(tmp_path, text))


MISTAKES = {
    'path = "exemption.probability"|path = "work.urgency"': "is not a decision of policy",
    'path = "exemption.probability"|path = "value.success"': "is not a decision of policy",
    'path = "exemption.probability"|path = "exemption.probabilty"': "did you mean exemption.probability",
    'path = "exemption.probability"|path = "accountability.certainty"': "is there already",
    "low = 0.01|low = 0.3": "a number below high",
    "low = 0.01|low = -0.3": "a range within 0 to 1",
    'path = "work.complexity"|path = "accountability.certainty"': "is a lever, too",
    'path = "work.complexity"|path = "decision.rule"': "takes whole numbers only",
    'path = "work.complexity"|path = "population.ambition_sd"': "has no plausible range of its own",
    "at_most = 0.5|at_most = 0.5\nat_least = 0.1": "needs either at_most or at_least",
    'measure = "self_dealing_share"\nat_most|measure = "innovation_rate"\nat_most': "at_most contradicts the objective",
    'better = "more"\n\n|better = "most"\n\n': "more or less",
    'measure = "innovation_rate"|measure = "inovation_rate"': "did you mean innovation_rate",
    "worlds = 3|worlds = 1": "a whole number from 2",
    "seed = 1|seed = 1\nrules = ['fears']": "did you mean fear",
    "seed = 1|seed = 1\ndraws = 'none.csv'": "is given beside [[world]]",
    "months = 8|months = 8\nwindow = 5": "there is no key",
    "seed = 1|seed = 1\nwindow_months = 9": "at most the months of a run, 8",
    "failure_worlds = 200|failure_worlds = 200\nseed = 1": "needs luck of its own",
    "generations = 3|generations = 0": "a whole number from 1",
    "schema = 1|schema = 2": "schema",
    'scenario = "baseline"|scenario = "basline"': "baseline",
    '[[lever]]\npath = "exemption.probability"|[[lever]]\npath = "career.retirement_age"\nlow = 50\nhigh = 65\n\n'
    '[[lever]]\npath = "career.ceiling_age"\nlow = 45\nhigh = 60': "cannot stand together",
}


@pytest.mark.parametrize("change", MISTAKES, ids=lambda change: MISTAKES[change])
def test_that_a_mistake_ends_in_one_message(tmp_path: Path, change: str) -> None:
    before, after = change.split("|")
    assert before in TINY
    with pytest.raises(ExperimentError) as caught:
        find_search(made_file(tmp_path, TINY.replace(before, after, 1)))
    assert MISTAKES[change] in str(caught.value)
    assert len(str(caught.value).splitlines()) <= 3


@pytest.mark.parametrize("text", ["", "schema = ", "[[lever]]", "lever = 3", 'world = "x"', "[size]\nofficials = 0"])
def test_that_what_is_no_search_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ExperimentError):
        find_search(made_file(tmp_path, text))
