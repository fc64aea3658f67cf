"""Does a finding survive other rules and networks: what the command `structure` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.command_line.task import tell_if_compiling, tell_if_invented
from analysis.command_line.terminal import note, progress, standard_output
from analysis.command_line.words.structure import print_structure
from analysis.execution.sweep import RESULTS
from analysis.store.findings import write_findings
from analysis.structure.matrix import anchors_table, cells_table, matrix_of, tippings_table
from analysis.structure.structures import assumptions, chosen, own_numbers, settings_of, structures
from analysis.words import words_in
from model.catalogue import Language
from model.parameters import DECISION_RULES, NETWORKS
from model.scenario import Settings, find_scenario


class AskedStructure(NamedTuple):
    """Which structures are asked about, and what beside verdicts."""

    rules: Sequence[str] | None
    networks: Sequence[str] | None
    all_pairs: bool
    with_assumptions: bool
    with_own_numbers: bool
    tipping: bool


def structure(name: str, asked: AskedStructure, replications: int, out: Path | None, language: Language) -> None:
    """Print which findings survive, and store the cells, the anchors and the tipping weights."""
    words = words_in(language)
    scenario = find_scenario(name)
    beside = settings_of(scenario, find_scenario("baseline"))
    rules = chosen(asked.rules, DECISION_RULES, "--rules")
    networks = chosen(asked.networks, NETWORKS, "--networks")
    among = structures(rules, networks, asked.all_pairs)
    among += own_numbers(among) if asked.with_own_numbers else []
    among += assumptions() if asked.with_assumptions else []
    tell_if_invented([scenario], words)
    tell_if_compiling(words)
    with progress(words.text("structure.looking"), len(among)) as advance:
        found = matrix_of(among, replications, Settings(beside), asked.tipping, advance=advance)
    print_structure(standard_output(), found, words)
    folder = out or RESULTS / f"{Path(name).stem}-structure"
    tables = {"cells": cells_table(found), "anchors": anchors_table(found)}
    if asked.tipping:
        tables["tipping"] = tippings_table(found)
    summary = {
        "scenario": name,
        "replications": replications,
        "invented": scenario.is_invented,
        "beside": dict(beside),
        "structures": {one.name: dict(one.settings) for one in found.structures},
    }
    for file in write_findings(folder, tables, summary):
        note(str(file))
