"""The first lines of somebody who knows Mesa work as with any of its models: seeds, batch runs, sets of agents."""

from __future__ import annotations

import functools
import inspect
from typing import Any

import mesa
import numpy as np
import pytest

from model.engines.mesa_engine import Administration, Official
from model.measures import MEASURES
from model.scenario import Scenario, with_settings
from model.simulate import simulate
from tests.strategies import baseline

MONTHS = 12


def small(**settings: float) -> Scenario:
    """Return a small baseline with other parameters, "table__name" for "table.name"."""
    paths = {name.replace("__", "."): value for name, value in settings.items()}
    return with_settings(baseline(), {**paths, "size.jurisdictions": 3}, 40, MONTHS)


@pytest.fixture(scope="module")
def year() -> Administration:
    """Return an administration at the end of its year, with what every official did in it."""
    administration = Administration(small(accountability__severity=0.6), seed=1, follows_officials=True)
    administration.run_model()
    return administration


def test_that_mesas_batch_run_works_with_the_runs_as_a_parameter() -> None:
    scenario = small()
    if not hasattr(mesa, "batch_run"):
        pytest.skip("Mesa 4 has none")
    seed = {"rng": 1} if "rng" in inspect.signature(mesa.batch_run).parameters else {}
    parameters = {"setting": [scenario], "run": [0, 1], "seed": [1]}
    rows = mesa.batch_run(Administration, parameters, display_progress=False, **seed)
    assert [row["run"] for row in rows] == [0, 1]
    values = simulate(scenario, 2).values[:, :, MEASURES.index("innovation_rate")]
    for row, series in zip(rows, values, strict=True):
        assert row["innovation_rate"] in series[-2:]  # Mesa 3.4.2 reports the last month but one


def test_that_without_a_seed_the_luck_is_fresh_and_can_be_had_again() -> None:
    one, other = Administration(small()), Administration(small())
    assert one.seed != other.seed
    again = Administration(small(), seed=one.seed)
    assert [official.state for official in again.officials] == [official.state for official in one.officials]
    assert Administration(small(), seed=None, rng=7).key == Administration(small(), seed=7).key


def test_that_what_mesa_takes_for_a_seed_is_taken() -> None:
    for given in (np.random.default_rng, np.random.SeedSequence, lambda number: [number, 2], np.int64):
        assert Administration(small(), rng=given(5)).seed == Administration(small(), seed=given(5)).seed
    with pytest.raises(ValueError, match="give one of them"):
        Administration(small(), seed=1, rng=1)


def test_that_runs_of_mesas_batch_run_differ_and_hold_officials_if_they_are_followed() -> None:
    if not hasattr(mesa, "batch_run"):
        pytest.skip("Mesa 4 has none")
    is_new = "rng" in inspect.signature(mesa.batch_run).parameters
    seeds: dict[str, Any] = {"rng": [1, 2, None]} if is_new else {"iterations": 3}
    rows = mesa.batch_run(Administration, {"setting": small()}, display_progress=False, **seeds)
    assert len({row["public_value"] for row in rows}) == len(rows) == 3
    seeds = {"rng": [1]} if is_new else {"iterations": 1}
    parameters = {"setting": small(), "follows_officials": True}
    rows = mesa.batch_run(Administration, parameters, display_progress=False, **seeds)
    assert [row["post"] for row in rows] == list(range(40))


def test_that_sets_of_officials_have_mesas_verbs(year: Administration) -> None:
    for officials in (year.officials, year.jurisdictions[0].officials):
        old = officials.select(lambda official: official.age > 45)
        assert len(old) == sum(official.age > 45 for official in officials)
        assert officials.get("post") == [official.post for official in officials]
        assert officials.agg("age", max) == max(official.age for official in officials)
        assert sum(officials.groupby("action").count().values()) == len(officials)
        assert len(officials.shuffle()) == len(officials)
    assert year.agents.select(agent_type=Official).get("post") == list(range(40))
    with pytest.raises(AttributeError):
        year.officials.nonsense()


def test_that_officials_may_be_visited_by_shuffle_do() -> None:
    straight, shuffled = Administration(small(), seed=3), Administration(small(), seed=3)
    verbs = {
        "everyone_chooses": "choose",
        "authorities_respond": "face_authorities",
        "everyone_learns": "learn_and_age",
        "newcomers_arrive": "make_way",
    }
    for happening, verb in verbs.items():
        setattr(shuffled, happening, functools.partial(shuffled.officials.shuffle_do, verb))
    for _ in range(6):
        straight.step()
        shuffled.step()
    np.testing.assert_array_equal(straight.measures, shuffled.measures)
