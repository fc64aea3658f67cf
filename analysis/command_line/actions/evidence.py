"""What the commands of evidence do and say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.command_line.tables import print_table
from analysis.command_line.task import tell_band, tell_if_compiling
from analysis.command_line.terminal import note, progress, standard_output
from analysis.errors import ExperimentError
from analysis.evidence import agreement as coders
from analysis.evidence.case_file import read_case_file
from analysis.evidence.coded_file import EvidenceError, Row, header_of
from analysis.evidence.counts_file import is_counts_file, read_counts_file
from analysis.evidence.data_set import SHIPPED, read_data_set
from analysis.evidence.document import answer_sentences, cases_table, provision_head, provision_rows
from analysis.evidence.estimate import (
    By,
    CaseEstimate,
    Mitigated,
    Options,
    agreement_of_cases,
    checked_count,
    estimate_of_cases,
    estimate_of_counts,
)
from analysis.evidence.estimate_document import (
    agreement_head,
    agreement_rows,
    ladder_sentence,
    notes_of_estimate,
    rate_head,
    rate_rows,
)
from analysis.evidence.evidence_folder import MOST_DRAWS, N_DRAWS, write_evidence
from analysis.evidence.findings_in_words import quantity_head, quantity_rows
from analysis.evidence.mapping import DEFAULT_MAPPING, codes_of, moved_by, read_mapping
from analysis.evidence.names_of_persons import likely_names
from analysis.evidence.precode import DEFAULT_DICTIONARY, page_of, read_dictionary, table_of, texts_in
from analysis.evidence.precode import precode as precoded_of
from analysis.evidence.report import Drawing, write_report_of_data, write_report_of_estimate
from analysis.evidence.selection import Selection, selection_of
from analysis.evidence.text_file import read_text_file
from analysis.evidence.text_scenario import lever_head, lever_rows, said_sentence, write_text_scenario
from analysis.execution.sweep import RESULTS
from analysis.shell import command, quoted
from analysis.statistics.paired_effects import runs_of
from analysis.store.findings import folder_beside
from analysis.store.whole_files import write_files
from analysis.words import words_in
from model.catalogue import Catalogue, Language
from model.measures import MEASURES
from model.scenario import find_scenario
from model.simulate import simulate
from model.suggestions import quoted as said

_REPLICATIONS = 10
_SANCTIONS = next(name for name in MEASURES if name.startswith("sanctions_per_100_officials"))


class EvidenceWays(NamedTuple):
    """How an estimate is made, as chosen on the command line."""

    mitigated: Mitigated
    accept: tuple[str, ...]
    counted: tuple[str, ...]
    by: By | None
    draws: int
    seed: int


def evidence(data: Path | None, out: Path | None, shown: tuple[bool, bool], language: Language) -> None:
    """Print what a data set tells, and write its report."""
    words, console = words_in(language), standard_output()
    charts, is_simulated = shown
    found = read_data_set(data or SHIPPED)
    tell_band(found.is_invented, words)
    for sentence in answer_sentences(found, words):
        console.print(sentence, soft_wrap=True)
    _print_table(words.text("evidence.text.caption"), provision_head(words), provision_rows(found, words))
    for column, caption in (("cause", "evidence.case.caption"), ("place", "evidence.case.place_caption")):
        head, rows = cases_table(found, words, column)
        _print_table(words.text(caption), head, rows)
    if not charts:
        return
    of_the_model = _sanctions_of_the_baseline(words) if is_simulated else None
    folder = out or RESULTS / "evidence"
    page = write_report_of_data(found, folder, language, of_the_model, _drawing(words))
    console.print(words.text("evidence.written").format(file=page), soft_wrap=True)


def check_cases(file: Path, language: Language) -> None:
    """Say that a file of cases or counts is valid, or raise what is wrong with it."""
    words, console = words_in(language), standard_output()
    if is_counts_file(header_of(file)):
        counts = read_counts_file(file)
        unknown, text = counts.unknown, words.text("estimate.checked_counts").format(file=file, rows=len(counts.rows))
    else:
        cases = read_case_file(file)
        unknown = cases.unknown
        _note_names(cases.rows, words)
        text = words.text("estimate.checked").format(file=file, rows=len(cases.rows), cases=cases.n_cases)
    _note_unknown(unknown, words)
    console.print(text, soft_wrap=True)


def check_texts(coded: Path, language: Language) -> None:
    """Say that a file of coded texts is valid, or raise what is wrong with it."""
    words = words_in(language)
    found = read_text_file(coded)
    _note_unknown(found.unknown, words)
    numbers = {"rows": len(found.rows), "documents": len(found.documents), "items": len(found.items)}
    standard_output().print(words.text("estimate.checked_texts").format(file=coded, **numbers), soft_wrap=True)


def agreement(file: Path, out: Path | None, seed: int, language: Language) -> None:
    """Print how far coders agree, and write the disagreements side by side."""
    words, console = words_in(language), standard_output()
    columns = header_of(file)
    rows: Sequence[Row]
    if "document" in columns and "case_id" not in columns:
        texts = read_text_file(file)
        rows, unit, names = texts.rows, "document", list(texts.items)
        table = coders.agreement((coders.codings_of(rows, name, unit) for name in names), seed, by_nltk=True)
    else:
        cases = read_case_file(file)
        rows, unit = cases.rows, "case_id"
        table = agreement_of_cases(cases, seed, by_nltk=True)
        names = list(table["column"])
    if not (table["units"] > 0).any():
        raise EvidenceError(f"{file}: no case was coded twice; agreement needs rows of two coders for the same cases")
    _print_table(words.text("estimate.agreement"), agreement_head(words), agreement_rows(table, words))
    listed = coders.disagreements(rows, names, unit)
    if listed.empty:
        console.print(words.text("estimate.no_disagreement"))
        return
    folder = out or _folder_of(file)
    paths = write_files(folder, {"adjudication.csv": listed.to_csv(index=False, lineterminator="\n")})
    console.print(words.text("estimate.adjudication").format(n=len(listed), file=paths[0]), soft_wrap=True)


def estimate(
    file: Path,
    stance: tuple[str | None, str | None, str | None, str | None],
    ways: EvidenceWays,
    where: tuple[Path | None, bool],
    language: Language,
) -> None:
    """Print what cases or counts tell, and write tables, draws, scenario, experiment and report."""
    words, console = words_in(language), standard_output()
    selection = selection_of(*stance)
    if not 1 <= ways.draws <= MOST_DRAWS:
        raise EvidenceError(f"--draws {ways.draws}: allowed are 1 to {MOST_DRAWS:,}")
    counted = tuple(checked_count(text) for text in ways.counted)
    options = Options(selection, ways.mitigated, ways.accept, counted, ways.by, ways.seed)
    if is_counts_file(header_of(file)):
        counts = read_counts_file(file)
        _note_unknown(counts.unknown, words)
        found = estimate_of_counts(counts, options)
    else:
        cases = read_case_file(file)
        _note_unknown(cases.unknown, words)
        _note_names(cases.rows, words)
        found = estimate_of_cases(cases, options)
    _print_estimate(found, words)
    folder = where[0] or _folder_of(file)
    made_with = _made_with(file, selection, ways)
    written = write_evidence(found, folder, ways.draws, made_with)
    if where[1]:
        page = write_report_of_estimate(found, folder, language, made_with, _drawing(words))
        console.print(words.text("evidence.written").format(file=page), soft_wrap=True)
    files = ", ".join(path.name for path in written.files)
    note(words.text("evidence.stored").format(folder=written.folder, files=files))


def _made_with(file: Path, selection: Selection, ways: EvidenceWays) -> str:
    """Return the command that estimates the same again, what is chosen by default left out."""
    words = ["cases", "estimate", file.name, "--selection", *selection.words]
    listed = {"--accept": ways.accept, "--count": ways.counted}
    words += [word for option, values in listed.items() for value in values for word in (option, value)]
    chosen = {"--mitigated": (ways.mitigated, "bounds"), "--by": (ways.by, None), "--draws": (ways.draws, N_DRAWS)}
    chosen["--seed"] = (ways.seed, 1)
    words += [str(word) for option, (value, usual) in chosen.items() if value != usual for word in (option, value)]
    return f"run.py {quoted(*words)}"


def precode(folder: Path, out: Path, how: tuple[Path | None, str], language: Language) -> None:
    """Write the table to code in and a page for each text."""
    words = words_in(language)
    dictionary, encoding = how
    found = precoded_of(texts_in(folder), read_dictionary(dictionary or DEFAULT_DICTIONARY), encoding)
    texts = {f"{one.document}.html": page_of(one, language) for one in found}
    table = table_of(found).to_csv(index=False, lineterminator="\n")
    paths = write_files(out, {"to_code.csv": table, **texts})
    text = words.text("text_scenario.precoded").format(n=len(found), file=paths[0])
    standard_output().print(text, soft_wrap=True)


def scenario(coded: Path, document: str, where: tuple[Path, Path | None], language: Language) -> None:
    """Print which map moves which lever, and write the scenario and one without each map."""
    words, console = words_in(language), standard_output()
    out, mapping = where
    if out.suffix != ".toml":
        raise ExperimentError(f"--out {out}: is no name of a scenario; write for example --out mine.toml")
    file = read_text_file(coded)
    codes = codes_of(file, document)
    maps = mapping or DEFAULT_MAPPING
    moved = moved_by(read_mapping(maps), codes)
    written = write_text_scenario(file, document, moved, out, maps)
    tell_band(file.is_invented, words)
    title = words.text("text_scenario.title").format(document=document)
    _print_table(title, lever_head(words), lever_rows(moved, words))
    console.print(said_sentence(codes, words), soft_wrap=True)
    text = words.text("text_scenario.assumption").format(
        file=written.scenario, maps=written.experiment, command=command("sweep", written.experiment)
    )
    console.print(text, soft_wrap=True)


def _print_estimate(found: CaseEstimate, words: Catalogue) -> None:
    console = standard_output()
    for sentence in notes_of_estimate(found, words):
        console.print(sentence, soft_wrap=True)
    if (found.agreement["units"] > 0).any():
        _print_table(words.text("estimate.agreement"), agreement_head(words), agreement_rows(found.agreement, words))
    else:
        console.print(words.text("estimate.agreement_none"), soft_wrap=True)
    _print_table(words.text("estimate.rates"), rate_head(words), rate_rows(found, words))
    _print_table(words.text("estimate.quantities"), quantity_head(words), quantity_rows(found, words))
    console.print(words.text("evidence.identified.sentence"), soft_wrap=True)
    console.print(ladder_sentence(found, words), soft_wrap=True)


def _print_table(title: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    console, names = standard_output(), list(head)
    console.print()
    print_table(console, names, [tuple(row) for row in rows], n_texts=len(names), title=title)


def _note_unknown(unknown: Sequence[str], words: Catalogue) -> None:
    if unknown:
        note(words.text("estimate.unknown_columns").format(columns=", ".join(unknown)))


def _note_names(rows: Sequence[Row], words: Catalogue) -> None:
    for line, column, found in likely_names(rows):
        note(words.text("estimate.names").format(line=line, column=column, found=said(found)))


def _sanctions_of_the_baseline(words: Catalogue) -> float:
    """Return the sanctions per 100 officials and year in the baseline, over its last five years."""
    tell_if_compiling(words)
    with progress(words.text("command_line.simulating"), _REPLICATIONS) as advance:
        runs = runs_of([simulate(find_scenario("baseline"), replications=_REPLICATIONS)])
        advance(_REPLICATIONS)
    return float(np.mean(runs[_SANCTIONS]))


def _folder_of(file: Path) -> Path:
    return folder_beside(RESULTS / file.stem, "evidence")


def _drawing(words: Catalogue) -> Drawing:
    @contextmanager
    def drawing(n: int) -> Iterator[Callable[[float], None]]:
        with progress(words.text("evidence.drawing"), n) as advance:
            yield advance

    return drawing
