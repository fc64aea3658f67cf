"""A search in words: how much was tried, what is left, what stands at its bounds, and where packages fail."""

from __future__ import annotations

import math
from collections.abc import Iterator

from scipy.stats import beta

from analysis.discovery.sentences import sentences_of, small
from analysis.number_format import difference_figure, figure, is_share
from analysis.search.front import agreement_table, front_table
from analysis.search.plan import Constraint, Objective, SearchPlan, is_count
from analysis.search.search import BASE, SearchResult, is_searched
from analysis.statistics.paired_effects import intervals_of
from model.catalogue import Catalogue
from model.measures import about_measure

_DISAGREE = 0.5


def plan_sentences(plan: SearchPlan, words: Catalogue) -> list[str]:
    """Return what is searched, and how many runs that takes."""
    searched, most = plan.runs
    texts = {
        "levers": len(plan.levers),
        "unknown": len(plan.worlds),
        "worlds": plan.n_worlds,
        "population": plan.population,
        "generations": plan.generations,
        "searched": f"{searched:,}",
        "fresh": plan.check.worlds,
        "most": f"{most:,}",
    }
    objectives = words.text("discovery.semicolon").join(_objective(one, words) for one in plan.objectives)
    told = [words.text("search.plan").format(**texts), words.text("search.wanted").format(objectives=objectives)]
    if plan.constraints:
        constraints = words.text("discovery.semicolon").join(_constraint(one, words) for one in plan.constraints)
        told.append(words.text("search.allowed").format(constraints=constraints))
    return told


def _objective(one: Objective, words: Catalogue) -> str:
    texts = {"measure": small(measure_label(one.measure, words)), "over": words.text(f"search.over_{one.over}")}
    return words.text(f"search.want_{one.better}").format(**texts)


def _constraint(one: Constraint, words: Catalogue) -> str:
    key = "at_most" if one.at_most is not None else "at_least"
    texts = {
        "measure": small(measure_label(one.measure, words)),
        "over": words.text(f"search.over_{one.over}"),
        "number": f"{one.at_most if one.at_most is not None else one.at_least:g}",
    }
    return words.text(f"search.{key}").format(**texts)


def measure_label(measure: str, words: Catalogue) -> str:
    """Return the name of a measure; of a number a month, that it is taken per 100 officials."""
    label = words.text(f"measures.{measure}.label")
    return words.text("search.per_100").format(measure=label) if is_count(measure) else label


def result_sentences(found: SearchResult, words: Catalogue) -> list[str]:
    """Return what is left of a search in the fresh worlds, and what to keep in mind."""
    plan = found.plan
    if not found.is_feasible:
        return [words.text("search.none_allowed").format(package=_name(found, found.kept[0], words))]
    n_searched = sum(map(is_searched, found.names))
    texts = {
        "tried": f"{found.n_tried:,}",
        "front": n_searched,
        "beaten": found.n_beaten,
        "worlds": plan.check.worlds,
        "left": n_searched - found.n_beaten,
        "shown": len(found.shown),
    }
    return [
        words.text("search.left").format(**texts),
        _of_base(found, words),
        *bound_sentences(found, words),
        *disagreement_sentences(found, words),
        words.text("search.no_optimum"),
    ]


def _of_base(found: SearchResult, words: Catalogue) -> str:
    others = [
        name for place, name in enumerate(found.names) if place in found.kept and not is_searched(name) and name != BASE
    ]
    base = found.names.index(BASE)
    broken = [] if base in found.kept else list(_broken(found, base, words))
    told = words.text(
        "search.base_kept" if base in found.kept else "search.base_breaks" if broken else "search.base_beaten"
    ).format(limits=words.text("discovery.semicolon").join(broken))
    if others:
        names = words.text("discovery.comma").join(others)
        between = "" if words.language == "zh" else " "
        told += between + words.text("search.shipped_kept").format(names=names)
    return told


def _broken(found: SearchResult, candidate: int, words: Catalogue) -> Iterator[str]:
    """Yield the limits that a candidate breaks in the fresh worlds, each with what it comes to there."""
    for constraint, over in zip(found.plan.constraints, found.violations[candidate], strict=True):
        if over > 0.0:
            value = constraint.sign * (float(over) + constraint.limit)
            there = words.text("search.there").format(value=measure_figure(constraint.measure, value))
            yield f"{_constraint(constraint, words)}{there}"


def bound_sentences(found: SearchResult, words: Catalogue) -> Iterator[str]:
    """Yield for every lever in how many packages it is at its bound; above half with a warning."""
    for one in found.bounds:
        texts = {
            "lever": words.text(f"parameters.{one.path}.label"),
            "bound": f"{one.bound:g}",
            "n": one.n,
            "of": one.of,
        }
        yield words.text("search.at_bound_mostly" if one.is_mostly else "search.at_bound").format(**texts)


