"""What is seen of an administration while it runs: posts by what was done, actions, belief, public value."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.report.charts.style import ACTION_AREAS, ACTUAL, INNOVATION, PERCEIVED, chart_style
from model.catalogue import Catalogue
from model.engines.mesa_engine import Administration
from model.vocabulary import ACTIONS

_WIDTH, _HEIGHT = 6.4, 3.6
_NOTHING_YET = "#ffffff"


def posts_figure(administration: Administration, words: Catalogue) -> Figure:
    """Return a square for every official, a row for each jurisdiction, coloured by what was done in the last month."""
    places = administration.jurisdictions
    shown = np.full((len(places), max(place.size for place in places)), np.nan)
    for number, place in enumerate(places):
        done = [0 if one.action is None else 1 + int(one.action) for one in place.officials]
        shown[number, : len(done)] = done
    with chart_style():
        figure, axes = _figure(words.text("visualisation.posts"))
        colours = ListedColormap([_NOTHING_YET, *(ACTION_AREAS[name].colour for name in ACTIONS)])
        axes.imshow(shown, cmap=colours, vmin=-0.5, vmax=len(ACTIONS) + 0.5, aspect="auto", interpolation="nearest")
        axes.set_yticks(range(len(places)), [str(number) for number in range(1, len(places) + 1)])
        axes.set_xticks(np.arange(0.5, shown.shape[1] - 1.0), minor=True)
        axes.set_yticks(np.arange(0.5, shown.shape[0] - 1.0), minor=True)
        axes.grid(which="minor", color=_NOTHING_YET, linewidth=1.2)
        axes.tick_params(which="minor", length=0)
        axes.set_xticks([])
        keys = [
            Patch(facecolor=ACTION_AREAS[name].colour, edgecolor="#595959", label=words.text(f"actions.{name}.label"))
            for name in ACTIONS
        ]
        figure.legend(handles=keys, loc="outside lower center", ncols=3, fontsize=8)
    return figure


def actions_figure(administration: Administration, words: Catalogue) -> Figure:
    """Return the shares of inaction, routine and innovating over the months."""
    return _lines(administration, words, "actions", ("innovation_rate", "routine_rate", "inaction_rate"))


def belief_figure(administration: Administration, words: Catalogue) -> Figure:
    """Return exemption as officials believe it and as it is practised, over the months."""
    return _lines(administration, words, "belief", ("perceived_exemption", "actual_exemption"))


def value_figure(administration: Administration, words: Catalogue) -> Figure:
    """Return public value over the months."""
    return _lines(administration, words, "value", ("public_value",))


def _lines(administration: Administration, words: Catalogue, title: str, names: tuple[str, ...]) -> Figure:
    collected = administration.datacollector.get_model_vars_dataframe()
    looks = (INNOVATION, ACTUAL, PERCEIVED._replace(colour="#595959"))
    with chart_style():
        figure, axes = _figure(words.text(f"visualisation.{title}"))
        for name, look in zip(names, looks, strict=False):
            values = collected[name].to_numpy(dtype=float) if len(collected) else np.zeros(0)
            label = words.text(f"measures.{name}.label")
            months = np.arange(1, len(values) + 1)
            axes.plot(months, values, color=look.colour, linestyle=look.dashes, linewidth=look.width, label=label)
        axes.set_xlim(0, administration.setting.months)
        if title != "value":
            axes.set_ylim(0.0, 1.0)
        axes.grid(axis="y")
        if len(names) > 1:
            figure.legend(loc="outside lower center", ncols=len(names), fontsize=8)
    return figure


def _figure(title: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(_WIDTH, _HEIGHT), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, fontsize=11, loc="left")
    axes.tick_params(labelsize=9)
    return figure, axes
