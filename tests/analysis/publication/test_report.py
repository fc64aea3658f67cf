"""The report of an experiment: from its folder to a page, with nothing added and nothing left out."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from analysis.design.experiment_file import read_experiment
from analysis.design.sampling import design_points
from analysis.design.specification import DesignPlan, Factor, ReplicateUntil, Specification
from analysis.errors import ExperimentError
from analysis.execution.sweep import sweep
from analysis.publication.report import Report, report
from analysis.sensitivity.tipping_line import map as map_plane
from analysis.statistics.effects import effects
from analysis.store.experiment import Experiment
from analysis.store.manifest import lock_of
from analysis.words import words_in
from model.catalogue import LANGUAGES, Language
from model.measures import MEASURES
from model.scenario import Text
from tests.made_experiments import EXEMPTION, SEVERITY, made_experiment, silent

FACTORS = (Factor(SEVERITY, 0.0, 0.6), Factor(EXEMPTION, 0.0, 1.0))
GRID = tuple(replace(factor, values=(0.0, 0.2, factor.high)) for factor in FACTORS)
DESIGNS = {
    "list": made_experiment(points=4),
    "grid": made_experiment(factors=GRID, design=DesignPlan("grid"), measures=MEASURES),
    "latin_hypercube": made_experiment(factors=FACTORS, design=DesignPlan("latin_hypercube", points=40, seed=3)),
    "sobol": made_experiment(factors=FACTORS, design=DesignPlan("sobol", points=8)),
    "saltelli": made_experiment(factors=FACTORS, design=DesignPlan("saltelli", base_points=8, second_order=True)),
    "morris": made_experiment(factors=FACTORS, design=DesignPlan("morris", trajectories=4)),
}


class Texts(HTMLParser):
    """The texts of a page, and every address in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.parts: list[str] = []
        self.headings: list[str] = []
        self.tag = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = tag
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        if self.tag != "style" and data.strip():
            self.parts.append(data.strip())
            if self.tag == "h2":
                self.headings.append(data.strip())
        self.tag = self.tag if not data.strip() else ""


def swept(specification: Specification, folder: Path) -> Experiment:
    return sweep(specification, folder / "made", workers=1, watch=silent())


def written(folder: Path, language: Language = "en", *, allow_incomplete: bool = False) -> tuple[Report, Texts]:
    made = report(folder / "made", language=language, allow_incomplete=allow_incomplete)
    return made, Texts(made.page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("kind", "language"),
    [
        pytest.param(kind, language, marks=[] if (kind == "grid") == (language == "zh") else pytest.mark.slow)
        for kind in DESIGNS
        for language in LANGUAGES
    ],
)
def test_that_every_kind_of_design_has_a_report_that_needs_no_other_file(
    kind: str, language: Language, tmp_path: Path
) -> None:
    swept(DESIGNS[kind], tmp_path)
    made, page = written(tmp_path, language)
    assert made.page == tmp_path / "made-report" / f"report.{language}.html"
    assert all(path.is_file() for path in made.files)
    assert {path.suffix for path in made.files} >= {".html", ".png", ".svg", ".toml"}
    assert page.addresses
    assert all(re.match(r"data:image/svg\+xml;base64,|#", address) for address in page.addresses)
    words = words_in(language)
    for key in ("answer", "design", "planned_and_run", "replications", "effects", "limits", "method", "again"):
        assert words.text(f"report.{key}") in page.headings
    assert (words.text("report.sensitivity") in page.headings) == (kind in ("saltelli", "morris"))
    assert (words.text("report.maps") in page.headings) == (kind == "grid")


def test_that_a_chinese_report_brings_its_letters_along(tmp_path: Path) -> None:
    swept(DESIGNS["list"], tmp_path)
    made, page = written(tmp_path, "zh")
    text = made.page.read_text(encoding="utf-8")
    assert 'lang="zh-Hans"' in text
    assert "data:font/woff;base64," in text
    assert words_in("zh").text("report.answer") in page.headings


def test_that_the_differences_in_the_table_are_those_of_the_statistics(tmp_path: Path) -> None:
    experiment = swept(DESIGNS["list"], tmp_path)
    _, page = written(tmp_path)
    rows = effects(experiment, ("innovation_rate",))
    assert len(rows) == 4
    for row in rows.itertuples():
        ends = [f"{100 * end:+.1f}".replace("-", "−") for end in (row.low, row.high)]
        assert re.sub(r"[+−]0\.0", "0.0", f"[{ends[0]}, {ends[1]}]") in page.parts


