"""The commands that analyse experiments say what was found, store it, and refuse what cannot be analysed."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.design.factors import evenly
from analysis.design.specification import DesignPlan, Factor, Specification
from analysis.execution.sweep import sweep
from analysis.store.findings import read_findings
from analysis.words import words_in
from model.catalogue import LANGUAGES
from tests.command_lines import Line
from tests.made_experiments import EXEMPTION, SEVERITY, made_experiment, silent

RANGES = {SEVERITY: (0.0, 0.6), EXEMPTION: (0.0, 1.0)}
SMALL_ABLATION = ("--officials", "20", "--months", "6", "--replications", "2")


def experiment_of(design: DesignPlan, **changes: object) -> Specification:
    steps = 3 if design.kind == "grid" else 0
    factors = tuple(Factor(path, *ends, evenly(*ends, steps) if steps else ()) for path, ends in RANGES.items())
    return made_experiment(factors=factors, design=design, **changes)


MORRIS, SALTELLI = DesignPlan("morris", trajectories=6), DesignPlan("saltelli", base_points=8, second_order=True)
GRID = DesignPlan("grid")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("design", [MORRIS, SALTELLI])
def test_that_sensitivity_prints_a_row_for_each_factor_and_stores_the_tables(
    design: DesignPlan, language: str, line: Line
) -> None:
    sweep(experiment_of(design), "made", watch=silent())
    ending = line("sensitivity", "made", "--resamples", "20", "--language", language)
    assert ending.code == 0
    assert SEVERITY in ending.out
    assert EXEMPTION in ending.out
    tables, summary = read_findings(Path("made-sensitivity"), ("indices", "noise"))
    assert set(tables["indices"]["factor"]) >= set(RANGES)
    assert summary["method"] == design.kind
    assert "made-sensitivity" in ending.err


def test_that_sensitivity_refuses_a_grid(line: Line) -> None:
    sweep(experiment_of(GRID), "made", watch=silent())
    ending = line("sensitivity", "made")
    assert ending.code == 2
    assert ending.err.startswith("error: made: has a design of kind grid")
    assert not Path("made-sensitivity").exists()


def test_that_gaps_are_refused_and_with_allow_incomplete_named(line: Line) -> None:
    sweep(experiment_of(MORRIS), "made", shard=(1, 2), watch=silent())
    ending = line("sensitivity", "made")
    assert ending.code == 2
    assert "planned runs have no numbers" in ending.err
    allowed = line("sensitivity", "made", "--allow-incomplete", "--resamples", "20")
    assert allowed.code == 0
    assert words_in("en").text("statistics.incomplete") in allowed.err
    assert read_findings(Path("made-sensitivity"), ("noise",))[1]["gaps"]


def test_that_an_unknown_measure_is_refused(line: Line) -> None:
    sweep(experiment_of(MORRIS), "made", watch=silent())
    ending = line("sensitivity", "made", "--measure", "happiness")
    assert ending.code == 2
    assert "does not hold the measure happiness; it holds innovation_rate" in ending.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_map_says_where_the_line_is_and_stores_it(language: str, line: Line) -> None:
    sweep(experiment_of(GRID), "made", watch=silent())
    ending = line("map", "made", "--rounds", "1", "--language", language)
    assert ending.code == 0
    assert "%" in ending.out
    tables, summary = read_findings(Path("made-map"), ("line", "surface"))
    assert len(tables["surface"]) == 25
    assert summary["vertical"] == SEVERITY
    again = line("map", "made", "--rounds", "1", "--language", language)
    assert again.out == ending.out


def test_that_the_map_refuses_what_is_no_plane(line: Line) -> None:
    sweep(experiment_of(MORRIS), "made", watch=silent())
    ending = line("map", "made")
    assert ending.code == 2
    assert "map needs a grid of two" in ending.err
    assert line("map", "nowhere").code == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_an_ablation_prints_every_mechanism(language: str, line: Line) -> None:
    ending = line("ablate", *SMALL_ABLATION, "--measure", "innovation_rate", "--language", language)
    assert ending.code == 0
    words = words_in("zh" if language == "zh" else "en")
    for name in ("conformity", "remedy", "career_horizon", "heterogeneity"):
        assert words.text(f"mechanisms.{name}") in ending.out
    assert words.text("statistics.not_in_use") in ending.out
    tables, _ = read_findings(Path("results/ablation_baseline-effects"), ("effects",))
    assert set(tables["effects"]["how"]) == {"off", "alone", "all_off"}


def test_that_an_ablation_tells_how_many_more_replications_are_needed(line: Line) -> None:
    ending = line("ablate", *SMALL_ABLATION, "--measure", "innovation_rate", "--half-width", "0.02")
    assert ending.code == 0
    assert "more replications make it ±0.02" in ending.out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--measure", "happiness"), "--measure happiness: there is no such measure"),
        (("--half-width", "0"), "--half-width 0: is not allowed"),
        (("--replications", "1"), "--replications"),
        (("nowhere",), "nowhere"),
    ],
)
def test_that_mistakes_in_an_ablation_are_named(options: tuple[str, ...], message: str, line: Line) -> None:
    ending = line("ablate", *options)
    assert ending.code == 2
    assert message in ending.err
    assert not Path("results").exists()
