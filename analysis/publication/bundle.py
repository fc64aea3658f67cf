"""The verb `bundle`: an experiment as one zip to publish or archive, with all that is needed to run it again."""

from __future__ import annotations

import os
import shutil
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import ExperimentError, printable, told, where
from analysis.publication.report import report
from analysis.publication.reproduction import EXPERIMENT_FILE, is_same_experiment, sweep_command
from analysis.publication.ro_crate import write_metadata
from analysis.shell import IS_CLONE
from analysis.statistics.effects import checked_gaps
from analysis.store.atomic_folder import drop, working_folder
from analysis.store.durable_files import TEMPORARY, file_hash
from analysis.store.experiment import Experiment, open_experiment
from analysis.store.findings import CODED, EVIDENCE, FINDINGS, findings_of, folder_beside
from analysis.store.locks import LOCK, PARTS
from analysis.store.provenance import git_output
from analysis.store.tables import FILES
from model.catalogue import LANGUAGES
from model.code_hash import model_hash
from model.litter import is_litter

PROJECT = Path(__file__).parents[2]
RESULT, CODE, REPORT = "result", "code", "report"
CHECKSUMS = "SHA256SUMS"
_FOUND = ("map", "sensitivity", "effects", "box")
_KEPT_BESIDE = ("CITATION.cff", "LICENSE")
_TOP_OF_CODE = ("model", "analysis", "app", "scenarios", "benchmarks", "data", "docs", "tests", ".ci")
_NO_CODE = {"__pycache__", "node_modules", "build", "generated", "results"}
# Archives of the same files are the same bytes: every file has the earliest date that a zip can hold.
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Bundle:
    """A bundle that was written: its file and the names of what is in it."""

    file: Path
    names: tuple[str, ...]


def bundle(folder: str | Path, out: str | Path | None = None, *, allow_incomplete: bool = False) -> Bundle:
    """Write an experiment with its code, documents, citation, reports and metadata as one zip.

    Parameters
    ----------
    out : the file; the experiment's folder with .zip at its end if not given. One that is there is replaced when the
        new one is complete.
    allow_incomplete : go on though runs are missing; the finished blocks are put in, so that it can be gone on with.

    Raises
    ------
    ExperimentError
        If there is no such experiment, runs are missing and that is not allowed, the code is no longer that of the
        experiment, or the file cannot be written.
    """
    experiment = open_experiment(folder)
    target = Path(out) if out is not None else folder_beside(Path(folder), "bundle").with_name(f"{_name(folder)}.zip")
    if not IS_CLONE:
        raise ExperimentError(
            "a bundle holds the code with its documents and tests, and this program is installed without them; "
            "bundle in a clone of the project that is installed with pip install -e ."
        )
    checked_gaps(experiment, allow_incomplete)
    _check_code(experiment)
    if target.is_dir():
        raise ExperimentError(f"{target}: is a folder; give the path of a file with --out")
    if target.exists() and not _is_bundle(target):
        raise ExperimentError(f"{target}: is there already and no bundle, so it is not replaced; give another --out")
    draft = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = working_folder(target)
        _fill(draft / "bundle", experiment, Path(folder), allow_incomplete)
        return Bundle(target, _zipped(draft / "bundle", target))
    except OSError as error:
        named, advice = where(error, target), "make room, or give a file that can be written with --out"
        if draft is None or named.startswith(printable(draft)):  # which is hidden: the file beside it is meant
            named = printable(target)
        raise ExperimentError(f"{named}: cannot be written ({told(error)}); {advice}") from None
    finally:
        if draft is not None:
            drop(draft)