def test_that_planned_and_run_and_what_it_was_made_with_are_told(tmp_path: Path) -> None:
    experiment = swept(DESIGNS["list"], tmp_path)
    _, page = written(tmp_path)
    assert "15 runs" in page.parts
    assert experiment.lock in page.parts
    assert str(experiment.manifest["model_hash"]) in page.parts
    assert any(part.startswith("Complete: all 15 runs") for part in page.parts)
    (commands,) = (part for part in page.parts if "open_experiment" in part)
    line = next(line for line in commands.splitlines() if "open_experiment" in line)
    assert "sweep(open_experiment('made').specification" in shlex.split(line)[-1]


def test_that_a_report_of_an_incomplete_experiment_is_refused_and_the_gaps_are_named(tmp_path: Path) -> None:
    sweep(DESIGNS["list"], tmp_path / "made", shard=(1, 2), workers=1, watch=silent())
    with pytest.raises(ExperimentError, match="planned runs have no numbers: runs 5 to 9 not run"):
        report(tmp_path / "made")
    assert not (tmp_path / "made-report").exists()


def test_that_an_incomplete_experiment_says_so_at_the_top_and_among_the_limits(tmp_path: Path) -> None:
    sweep(DESIGNS["list"], tmp_path / "made", shard=(1, 2), workers=1, watch=silent())
    _, page = written(tmp_path, allow_incomplete=True)
    said = [part for part in page.parts if part.startswith("Incomplete: 5 of 15 planned runs have no numbers")]
    assert len(said) == 2
    assert "5 to 9" in page.parts
    assert any(part.startswith("5 planned runs have no numbers") for part in page.parts)


def test_that_signs_of_html_in_a_title_are_shown_as_they_are(tmp_path: Path) -> None:
    title = Text('<script>alert("1")</script> & more', "<b>题目</b>")
    swept(replace(DESIGNS["list"], title=title), tmp_path)
    made, _ = written(tmp_path)
    text = made.page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; &amp; more" in text


def test_that_the_line_of_map_and_its_band_are_shown(tmp_path: Path) -> None:
    experiment = swept(DESIGNS["grid"], tmp_path)
    map_plane(experiment, rounds=0)
    _, page = written(tmp_path)
    assert any(part.startswith("Means over the runs at each point. The line is where") for part in page.parts)


def test_that_findings_of_another_experiment_are_not_shown(tmp_path: Path) -> None:
    map_plane(swept(DESIGNS["grid"], tmp_path), rounds=0)
    sweep(replace(DESIGNS["grid"], seed=2), tmp_path / "other", workers=1, watch=silent())
    (tmp_path / "made-map").rename(tmp_path / "other-map")
    page = Texts(report(tmp_path / "other").page.read_text(encoding="utf-8"))
    assert not any("The line is where innovation and inaction" in part for part in page.parts)


def test_that_a_place_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    swept(DESIGNS["list"], tmp_path)
    (tmp_path / "file").write_text("here")
    with pytest.raises(ExperimentError, match=r"file.*cannot be written .*--out"):
        report(tmp_path / "made", tmp_path / "file")


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[] if kind == "sobol" else pytest.mark.slow) for kind in DESIGNS]
)
def test_that_the_file_beside_a_report_gives_the_same_experiment(kind: str, tmp_path: Path) -> None:
    specification = DESIGNS[kind]
    if kind == "list":  # the range of a factor is that of its values there
        low, high = np.min(specification.design.listed, axis=0), np.max(specification.design.listed, axis=0)
        factors = tuple(
            Factor(factor.path, float(a), float(b))
            for factor, a, b in zip(specification.factors, low, high, strict=True)
        )
        specification = replace(specification, factors=factors)
    if kind == "sobol":
        rule = ReplicateUntil("innovation_rate", 0.5, 2, 4, 1)
        specification = replace(specification, replications=4, replicate_until=rule, window_until=6, seed=9)
    experiment = swept(specification, tmp_path)
    written(tmp_path)
    again = read_experiment(tmp_path / "made-report" / "experiment.toml")
    assert lock_of(again, design_points(again)) == experiment.lock


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_map_of_one_measure_is_not_called_two(language: Language, tmp_path: Path) -> None:
    made = made_experiment(factors=GRID, design=DesignPlan("grid"), measures=("innovation_rate",))
    sweep(made, tmp_path / "made", workers=1, watch=silent())
    page = report(tmp_path / "made", language=language).page.read_text(encoding="utf-8")
    words = words_in(language)
    assert words.text("report.caption_map") in page
    assert words.text("report.alt_map") in page
    assert not re.search(r"[Tt]wo (measures|heat maps)|两(项|个)指标|两幅", page)
