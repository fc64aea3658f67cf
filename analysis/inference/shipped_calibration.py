"""What base rates and sized facts tell: ``python -m analysis.inference.shipped_calibration`` writes it anew.

It writes docs/calibration.md in both languages, and draws of the posterior as an experiment that is shipped. The table
is kept in results/base_rates and not made again if it is there.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.documents import headed, paragraph, write_document
from analysis.inference.calibration import Calibration, Manner, calibrate, experiment_text
from analysis.inference.calibration_document import markdown_of, parts_of
from analysis.words import words_in
from model.catalogue import Language

_ROOT = Path(__file__).parents[2]
TARGETS = "base_rates"
DOCUMENT = "calibration"
EXPERIMENT = _ROOT / "scenarios" / "experiments" / f"posterior_{TARGETS}.toml"
DRAWS = EXPERIMENT.with_suffix(".csv")
N_SHIPPED = 200
_DIGITS = "%.6g"


def shipped_calibration(folder: Path | None = None) -> Calibration:
    """Return the calibration on the shipped targets; its table is run if it is not in the folder already."""
    return calibrate(TARGETS, folder, Manner())


def document(found: Calibration, language: Language) -> str:
    """Return docs/calibration.md in a language."""
    words = words_in(language)
    head = headed(words.text("calibration.document_title"), DOCUMENT, language)
    told = [paragraph(words.text(f"calibration.document_{name}"), language) for name in ("introduction", "worth")]
    return "\n\n".join([head, *told, "\n".join(markdown_of(parts_of(found, words))).rstrip()]) + "\n"


def shipped_draws(found: Calibration) -> pd.DataFrame:
    """Return the draws that are shipped: the first of those of the posterior, parameters only."""
    names = list(found.inference.prior.names)
    draws = pd.DataFrame(found.draws[:N_SHIPPED], columns=names)
    return draws[[parameter.name for parameter in found.targets.parameters]]


def main() -> None:
    """Write docs/calibration.md in both languages, the draws and their experiment."""
    found = shipped_calibration()
    write_document(DOCUMENT, lambda language: document(found, language))
    text = shipped_draws(found).to_csv(index=False, lineterminator="\n", float_format=_DIGITS)
    DRAWS.write_text(text, encoding="utf-8", newline="\n")
    EXPERIMENT.write_text(experiment_text(found.targets, file=DRAWS.name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
