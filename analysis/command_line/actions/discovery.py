"""What the command of scenario discovery does and says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from analysis.command_line.task import tell_band, tell_if_invented
from analysis.command_line.terminal import note, standard_output
from analysis.discovery.conditions import EXAMPLE, Of, condition_of
from analysis.discovery.discovery import Discovery, How, Method
from analysis.discovery.of_experiment import discover as discover_in
from analysis.discovery.of_experiment import write_boxes, write_discovery
from analysis.discovery.of_search import discover_failures, failures_in, is_of_search
from analysis.discovery.report import DiscoveryOrigin, command_of, origin_of, write_report
from analysis.discovery.sentences import sentences_of, what_of
from analysis.errors import ExperimentError
from analysis.store.experiment import open_experiment
from analysis.store.findings import folder_beside
from analysis.words import words_in
from model.catalogue import Language


class Search(NamedTuple):
    """How conditions are looked for, as chosen on the command line."""

    method: Method
    density: float
    resamples: int


class DiscoveryAsked(NamedTuple):
    """What is asked for: a condition on a sweep, or a package of a search; of what, beside what, and where it goes."""

    when: str | None
    package: int | None
    of: Of
    against: str
    out: Path | None = None

    def folder(self, result: Path) -> Path:
        """Return where the findings go: beside the result, if nothing else was said."""
        return self.out or folder_beside(result, "box")


def discover(result: Path, asked: DiscoveryAsked, search: Search, shown: tuple[bool, Language]) -> None:
    """Print under which conditions something comes out in a sweep, or a package of a search fails; store it beside."""
    if not 0.0 < search.density <= 1.0:
        raise ExperimentError(f"--density {search.density:g}: is not allowed; give a share above 0, at most 1")
    if is_of_search(result):
        _discover_failures(result, asked, search, shown)
    else:
        _discover_in_sweep(result, asked, search, shown)


def _discover_in_sweep(result: Path, asked: DiscoveryAsked, search: Search, shown: tuple[bool, Language]) -> None:
    words = words_in(shown[1])
    if asked.against != "reference":
        raise ExperimentError(
            f"--against {asked.against}: is not allowed; write reference, the base scenario of the sweep"
        )
    if asked.package is not None:
        raise ExperimentError(f"--package {asked.package}: {result} is no search, and has no packages; leave it out")
    if asked.when is None:
        raise ExperimentError(f"--when is missing: write what is to come out, such as {EXAMPLE}")
    condition = condition_of(asked.when, asked.of)
    experiment = open_experiment(result)
    how = How(search.method, search.density, search.resamples, experiment.specification.design.seed)
    note(words.text("discovery.method").format(n=f"{len(experiment.points):,}"))
    found = discover_in(experiment, condition, how)
    tell_if_invented([experiment.specification.base], words)
    what = what_of(condition, words)
    folder = asked.folder(experiment.folder)
    origin = origin_of(experiment, condition, how, folder)
    _tell(origin, what, found, shown, lambda: write_discovery(experiment, condition, found, folder))


def _discover_failures(result: Path, asked: DiscoveryAsked, search: Search, shown: tuple[bool, Language]) -> None:
    words = words_in(shown[1])
    if asked.when is not None or asked.of != "value":
        option = "--when" if asked.when is not None else "--of"
        raise ExperimentError(
            f"{option}: of a search it is told where a package fails; leave {option} out, give --package"
        )
    failures = failures_in(result)
    about = failures.about
    how = How(search.method, search.density, search.resamples, int(about["seed"]))
    note(words.text("discovery.method").format(n=f"{len(failures.table):,}"))
    found = discover_failures(failures, asked.package, how)
    tell_band(about["invented"], words)
    what = words.text("search.it_fails").format(package=words.text("search.package").format(n=asked.package))
    origin = DiscoveryOrigin(
        name=about["search"],
        folder=asked.folder(result),
        scenario=about["base"],
        seed=int(about["seed"]),
        replications=1,
        model_hash=about["model_hash"],
        command=command_of(result.name, how, package=str(asked.package)),
        is_invented=bool(about["invented"]),
    )
    told = {"search": about["search"], "package": asked.package}
    _tell(origin, what, found, shown, lambda: write_boxes(origin.folder, told, found))


def _tell(
    origin: DiscoveryOrigin, what: str, found: Discovery, shown: tuple[bool, Language], write: Callable[[], list[Path]]
) -> None:
    """Print what was found, and store its tables and, if asked for, its report."""
    has_charts, language = shown
    words, console = words_in(language), standard_output()
    for sentence in sentences_of(what, found, words):
        console.print(sentence, soft_wrap=True)
    files = write()
    if has_charts:
        page = write_report(origin, what, found, language)
        console.print(words.text("discovery.report_written").format(file=page), soft_wrap=True)
    names = ", ".join(path.name for path in files)
    note(words.text("command_line.stored").format(folder=origin.folder, files=names))
