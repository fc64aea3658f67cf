"""The page itself, which Solara imports; `serving` starts it and says in the environment what is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, cast

import solara
from matplotlib.figure import Figure
from mesa.visualization import Slider, SolaraViz
from mesa.visualization.utils import update_counter

from app.visualisation.charts import actions_figure, belief_figure, posts_figure, value_figure
from app.visualisation.levered import LeveredAdministration, model_parameters, words_of
from app.visualisation.serving import LANGUAGE, SCENARIO
from model.catalogue import Catalogue, Language
from model.scenario import find_scenario

_language = cast(Language, os.environ.get(LANGUAGE, "en"))
_words = words_of(_language)
_scenario = find_scenario(os.environ.get(SCENARIO, "baseline"))
_FIGURES = (posts_figure, actions_figure, belief_figure, value_figure)


@solara.component  # type: ignore[untyped-decorator]
def Month(administration: LeveredAdministration) -> None:  # noqa: N802 - a component of Solara is written like a class
    """Say how far the run has come, and what to press."""
    update_counter.get()
    months, done = administration.setting.months, administration.month + 1
    key = "last" if done == months else "start"
    told = _words.text("visualisation.month").format(month=done, months=months)
    solara.Text(told, style={"font-weight": "bold"})
    solara.Text(_words.text(f"visualisation.{key}").format(months=months))
    solara.Text(_words.text("visualisation.limit"), style={"color": "gray"})


def _showing(figure_of: Callable[[LeveredAdministration, Catalogue], Figure]) -> Any:
    """Return a component that shows a figure of the administration as it is by now."""

    @solara.component  # type: ignore[untyped-decorator]
    def Shown(administration: LeveredAdministration) -> None:  # noqa: N802
        update_counter.get()
        solara.FigureMatplotlib(figure_of(administration, _words), format="png", bbox_inches="tight")

    return Shown


_parameters = model_parameters(_scenario, _language, Slider)
_begun = {name: getattr(given, "value", given) for name, given in _parameters.items() if name != "rule"}
page = SolaraViz(
    LeveredAdministration(**_begun, rule=_parameters["rule"]["value"]),
    components=[(component, 0) for component in (Month, *map(_showing, _FIGURES))],
    model_params=_parameters,
    name=_words.text("visualisation.title"),
    play_interval=200,
)
