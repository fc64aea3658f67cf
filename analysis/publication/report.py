"""The verb `report`: an experiment as one HTML file to read, with its charts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.design.sampling import kind_of
from analysis.errors import ExperimentError, told, where
from analysis.publication.contents import contents_of
from analysis.publication.reproduction import (
    EXPERIMENT_FILE,
    POINTS_FILE,
    experiment_toml,
    is_same_experiment,
    points_csv,
    scenario_file,
)
from analysis.report.contents import Boundary, Contents, MechanismEffects
from analysis.report.section_words import named_with_origin
from analysis.sensitivity.best_lever import is_of_judgement
from analysis.sensitivity.mechanisms import ALL_OFF, ALONE, OFF
from analysis.shell import quoted
from analysis.statistics.effects import checked_gaps
from analysis.store.atomic_folder import MANIFEST
from analysis.store.durable_files import write_durably
from analysis.store.experiment import Experiment, open_experiment
from analysis.store.findings import findings_of, folder_beside, read_findings
from analysis.words import band_of, words_in
from model.catalogue import Catalogue, Language
from model.scenario import scenario_toml

Advance = Callable[[float], None]
Drawing = Callable[[int], AbstractContextManager[Advance]]
FIGURES = "figures"
_CASES = {OFF: "without", ALONE: "only", ALL_OFF: "none"}


@dataclass(frozen=True)
class Report:
    """A report that was written: the HTML file, and all files."""

    page: Path
    files: tuple[Path, ...]


def report(
    folder: str | Path,
    out: str | Path | None = None,
    *,
    language: Language = "en",
    allow_incomplete: bool = False,
    drawing: Drawing | None = None,
) -> Report:
    """Write the report of an experiment: report.en.html, the charts as PNG and SVG, and the file of the experiment.

    What `map` or `ablate` has written beside the experiment is shown, too.

    Parameters
    ----------
    out : the folder for it; the experiment's with -report at its end if not given.
    allow_incomplete : go on though runs are missing; the report then says which.
    drawing : called with the number of charts before they are drawn; what its context yields is called after each.

    Raises
    ------
    ExperimentError
        If there is no such experiment, runs are missing and that is not allowed, or the place cannot be written.
    """
    experiment, words = open_experiment(folder), words_in(language)
    place = Path(out) if out is not None else folder_beside(Path(folder), "report")
    checked_gaps(experiment, allow_incomplete)
    try:
        place.mkdir(parents=True, exist_ok=True)
        if (place / MANIFEST).exists():
            raise ExperimentError(f"{place}: is a result, and the report would lie among its files; give another --out")
        files = _experiment_files(experiment, place)
        contents = contents_of(
            experiment,
            allow_incomplete,
            by_file=is_same_experiment(place / EXPERIMENT_FILE, experiment),
            boundary=_boundary(experiment),
            ablation=_ablation(experiment, words),
        )
        files += _draw(contents, place, words, drawing)
        page = place / f"report.{language}.html"
        write_durably(page, _html(contents, words, files).encode())
    except OSError as error:
        advice = "make room, or give a folder that can be written with --out"
        raise ExperimentError(f"{where(error, place)}: cannot be written ({told(error)}); {advice}") from None
    return Report(page, (page, *files))


def _html(contents: Contents, words: Catalogue, files: list[Path]) -> str:
    # Here and not above: matplotlib and Jinja take half a second to load.
    from analysis.report.document import document_of  # noqa: PLC0415
    from analysis.report.page import html_of, image_source  # noqa: PLC0415

    sources = {path.name.split(".")[0]: image_source(path) for path in files if path.suffix == ".svg"}
    return html_of(document_of(contents, words, sources))


def _draw(contents: Contents, place: Path, words: Catalogue, drawing: Drawing | None) -> list[Path]:
    """Draw the charts as PNG and SVG, and return their paths."""
    from analysis.report.charts.saving import Provenance, save_chart  # noqa: PLC0415
    from analysis.report.document import charts_of  # noqa: PLC0415

    specification = contents.specification
    provenance = Provenance(
        (named_with_origin(specification.base),),
        specification.seed,
        specification.replications,
        str(contents.manifest["model_hash"]),
        quoted("sweep", specification.name),
        band_of(specification.base.is_invented, words),
    )
    charts, files = charts_of(contents, words), []
    with drawing(len(charts)) if drawing else nullcontext(_nothing) as advance:
        for name, draw in charts.items():
            files += save_chart(draw(), place / FIGURES, f"{name}.{words.language}", provenance)
            advance(1.0)
    return files


def _nothing(_done: float) -> None:
    pass


def _experiment_files(experiment: Experiment, place: Path) -> list[Path]:
    """Write the file of the experiment, its scenarios and, for a list, its points."""
    specification = experiment.specification
    texts = {EXPERIMENT_FILE: experiment_toml(specification)}
    for scenario in (specification.base, *specification.scenarios):
        texts[scenario_file(scenario.name)] = scenario_toml(scenario)
    if kind_of(specification.design).factors_by == "points":
        texts[POINTS_FILE] = points_csv(experiment)
    paths = []
    for name, text in texts.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, text.encode())
        paths.append(path)
    return paths


def _boundary(experiment: Experiment) -> Boundary | None:
    """Return the line that `map` has found, if it has."""
    found = findings_of(experiment.folder, "map", experiment.lock)
    if found is None or is_of_judgement(experiment.specification):
        return None
    tables, summary = read_findings(found, ("surface", "line"))
    vertical, horizontal = str(summary["vertical"]), str(summary["horizontal"])
    surface = tables["surface"].sort_values([vertical, horizontal])
    y, x = (np.unique(surface[path].to_numpy(dtype=np.float64)) for path in (vertical, horizontal))

    def plane(name: str) -> NDArray[np.float64]:
        return surface[name].to_numpy(dtype=np.float64).reshape(len(y), len(x))

    return Boundary(vertical, horizontal, y, x, plane("difference"), plane("low"), plane("high"), tables["line"])


def _ablation(experiment: Experiment, words: Catalogue) -> MechanismEffects | None:
    """Return what mechanisms do, if the experiment is one of `ablate`; the strongest ones first."""
    found = findings_of(experiment.folder, "effects", experiment.lock)
    if found is None:
        return None
    effects = read_findings(found, ("effects",))[0]["effects"]
    rows = effects.assign(case=effects["how"].map(_CASES), size=effects["difference"].abs())
    leading = rows[(rows["measure"] == rows["measure"].iloc[0]) & (rows["how"] == OFF)]
    order = list(leading.sort_values("size", ascending=False, kind="stable")["mechanism"])
    names = {name: words.text(f"mechanisms.{name}") for name in order}
    ranks = rows["mechanism"].map({name: place for place, name in enumerate(order)}).fillna(len(order))
    shown = rows.assign(mechanism=rows["mechanism"].map(names).fillna(""), rank=ranks)
    shown = shown.sort_values("rank", kind="stable")
    return MechanismEffects(shown[["case", "mechanism", "measure", "mean", "difference", "low", "high"]])
