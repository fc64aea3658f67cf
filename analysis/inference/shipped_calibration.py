"""What base rates and sized facts tell: ``python -m analysis.inference.shipped_calibration`` writes it anew.

It writes docs/calibration.md, and draws of the posterior as an experiment that is shipped. The table is kept in
results/base_rates and not made again if it is there.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.inference.calibration import Calibration, Manner, calibrate, experiment_text
from analysis.inference.calibration_document import markdown_of, parts_of
from analysis.words import words_in

_ROOT = Path(__file__).parents[2]
TARGETS = "base_rates"
DOCUMENT = _ROOT / "docs" / "calibration.md"
EXPERIMENT = _ROOT / "scenarios" / "experiments" / f"posterior_{TARGETS}.toml"
DRAWS = EXPERIMENT.with_suffix(".csv")
N_SHIPPED = 200
_DIGITS = "%.6g"

_INTRODUCTION = """# What base rates and sized facts tell of the parameters

Made by `python -m analysis.inference.shipped_calibration`; do not edit. The targets stand in
[scenarios/targets/base_rates.toml](../scenarios/targets/base_rates.toml), the same can be had with
`python run.py calibrate base_rates`, and with targets of one's own: how is told in
[How to calibrate](how_to/calibrate.md). Draws from this posterior are shipped as the experiment
`posterior_base_rates`: `python run.py sweep posterior_base_rates`.

What the targets are worth: arrests in Los Angeles are not innovation in an office, Italian officers are not Chinese
cadres, and most of what is punished in China is misconduct that the model does not have. So the discrepancies are wide,
and the result is meant to show what such figures leave open, not to fit the model to a country. How cases of honest
failure end is told by none of these targets: **nothing here says anything about exemption**.

"""


def shipped_calibration(folder: Path | None = None) -> Calibration:
    """Return the calibration on the shipped targets; its table is run if it is not in the folder already."""
    return calibrate(TARGETS, folder, Manner())


def document(found: Calibration) -> str:
    """Return docs/calibration.md."""
    return _INTRODUCTION + "\n".join(markdown_of(parts_of(found, words_in("en")))).rstrip() + "\n"


def shipped_draws(found: Calibration) -> pd.DataFrame:
    """Return the draws that are shipped: the first of those of the posterior, parameters only."""
    names = list(found.inference.prior.names)
    draws = pd.DataFrame(found.draws[:N_SHIPPED], columns=names)
    return draws[[parameter.name for parameter in found.targets.parameters]]


def main() -> None:
    """Write docs/calibration.md, the draws and their experiment."""
    found = shipped_calibration()
    DOCUMENT.write_text(document(found), encoding="utf-8", newline="\n")
    text = shipped_draws(found).to_csv(index=False, lineterminator="\n", float_format=_DIGITS)
    DRAWS.write_text(text, encoding="utf-8", newline="\n")
    EXPERIMENT.write_text(experiment_text(found.targets, file=DRAWS.name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