def disagreement_sentences(found: SearchResult, words: Catalogue) -> Iterator[str]:
    """Yield where the mean, the worst tenth and the regret rank packages differently."""
    for row in agreement_table(found).to_dict("records"):
        for pair in ("mean_worst_decile", "mean_regret", "worst_decile_regret"):
            tau = float(row[pair])
            if not math.isnan(tau) and tau < _DISAGREE:
                texts = {
                    "measure": measure_label(str(row["measure"]), words),
                    "pair": words.text(f"search.pair_{pair}"),
                    "tau": f"{tau:.2f}",
                }
                yield words.text("search.disagree").format(**texts)


def failing_sentences(found: SearchResult, words: Catalogue) -> Iterator[str]:
    """Yield what failing means, then for every package shown in which worlds it fails."""
    if found.failing:
        yield words.text("search.fails_means").format(worlds=found.plan.check.failure_worlds)
    for place, failing in enumerate(found.failing, start=1):
        name = words.text("search.package").format(n=place)
        n, k = len(failing.fails), round(float(failing.fails.sum()))
        low, high = (100.0 * float(beta.ppf(q, k + 0.5, n - k + 0.5)) for q in (0.025, 0.975))
        share = f"{100.0 * failing.share:.0f}%"
        told = [words.text("search.fails").format(package=name, share=share, low=f"{low:.0f}%", high=f"{high:.0f}%")]
        if failing.discovery is not None:
            what = words.text("search.it_fails").format(package=name)
            told.append(sentences_of(what, failing.discovery, words)[0])
        yield ("" if words.language == "zh" else " ").join(told)


def _name(found: SearchResult, candidate: int, words: Catalogue) -> str:
    name = found.names[candidate]
    return words.text("search.base") if name == BASE else name


def lever_head(found: SearchResult, words: Catalogue) -> list[str]:
    """Return the head of the table of levers."""
    return [
        words.text("search.package_head"),
        *(words.text(f"parameters.{one.path}.label") for one in found.plan.levers),
    ]


def lever_rows(found: SearchResult, words: Catalogue) -> list[list[str]]:
    """Return the levers of the base scenario and of every package shown."""
    return [[name, *(f"{value:.3g}" for value in found.levers[candidate])] for name, candidate in _rows(found, words)]


def objective_head(found: SearchResult, words: Catalogue) -> list[str]:
    """Return the head of the table of objectives."""
    measures = dict.fromkeys(one.measure for one in found.plan.objectives)
    labels = [measure_label(measure, words) for measure in measures]
    return [words.text("search.package_head"), *labels, words.text("search.share_allowed")]


def objective_rows(found: SearchResult, words: Catalogue) -> list[list[str]]:
    """Return of the base scenario and every package shown: mean, worst tenth of worlds and regret of each measure."""
    table = front_table(found)
    rows = []
    for name, candidate in _rows(found, words):
        row = table.iloc[candidate]
        cells = []
        for measure in dict.fromkeys(one.measure for one in found.plan.objectives):
            parts = (float(row[f"{measure}_{part}"]) for part in ("mean", "worst_decile", "regret"))
            cells.append(" / ".join(measure_figure(measure, value) for value in parts))
        rows.append([name, *cells, f"{100.0 * float(row['share_of_worlds_allowed']):.0f}%"])
    return rows


def difference_head(found: SearchResult, words: Catalogue) -> list[str]:
    """Return the head of the table of differences."""
    return objective_head(found, words)[:-1]


def difference_rows(found: SearchResult, words: Catalogue) -> list[list[str]]:
    """Return of every package shown, measure by measure, the mean difference from the base scenario in the same world.

    Each with its 95% interval over worlds, shares in percentage points.
    """
    base, rows = found.names.index(BASE), []
    measures = dict.fromkeys(one.measure for one in found.plan.objectives)
    for name, candidate in _rows(found, words)[1:]:
        cells = []
        for measure in measures:
            values = found.values[:, :, found.plan.measures.index(measure)]
            apart = intervals_of((values[candidate] - values[base])[:, None])
            mean, low, high = (difference_figure(measure, float(end[0])) for end in (apart.mean, apart.low, apart.high))
            cells.append(f"{mean} [{low}, {high}]")
        rows.append([name, *cells])
    return rows


def measure_figure(measure: str, value: float) -> str:
    """Return a value of a measure as the tables of a search have it."""
    if is_share(measure):
        return figure(measure, value)
    return f"{value:.{max(2, about_measure(measure).decimals)}f}"


def _rows(found: SearchResult, words: Catalogue) -> list[tuple[str, int]]:
    """Return the names and numbers of the base scenario and of all packages shown."""
    numbered = [
        (words.text("search.package").format(n=number), place) for number, place in enumerate(found.shown, start=1)
    ]
    if not numbered:
        numbered = [(_name(found, place, words), place) for place in found.kept if found.names[place] != BASE]
    return [(words.text("search.base"), found.names.index(BASE)), *numbered]
