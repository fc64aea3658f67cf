"""The command line: `python run.py` does the main job, `python run.py --help` tells the rest."""

from __future__ import annotations

import sys

OLDEST_PYTHON = (3, 11)
# What this program is made of: if one of these is missing, it is no package that pip could install.
_OWN = ("analysis", "app", "benchmarks", "model")


def why_not_here(missing: str) -> str:
    """Return what to say where a package is missing: this Python is not the one of the environment."""
    here = f"error: {sys.executable} is Python {sys.version_info.major}.{sys.version_info.minor}"
    if sys.version_info[:2] < OLDEST_PYTHON:
        return f"{here}; needed is {'.'.join(map(str, OLDEST_PYTHON))} or newer"
    return (
        f"{here} without the package {missing}; run this with the Python of the environment, .venv/bin/python "
        "(on Windows .venv\\Scripts\\python), which the first command of README.md makes: "
        "python3 -m venv .venv && .venv/bin/pip install --quiet -c constraints.txt -e ."
    )


try:
    import typer

    from analysis.command_line import loading

    if __name__ == "__main__" or "." in __name__:  # as a script or as an installed command; not where it is imported
        loading.restart_if_no_letters_can_be_told()
        loading.end_if_asked_while_loading()
    from analysis.command_line import (
        analyses,
        calibration,
        discovery,
        evidence,
        experiments,
        options,
        reports,
        scenarios,
        search,
    )
    from analysis.command_line.failures import exit_code_of
    from analysis.command_line.options import Choices
    from app import command_line as page
    from app.room import command_line as room
    from benchmarks import command_line as bench
except ModuleNotFoundError as error:
    if __name__ != "__main__" or str(error.name).partition(".")[0] in _OWN:
        raise
    sys.exit(why_not_here(str(error.name)))

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, cls=options.ExpandingGroup
)


@app.callback(invoke_without_command=True)
@options.with_choices
def main_job(context: typer.Context, choices: Choices) -> None:
    """Officials under accountability: innovate, play safe, or do nothing?

    Without a command, every shipped scenario is compared with the baseline; tables and charts go to results/main.

    \b
    Examples:
      python run.py
      python run.py --language zh --out results/zh
      python run.py simulate crackdown --officials 50000
      python run.py compare baseline crackdown --set accountability.publicity=0.5
      python run.py explain campaign --official 17 --month 40
    """
    if context.invoked_subcommand is not None:
        options.refuse_before_command(context)
        return
    from analysis.command_line.actions import comparisons  # noqa: PLC0415 - nothing else needs to wait for it

    comparisons.main_job(choices)


for group in (scenarios, bench, experiments, analyses, discovery, search, evidence, calibration, reports, page, room):
    app.add_typer(group.commands)


def main() -> None:
    """End the program with the exit code of what was asked for."""
    code = exit_code_of(lambda: app(standalone_mode=False))
    loading.ignore_from_now_on()
    sys.exit(code)


if __name__ == "__main__":
    main()
