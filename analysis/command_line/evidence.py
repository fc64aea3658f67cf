"""The commands of evidence: evidence, cases (check, agreement, estimate), texts (check, precode, scenario)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from analysis.command_line.options import InLanguage, Out, Seed

commands = typer.Typer(add_completion=False, rich_markup_mode=None)
cases = typer.Typer(add_completion=False, rich_markup_mode=None, help="Coded cases: check, compare coders, estimate.")
texts = typer.Typer(add_completion=False, rich_markup_mode=None, help="Policy texts: pre-code, check, make a scenario.")
commands.add_typer(cases, name="cases")
commands.add_typer(texts, name="texts")

Data = Annotated[Path | None, typer.Option("--data", metavar="FOLDER", help="a folder like data/exemption")]
CodedFile = Annotated[Path, typer.Argument(metavar="FILE", help="cases or counts, as CSV or Parquet")]
CaseFiles = Annotated[Path, typer.Argument(metavar="FILE", help="coded cases or coded texts, as CSV or Parquet")]
Coded = Annotated[Path, typer.Argument(metavar="CODED", help="coded texts, as CSV or Parquet")]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="plain texts, .txt or .md")]
Stance = Annotated[
    str | None, typer.Option("--selection", metavar="STANCE", help="bounds, model or none; required, without a default")
]
Published = Annotated[
    str | None, typer.Option(metavar="LOW:HIGH", help="bounds: share of all cases published; 0:1 if unknown")
]
Disclosure = Annotated[
    str | None, typer.Option(metavar="LOW:HIGH", help="model: chance that an exemption is published")
]
Publicity = Annotated[str | None, typer.Option(metavar="LOW:HIGH", help="model: chance that a sanction is published")]
Mitigated = Annotated[
    Literal["sanctioned", "exempt", "bounds"], typer.Option(help="what mitigated cases count as; bounds: either")
]
By = Annotated[Literal["place", "period"] | None, typer.Option(help="shares for each place or year, too")]
Accept = Annotated[
    list[str] | None, typer.Option(metavar="COLUMN", help="use a column on which coders do not agree; repeatable")
]
Count = Annotated[
    list[str] | None, typer.Option(metavar="CAUSE=CAUSE", help="count a cause as one of the model; repeatable")
]
Draws = Annotated[int, typer.Option(help="points to sweep over")]
Dictionary = Annotated[Path | None, typer.Option(metavar="FILE", help="words that hint at items")]
Encoding = Annotated[str, typer.Option(help="of the texts, such as gb18030")]
OutFolder = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="folder for tables and pages")]
OutScenario = Annotated[Path, typer.Option("--out", metavar="FILE", help="scenario to write, such as mine.toml")]
DocumentName = Annotated[str, typer.Option("--document", metavar="NAME", help="which of the coded documents")]
Mapping = Annotated[Path | None, typer.Option(metavar="FILE", help="maps from items to levers")]
WithCharts = Annotated[bool, typer.Option("--charts/--no-charts", help="draw charts and write the report")]
Simulated = Annotated[bool, typer.Option("--simulate/--no-simulate", help="put the model's baseline beside the counts")]


@commands.command()
def evidence(
    data: Data = None,
    out: Out = None,
    charts: WithCharts = True,
    simulate: Simulated = True,
    language: InLanguage = "en",
) -> None:
    """Say what coded policy texts, cases and counts tell, and what not.

    Which provisions texts name, by level, year and field; how announced cases ended, by cause and place; counts beside
    the model's base rates. The report with its charts goes to results/evidence.

    \b
    Examples:
      python run.py evidence
      python run.py evidence --language zh --data mine
    """
    from analysis.command_line.actions import evidence as actions

    actions.evidence(data, out, (charts, simulate), language)


@cases.command(name="check")
def check_cases(file: CodedFile, language: InLanguage = "en") -> None:
    """Check a file of coded cases, or of counts.

    All problems are told at once; the exit code is then 2.

    \b
    Example:
      python run.py cases check data/exemption/cases.csv
    """
    from analysis.command_line.actions import evidence as actions

    actions.check_cases(file, language)


@cases.command(name="agreement")
def compare_coders(file: CaseFiles, out: Out = None, seed: Seed = 1, language: InLanguage = "en") -> None:
    """Say how far coders agree, and list what to adjudicate.

    Krippendorff's alpha for every column that was coded twice, with a 95% interval. Needs the extra evidence.

    \b
    Example:
      python run.py cases agreement data/examples/cases_invented.csv
    """
    from analysis.command_line.actions import evidence as actions

    actions.agreement(file, out, seed, language)


@cases.command()
def estimate(
    file: CodedFile,
    selection: Stance = None,
    published: Published = None,
    disclosure: Disclosure = None,
    publicity: Publicity = None,
    mitigated: Mitigated = "bounds",
    by: By = None,
    accept: Accept = None,
    count: Count = None,
    draws: Draws = 200,
    seed: Seed = 1,
    out: Out = None,
    charts: WithCharts = True,
    language: InLanguage = "en",
) -> None:
    """Say what cases tell of the model, and write a scenario and draws to sweep over.

    Published cases are chosen by somebody, so --selection has no default. The result goes to results/FILE-evidence.

    \b
    Examples:
      python run.py cases estimate mine.csv --selection bounds --published 0.1:0.6
      python run.py cases estimate mine.csv --selection model --disclosure 0.05:0.3 --publicity 0.5:0.9
      python run.py cases estimate data/exemption/counts.csv --selection none --by period
      python run.py sweep results/mine-evidence/experiment.toml
    """
    from analysis.command_line.actions import evidence as actions

    stance = (selection, published, disclosure, publicity)
    ways = actions.EvidenceWays(mitigated, tuple(accept or ()), tuple(count or ()), by, draws, seed)
    actions.estimate(file, stance, ways, (out, charts), language)


@texts.command(name="check")
def check_texts(coded: Coded, language: InLanguage = "en") -> None:
    """Check a file of coded texts.

    \b
    Example:
      python run.py texts check data/exemption/texts.csv
    """
    from analysis.command_line.actions import evidence as actions

    actions.check_texts(coded, language)


@texts.command()
def precode(
    folder: Folder,
    out: OutFolder,
    dictionary: Dictionary = None,
    encoding: Encoding = "utf-8",
    language: InLanguage = "en",
) -> None:
    """Mark words in policy texts that hint at items, for a person who codes.

    A table with suggestions beside empty columns for the codes, and a page for each text. No suggestion is a code.

    \b
    Example:
      python run.py texts precode my_texts --out coding
    """
    from analysis.command_line.actions import evidence as actions

    actions.precode(folder, out, (dictionary, encoding), language)


@texts.command()
def scenario(
    coded: Coded, document: DocumentName, out: OutScenario, mapping: Mapping = None, language: InLanguage = "en"
) -> None:
    """Make a scenario of a coded text, and say which map from words to numbers moves which lever.

    \b
    Example:
      python run.py texts scenario data/exemption/texts.csv --document central-2018-opinions --out mine.toml
    """
    from analysis.command_line.actions import evidence as actions

    actions.scenario(coded, document, (out, mapping), language)
