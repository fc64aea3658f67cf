"""Words of charts that depend on the scenario shown."""

from __future__ import annotations

from analysis.report.charts.fonts import showable
from model.catalogue import Catalogue
from model.scenario.scenario import Scenario

# Over which stored means are taken; the report does not import what simulates, a test compares the two.
WINDOW_MONTHS = 60


def title_of(scenario: Scenario, catalogue: Catalogue) -> str:
    """Return the title of a scenario in the language of the catalogue, as charts can show it."""
    return showable(getattr(scenario.title, catalogue.language), catalogue)


def window_of(scenario: Scenario, catalogue: Catalogue) -> str:
    """Return what the means of a scenario's runs are taken over: the last five years, or all months if it has fewer."""
    is_long = scenario.months >= WINDOW_MONTHS
    return catalogue.text("charts.last_five_years" if is_long else "charts.all_months")
