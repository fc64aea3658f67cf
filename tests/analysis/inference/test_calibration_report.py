"""What a calibration says: in the terminal, in its report and in Markdown, in both languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.inference.calibration import Calibration, Manner, calibrate
from analysis.inference.calibration_chart import charts_of
from analysis.inference.calibration_document import Tabled, gate_sentence, markdown_of, parts_of
from analysis.inference.calibration_report import command_of, write_report
from analysis.inference.targets_file import SHIPPED
from analysis.words import words_in
from model.catalogue import LANGUAGES, Language
from tests.analysis.command_line.conftest import line  # noqa: F401
from tests.analysis.inference.made_targets import FALL, INNOVATION, NUISANCE, PARAMETERS, SIGN, SUCCESS, file_of
from tests.command_lines import Line
from tests.made_experiments import silent

WHOLE = (PARAMETERS, NUISANCE, SUCCESS, INNOVATION, FALL, SIGN)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    """Return a small calibration whose draws are taken whatever the check says."""
    folder = tmp_path_factory.mktemp("made")
    manner = Manner(is_accepted=True, workers=2, watch=silent())
    return calibrate(file_of(folder, *WHOLE), folder / "made", manner)


def test_that_charts_name_the_rounds_and_a_shipped_file_by_its_name(made: Calibration) -> None:
    shipped = replace(made.targets, file=SHIPPED / "base_rates.toml", name="base_rates")
    assert command_of(replace(made, targets=shipped, rounds=2)) == "calibrate base_rates --rounds 2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_report_shows_chart_and_tables(made: Calibration, language: Language, tmp_path: Path) -> None:
    words = words_in(language)
    text = write_report(made, language, tmp_path).read_text(encoding="utf-8")
    names = ("marginals", "posterior", "pairs", "ranks")
    assert text.count("data:image/svg+xml") == len(names)
    figures = {path.name for path in (tmp_path / "figures").iterdir()}
    assert figures == {f"{name}.{language}.{kind}" for name in names for kind in ("png", "svg")}
    said = (tmp_path / "figures" / f"ranks.{language}.svg").read_text(encoding="utf-8")
    assert f"seed: {made.targets.seed}; replications: 1" in said
    assert f"command: calibrate {made.targets.file.name}" in said
    for name in ("marginals", "check", "predictions", "limits"):
        assert words.text(f"calibration.{name}") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_words_have_the_numbers_of_the_tables(made: Calibration, language: Language) -> None:
    parts = {part.name: part for part in parts_of(made, words_in(language))}
    table = parts["marginals"].blocks[0]
    assert isinstance(table, Tabled)
    assert [row[3] for row in table.rows] == [f"{value:.2f}" for value in made.inference.contraction]
    markdown = "\n".join(markdown_of(list(parts.values())))
    assert f"{made.inference.marginals['median'][0]:.3g}" in markdown


def test_that_the_charts_show_the_numbers_of_the_tables(made: Calibration) -> None:
    charts = {name: draw() for name, draw in charts_of(made, words_in("en")).items()}
    histograms, draws = made.inference.check.histograms, made.draws
    for place, name in enumerate(made.inference.prior.names):
        ranks, posterior = (
            [bar.get_height() for bar in charts[chart].axes[place].containers[0]] for chart in ("ranks", "posterior")
        )
        assert ranks == histograms.loc[histograms["name"] == name, "count"].tolist()
        assert sum(posterior) == pytest.approx(1.0)
        low, high = made.inference.prior.low[place], made.inference.prior.high[place]
        in_first = float(np.mean(draws[:, place] < low + (high - low) / len(posterior)))
        assert posterior[0] == pytest.approx(in_first)
    (cells,) = charts["pairs"].axes
    shown = sorted(float(text.get_text()) for text in cells.texts)
    assert shown == pytest.approx(sorted(made.inference.pairs["correlation"]), abs=0.006)
    rows, columns = (
        [label.get_text() for label in labels] for labels in (cells.get_yticklabels(), cells.get_xticklabels())
    )
    assert columns == [row.split()[0] for row in rows[:-1]]


def test_that_where_points_were_dropped_is_drawn_from_a_twentieth_on(made: Calibration) -> None:
    table = made.inference.table
    assert "dropped" not in charts_of(made, words_in("en"))
    statistics = table.statistics.copy()
    statistics[table.points[:, 0] > 0.5] = np.nan
    gaps = replace(made, inference=replace(made.inference, table=replace(table, statistics=statistics)))
    (cells,) = charts_of(gaps, words_in("en"))["dropped"]().axes
    shares = [share for _, of_thirds in gaps.inference.table.dropped_by_thirds() for share in of_thirds]
    assert [text.get_text() for text in cells.texts] == [f"{share:.0%}" for share in shares]
    assert shares[0] == 0.0
    assert shares[2] > 0.5


def test_that_the_gate_is_told_first(made: Calibration) -> None:
    words = words_in("en")
    short = parts_of(made, words)[0]
    assert gate_sentence(made, words) in [getattr(block, "text", "") for block in short.blocks]
    assert made.inference.check.is_clean is gate_sentence(made, words).startswith("The intervals were checked")


@pytest.mark.slow
def test_that_the_command_plans_calibrates_checks_and_validates(line: Line, tmp_path: Path) -> None:  # noqa: F811
    path = str(file_of(tmp_path, PARAMETERS, SUCCESS, INNOVATION, points=256))
    planned = line("calibrate", path, "--dry-run")
    assert planned.code == 0
    assert "256 runs in results/made" in planned.out
    assert not (tmp_path / "results").exists()
    done = line("calibrate", path, "--accept-uncalibrated", "--language", "zh")
    assert done.code == 0
    assert "收缩度" in done.out
    assert (tmp_path / "results" / "made-posterior" / "report.zh.html").is_file()
    checked = line("calibrate", "results/made", "--check")
    assert checked.code == 0
    assert "Can the intervals be trusted?" in checked.out
    validated = line("calibrate", "results/made", "--validate")
    assert validated.code == 0
    assert "What the draws predict" in validated.out


def test_that_mistakes_on_the_command_line_end_in_one_message(line: Line, tmp_path: Path) -> None:  # noqa: F811
    path = str(file_of(tmp_path, PARAMETERS, SUCCESS))
    for arguments, expected in (
        (("calibrate", "nothing.toml"), "there is no such file"),
        (("calibrate", path, "--rounds", "9"), "--rounds 9: allowed are 1 to 4"),
        (("calibrate", "results/nothing", "--check"), "run calibrate with a file of targets first"),
    ):
        ended = line(*arguments)
        assert ended.code == 2
        assert expected in ended.err
        assert "Traceback" not in ended.err
