"""The commands that analyse: sensitivity, map, ablate, structure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.experiments import ResultFolder
from analysis.command_line.options import InLanguage, Months, Officials, Out, Seed, Workers
from analysis.sensitivity.default_sizes import REPLICATIONS, RESAMPLES, ROUNDS
from model.vocabulary import DEFAULT_REPLICATIONS, DEFAULT_SEED

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

Measures = Annotated[
    list[str] | None,
    typer.Option("--measure", metavar="NAME", help="measure; repeatable  [default: headline ones]"),
]
ShownMeasures = Annotated[
    list[str] | None, typer.Option("--measure", metavar="NAME", help="measure to print; repeatable; all are stored")
]
AllowIncomplete = Annotated[bool, typer.Option("--allow-incomplete", help="go on though runs are missing, and say so")]
Resamples = Annotated[int, typer.Option(min=20, max=100_000, help="resamples of the bootstrap")]
Rounds = Annotated[int, typer.Option(help="how often the cells on the line are cut in four; 0 runs nothing more")]
ScenarioOrBaseline = Annotated[str, typer.Argument(metavar="[SCENARIO]", help="a shipped scenario or a TOML file")]
Replications = Annotated[int, typer.Option(min=2, max=100_000, help="runs of each combination of mechanisms")]
Rules = Annotated[str | None, typer.Option("--rules", metavar="A,B", help="decision rules  [default: all]")]
Networks = Annotated[str | None, typer.Option("--networks", metavar="A,B", help="networks  [default: all]")]
AllPairs = Annotated[bool, typer.Option("--all-pairs", help="every rule in every network, not one by one")]
WithAssumptions = Annotated[
    bool, typer.Option("--assumptions/--no-assumptions", help="other sizes, noise, memory and nesting, too")
]
OwnNumbers = Annotated[bool, typer.Option("--own-numbers", help="every number of a rule at half and at twice, too")]
TippingWeights = Annotated[bool, typer.Option("--tipping", help="say from which weight on a finding fails")]
EnoughRuns = Annotated[int, typer.Option("--replications", min=2, max=100_000, help="runs of each policy")]
HalfWidth = Annotated[
    float | None, typer.Option(metavar="X", help="say how many more replications make every interval this narrow (±X)")
]


@commands.command()
def sensitivity(
    result: ResultFolder,
    measures: Measures = None,
    resamples: Resamples = RESAMPLES,
    allow_incomplete: AllowIncomplete = False,
    language: InLanguage = "en",
) -> None:
    """Say which factors of an experiment matter.

    For a design of Morris the elementary effects, for one of Saltelli the Sobol' indices, with intervals; the share of
    luck apart; and "not enough runs" where that is the answer. The tables go to RESULT-sensitivity.

    \b
    Examples:
      python run.py sensitivity results/morris_screening
      python run.py sensitivity results/saltelli_strongest --measure innovation_rate --resamples 2000
    """
    from analysis.command_line.actions import analyses as actions

    actions.sensitivity(result, measures, (resamples, allow_incomplete), language)


@commands.command(name="map")
def map_plane(
    result: ResultFolder,
    rounds: Rounds = ROUNDS,
    workers: Workers = None,
    allow_incomplete: AllowIncomplete = False,
    language: InLanguage = "en",
) -> None:
    """Find the line where innovation and inaction are equally common, or where harshness stops paying.

    The experiment is a grid of two factors. Its cells are cut in four where the line runs or the outcome changes fast,
    and the model is run there, too; the line comes with a bootstrap band. The tables go to RESULT-map.

    If one factor is a weight of public value, no behaviour changes along it. Then the map says how much of the other
    factor is best at each weight, and nothing is refined.

    \b
    Examples:
      python run.py map results/severity_exemption_map
      python run.py map results/where_harshness_pays
      python run.py map results/severity_exemption_map --rounds 3
    """
    from analysis.command_line.actions import analyses as actions

    actions.map_plane(result, rounds, workers, allow_incomplete, language)


@commands.command()
def ablate(
    scenario: ScenarioOrBaseline = "baseline",
    measures: ShownMeasures = None,
    replications: Replications = REPLICATIONS,
    officials: Officials = None,
    months: Months = None,
    seed: Seed = DEFAULT_SEED,
    workers: Workers = None,
    half_width: HalfWidth = None,
    allow_incomplete: AllowIncomplete = False,
    out: Out = None,
    language: InLanguage = "en",
) -> None:
    """Say which mechanisms drive the result of a scenario.

    Every mechanism is switched off alone, all are together, and each is on alone. The runs go to
    results/ablation_SCENARIO, the table to a folder beside it that ends in -effects.

    \b
    Examples:
      python run.py ablate
      python run.py ablate crackdown --measure innovation_rate --replications 100
    """
    from analysis.command_line.actions import analyses as actions

    actions.ablate(
        scenario,
        actions.Runs(replications, officials, months, seed, workers, Path(out) if out else None),
        actions.Shown(tuple(measures or ()), half_width, allow_incomplete),
        language,
    )


@commands.command()
def structure(
    scenario: ScenarioOrBaseline = "baseline",
    rules: Rules = None,
    networks: Networks = None,
    all_pairs: AllPairs = False,
    assumptions: WithAssumptions = True,
    own_numbers: OwnNumbers = False,
    tipping: TippingWeights = False,
    replications: EnoughRuns = DEFAULT_REPLICATIONS,
    out: Out = None,
    language: InLanguage = "en",
) -> None:
    """Say which findings survive other decision rules, other networks, and other numbers nobody knows.

    Every comparison of the stylised facts of which a sign is expected is taken again under each structure: as it comes
    out, and with efforts at which the baseline has the same shares of actions. The tables go to
    results/SCENARIO-structure. A rule that is used for the first time is compiled first, which takes some seconds each.

    \b
    Examples:
      python run.py structure
      python run.py structure --rules prospect,fear --networks complete --no-assumptions --tipping
      python run.py structure mine.toml --replications 100
    """
    from analysis.command_line.actions import structure as actions

    asked = actions.AskedStructure(
        rules=rules.split(",") if rules else None,
        networks=networks.split(",") if networks else None,
        all_pairs=all_pairs,
        with_assumptions=assumptions,
        with_own_numbers=own_numbers,
        tipping=tipping,
    )
    actions.structure(scenario, asked, replications, Path(out) if out else None, language)