def _is_bundle(file: Path) -> bool:
    """Tell whether a file is a bundle of this program."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False
    return any(name.endswith(f"/{CHECKSUMS}") for name in names)


def _name(folder: str | Path) -> str:
    return Path(folder).resolve().name


def _check_code(experiment: Experiment) -> None:
    """Raise ExperimentError unless the code at hand is that with which the experiment was run."""
    if experiment.manifest["model_hash"] != model_hash():
        commit = (experiment.manifest.get("git") or {}).get("commit") or "not known"
        raise ExperimentError(
            f"{experiment.folder}: was run with another state of the code of model/ (commit {commit}), so the bundle "
            "would hold code that gives other numbers; take that code, or sweep into a new folder"
        )


def _fill(root: Path, experiment: Experiment, folder: Path, allow_incomplete: bool) -> None:
    """Write everything into a folder: result, findings, code, reports, README, metadata and checksums."""
    root.mkdir()
    _copy_result(experiment, root / RESULT)
    for name in _FOUND:
        found = findings_of(folder, name, experiment.lock)
        if found is not None:
            _copy_tables(found, root / FINDINGS / name)
    _copy_coded(experiment, Path(folder).resolve().parent, root / CODED)
    _copy_code(root / CODE)
    for name in _KEPT_BESIDE:
        if (PROJECT / name).is_file():
            shutil.copyfile(PROJECT / name, root / name)
    for language in LANGUAGES:
        report(folder, root / REPORT, language=language, allow_incomplete=allow_incomplete)
    (root / "README.md").write_text(_readme(root, experiment), encoding="utf-8")
    write_metadata(root, experiment)
    sums = [f"{file_hash(path)}  {path.relative_to(root).as_posix()}" for path in _files_in(root)]
    (root / CHECKSUMS).write_text("\n".join(sums) + "\n", encoding="utf-8")


def _copy_result(experiment: Experiment, target: Path) -> None:
    """Copy the plan and the final tables; the parts only where there are no final tables yet."""
    ignored = {PARTS} if experiment.has_final_tables else set(FILES.values())

    def is_ours(name: str) -> bool:
        return not (name in ignored or name.endswith(TEMPORARY) or name == LOCK or is_litter(name))

    for path in sorted(experiment.folder.rglob("*")):
        inside = path.relative_to(experiment.folder)
        if path.is_file() and all(map(is_ours, inside.parts)):
            (target / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / inside)


def _copy_tables(folder: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for path in sorted(folder.iterdir()):
        if path.is_file() and not is_litter(path.name):
            shutil.copyfile(path, target / path.name)


def _copy_coded(experiment: Experiment, beside: Path, target: Path) -> None:
    """Copy the coded file that the scenario was made from, if an estimate beside the result has kept this very one."""
    told = dict(experiment.specification.base.provenance)
    for path in sorted(beside.glob(f"*-{EVIDENCE}/{CODED}.*")):
        if path.is_file() and file_hash(path) == told.get("sha256"):
            target.mkdir(exist_ok=True)
            shutil.copyfile(path, target / Path(str(told["file"])).name)


def _copy_code(target: Path) -> None:
    """Copy the code as it stands: what git keeps or would keep, or without git what is known to belong to it."""
    for name in code_files():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT / name, target / name)


def code_files() -> list[str]:
    """Return the files of the project's code, by their paths in it."""
    is_own = (PROJECT / ".git").exists()
    answer = git_output("ls-files", "-z", "--cached", "--others", "--exclude-standard", folder=PROJECT)
    listed = os.fsdecode(answer).split("\0") if answer and is_own else []
    if not any(listed):
        top = [path for path in PROJECT.iterdir() if path.is_file() and path.suffix != ".zip"]
        inside = [path for name in _TOP_OF_CODE for path in (PROJECT / name).rglob("*") if path.is_file()]
        found = [path.relative_to(PROJECT) for path in (*top, *inside)]
        listed = [path.as_posix() for path in found if not _NO_CODE & set(path.parts)]
    own = (name for name in listed if name and not any(map(is_litter, name.split("/"))))
    return sorted({name for name in own if (PROJECT / name).is_file()})


def _readme(root: Path, experiment: Experiment) -> str:
    specification = experiment.specification
    facts = experiment.manifest
    git = facts.get("git") or {}
    planned = facts["planned"]["runs"]
    file = root / REPORT / EXPERIMENT_FILE
    again = sweep_command(is_same_experiment(file, experiment), (f"../{REPORT}", f"../{RESULT}", "../again"))
    return _README.format(
        title=specification.title.en,
        question=specification.question.en,
        runs=planned,
        table=f"{RESULT}/table.parquet",
        again=again,
        python=facts["versions"]["python"],
        platform=facts["platform"]["system"],
        commit=git.get("commit") or "not known",
        state="nothing uncommitted" if git.get("is_clean") else "perhaps with uncommitted changes, which are in code/",
        model=facts["model_hash"],
        lock=experiment.lock,
    )


_README = """# {title}

{question}

An experiment with the model Officials under Accountability: {runs} planned runs. Start with report/report.en.html
(English) or report/report.zh.html (Chinese).

| where | what |
| --- | --- |
| report/ | the report in both languages, its charts, the experiment's file |
| result/ | the plan (manifest.json, design.parquet, scenario/) and the runs (table.parquet, reference.parquet) |
| findings/ | what map, sensitivity, ablate or discover have found, if they were run |
| coded/ | the coded cases that the scenario was made from, if it was |
| code/ | the code as it was, with docs/ (the model in docs/model.md), tests and pinned versions |
| CITATION.cff, LICENSE | how to cite, and what is allowed |
| ro-crate-metadata.json | what is what, for machines (RO-Crate) |
| SHA256SUMS | checksums: sha256sum -c SHA256SUMS |

## Run it again

```sh
cd code
python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e .
{again}
cmp ../again/table.parquet ../{table}
```

The last command says nothing if the new table is the same, byte for byte. It is on the same platform and versions
({platform}, Python {python}; all versions in result/manifest.json).

A single run again, bit for bit, and the report anew:

```sh
.venv/bin/python run.py rerun ../result --run 0 --out ../run-0
.venv/bin/python run.py report ../result --out ../report-anew
```

The report anew shows what stands in findings/ beside the result, such as the line of a map.

## Made with

- commit {commit}, {state}
- model code (hash) {model}
- lock {lock}: the hash of all that decides a number, fixed before the first run
"""


def _files_in(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file() and path.name != CHECKSUMS)


def _zipped(root: Path, target: Path) -> tuple[str, ...]:
    """Write a folder as a zip under another name and rename it; the same files give the same bytes."""
    temporary = root.with_name("bundle.zip")
    names = []
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for path in sorted(path for path in root.rglob("*") if path.is_file()):
                name = f"{printable(target.stem)}/{path.relative_to(root).as_posix()}"
                entry = zipfile.ZipInfo(name, _DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = (0o755 if os.access(PROJECT / _in_code(path, root), os.X_OK) else 0o644) << 16
                with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as sink:
                    shutil.copyfileobj(source, sink)
                names.append(name)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink()
    return tuple(names)


def _in_code(path: Path, root: Path) -> Path:
    """Return the path of a file of the code in the project, which knows whether it can be run."""
    parts = path.relative_to(root).parts
    return Path(*parts[1:]) if parts[0] == CODE else Path("no code")
