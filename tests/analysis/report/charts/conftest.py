"""What the tests of charts draw."""

from __future__ import annotations

import pandas as pd
import pytest
from made_up_results import effects_of, months_of

from model.measures import headline_measures
from model.scenario import Scenario, find_scenario, shipped_scenarios


@pytest.fixture(scope="session")
def scenarios() -> list[Scenario]:
    return [find_scenario(name) for name in shipped_scenarios()]


@pytest.fixture(scope="session")
def months(scenarios: list[Scenario]) -> pd.DataFrame:
    return months_of([scenario.name for scenario in scenarios])


@pytest.fixture(scope="session")
def effects(scenarios: list[Scenario]) -> pd.DataFrame:
    table = effects_of([scenario.name for scenario in scenarios[1:]])
    return table[table["measure"].isin(headline_measures())]
