"""The command of scenario discovery: discover."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from analysis.command_line.evidence import WithCharts
from analysis.command_line.experiments import ResultFolder
from analysis.command_line.options import InLanguage, Out

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

When = Annotated[
    str | None, typer.Option("--when", metavar="CONDITION", help='such as "innovation_rate < 0.15"; and joins two')
]
Package = Annotated[int | None, typer.Option("--package", help="of a search: the number of the package that fails")]
Of = Annotated[Literal["value", "difference"], typer.Option("--of", help="of the measure, or of its paired difference")]
Against = Annotated[str, typer.Option(help="what the difference is from; the base scenario of the sweep is reference")]
ByMethod = Annotated[Literal["prim", "cart"], typer.Option("--method", help="peeling, or a classification tree")]
Density = Annotated[float, typer.Option(help="in which share of a box's points it ought to hold")]
Resampled = Annotated[int, typer.Option("--resamples", min=0, max=10_000, help="resamples that tell firm limits")]


@commands.command()
def discover(
    result: ResultFolder,
    when: When = None,
    package: Package = None,
    of: Of = "value",
    against: Against = "reference",
    method: ByMethod = "prim",
    density: Density = 0.8,
    resamples: Resampled = 100,
    out: Out = None,
    charts: WithCharts = True,
    language: InLanguage = "en",
) -> None:
    """Say in words under which conditions something comes out.

    Of a sweep --when says what comes out; of a search --package says which of its packages fails.
    The sweep has a design that fills the space: latin_hypercube, sobol or saltelli. Half of its points find the
    conditions, the other half measures them. Tables and a report with charts go to RESULT-box, in place of what was
    found there before; --out keeps both.

    \b
    Examples:
      python run.py discover results/who_does_not_innovate --when "innovation_rate < 0.15"
      python run.py discover results/mine --when "public_value < 0 and lazy_prevalence > 0.3" --language zh
      python run.py discover results/mine --when "innovation_rate > 0.05" --of difference
      python run.py discover results/robust_policies --package 2
    """
    from analysis.command_line.actions import discovery as actions

    asked = actions.DiscoveryAsked(when, package, of, against, out)
    actions.discover(result, asked, actions.Search(method, density, resamples), (charts, language))
