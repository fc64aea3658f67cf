"""Every result leaves for every tool: the numbers and what they are, under a name that says what is in the file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from analysis.errors import ExperimentError
from analysis.execution.comparison import write_result
from analysis.execution.sweep import sweep
from analysis.publication.export import export
from analysis.statistics.paired_effects import runs_of
from analysis.store.experiment import Experiment
from analysis.store.results import read_result
from analysis.store.table_files import stata_names, write_table_file
from model.measures import MEASURES
from model.parameters import parameter_paths
from model.scenario import find_scenario, with_settings
from model.simulate import simulate
from tests.made_experiments import made_experiment, silent

ENDINGS = (".csv", ".parquet", ".dta", ".xlsx")


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    return sweep(made_experiment(points=3), tmp_path_factory.mktemp("made") / "made", watch=silent())


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Path:
    small = [with_settings(find_scenario(name), {"size.jurisdictions": 2}, 20, 8) for name in ("baseline", "crackdown")]
    results = [simulate(scenario, 3, by_jurisdiction=True) for scenario in small]
    return write_result(results, tmp_path_factory.mktemp("compared") / "both")


def read(path: Path) -> pd.DataFrame:
    if path.suffix == ".csv":
        return pd.read_csv(path)
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_stata(path) if path.suffix == ".dta" else pd.read_excel(path)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("table", ["table", "reference", "effects"])
def test_that_tables_of_an_experiment_are_written_as_the_ending_says(
    experiment: Experiment, table: str, ending: str, tmp_path: Path
) -> None:
    done = export(experiment.folder, tmp_path / f"t{ending}", table)
    found = read(tmp_path / f"t{ending}")
    assert len(found) == done.rows > 0
    assert done.is_complete
    if table == "table":
        numbers = experiment.table()[list(experiment.specification.measures)].to_numpy()
        names = stata_names(list(experiment.table().columns))
        columns = [names[m] if ending == ".dta" else m for m in experiment.specification.measures]
        np.testing.assert_allclose(found[columns].to_numpy(dtype=float), numbers, rtol=1e-15)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("table", ["runs", "months", "effects", "ratios"])
def test_that_tables_of_a_result_are_written_too(comparison: Path, table: str, ending: str, tmp_path: Path) -> None:
    done = export(comparison, tmp_path / f"t{ending}", table)
    found = read(tmp_path / f"t{ending}")
    assert len(found) == done.rows > 0
    assert set(found["scenario"].astype(str)) <= {"baseline", "crackdown"}


def test_that_the_first_table_is_the_one_of_the_runs(comparison: Path, tmp_path: Path) -> None:
    assert export(comparison, tmp_path / "t.parquet").table == "runs"
    stored = read_result(comparison).runs
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "t.parquet"), stored)


def test_that_labels_and_units_go_into_the_files(comparison: Path, tmp_path: Path) -> None:
    export(comparison, tmp_path / "t.csv")
    codebook = pd.read_csv(tmp_path / "t.codebook.csv").set_index("column")
    assert list(codebook.index) == list(pd.read_csv(tmp_path / "t.csv").columns)
    assert tuple(codebook.loc["lazy_prevalence", ["label", "label_zh", "unit"]]) == (
        "Prevalence of lazy government",
        codebook.loc["lazy_prevalence", "label_zh"],
        "share",
    )
    assert re.search("[一-鿿]", codebook.loc["lazy_prevalence", "label_zh"])
    for path in (comparison / "runs.parquet", comparison / "months.parquet"):
        field = parquet.read_schema(path).field("lazy_prevalence")
        assert field.metadata[b"unit"] == b"share"
        assert b"label" in field.metadata
    export(comparison, tmp_path / "t.dta", "months")
    with pd.read_stata(tmp_path / "t.dta", iterator=True) as reader:
        names = stata_names(list(read_result(comparison).months.columns))
        said = reader.variable_labels()
        assert said[names["sanctions_per_100_officials_and_year"]].startswith("Sanctions")
        assert reader.value_labels()["jurisdiction"] == {0: "1", 1: "2", 2: "all"}


def test_that_labels_of_stata_and_r_are_in_the_language_that_is_asked_for(comparison: Path, tmp_path: Path) -> None:
    export(comparison, tmp_path / "t.dta", language="zh")
    with pd.read_stata(tmp_path / "t.dta", iterator=True) as reader:
        assert reader.variable_labels()["innovation_rate"] == "创新率 (比例) [innovation_rate]"
    script = export(comparison, tmp_path / "t.csv", language="zh").files[2].read_text(encoding="utf-8")
    assert 'attr(runs[["innovation_rate"]], "label") <- "创新率"' in script
    assert 'attr(runs[["innovation_rate"]], "units") <- "比例"' in script


def test_that_a_workbook_has_a_sheet_for_every_table_and_one_of_labels(
    comparison: Path, experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = export(comparison, tmp_path / "t.xlsx")
    book = pd.read_excel(done.files[0], sheet_name=None)
    assert list(book) == ["runs", "months", "effects", "ratios", "labels"]
    assert done.rows == sum(len(sheet) for name, sheet in book.items() if name != "labels")
    columns = {name for title, sheet in book.items() if title != "labels" for name in sheet.columns}
    assert set(book["labels"]["column"]) == columns
    assert book["labels"]["column"].is_unique
    own = export(experiment.folder, tmp_path / "own.xlsx")
    assert own.table == "table, reference, effects", "it has no months, and so no metrics"
    monkeypatch.setattr("analysis.publication.export._MOST_CELLS", 1000)
    small = export(comparison, tmp_path / "small.xlsx")
    assert (small.table, small.left_out) == ("runs, effects, ratios", ("months",))


def test_that_a_sweep_has_labels_in_its_own_tables(experiment: Experiment) -> None:
    schema = parquet.read_schema(experiment.folder / "table.parquet")
    assert schema.field("accountability.severity").metadata[b"label"] == b"Severity of accountability"


def in_r(folder: Path, script: str, *lines: str, name: str = "t.R") -> list[str]:
    """Return what R prints, a line each, after it has run the script of an export in its folder."""
    program = folder / "read.R"
    program.write_text("\n".join([f'source("{name}", encoding = "UTF-8")', script, *lines]), encoding="utf-8")
    done = subprocess.run(["Rscript", "read.R"], cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr, done.stderr
    return done.stdout.splitlines()


def test_that_the_script_for_r_names_every_column(comparison: Path, tmp_path: Path) -> None:
    export(comparison, tmp_path / "t.csv")
    script = (tmp_path / "t.R").read_text(encoding="utf-8")
    assert "runs <- read.csv(" in script
    for column in pd.read_csv(tmp_path / "t.csv").columns:
        assert f'attr(runs[["{column}"]], "label") <- "' in script
    assert script.count("(") == script.count(")")


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="needs R")
@pytest.mark.parametrize("table", ["runs", "months", "effects", "ratios"])
def test_that_r_reads_every_table_with_its_numbers_types_and_labels(
    comparison: Path, table: str, tmp_path: Path
) -> None:
    export(comparison, tmp_path / "t.csv", table)
    told = f'cat(names({table})[i], class({table}[[i]]), attr({table}[[i]], "label"), sep = "\\t"); cat("\\n")'
    lines = [line.split("\t") for line in in_r(tmp_path, f"for (i in seq_along({table})) {{ {told} }}")]
    codebook = pd.read_csv(tmp_path / "t.codebook.csv")
    assert [line[0] for line in lines] == list(codebook["column"])
    assert [line[2] for line in lines] == list(codebook["label"])
    kinds = {"text": "character", "number": "numeric"}
    assert [line[1] for line in lines] == [kinds[kind] for kind in codebook["type"]]
    in_r(tmp_path, f'write.csv({table}, "again.csv", row.names = FALSE, na = "")')
    pd.testing.assert_frame_equal(
        pd.read_csv(tmp_path / "again.csv"), pd.read_csv(tmp_path / "t.csv"), check_dtype=False, rtol=1e-14
    )


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="needs R")
def test_that_r_keeps_names_quotes_and_numbers_too_long_for_it_as_they_are(tmp_path: Path) -> None:
    table = pa.table(
        {"scenario": ["NA", 'a "b" \\ c', "容错"], "seed": [2**62 + 1, 1, 2], "p": [0.1, None, float("nan")]}
    )
    write_table_file(table, tmp_path / "容错.csv", "my-table")
    lines = in_r(
        tmp_path,
        "cat(my_table$scenario, sep = '\\n'); cat('\\n')",
        "cat(my_table$seed[1], sum(is.na(my_table$p)), sep = '\\n')",
        name="容错.R",
    )
    assert lines[:2] == ["NA", 'a "b" \\ c']
    assert [line for line in lines[3:] if line] == [str(2**62 + 1), "2"]


def test_that_stata_opens_what_is_written_with_its_own_labels(comparison: Path, tmp_path: Path) -> None:
    export(comparison, tmp_path / "t.dta", "effects")
    with pd.read_stata(tmp_path / "t.dta", iterator=True) as reader:
        frame = reader.read()
        said = reader.variable_labels()
        values = reader.value_labels()
        assert reader.data_label == "effects"
    table = read_result(comparison).effects
    assert table is not None
    assert list(frame["measure"].astype(str)) == list(table["measure"])
    np.testing.assert_array_equal(frame["difference"], table["difference"])
    assert said["difference"].startswith("Mean difference within runs")
    assert all(said[name] for name in frame.columns)
    assert set(values["measure"].values()) == set(table["measure"])


def test_that_openpyxl_opens_a_sheet_of_numbers_and_a_sheet_of_labels(comparison: Path, tmp_path: Path) -> None:
    export(comparison, tmp_path / "t.xlsx", "runs")
    book = load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["runs", "labels"]
    head, *rows = book["runs"].iter_rows(values_only=True)
    stored = read_result(comparison).runs
    assert list(head) == list(stored.columns)
    place = list(head).index("innovation_rate")
    np.testing.assert_allclose([row[place] for row in rows], stored["innovation_rate"], rtol=1e-15)
    assert book["runs"].freeze_panes == "A2"
    labels = {row[0]: row[1:] for row in book["labels"].iter_rows(min_row=2, values_only=True)}
    assert list(labels) == list(head)
    assert labels["innovation_rate"][0] == "Innovation rate"


def test_that_names_for_stata_are_short_and_no_two_alike() -> None:
    names = stata_names([*MEASURES, *parameter_paths(), "2nd", "a.b", "a_b"])
    assert len(set(names.values())) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,31}", name) for name in names.values())


@pytest.mark.parametrize("name", ["t.xls", "t.txt", "t", "t.csv.gz", "t.sav"])
def test_that_an_unknown_ending_is_refused(experiment: Experiment, name: str, tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match=r"allowed is \.csv, \.parquet, \.dta, \.xlsx"):
        export(experiment.folder, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_that_what_is_not_there_is_told(comparison: Path, experiment: Experiment, tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match='no table "table"; there are runs, months'):
        export(comparison, tmp_path / "t.csv", "table")
    with pytest.raises(ExperimentError, match="no table panel; simulate with --panel"):
        export(comparison, tmp_path / "t.csv", "panel")
    with pytest.raises(ExperimentError, match="no experiment and no result"):
        export(tmp_path, tmp_path / "t.csv")
    with pytest.raises(ExperimentError, match="add --table effects"):
        export(comparison, tmp_path / "t.csv", "runs", "holm")
    export(experiment.folder, tmp_path / "t.csv")
    with pytest.raises(ExperimentError, match="is there already"):
        export(experiment.folder, tmp_path / "t.csv")
    with pytest.raises(ExperimentError, match="cannot be written"):
        export(experiment.folder, tmp_path / "nowhere" / "t.csv")
    assert {path.name for path in tmp_path.iterdir()} == {"t.csv", "t.codebook.csv", "t.R"}


def test_that_effects_leave_with_adjusted_p_values(comparison: Path, tmp_path: Path) -> None:
    export(comparison, tmp_path / "t.csv", "effects", "holm")
    found = pd.read_csv(tmp_path / "t.csv")
    there = found.dropna(subset=["p"])
    assert (there["p_adjusted"] >= there["p"]).all()


def test_that_sizes_of_pairs_are_kept_in_memory_only_as_attributes(comparison: Path) -> None:
    runs = runs_of([simulate(with_settings(find_scenario("baseline"), {"size.jurisdictions": 2}, 20, 8), 2)])
    assert runs.attrs["sizes"] == {"baseline": [20, 8]}
    assert set(read_result(comparison).runs["scenario"]) == {"baseline", "crackdown"}


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names there are always UTF-8")
def test_that_a_panel_is_exported_from_a_place_whose_name_is_no_utf8(tmp_path: Path) -> None:
    small = with_settings(find_scenario("baseline"), {"size.jurisdictions": 2}, 20, 8)
    place = write_result([simulate(small, 2)], tmp_path / os.fsdecode(b"\xb7\xbd"))
    with (place / "panel.parquet").open("wb") as file:
        parquet.write_table(pa.table({"official": [1, 2]}), file)
    export(place, tmp_path / "t.csv", "panel")
    assert list(pd.read_csv(tmp_path / "t.csv")["official"]) == [1, 2]
