"""Installed from a wheel: everything is in one package, and nobody else's model.py is in the way."""

from __future__ import annotations

import functools
import os
import shutil
import site
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import officials_under_accountability
from model.code_hash import hash_of_source, model_hash
from officials_under_accountability import NAME, renamed
from tests.command_lines import ROOT
from tests.test_repository import files

FOREIGN = ("model.py", "analysis.py", "app.py", "run.py", "benchmarks.py")
SCRIPT = f"""
from model import MoneyModel
from {NAME}.analysis.experiments import paired_effects
from {NAME}.model.code_hash import model_hash
from {NAME}.model.scenario import find_scenario
from {NAME}.model.simulate import simulate
print(find_scenario("baseline").name, model_hash(), MoneyModel.__module__)
"""


@functools.cache
def wheel(place: Path) -> Path:
    """Return a wheel, built from a copy of what git keeps or would keep."""
    for path in files():
        target = place / "source" / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(place), str(place / "source")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return next(place.glob("*.whl"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wheel")


@pytest.fixture(scope="module")
def installed(place: Path) -> Path:
    """Return the folder of the programs of an environment that has the wheel, and the packages of this one."""
    venv.create(place / "venv", with_pip=False)
    variables = {"base": str(place / "venv"), "platbase": str(place / "venv")}
    packages = Path(sysconfig.get_path("purelib", vars=variables))
    # The folders as they are: the file that makes this clone importable, if there is one, is not read there.
    (packages / "others.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    scripts = Path(sysconfig.get_path("scripts", vars=variables))
    command = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "--quiet", "--no-deps"]
    subprocess.run([*command, str(wheel(place))], check=True)
    return scripts


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with nothing in it but files that are called like our packages."""
    for name in FOREIGN:
        (tmp_path / name).write_text("class MoneyModel: pass\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    return tmp_path


def said_by(*command: str | Path) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_that_a_wheel_takes_one_name(place: Path) -> None:
    with zipfile.ZipFile(wheel(place)) as archive:
        names = archive.namelist()
        top = next(name for name in names if name.endswith("top_level.txt"))
        assert archive.read(top).decode().split() == [NAME]
        told = [name for name in names if name.endswith((".py", ".toml")) and b"python run.py" in archive.read(name)]
        assert told == [], "commands that are not there where the wheel is installed"
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {NAME}
    for needed in ("scenarios/baseline.toml", "app/officials.html", "analysis/command_line/words/zh-CN.toml", "run.py"):
        assert f"{NAME}/{needed}" in names
    for shipped in ROOT.glob("scenarios/**/*.toml"):
        assert f"{NAME}/{shipped.relative_to(ROOT).as_posix()}" in names


@pytest.mark.slow
def test_that_the_installed_program_does_its_work_beside_foreign_files_of_the_same_names(
    installed: Path, empty: Path
) -> None:
    assert "crackdown" in said_by(installed / "officials", "list")
    size = ("--officials", "20", "--months", "3", "--replications", "2", "--set", "size.jurisdictions=2")
    assert "Innovation rate" in said_by(installed / "officials", "compare", "baseline", "crackdown", *size)
    assert (empty / "results" / "baseline_vs_crackdown" / "charts").is_dir()
    assert "Report" in said_by(installed / "officials", "evidence", "--no-simulate")
    assert "officials simulate crackdown" in said_by(installed / "python", "-m", NAME, "--help")


@pytest.mark.slow
def test_that_the_installed_packages_are_imported_beside_a_model_of_ones_own(installed: Path, empty: Path) -> None:
    (empty / "mine.py").write_text(SCRIPT, encoding="utf-8")
    assert said_by(installed / "python", "mine.py") == f"baseline {model_hash()} model\n"


@pytest.mark.slow
def test_that_a_bundle_is_refused_without_the_clone(installed: Path, empty: Path) -> None:
    done = subprocess.run([installed / "officials", "bundle", "x"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")


def test_that_a_clone_is_imported_beside_a_model_of_ones_own(empty: Path) -> None:
    (empty / "mine.py").write_text(f"import sys; sys.path.append({str(ROOT)!r})\n{SCRIPT}", encoding="utf-8")
    assert said_by(sys.executable, "mine.py") == f"baseline {model_hash()} model\n"


def test_that_renaming_changes_imports_and_nothing_else() -> None:
    source = '"""from model.a import b"""\nfrom model.a import b\nif b:\n    from app import c\nfrom models import d\n'
    expected = source.replace("\nfrom model.a", f"\nfrom {NAME}.model.a").replace(
        "    from app", f"    from {NAME}.app"
    )
    assert renamed(source) == expected
    assert hash_of_source(renamed(source)) == hash_of_source(source)


def test_that_no_module_imports_a_package_in_a_way_that_cannot_be_renamed() -> None:
    for path in files():
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ("model", "analysis", "app", "benchmarks"):
            lines = path.read_text(encoding="utf-8").splitlines()
            tops = [line.split()[1].partition(".")[0] for line in lines if line.strip().startswith("import ")]
            assert not set(tops) & set(officials_under_accountability.PACKAGES), path


def test_that_the_program_is_found_by_its_one_name_in_a_clone() -> None:
    done = subprocess.run(
        [sys.executable, "-m", NAME, "describe", "reform"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("reform: ")
