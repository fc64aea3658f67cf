"""Bundles: everything in one zip, and enough to run the experiment again."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from rocrate.rocrate import ROCrate

from analysis.design.specification import DesignPlan, Factor
from analysis.errors import ExperimentError
from analysis.execution.sweep import sweep
from analysis.publication import bundle as bundles
from analysis.publication.bundle import Bundle, bundle
from analysis.publication.report import report
from analysis.sensitivity.tipping_line import map as map_plane
from analysis.store.findings import findings_of, write_findings
from model.scenario import Text
from tests.made_experiments import EXEMPTION, made_experiment, silent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    folder = tmp_path_factory.mktemp("bundles")
    # A plane with a map beside it, and a title that would be markup if nobody escaped it.
    plane = tuple(
        Factor(path, 0.0, high, values=(0.0, high))
        for path, high in (("accountability.severity", 0.6), (EXEMPTION, 1.0))
    )
    title = Text('<script>alert("made")</script> & more', "测试用")
    planned = made_experiment(factors=plane, design=DesignPlan("grid"), title=title)
    map_plane(sweep(planned, folder / "made", workers=1, watch=silent()), rounds=0)
    return bundle(folder / "made")


@pytest.fixture(scope="module")
def unpacked(made: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(made.file) as archive:
        archive.extractall(folder)
    return folder / "made"


def test_that_a_bundle_holds_data_scenario_code_documents_citation_reports_and_metadata(made: Bundle) -> None:
    names = {name.removeprefix("made/") for name in made.names}
    assert made.file.name == "made.zip"
    assert names >= {
        "README.md",
        "CITATION.cff",
        "LICENSE",
        "SHA256SUMS",
        "ro-crate-metadata.json",
        "ro-crate-preview.html",
        "result/manifest.json",
        "result/design.parquet",
        "result/table.parquet",
        "result/reference.parquet",
        "result/scenario/baseline.toml",
        "report/report.en.html",
        "report/report.zh.html",
        "report/experiment.toml",
        "findings/map/summary.json",
        "code/run.py",
        "code/constraints.txt",
        "code/model/month.py",
        "code/docs/model.md",
    }
    assert not any("__pycache__" in name or name.startswith("result/parts") for name in names)


def test_that_every_file_of_a_bundle_has_its_checksum(unpacked: Path) -> None:
    lines = (unpacked / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    there = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert set(listed) == there - {"SHA256SUMS"}
    for name, checksum in listed.items():
        assert hashlib.sha256((unpacked / name).read_bytes()).hexdigest() == checksum


def test_that_the_metadata_of_a_bundle_can_be_read_and_name_what_is_there(unpacked: Path) -> None:
    crate = ROCrate(unpacked)
    assert crate.name == '<script>alert("made")</script> & more (made)'
    for entity in crate.data_entities:
        assert (unpacked / entity.id).exists()
    action = crate.get("#sweep")
    assert action.type == "CreateAction"
    assert [entity.id for entity in action["result"]] == ["result/table.parquet", "result/reference.parquet"]
    assert action["instrument"]["name"] == "Officials under Accountability"


def test_that_the_same_experiment_and_code_give_the_same_bundle_byte_for_byte(
    made: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "code_files", lambda: ["run.py", "model/month.py"])
    result = made.file.with_suffix("")
    first, second = (bundle(result, made.file.with_name(name) / "made.zip").file for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()
    assert [path.name for path in first.parent.iterdir()] == ["made.zip"]


def test_that_code_in_another_state_than_that_of_the_experiment_is_refused(
    made: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "model_hash", lambda: "other")
    with pytest.raises(ExperimentError, match="another state of the code of model/"):
        bundle(made.file.with_suffix(""))


def test_that_an_incomplete_experiment_is_refused_or_goes_in_with_its_finished_blocks(tmp_path: Path) -> None:
    sweep(made_experiment(points=4), tmp_path / "made", shard=(1, 2), workers=1, watch=silent())
    with pytest.raises(ExperimentError, match="runs 5 to 9 not run"):
        bundle(tmp_path / "made")
    names = bundle(tmp_path / "made", allow_incomplete=True).names
    assert any(name.startswith("made/result/parts/") for name in names)
    assert not any(name.endswith("/lock") for name in names)


def test_that_a_full_disk_is_blamed_on_the_place_that_is_full(made: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path, **_: object) -> None:
        error = OSError(28, "No space left on device", str(source))
        error.filename2 = str(target)
        raise error

    monkeypatch.setattr(bundles.shutil, "copyfile", full)
    with pytest.raises(ExperimentError) as refused:
        bundle(made.file.with_suffix(""), made.file.with_name("full.zip"))
    assert str(refused.value).startswith(
        f"{made.file.with_name('full.zip')}: cannot be written (No space left on device)"
    )
    assert [path.name for path in made.file.parent.iterdir() if path.name.startswith(".")] == []


def test_that_a_file_that_is_no_bundle_is_not_replaced(made: Bundle, tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_text("mine")
    with pytest.raises(ExperimentError, match="no bundle"):
        bundle(made.file.with_suffix(""), tmp_path / "mine.zip")
    assert (tmp_path / "mine.zip").read_text() == "mine"


def test_that_litter_is_not_bundled(made: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "code_files", lambda: ["run.py"])
    result = made.file.with_suffix("")
    (result / ".DS_Store").write_text("")
    try:
        names = bundle(result, tmp_path / "b.zip").names
    finally:
        (result / ".DS_Store").unlink()
    assert not any(".DS_Store" in name for name in names)


def test_that_findings_are_found_beside_an_experiment_and_in_a_bundle(tmp_path: Path) -> None:
    for place in ("made-map", "findings/map"):
        folder = tmp_path / place
        write_findings(folder, {}, {"lock": "mine"})
        assert findings_of(tmp_path / "made", "map", "mine") == folder
        assert findings_of(tmp_path / "made", "map", "another") is None
        (folder / "summary.json").unlink()
    assert findings_of(tmp_path / "made", "map", "mine") is None


def test_that_a_title_is_no_markup_in_the_pages_of_a_bundle(unpacked: Path) -> None:
    for page in ("ro-crate-preview.html", "report/report.en.html"):
        text = (unpacked / page).read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(" in text


def test_that_a_report_made_anew_from_an_unpacked_bundle_has_its_map(unpacked: Path, tmp_path: Path) -> None:
    again = report(unpacked / "result", tmp_path / "again")
    line = "equally common"  # of the sentence on what map has found, which no report without one has
    assert line in (unpacked / "report/report.en.html").read_text(encoding="utf-8")
    assert line in again.page.read_text(encoding="utf-8")
    shutil.copytree(unpacked / "result", tmp_path / "alone")
    assert line not in report(tmp_path / "alone").page.read_text(encoding="utf-8")
    figures = {path.name: path.read_bytes() for path in again.files if path.suffix == ".svg"}
    assert figures
    assert figures == {name: (unpacked / "report/figures" / name).read_bytes() for name in figures}


@pytest.mark.slow
def test_that_the_code_in_a_bundle_gives_the_same_table_byte_for_byte(unpacked: Path) -> None:
    command = [sys.executable, "run.py", "sweep", "../report/experiment.toml", "--out", "../again"]
    if "open_experiment" in (unpacked / "README.md").read_text(encoding="utf-8"):
        sentence = (
            "from analysis.store.experiment import open_experiment; "
            "from analysis.execution.sweep import sweep; "
            "sweep(open_experiment('../result').specification, '../again')"
        )
        command = [sys.executable, "-c", sentence]
    environment = {**os.environ, "PYTHONPATH": str(unpacked / "code")}
    done = subprocess.run(
        command, cwd=unpacked / "code", env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr
    assert (unpacked / "again" / "table.parquet").read_bytes() == (unpacked / "result" / "table.parquet").read_bytes()
